//! Every item of a file gets its key: the one that is written beside it, the one that it has in the guide that the file came from, or a new one.

use std::collections::BTreeSet;

use entity::Key;

use super::matching::{Known, Match, Matching, New, Sort, matched};
use super::tree::Node;
use crate::code::Code;
use crate::finding::{Findings, Level, Path, quoted};
use crate::guide::keys::Taken;
use crate::guide::{Guide, Line};

/// A list whose items have keys.
struct List {
    field: &'static str,
    sort: Sort,
    /// What an item is called by.
    title: &'static str,
    /// The list of lines inside of an item.
    inner: Option<&'static str>,
}

const fn lines(field: &'static str) -> List {
    List { field, sort: Sort::Texts, title: "text", inner: None }
}

/// In the order in which keys are made.
const LISTS: [List; 8] = [
    lines("focus_areas"),
    List { field: "interview_loop", sort: Sort::Titles, title: "title", inner: Some("tips") },
    List { field: "question_categories", sort: Sort::Titles, title: "name", inner: Some("questions") },
    lines("insider_tips"),
    lines("red_flags"),
    lines("traits"),
    List { field: "salary_ranges", sort: Sort::Levels, title: "level", inner: None },
    lines("sources"),
];

/// Keys that are not keys, and items that got the key of another text.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) findings: Findings,
    pub(super) matches: Vec<Match>,
}

/// Gives every item its key.
pub(super) fn give(root: &mut Node, base: Option<(&Guide, Matching)>) -> Given {
    // First as if there were no guide: what follows from the texts alone is asked by the strictest matching.
    let mut given = pass(root, None);
    if base.is_some() {
        given = pass(root, base);
    }
    given
}

fn pass(root: &mut Node, base: Option<(&Guide, Matching)>) -> Given {
    let written = written(root);
    let taken = Taken::new(written.iter().cloned().chain(base.iter().flat_map(|(guide, _)| guide.keys().cloned())));
    let mut pass = Pass { base, written, taken, given: Given::default() };
    for form in &LISTS {
        let Some(list) = list_mut(root, form.field) else { continue };
        let path = Path::root().at(form.field);
        pass.list(list, form, &path, None);
        let Some(inner) = form.inner else { continue };
        for item in list.items_mut() {
            let (key, path) = (item.key.clone(), path.at(item.key.as_deref().unwrap_or_default()).at(inner));
            if let Some(list) = item.field_mut(inner) {
                pass.list(list, &lines(inner), &path, key.as_deref());
            }
        }
    }
    pass.given
}

fn list_mut<'a>(root: &'a mut Node, field: &str) -> Option<&'a mut Node> {
    let list = root.field_mut(field)?;
    if field == "salary_ranges" { list.field_mut("levels") } else { Some(list) }
}

/// How many items get keys.
pub(super) fn count(root: &Node) -> usize {
    let inner = |item: &Node, form: &List| form.inner.and_then(|inner| item.field(inner)).map_or(0, |list| list.items().len());
    let lists = LISTS.iter().filter_map(|form| Some((list(root, form.field)?, form)));
    lists.flat_map(|(list, form)| list.items().iter().map(move |item| 1 + inner(item, form))).sum()
}

fn list<'a>(root: &'a Node, field: &str) -> Option<&'a Node> {
    let list = root.field(field)?;
    if field == "salary_ranges" { list.field("levels") } else { Some(list) }
}

/// Keys that the file says are taken before any is made, wherever they stand. Two items with one key are found by the rules of saving.
fn written(root: &mut Node) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    for form in &LISTS {
        for item in list_mut(root, form.field).into_iter().flat_map(Node::items_mut) {
            keys.extend(said(item));
            let inner = form.inner.and_then(|inner| item.field_mut(inner));
            keys.extend(inner.into_iter().flat_map(Node::items_mut).filter_map(|item| said(item)));
        }
    }
    keys
}

fn said(item: &Node) -> Option<Key> {
    item.field("key")?.text()?.parse().ok()
}

struct Pass<'a> {
    base: Option<(&'a Guide, Matching)>,
    written: BTreeSet<Key>,
    taken: Taken,
    given: Given,
}

impl Pass<'_> {
    fn list(&mut self, list: &mut Node, form: &List, path: &Path, holder: Option<&str>) {
        let items = list.items_mut();
        let mut keys: Vec<Option<Key>> = items.iter().map(said).collect();
        if let Some((guide, matching)) = self.base {
            let known = known(guide, form.field, holder);
            let known: Vec<Known<'_>> = known.into_iter().filter(|known| !self.written.contains(known.key)).collect();
            let open = || keys.iter().enumerate().filter(|(_, key)| key.is_none()).map(|(at, _)| at);
            let news = open()
                .filter_map(|at| items.get(at))
                .map(|item| New { text: called(item, form.title), follows: item.key.as_deref().and_then(|key| key.parse().ok()) });
            let found = matched(&news.collect::<Vec<_>>(), &known, form.sort, matching);
            for (at, found) in open().collect::<Vec<_>>().into_iter().zip(found) {
                let Some((place, how)) = found else { continue };
                let key = known.get(place).map(|known| known.key.clone());
                self.given.matches.extend(how.zip(key.as_ref()).map(|(how, key)| Match { path: path.at(key), how }));
                if let Some(slot) = keys.get_mut(at) {
                    *slot = key;
                }
            }
        }
        for (item, key) in items.iter_mut().zip(keys) {
            let text = called(item, form.title);
            let key = key.unwrap_or_else(|| match form.sort {
                Sort::Texts => self.taken.from_text(&text),
                Sort::Titles | Sort::Levels => self.taken.from_title(&text),
            });
            item.key = Some(key.to_string());
            self.malformed(item, &path.at(key));
        }
    }

    fn malformed(&mut self, item: &Node, path: &Path) {
        let Some(field) = item.field("key").filter(|field| !field.is_absent()) else { return };
        if let Some(text) = field.text()
            && let Err(error) = text.parse::<Key>()
        {
            self.given.findings.add(Level::Saving, Code::NameMalformed, path.at("key"), (quoted(&text), error.to_string()));
        }
    }
}

/// What an item is called by.
fn called(item: &Node, title: &str) -> String {
    item.text().or_else(|| item.field(title)?.text()).unwrap_or_default()
}

/// The items of the same list of the guide.
fn known<'a>(guide: &'a Guide, field: &str, holder: Option<&str>) -> Vec<Known<'a>> {
    let of_lines = |lines: &'a [Line]| lines.iter().map(|line| Known { key: &line.key, text: &line.text }).collect();
    match field {
        "focus_areas" => of_lines(&guide.focus_areas),
        "insider_tips" => of_lines(&guide.insider_tips),
        "red_flags" => of_lines(&guide.red_flags),
        "traits" => of_lines(&guide.traits),
        "sources" => of_lines(&guide.sources),
        "interview_loop" => guide.interview_loop.iter().map(|round| Known { key: &round.key, text: &round.title }).collect(),
        "question_categories" => guide.question_categories.iter().map(|each| Known { key: &each.key, text: &each.name }).collect(),
        "salary_ranges" => guide.salary_ranges.iter().map(|range| Known { key: &range.key, text: &range.level }).collect(),
        "tips" => {
            let round = guide.interview_loop.iter().find(|round| Some(round.key.as_str()) == holder);
            round.map(|round| of_lines(&round.tips)).unwrap_or_default()
        }
        _ => {
            let category = guide.question_categories.iter().find(|category| Some(category.key.as_str()) == holder);
            let questions = category.into_iter().flat_map(|category| &category.questions);
            questions.map(|question| Known { key: &question.key, text: &question.text }).collect()
        }
    }
}
