//! The web app, as `npm run build` made it: files of the binary, and nothing of hotels.

mod files;

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderValue, Method,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY},
    },
    response::Response,
};

pub use files::built;

/// A file by its path below `web/dist`.
pub type Lookup = fn(&str) -> Option<Cow<'static, [u8]>>;

/// First parts of paths that belong to programs: what is not there is refused, and no page comes in its place.
const NOT_PAGES: [&str; 3] = ["api", "health", "metrics"];

/// What the page may do: run files of ours, and talk to us alone. `data:` is for pictures in style sheets.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The name has a hash of the content, so another content has another name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Names the files of this build: asked for each time, so that a new build shows at once.
const ASK_FIRST: &str = "no-cache";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>OppsEra PMS</title>\
    <h1>The web app is not in this program</h1>\
    <p>It was built without it. <code>make build</code> builds both, <code>make demo</code> runs them; Node 20.19 or newer is needed.</p>\
    <p>The API answers all the same: <a href=\"/api/docs\">/api/docs</a>.</p></html>\n";

/// The file of this path, or the page that finds its way from the path itself. Nothing for what belongs to programs and for files that
/// are not there: an old page that asks for a script of yesterday's build must not get a page of today.
pub fn answer(files: Lookup, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
    let name = path.strip_prefix('/')?;
    let first = name.split('/').next().unwrap_or_default();
    if NOT_PAGES.contains(&first) || ![Method::GET, Method::HEAD].contains(method) {
        return None;
    }
    let is_packed = |name: &str| [".br", ".gz"].iter().any(|end| name.ends_with(end));
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.contains('.') && name != "index.html" {
        let cache = if first == "assets" { FOR_EVER } else { ASK_FIRST };
        return if is_packed(name) { None } else { file(files, name, cache, headers) };
    }
    if first == "assets" {
        return None;
    }
    Some(
        file(files, "index.html", ASK_FIRST, headers)
            .unwrap_or_else(|| respond(Bytes::from_static(NOT_BUILT.as_bytes()), "index.html", ASK_FIRST)),
    )
}

/// Packed as the client likes it best, when the build packed it.
fn file(files: Lookup, name: &str, cache: &'static str, headers: &HeaderMap) -> Option<Response> {
    let plain = files(name)?;
    for (encoding, end) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(headers, encoding)
            && let Some(packed) = files(&format!("{name}{end}"))
        {
            let mut response = respond(bytes(packed), name, cache);
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            return Some(response);
        }
    }
    Some(respond(bytes(plain), name, cache))
}

fn bytes(content: Cow<'static, [u8]>) -> Bytes {
    match content {
        Cow::Borrowed(content) => Bytes::from_static(content),
        Cow::Owned(content) => Bytes::from(content),
    }
}

fn respond(content: Bytes, name: &str, cache: &'static str) -> Response {
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether the client named this encoding, and not with `q=0`.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        is_named && weight.is_ok_and(|weight| weight > 0.0)
    })
}
