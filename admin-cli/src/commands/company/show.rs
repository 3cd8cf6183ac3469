//! `greenroom show`: guides as people read them, as their files, or as data.

use clap::{Args, ValueEnum};
use content::guide::Guide;
use serde_json::json;

use crate::commands::names;
use crate::documents::company::GuideAt;
use crate::fault::Result;
use crate::guides::{Held, as_of, hold_at, revision};
use crate::line::{Format, Names};
use crate::picture::{bands, bars, time_line};
use crate::room::Room;
use crate::ui::{BOLD, Ui, paint, plain, wrap};

/// Show guides
#[derive(Args, Debug)]
pub(crate) struct Show {
    #[command(flatten)]
    names: Names,
    /// The open draft
    #[arg(long, group = "at")]
    draft: bool,
    /// What is public
    #[arg(long, group = "at")]
    published: bool,
    /// An old revision, such as r41
    #[arg(long, value_name = "REVISION", group = "at", value_parser = revision)]
    revision: Option<i32>,
    /// What was public then
    #[arg(long, value_name = "DATE", group = "at", value_parser = as_of)]
    as_of: Option<GuideAt>,
    /// Only these parts
    #[arg(long, value_enum, value_delimiter = ',')]
    section: Option<Vec<Section>>,
    /// With the keys of all items, as paths have them
    #[arg(long)]
    ids: bool,
}

/// A part of a guide.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// What its AI teams work on
    Focus,
    /// The interview loop
    Loop,
    /// The question categories
    Questions,
    /// What is paid
    Salaries,
    /// Tips, red flags and traits
    Tips,
    /// The plan by week
    Plan,
    /// Where it comes from
    Sources,
}

impl Section {
    /// The word that is typed for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Focus => "focus",
            Self::Loop => "loop",
            Self::Questions => "questions",
            Self::Salaries => "salaries",
            Self::Tips => "tips",
            Self::Plan => "plan",
            Self::Sources => "sources",
        }
    }

    /// The part of this word.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::value_variants().iter().copied().find(|section| section.word() == word)
    }
}

impl Show {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let at = self.at();
        let mut all = Vec::new();
        // One that is not there is told before anything of the others is printed.
        for name in names(room, &self.names.names)? {
            all.push(hold_at(room, &name, at.clone()).await?);
        }
        match room.ui.format {
            Format::Table => room.ui.page(&self.pages(&room.ui, &all)),
            Format::Yaml => {
                let files: Vec<String> = all.iter().map(|held| Ok(content::file::write(&held.file()?))).collect::<Result<_>>()?;
                room.ui.raw(&files.join("---\n"));
            }
            Format::Ids => all.iter().for_each(|held| room.ui.out(&held.slug)),
            Format::Jsonl => all.iter().for_each(|held| room.ui.object(&object(held))),
            Format::Json | Format::Csv => match all.as_slice() {
                [held] => room.ui.object(&object(held)),
                all => room.ui.object(&all.iter().map(object).collect()),
            },
        }
        Ok(())
    }

    fn at(&self) -> Option<GuideAt> {
        let draft = self.draft.then_some(GuideAt::Draft(true)).or(self.published.then_some(GuideAt::Published(true)));
        draft.or(self.revision.map(GuideAt::Revision)).or(self.as_of.clone())
    }

    fn pages(&self, ui: &Ui, all: &[Held]) -> Vec<String> {
        let mut lines = Vec::new();
        for (number, held) in all.iter().enumerate() {
            if number > 0 {
                lines.push(String::new());
            }
            self.lines(ui, held, &mut lines);
        }
        lines
    }

    fn lines(&self, ui: &Ui, held: &Held, lines: &mut Vec<String>) {
        let shows = |section: Section| self.section.as_ref().is_none_or(|sections| sections.contains(&section));
        let page = Page { ui, guide: &held.guide, ids: self.ids, width: ui.width.unwrap_or(100) };
        if self.section.is_none() {
            page.head(held, lines);
        }
        let sections =
            [Section::Focus, Section::Loop, Section::Questions, Section::Salaries, Section::Tips, Section::Plan, Section::Sources];
        for section in sections.into_iter().filter(|section| shows(*section)) {
            match section {
                Section::Focus => page.focus(lines),
                Section::Loop => page.rounds(lines),
                Section::Questions => page.questions(lines),
                Section::Salaries => page.salaries(lines),
                Section::Tips => page.advice(lines),
                Section::Plan => page.plan(lines),
                Section::Sources => page.sources(lines),
            }
        }
    }
}

/// A guide as data.
pub(crate) fn object(held: &Held) -> serde_json::Value {
    json!({
        "id": held.id,
        "slug": held.slug,
        "state": held.state.words(),
        "revision": held.published.as_ref().map(|publication| publication.revision),
        "stamp": { "base": held.stamp.base, "edits": held.stamp.edits },
        "guide": held.guide,
    })
}

struct Page<'a> {
    ui: &'a Ui,
    guide: &'a Guide,
    ids: bool,
    width: usize,
}

impl Page<'_> {
    fn head(&self, held: &Held, lines: &mut Vec<String>) {
        let guide = self.guide;
        let published =
            held.published.as_ref().map(|publication| format!("r{} ({})", publication.revision, self.ui.when(&publication.published_at.0)));
        let draft =
            held.draft.as_ref().map(|draft| format!("draft by {} ({})", plain(&draft.updated_by), self.ui.when(&draft.updated_at.0)));
        let state: Vec<String> = published.into_iter().map(|words| format!("published {words}")).chain(draft).collect();
        let sample = if guide.sample { "    sample" } else { "" };
        let tier = guide.tier.as_ref().map_or_else(String::new, |tier| format!("    {tier}"));
        lines.push(format!("{}{tier}{sample}    {}", paint(BOLD, plain(&guide.name)), state.join(", ")));
        if !guide.highlights.is_empty() {
            lines.extend(wrap(&guide.highlights.join(" / "), self.width));
        }
        if let Some(day) = guide.verified_on {
            lines.push(format!("Checked on {day}."));
        }
    }

    fn title(title: &str, lines: &mut Vec<String>) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(paint(BOLD, title));
    }

    /// A line of text with its key before it, if keys are wanted.
    fn item(&self, key: &str, text: &str, indent: usize, lines: &mut Vec<String>) {
        let mark = if self.ids { format!("[{key}] ") } else { String::new() };
        let room = self.width.saturating_sub(indent + 2).max(20);
        for (number, line) in wrap(&format!("{mark}{text}"), room).into_iter().enumerate() {
            let lead = if number == 0 { "- " } else { "  " };
            lines.push(format!("{:indent$}{lead}{line}", ""));
        }
    }

    fn list(&self, title: &str, items: &[content::guide::Line], lines: &mut Vec<String>) {
        if items.is_empty() {
            return;
        }
        Self::title(title, lines);
        for line in items {
            self.item(line.key.as_str(), &line.text, 2, lines);
        }
    }

    fn focus(&self, lines: &mut Vec<String>) {
        self.list("AI focus", &self.guide.focus_areas, lines);
    }

    fn rounds(&self, lines: &mut Vec<String>) {
        let rounds = &self.guide.interview_loop;
        if rounds.is_empty() {
            return;
        }
        let minutes: i32 = rounds.iter().filter_map(|round| round.duration).map(|range| range.max).sum();
        let time = if minutes % 60 == 0 { format!("{} h", minutes / 60) } else { format!("{} h {} min", minutes / 60, minutes % 60) };
        Self::title(&format!("Loop, {}, up to {time}", crate::acts::counted(rounds.len(), "round", "rounds")), lines);
        lines.extend(time_line(rounds, self.width));
        for (round, number) in rounds.iter().zip(1..) {
            if self.ids {
                lines.push(format!("  {number:>2}  [{}]", round.key));
            }
            if !round.focus.is_empty() || !round.tips.is_empty() {
                let text = format!("{}: {}", round.title, round.focus.join(", "));
                for (place, line) in wrap(text.trim_end_matches(": "), self.width.saturating_sub(6).max(20)).into_iter().enumerate() {
                    let lead = if place == 0 { format!("  {number:>2}  ") } else { " ".repeat(6) };
                    lines.push(format!("{lead}{line}"));
                }
                for tip in &round.tips {
                    self.item(tip.key.as_str(), &tip.text, 6, lines);
                }
            }
        }
    }

    fn questions(&self, lines: &mut Vec<String>) {
        let categories = &self.guide.question_categories;
        if categories.is_empty() {
            return;
        }
        let sum: i32 = categories.iter().filter_map(|category| category.weight_percent).sum();
        Self::title(&format!("Questions, {}, {sum} %", crate::acts::counted(categories.len(), "category", "categories")), lines);
        lines.extend(bars(categories, self.width));
        for category in categories {
            let key = if self.ids { format!(" [{}]", category.key) } else { String::new() };
            lines.push(format!("  {}{key}", plain(&category.name)));
            for question in &category.questions {
                let level = question.difficulty.map_or_else(String::new, |word| format!(" ({word})"));
                self.item(question.key.as_str(), &format!("{}{level}", question.text), 4, lines);
            }
        }
    }

    fn salaries(&self, lines: &mut Vec<String>) {
        let ranges = &self.guide.salary_ranges;
        let Some(first) = ranges.first() else { return };
        let basis = first.basis.map_or_else(String::new, |basis| format!(", {}", basis.word().replace('-', " ")));
        let shared = ranges.iter().all(|range| range.as_of == first.as_of);
        let month = first.as_of.filter(|_| shared).map_or_else(String::new, |month| format!(", {month}"));
        Self::title(&format!("Salaries{basis}, per {}{month}", first.period), lines);
        lines.extend(bands(ranges, self.width));
        for range in ranges {
            if let Some(note) = &range.note {
                self.item(range.key.as_str(), &format!("{}: {note}", range.level), 2, lines);
            } else if self.ids {
                self.item(range.key.as_str(), &range.level, 2, lines);
            }
        }
    }

    fn advice(&self, lines: &mut Vec<String>) {
        self.list("Tips", &self.guide.insider_tips, lines);
        self.list("Red flags", &self.guide.red_flags, lines);
        self.list("They look for", &self.guide.traits, lines);
    }

    fn plan(&self, lines: &mut Vec<String>) {
        if self.guide.prep_plan.is_empty() {
            return;
        }
        Self::title(&format!("Plan, {}", crate::acts::counted(self.guide.prep_plan.len(), "week", "weeks")), lines);
        for week in &self.guide.prep_plan {
            for (number, line) in wrap(&week.text, self.width.saturating_sub(8).max(20)).into_iter().enumerate() {
                let lead = if number == 0 { format!("  {:>4}  ", week.week) } else { " ".repeat(8) };
                lines.push(format!("{lead}{line}"));
            }
        }
    }

    fn sources(&self, lines: &mut Vec<String>) {
        self.list("Sources", &self.guide.sources, lines);
    }
}
