use serde_json::{Value, json};

use super::{body, guest};
use crate::support::*;

/// The full names that a search finds, best first.
async fn find(app: &TestApp, q: &str) -> Vec<String> {
    let url = reqwest::Url::parse_with_params("http://x/guests", [("propertyId", PROPERTY), ("q", q)]).unwrap();
    let answer = app.get(&format!("/guests?{}", url.query().unwrap())).await;
    let name = |g: &Value| format!("{} {}", g["firstName"].as_str().unwrap(), g["lastName"].as_str().unwrap());
    answer.data().as_array().unwrap().iter().map(name).collect()
}

async fn hotel_of_many_scripts() -> TestApp {
    let app = TestApp::start().await;
    let people = [
        ("Ada", "Lovelace", json!({"email": "ada.countess@analytical.example", "phone": "+44 20 7946 0958"})),
        ("Grace", "Hopper", json!({"email": "grace@navy.example"})),
        ("Jürgen", "Müller", json!({"phone": "0049 (171) 555-1234"})),
        ("Conan", "O’Brien", json!({})),
        ("Thị Mai", "Nguyễn", json!({})),
        ("小明", "王", json!({})),
        ("はなこ", "田中", json!({})),
        ("민준", "김", json!({})),
        ("Иван", "Иванов", json!({})),
        ("محمد", "الأحمد", json!({})),
        ("José", "García Márquez", json!({"email": "gabo@macondo.example"})),
        ("Jean-Luc", "Picard", json!({"email": "under_score@x.example"})),
        ("", "Suharto", json!({})),
    ];
    for (first, last, more) in people {
        guest(&app, first, last, more).await;
    }
    app
}

#[tokio::test]
async fn guests_are_found_by_any_part_in_any_script() {
    let app = hotel_of_many_scripts().await;
    let cases = [
        ("lovelace", "Ada Lovelace"),
        ("ADA LOVE", "Ada Lovelace"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("lovelace ada", "Ada Lovelace"),
        ("love", "Ada Lovelace"),
        ("countess@analyt", "Ada Lovelace"),
        ("ada.countess", "Ada Lovelace"),
        ("7946 0958", "Ada Lovelace"),
        ("+44 (20) 79460958", "Ada Lovelace"),
        ("Muller", "Jürgen Müller"),
        ("müller", "Jürgen Müller"),
        ("Mueller", "Jürgen Müller"),
        ("0171 5551234", "Jürgen Müller"),
        ("O'Brien", "Conan O’Brien"),
        ("obrien", "Conan O’Brien"),
        ("nguyen", "Thị Mai Nguyễn"),
        ("Nguyễn Thị Mai", "Thị Mai Nguyễn"),
        ("王小明", "小明 王"),
        ("小明", "小明 王"),
        ("王", "小明 王"),
        ("小明王", "小明 王"),
        ("田中はな", "はなこ 田中"),
        ("김민준", "민준 김"),
        ("김", "민준 김"),
        ("иванов", "Иван Иванов"),
        ("ИВАН", "Иван Иванов"),
        ("Иваноф", "Иван Иванов"),
        ("محمد", "محمد الأحمد"),
        ("الاحمد", "محمد الأحمد"),
        ("jose", "José García Márquez"),
        ("marquez jose", "José García Márquez"),
        ("macondo", "José García Márquez"),
        ("jean luc picard", "Jean-Luc Picard"),
        ("under_score", "Jean-Luc Picard"),
        ("suharto", " Suharto"),
        // Typos.
        ("Lovlace", "Ada Lovelace"),
        ("Ada Lovlace", "Ada Lovelace"),
        ("Loveleace", "Ada Lovelace"),
        ("Hoper", "Grace Hopper"),
        ("Pickard", "Jean-Luc Picard"),
        ("Jon Picard", "Jean-Luc Picard"),
    ];
    let mut wrong = Vec::new();
    for (q, name) in cases {
        let found = find(&app, q).await;
        if found.first().map(String::as_str) != Some(name) {
            wrong.push(format!("{q}: {found:?}, not {name}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_does_not_match_is_not_found() {
    let app = hotel_of_many_scripts().await;
    for q in ["%", "\\", "''", "Lovelace Hopper", "xylophone", "李", "99999", "ada hopper picard"] {
        assert_eq!(find(&app, q).await, Vec::<String>::new(), "{q}");
    }
    // A blank query is none: the list.
    assert_eq!(find(&app, "  ").await.len(), 13);
}

#[tokio::test]
async fn the_search_follows_changes_and_stays_inside_property_and_tenant() {
    let app = TestApp::start().await;
    let id = guest(&app, "Ada", "Lovelace", json!({})).await;
    guest(&app, "Ada", "Elsewhere", json!({"propertyId": OTHER_PROPERTY})).await;
    app.b(Method::POST, "/guests", body("Ada", "Stranger", json!({}))).await.data();
    assert_eq!(find(&app, "ada").await, ["Ada Lovelace"]);

    app.patch(&format!("/guests/{id}"), json!({"version": 1, "lastName": "Byron", "phone": "+44 555 000 111"})).await.data();
    assert_eq!(find(&app, "lovelace").await, Vec::<String>::new());
    assert_eq!(find(&app, "byron").await, ["Ada Byron"]);
    assert_eq!(find(&app, "555000111").await, ["Ada Byron"]);

    let page = app.get(&format!("/guests?propertyId={PROPERTY}&q=ada&limit=1")).await;
    assert_eq!(page.body["meta"], json!({"cursor": null, "hasMore": false}));
    app.get(&format!("/guests?propertyId={PROPERTY}&q={}", "a".repeat(201))).await.invalid("q");
}
