//! The web app as the server hands it out.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING};
use oppsera_pms::web;
use serde_json::Value;

use crate::support::*;

/// A build as small as it can be.
fn build(path: &str) -> Option<Cow<'static, [u8]>> {
    let content: &[u8] = match path {
        "index.html" => b"<page>",
        "assets/main-1a2b.js" => b"script",
        "assets/main-1a2b.js.br" => b"script in brotli",
        "assets/main-1a2b.js.gz" => b"script in gzip",
        "assets/main-3c4d.css" => b"style",
        "icon.svg" => b"picture",
        _ => return None,
    };
    Some(Cow::Borrowed(content))
}

/// Content, type, caching and encoding.
async fn get(path: &str, accept: &str) -> Option<(String, String, String, Option<String>)> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_str(accept).unwrap());
    let response = web::answer(build, &Method::GET, path, &headers)?;
    assert_eq!(response.status(), 200);
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_string());
    let (kind, cache, encoding) = (header("content-type").unwrap(), header("cache-control").unwrap(), header("content-encoding"));
    assert_eq!(header("vary").as_deref(), Some("accept-encoding"));
    let content = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
    Some((String::from_utf8(content.to_vec()).unwrap(), kind, cache, encoding))
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[tokio::test]
async fn files_named_by_their_content_are_kept_for_ever_in_the_encoding_that_is_smallest() {
    let script = async |accept: &str| {
        let (content, kind, cache, encoding) = get("/assets/main-1a2b.js", accept).await.unwrap();
        assert_eq!((kind.as_str(), cache.as_str()), ("text/javascript; charset=utf-8", FOR_EVER));
        (content, encoding.unwrap_or_default())
    };
    let said = |content: &str, encoding: &str| (content.to_string(), encoding.to_string());
    assert_eq!(script("gzip, deflate, br, zstd").await, said("script in brotli", "br"));
    assert_eq!(script("gzip;q=1.0, br;q=0").await, said("script in gzip", "gzip"));
    assert_eq!(script("GZIP").await, said("script in gzip", "gzip"));
    assert_eq!(script("deflate, gzip;q=0.0").await, said("script", ""));
    assert_eq!(script("br;q=much").await, said("script", ""));
    // Not worth packing, so not packed.
    let style = get("/assets/main-3c4d.css", "br").await.unwrap();
    assert_eq!((style.0.as_str(), style.1.as_str(), style.3), ("style", "text/css; charset=utf-8", None));
}

#[tokio::test]
async fn every_path_of_a_page_gets_the_one_page_which_is_asked_for_each_time() {
    for path in ["/", "/calendar", "/guests/00000000000000000000000001", "/index.html", "/apiary", "/set-up/rooms/"] {
        let (content, kind, cache, _) = get(path, "br").await.expect(path);
        assert_eq!(
            (content.as_str(), kind.as_str(), cache.as_str()),
            ("<page>", "text/html; charset=utf-8", "no-cache"),
            "{path}"
        );
    }
    let (content, kind, cache, _) = get("/icon.svg", "br").await.unwrap();
    assert_eq!((content.as_str(), kind.as_str(), cache.as_str()), ("picture", "image/svg+xml", "no-cache"));
}

#[tokio::test]
async fn no_page_comes_in_place_of_a_file_or_of_an_answer_to_a_program() {
    let missing = [
        "/assets/main-0000.js",
        "/assets/",
        "/assets/main-1a2b.js.br",
        "/assets/../index.html.gz",
        "/.env",
        "/favicon.ico",
        "/api",
        "/api/v2/pms/rooms",
        "/health",
        "/metrics/all",
        "*",
    ];
    for path in missing {
        assert!(get(path, "br").await.is_none(), "{path}");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        assert!(web::answer(build, &method, "/calendar", &HeaderMap::new()).is_none(), "{method}");
    }
    assert!(web::answer(build, &Method::HEAD, "/calendar", &HeaderMap::new()).is_some());
}

#[tokio::test]
async fn a_build_without_the_web_app_says_how_to_build_it() {
    let response = web::answer(|_| None, &Method::GET, "/", &HeaderMap::new()).unwrap();
    let content = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    let page = String::from_utf8(content.to_vec()).unwrap();
    assert!(page.contains("make build") && page.contains("/api/docs"), "{page}");
}

#[tokio::test]
async fn the_server_hands_out_pages_under_a_strict_policy_and_refuses_the_rest_in_its_envelope() {
    let app = TestApp::start().await;
    let send = async |method: Method, path: &str| app.http.request(method, format!("{}{path}", app.base)).send().await.unwrap();

    // Of the build of this checkout, or the page that says that there is none.
    let page = send(Method::GET, "/calendar?property=1").await;
    let header = |name: &str| page.headers()[name].to_str().unwrap().to_string();
    assert_eq!((page.status().as_u16(), header("content-type").as_str()), (200, "text/html; charset=utf-8"));
    assert_eq!((header("cache-control").as_str(), header("x-content-type-options").as_str()), ("no-cache", "nosniff"));
    let policy = header("content-security-policy");
    for part in
        ["default-src 'none'", "script-src 'self';", "connect-src 'self';", "img-src 'self' data:;", "frame-ancestors 'none'"]
    {
        assert!(policy.contains(part), "{part} not in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    let html = page.text().await.unwrap();
    assert_eq!(html.matches("<script").count(), html.matches(" src=\"/").count(), "a script within the page: {html}");

    for (method, path) in [(Method::GET, "/api/v1/pms/nothing"), (Method::GET, "/assets/nothing.js"), (Method::POST, "/calendar")]
    {
        let refusal = send(method, path).await;
        assert_eq!(
            (refusal.status().as_u16(), refusal.headers()["content-type"].to_str().unwrap()),
            (404, "application/json"),
            "{path}"
        );
        assert_eq!(refusal.headers()["cache-control"], "no-store", "{path}");
        let body: Value = refusal.json().await.unwrap();
        assert_eq!(body["error"]["code"], "NOT_FOUND", "{path}");
    }
    let head = send(Method::HEAD, "/reservations").await;
    assert_eq!((head.status().as_u16(), head.text().await.unwrap().as_str()), (200, ""));
}
