//! What a command's page has besides its flags: examples, the role that it needs, and what it can end with. One table for all commands; a test
//! walks the tree of commands, so that none is forgotten.

mod bulk;
mod company;
mod computer;
mod desk;
mod partners;
mod writing;

use std::fmt::Write;

use clap::Command;

use super::exit_words;

/// A command's page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// The command as it is typed: `company list`.
    pub(crate) path: &'static str,
    /// Who may run it.
    pub(crate) role: Role,
    /// What it can end with besides 0, 2 and 141.
    pub(crate) exits: &'static [u8],
    /// Lines that can be typed.
    pub(crate) examples: &'static [&'static str],
}

/// Who may run a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It asks nobody and touches nothing but this computer.
    Anybody,
    /// Whoever is signed in.
    Reader,
    Author,
    Publisher,
    Admin,
    /// Whoever opens the database itself.
    Operator,
}

impl Role {
    const fn words(self) -> &'static str {
        match self {
            Self::Anybody => "none; works on this computer alone",
            Self::Reader => "reader",
            Self::Author => "author",
            Self::Publisher => "publisher",
            Self::Admin => "admin",
            Self::Operator => "operator: whoever opens the database itself",
        }
    }
}

/// On this computer alone.
const HERE: &[u8] = &[1];
/// Reading from the target.
const READS: &[u8] = &[4, 5, 9, 12, 13];
/// Reading something that has a name.
const FINDS: &[u8] = &[4, 5, 7, 9, 12, 13];
/// Writing to the target.
const WRITES: &[u8] = &[3, 4, 5, 6, 7, 9, 11, 12, 13];

/// All pages, noun by noun.
pub(crate) fn pages() -> impl Iterator<Item = &'static Page> {
    company::PAGES.iter().chain(writing::PAGES).chain(bulk::PAGES).chain(desk::PAGES).chain(partners::PAGES).chain(computer::PAGES)
}

/// The tree of commands with its pages.
pub(crate) fn dress(root: Command) -> Command {
    dress_below(root, "")
}

fn dress_below(command: Command, path: &str) -> Command {
    command.mut_subcommands(|each| {
        let path = if path.is_empty() { each.get_name().to_owned() } else { format!("{path} {}", each.get_name()) };
        let page = pages().find(|page| page.path == path);
        let each = dress_below(each, &path);
        match page {
            Some(page) => each.after_long_help(page.text()),
            None => each,
        }
    })
}

impl Page {
    fn text(&self) -> String {
        let mut text = String::from("Examples:\n");
        for example in self.examples {
            let _ = writeln!(text, "  {example}");
        }
        let _ = writeln!(text, "\nRole: {}\n\nExit codes:", self.role.words());
        for exit in
            [0].iter().chain(self.exits.iter().filter(|exit| **exit < 2)).chain(&[2]).chain(self.exits.iter().filter(|exit| **exit > 2))
        {
            let _ = writeln!(text, "  {exit:>3}  {}", exit_words(*exit).unwrap_or_default());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, FromArgMatches};

    use super::pages;
    use crate::{Line, tree};

    /// A command that does something by itself.
    fn leaves(command: &Command, path: &str, found: &mut Vec<String>) {
        for each in command.get_subcommands() {
            let path = format!("{path} {}", each.get_name()).trim().to_owned();
            if !each.is_subcommand_required_set() {
                found.push(path.clone());
            }
            leaves(each, &path, found);
        }
    }

    #[test]
    fn every_command_has_a_page_and_every_page_a_command() {
        let mut found = Vec::new();
        leaves(&tree(), "", &mut found);
        found.sort();
        let mut written: Vec<&str> = pages().map(|page| page.path).collect();
        written.sort_unstable();
        assert_eq!(found, written, "left: the tree of commands; right: help/pages");
    }

    #[test]
    fn a_page_has_examples_a_role_and_exit_codes() {
        let mut tree = tree();
        tree.build();
        for page in pages() {
            let command =
                page.path.split(' ').fold(&tree, |command, word| command.find_subcommand(word).expect("the other test demands it"));
            let text = command.get_after_long_help().expect("it was put there").to_string();
            for part in ["Examples:\n  greenroom ", "\nRole: ", "Exit codes:\n    0  done"] {
                assert!(text.contains(part) || part.starts_with("Examples") && text.contains("| greenroom "), "{}: {part}", page.path);
            }
            assert!((1..=3).contains(&page.examples.len()), "{}", page.path);
            assert!(page.exits.iter().all(|exit| super::exit_words(*exit).is_some()), "{}", page.path);
        }
    }

    /// Looks whether a line of a shell is understood, every command in it.
    #[track_caller]
    fn typed(line: &str) {
        for part in line.split(" | ").flat_map(|part| part.split(" && ")) {
            let Some(words) = part.find("greenroom ").map(|at| shlex::split(&part[at..]).expect("a line of a shell")) else { continue };
            let words = words.into_iter().take_while(|word| !["<", ">"].contains(&word.as_str()));
            let understood = tree().try_get_matches_from(words).and_then(|matches| Line::from_arg_matches(&matches));
            // Help that is asked for comes back as an error of this library.
            let understood = understood.map(drop).or_else(|error| if error.use_stderr() { Err(error) } else { Ok(()) });
            assert!(understood.is_ok(), "{part}\n{}", understood.err().map(|error| error.to_string()).unwrap_or_default());
        }
    }

    #[test]
    fn every_line_of_a_topic_and_of_a_code_can_be_typed() {
        let topics = crate::help::TOPICS.iter().flat_map(|topic| topic.text.lines());
        // Behind two blanks stands what the line does.
        let lines = topics.filter_map(|line| line.strip_prefix("  ")).filter_map(|line| line.split("  ").next());
        let lines: Vec<&str> = lines.filter(|line| line.contains("greenroom ")).collect();
        assert!(lines.len() > 20, "{lines:?}");
        lines.into_iter().for_each(typed);
        for (code, _, _) in crate::help::codes::all() {
            let example = crate::help::codes::find(code).expect("another test demands it").example;
            // Between backticks stand commands and other things.
            example.split('`').skip(1).step_by(2).filter(|part| part.contains("greenroom ")).for_each(typed);
        }
    }

    #[test]
    fn every_example_can_be_typed() {
        for page in pages() {
            let mut shown = false;
            for line in page.examples {
                typed(line);
                shown |= line.contains(page.path);
            }
            assert!(shown, "no example of {:?} is one of it", page.path);
        }
    }
}
