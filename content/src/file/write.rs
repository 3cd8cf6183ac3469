//! From a guide to its file: the same text for the same guide, which reads back as that guide with no other knowledge.

mod following;
mod sharing;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use entity::{Key, WireId};

use super::GuideFile;
use super::form::FORMAT;
use super::place::{Anchor, anchored, word};
use super::scalar::scalar;
use super::sheet::{self, Sheet};
use crate::guide::{Category, Guide, Line, Question, Round, SalaryRange, Week};

/// Characters of a line up to which a list of words stays in one line.
const WIDTH: usize = 100;

/// The lines of a guide's file.
pub(super) fn sheet(file: &GuideFile) -> Sheet {
    let mut writer = Writer { sheet: Sheet::default(), keyed: following::not_from_text(&file.guide) };
    writer.file(file);
    writer.sheet
}

/// Fields that stand below each other: those of the guide, or of an item, whose first line begins with a hyphen.
struct Group {
    /// The column of the fields.
    indent: usize,
    hyphen: bool,
    anchor: Anchor,
}

impl Group {
    fn item(indent: usize, list: &[String], name: impl Into<String>) -> Self {
        Self { indent: indent + 2, hyphen: true, anchor: anchored(list, name) }
    }

    fn field(&self, name: &str) -> Anchor {
        anchored(&self.anchor, name)
    }
}

struct Writer {
    sheet: Sheet,
    /// Keys of lines and questions that are written.
    keyed: BTreeSet<Key>,
}

impl Writer {
    fn file(&mut self, file: &GuideFile) {
        let guide = &file.guide;
        let root = &mut Group { indent: 0, hyphen: false, anchor: Anchor::new() };
        self.field(root, "format", FORMAT);
        self.optional(root, "id", file.id.map(|id| WireId::from(id).to_string()));
        self.field(root, "slug", scalar(file.slug.as_str(), false));
        self.optional(root, "sample", guide.sample.then_some("true"));
        self.field(root, "name", scalar(&guide.name, false));
        self.optional(root, "tier", guide.tier.as_ref().map(|tier| scalar(tier.as_str(), false)));
        self.entries(root, "highlights", &guide.highlights);
        self.lines(root, "focus_areas", &guide.focus_areas);
        self.parts(root, guide);
    }

    fn parts(&mut self, root: &mut Group, guide: &Guide) {
        self.gap(!guide.interview_loop.is_empty());
        self.list(root, "interview_loop", &guide.interview_loop, Self::round);
        self.gap(!guide.question_categories.is_empty());
        self.list(root, "question_categories", &guide.question_categories, Self::category);
        self.gap([&guide.insider_tips, &guide.red_flags, &guide.traits].iter().any(|lines| !lines.is_empty()));
        self.lines(root, "insider_tips", &guide.insider_tips);
        self.lines(root, "red_flags", &guide.red_flags);
        self.lines(root, "traits", &guide.traits);
        self.gap(!guide.salary_ranges.is_empty());
        self.salaries(root, &guide.salary_ranges);
        self.gap(!guide.prep_plan.is_empty() || guide.verified_on.is_some() || !guide.sources.is_empty());
        self.list(root, "prep_plan", &guide.prep_plan, Self::week);
        self.optional(root, "verified_on", guide.verified_on);
        self.lines(root, "sources", &guide.sources);
    }

    fn gap(&mut self, wanted: bool) {
        if wanted {
            self.sheet.gap();
        }
    }

    fn field(&mut self, group: &mut Group, name: &str, value: impl Display) {
        let anchor = group.field(name);
        self.put(group, format!("{name}: {value}"), vec![anchor]);
    }

    fn optional(&mut self, group: &mut Group, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.field(group, name, value);
        }
    }

    /// The first line of an item also stands for the item, and for those of its fields that have no line of their own.
    fn put(&mut self, group: &mut Group, text: String, mut anchors: Vec<Anchor>) {
        if group.hyphen {
            group.hyphen = false;
            anchors.insert(0, group.anchor.clone());
            let instead = ["key", "text"].map(|name| group.field(name)).to_vec();
            self.sheet.lines.push(sheet::Line {
                indent: group.indent - 2,
                text: format!("- {text}"),
                anchors,
                instead,
                ..sheet::Line::default()
            });
        } else {
            self.sheet.put(group.indent, text, anchors);
        }
    }

    fn list<T>(&mut self, group: &mut Group, name: &str, items: &[T], write: impl Fn(&mut Self, usize, &[String], &T)) {
        if items.is_empty() {
            return;
        }
        let anchor = group.field(name);
        self.put(group, format!("{name}:"), vec![anchor.clone()]);
        for item in items {
            write(self, group.indent + 2, &anchor, item);
        }
    }

    fn lines(&mut self, group: &mut Group, name: &str, lines: &[Line]) {
        self.list(group, name, lines, Self::line);
    }

    fn line(&mut self, indent: usize, list: &[String], line: &Line) {
        let mut item = Group::item(indent, list, line.key.as_str());
        self.text(&mut item, &line.key, &line.text, false);
    }

    /// A text by itself, or with its key or more.
    fn text(&mut self, item: &mut Group, key: &Key, text: &str, more: bool) {
        let keyed = self.keyed.contains(key);
        if keyed || more {
            self.field(item, "text", scalar(text, false));
            self.optional(item, "key", keyed.then(|| scalar(key.as_str(), false)));
        } else {
            self.put(item, scalar(text, false), Vec::new());
        }
    }

    /// Words in brackets where they fit, below each other where they do not.
    fn words(&mut self, group: &mut Group, name: &str, words: &[String]) {
        let flow = words.iter().map(|text| scalar(text, true)).collect::<Vec<_>>().join(", ");
        let text = format!("{name}: [{flow}]");
        if words.is_empty() {
            return;
        }
        if group.indent + text.chars().count() <= WIDTH {
            let field = group.field(name);
            let inside = anchors(&field, words);
            self.put(group, text, std::iter::once(field).chain(inside).collect());
        } else {
            self.entries(group, name, words);
        }
    }

    fn entries(&mut self, group: &mut Group, name: &str, words: &[String]) {
        let named: Vec<_> = words.iter().zip(anchors(&group.field(name), words)).collect();
        self.list(group, name, &named, |writer, indent, _, (text, anchor)| {
            writer.sheet.put(indent, format!("- {}", scalar(text, false)), vec![anchor.clone()]);
        });
    }

    fn round(&mut self, indent: usize, list: &[String], round: &Round) {
        let item = &mut Group::item(indent, list, round.key.as_str());
        self.field(item, "key", scalar(round.key.as_str(), false));
        self.field(item, "title", scalar(&round.title, false));
        self.optional(item, "duration", round.duration);
        self.words(item, "focus", &round.focus);
        self.lines(item, "tips", &round.tips);
    }

    fn category(&mut self, indent: usize, list: &[String], category: &Category) {
        let item = &mut Group::item(indent, list, category.key.as_str());
        self.field(item, "key", scalar(category.key.as_str(), false));
        self.field(item, "name", scalar(&category.name, false));
        self.optional(item, "weight", category.weight_percent.map(|weight| format!("{weight}%")));
        self.list(item, "questions", &category.questions, Self::question);
    }

    fn question(&mut self, indent: usize, list: &[String], question: &Question) {
        let Question { key, text, difficulty, tags, guidance } = question;
        let item = &mut Group::item(indent, list, key.as_str());
        self.text(item, key, text, difficulty.is_some() || !tags.is_empty() || guidance.is_some());
        self.optional(item, "difficulty", *difficulty);
        self.words(item, "tags", tags);
        self.optional(item, "guidance", guidance.as_ref().map(|text| scalar(text, false)));
    }

    fn salaries(&mut self, root: &mut Group, ranges: &[SalaryRange]) {
        if ranges.is_empty() {
            return;
        }
        let anchor = root.field("salary_ranges");
        self.put(root, "salary_ranges:".to_owned(), vec![anchor.clone()]);
        let shared = sharing::shared(ranges);
        let mut group = Group { indent: 2, hyphen: false, anchor };
        self.terms(&mut group, &shared);
        self.list(&mut group, "levels", ranges, |writer, indent, list, range| {
            writer.level(Group::item(indent, list, range.key.as_str()), range, &shared);
        });
    }

    fn level(&mut self, mut item: Group, range: &SalaryRange, shared: &sharing::Terms) {
        self.field(&mut item, "key", scalar(range.key.as_str(), false));
        self.field(&mut item, "level", scalar(&range.level, false));
        self.optional(&mut item, "range", range.figures);
        self.optional(&mut item, "note", range.note.as_ref().map(|text| scalar(text, false)));
        self.terms(&mut item, &sharing::own(range, shared));
    }

    fn terms(&mut self, group: &mut Group, terms: &sharing::Terms) {
        for (name, value) in terms.named() {
            self.optional(group, name, value.map(|text| if name == "source" { scalar(text, false) } else { text.to_owned() }));
        }
    }

    fn week(&mut self, indent: usize, list: &[String], week: &Week) {
        let mut item = Group::item(indent, list, week.week.to_string());
        self.field(&mut item, "week", week.week);
        self.field(&mut item, "text", scalar(&week.text, false));
    }
}

/// The anchors of the entries of a list of words.
fn anchors(list: &[String], words: &[String]) -> Vec<Anchor> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut name = |text| {
        let nth = seen.entry(text).or_default();
        *nth += 1;
        anchored(list, word(text, *nth))
    };
    words.iter().map(|text| name(text.as_str())).collect()
}
