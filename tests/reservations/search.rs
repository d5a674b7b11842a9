use serde_json::{Value, json};

use crate::support::*;

/// The last names of the stays that a search finds, by arrival.
async fn find(app: &TestApp, q: &str) -> Vec<String> {
    let url = reqwest::Url::parse_with_params("http://x/r", [("propertyId", PROPERTY), ("q", q)]).unwrap();
    let answer = app.get(&format!("/reservations?{}", url.query().unwrap())).await;
    let name = |r: &Value| r["primaryGuestJson"]["lastName"].as_str().unwrap().to_string();
    answer.data().as_array().unwrap().iter().map(name).collect()
}

fn named(first: &str, last: &str) -> Value {
    json!({"primaryGuestJson": {"firstName": first, "lastName": last}})
}

#[tokio::test]
async fn stays_are_found_by_name_number_and_reference() {
    let app = TestApp::start().await;
    let mut of_agent = named("Jürgen", "Müller");
    (of_agent["sourceType"], of_agent["sourceRef"]) = (json!("OTA"), json!("BDC-100%_7"));
    let booked = app.book("2027-02-01", "2027-02-03", of_agent).await.data();
    app.book("2027-02-02", "2027-02-03", named("Conan", "O’Brien")).await.data();
    app.book("2027-02-03", "2027-02-04", named("小明", "王")).await.data();
    app.b(reqwest::Method::POST, "/reservations", booking("2027-02-01", "2027-02-02", named("Conan", "Stranger"))).await.data();

    let number = booked["confirmationNumber"].as_str().unwrap();
    for (q, wanted) in [
        ("muller jurgen", vec!["Müller"]),
        ("MÜLL", vec!["Müller"]),
        (number, vec!["Müller"]),
        (&number.to_lowercase(), vec!["Müller"]),
        ("100%_7", vec!["Müller"]),
        ("%", vec![]),
        ("conan", vec!["O’Brien"]),
        ("o'brien", vec!["O’Brien"]),
        ("王小明", vec!["王"]),
        ("jurgen obrien", vec![]),
        ("'", vec!["Müller", "O’Brien", "王"]),
    ] {
        assert_eq!(find(&app, q).await, wanted, "{q}");
    }

    let path = format!("/reservations/{}", booked["id"].as_str().unwrap());
    app.patch(&path, json!({"version": 1, "primaryGuestJson": {"firstName": "Ida", "lastName": "Schmidt"}})).await.data();
    assert_eq!((find(&app, "muller").await, find(&app, "schmidt").await), (vec![], vec!["Schmidt".to_string()]));

    let later = app.get(&format!("/reservations?propertyId={PROPERTY}&q=an&arrivalFrom=2027-02-03")).await.data();
    assert_eq!(later, json!([]));
    app.get(&format!("/reservations?propertyId={PROPERTY}&q={}", "a".repeat(201))).await.invalid("q");
    app.get(&format!("/reservations?propertyId={}", room(999))).await.refused(404, "NOT_FOUND");
    app.get(&format!("/reservations?propertyId={PROPERTY}&q=%00")).await.invalid("q");
}

#[tokio::test]
async fn a_list_is_walked_in_each_order() {
    let app = TestApp::start().await;
    for (from, to, name) in
        [("2027-02-01", "2027-02-09", "Long"), ("2027-02-02", "2027-02-03", "Short"), ("2027-02-02", "2027-02-05", "Twin")]
    {
        app.book(from, to, named("Ann", name)).await.data();
    }
    for (sort, wanted) in [
        ("ARRIVAL", ["Long", "Short", "Twin"]),
        ("ARRIVAL_DESC", ["Twin", "Short", "Long"]),
        ("DEPARTURE", ["Short", "Twin", "Long"]),
        ("DEPARTURE_DESC", ["Long", "Twin", "Short"]),
        ("BOOKED", ["Long", "Short", "Twin"]),
        ("BOOKED_DESC", ["Twin", "Short", "Long"]),
    ] {
        for q in ["", "&q=ann"] {
            let (mut found, mut next) = (Vec::new(), String::new());
            loop {
                let page = app.get(&format!("/reservations?propertyId={PROPERTY}&limit=1&sort={sort}{q}{next}")).await;
                let row = page.data()[0]["primaryGuestJson"]["lastName"].as_str().unwrap().to_string();
                found.push(row);
                match page.body["meta"]["cursor"].as_str() {
                    Some(cursor) => next = format!("&cursor={cursor}"),
                    None => break,
                }
            }
            assert_eq!(found, wanted, "{sort}{q}");
        }
    }
    let first = app.get(&format!("/reservations?propertyId={PROPERTY}&limit=1")).await;
    let cursor = first.body["meta"]["cursor"].as_str().unwrap().to_string();
    app.get(&format!("/reservations?propertyId={PROPERTY}&sort=BOOKED&cursor={cursor}")).await.invalid("cursor");
    app.get(&format!("/reservations?propertyId={PROPERTY}&sort=NAME")).await.invalid("sort");
}
