//! How a guest is found: what is known of them is folded into one text, and so is the query.

use super::Guest;
use crate::{
    call,
    db::Call,
    kernel::{
        PropertyId, TenantId,
        text::{contains, digits, plain, run_together, search_key, words},
    },
};

crate::sql! {
    SEARCH_GUESTS = "
        select g.* from pms_search_guests($1, $2, $3, $4, $5, $6, $7) s join pms_guests g on g.tenant_id = $1 and g.id = s.guest_id
        order by s.score desc, g.last_name, g.first_name, g.id";
}

/// The text that a search compares with: both names, both of them run together, e-mail, and the digits of the telephone.
pub(super) fn key_of(guest: &Guest) -> String {
    let together = run_together(&guest.first_name, &guest.last_name);
    let phone = guest.phone.as_deref().map(digits).unwrap_or_default();
    search_key([guest.first_name.as_str(), &guest.last_name, &together, guest.email.as_deref().unwrap_or_default(), &phone])
}

/// The folded full name.
pub(super) fn name_of(guest: &Guest) -> String {
    plain(&format!("{} {}", guest.first_name, guest.last_name))
}

/// What is asked for, as the index can look for it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The longest first; the guest must have each, or one that is like it.
    words: Vec<String>,
    /// The same for LIKE.
    patterns: Vec<String>,
    /// The whole query, for resemblance.
    text: String,
}

impl Wanted {
    /// `None`: the query has nothing to look for.
    pub fn new(query: &str) -> Option<Wanted> {
        let text = plain(query);
        let is_phone = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || " +-./()".contains(c));
        let text = if is_phone { phone_digits(&text) } else { text };
        if text.is_empty() {
            return None;
        }
        let words = words(&text);
        Some(Wanted {
            patterns: words.iter().map(|w| contains(w)).collect(),
            words: words.into_iter().map(str::to_string).collect(),
            text,
        })
    }

    pub fn call(self, tenant: TenantId, property: PropertyId, is_active: bool, limit: i64) -> Call {
        call!(SEARCH_GUESTS, tenant, property, is_active, self.words, self.patterns, self.text, limit as i32)
    }
}

/// A number may be written with a trunk 0 or 00 in front that the stored one lacks.
fn phone_digits(text: &str) -> String {
    let all = digits(text);
    let short = all.trim_start_matches('0');
    if short.len() >= 4 { short.to_string() } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(query: &str) -> Vec<String> {
        Wanted::new(query).map(|w| w.patterns).unwrap_or_default()
    }

    #[test]
    fn a_query_becomes_one_pattern_for_each_word() {
        assert_eq!(patterns("  Ada  LOVELACE "), ["%lovelace%", "%ada%"]);
        assert_eq!(patterns("O’Brien"), ["%obrien%"]);
        assert_eq!(patterns("王"), ["% 王%"]);
        assert_eq!(patterns("100%_\\"), ["%100\\%\\_\\\\%"]);
        assert!(patterns(" '' ").is_empty() && patterns("").is_empty());
    }

    #[test]
    fn a_telephone_number_is_its_digits() {
        assert_eq!(patterns("+1 (555) 123-4567"), ["%15551234567%"]);
        assert_eq!(patterns("0912 345 678"), ["%912345678%"]);
        assert_eq!(patterns("007"), ["%007%"]);
    }
}
