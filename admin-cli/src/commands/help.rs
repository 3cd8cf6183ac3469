//! `greenroom help`: a command's page, a topic, or what a code means. Works without a network and without settings.

use clap::Args;
use serde_json::json;

use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::help::codes::{self, Explained};
use crate::help::{TOPICS, Topic, exit_words};
use crate::room::Room;
use crate::ui::wrap;

/// Explain a command, a topic or a code
#[derive(Args, Debug)]
pub(crate) struct Help {
    /// A command, a topic, or a code such as VAL-031; all commands if nothing is said
    #[arg(value_name = "WORD")]
    words: Vec<String>,
}

impl Help {
    pub(crate) fn run(&self, room: &Room) -> Result {
        let words: Vec<&str> = self.words.iter().map(String::as_str).skip_while(|word| *word == "greenroom").collect();
        let text = match words.as_slice() {
            [] => everything(),
            [word] => match (codes::find(word), TOPICS.iter().find(|topic| topic.name == *word), command(&words)) {
                (Some(code), _, _) => explained(&code),
                // A few words are a topic and a command: both are shown.
                (None, Some(topic), Some(command)) => format!("{}\n\n{}", about(topic), command.trim_end()),
                (None, Some(topic), None) => about(topic),
                (None, None, Some(command)) => command,
                (None, None, None) => return Err(unknown(word)),
            },
            words => command(words).ok_or_else(|| unknown(&words.join(" ")))?,
        };
        if room.ui.is_for_programs() {
            room.ui.object(&json!({ "help": words.join(" "), "text": text }));
            return Ok(());
        }
        let lines: Vec<String> = text.trim_end().lines().map(str::to_owned).collect();
        room.ui.page(&lines);
        Ok(())
    }
}

/// The long help of a command.
fn command(words: &[&str]) -> Option<String> {
    let mut tree = crate::tree();
    tree.build();
    let found = words.iter().try_fold(&tree, |command, word| command.find_subcommand(word))?;
    Some(found.clone().render_long_help().to_string())
}

fn about(topic: &Topic) -> String {
    format!("{}\n\n{}", topic.title(), topic.body())
}

fn explained(code: &Explained) -> String {
    let mut lines = vec![format!("{}  {}", code.code, code.meaning), String::new()];
    for (name, text) in [("Why", code.why), ("Do", code.what_to_do), ("Example", code.example)] {
        let wrapped = wrap(text, 88);
        let head = |number: usize| if number == 0 { name } else { "" };
        lines.extend(wrapped.iter().enumerate().map(|(number, line)| format!("{:<9}{line}", head(number))));
    }
    lines.push(format!("{:<9}{}  {}", "Exit", code.exit, exit_words(code.exit).unwrap_or_default()));
    lines.join("\n")
}

/// All commands with their sentences, then the topics.
fn everything() -> String {
    let tree = crate::tree();
    let mut lines = vec!["Commands".to_owned()];
    list(&tree, "", &mut lines);
    lines.extend([String::new(), "Topics".to_owned()]);
    lines.extend(TOPICS.iter().map(|topic| format!("  {:<24} {}", topic.name, topic.title())));
    lines.extend([String::new(), "greenroom help COMMAND, greenroom help TOPIC, greenroom help CODE".to_owned()]);
    lines.join("\n")
}

fn list(command: &clap::Command, path: &str, lines: &mut Vec<String>) {
    for each in command.get_subcommands() {
        let path = format!("{path} {}", each.get_name()).trim().to_owned();
        if !each.is_subcommand_required_set() {
            let about = each.get_about().map(ToString::to_string).unwrap_or_default();
            lines.push(format!("  {path:<24} {}", about.lines().next().unwrap_or_default()));
        }
        list(each, &path, lines);
    }
}

/// That there is nothing of this name, with what is called alike.
fn unknown(word: &str) -> Fault {
    let mut known: Vec<String> = TOPICS.iter().map(|topic| topic.name.to_owned()).collect();
    known.extend(codes::all().map(|(code, _, _)| code.to_owned()));
    known.extend(crate::help::pages::pages().map(|page| page.path.to_owned()));
    known.extend(crate::tree().get_subcommands().map(|command| command.get_name().to_owned()));
    let slips = |name: &String| strsim::levenshtein(&name.to_lowercase(), &word.to_lowercase());
    let mut near: Vec<(usize, String)> = known.into_iter().map(|name| (slips(&name), name)).filter(|(slips, _)| *slips <= 2).collect();
    near.sort();
    near.dedup();
    let near: Vec<String> = near.into_iter().take(3).map(|(_, name)| name).collect();
    let fault = Fault::new(Code::HelpUnknown, format!("no command, topic or code is called {word:?}"));
    match near.as_slice() {
        [] => fault.next("greenroom help"),
        [first, ..] => fault.line(format!("  close: {}", near.join(", "))).next(format!("greenroom help {first}")),
    }
}

#[cfg(test)]
mod tests {
    use super::{command, everything, explained, unknown};
    use crate::help::codes;

    #[test]
    fn a_command_is_found_by_its_other_names_too() {
        let page = command(&["co", "list"]).expect("co is company");
        assert!(page.contains("Role: reader") && page.contains("Exit codes:"));
        assert!(command(&["company", "lost"]).is_none());
    }

    #[test]
    fn a_code_is_explained_whichever_letters_are_typed() {
        let text = explained(&codes::find("val-012").expect("it is there"));
        assert!(text.starts_with("VAL-012  The duration") && text.contains("\nWhy") && text.contains("content has errors"), "{text}");
    }

    #[test]
    fn all_commands_and_topics_are_listed() {
        let text = everything();
        assert!(text.contains("\n  company list ") && text.contains("\n  exit-codes "));
    }

    #[test]
    fn what_is_close_is_named() {
        assert_eq!(unknown("editin").next, ["greenroom help editing"]);
        assert_eq!(unknown("compny list").next, ["greenroom help company list"]);
        assert_eq!(unknown("something else").next, ["greenroom help"]);
    }
}
