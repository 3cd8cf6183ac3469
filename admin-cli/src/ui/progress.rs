//! How far a long work is: a bar where somebody watches, a line every tenth where a log is kept, objects where a program reads.

use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::Ui;
use crate::line::Progress;

/// Work that is counted.
pub(crate) struct Bar<'a> {
    ui: &'a Ui,
    what: String,
    total: u64,
    drawn: Option<ProgressBar>,
    told: Mutex<Told>,
}

struct Told {
    done: u64,
    tenth: u64,
}

impl Ui {
    /// A bar for work of so many steps.
    pub(crate) fn bar(&self, what: impl Into<String>, total: usize) -> Bar<'_> {
        let (what, total) = (what.into(), total as u64);
        let drawn = self.draws().then(|| draw(&what, total));
        let bar = Bar { ui: self, what, total, drawn, told: Mutex::new(Told { done: 0, tenth: 0 }) };
        if bar.writes() {
            self.speak(&format!("{}: 0 of {total}", bar.what));
        }
        bar
    }

    fn draws(&self) -> bool {
        let wanted = match self.progress {
            Progress::Bar => true,
            Progress::Auto => self.watched && !self.accessible,
            Progress::Plain | Progress::Json | Progress::None => false,
        };
        wanted && !self.quiet
    }
}

fn draw(what: &str, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total).with_prefix(super::plain(what).into_owned());
    // The item is cut to the width of the terminal: a bar that breaks into two lines leaves pieces behind.
    let style = ProgressStyle::with_template("{prefix}  [{bar:30}]  {pos}/{len}  {eta} left  {wide_msg}");
    let bar = match style {
        Ok(style) => bar.with_style(style.progress_chars("#>-")),
        Err(_) => bar,
    };
    bar.enable_steady_tick(Duration::from_millis(300));
    bar
}

/// What is said while a bar is drawn: the bar makes room for it.
#[derive(Clone, Debug)]
pub(crate) struct Aside(Option<ProgressBar>);

impl Aside {
    /// A line to stderr.
    pub(crate) fn say(&self, line: &str) {
        match &self.0 {
            Some(bar) => bar.suspend(|| super::trace(line)),
            None => super::trace(line),
        }
    }

    /// The last line: the bar goes, because nothing comes after it.
    pub(crate) fn last(&self, line: &str) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
        super::trace(line);
    }
}

impl Bar<'_> {
    /// For those who have something to say meanwhile.
    pub(crate) fn aside(&self) -> Aside {
        Aside(self.drawn.clone())
    }

    /// One more step is done; this was its name.
    pub(crate) fn step(&self, item: &str) {
        if let Some(bar) = &self.drawn {
            bar.set_message(super::plain(item).into_owned());
            bar.inc(1);
        }
        let Ok(mut told) = self.told.lock() else { return };
        told.done += 1;
        if self.ui.progress == Progress::Json && !self.ui.quiet {
            let step = json!({ "format": "greenroom/progress@1", "what": self.what, "done": told.done, "total": self.total, "item": item });
            return self.ui.speak(&step.to_string());
        }
        self.tenth(&mut told);
    }

    /// So many steps were done before: they say nothing of how long the others take.
    pub(crate) fn begins_at(&self, done: u64) {
        if let Some(bar) = &self.drawn {
            bar.set_position(done);
            bar.reset_eta();
        }
        if let Ok(mut told) = self.told.lock() {
            *told = Told { done, tenth: done * 10 / self.total.max(1) };
        }
    }

    /// So many steps are done.
    pub(crate) fn to(&self, done: u64) {
        if let Some(bar) = &self.drawn {
            bar.set_position(done);
        }
        let Ok(mut told) = self.told.lock() else { return };
        told.done = done;
        self.tenth(&mut told);
    }

    fn tenth(&self, told: &mut Told) {
        let tenth = told.done * 10 / self.total.max(1);
        if self.writes() && tenth > told.tenth {
            told.tenth = tenth;
            self.ui.speak(&format!("{}: {} of {}", self.what, told.done, self.total));
        }
    }

    /// The work is over, or stopped.
    pub(crate) fn end(self) {
        if let Some(bar) = self.drawn {
            bar.finish_and_clear();
        }
    }

    fn writes(&self) -> bool {
        let wanted = match self.ui.progress {
            Progress::Plain => true,
            Progress::Auto => self.drawn.is_none() && !self.ui.is_for_programs() && self.total >= 20,
            Progress::Bar | Progress::Json | Progress::None => false,
        };
        wanted && !self.ui.quiet
    }
}
