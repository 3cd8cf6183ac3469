//! Parts of answers that were written before (`answers::parts`): put into place while an answer is written, and put together to whole answers, for which
//! the library is not asked at all.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{OperationDefinition, OperationType, Selection};
use async_graphql::{ContextSelectionSet, InputType, Name, Value};
use content::company::{self, State};
use content::view::View;
use serde_json::{Map, Value as Json};

use super::company::Company;
use super::connection::{CompanyEdge, PageInfo, QuestionConnection, QuestionEdge, SalaryRangeEdge};
use super::document::{Print, Sent};
use super::given::Given;
use super::lines::{FocusArea, PrepPlan, PrepWeek, RedFlag, Source, Tip, Trait};
use super::query::CompanyBy;
use super::questions::{Question, QuestionCategory};
use super::rounds::{InterviewLoop, InterviewRound, MinuteRange};
use super::salaries::{Money, SalaryRange};
use super::tiers::Tier;
use crate::answers::{Parts, Place};

/// Goes with a request whose answer may have parts that are written already: each a [`Value::Binary`] of JSON. Its document has no key twice in one
/// selection set.
#[derive(Clone, Debug)]
pub struct Written {
    /// Where parts are kept.
    pub parts: Parts,
    /// The document of the request.
    pub document: Sent,
}

/// What is written of something, as far as it is kept.
pub(crate) trait Lasting {
    /// The state that all of it is written of; nothing if it is not kept by itself.
    fn state(&self) -> Option<State> {
        None
    }
}

impl Lasting for Company {
    fn state(&self) -> Option<State> {
        Some(self.0.state())
    }
}

/// Parts of companies, and what stands around them.
macro_rules! not_by_themselves {
    ($($kind:ty),* $(,)?) => {$(
        impl Lasting for $kind {}
    )*};
}
not_by_themselves!(
    FocusArea<'_>,
    Tip<'_>,
    RedFlag<'_>,
    Trait<'_>,
    Source<'_>,
    PrepPlan,
    PrepWeek,
    InterviewLoop,
    InterviewRound,
    MinuteRange,
    QuestionCategory,
    Question,
    QuestionConnection,
    QuestionEdge,
    SalaryRange,
    SalaryRangeEdge,
    Money,
    Tier,
    CompanyEdge,
    PageInfo,
);

impl Written {
    /// The place of what the selection set of a context asks of something in this state; nothing if it is as soon written as looked for: a few plain
    /// fields of an object that is one of many.
    pub(super) fn place(&self, context: &ContextSelectionSet<'_>, state: State) -> Option<Place> {
        let print = self.document.prints().at(context.item.pos)?;
        let is_alone = context.path_node.is_some_and(|node| node.parent.is_none());
        if !print.is_deep && !is_alone {
            return None;
        }
        let environment = context.query_env;
        let value = |name: &Name| environment.variables.get(name).cloned().or_else(|| default(&environment.operation.node, name));
        Some(place(print, value, (state, context.data_opt::<View>()?)))
    }
}

fn place(print: &Print, value: impl Fn(&Name) -> Option<Value>, (state, view): (State, &View)) -> Place {
    Place { words: print.words, values: print.values(value), state, reach: view.reach() }
}

fn default(operation: &OperationDefinition, name: &Name) -> Option<Value> {
    let definition = operation.variable_definitions.iter().find(|definition| definition.node.name.node == *name)?;
    definition.node.default_value.as_ref().map(|value| value.node.clone())
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
    let sent = |name: &Name| variables.get(name.as_str()).and_then(|value| Value::from_json(value.clone()).ok());
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
        let part = parts.find(&place(print, |name| sent(name).or_else(|| default(operation, name)), (state, view)))?;
        entries += part.entries;
        data.insert(field.response_key().node.clone(), Value::Binary(part.json));
    }
    (entries <= most_entries).then_some(Value::Object(data))
}
