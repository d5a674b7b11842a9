use std::borrow::Cow;

use rust_embed::RustEmbed;

/// In a release they are in the binary; other builds read them from the disk at each request. Without Node there are none.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Dist;

/// A file of the web app that was built with this program.
pub fn built(path: &str) -> Option<Cow<'static, [u8]>> {
    Dist::get(path).map(|file| file.data)
}
