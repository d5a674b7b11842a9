//! Fields of a change: absent leaves the value, null clears it.

use serde::{Deserialize, Deserializer};

/// For `Option<Option<T>>`: `#[serde(default, deserialize_with = "nullable")]`. Absent is `None`, null is `Some(None)`.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Sets `target` when the change names it.
pub fn set<T>(target: &mut T, change: Option<T>) {
    if let Some(value) = change {
        *target = value;
    }
}
