//! Papers: what a PDF says, read by pdftotext, is what the JSON of its folio says.

use std::{io::Write, process::Stdio};

use serde_json::{Value, json};

use super::{charge, folio_of, new_folio, path, pay, statement};
use crate::support::{desk::Desk, sound::faults, *};

/// The text of a PDF, a row for each line of it, white space made one.
fn text(pdf: &[u8]) -> Vec<String> {
    let mut reader = std::process::Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is installed: scripts/bootstrap.sh test");
    let mut into = reader.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let written = std::thread::spawn(move || into.write_all(&bytes).unwrap());
    let output = reader.wait_with_output().unwrap();
    written.join().unwrap();
    assert!(output.status.success());
    let marks = |c: &char| !('\u{200e}'..='\u{200f}').contains(c) && !('\u{202a}'..='\u{202e}').contains(c);
    let text: String = String::from_utf8(output.stdout).unwrap().chars().filter(marks).collect();
    text.lines().map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|row| !row.is_empty()).collect()
}

async fn read(desk: Desk<'_>, folio: &Value, paper: &str) -> Vec<String> {
    let (kind, bytes) = desk.file(&path(folio, paper)).await;
    assert_eq!(kind, "application/pdf", "{}", String::from_utf8_lossy(&bytes));
    assert!(bytes.starts_with(b"%PDF-"));
    text(&bytes)
}

/// `-1,234.50`: written here anew, so that the program is not compared with itself.
fn money(cents: &Value, german: bool) -> String {
    let cents = cents.as_i64().unwrap();
    let (mut whole, parts) = ((cents.abs() / 100).to_string(), cents.abs() % 100);
    let (thousands, point) = if german { ('.', ',') } else { (',', '.') };
    let mut at = whole.len();
    while at > 3 {
        at -= 3;
        whole.insert(at, thousands);
    }
    format!("{}{whole}{point}{parts:02}", if cents < 0 { "-" } else { "" })
}

fn day(date: &Value, german: bool) -> String {
    let date = date.as_str().unwrap();
    let (year, month, day) = (&date[..4], &date[5..7], &date[8..]);
    let names = ["", "Jan", "Feb", "Mar", "Apr"];
    match german {
        true => format!("{day}.{month}.{year}"),
        false => format!("{} {} {year}", day.trim_start_matches('0'), names[month.parse::<usize>().unwrap()]),
    }
}

#[track_caller]
fn has(rows: &[String], row: &str) {
    assert!(rows.iter().any(|r| r == row), "{row:?} is not in {rows:#?}");
}

/// Every line, every sum and every tax of the JSON is a row of the paper, and the paper has no other amounts.
#[track_caller]
fn says_the_same(rows: &[String], folio: &Value, words: &[&str; 6], german: bool, said: impl Fn(&Value) -> String) {
    let lines = folio["lines"].as_array().unwrap();
    assert!(!lines.is_empty());
    let mut expected: Vec<String> = lines
        .iter()
        .map(|line| format!("{} {} {}", day(&line["businessDate"], german), said(line), money(&line["amountCents"], german)))
        .collect();
    let currency = folio["currency"].as_str().unwrap();
    let paid = json!(-folio["paidCents"].as_i64().unwrap());
    let sums =
        [&folio["subtotalCents"], &folio["taxCents"], &folio["feeCents"], &folio["totalCents"], &paid, &folio["balanceCents"]];
    expected.extend(words.iter().zip(sums).map(|(name, cents)| format!("{name} {} {currency}", money(cents, german))));
    let taxes = folio["taxes"].as_array().unwrap().iter();
    expected.extend(taxes.map(|t| {
        format!("{} {} {}", t["name"].as_str().unwrap(), money(&t["baseCents"], german), money(&t["amountCents"], german))
    }));
    for row in &expected {
        has(rows, row);
    }
    // Nothing else ends in an amount: the paper has these rows and no more.
    let point = if german { ',' } else { '.' };
    let is_amount =
        |word: &str| word.len() > 3 && word.chars().rev().nth(2) == Some(point) && word.ends_with(|c: char| c.is_ascii_digit());
    let amounts = rows.iter().filter(|row| row.split(' ').rev().take(2).any(is_amount)).count();
    assert_eq!(amounts, expected.len(), "{rows:#?}");
    let sum: i64 = lines.iter().map(|line| line["amountCents"].as_i64().unwrap()).sum();
    assert_eq!(sum, folio["balanceCents"].as_i64().unwrap());
}

fn plain(line: &Value) -> String {
    let method = match line["method"].as_str() {
        Some("CARD") => " · Card",
        Some("CASH") => " · Cash",
        _ => "",
    };
    let source = line["sourceRef"].as_str().map(|s| format!(" · {s}")).unwrap_or_default();
    format!("{}{method}{source}", line["description"].as_str().unwrap())
}

const ENGLISH: [&str; 6] = ["Charges without taxes and fees", "Taxes", "Fees", "Total", "Payments", "Balance due"];
const GERMAN: [&str; 6] =
    ["Leistungen ohne Steuern und Abgaben", "Steuern", "Abgaben", "Gesamtbetrag", "Zahlungen", "Offener Betrag"];

async fn tax(desk: Desk<'_>) {
    let rule = |code: &str, more: Value| {
        let mut body = json!({"propertyId": PROPERTY, "code": code, "name": format!("{code} tax"), "kind": "PERCENT",
            "appliesTo": ["ROOM_CHARGE", "ADJUSTMENT"]});
        more.as_object().unwrap().iter().for_each(|(k, v)| body[k] = v.clone());
        body
    };
    desk.post("/tax-rules", rule("VAT", json!({"percent": "8.25"}))).await.data();
    desk.post("/tax-rules", rule("CITY", json!({"percent": "1", "isFee": true}))).await.data();
}

async fn change_property(desk: Desk<'_>, more: Value) {
    let path = format!("/properties/{PROPERTY}");
    let mut body = more;
    body["version"] = desk.get(&path).await.data()["version"].clone();
    desk.send(Method::PATCH, &path, &[], body).await.data();
}

async fn close(desk: Desk<'_>, folio: &Value) -> Value {
    let seen = statement(desk, folio).await;
    if seen["balanceCents"] != json!(0) {
        pay(desk, folio, seen["balanceCents"].as_i64().unwrap()).await;
    }
    let seen = statement(desk, folio).await;
    desk.post(&path(folio, "close"), json!({"version": seen["version"]})).await.data();
    statement(desk, folio).await
}

#[tokio::test]
async fn a_statement_says_what_the_folio_says() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    tax(desk).await;
    let address = json!({"line1": "1 Quay Street", "postalCode": "10001", "city": "New York"});
    change_property(desk, json!({"addressJson": address, "taxNumber": "US-12-345"})).await;
    let stay = desk.book("2027-03-01", "2027-03-04", json!({"roomId": room(101)})).await.data();
    let folio = folio_of(desk, &stay).await;
    for (text, cents) in
        [("Room 101", 123_456), ("Spa, with a description that is so long that it has to go on in a second row of it", 9_900)]
    {
        let body = json!({"entryType": "ROOM_CHARGE", "description": text, "amountCents": cents});
        desk.post(&path(&folio, "charges"), body).await.data();
    }
    let wrong = charge(desk, &folio, 777).await;
    desk.post(&path(&folio, "void"), json!({"entryId": wrong["id"], "reason": "x"})).await.data();
    pay(desk, &folio, 50_000).await;

    let json = statement(desk, &folio).await;
    // What was taken back is in the ledger, and on no paper.
    assert_eq!((json["entries"].as_array().unwrap().len(), json["lines"].as_array().unwrap().len()), (13, 7));
    assert_eq!(
        json["taxes"][0],
        json!({"entryType": "TAX", "code": "VAT", "name": "VAT tax", "baseCents": 133_356, "amountCents": 10_185 + 817})
    );
    let mut rows = read(desk, &folio, "statement.pdf").await;
    // The long text is one line of the folio, and two of the paper.
    let at = rows.iter().position(|row| row.contains("Spa, with")).unwrap();
    assert!("has to go on in a second row of it".ends_with(&rows[at + 1]), "{rows:#?}");
    rows[at] = format!(
        "1 Feb 2027 {} 99.00",
        json["lines"].as_array().unwrap().iter().find(|l| l["amountCents"] == 9_900).unwrap()["description"].as_str().unwrap()
    );
    says_the_same(&rows, &json, &ENGLISH, false, plain);
    for row in ["Grand Test", "1 Quay Street", "10001 New York", "Tax number: US-12-345", "Statement"] {
        has(&rows, row);
    }
    let number = stay["confirmationNumber"].as_str().unwrap();
    for part in [
        "Ada Lovelace",
        number,
        "Arrival 1 Mar 2027",
        "Departure 4 Mar 2027",
        "Room 101",
        "Page 1 / 1",
        "This is not an invoice.",
    ] {
        assert!(rows.iter().any(|row| row.contains(part)), "{part} {rows:#?}");
    }

    // The other tenant has a folio of its own, and does not see this one.
    assert!(new_folio(other).await["id"].is_string());
    for paper in ["statement.pdf", "invoice.pdf", "credit-note.pdf"] {
        other.get(&path(&folio, paper)).await.refused(404, "NOT_FOUND");
    }
    desk.get(&path(&folio, "invoice.pdf")).await.refused(409, "INVALID_STATUS_TRANSITION");
    desk.get(&path(&folio, "credit-note.pdf")).await.refused(409, "INVALID_STATUS_TRANSITION");
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_invoice_is_the_same_for_ever() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    change_property(desk, json!({"locale": "de-AT"})).await;
    let folio = new_folio(desk).await;
    for n in 0..70 {
        charge(desk, &folio, 1_000_00 + n).await;
    }
    let room = json!({"entryType": "ROOM_CHARGE", "description": "Room 101 (2027-01-31)", "amountCents": 5});
    desk.post(&path(&folio, "charges"), room).await.data();
    let company = json!({"name": "Müller & Söhne GmbH", "address": ["Ringstraße 1", "1010 Wien"], "taxNumber": "ATU123"});
    let seen = statement(desk, &folio).await;
    let body = json!({"version": seen["version"], "billTo": company});
    desk.send(Method::PATCH, &path(&folio, ""), &[], body.clone()).await.data();
    desk.send(Method::PATCH, &path(&folio, ""), &[], body).await.refused(409, "CONCURRENCY_CONFLICT");
    let json = close(desk, &folio).await;

    let rows = read(desk, &folio, "invoice.pdf").await;
    let said = |line: &Value| match line["description"].as_str().unwrap() {
        "Payment" => "Zahlung · Karte · terminal 4711".to_string(),
        "Room 101 (2027-01-31)" => "Zimmer 101 (31.01.2027)".to_string(),
        other => other.to_string(),
    };
    says_the_same(&rows, &json, &GERMAN, true, said);
    for row in ["Rechnung 1", "Ringstraße 1", "Steuernummer: ATU123"] {
        assert!(rows.iter().any(|r| r.starts_with(row)), "{row} {rows:#?}");
    }
    // The heads of the table stand on each page.
    assert_eq!(rows.iter().filter(|row| *row == "Datum Beschreibung Betrag (USD)").count(), 2);
    assert!(rows.iter().any(|row| row.ends_with("Seite 2 / 2")));

    let (_, first) = desk.file(&path(&folio, "invoice.pdf")).await;
    let again = json!({"name": "Another name", "locale": "en", "taxNumber": "NEW", "addressJson": {"city": "Elsewhere"}});
    change_property(desk, again).await;
    assert_eq!(desk.file(&path(&folio, "invoice.pdf")).await.1, first, "the same bytes");
    desk.get(&path(&folio, "statement.pdf")).await.refused(409, "INVALID_STATUS_TRANSITION");
    let seen = json!({"version": json["version"], "name": "x"});
    desk.send(Method::PATCH, &path(&folio, ""), &[], seen).await.refused(409, "FOLIO_NOT_OPEN");
    let masked = "select count(*) from pms_audit_log where diff_json::text like '%Ringstra%'";
    assert_eq!(app.count(masked).await, 0, "the address is masked");
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn every_script_has_its_letters() {
    let app = TestApp::start().await;
    let [desk, _] = app.desks();
    let names =
        [("Љиљана", "Ђорђевић"), ("Ελένη", "Παπαδοπούλου"), ("Đặng", "Thị"), ("伟", "王"), ("さくら", "山田"), ("민준", "김")];
    for (n, (first, last)) in names.into_iter().enumerate() {
        let (from, to) = (format!("2027-03-{:02}", n + 1), format!("2027-03-{:02}", n + 2));
        let guest = json!({"firstName": first, "lastName": last});
        let folio = folio_of(desk, &desk.book(&from, &to, json!({"primaryGuestJson": guest})).await.data()).await;
        let rows = read(desk, &folio, "statement.pdf").await;
        // pdftotext leaves out the space between Chinese letters.
        let name = format!("{first}{last}");
        assert!(rows.iter().any(|row| row.replace(' ', "").starts_with(&name)), "{name}: {rows:#?}");
    }
    // From right to left, with the amounts as everywhere.
    change_property(desk, json!({"locale": "ar"})).await;
    let guest = json!({"firstName": "ليلى", "lastName": "حداد"});
    let folio = folio_of(desk, &desk.book("2027-03-10", "2027-03-11", json!({"primaryGuestJson": guest})).await.data()).await;
    charge(desk, &folio, 1_234_50).await;
    close(desk, &folio).await;
    let rows = read(desk, &folio, "invoice.pdf").await;
    for part in ["فاتورة", "ليلى حداد", "المجموع", "1,234.50", "-1,234.50", "01/02/2027", "Minibar", "بطاقة"]
    {
        assert!(rows.iter().any(|row| row.contains(part)), "{part}: {rows:#?}");
    }
    assert_eq!(faults(&app.owner_url).await, Vec::<String>::new());
}

#[tokio::test]
async fn to_whom_it_is_made_out_is_checked() {
    let app = TestApp::start().await;
    let [desk, other] = app.desks();
    let folio = new_folio(desk).await;
    let with = |bill_to: Value| json!({"version": 1, "billTo": bill_to});
    for (bill_to, field) in [
        (json!({"name": " "}), "billTo.name"),
        (json!({"name": "x", "taxNumber": "9".repeat(51)}), "billTo.taxNumber"),
        (json!({"name": "x", "address": ["a", "b", "c", "d", "e", "f", "g"]}), "billTo.address"),
        (json!({"name": "x", "address": [""]}), "billTo.address[0]"),
        (json!({"name": "x", "street": "y"}), "billTo.street"),
    ] {
        desk.send(Method::PATCH, &path(&folio, ""), &[], with(bill_to)).await.invalid(field);
    }
    desk.send(Method::PATCH, &path(&folio, ""), &[], json!({"name": "x"})).await.invalid("version");
    let other_tenant = json!({"version": 1, "name": "x"});
    other.send(Method::PATCH, &path(&folio, ""), &[], other_tenant).await.refused(404, "NOT_FOUND");
    let long = json!({"version": 1, "taxNumber": "9".repeat(51)});
    desk.send(Method::PATCH, &format!("/properties/{PROPERTY}"), &[], long).await.invalid("taxNumber");
    assert_eq!(statement(desk, &folio).await["version"], json!(1));
}
