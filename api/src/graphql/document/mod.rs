//! A document before it is executed: bounded while it is still text, parsed, and measured. All of it is linear in the size of the document, and is done
//! once for a document that is kept.
//!
//! The parser recurses and the validation of fragments can take exponential time; both happen only to documents that have passed here.

mod kept;
mod measure;
mod prints;
mod scan;
mod sent;
mod steady;
mod trusted;

use std::sync::{Arc, OnceLock};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType, VariableDefinition};
use async_graphql::{Name, Positioned, ServerError};
use content::code::Code;
use serde_json::{Map, Value as Json};

use self::measure::Measure;
use self::scan::scan;
use self::steady::{Steady, is_plain};
use super::{Arrangement, Cost, Types, ground};
use crate::limits::Limits;

pub use self::kept::Documents;
pub(super) use self::prints::{Print, Prints};
pub use self::sent::Sent;
pub use self::trusted::{Checked, check};

/// A document that may be executed.
#[derive(Debug)]
pub struct Document {
    /// The text that was parsed.
    text: Box<str>,
    /// The parsed text, with a field where the library needs one (`ground`).
    pub parsed: ExecutableDocument,
    /// Fields of all operations, with each fragment counted where it is used.
    fields: usize,
    /// Whether it can ask for anything about the caller: it has the word.
    pub names_viewer: bool,
    /// What is the same whatever is sent with it.
    steady: Steady,
    prints: OnceLock<Prints>,
    cost: OnceLock<Cost>,
    /// The form of its answer, of a document that is known to be right. Before, it is not kept: whoever sends nonsense pays for no memory.
    proven: OnceLock<Option<Arc<Arrangement>>>,
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
    /// A refusal with one sentence.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
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
        Self::parse(text, limits)
    }

    /// Reads a document whose bare text was looked at.
    fn parse(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let mut parsed = parse_query(text).map_err(|error| Refusal { code: Code::Syntax, errors: vec![error.into()] })?;
        let mut measure = Measure::of(&parsed, limits);
        let mut fields = 0;
        for (_, operation) in parsed.operations.iter() {
            fields += measure.operation(&operation.node)?;
        }
        ground(&mut parsed);
        let steady = Steady::of(&parsed);
        let names_viewer = text.contains("viewer");
        let (prints, cost, proven) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Ok(Self { text: text.into(), parsed, fields, names_viewer, steady, prints, cost, proven })
    }

    /// The form that the operation asks for with these variables: as it is kept, if no variable can change it, or worked out.
    ///
    /// # Errors
    ///
    /// As [`Arrangement::of`].
    pub fn arrangement(
        &self,
        operation: Option<&OperationDefinition>,
        variables: &Map<String, Json>,
        types: &'static Types,
    ) -> Result<Arc<Arrangement>, Vec<ServerError>> {
        match (operation, self.proven.get()) {
            (Some(_), Some(Some(arrangement))) => Ok(Arc::clone(arrangement)),
            _ => Arrangement::of(&self.parsed, operation, variables, types).map(Arc::new),
        }
    }

    /// What the operation costs with these variables: worked out once, if no variable can change it.
    #[must_use]
    pub fn cost(&self, operation: &OperationDefinition, variables: &Map<String, Json>, limits: &Limits) -> Cost {
        if let Some(cost) = self.cost.get() {
            return cost.clone();
        }
        let cost = Cost::of(&self.parsed, operation, variables, limits);
        if self.steady.cost {
            self.cost.set(cost.clone()).ok();
        }
        cost
    }

    /// What stands for the selection sets of its companies.
    pub(super) fn prints(&self) -> &Prints {
        self.prints.get_or_init(|| Prints::of(&self.parsed, Types::public()))
    }

    /// Whether no selection set has a key twice, also by way of its fragments: then nothing of the answer has to be put together.
    #[must_use]
    pub const fn is_distinct(&self) -> bool {
        self.steady.distinct
    }

    /// Says that its operation was executed without any error, with an answer of this form: the document is right.
    pub fn prove(&self, arrangement: &Arc<Arrangement>) {
        if self.steady.is_one {
            self.proven.get_or_init(|| self.steady.form.then(|| Arc::clone(arrangement)));
        }
    }

    /// Whether the document was found to be right before, and these variables are so plain that nothing can be wrong with them: texts, whole
    /// numbers and the like, of the type that the operation declares. Then the rules have nothing to find.
    #[must_use]
    pub fn is_proven(&self, operation: Option<&OperationDefinition>, variables: &Map<String, Json>) -> bool {
        let plain = |operation: &OperationDefinition| {
            operation.variable_definitions.iter().all(|definition| {
                let definition = &definition.node;
                variables.get(definition.name.node.as_str()).is_some_and(|value| is_plain(&definition.var_type.node, value))
            })
        };
        self.proven.get().is_some() && operation.is_some_and(plain)
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

    /// The name of the operation that will run, if it has one.
    #[must_use]
    pub fn name(&self, given: Option<&str>) -> Option<&str> {
        self.chosen(given).and_then(|(name, _)| name)
    }

    /// The operation that will run; nothing if the document leaves open which one that is.
    #[must_use]
    pub fn running(&self, name: Option<&str>) -> Option<&OperationDefinition> {
        self.chosen(name).map(|(_, operation)| operation)
    }

    fn chosen(&self, name: Option<&str>) -> Option<(Option<&str>, &OperationDefinition)> {
        let mut operations = self.parsed.operations.iter().map(|(name, operation)| (name.map(Name::as_str), &operation.node));
        match name {
            Some(_) => operations.find(|(operation, _)| *operation == name),
            None => operations.next().filter(|_| operations.next().is_none()),
        }
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
        for quotes in 3..7 {
            let open = format!("{{ a(b: [{}{}", "\"".repeat(quotes), "[".repeat(60_000));
            assert_eq!(refused(&open), Some(if quotes == 6 { Code::Depth } else { Code::Syntax }), "{quotes} quotes");
        }
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
