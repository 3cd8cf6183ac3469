//! One form of a text for comparing, sorting and searching, the same in every database: lower case, ASCII, words with single blanks between.

use deunicode::deunicode;

/// Folds a text: `"A/B-Tests für Köln"` becomes `"a b tests fur koln"`.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain = deunicode(text);
    let mut folded = String::with_capacity(plain.len());
    for word in plain.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(|sign| sign.to_ascii_lowercase()));
    }
    folded
}

/// Folds several texts into one.
#[must_use]
pub fn fold_all<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(fold).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One line with single blanks, as a guide holds its texts: what it says stays, unlike in a folded one.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_accents_and_signs_do_not_count() {
        assert_eq!(fold("A/B-Tests für  Köln"), "a b tests fur koln");
        assert_eq!(fold("Keeper's test?"), "keeper s test");
        assert_eq!(fold("  !? "), "");
    }

    #[test]
    fn other_scripts_become_something_that_can_be_compared() {
        assert!(!fold("星野計算機").is_empty());
        assert!(fold("星野計算機").is_ascii());
    }
}
