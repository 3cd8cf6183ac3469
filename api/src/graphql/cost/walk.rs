//! The walk over an operation that counts its objects. It goes by the type of the object that a selection is applied to, so that a fragment for
//! another type counts nothing.

use async_graphql::Value;
use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};

use super::{Part, ROOT_LIST, SEARCH, TOTAL, sizes};
use crate::graphql::given::Given;
use crate::graphql::types::{Types, is_list, named};

/// Entries of a page for which no size is asked, as in `content::page`.
const PAGE: u64 = 20;

/// What was counted so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) objects: u64,
    /// Points on top of those for objects.
    pub(super) extra: u64,
    pub(super) most: Option<Part>,
}

impl Tally {
    /// The objects of the field that gives most.
    fn most(&self) -> u64 {
        self.most.as_ref().map_or(0, |part| part.objects)
    }
}

pub(super) struct Walk<'a> {
    document: &'a ExecutableDocument,
    given: Given<'a>,
    types: &'static Types,
    page: u64,
    /// The fields around the one that is counted.
    path: Vec<&'a str>,
    /// Whether the total of the list at the root that is being walked is counted already.
    totalled: bool,
    pub(super) tally: Tally,
}

impl<'a> Walk<'a> {
    pub(super) fn new(document: &'a ExecutableDocument, given: Given<'a>, types: &'static Types, page: u32) -> Self {
        Self { document, given, types, page: u64::from(page), path: Vec::new(), totalled: false, tally: Tally::default() }
    }

    /// Counts what is selected of so many objects of one type, which is no interface.
    pub(super) fn set(&mut self, set: &'a SelectionSet, kind: &str, times: u64) {
        for item in &set.items {
            if self.given.skips(item.node.directives()) {
                continue;
            }
            match &item.node {
                Selection::Field(field) => self.field(&field.node, kind, times),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map_or(kind, |condition| condition.node.on.node.as_str());
                    self.fragment(&fragment.node.selection_set.node, on, kind, times);
                }
                Selection::FragmentSpread(spread) => {
                    let document = self.document;
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.fragment(&fragment.node.selection_set.node, on, kind, times);
                    }
                }
            }
        }
    }

    fn fragment(&mut self, set: &'a SelectionSet, on: &str, kind: &str, times: u64) {
        if self.types.possible(on).iter().any(|possible| possible == kind) {
            self.set(set, kind, times);
        }
    }

    fn field(&mut self, field: &'a Field, parent: &str, times: u64) {
        let name = field.name.node.as_str();
        if name == "totalCount" && self.path.len() == 1 && !self.totalled {
            self.totalled = true;
            self.tally.extra = self.tally.extra.saturating_add(TOTAL);
        }
        let types = self.types;
        let Some(kind) = types.field(parent, name) else { return };
        let inner = named(kind);
        if types.possible(inner).is_empty() {
            return;
        }
        self.path.push(name);
        let is_page = inner.ends_with("Connection");
        if is_page && self.path.len() == 1 {
            self.totalled = false;
            let search = if self.given.argument(field, "search").is_some() { SEARCH } else { 0 };
            self.tally.extra = self.tally.extra.saturating_add(ROOT_LIST).saturating_add(search);
        }
        // What wraps the entries of a page is no object of its own.
        let wrapping = ["Connection", "Edge"].iter().any(|ending| parent.ends_with(ending));
        let times = if wrapping {
            times
        } else {
            let size = if is_page { self.page_size(field) } else { self.size(field, parent, is_list(kind)) };
            let objects = times.saturating_mul(size);
            self.add(objects);
            objects
        };
        self.object(&field.selection_set.node, inner, times);
        self.path.pop();
    }

    /// Counts what is selected of objects that may be of several types: as if all were of the most expensive one.
    fn object(&mut self, set: &'a SelectionSet, kind: &str, times: u64) {
        let types = self.types;
        let [several @ .., last] = types.possible(kind) else { return };
        if several.is_empty() {
            return self.set(set, last, times);
        }
        let before = std::mem::take(&mut self.tally);
        let mut dearest = Tally::default();
        for kind in types.possible(kind) {
            self.set(set, kind, times);
            let tally = std::mem::take(&mut self.tally);
            if tally.objects >= dearest.objects {
                dearest = tally;
            }
        }
        self.tally = before;
        self.tally.objects = self.tally.objects.saturating_add(dearest.objects);
        self.tally.extra = self.tally.extra.saturating_add(dearest.extra);
        if dearest.most() > self.tally.most() {
            self.tally.most = dearest.most;
        }
    }

    fn add(&mut self, objects: u64) {
        self.tally.objects = self.tally.objects.saturating_add(objects);
        if objects > self.tally.most() {
            self.tally.most = Some(Part { path: self.path.join("."), objects });
        }
    }

    /// The entries of a page that is asked for. A page above the limit is refused when it comes to it, so it costs no more than the limit.
    fn page_size(&self, field: &Field) -> u64 {
        let asked = ["first", "last"].iter().filter_map(|name| match self.given.argument(field, name)? {
            Value::Number(number) => Some(number.as_u64().unwrap_or(0)),
            Value::Null | Value::String(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) | Value::List(_) | Value::Object(_) => {
                None
            }
        });
        asked.max().unwrap_or(PAGE).min(self.page)
    }

    /// How many objects a field gives that has no page: one, or a list.
    fn size(&self, field: &Field, parent: &str, is_list: bool) -> u64 {
        if !is_list {
            return 1;
        }
        match self.given.argument(field, "ids") {
            Some(Value::List(ids)) => u64::try_from(ids.len()).unwrap_or(u64::MAX).min(self.page),
            Some(_) => 1,
            None => sizes::of(parent, field.name.node.as_str()).unwrap_or(PAGE),
        }
    }
}
