//! What the program says. Data goes to stdout, conversation to stderr; nothing else in this crate prints.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where the program speaks")]

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A line of data.
pub(crate) fn data(name: &str, value: &str) {
    if std::io::stdout().is_terminal() { println!("  {name:<10} {value}") } else { println!("{name}\t{value}") }
}

/// A line of conversation.
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}

/// What went wrong.
pub(crate) fn error(error: &dyn std::error::Error) {
    eprintln!("error: {error}");
}

/// A bar for work that is counted; without a terminal it stays silent.
pub(crate) fn bar(total: u32, what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}, {per_sec}, {eta} left");
    let bar = ProgressBar::new(u64::from(total)).with_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
