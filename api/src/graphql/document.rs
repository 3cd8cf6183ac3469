//! A document before it is executed: bounded while it is still text, parsed, and measured. All of it is linear in the size of the document.
//!
//! The parser recurses and the validation of fragments can take exponential time; both happen only to documents that have passed here.

use std::collections::{BTreeMap, HashMap};

use async_graphql::Name;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection, SelectionSet,
    VariableDefinition,
};
use async_graphql::{Positioned, ServerError};
use content::code::Code;
use serde_json::{Map, Value as Json};

use crate::limits::Limits;

/// Brackets of any kind inside of each other, in the text. Far more than any honest document has, and far less than the parser's stack can take.
const MOST_NESTING: usize = 100;
/// The depth to which introspection goes; the standard query of tools needs 15.
const INTROSPECTION_DEPTH: usize = 20;

/// A document that may be executed.
#[derive(Debug)]
pub struct Document {
    /// The parsed text.
    pub parsed: ExecutableDocument,
}

/// Why a document is not executed.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Which rule.
    pub code: Code,
    /// The rule with its figures.
    pub errors: Vec<ServerError>,
}

impl Refusal {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, errors: vec![ServerError::new(message, None)] }
    }
}

impl Document {
    /// Reads a document within limits.
    ///
    /// # Errors
    ///
    /// The first limit that it breaks, or what the parser says.
    pub fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        scan(text, limits)?;
        let parsed = parse_query(text).map_err(|error| Refusal { code: Code::Syntax, errors: vec![short(error.into())] })?;
        let fragments = parsed.fragments.iter().map(|(name, fragment)| (name, &fragment.node)).collect();
        let mut measure = Measure { limits, fragments, sizes: HashMap::new(), chain: 0 };
        for (_, operation) in parsed.operations.iter() {
            measure.operation(&operation.node)?;
        }
        Ok(Self { parsed })
    }

    /// Refuses an operation whose variables are not all there, before any of it runs: the library would find out field by field.
    ///
    /// # Errors
    ///
    /// All variables that have neither a value nor a default and may not be null.
    pub fn require_variables(&self, name: Option<&str>, given: &Map<String, Json>) -> Result<(), Refusal> {
        let Some(operation) = self.running(name) else { return Ok(()) };
        let missing = operation.variable_definitions.iter().filter(|definition| {
            let definition = &definition.node;
            let value = given.get(definition.name.node.as_str());
            let absent = value.is_none() && definition.default_value.is_none();
            !definition.var_type.node.nullable && (absent || value.is_some_and(Json::is_null))
        });
        let told = |definition: &Positioned<VariableDefinition>| {
            let message = format!("The variable ${} of type {} has no value.", definition.node.name.node, definition.node.var_type.node);
            ServerError::new(message, Some(definition.pos))
        };
        let errors: Vec<ServerError> = missing.map(told).collect();
        if errors.is_empty() { Ok(()) } else { Err(Refusal { code: Code::Validation, errors }) }
    }

    /// What the operation that will run does; nothing if the document leaves open which one that is.
    #[must_use]
    pub fn operation(&self, name: Option<&str>) -> Option<OperationType> {
        self.running(name).map(|operation| operation.ty)
    }

    fn running(&self, name: Option<&str>) -> Option<&OperationDefinition> {
        let mut operations = self.parsed.operations.iter();
        let found = match name {
            Some(name) => operations.find(|(operation, _)| operation.is_some_and(|operation| operation.as_str() == name)),
            None => operations.next().filter(|_| operations.next().is_none()),
        };
        found.map(|(_, operation)| &operation.node)
    }
}

/// The parser quotes the whole line, which may be the whole document.
fn short(mut error: ServerError) -> ServerError {
    const SHOWN: usize = 400;
    if let Some((end, _)) = error.message.char_indices().nth(SHOWN) {
        error.message.truncate(end);
        error.message.push_str(" ...");
    }
    error
}

/// Counts tokens and the nesting of brackets in the bare text.
fn scan(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let (mut tokens, mut depth) = (0_usize, 0_usize);
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((start, byte)) = bytes.next() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
            b'#' => {
                while bytes.next_if(|(_, byte)| !matches!(byte, b'\n' | b'\r')).is_some() {}
                continue;
            }
            b'"' => {
                let end = string_end(&text.as_bytes()[start..]) + start;
                while bytes.next_if(|(at, _)| *at < end).is_some() {}
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => while bytes.next_if(|(_, byte)| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')).is_some() {},
        }
        tokens += 1;
        if tokens > limits.tokens {
            return Err(Refusal::new(Code::Tokens, format!("The document has more than {} tokens.", limits.tokens)));
        }
        if depth > MOST_NESTING {
            return Err(Refusal::new(Code::Depth, format!("The document has more than {MOST_NESTING} brackets inside of each other.")));
        }
    }
    Ok(())
}

/// Where a string that begins at the start of these bytes ends. An unfinished one ends with the text; the parser will say so.
fn string_end(bytes: &[u8]) -> usize {
    let block = bytes.starts_with(b"\"\"\"");
    let mut at = if block { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if !block => return at + 1,
            b'"' if bytes[at..].starts_with(b"\"\"\"") => return at + 3,
            b'\n' | b'\r' if !block => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

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

struct Measure<'a> {
    limits: &'a Limits,
    fragments: HashMap<&'a Name, &'a FragmentDefinition>,
    sizes: HashMap<&'a Name, Known<'a>>,
    /// Fragments that are being measured inside of each other.
    chain: usize,
}

impl<'a> Measure<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<(), Refusal> {
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
        Ok(())
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::time::{Duration, Instant};

    use content::code::Code;

    use super::Document;
    use crate::limits::Limits;

    fn refused(text: &str) -> Option<Code> {
        Document::read(text, &Limits::default()).err().map(|refusal| refusal.code)
    }

    #[test]
    fn an_honest_document_passes() {
        let text = "query Page($slug: String!) { company(by: {slug: $slug}) { ...Card questions(first: 5) { nodes { text } } } } \
            fragment Card on Company { name # \"a comment {{{\n highlights }";
        assert_eq!(refused(text), None);
    }

    #[test]
    fn each_limit_is_named_when_it_is_broken() {
        let aliases: String = (0..16).fold(String::new(), |mut text, number| {
            let _ = write!(text, "a{number}: __typename ");
            text
        });
        assert_eq!(refused(&format!("{{ {} }}", "a ".repeat(10_001))), Some(Code::Tokens));
        assert_eq!(refused(&format!("{{ {} }}", "a ".repeat(21))), Some(Code::RootFields));
        assert_eq!(refused(&format!("{{ {aliases} }}")), Some(Code::Aliases));
        assert_eq!(refused(&format!("{}x{}", "{a".repeat(13), "}".repeat(13))), Some(Code::Depth));
        assert_eq!(refused(&format!("{{ ... {{ ...{{ {} }} }} }}", "a ".repeat(21))), Some(Code::RootFields));
        assert_eq!(refused(&format!("{{ ...F ...F }} fragment F on Query {{ {} }}", "a ".repeat(11))), Some(Code::RootFields));
        assert_eq!(refused(&format!("{{ a {{ ... {{ {aliases} }} }} }}")), Some(Code::Aliases));
        assert_eq!(refused("{ __schema { types { possibleTypes { interfaces { possibleTypes { name } } } } } }"), Some(Code::Depth));
        assert_eq!(refused(&format!("{{ a {} }}", "@skip(if: true) ".repeat(11))), Some(Code::Directives));
        assert_eq!(refused(&format!("{{ a {{ {} }} }}", "b ".repeat(2_001))), Some(Code::Fields));
        assert_eq!(refused("{ a"), Some(Code::Syntax));
        assert_eq!(refused("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"), Some(Code::Validation));
    }

    #[test]
    fn a_deep_literal_is_refused_before_it_is_parsed() {
        assert_eq!(refused(&format!("{{ a(b: {}{}) }}", "[".repeat(20_000), "]".repeat(20_000))), Some(Code::Depth));
        assert_eq!(
            refused(&format!("{{ a(b: #\r{}{}) }}", "[".repeat(3_000), "]".repeat(3_000))),
            Some(Code::Depth),
            "a comment ends at CR"
        );
        assert_eq!(refused(&format!("{{ a(b: \"{}\") }}", "[".repeat(4_000))), None);
        assert_eq!(refused(&format!("{{ a(b: \"\"\"{}\"\"\") }}", "[\\\"\"\"{".repeat(1_000))), None);
    }

    #[test]
    fn a_long_chain_of_fragments_is_refused() {
        let chain: String = (0..900).fold("{ ...F0 }".to_owned(), |mut text, number| {
            let _ = write!(text, " fragment F{number} on Query {{ ...F{} }}", number + 1);
            text
        });
        assert_eq!(refused(&chain), Some(Code::Depth));
    }

    #[test]
    fn fragments_that_double_each_other_are_counted_not_expanded() {
        let mut text = "{ ...F0 }".to_owned();
        for number in 0..40 {
            let _ = write!(text, " fragment F{number} on Query {{ ...F{next} ...F{next} }}", next = number + 1);
        }
        let start = Instant::now();
        assert_eq!(refused(&format!("{text} fragment F40 on Query {{ __typename }}")), Some(Code::Fields));
        assert_eq!(refused(&text), Some(Code::Fields), "fragments of nothing but fragments count as well");
        assert!(start.elapsed() < Duration::from_secs(5), "counting must not be exponential");
    }
}
