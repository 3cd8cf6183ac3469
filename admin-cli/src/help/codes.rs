//! What each code of both tables means: its sentence stands in its table, why it is and what to do in the text beside this file.

use content::code::Code as Told;

use crate::code::{Code, exit_of};

const TEXT: &str = include_str!("codes.md");

/// A code, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) code: &'static str,
    pub(crate) exit: u8,
    pub(crate) meaning: &'static str,
    pub(crate) why: &'static str,
    pub(crate) what_to_do: &'static str,
    pub(crate) example: &'static str,
}

/// The code of this name; small letters are fine.
pub(crate) fn find(text: &str) -> Option<Explained> {
    let (code, exit, meaning) = all().find(|(code, _, _)| code.eq_ignore_ascii_case(text))?;
    let entry = entry(code)?;
    let part = |name: &str| entry.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
    Some(Explained { code, exit, meaning, why: part("Why:"), what_to_do: part("Do:"), example: part("Example:") })
}

/// Every code of both tables, with what a command ends with and its sentence.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, u8, &'static str)> {
    let ours = Code::ALL.iter().map(|code| (code.text(), code.exit(), code.meaning()));
    ours.chain(Told::ALL.iter().map(|code| (code.text(), exit_of(code.text()), code.meaning())))
}

fn entry(code: &str) -> Option<&'static str> {
    entries().find(|(name, _)| *name == code).map(|(_, entry)| entry)
}

fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXT.split("\n## ").skip(1).filter_map(|entry| entry.split_once('\n'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{all, entries, find};

    #[test]
    fn every_code_is_explained_and_no_other() {
        let known: BTreeSet<&str> = all().map(|(code, _, _)| code).collect();
        let written: Vec<&str> = entries().map(|(code, _)| code).collect();
        let set: BTreeSet<&str> = written.iter().copied().collect();
        assert_eq!(written.len(), set.len(), "an entry stands twice");
        assert_eq!(known.difference(&set).collect::<Vec<_>>(), Vec::<&&str>::new(), "codes without an entry in help/codes.md");
        assert_eq!(set.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "entries for codes that are not there");
    }

    #[test]
    fn an_entry_says_why_what_to_do_and_an_example() {
        for (code, _, _) in all() {
            let explained = find(code).expect("the other test demands it");
            for part in [explained.why, explained.what_to_do, explained.example] {
                assert!(!part.is_empty(), "{code}");
            }
        }
    }
}
