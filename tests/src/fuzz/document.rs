//! Documents that are right by the schema: selections to any depth, with arguments, variables, fragments, aliases and directives.

use serde_json::{Map, Value as Json};

use super::shape::{Field, Kind, innermost};
use super::value::{RARE, Values, literal};
use super::{Dice, Known, Shape};

/// A document with what is sent beside it.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its text.
    pub text: String,
    /// The values of its variables.
    pub variables: Map<String, Json>,
    /// The name of the operation, if the document has one.
    pub name: Option<String>,
}

/// What tools ask first, in short.
const INTROSPECTION: &str = "{ __schema { queryType { name } types { name kind fields { name args { name } } } } }";

/// What every edit says of how it went.
const WENT: &str = "operation { id } userErrors { code path message }";

/// Writes one document.
#[derive(Debug)]
pub struct Writer<'a> {
    values: Values<'a>,
    dice: &'a mut Dice,
    declared: Vec<String>,
    variables: Map<String, Json>,
    fragments: Vec<String>,
    /// Fields that may still be selected.
    left: usize,
    aliases: usize,
}

impl<'a> Writer<'a> {
    /// A writer for this schema, who knows of what exists.
    pub fn new(shape: &'a Shape, known: &'a Known, dice: &'a mut Dice) -> Self {
        let left = 4 + dice.below(40);
        let values = Values { shape, known };
        Self { values, dice, declared: Vec::new(), variables: Map::new(), fragments: Vec::new(), left, aliases: 0 }
    }

    /// A query.
    #[must_use]
    pub fn query(mut self) -> Document {
        let depth = 1 + self.dice.below(8);
        let selection = if self.dice.chance(4) { INTROSPECTION.to_owned() } else { self.selection("Query", depth) };
        self.end("query", &selection)
    }

    /// A mutation of one field, or of two.
    #[must_use]
    pub fn mutation(mut self) -> Document {
        let shape = self.values.shape;
        let Kind::Object(fields) = shape.kind("Mutation") else { return self.query() };
        let count = if self.dice.chance(10) { 2 } else { 1 };
        let selected: Vec<String> = (0..count)
            .map(|_| {
                let field = self.dice.pick(fields);
                let text = self.field(("Mutation", field), 3);
                let says = |fields: &[Field]| ["operation", "userErrors"].iter().all(|name| fields.iter().any(|field| field.name == *name));
                match (shape.kind(innermost(&field.ty)), text.strip_suffix('}')) {
                    (Kind::Object(fields), Some(open)) if says(fields) => format!("{open}{WENT} }}"),
                    _ => text,
                }
            })
            .collect();
        self.end("mutation", &format!("{{ {} }}", selected.join(" ")))
    }

    fn end(self, kind: &str, selection: &str) -> Document {
        let name = (self.dice.chance(60) || !self.declared.is_empty()).then(|| format!("Q{}", self.dice.below(1_000)));
        let declared = if self.declared.is_empty() { String::new() } else { format!("({})", self.declared.join(", ")) };
        let head = match &name {
            None if kind == "query" => String::new(),
            None => kind.to_owned(),
            Some(name) => format!("{kind} {name}{declared}"),
        };
        let text = format!("{head} {selection} {}", self.fragments.join(" "));
        Document { text: text.trim().to_owned(), variables: self.variables, name }
    }

    fn selection(&mut self, ty: &str, depth: usize) -> String {
        let shape = self.values.shape;
        let (fields, members) = match shape.kind(ty) {
            Kind::Object(fields) => (fields.as_slice(), &[][..]),
            Kind::Abstract(fields, members) => (fields.as_slice(), members.as_slice()),
            Kind::Input(..) | Kind::Enum(_) | Kind::Scalar => return String::new(),
        };
        let mut parts = Vec::new();
        for _ in 0..=self.dice.below(5) {
            if !fields.is_empty() {
                let field = self.dice.pick(fields);
                parts.push(self.field((ty, field), depth));
            }
            if !members.is_empty() && depth > 0 {
                let member = self.dice.pick(members);
                parts.push(format!("... on {member} {}", self.selection(member, depth - 1)));
            }
        }
        if parts.iter().all(String::is_empty) || self.dice.chance(10) {
            parts.push("__typename".to_owned());
        }
        self.wrapped(ty, format!("{{ {} }}", parts.join(" ")))
    }

    /// The selection itself, or with a fragment around it.
    fn wrapped(&mut self, ty: &str, selection: String) -> String {
        match self.dice.below(14) {
            0 => format!("{{ ... on {ty} {selection} }}"),
            1 => format!("{{ ...{} {selection} }}", self.directive()),
            2 => {
                let name = format!("F{}", self.fragments.len());
                self.fragments.push(format!("fragment {name} on {ty} {selection}"));
                format!("{{ ...{name} }}")
            }
            _ => selection,
        }
    }

    fn field(&mut self, (owner, field): (&str, &Field), depth: usize) -> String {
        let inner = innermost(&field.ty);
        let composite = self.values.shape.is_composite(inner);
        if composite && (depth == 0 || self.left == 0) {
            return String::new();
        }
        self.left = self.left.saturating_sub(1);
        let mut arguments = Vec::new();
        for argument in &field.arguments {
            let often = if RARE.contains(&argument.name.as_str()) { 6 } else { 30 };
            if argument.required || self.dice.chance(often) {
                let value = self.values.of(self.dice, if owner == "Query" { &field.name } else { owner }, argument);
                arguments.push(format!("{}: {}", argument.name, self.given(&argument.ty.to_string(), &value)));
            }
        }
        let mut text = String::new();
        if !field.arguments.is_empty() || self.dice.chance(12) {
            self.aliases += 1;
            text = format!("a{}: ", self.aliases);
        }
        text.push_str(&field.name);
        if !arguments.is_empty() {
            text = format!("{text}({})", arguments.join(", "));
        }
        if self.dice.chance(6) {
            text.push_str(&self.directive());
        }
        if composite {
            text.push(' ');
            text.push_str(&self.selection(inner, depth - 1));
        }
        text
    }

    /// A value as it stands in the document: itself, or a variable that holds it.
    fn given(&mut self, ty: &str, value: &async_graphql::Value) -> String {
        if self.dice.chance(55) {
            return literal(value);
        }
        let name = format!("v{}", self.variables.len());
        let default = if self.dice.chance(10) { format!(" = {}", literal(value)) } else { String::new() };
        self.declared.push(format!("${name}: {ty}{default}"));
        self.variables.insert(name.clone(), value.clone().into_json().unwrap_or_default());
        format!("${name}")
    }

    fn directive(&mut self) -> String {
        let (name, condition) = (*self.dice.pick(&["include", "skip"]), self.dice.chance(70));
        let condition = self.given("Boolean!", &async_graphql::Value::from(condition == (name == "include")));
        format!(" @{name}(if: {condition})")
    }
}
