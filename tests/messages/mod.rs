//! Papers by e-mail: written down first, given to a real SMTP server, sent once, and told when they cannot be.

mod fake;

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use oppsera_pms::{http::permission::Role, mail::Post, messages::sweep::send_due, paper::Fonts};
use serde_json::{Value, json};

use self::fake::Fake;
use crate::support::{desk::Desk, sound::assert_sound, *};

async fn hotel() -> (TestApp, Fake) {
    let fake = Fake::start().await;
    (TestApp::with_mail(fake.post()).await, fake)
}

/// The folio of a stay, with a dinner on it.
async fn folio(desk: Desk<'_>) -> String {
    let stay = desk.book("2027-02-01", "2027-02-03", json!({})).await.data();
    let path = format!("/folios?propertyId={PROPERTY}&reservationId={}", stay["id"].as_str().unwrap());
    let id = desk.get(&path).await.data()[0]["id"].as_str().unwrap().to_string();
    desk.post(&format!("/folios/{id}/charges"), json!({"description": "Dinner", "amountCents": 4200})).await.data();
    id
}

async fn email(desk: Desk<'_>, folio: &str, to: &str) -> Value {
    let answer = desk.post(&format!("/folios/{folio}/email"), json!({"recipient": to})).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    answer.data()
}

async fn sweep(app: &TestApp, post: &Arc<dyn Post>) -> usize {
    send_due(&app.store, &Fonts::new(std::path::Path::new("/usr/share/fonts")), post).await.unwrap()
}

async fn messages(desk: Desk<'_>, folio: &str) -> Vec<Value> {
    let path = format!("/messages?propertyId={PROPERTY}&folioId={folio}");
    desk.get(&path).await.data().as_array().unwrap().clone()
}

#[tokio::test]
async fn a_folio_goes_out_once_with_its_paper() {
    let (app, fake) = hotel().await;
    let [desk, other] = app.desks();
    let mine = folio(desk).await;
    let theirs = folio(other).await;
    let queued = email(desk, &mine, " ada@example.com ").await;
    assert_eq!((&queued["status"], &queued["recipient"]), (&json!("QUEUED"), &json!("ada@example.com")));
    email(other, &theirs, "grace@example.com").await;
    assert_eq!(fake.letters().len(), 0, "nothing is sent before it is written down");

    let post = fake.post();
    assert_eq!((sweep(&app, &post).await, sweep(&app, &post).await), (2, 0));
    let letters = fake.letters();
    assert_eq!(letters.len(), 2);
    let letter = letters.iter().find(|letter| letter.contains("To: ada@example.com")).unwrap();
    for part in [
        "Subject: Statement",
        "hotel@example.com>",
        "application/pdf",
        "attached you find: Statement",
        &format!("Message-ID: <{}@example.com>", queued["id"].as_str().unwrap()),
        "filename=\"statement-",
    ] {
        assert!(letter.contains(part), "{part} not in {}", &letter[..1500.min(letter.len())]);
    }
    assert!(letter.contains("JVBERi"), "a PDF in base64");
    let told = messages(desk, &mine).await;
    assert_eq!((told.len(), &told[0]["status"], &told[0]["attempts"]), (1, &json!("SENT"), &json!(1)));
    assert!(told[0]["sentAt"].is_string());
    assert_eq!(messages(other, &mine).await, Vec::<Value>::new());

    // Who was written to stands in the trail, and not where he can be reached.
    let trail = desk.get(&format!("/audit?entityType=MESSAGE&propertyId={PROPERTY}")).await.data();
    let verbs: Vec<&str> = trail.as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(verbs, ["SENT", "CREATED"]);
    assert!(!trail.to_string().contains("ada@example.com"), "{trail}");
    assert_sound(&app).await;
}

#[tokio::test]
async fn a_closed_folio_goes_out_as_its_invoice() {
    let (app, fake) = hotel().await;
    let [desk, _] = app.desks();
    let mine = folio(desk).await;
    desk.post(&format!("/folios/{mine}/payments"), json!({"method": "CASH", "amountCents": 4200})).await.data();
    let version = desk.get(&format!("/folios/{mine}")).await.data()["version"].clone();
    let invoice = desk.post(&format!("/folios/{mine}/close"), json!({"version": version})).await.data();
    let number = invoice["invoiceNumber"].as_i64().unwrap();
    let body = json!({"recipient": "ada@example.com", "text": "As you wished."});
    desk.post(&format!("/folios/{mine}/email"), body).await.data();
    sweep(&app, &fake.post()).await;
    let letter = fake.letters()[0].clone();
    assert!(letter.contains(&format!("invoice-{number}.pdf")) && letter.contains("As you wished."), "{letter}");
}

#[tokio::test]
async fn what_the_server_refuses_fails_and_what_it_puts_off_is_tried_again() {
    let (app, fake) = hotel().await;
    let [desk, _] = app.desks();
    let mine = folio(desk).await;
    let post = fake.post();
    email(desk, &mine, "nobody@example.com").await;
    assert_eq!(sweep(&app, &post).await, 1);
    let refused = messages(desk, &mine).await[0].clone();
    assert_eq!(refused["status"], "FAILED");
    assert!(refused["failureReason"].as_str().unwrap().contains("No such mailbox"), "{refused}");

    fake.set_busy(true);
    email(desk, &mine, "ada@example.com").await;
    assert_eq!(sweep(&app, &post).await, 0);
    let waiting = messages(desk, &mine).await[0].clone();
    assert_eq!((&waiting["status"], &waiting["attempts"]), (&json!("QUEUED"), &json!(1)));
    assert!(waiting["failureReason"].as_str().unwrap().contains("Come again"), "{waiting}");
    fake.set_busy(false);
    assert_eq!(sweep(&app, &post).await, 0, "not before its time");
    app.clock.advance(Duration::from_secs(31));
    assert_eq!((sweep(&app, &post).await, fake.letters().len()), (1, 1));
    let sent = messages(desk, &mine).await[0].clone();
    assert_eq!((&sent["status"], &sent["attempts"], &sent["failureReason"]), (&json!("SENT"), &json!(2), &Value::Null));

    // A server that never takes it: given up in the end, and told.
    fake.set_busy(true);
    email(desk, &mine, "ada@example.com").await;
    let mut tries = 0;
    while sweep(&app, &post).await == 0 {
        tries += 1;
        assert!(tries < 20);
        app.clock.advance(Duration::from_secs(3601));
    }
    let given_up = messages(desk, &mine).await[0].clone();
    assert_eq!((&given_up["status"], &given_up["attempts"]), (&json!("FAILED"), &json!(10)));
}

/// Two servers of one database, and each letter is sent by one of them.
#[tokio::test]
async fn of_many_who_sweep_at_once_one_sends() {
    let (app, fake) = hotel().await;
    let [desk, other] = app.desks();
    let folios = [folio(desk).await, folio(other).await];
    let key = [("Idempotency-Key", "one-letter")];
    let body = json!({"recipient": "ada@example.com"});
    let path = format!("/folios/{}/email", folios[0]);
    let sent = join_all((0..8).map(|_| desk.send(Method::POST, &path, &key, body.clone()))).await;
    assert!(sent.iter().all(|answer| answer.data()["id"] == sent[0].data()["id"]));
    for n in 0..10 {
        email(other, &folios[1], &format!("guest{n}@example.com")).await;
    }
    let post = fake.post();
    let ended: usize = join_all((0..8).map(|_| sweep(&app, &post))).await.into_iter().sum();
    assert_eq!((ended, fake.letters().len()), (11, 11));
    assert_eq!(app.count("select count(*) from pms_messages where status = 'SENT' and attempts = 1").await, 11);
    assert_sound(&app).await;
}

#[tokio::test]
async fn who_may_not_or_asks_wrongly_is_refused() {
    let (app, _) = hotel().await;
    let [desk, other] = app.desks();
    let mine = folio(desk).await;
    let path = format!("/folios/{mine}/email");
    for wrong in ["", "ada", "ada@example", "a b@example.com", "ada@example.com\r\nBcc: all@example.com"] {
        desk.post(&path, json!({"recipient": wrong})).await.invalid("recipient");
    }
    desk.post(&path, json!({"recipient": "ada@example.com", "text": "x".repeat(4001)})).await.invalid("text");
    other.post(&path, json!({"recipient": "ada@example.com"})).await.refused(404, "NOT_FOUND");
    for role in [Role::Housekeeping, Role::Revenue, Role::ReadOnly] {
        let body = json!({"recipient": "ada@example.com"});
        app.as_role(role, Method::POST, &path, body).await.refused(403, "AUTHORIZATION_DENIED");
    }
    desk.get("/messages?propertyId=0000000000000000000000N0NE").await.refused(404, "NOT_FOUND");
    assert_eq!(app.count("select count(*) from pms_messages").await, 0);

    let without = TestApp::start().await;
    let [desk, _] = without.desks();
    let path = format!("/folios/{}/email", folio(desk).await);
    desk.post(&path, json!({"recipient": "ada@example.com"})).await.refused(409, "MAIL_SERVER_MISSING");
    assert_eq!(desk.get("/me").await.data()["properties"][0]["sendsMail"], json!(false));
}
