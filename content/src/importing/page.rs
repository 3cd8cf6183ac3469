//! A page as it was read: the parts of a guide with the lines they stand on, and what is doubtful said as doubt.

use std::collections::HashSet;

use super::fate::{Counts, LeftOut, Line, Sheet};
use super::furniture;
use super::heading::{self, Heading, Section};
use super::lists;
use super::mark::{Mark, Row, row};
use super::matching::normal;
use super::{dates, lines, loops, questions, salaries, top, weeks};
use crate::calendar::{Day, YearMonth};
use crate::finding::Path;
use crate::guide::limits;

/// A page as it was read. Nothing of it has been compared with a guide yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) parts: Parts,
    pub(super) left_out: Vec<LeftOut>,
}

impl Page {
    /// Its lines with their fates, in their order.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many lines have which fate.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.lines)
    }
}

/// A field of a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Name,
    Tier,
    Highlights,
    FocusAreas,
    InterviewLoop,
    QuestionCategories,
    InsiderTips,
    RedFlags,
    Traits,
    SalaryRanges,
    PrepPlan,
    VerifiedOn,
    Sources,
}

impl Field {
    /// Every field, in the order of a guide.
    pub(super) const ALL: &'static [Self] = &[
        Self::Name,
        Self::Tier,
        Self::Highlights,
        Self::FocusAreas,
        Self::InterviewLoop,
        Self::QuestionCategories,
        Self::InsiderTips,
        Self::RedFlags,
        Self::Traits,
        Self::SalaryRanges,
        Self::PrepPlan,
        Self::VerifiedOn,
        Self::Sources,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Tier => "tier",
            Self::Highlights => "highlights",
            Self::FocusAreas => "focus_areas",
            Self::InterviewLoop => "interview_loop",
            Self::QuestionCategories => "question_categories",
            Self::InsiderTips => "insider_tips",
            Self::RedFlags => "red_flags",
            Self::Traits => "traits",
            Self::SalaryRanges => "salary_ranges",
            Self::PrepPlan => "prep_plan",
            Self::VerifiedOn => "verified_on",
            Self::Sources => "sources",
        }
    }

    pub(super) fn path(self) -> Path {
        Path::root().at(self.word())
    }
}

/// A value and the lines that say it, by their places from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said<T> {
    pub(super) value: T,
    pub(super) at: Vec<usize>,
}

/// What a text means, if that is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading<T> {
    Sure(T),
    Unsure(Doubt<T>),
}

/// A text that may mean several things, or nothing that a guide can hold. Likelihoods are percents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubt<T> {
    pub(super) said: String,
    pub(super) why: String,
    pub(super) choices: Vec<(T, u8)>,
}

impl<T> Reading<T> {
    pub(super) fn unsure(said: &str, why: impl Into<String>, choices: Vec<(T, u8)>) -> Self {
        Self::Unsure(Doubt { said: said.to_owned(), why: why.into(), choices })
    }
}

/// Everything that a page says about a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) name: Option<Said<String>>,
    pub(super) tier: Option<Said<String>>,
    pub(super) highlights: Vec<Said<String>>,
    pub(super) focus_areas: Vec<Said<String>>,
    pub(super) rounds: Vec<loops::PageRound>,
    pub(super) categories: Vec<questions::PageCategory>,
    pub(super) insider_tips: Vec<Said<String>>,
    pub(super) red_flags: Vec<Said<String>>,
    pub(super) traits: Vec<Said<String>>,
    pub(super) ranges: Vec<salaries::PageRange>,
    pub(super) as_of: Option<Said<YearMonth>>,
    pub(super) weeks: Vec<Said<(i32, String)>>,
    pub(super) verified_on: Option<Said<Reading<Day>>>,
    pub(super) sources: Vec<Said<String>>,
}

/// Reads a pasted page. Never fails: what is not understood is a line that is not placed, or a value that is unsure.
#[must_use]
pub fn read(text: &str) -> Page {
    let texts = lines::split(text);
    let mut sheet = Sheet::new(&texts);
    let rows = rows(&texts);
    let parts = Reader { sheet: &mut sheet, parts: Parts::default(), seen: HashSet::new() }.page(&rows);
    let left_out = std::mem::take(&mut sheet.left_out);
    Page { lines: sheet.into_lines(texts), parts, left_out }
}

fn rows(texts: &[String]) -> Vec<Row<'_>> {
    let mut gap = true;
    let mut rows = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        if text.is_empty() {
            gap = true;
        } else {
            rows.push(row(at, text, gap));
            gap = false;
        }
    }
    rows
}

struct Reader<'a> {
    sheet: &'a mut Sheet,
    parts: Parts,
    /// What was taken already, by its field: a part that stands twice says nothing new.
    seen: HashSet<(Field, String)>,
}

impl Reader<'_> {
    fn page(mut self, rows: &[Row<'_>]) -> Parts {
        furniture::everywhere(rows, self.sheet);
        self.verified(rows);
        let companies = top::companies(rows, self.sheet);
        let headings = heading::all(rows, &companies, self.sheet);
        let first = headings.first().map_or(rows.len(), |(place, _)| *place);
        let above = rows.get(..first).unwrap_or_default();
        let highlighted = headings.iter().any(|(_, heading)| heading.section == Section::Highlights);
        top::read(above, (!headings.is_empty(), highlighted), (self.sheet, &mut self.parts));
        let ends = headings.iter().skip(1).map(|(place, _)| *place).chain([rows.len()]);
        for ((place, heading), end) in headings.iter().zip(ends) {
            let Some(title) = rows.get(*place) else { continue };
            let inside: Vec<Row<'_>> = rows.get(place + 1..end).unwrap_or_default().to_vec();
            self.section(title, heading, inside);
        }
        self.parts
    }

    fn verified(&mut self, rows: &[Row<'_>]) {
        for row in rows {
            if let Some(day) = self.sheet.open(row.at).then(|| dates::verified(row.text)).flatten() {
                if self.parts.verified_on.is_some() {
                    self.sheet.aside(row.at, super::Aside::Repeated);
                } else {
                    self.sheet.place(row.at, Field::VerifiedOn);
                    self.parts.verified_on = Some(Said { value: day, at: vec![row.at] });
                }
            }
        }
    }

    fn section<'a>(&mut self, title: &Row<'a>, heading: &Heading<'a>, mut inside: Vec<Row<'a>>) {
        self.sheet.aside(title.at, super::Aside::Heading);
        inside.retain(|row| self.sheet.open(row.at));
        let nested = matches!(heading.section, Section::Loop | Section::Questions | Section::Prep);
        inside.truncate(closing(title.mark, nested, &inside));
        if !heading.inline.is_empty() {
            inside.insert(0, Row { at: title.at, text: heading.inline, mark: Mark::None, gap: true });
        }
        let sheet = &mut *self.sheet;
        match heading.section {
            Section::Highlights => {
                let found = lists::words(Field::Highlights, &inside, sheet);
                self.keep(Field::Highlights, found);
            }
            Section::FocusAreas => self.lines(Field::FocusAreas, &inside, heading),
            Section::Tips => self.lines(Field::InsiderTips, &inside, heading),
            Section::RedFlags => self.lines(Field::RedFlags, &inside, heading),
            Section::Traits => self.lines(Field::Traits, &inside, heading),
            Section::Sources => self.lines(Field::Sources, &inside, heading),
            Section::Loop => {
                let rounds = loops::read(&inside, sheet);
                loops::keep(&mut self.parts.rounds, rounds, sheet);
            }
            Section::Questions => {
                let categories = questions::read(&inside, sheet);
                questions::keep(&mut self.parts.categories, categories, sheet);
            }
            Section::Salaries => salaries::read(&inside, (heading.remark, title.at), (sheet, &mut self.parts)),
            Section::Prep => {
                let found = weeks::read(&inside, sheet);
                weeks::keep(&mut self.parts.weeks, found, sheet);
            }
            Section::Beside => inside.iter().for_each(|row| sheet.aside(row.at, super::Aside::Menu)),
        }
    }

    fn lines(&mut self, field: Field, inside: &[Row<'_>], heading: &Heading<'_>) {
        let found = lists::read(field, inside, (!heading.inline.is_empty(), self.sheet));
        self.keep(field, found);
    }

    /// Keeps what is new, as far as the limit of the list goes.
    fn keep(&mut self, field: Field, found: Vec<Said<String>>) {
        let sheet = &mut *self.sheet;
        let kept = match field {
            Field::Highlights => &mut self.parts.highlights,
            Field::FocusAreas => &mut self.parts.focus_areas,
            Field::InsiderTips => &mut self.parts.insider_tips,
            Field::RedFlags => &mut self.parts.red_flags,
            Field::Traits => &mut self.parts.traits,
            Field::Sources => &mut self.parts.sources,
            Field::Name
            | Field::Tier
            | Field::InterviewLoop
            | Field::QuestionCategories
            | Field::SalaryRanges
            | Field::PrepPlan
            | Field::VerifiedOn => return,
        };
        for said in found {
            if !self.seen.insert((field, normal(&said.value))) {
                if !kept.iter().any(|other: &Said<String>| other.at.first() == said.at.first()) {
                    said.at.iter().for_each(|at| sheet.aside(*at, super::Aside::Repeated));
                }
            } else if kept.len() >= limits::LINES {
                sheet.leave_out(field, &said.at, format!("the list has {} entries already", limits::LINES));
            } else {
                kept.push(said);
            }
        }
    }
}

/// Where a heading that nobody knows ends the section: Markdown says how deep it is.
fn closing(mark: Mark, nested: bool, inside: &[Row<'_>]) -> usize {
    let deep = |row: &Row<'_>| match (mark, row.mark) {
        (Mark::Depth(own), Mark::Depth(other)) => other <= own || !nested,
        (Mark::None | Mark::Bullet | Mark::Number(_), Mark::Depth(_)) => !nested,
        (_, Mark::None | Mark::Bullet | Mark::Number(_)) => false,
    };
    inside.iter().position(deep).unwrap_or(inside.len())
}
