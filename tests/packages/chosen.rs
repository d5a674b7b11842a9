//! Other packages for a stay that is booked: before the arrival, and with the guest in the house.

use super::*;

fn patched<'a>(desk: Desk<'a>, stay: &Value, packages: &[&Value]) -> impl Future<Output = Answer> + use<'a> {
    let path = format!("/reservations/{}", stay["id"].as_str().unwrap());
    let body = json!({"version": stay["version"], "packageIds": packages.iter().map(|p| &p["id"]).collect::<Vec<_>>()});
    async move { desk.send(Method::PATCH, &path, &[], body).await }
}

fn codes(stay: &Value) -> Vec<&str> {
    stay["packages"].as_array().map(|all| all.iter().map(|p| p["code"].as_str().unwrap()).collect()).unwrap_or_default()
}

#[tokio::test]
async fn before_the_arrival_packages_come_and_go_to_the_cent() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    taxed(desk).await;
    made(desk, package("BB", &[item("Breakfast", 15_00, "PERSON_NIGHT", "EVERY_NIGHT")], json!({"ratePlanId": BAR}))).await;
    let parking = made(desk, package("PARK", &[item("Parking", 10_00, "NIGHT", "ALL_BUT_LAST")], json!({}))).await;
    let spa = made(desk, package("SPA", &[item("Spa", 50_00, "STAY", "ARRIVAL")], json!({}))).await;
    let garage = made(desk, package("GARAGE", &[item("Garage", 10_00, "NIGHT", "ALL_BUT_LAST")], json!({}))).await;
    let foreign = made(other, package("PARK", &[item("Parking", 1, "NIGHT", "EVERY_NIGHT")], json!({}))).await;

    let stay = desk.book("2027-02-10", "2027-02-13", json!({"packageIds": [parking["id"]]})).await.data();
    let path = format!("/reservations/{}/quote", stay["id"].as_str().unwrap());
    let ask = json!({"checkInDate": "2027-02-10", "checkOutDate": "2027-02-13", "packageIds": [parking["id"], spa["id"]]});
    let quote = desk.post(&path, ask.clone()).await.data();
    assert_eq!(quote["differenceCents"], 50_00);

    // Parking becomes dearer for others.
    let dearer = json!({"version": 1, "items": [item("Parking", 99_00, "NIGHT", "ALL_BUT_LAST")]});
    desk.send(Method::PATCH, &format!("/packages/{}", parking["id"].as_str().unwrap()), &[], dearer).await.data();
    let more = patched(desk, &stay, &[&parking, &spa]).await.data();
    assert_eq!((&more["totalCents"], codes(&more)), (&quote["totalCents"], vec!["BB", "PARK", "SPA"]));
    let without = patched(desk, &more, &[&parking]).await.data();
    assert_eq!(without["totalCents"], stay["totalCents"], "what it has stays as it was booked");
    assert_eq!(without["nights"], stay["nights"]);
    // Another that costs as much is another all the same.
    let swapped = patched(desk, &without, &[&garage]).await.data();
    assert_eq!(swapped["totalCents"], stay["totalCents"]);
    let bare = patched(desk, &swapped, &[]).await.data();
    assert_eq!((codes(&bare), bare["totalCents"].as_i64()), (vec!["BB"], stay["totalCents"].as_i64().map(|c| c - 20_00)));

    let foreign = patched(desk, &bare, &[&foreign]).await;
    foreign.invalid("packageIds");
    let path = format!("/reservations/{}", bare["id"].as_str().unwrap());
    let many = json!({"version": bare["version"], "packageIds": vec![spa["id"].clone(); 21]});
    desk.send(Method::PATCH, &path, &[], many).await.invalid("packageIds");
    desk.book("2027-02-10", "2027-02-13", json!({"packageIds": vec![spa["id"].clone(); 21]})).await.invalid("packageIds");
    assert_eq!(desk.look(&bare).await["version"], bare["version"]);
    let gone = desk.act(&bare, "cancel", json!({"reason": "ill"})).await.data();
    patched(desk, &gone, &[&spa]).await.invalid("packageIds");
    assert_sound(&app).await;
}

#[tokio::test]
async fn in_the_house_they_change_for_the_nights_to_come() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    taxed(desk).await;
    let parking = made(desk, package("PARK", &[item("Parking", 10_00, "NIGHT", "EVERY_NIGHT")], json!({}))).await;
    let garage = made(desk, package("GARAGE", &[item("Garage", 10_00, "NIGHT", "EVERY_NIGHT")], json!({}))).await;
    let spa = made(desk, package("SPA", &[item("Spa", 50_00, "STAY", "EVERY_NIGHT")], json!({}))).await;
    let with = json!({"roomId": room(101), "packageIds": [parking["id"]]});
    let stay = desk.book("2027-02-01", "2027-02-05", with).await.data();
    let stay = desk.act(&stay, "check-in", json!({})).await.data();
    close(&app, desk, "2027-02-01").await;

    // From tonight on the garage, and once the spa.
    let stay = patched(desk, &stay, &[&garage, &spa]).await.data();
    assert_eq!(stay["totalCents"], 4 * 110_00 + 4 * 10_00 + 50_00);
    close(&app, desk, "2027-02-02").await;
    // The spa was taken: it is neither given back nor taken twice, whatever becomes of it. Parking is back.
    let stay = patched(desk, &stay, &[&parking]).await.data();
    let stay = patched(desk, &stay, &[&parking, &spa]).await.data();
    assert_eq!(stay["totalCents"], 4 * 110_00 + 4 * 10_00 + 50_00);
    close(&app, desk, "2027-02-03").await;
    let path = format!("/reservations/{}/quote", stay["id"].as_str().unwrap());
    let ask = json!({"checkInDate": "2027-02-01", "checkOutDate": "2027-02-05", "packageIds": [spa["id"]]});
    let quote = desk.post(&path, ask).await.data();
    assert_eq!(quote["differenceCents"], -10_00);
    let stay = patched(desk, &stay, &[&spa]).await.data();
    assert_eq!(stay["totalCents"], quote["totalCents"]);
    // A season that is over is nothing for the nights to come.
    let ice =
        package("ICE", &[item("Ice", 1_00, "NIGHT", "EVERY_NIGHT")], json!({"validFrom": "2027-02-01", "validTo": "2027-02-03"}));
    let ice = made(desk, ice).await;
    patched(desk, &stay, &[&spa, &ice]).await.invalid("packageIds");
    // What ended and is sold no more may be named all the same.
    desk.send(
        Method::PATCH,
        &format!("/packages/{}", garage["id"].as_str().unwrap()),
        &[],
        json!({"version": 1, "isActive": false}),
    )
    .await
    .data();
    let stay = patched(desk, &stay, &[&spa, &garage]).await.data();
    assert_eq!(stay["totalCents"], quote["totalCents"]);
    close(&app, desk, "2027-02-04").await;
    patched(desk, &desk.look(&stay).await, &[]).await.invalid("packageIds");

    let extras: Vec<String> = ledger(desk, &stay).await.into_iter().filter(|line| line.contains("FEE")).collect();
    assert_eq!(extras, ["02-01 FEE Parking 800", "02-02 FEE Garage 800", "02-02 FEE Spa 4000", "02-03 FEE Parking 800"]);
    let folio =
        &desk.get(&format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap())).await.data()[0];
    for sum in ["subtotalCents", "taxCents", "feeCents", "totalCents"] {
        assert_eq!(folio[sum], desk.look(&stay).await[sum], "{sum}");
    }
    assert_sound(&app).await;
}

#[tokio::test]
async fn of_eight_who_choose_at_once_one_wins() {
    let app = TestApp::with_pool(8).await;
    let [desk, other] = app.desks();
    let mut stays = Vec::new();
    for desk in [desk, other] {
        let spa = made(desk, package("SPA", &[item("Spa", 50_00, "STAY", "ARRIVAL")], json!({}))).await;
        let stay = desk.book("2027-02-10", "2027-02-12", json!({})).await.data();
        stays.push((desk, stay, spa));
    }
    for (desk, stay, spa) in &stays {
        let with = [spa];
        let answers = join_all((0..8).map(|n| patched(*desk, stay, &with[..n % 2]))).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(won.len(), 1);
        lost.iter().for_each(|answer| {
            answer.refused(409, "CONCURRENCY_CONFLICT");
        });
        let now = desk.look(stay).await;
        assert_eq!(now["totalCents"], 200_00 + 50_00 * codes(&now).len() as i64);
    }
    assert_sound(&app).await;
}
