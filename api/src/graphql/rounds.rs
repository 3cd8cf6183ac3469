//! The interview loop and its rounds.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use content::company::Company as Content;
use content::{Kind, published};

use super::budget::spend;
use super::here::{All, Here};
use super::letters::{Id, Text, Texts};
use super::lines::{Tip, position};
use super::parts::Lasting;

/// From so many to so many minutes; both figures are the same where there is only one.
#[derive(SimpleObject)]
pub(super) struct MinuteRange {
    /// The least minutes.
    min: i32,
    /// The most minutes.
    max: i32,
}

impl From<content::guide::MinuteRange> for MinuteRange {
    fn from(range: content::guide::MinuteRange) -> Self {
        Self { min: range.min, max: range.max }
    }
}

/// The interview from the first talk to the last.
pub(super) struct InterviewLoop(pub Arc<Content>);

/// The interview from the first talk to the last.
#[Object]
impl InterviewLoop {
    /// The rounds, in the order in which candidates meet them.
    async fn rounds(&self, context: &Context<'_>) -> Result<All<InterviewRound>> {
        spend(context, self.0.guide.rounds.len())?;
        Ok((0..self.0.guide.rounds.len()).map(|place| InterviewRound { company: Arc::clone(&self.0), place }).collect())
    }

    /// How long all rounds take together.
    async fn total_minutes(&self) -> Here<MinuteRange> {
        Here(self.0.guide.total_minutes().into())
    }
}

/// One round of the interview.
pub(super) struct InterviewRound {
    /// Whose it is.
    pub company: Arc<Content>,
    /// Its place in the guide, from 0.
    pub place: usize,
}

impl InterviewRound {
    fn part(&self) -> &published::Round {
        &self.company.guide.rounds[self.place]
    }
}

/// One round of the interview.
#[Object(visible = "super::scopes::companies")]
impl InterviewRound {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> Id {
        Id(self.part().id.wire(Kind::Round))
    }

    /// Its place in the loop, from 1.
    async fn position(&self) -> i32 {
        position(self.place)
    }

    /// What it is called.
    async fn title(&self) -> Text<&str> {
        Text(&self.part().title)
    }

    /// How long it takes.
    async fn duration(&self) -> Here<MinuteRange> {
        Here(self.part().duration.into())
    }

    /// What it is about.
    async fn focus(&self) -> Texts<'_> {
        Texts(&self.part().focus)
    }

    /// Advice for it.
    async fn tips(&self, context: &Context<'_>) -> Result<All<Tip<'_>>> {
        Tip::all(context, &self.part().tips)
    }

    /// Whose interview it is part of.
    async fn company(&self) -> Lasting {
        Lasting::of(Arc::clone(&self.company))
    }
}
