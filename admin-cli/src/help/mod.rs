//! What can be read without a network: a page for each command, topics, and every code. The texts stand beside this file.

pub(crate) mod codes;
pub(crate) mod pages;

/// A text about something that several commands have in common.
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

macro_rules! topics {
    ($($name:literal),*) => {
        /// All topics, by their names.
        pub(crate) const TOPICS: &[Topic] = &[$(Topic { name: $name, text: include_str!(concat!("topics/", $name, ".md")) }),*];
    };
}

topics!("accessibility", "bulk", "ci", "editing", "exit-codes", "files", "output", "paths", "profiles", "roles", "undo", "writing");

impl Topic {
    /// Its title.
    pub(crate) fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }

    /// Its text without the title.
    pub(crate) fn body(&self) -> &'static str {
        self.text.split_once('\n').map_or("", |(_, body)| body.trim())
    }
}

/// What a number that a command ends with means, in the words of the topic.
pub(crate) fn exit_words(exit: u8) -> Option<&'static str> {
    let topic = TOPICS.iter().find(|topic| topic.name == "exit-codes")?;
    let lines = topic.body().lines().filter_map(|line| line.trim().split_once("  "));
    lines.into_iter().find(|(number, _)| *number == exit.to_string()).map(|(_, words)| words.trim())
}

#[cfg(test)]
mod tests {
    use super::{TOPICS, exit_words};

    #[test]
    fn every_topic_has_a_title_and_fits_a_screen() {
        for topic in TOPICS {
            assert!(topic.text.starts_with("# ") && !topic.body().is_empty(), "{}", topic.name);
            assert!(topic.text.lines().count() <= 30, "{} is long", topic.name);
        }
    }

    #[test]
    fn every_code_of_either_table_ends_with_a_number_that_is_explained() {
        let ours = crate::Code::ALL.iter().map(|code| code.exit());
        let told = content::code::Code::ALL.iter().map(|code| crate::code::exit_of(code.text()));
        for exit in ours.chain(told) {
            assert!(exit_words(exit).is_some(), "{exit}");
        }
    }
}
