//! Whether a text is a document that the public schema answers, found out without executing it: for documents that are registered ahead.

use std::sync::{Arc, LazyLock};

use async_graphql::async_trait::async_trait;
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Name, Request, Response, ServerError, Variables};
use content::code::Code;
use content::trusted_document::NewDocument;
use serde_json::Map;

use super::{Document, Refusal};
use crate::graphql::{Arrangement, PublicSchema, Types, builder};
use crate::limits::Limits;

/// What is wrong with one document; of more than this the rest is only counted.
const MOST_ERRORS: usize = 10;

/// What came of a look: the document as it can be registered, or all that is wrong with it, for people.
pub type Checked = Result<NewDocument, Vec<String>>;

/// Looks at a text as the public door does, with the same limits and rules, for all of its operations.
///
/// # Errors
///
/// All that is wrong with it.
pub async fn check(text: &str, limits: &Limits) -> Checked {
    let said = |refusal: Refusal| told(refusal.code, &refusal.errors);
    if text.len() > limits.body_bytes {
        let message = format!("a text of {} bytes, where a request has at most {}", text.len(), limits.body_bytes);
        return Err(said(Refusal::new(Code::BodyLarge, message)));
    }
    let document = Document::read(text, limits).map_err(said)?;
    by_rules(&document).await.map_err(|errors| told(Code::Validation, &errors))?;
    affordable(&document, limits).map_err(said)?;
    let mut names: Vec<_> =
        document.parsed.operations.iter().filter_map(|(name, operation)| Some((operation.pos, name.map(Name::as_str)?))).collect();
    names.sort_unstable();
    let names: Vec<&str> = names.into_iter().map(|(_, name)| name).collect();
    Ok(NewDocument { name: names.join(", "), text: text.to_owned() })
}

/// All that the rules of the schema find.
async fn by_rules(document: &Document) -> Result<(), Vec<ServerError>> {
    // Building the schema takes longer than all looks at an ordinary document. What it would execute with is nowhere: it executes nothing.
    static RULES: LazyLock<PublicSchema> = LazyLock::new(|| builder().extension(RulesAlone).finish());
    // The rules look at all operations, whichever would run.
    let name = document.parsed.operations.iter().next().and_then(|(name, _)| name.cloned());
    let mut request = Request::new(String::new()).variables(Variables::default());
    request.operation_name = name.map(|name| name.to_string());
    request.set_parsed_query(document.parsed.clone());
    let mut errors = RULES.execute(request).await.errors;
    if errors.is_empty() {
        let operations = document.parsed.operations.iter();
        let forms = operations.map(|(_, operation)| Arrangement::of(&document.parsed, Some(&operation.node), &Map::new(), Types::public()));
        errors.extend(forms.filter_map(Result::err).flatten());
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Refuses a document that costs too much whoever asks it, with whichever variables.
fn affordable(document: &Document, limits: &Limits) -> Result<(), Refusal> {
    let operations = document.parsed.operations.iter().filter(|_| document.steady.cost);
    let costs = operations.map(|(_, operation)| document.cost(&operation.node, &Map::new(), limits));
    let limit = u64::from(limits.cost);
    match costs.into_iter().find(|cost| cost.points > limit) {
        Some(cost) => Err(Refusal::new(Code::Cost, cost.told(limit))),
        None => Ok(()),
    }
}

/// Errors for people: what, under which code, and where.
fn told(code: Code, errors: &[ServerError]) -> Vec<String> {
    let one = |error: &ServerError| {
        let place = error.locations.first().map_or_else(String::new, |at| format!(", line {}, column {}", at.line, at.column));
        // The parser draws the place; what it expected stands behind the drawing.
        let message = error.message.rsplit("\n  = ").next().unwrap_or_default();
        format!("{} ({code}{place})", message.trim_end_matches('.'))
    };
    // The library goes through operations in no order, and finds some things twice.
    let mut errors: Vec<&ServerError> = errors.iter().collect();
    errors.sort_by_key(|error| error.locations.first().copied());
    let mut told: Vec<String> = errors.into_iter().map(one).collect();
    told.dedup();
    let more = told.len().saturating_sub(MOST_ERRORS);
    if more > 0 {
        told.truncate(MOST_ERRORS);
        told.push(format!("{more} more errors ({code})"));
    }
    told
}

/// Ends every operation when the rules are through, before anything of it runs.
struct RulesAlone;

impl ExtensionFactory for RulesAlone {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for RulesAlone {
    async fn execute(&self, _context: &ExtensionContext<'_>, _operation: Option<&str>, _next: NextExecute<'_>) -> Response {
        Response::default()
    }
}

#[cfg(test)]
mod tests {
    use content::trusted_document::NewDocument;

    use super::check;
    use crate::limits::Limits;

    async fn wrong(text: &str) -> Vec<String> {
        check(text, &Limits::default()).await.err().unwrap_or_default()
    }

    #[tokio::test]
    async fn a_document_is_known_by_the_names_of_its_operations() {
        for (text, name) in [
            ("query Page($slug: String!) { company(by: {slug: $slug}) { name } }", "Page"),
            ("query A { tiers { key } } query B($ids: [ID!]!) { nodes(ids: $ids) { id } }", "A, B"),
            ("{ tiers { key } }", ""),
            ("{ __schema { types { name } } }", ""),
        ] {
            assert_eq!(check(text, &Limits::default()).await, Ok(NewDocument { name: name.to_owned(), text: text.to_owned() }));
        }
    }

    #[tokio::test]
    async fn what_the_public_door_refuses_is_told_in_full() {
        assert_eq!(wrong("{ tiers { key ").await.len(), 1);
        let told = wrong("query A { tiers { colour } } query B { nobody unheard }").await;
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("colour") && told[0].ends_with("(REQ-006, line 1, column 19)"), "{told:?}");
        assert!(wrong(&format!("{{ {} }}", "a ".repeat(21))).await[0].contains("LIM-004"));
        assert!(wrong(&format!("{{ tiers {{ key }} }} # {}", "x".repeat(70_000))).await[0].contains("LIM-001"));
        assert!(wrong("{ tiers { n: key } ... { tiers { n: name } } }").await[0].starts_with("n stands for two different things"));
        assert!(wrong("mutation { forget } ").await[0].contains("REQ-006"));
        assert!(wrong("subscription { news } ").await[0].contains("REQ-006"));
        let dear = "{ companies(first: 100) { nodes { questions(first: 100) { nodes { company { questions(first: 100) { nodes { text } } } } } } } }";
        assert!(wrong(dear).await[0].contains("LIM-012"));
        let many: Vec<String> = (0..30).map(|number| format!("x{number}")).collect();
        let many = format!("{{ tiers {{ {} }} }}", many.join(" "));
        assert_eq!(wrong(&many).await.last().map(String::as_str), Some("20 more errors (REQ-006)"));
    }
}
