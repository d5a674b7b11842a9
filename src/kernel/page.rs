//! Lists in pages: a keyset cursor, opaque to the client.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

/// What every list takes.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many rows, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<i64>,
    /// `meta.cursor` of the page before.
    #[param(max_length = 1000)]
    pub cursor: Option<String>,
}

/// Where a page stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PageMeta {
    /// Give it as `cursor` to get the rows that follow; null on the last page.
    pub cursor: Option<String>,
    pub has_more: bool,
}

/// Writes the sort key of a row as a cursor: JSON in hexadecimal, so no character of a name can break it.
pub fn cursor_of<K: Serialize>(key: &K) -> String {
    hex::encode(serde_json::to_vec(key).unwrap_or_default())
}

/// Reads it back. `None`: not a cursor of this list.
pub fn key_of<K: DeserializeOwned>(cursor: &str) -> Option<K> {
    serde_json::from_slice(&hex::decode(cursor).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_any_name() {
        let key = ("O'Neil | \"王\" \u{1F3E8}".to_string(), 7);
        assert_eq!(key_of::<(String, i32)>(&cursor_of(&key)), Some(key));
        assert_eq!(key_of::<(String, i32)>("zz"), None);
    }
}
