//! Parts of answers that were written before (`answers::parts`): put into place while an answer is written, and put together to whole answers, for which
//! the library is not asked at all.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Error, ErrorKind, Write};
use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, OperationDefinition, OperationType, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_container;
use async_graphql::{ContextSelectionSet, InputType, Name, OutputType, Positioned, ServerResult, Value};
use content::company::{self, State};
use content::view::View;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::budget::Budget;
use super::company::Company;
use super::document::{Print, Sent};
use super::given::Given;
use super::here::{self, as_in_schema};
use super::query::CompanyBy;
use crate::answers::{Part, PartName, Parts};

/// Goes with a request whose answer may have parts that are written already: each a [`Value::Binary`] of JSON. Its document has no key twice in one
/// selection set.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Where parts are kept.
    pub parts: Parts,
    /// The document of the request.
    pub document: Sent,
    /// The values of the variables in its parts.
    pub values: Values,
}

/// The values of the variables that are named in the sets of companies, as JSON; nothing for one that is long.
#[derive(Clone, Debug, Default)]
pub struct Values(BTreeMap<Name, Option<Vec<u8>>>);

impl Values {
    /// Those of an operation: what was sent, else the default.
    #[must_use]
    pub fn of(document: &Sent, operation: &OperationDefinition, variables: &Map<String, Json>) -> Self {
        let given = Given { operation, variables };
        let json = |name: &Name| Short::json(given.value(name).as_ref());
        Self(document.prints().variables.iter().map(|name| (name.clone(), json(name))).collect())
    }

    /// A fingerprint (SHA-256) of the values of some variables, if they are short; nothing inside if there are none.
    #[allow(clippy::option_option, reason = "values that are too long are not values that are not there")]
    fn print(&self, names: &BTreeSet<Name>) -> Option<Option<[u8; 32]>> {
        if names.is_empty() {
            return Some(None);
        }
        let mut hash = Sha256::new();
        for name in names {
            let json = self.0.get(name)?.as_ref()?;
            for part in [name.as_bytes(), json] {
                hash.update(part.len().to_be_bytes());
                hash.update(part);
            }
        }
        Some(Some(hash.finalize().into()))
    }
}

/// Bytes, if they are not too many.
struct Short(Vec<u8>);

/// The most of them.
const MOST_BYTES: usize = 1_024;

impl Short {
    /// A value as JSON in a list; that there is none is not the same as null, for a field may have a value of its own for that.
    fn json(value: Option<&Value>) -> Option<Vec<u8>> {
        let mut short = Self(Vec::new());
        serde_json::to_writer(&mut short, value.as_slice()).ok()?;
        Some(short.0)
    }
}

impl Write for Short {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(Error::from(ErrorKind::FileTooLarge));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A company of which a part may be kept.
pub(crate) struct Lasting(pub(crate) Company);

/// A list of such companies.
pub(crate) struct AllLasting(Vec<Lasting>);

impl Lasting {
    /// A company as `content` has it.
    pub(crate) const fn of(company: Arc<company::Company>) -> Self {
        Self(Company(company))
    }

    /// Writes it: as it was written before, or field by field.
    fn put(&self, context: &ContextSelectionSet<'_>) -> Option<()> {
        let Some((parts, name)) = self.part(context) else { return here::object(context, &self.0) };
        let budget = context.data_opt::<Budget>();
        if let Some(part) = parts.find(&name)
            && budget.is_none_or(|budget| budget.take(part.entries))
        {
            here::put(&part.json);
            return Some(());
        }
        let left = || budget.map_or(0, Budget::left);
        let (start, before) = (here::place(), left());
        here::object(context, &self.0)?;
        parts.keep(name, || Part { json: here::since(start), entries: before - left() });
        Some(())
    }

    /// Under which name the part is kept that a selection set asks of it; nothing if it is as soon written as looked for: a few plain fields of a
    /// company that is one of many.
    fn part<'a>(&self, context: &ContextSelectionSet<'a>) -> Option<(&'a Parts, PartName)> {
        let Prepared { parts, document, values } = context.data_opt()?;
        let print = document.prints().at(context.item.pos)?;
        let is_alone = context.path_node.is_some_and(|node| node.parent.is_none());
        if !print.is_deep && !is_alone {
            return None;
        }
        Some((parts, name(print, values, (self.0.0.state(), context.data_opt()?))?))
    }
}

fn name(print: &Print, values: &Values, (state, view): (State, &View)) -> Option<PartName> {
    Some(PartName { words: print.words, values: values.print(&print.variables)?, state, reach: view.reach() })
}

impl FromIterator<Lasting> for AllLasting {
    fn from_iter<I: IntoIterator<Item = Lasting>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl OutputType for Lasting {
    as_in_schema!(Company);

    async fn resolve(&self, context: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        match here::write(context, || self.put(context)) {
            Some(value) => Ok(value),
            None => resolve_container(context, &self.0).await,
        }
    }
}

impl OutputType for AllLasting {
    as_in_schema!(Vec<Company>);

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match here::write(context, || here::list(context, &self.0, |context, company| company.put(context))) {
            Some(value) => Ok(value),
            None => self.0.resolve(context, field).await,
        }
    }
}

/// The data of an answer that is nothing but companies, all of which were written before; else nothing. The operation is known to be right with such
/// variables.
pub async fn put_together(
    (document, operation): (&Sent, &OperationDefinition),
    (variables, values): (&Map<String, Json>, &Values),
    (view, parts, most_entries): (&View, &Parts, usize),
) -> Option<Value> {
    if operation.ty != OperationType::Query || !document.is_distinct() {
        return None;
    }
    let given = Given { operation, variables };
    let (mut data, mut entries) = (IndexMap::new(), 0);
    for item in &operation.selection_set.node.items {
        let Selection::Field(field) = &item.node else { return None };
        let field = &field.node;
        if field.name.node != "company" || !field.directives.is_empty() {
            return None;
        }
        let by = CompanyBy::parse(Some(given.argument(field, "by")?)).ok()?.into_content().ok()??;
        let state = company::known(view, &by).await?;
        let print = document.prints().at(field.selection_set.pos)?;
        let part = parts.find(&name(print, values, (state, view))?)?;
        entries += part.entries;
        data.insert(field.response_key().node.clone(), Value::Binary(part.json));
    }
    (entries <= most_entries).then_some(Value::Object(data))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value as Json, json};

    use super::Values;
    use crate::graphql::{Document, Sent};
    use crate::limits::Limits;

    /// The print of the values of the set of the company that a document asks for.
    #[allow(clippy::option_option, reason = "as what is looked at")]
    fn print(text: &str, variables: &Json) -> Option<Option<[u8; 32]>> {
        let document = Sent::as_read(Arc::new(Document::read(text, &Limits::default()).unwrap()));
        let values = Values::of(&document, document.running(None).unwrap(), variables.as_object().unwrap());
        values.print(&document.prints().variables)
    }

    const QUESTIONS: &str = "{ company(by: {slug: $slug}) { questions(filter: $filter) { totalCount } } }";

    #[test]
    fn different_values_have_different_prints_and_a_default_is_a_value() {
        let of = |filter: &str, default: &str| {
            let variables: Json = serde_json::from_str(&format!("{{\"slug\": \"x\"{filter}}}")).unwrap();
            print(&format!("query($slug: String!, $filter: QuestionFilter{default}) {QUESTIONS}"), &variables).unwrap().unwrap()
        };
        // A name in JSON may have anything in it.
        let crooked = ", \"filter\": {\"text: {eq: \\\"a\\\"}, tag\": {\"eq\": \"b\"}}";
        let all = [
            of("", ""),
            of(", \"filter\": null", ""),
            of(", \"filter\": {\"text\": {\"eq\": \"a\"}}", ""),
            of(", \"filter\": {\"text\": {\"eq\": \"b\"}}", ""),
            of(", \"filter\": {\"text\": {\"eq\": \"a\"}, \"tag\": {\"eq\": \"b\"}}", ""),
            of(crooked, ""),
        ];
        for (place, value) in all.iter().enumerate() {
            assert!(!all[place + 1..].contains(value), "{place}");
        }
        assert_eq!(of("", " = {text: {eq: \"a\"}}"), all[2]);
        assert_eq!(of(", \"filter\": null", " = {text: {eq: \"a\"}}"), all[1]);
    }

    #[test]
    fn long_values_have_no_print_and_what_names_none_needs_none() {
        let text = format!("query($slug: String!, $filter: QuestionFilter) {QUESTIONS}");
        let filter = |length: usize| json!({ "slug": "x", "filter": { "text": { "eq": "x".repeat(length) } } });
        assert!(print(&text, &filter(900)).is_some());
        assert_eq!(print(&text, &filter(1_100)), None);
        let long = json!({ "slug": "x".repeat(2_000) });
        assert_eq!(print("query($slug: String!) { company(by: {slug: $slug}) { name } }", &long), Some(None), "it is not in the part");
    }
}
