//! Question categories and questions.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use content::company::Company as Content;
use content::{Kind, published};

use super::budget::spend;
use super::here::{All, Here};
use super::letters::{Id, Term, Text, Texts};
use super::lines::position;
use super::parts::Lasting;
use super::terms::Difficulty;

/// A category of questions with its share of the interview.
pub(super) struct QuestionCategory {
    /// Whose it is.
    pub company: Arc<Content>,
    /// Its place in the guide, from 0.
    pub place: usize,
}

impl QuestionCategory {
    fn part(&self) -> &published::Category {
        &self.company.guide.categories[self.place]
    }
}

/// A category of questions with its share of the interview.
#[Object(visible = "super::scopes::questions")]
impl QuestionCategory {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> Id {
        Id(self.part().id.wire(Kind::Category))
    }

    /// Its place in the guide, from 1.
    async fn position(&self) -> i32 {
        position(self.place)
    }

    /// What it is called.
    async fn name(&self) -> Text<&str> {
        Text(&self.part().name)
    }

    /// Its share of the interview in percent; the shares of all categories of a guide add up to 100.
    async fn weight_percent(&self) -> i32 {
        self.part().weight_percent
    }

    /// Its questions, in the order of the guide.
    async fn questions(&self, context: &Context<'_>) -> Result<All<Question>> {
        let places = 0..self.part().questions.len();
        spend(context, places.len())?;
        Ok(places.filter_map(|place| content::question::Question::at(&self.company, self.place, place).map(Question)).collect())
    }

    /// Whose guide it is in.
    async fn company(&self) -> Lasting {
        Lasting::of(Arc::clone(&self.company))
    }
}

/// A question that candidates are asked.
pub(super) struct Question(pub content::question::Question);

/// A question that candidates are asked.
#[Object(visible = "super::scopes::questions")]
impl Question {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> Id {
        Id(self.0.question().id.wire(Kind::Question))
    }

    /// Its place in its category, from 1.
    async fn position(&self) -> i32 {
        position(self.0.place())
    }

    /// What is asked.
    async fn text(&self) -> Text<&str> {
        Text(&self.0.question().text)
    }

    /// How hard it is, if the editors said.
    async fn difficulty(&self) -> Option<Term<Difficulty>> {
        self.0.question().difficulty.map(|difficulty| Term(difficulty.into()))
    }

    /// Words that it is found by.
    async fn tags(&self) -> Texts<'_> {
        Texts(&self.0.question().tags)
    }

    /// What a good answer shows, if the editors said.
    async fn guidance(&self) -> Option<Text<&str>> {
        self.0.question().guidance.as_deref().map(Text)
    }

    /// The category that it is in.
    async fn category(&self) -> Here<QuestionCategory> {
        Here(QuestionCategory { company: Arc::clone(&self.0.company), place: self.0.category_place() })
    }

    /// Whose guide it is in.
    async fn company(&self) -> Lasting {
        Lasting::of(Arc::clone(&self.0.company))
    }
}
