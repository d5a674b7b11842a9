//! What a stay wishes of its room: kept with it, and heeded by whoever gives it one.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{desk::Desk, sound::assert_sound, *};

/// Room 103 is for wheelchairs and connects with 105, 104 has a bath; both tenants.
async fn furnished(app: &TestApp) {
    for desk in app.desks() {
        for (number, features) in [(103, json!({"accessible": true, "connecting": "105"})), (104, json!(["bath"]))] {
            let path = format!("/rooms/{}", room(number));
            desk.send(Method::PATCH, &path, &[], json!({"version": 1, "featuresJson": features})).await.data();
        }
    }
}

fn wishing(wishes: Value) -> Value {
    json!({ "wishes": wishes })
}

async fn patch(desk: Desk<'_>, seen: &Value, wishes: Value) -> Answer {
    let path = format!("/reservations/{}", seen["id"].as_str().unwrap());
    desk.send(Method::PATCH, &path, &[], json!({"version": seen["version"], "wishes": wishes})).await
}

fn fields(answer: &Answer) -> Vec<String> {
    answer.body["error"]["details"].as_array().unwrap().iter().map(|d| d["field"].as_str().unwrap().to_string()).collect()
}

#[tokio::test]
async fn wishes_are_kept_changed_and_taken_back() {
    let app = TestApp::start().await;
    furnished(&app).await;
    for desk in app.desks() {
        let other = desk.book("2027-02-10", "2027-02-12", json!({"roomId": room(105)})).await.data();
        assert_eq!(other["wishes"], Value::Null, "who wishes nothing is told nothing");
        let wishes = json!({"features": ["accessible"], "floor": "1", "nearReservationId": other["id"], "roomId": room(104), "lastRoom": false});
        let stay = desk.book("2027-02-10", "2027-02-12", wishing(wishes.clone())).await.data();
        assert_eq!((&stay["wishes"], &desk.look(&stay).await["wishes"]), (&wishes, &wishes));
        // The room that it has stays its room; the desk is told.
        let stay = desk.act(&stay, "assign", json!({})).await.data();
        assert_eq!(stay["roomId"], room(103));
        let changed = patch(desk, &stay, json!({"features": ["bath"]})).await.data();
        assert_eq!(changed["warnings"][0]["code"], "ROOM_NOT_AS_WISHED");
        let changed = patch(desk, &changed, Value::Null).await.data();
        assert_eq!((&changed["wishes"], &changed["roomId"]), (&Value::Null, &json!(room(103))));
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn what_no_room_has_or_nobody_is_is_refused_by_name() {
    let app = TestApp::start().await;
    furnished(&app).await;
    let [desk, other] = app.desks();
    let book = |wishes: Value| desk.book("2027-02-10", "2027-02-12", wishing(wishes));
    let refused = book(json!({"features": ["bath", "sauna"]})).await;
    assert_eq!(fields(refused.refused(422, "WISH_NO_ROOM_HAS")), ["wishes.features[1]"]);
    assert_eq!(refused.body["error"]["message"], "wishes.features[1] is what no room of this type has: sauna.");
    assert_eq!(fields(book(json!({"floor": "2"})).await.refused(422, "WISH_NO_ROOM_HAS")), ["wishes.floor"]);
    // Each is there, and no room has both.
    assert_eq!(
        fields(book(json!({"features": ["accessible", "bath"]})).await.refused(422, "WISH_NO_ROOM_HAS")),
        ["wishes.features"]
    );
    book(json!({"features": ["bath", "bath"]})).await.invalid("wishes.features[1]");
    book(json!({"features": [""]})).await.invalid("wishes.features[0]");
    book(json!({"features": vec!["bath"; 21]})).await.invalid("wishes.features");
    book(json!({"floor": ""})).await.invalid("wishes.floor");
    book(json!({"lastRoom": true})).await.invalid("wishes.lastRoom");
    book(json!({"roomId": room(301)})).await.invalid("wishes.roomId");
    let theirs = other.book("2027-02-10", "2027-02-12", json!({})).await.data();
    book(json!({"nearReservationId": theirs["id"]})).await.invalid("wishes.nearReservationId");
    assert_eq!(app.count(&format!("select count(*) from pms_reservations where tenant_id = '{}'", app.a.id)).await, 0);

    let stay = desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
    patch(desk, &stay, json!({"nearReservationId": stay["id"]})).await.invalid("wishes.nearReservationId");
    patch(desk, &stay, json!({"features": ["sauna"]})).await.refused(422, "WISH_NO_ROOM_HAS");
    // Another type has other rooms.
    let stay = patch(desk, &stay, json!({"features": ["bath"]})).await.data();
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let suite = json!({"version": stay["version"], "roomTypeId": SUITE});
    desk.send(Method::PATCH, &path, &[], suite).await.refused(422, "WISH_NO_ROOM_HAS");
    assert_sound(&app).await;
}

#[tokio::test]
async fn rooms_are_suggested_and_assigned_as_wished() {
    let app = TestApp::start().await;
    furnished(&app).await;
    for desk in app.desks() {
        let wishes = json!({"features": ["accessible"]});
        let quote = json!({"propertyId": PROPERTY, "roomTypeId": STD, "checkInDate": "2027-02-10", "checkOutDate": "2027-02-12",
            "wishes": wishes});
        let quote = desk.post("/reservations/quote", quote).await.data();
        assert_eq!((&quote["freeRoomIds"], &quote["available"]), (&json!([room(103)]), &json!(5)));

        let stay = desk.book("2027-02-10", "2027-02-12", wishing(wishes.clone())).await.data();
        assert_eq!(stay["warnings"], Value::Null);
        let window = format!("propertyId={PROPERTY}&checkInDate=2027-02-10&checkOutDate=2027-02-12&roomTypeId={STD}&free=true");
        let of_stay = format!("/availability/rooms?{window}&reservationId={}", stay["id"].as_str().unwrap());
        let rooms = desk.get(&of_stay).await.data();
        let told: Vec<(&Value, &Value)> = rooms.as_array().unwrap().iter().map(|r| (&r["roomNumber"], &r["lacks"])).collect();
        assert_eq!(told[0], (&json!("103"), &json!([])));
        assert_eq!((told[1], told.len()), ((&json!("101"), &json!(["accessible"])), 5));
        let rooms = desk.get(&format!("/availability/rooms?{window}&features=bath,%20view&floor=1")).await.data();
        assert_eq!((&rooms[3]["roomNumber"], &rooms[3]["lacks"]), (&json!("104"), &json!(["view"])));
        desk.get(&format!("/availability/rooms?{window}&reservationId={}", room(101))).await.invalid("reservationId");

        let assigned = desk.act(&stay, "assign", json!({})).await.data();
        assert_eq!(assigned["roomId"], room(103));
        let second = desk.book("2027-02-11", "2027-02-13", wishing(wishes)).await.data();
        assert_eq!(second["warnings"][0]["code"], "NO_SINGLE_ROOM_FREE");
        let refused = desk.act(&second, "assign", json!({})).await;
        let others = &refused.refused(409, "NO_AVAILABILITY").body["error"]["facts"]["notAsWished"];
        assert_eq!(
            (others.as_array().unwrap().len(), &others[0]),
            (4, &json!({"roomId": room(101), "roomNumber": "101", "lacks": ["accessible"]}))
        );
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_room_against_a_wish_must_be_said() {
    let app = TestApp::start().await;
    furnished(&app).await;
    for desk in app.desks() {
        let wishing = |more: Value| {
            let mut body = json!({"wishes": {"features": ["accessible"]}});
            more.as_object().unwrap().iter().for_each(|(k, v)| body[k] = v.clone());
            body
        };
        let asked = wishing(json!({"roomId": room(101)}));
        let refused = desk.book("2027-02-01", "2027-02-05", asked.clone()).await;
        let facts = &refused.refused(409, "ROOM_NOT_AS_WISHED").body["error"]["facts"];
        assert_eq!((&facts["roomId"], &facts["lacks"]), (&json!(room(101)), &json!(["accessible"])));
        // Whether the room is free is asked first.
        desk.book("2027-02-01", "2027-02-05", json!({"roomId": room(102)})).await.data();
        desk.book("2027-02-01", "2027-02-05", wishing(json!({"roomId": room(102)}))).await.refused(409, "ROOM_ALREADY_BOOKED");

        let stay =
            desk.book("2027-02-01", "2027-02-05", wishing(json!({"roomId": room(101), "overrideWishes": true}))).await.data();
        assert_eq!(stay["overriddenWishes"], json!([{"roomId": room(101), "roomNumber": "101", "lacks": ["accessible"]}]));
        let history = desk.get(&format!("/audit?entityType=reservation&entityId={}", stay["id"].as_str().unwrap())).await;
        assert!(history.data()[0].to_string().contains("overriddenWishes"), "{}", history.body);

        desk.act(&stay, "move", json!({"roomId": room(104)})).await.refused(409, "ROOM_NOT_AS_WISHED");
        let stay = desk.act(&stay, "move", json!({"roomId": room(103)})).await.data();
        assert_eq!(stay["overriddenWishes"], Value::Null);
        desk.act(&stay, "split", json!({"date": "2027-02-03", "roomId": room(104)})).await.refused(409, "ROOM_NOT_AS_WISHED");
        let other = desk.book("2027-02-01", "2027-02-05", json!({"roomId": room(104)})).await.data();
        let swap = json!({"a": Desk::side(&stay), "b": Desk::side(&other)});
        desk.post("/reservations/swap", swap).await.refused(409, "ROOM_NOT_AS_WISHED");
        let from =
            json!({"roomId": room(103), "checkInDate": "2027-02-01", "checkOutDate": "2027-02-05", "version": stay["version"]});
        let mut drag =
            json!({"reservationId": stay["id"], "from": from, "to": {"roomId": room(105), "checkInDate": "2027-02-01"}});
        desk.post("/calendar/move", drag.clone()).await.refused(409, "ROOM_NOT_AS_WISHED");
        drag["overrideWishes"] = json!(true);
        let stay = desk.post("/calendar/move", drag).await.data();
        // Other nights in the same room, a departure and its undo: nobody asks again.
        let path = format!("/reservations/{}/resize", stay["id"].as_str().unwrap());
        let stay = desk.post(&path, json!({"version": stay["version"], "checkOutDate": "2027-02-06"})).await.data();
        desk.act(&stay, "check-in", json!({"roomId": room(101)})).await.refused(409, "ROOM_NOT_AS_WISHED");
        let inside = desk.act(&stay, "check-in", json!({})).await.data();
        let out = desk.act(&inside, "check-out", json!({})).await.data();
        let back = desk.act(&out, "undo-check-out", json!({})).await.data();
        assert_eq!(back["roomId"], room(105));
    }
    assert_sound(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_wish_for_the_one_room_one_gets_it() {
    let app = TestApp::start().await;
    furnished(&app).await;
    for desk in app.desks() {
        let stay = |n: usize| async move {
            let wishes = json!({"wishes": {"features": ["accessible"]}, "roomTypeId": STD});
            let day = format!("2027-02-1{}", n % 2);
            desk.book(&day, "2027-02-13", wishes).await
        };
        let booked: Vec<Value> = join_all((0..5).map(stay)).await.iter().filter(|a| a.status == 201).map(Answer::data).collect();
        let answers = join_all((0..8).map(|n| desk.act(&booked[n % booked.len()], "assign", json!({})))).await;
        assert_eq!(answers.iter().filter(|a| a.status == 200).count(), 1);
        for lost in answers.iter().filter(|a| a.status != 200) {
            assert!(["NO_AVAILABILITY", "CONCURRENCY_CONFLICT"].contains(&lost.code()), "{}", lost.body);
        }
    }
    assert_sound(&app).await;
}
