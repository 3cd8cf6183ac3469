//! What questions can be filtered by.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition};

use entity::{Difficulty, ItemId, published_category, published_question, published_tag};

use super::Question;
use crate::company::{self, CompanyTest};
use crate::error::Result;
use crate::filter::{Filter, TextTest, storable};
use crate::fold::fold;
use crate::index::difficulty_rank;
use crate::view::View;

/// One test of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionTest {
    /// It is one of these.
    Id(Vec<ItemId>),
    /// The company whose guide it is in.
    Company(Filter<CompanyTest>),
    /// The name of its category.
    Category(TextTest),
    /// Its text.
    Text(TextTest),
    /// It has one of these tags, folded.
    Tag(Vec<String>),
    /// Its difficulty is one of these.
    Difficulty(Vec<Difficulty>),
}

impl QuestionTest {
    /// The question has one of these tags; case and accents do not count.
    #[must_use]
    pub fn tags(tags: &[String]) -> Self {
        Self::Tag(tags.iter().map(|tag| fold(tag)).collect())
    }

    fn expression(&self) -> Expr {
        use published_question::Column as Row;
        match self {
            Self::Id(ids) => Row::Id.is_in(ids.iter().copied()),
            Self::Company(filter) => company::among(filter, Row::CompanyId.into_expr()),
            Self::Category(test) => {
                let name = test.of(published_category::Column::NameFolded.into_expr());
                let passing =
                    Query::select().column(published_category::Column::Id).from(published_category::Entity).and_where(name).take();
                Row::CategoryId.in_subquery(passing)
            }
            Self::Text(test) => test.of(Row::TextFolded.into_expr()),
            Self::Tag(tags) => {
                let tagged = published_tag::Column::Tag.is_in(storable(tags.iter().map(String::as_str)));
                let passing =
                    Query::select().column(published_tag::Column::QuestionId).from(published_tag::Entity).and_where(tagged).take();
                Row::Id.in_subquery(passing)
            }
            Self::Difficulty(wanted) => Row::Difficulty.is_in(wanted.iter().map(|each| difficulty_rank(Some(*each)))),
        }
    }

    fn holds(&self, question: &Question) -> bool {
        let (category, row) = (question.category(), question.question());
        match self {
            Self::Id(ids) => ids.contains(&row.id),
            Self::Company(filter) => filter.holds(&|test| test.holds(&question.company)),
            Self::Category(test) => test.holds(&category.name),
            Self::Text(test) => test.holds(&row.text),
            Self::Tag(tags) => row.tags.iter().any(|tag| tags.contains(&fold(tag))),
            Self::Difficulty(wanted) => row.difficulty.is_some_and(|found| wanted.contains(&found)),
        }
    }
}

/// Refuses a filter that asks about parts which this viewer may not read.
pub(crate) fn allowed(view: &View, filter: &Filter<QuestionTest>) -> Result<()> {
    filter.each(&|test| match test {
        QuestionTest::Company(filter) => company::allowed(view, filter),
        QuestionTest::Id(_) | QuestionTest::Category(_) | QuestionTest::Text(_) | QuestionTest::Tag(_) | QuestionTest::Difficulty(_) => {
            Ok(())
        }
    })
}

pub(crate) fn condition(filter: &Filter<QuestionTest>) -> Condition {
    filter.condition(&QuestionTest::expression)
}

pub(crate) fn passes(filter: &Filter<QuestionTest>, question: &Question) -> bool {
    filter.holds(&|test: &QuestionTest| test.holds(question))
}
