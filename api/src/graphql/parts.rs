//! Parts of answers that were written before (`answers::parts`): put into place while an answer is written, and put together to whole answers, for which
//! the library is not asked at all.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, OperationDefinition, OperationType, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_container;
use async_graphql::{ContextSelectionSet, InputType, Name, OutputType, Positioned, ServerResult, Value};
use content::company::{self, State};
use content::view::View;
use serde_json::{Map, Value as Json};

use super::budget::Budget;
use super::company::Company;
use super::document::{Print, Sent};
use super::given::Given;
use super::here;
use super::query::CompanyBy;
use crate::answers::{Part, PartName, Parts};

/// Goes with a request whose answer may have parts that are written already: each a [`Value::Binary`] of JSON. Its document has no key twice in one
/// selection set, and all variables with a default have a value.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Where parts are kept.
    pub parts: Parts,
    /// The document of the request.
    pub document: Sent,
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
        let Prepared { parts, document } = context.data_opt()?;
        let print = document.prints().at(context.item.pos)?;
        let is_alone = context.path_node.is_some_and(|node| node.parent.is_none());
        if !print.is_deep && !is_alone {
            return None;
        }
        let name = name(print, |name| context.query_env.variables.get(name).cloned(), (self.0.0.state(), context.data_opt()?))?;
        Some((parts, name))
    }
}

fn name(print: &Print, value: impl Fn(&Name) -> Option<Value>, (state, view): (State, &View)) -> Option<PartName> {
    Some(PartName { words: print.words, values: print.values(value)?, state, reach: view.reach() })
}

impl FromIterator<Lasting> for AllLasting {
    fn from_iter<I: IntoIterator<Item = Lasting>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl OutputType for Lasting {
    fn type_name() -> Cow<'static, str> {
        Company::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Company::create_type_info(registry)
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        match here::write(context, || self.put(context)) {
            Some(value) => Ok(value),
            None => resolve_container(context, &self.0).await,
        }
    }
}

impl OutputType for AllLasting {
    fn type_name() -> Cow<'static, str> {
        <Vec<Company> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<Company> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<Company> as OutputType>::create_type_info(registry)
    }

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
    variables: &Map<String, Json>,
    (view, parts, most_entries): (&View, &Parts, usize),
) -> Option<Value> {
    if operation.ty != OperationType::Query || !document.is_distinct() {
        return None;
    }
    let given = Given { operation, variables };
    let value = |name: &Name| variables.get(name.as_str()).and_then(|value| Value::from_json(value.clone()).ok());
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
        let part = parts.find(&name(print, value, (state, view))?)?;
        entries += part.entries;
        data.insert(field.response_key().node.clone(), Value::Binary(part.json));
    }
    (entries <= most_entries).then_some(Value::Object(data))
}
