//! What a text may hold, and how texts are compared in a search.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Why `text` cannot be stored: NUL and other control characters, or more than `max` characters.
pub fn fault(text: &str, max: usize) -> Option<String> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Some("must not have control characters".into());
    }
    (text.chars().count() > max).then(|| format!("must have at most {max} characters"))
}

/// Folds case, accents and widths, so that "José" is found by "jose" and "Ｔａｎａｋａ" by "tanaka".
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The digits of a telephone number.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        assert_eq!(fold("  José  ÁLVAREZ "), "jose alvarez");
        assert_eq!(fold("Ｔａｎａｋａ"), "tanaka");
        assert_eq!(fold("王小明"), "王小明");
        assert_eq!(fold("Ürümçi"), "urumci");
    }

    #[test]
    fn nul_is_refused() {
        assert!(fault("a\0b", 10).is_some() && fault("abc", 2).is_some() && fault("a\nb", 3).is_none());
    }
}
