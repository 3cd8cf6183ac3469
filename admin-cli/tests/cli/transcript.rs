//! Transcripts in Markdown: what is typed stands behind `$ `, what follows is what is printed, `? 7` is the exit code if it is not 0. They are
//! run in bash, one after the other, and compared; what differs from run to run is replaced by a name.

use std::fmt::Write;
use std::sync::LazyLock;

use regex::Regex;

use crate::stage::Stage;

/// A page of the manual, in pieces.
pub(crate) enum Piece {
    /// What is only read.
    Text(String),
    /// What is typed, with what is to be printed.
    Typed { line: String, printed: String },
}

/// Takes a page apart.
pub(crate) fn pieces(page: &str) -> Vec<Piece> {
    let (mut pieces, mut text, mut inside) = (Vec::new(), String::new(), false);
    for line in page.split_inclusive('\n') {
        let line = if line == ">\n" { "> \n" } else { line };
        match line.strip_prefix("$ ") {
            Some(typed) if inside => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Typed { line: typed.to_owned(), printed: String::new() });
            }
            Some(_) | None if line.starts_with("```") => {
                inside = line.starts_with("```console");
                text.push_str(line);
            }
            Some(_) | None => match pieces.last_mut() {
                Some(Piece::Typed { line: typed, printed }) if inside && text.is_empty() => match line.strip_prefix("> ") {
                    Some(more) if printed.is_empty() => typed.push_str(more),
                    Some(_) | None => printed.push_str(line),
                },
                _ => text.push_str(line),
            },
        }
    }
    pieces.push(Piece::Text(text));
    pieces
}

/// Runs a page on a stage, and gives it back with what was printed.
pub(crate) fn run(page: &str, stage: &Stage) -> String {
    let mut done = String::new();
    for piece in pieces(page) {
        match piece {
            Piece::Text(text) => done.push_str(&text),
            Piece::Typed { line, .. } => {
                let mut typed = line.trim_end_matches('\n').split('\n');
                let _ = writeln!(done, "$ {}", typed.next().unwrap());
                for more in typed {
                    let _ = writeln!(done, "{}", format!("> {more}").trim_end());
                }
                // As on a terminal, both streams stand where they come; the width is one that a page has room for.
                let output = stage.bash(&format!("export GREENROOM_FORCE_TTY=96; exec 2>&1\n{line}"));
                if let Some(code) = output.status.code().filter(|code| *code != 0) {
                    let _ = writeln!(done, "? {code}");
                }
                done.push_str(&named(&String::from_utf8_lossy(&output.stdout), stage));
            }
        }
    }
    done
}

/// What differs from run to run, by its name.
fn named(printed: &str, stage: &Stage) -> String {
    static NAMES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let names = [
            (r"operation_[0-9a-z]{26}", "[OPERATION]"),
            (r"job_[0-9a-z]{26}", "[JOB]"),
            (r"\b(just now|\d+ min ago)\b", "just now"),
            (r"\((admin|operator|publisher)\)", "(admin)"),
            (r"20\d\d-\d\d-\d\dT[0-9:.]+Z", "[INSTANT]"),
            (r"20\d\d-\d\d-\d\d \d\d:\d\d UTC", "[INSTANT]"),
            (r"grk_(live|test)_[A-Z2-7]{6}", "grk_${1}_[NAME]"),
            (r"sha [0-9a-f]{8}\.\.\.", "sha [SHA]"),
            (r"\d+\.\d s\b", "[TIME]"),
            (r"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20\d\d\b", "[DAY]"),
        ];
        names.into_iter().map(|(pattern, name)| (Regex::new(pattern).unwrap(), name)).collect()
    });
    let addressed = if stage.address().is_empty() { printed.to_owned() } else { printed.replace(stage.address(), "[ADDRESS]") };
    let mut text = addressed.replace(&stage.home().display().to_string(), "~");
    for (pattern, name) in &*NAMES {
        text = pattern.replace_all(&text, *name).into_owned();
    }
    // What a terminal would not show does not stand in a page either.
    text.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}
