//! What the program says. Data goes to stdout, conversation to stderr; nothing else in this crate prints.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where the program speaks")]

mod change;
mod listing;
mod plain;
mod progress;
mod prompt;
mod text;
mod when;

use std::io::{IsTerminal, Write};

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use serde_json::Value as Json;
use time::OffsetDateTime;

use crate::fault::Fault;
use crate::line::{Format, Globals, Progress, When};

pub(crate) use change::{changes, path_words};
pub(crate) use listing::{Cell, Column};
pub(crate) use plain::plain;
pub(crate) use progress::{Aside, Bar};
pub(crate) use text::{columns, cut, wrap};

/// Wrong, or removed.
pub(crate) const RED: Style = AnsiColor::Red.on_default();
/// Done, or added.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
/// To be looked at.
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
/// Names.
pub(crate) const BOLD: Style = Style::new().bold();

/// So many failures are told besides the first; more are counted.
const MOST_FAULTS: usize = 20;

/// How and to whom is spoken.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Ui {
    pub(crate) format: Format,
    pub(crate) fields: Option<Vec<String>>,
    pub(crate) quiet: bool,
    pub(crate) verbose: u8,
    pub(crate) accessible: bool,
    pub(crate) yes: bool,
    pub(crate) confirm: Option<String>,
    pub(crate) utc: bool,
    pub(crate) progress: Progress,
    /// The instant that everything is measured from.
    pub(crate) now: OffsetDateTime,
    /// The columns of the terminal that stdout is, if it is one.
    pub(crate) width: Option<usize>,
    /// Whether somebody can be asked.
    pub(crate) asks: bool,
    /// Whether stderr is a terminal.
    pub(crate) watched: bool,
    pager: Option<String>,
}

/// A text in a style.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

#[allow(clippy::unused_self, reason = "who speaks says how; that some of it is said the same in every way is no concern of the callers")]
impl Ui {
    /// As the line and the environment have it.
    pub(crate) fn new(globals: &Globals, forced: Option<usize>, accessible: bool, now: OffsetDateTime) -> Self {
        let accessible = globals.accessible || accessible;
        let choice = match globals.color {
            // Who hears the text hears its escapes, too.
            When::Auto if accessible => ColorChoice::Never,
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        choice.write_global();
        let real = || std::io::stdout().is_terminal().then(|| terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)));
        Self {
            format: globals.output,
            fields: globals.fields.clone(),
            quiet: globals.quiet,
            verbose: globals.verbose,
            accessible,
            yes: globals.yes,
            confirm: globals.confirm.clone(),
            utc: globals.utc,
            progress: globals.progress,
            now,
            width: forced.or_else(real).map(|width| width.clamp(20, 120)),
            asks: !globals.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
            watched: std::io::stderr().is_terminal(),
            pager: None,
        }
    }

    /// Whether programs read what is said.
    pub(crate) const fn is_for_programs(&self) -> bool {
        match self.format {
            Format::Table => false,
            Format::Json | Format::Jsonl | Format::Yaml | Format::Csv | Format::Ids => true,
        }
    }

    /// A line of data.
    pub(crate) fn out(&self, line: impl AsRef<str>) {
        let mut stdout = anstream::stdout().lock();
        done(writeln!(stdout, "{}", plain::line(line.as_ref())).and_then(|()| stdout.flush()));
    }

    /// Data as it is, without a line's end: files and scripts, which must not be another's.
    pub(crate) fn raw(&self, text: &str) {
        let mut stdout = std::io::stdout().lock();
        done(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()));
    }

    /// An object of data.
    pub(crate) fn object(&self, object: &Json) {
        match self.format {
            Format::Jsonl => self.out(object.to_string()),
            // JSON is YAML; what has a form of its own (a guide) is written by its own room.
            Format::Table | Format::Json | Format::Yaml | Format::Csv | Format::Ids => self.out(pretty(object)),
        }
    }

    /// One value: for people and for shells as it is, for programs with its name.
    pub(crate) fn value(&self, name: &str, value: &str) {
        match self.format {
            Format::Json | Format::Jsonl | Format::Yaml => self.object(&serde_json::json!({ name: value })),
            Format::Table | Format::Csv | Format::Ids => self.out(value),
        }
    }

    /// A line for whoever reads, and for nobody who only wants data.
    pub(crate) fn tell(&self, line: impl AsRef<str>) {
        if !self.is_for_programs() {
            self.out(line);
        }
    }

    /// A line of conversation.
    pub(crate) fn say(&self, line: impl AsRef<str>) {
        if !self.quiet {
            self.speak(line.as_ref());
        }
    }

    /// A warning, with what can be done.
    pub(crate) fn warn(&self, message: &str, next: Option<&str>) {
        self.speak(&format!("{}: {message}", paint(YELLOW, "warning")));
        if let Some(next) = next {
            self.speak(&format!("  next: {next}"));
        }
    }

    /// What went wrong. For programs it is one object.
    pub(crate) fn fault(&self, fault: &Fault) {
        if matches!(self.format, Format::Json | Format::Jsonl) {
            return self.speak(&fault.json().to_string());
        }
        self.one(fault);
        for (number, other) in fault.also.iter().enumerate() {
            if number == MOST_FAULTS {
                self.speak(&format!("{} more.", fault.also.len() - number));
                break;
            }
            self.one(other);
        }
    }

    fn one(&self, fault: &Fault) {
        self.speak(&format!("{}: {}", paint(RED, format!("error[{}]", plain(&fault.code))), plain(&fault.message)));
        for line in &fault.lines {
            self.speak(&plain(line));
        }
        for (number, next) in fault.next.iter().enumerate() {
            self.speak(&format!("  {} {}", if number == 0 { "next:" } else { "     " }, plain(next)));
        }
    }

    /// A line to stderr, whoever listens. When nobody can, the work goes on.
    pub(crate) fn speak(&self, line: &str) {
        trace(line);
    }

    /// An instant in words, as near as it needs to be.
    pub(crate) fn when(&self, instant: &str) -> String {
        when::words(instant, self.now, self.utc)
    }

    /// Sets the program that long texts are read in.
    pub(crate) fn set_pager(&mut self, pager: Option<String>) {
        self.pager = pager;
    }

    /// A text that may be longer than the screen.
    pub(crate) fn page(&self, lines: &[String]) {
        let height = terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| usize::from(height.0));
        let pager = self.pager.as_deref().filter(|_| std::io::stdout().is_terminal() && lines.len() >= height);
        if pager.is_some_and(|pager| text::page(pager, lines)) {
            return;
        }
        for line in lines {
            self.out(line);
        }
    }
}

/// Nobody reads any more: like other tools of Unix this one ends without a word.
fn done(written: std::io::Result<()>) {
    if let Err(error) = written {
        let code = if error.kind() == std::io::ErrorKind::BrokenPipe { 141 } else { 1 };
        std::process::exit(code);
    }
}

fn pretty(object: &Json) -> String {
    serde_json::to_string_pretty(object).unwrap_or_default()
}

/// A line to stderr from where no `Ui` is: what happened on the way, for those who asked with -v.
pub(crate) fn trace(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", plain::line(line));
}

/// What was typed is not understood: the words of the library for command lines, in our form.
pub(crate) fn usage(error: &clap::Error, for_programs: bool) {
    let rendered = error.render().to_string();
    let words = rendered.strip_prefix("error: ").unwrap_or(&rendered).trim_end();
    if for_programs {
        return trace(&Fault::new(crate::code::Code::Usage, words).json().to_string());
    }
    let code = crate::code::Code::Usage.text();
    trace(&format!("{}: {}", paint(RED, format!("error[{code}]")), plain(words)));
}
