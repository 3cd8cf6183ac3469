//! How much a parsed document asks for, with its fragments counted where they are used. Linear: each fragment is measured once.

use std::collections::{BTreeMap, HashMap};

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};
use content::code::Code;

use super::Refusal;
use super::scan::MOST_NESTING;
use crate::limits::Limits;

/// The depth to which introspection goes; the standard query of tools needs 15.
const INTROSPECTION_DEPTH: usize = 20;

/// Fields of introspection that give lists. Inside of each other they multiply; the standard query of tools has three.
const INTROSPECTION_LISTS: &[&str] = &["types", "fields", "args", "inputFields", "interfaces", "possibleTypes", "enumValues", "directives"];
const MOST_INTROSPECTION_LISTS: usize = 3;

/// How much a selection set asks for, with the fragments it uses.
#[derive(Clone, Copy, Default)]
struct Size {
    fields: usize,
    depth: usize,
    /// Lists of introspection inside of each other.
    lists: usize,
}

/// What one selection set asks for on its own level, fragments taken apart.
#[derive(Clone, Default)]
struct Level<'a> {
    fields: usize,
    aliased: BTreeMap<&'a str, usize>,
}

impl<'a> Level<'a> {
    fn add(&mut self, other: &Self) {
        self.fields = self.fields.saturating_add(other.fields);
        for (name, times) in &other.aliased {
            let sum = self.aliased.entry(name).or_default();
            *sum = sum.saturating_add(*times);
        }
    }

    fn add_field(&mut self, field: &'a Field) {
        self.fields = self.fields.saturating_add(1);
        if field.alias.is_some() {
            *self.aliased.entry(field.name.node.as_str()).or_default() += 1;
        }
    }
}

impl Size {
    /// A fragment counts as a field where it is used, so that fragments of nothing but fragments are counted too.
    const fn once_more(self) -> Self {
        Self { fields: self.fields.saturating_add(1), ..self }
    }
}

enum Known<'a> {
    /// The fragment is being measured: meeting it again is a circle.
    UnderWay,
    Done(Size, Level<'a>),
}

pub(super) struct Measure<'a> {
    limits: &'a Limits,
    fragments: HashMap<&'a Name, &'a FragmentDefinition>,
    sizes: HashMap<&'a Name, Known<'a>>,
    /// Fragments that are being measured inside of each other.
    chain: usize,
}

impl<'a> Measure<'a> {
    /// Measures the fragments and operations of a document.
    pub(super) fn of(document: &'a ExecutableDocument, limits: &'a Limits) -> Self {
        let fragments = document.fragments.iter().map(|(name, fragment)| (name, &fragment.node)).collect();
        Self { limits, fragments, sizes: HashMap::new(), chain: 0 }
    }

    /// Refuses an operation that asks for more than a limit. Gives its fields, with each fragment counted where it is used.
    pub(super) fn operation(&mut self, operation: &'a OperationDefinition) -> Result<usize, Refusal> {
        self.directives(&operation.directives)?;
        let (size, level) = self.set(&operation.selection_set.node)?;
        let roots = level.fields;
        if roots > self.limits.root_fields {
            let message = format!("The operation has {roots} fields at its root; at most {} are allowed.", self.limits.root_fields);
            return Err(Refusal::new(Code::RootFields, message));
        }
        let depth = size.depth + 1;
        if depth > self.limits.depth {
            let message = format!("The operation is {depth} selection sets deep; at most {} are allowed.", self.limits.depth);
            return Err(Refusal::new(Code::Depth, message));
        }
        Ok(size.fields)
    }

    fn set(&mut self, set: &'a SelectionSet) -> Result<(Size, Level<'a>), Refusal> {
        let (mut whole, mut level) = (Size::default(), Level::default());
        for item in &set.items {
            let part = match &item.node {
                Selection::Field(field) => {
                    level.add_field(&field.node);
                    self.field(&field.node)?
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.node.directives)?;
                    let (size, inner) = self.set(&fragment.node.selection_set.node)?;
                    level.add(&inner);
                    size.once_more()
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.node.directives)?;
                    let (size, inner) = self.fragment(&spread.node.fragment_name.node)?;
                    level.add(&inner);
                    size.once_more()
                }
            };
            whole.fields = whole.fields.saturating_add(part.fields);
            whole.depth = whole.depth.max(part.depth);
            whole.lists = whole.lists.max(part.lists);
            self.within(whole, &level)?;
        }
        Ok((whole, level))
    }

    fn within(&self, size: Size, level: &Level<'_>) -> Result<(), Refusal> {
        if size.fields > self.limits.fields {
            let message = format!("The document selects more than {} fields, fragments counted where they are used.", self.limits.fields);
            return Err(Refusal::new(Code::Fields, message));
        }
        match level.aliased.iter().find(|(_, times)| **times > self.limits.aliases) {
            None => Ok(()),
            Some((name, times)) => {
                let message = format!("The field {name} is asked for under {times} names; at most {} are allowed.", self.limits.aliases);
                Err(Refusal::new(Code::Aliases, message))
            }
        }
    }

    fn field(&mut self, field: &'a Field) -> Result<Size, Refusal> {
        self.directives(&field.directives)?;
        let (inner, _) = self.set(&field.selection_set.node)?;
        let name = field.name.node.as_str();
        let size = Size {
            fields: inner.fields.saturating_add(1),
            depth: inner.depth + usize::from(!field.selection_set.node.items.is_empty()),
            lists: inner.lists + usize::from(INTROSPECTION_LISTS.contains(&name)),
        };
        if !name.starts_with("__") {
            return Ok(size);
        }
        // Introspection has a depth of its own, so that the standard query of tools passes whatever the limit is.
        if size.depth > INTROSPECTION_DEPTH {
            let message = format!("The introspection is {} deep; at most {INTROSPECTION_DEPTH} is allowed.", size.depth);
            return Err(Refusal::new(Code::Depth, message));
        }
        if size.lists > MOST_INTROSPECTION_LISTS {
            let message =
                format!("The introspection has {} lists inside of each other; at most {MOST_INTROSPECTION_LISTS} are allowed.", size.lists);
            return Err(Refusal::new(Code::Depth, message));
        }
        Ok(Size { fields: size.fields, depth: 0, lists: 0 })
    }

    /// Each fragment is measured once, however often it is used.
    fn fragment(&mut self, name: &'a Name) -> Result<(Size, Level<'a>), Refusal> {
        match self.sizes.get(name) {
            Some(Known::Done(size, level)) => return Ok((*size, level.clone())),
            Some(Known::UnderWay) => return Err(Refusal::new(Code::Validation, format!("The fragment {name} uses itself."))),
            None => {}
        }
        // An unknown fragment is told by the validation, with its place.
        let Some(fragment) = self.fragments.get(name).copied() else { return Ok((Size::default(), Level::default())) };
        if self.chain == MOST_NESTING {
            return Err(Refusal::new(Code::Depth, format!("More than {MOST_NESTING} fragments use each other in a chain.")));
        }
        self.chain += 1;
        self.sizes.insert(name, Known::UnderWay);
        self.directives(&fragment.directives)?;
        let (size, level) = self.set(&fragment.selection_set.node)?;
        self.chain -= 1;
        self.sizes.insert(name, Known::Done(size, level.clone()));
        Ok((size, level))
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        if directives.len() > self.limits.directives {
            let message = format!("{} directives stand in one place; at most {} are allowed.", directives.len(), self.limits.directives);
            return Err(Refusal::new(Code::Directives, message));
        }
        Ok(())
    }
}
