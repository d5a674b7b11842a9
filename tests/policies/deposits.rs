//! Who has to pay ahead, and what the folio tells of it.

use super::*;

/// `booking paid/required day`, with `!` when it is overdue.
async fn due(desk: Desk<'_>, more: &str) -> Vec<String> {
    let list = desk.get(&format!("/deposits-due?propertyId={PROPERTY}{more}")).await.data();
    let line = |row: &Value| {
        assert_eq!(
            row["openCents"].as_i64().unwrap(),
            row["requiredCents"].as_i64().unwrap() - row["paidCents"].as_i64().unwrap()
        );
        let mark = if row["isOverdue"] == true { " !" } else { "" };
        format!(
            "{} {}/{} {}{mark}",
            row["lastName"].as_str().unwrap(),
            row["paidCents"],
            row["requiredCents"],
            row["dueOn"].as_str().unwrap()
        )
    };
    list.as_array().unwrap().iter().map(line).collect()
}

fn named(last: &str) -> Value {
    json!({"primaryGuestJson": {"firstName": "A", "lastName": last}})
}

#[tokio::test]
async fn deposits_that_are_due_are_listed_until_they_are_paid() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let terms = json!({"deposit": {"amount": {"kind": "NIGHTS", "nights": 1}, "daysBeforeArrival": 10}, "isDefault": true});
    policy(desk, "DEPOSIT", "D", terms).await;
    let near = desk.book("2027-02-05", "2027-02-08", named("Near")).await.data();
    let far = desk.book("2027-02-20", "2027-02-22", named("Far")).await.data();
    desk.book("2027-03-20", "2027-03-22", named("Farther")).await.data();
    let gone = desk.book("2027-02-20", "2027-02-22", named("Gone")).await.data();
    desk.act(&gone, "cancel", json!({})).await.data();
    other.book("2027-02-05", "2027-02-08", named("Theirs")).await.data();

    let all = ["Near 0/10000 2027-02-01", "Far 0/10000 2027-02-10", "Farther 0/10000 2027-03-10"];
    assert_eq!(due(desk, "").await, all);
    assert_eq!(due(desk, "&dueTo=2027-02-10").await, all[..2]);
    assert_eq!(due(other, "").await, Vec::<String>::new());
    let page = desk.get(&format!("/deposits-due?propertyId={PROPERTY}&limit=2")).await.body;
    let cursor = page["meta"]["cursor"].as_str().unwrap();
    assert_eq!(due(desk, &format!("&limit=2&cursor={cursor}")).await, all[2..]);
    desk.get(&format!("/deposits-due?propertyId={PROPERTY}&dueTo=2027-02-30")).await.invalid("dueTo");

    pay(desk, &near, 60_00).await;
    assert_eq!(due(desk, "&dueTo=2027-02-05").await, ["Near 6000/10000 2027-02-01"]);
    let told = statement(desk, &near).await["deposit"].clone();
    assert_eq!(told, json!({"requiredCents": 100_00, "paidCents": 60_00, "dueOn": "2027-02-01"}));
    close_day(&app, desk, "2027-02-01", "2027-02-02").await;
    assert_eq!(due(desk, "&dueTo=2027-02-05").await, ["Near 6000/10000 2027-02-01 !"]);
    // The rest goes to another folio of the stay: it counts all the same.
    let more = json!({"propertyId": PROPERTY, "reservationId": near["id"], "name": "Company"});
    let more = desk.post("/folios", more).await.data()["id"].as_str().unwrap().to_string();
    desk.post(&format!("/folios/{more}/payments"), json!({"method": "CASH", "amountCents": 40_00})).await.data();
    assert_eq!(due(desk, "").await, all[1..]);
    // Given back, it is open again; a stay that begins later has to pay later.
    desk.post(&format!("/folios/{more}/refunds"), json!({"method": "CASH", "amountCents": 1})).await.data();
    assert_eq!(due(desk, "").await[0], "Near 9999/10000 2027-02-01 !");
    desk.act(&far, "move", json!({"checkInDate": "2027-02-25"})).await.data();
    assert_eq!(due(desk, "").await[1], "Far 0/10000 2027-02-15");
    // Whoever is in the house pays on his account.
    close_day(&app, desk, "2027-02-02", "2027-02-03").await;
    let seen = desk.look(&near).await;
    let came = desk.act(&seen, "check-in", json!({"roomId": room(101), "addNights": true})).await.data();
    // What is missing is said at the door; after that it is a matter of the account.
    let warnings = came["warnings"].as_array().unwrap();
    let told = "The deposit that was due on 2027-02-01 is not paid: USD 0.01 are open.";
    assert!(warnings.iter().any(|w| w["code"] == "DEPOSIT_OPEN" && w["message"] == told), "{warnings:?}");
    assert_eq!(due(desk, "").await.len(), 2);
    assert_sound(&app).await;
}

#[tokio::test]
async fn only_who_sees_accounts_sees_deposits() {
    let app = TestApp::start().await;
    let path = format!("/deposits-due?propertyId={PROPERTY}");
    for (role, status) in [(Role::FrontDesk, 200), (Role::Revenue, 200), (Role::ReadOnly, 200), (Role::Housekeeping, 403)] {
        assert_eq!(app.as_role(role, Method::GET, &path, Value::Null).await.status, status, "{role:?}");
    }
}
