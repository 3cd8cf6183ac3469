//! The interview loop of a page: where a round begins, how long it takes, what it is about, and the advice for it.

mod round;
mod style;

use std::collections::{HashMap, HashSet};

use super::fate::{Aside, Sheet};
use super::lists;
use super::mark::Row;
use super::matching::normal;
use super::page::{Field, Reading, Said};
use crate::guide::{MinuteRange, limits};
use round::Label;
use style::Start;

/// A round as a page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageRound {
    pub(super) title: Said<String>,
    pub(super) duration: Option<Said<Reading<MinuteRange>>>,
    pub(super) focus: Vec<Said<String>>,
    pub(super) tips: Vec<Said<String>>,
}

const FIELD: Field = Field::InterviewLoop;

impl PageRound {
    fn lines(&self) -> Vec<usize> {
        let texts = [&self.title].into_iter().chain(&self.focus).chain(&self.tips);
        let mut lines: Vec<usize> =
            texts.flat_map(|said| said.at.iter().copied()).chain(self.duration.iter().flat_map(|said| said.at.iter().copied())).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    fn same(&self, other: &Self) -> bool {
        let values = |list: &[Said<String>]| list.iter().map(|said| normal(&said.value)).collect::<Vec<_>>();
        let minutes = |round: &Self| round.duration.as_ref().map(|said| said.value.clone());
        minutes(self) == minutes(other) && values(&self.focus) == values(&other.focus) && values(&self.tips) == values(&other.tips)
    }
}

/// The rounds of a section.
pub(super) fn read(rows: &[Row<'_>], sheet: &mut Sheet) -> Vec<PageRound> {
    let style = style::of(rows);
    let mut reader = Reader { rounds: Vec::new(), open: None, refused: false, seen: HashSet::new(), sheet };
    let mut place = 0;
    while let Some(row) = rows.get(place) {
        place += 1;
        match style::start(rows, place - 1, (style, reader.complete())) {
            Start::No => reader.inside(row),
            Start::Title(title) => reader.begin(row, title),
            Start::Number => {
                reader.sheet.aside(row.at, Aside::Number);
                if let Some(title) = rows.get(place).filter(|next| !style::announces(next)) {
                    reader.begin(title, title.text);
                    place += 1;
                }
            }
        }
    }
    reader.rounds
}

/// Puts rounds to those that are there, as far as the limit goes. A part that stands twice says nothing new.
pub(super) fn keep(kept: &mut Vec<PageRound>, found: Vec<PageRound>, sheet: &mut Sheet) {
    let places: HashMap<String, usize> = kept.iter().zip(0..).map(|(round, place)| (normal(&round.title.value), place)).collect();
    for round in found {
        let twin = places.get(&normal(&round.title.value)).and_then(|place| kept.get(*place));
        if let Some(twin) = twin {
            if twin.same(&round) {
                round.lines().into_iter().for_each(|at| sheet.aside(at, Aside::Repeated));
            } else {
                sheet.leave_out(FIELD, &round.lines(), format!("the round {:?} stands on the page twice, differently", round.title.value));
            }
        } else if kept.len() >= limits::ROUNDS {
            sheet.leave_out(FIELD, &round.lines(), format!("a loop has at most {} rounds", limits::ROUNDS));
        } else {
            kept.push(round);
        }
    }
}

struct Reader<'a> {
    rounds: Vec<PageRound>,
    /// The part of the round that a label has opened.
    open: Option<Label>,
    /// Whether the running round cannot be saved: what follows is not of the round before.
    refused: bool,
    /// What the running round says already.
    seen: HashSet<String>,
    sheet: &'a mut Sheet,
}

impl Reader<'_> {
    /// Whether the running round has all that stands before its tips.
    fn complete(&self) -> bool {
        self.rounds.last().is_none_or(|round| round.duration.is_some())
    }

    fn begin(&mut self, row: &Row<'_>, title: &str) {
        self.open = None;
        self.seen.clear();
        let (title, duration) = match super::durations::tail(title) {
            Some((head, reading)) => (head, Some(Said { value: reading, at: vec![row.at] })),
            None => (title.trim_end_matches(':').trim().to_owned(), None),
        };
        self.sheet.place(row.at, FIELD);
        self.refused = !self.sheet.fits(FIELD, &[row.at], (&title, limits::NAME));
        if !self.refused {
            self.rounds.push(PageRound { title: Said { value: title, at: vec![row.at] }, duration, focus: Vec::new(), tips: Vec::new() });
        }
    }

    /// A row inside of a round. Above the first round nobody knows what it belongs to.
    fn inside(&mut self, row: &Row<'_>) {
        if row.text.is_empty() {
            return self.sheet.aside(row.at, Aside::Decoration);
        }
        if self.rounds.is_empty() && super::salaries::columns(row.text) {
            return self.sheet.aside(row.at, Aside::Heading);
        }
        let Some(round) = self.rounds.last_mut().filter(|_| !self.refused) else { return };
        let (label, text) = round::label(row.text);
        if let Some(label) = label {
            self.open = Some(label);
            if text.is_empty() {
                return self.sheet.aside(row.at, Aside::Heading);
            }
        }
        let duration = super::durations::whole(text).filter(|_| !matches!(label, Some(Label::Focus | Label::Tips)));
        match (duration, self.open) {
            (Some(reading), _) if round.duration.is_none() => {
                self.sheet.place(row.at, FIELD);
                round.duration = Some(Said { value: reading, at: vec![row.at] });
            }
            (Some(_), _) => self.sheet.leave_out(FIELD, &[row.at], "the round has a duration already"),
            (None, Some(Label::Duration)) if label.is_some() && round.duration.is_none() => {
                self.sheet.place(row.at, FIELD);
                let unread = minutes_alone(text);
                round.duration = Some(Said { value: unread, at: vec![row.at] });
            }
            (None, Some(Label::Focus)) if label.is_some() || row.listed() => self.focus(row, text),
            (None, Some(Label::Tips)) => self.tip(row, text),
            (None, _) if round.focus.is_empty() && round.tips.is_empty() && !row.listed() && round::about(text) => self.focus(row, text),
            (None, _) => self.tip(row, text),
        }
    }

    fn focus(&mut self, row: &Row<'_>, text: &str) {
        let Some(round) = self.rounds.last_mut() else { return };
        self.sheet.place(row.at, FIELD);
        for word in lists::split(text) {
            let fits = self.sheet.fits(FIELD, &[row.at], (&word, limits::TAG));
            if fits && self.seen.insert(normal(&word)) && round.focus.len() < limits::LINES {
                round.focus.push(Said { value: word, at: vec![row.at] });
            }
        }
    }

    fn tip(&mut self, row: &Row<'_>, text: &str) {
        let Some(round) = self.rounds.last_mut() else { return };
        self.sheet.place(row.at, FIELD);
        let above = round.tips.last_mut().filter(|tip| tip.at.last().is_some_and(|at| at + 1 == row.at));
        if let Some(tip) = above.filter(|tip| lists::continues(row, &tip.value, false) && tip.value.len() + text.len() < limits::TEXT) {
            tip.value = format!("{} {text}", tip.value);
            tip.at.push(row.at);
        } else if !self.sheet.fits(FIELD, &[row.at], (text, limits::TEXT)) {
            // Its line is left out.
        } else if !self.seen.insert(normal(text)) {
            self.sheet.aside(row.at, Aside::Repeated);
        } else if round.tips.len() >= limits::LINES {
            self.sheet.leave_out(FIELD, &[row.at], format!("the round has {} tips already", limits::LINES));
        } else {
            round.tips.push(Said { value: text.to_owned(), at: vec![row.at] });
        }
    }
}

/// What stands behind `Duration:` and is no duration: a bare figure is probably minutes.
fn minutes_alone(text: &str) -> Reading<MinuteRange> {
    let figure: Option<i32> = text.parse().ok().filter(|minutes| (5..=limits::MINUTES).contains(minutes));
    let choices = figure.map(|minutes| (MinuteRange { min: minutes, max: minutes }, 90)).into_iter().collect();
    Reading::unsure(text, "it names no minutes or hours", choices)
}
