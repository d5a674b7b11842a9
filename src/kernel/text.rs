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

/// Folded, without the apostrophes that people leave out: O'Brien is found by obrien.
pub fn plain(text: &str) -> String {
    fold(text).chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '"')).collect()
}

/// What a search compares with: each part plain, with a space before it.
pub fn search_key<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(plain).filter(|p| !p.is_empty()).map(|p| format!(" {p}")).collect()
}

/// Both names run together, as Chinese, Japanese and Korean names are written; nothing when one of them is Latin.
pub fn run_together(first: &str, last: &str) -> String {
    if first.is_ascii() || last.is_ascii() { String::new() } else { format!("{last}{first}") }
}

/// Longer queries are cut: more words than that are no name.
const MAX_WORDS: usize = 8;

/// The words of a plain query, the longest first: that one is what an index looks for.
pub fn words(plain: &str) -> Vec<&str> {
    let mut words: Vec<&str> = plain.split(' ').filter(|w| !w.is_empty()).take(MAX_WORDS).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.chars().count()));
    words
}

/// `LIKE` for a key that holds the word. One or two characters are looked for where a word begins: an index of trigrams knows
/// triples only, and counts the beginning as two.
pub fn contains(word: &str) -> String {
    let mut pattern = String::from(if word.chars().nth(2).is_none() { "% " } else { "%" });
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
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
