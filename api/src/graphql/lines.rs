//! Lists of one-line texts: focus areas, tips, red flags, traits, sources; and the prep plan.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use content::{ItemId, Kind, published};

use super::budget::spend;
use super::here::All;

/// A place in a list, from 1.
pub(super) fn position(place: usize) -> i32 {
    i32::try_from(place + 1).unwrap_or(i32::MAX)
}

macro_rules! line {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        pub(crate) struct $name {
            id: ItemId,
            text: String,
        }

        impl $name {
            /// Those of a list, in its order.
            pub(crate) fn all(context: &Context<'_>, lines: &[published::Line]) -> Result<All<Self>> {
                spend(context, lines.len())?;
                Ok(lines.iter().map(|line| Self { id: line.id, text: line.text.clone() }).collect())
            }
        }

        $(#[$doc])*
        #[Object]
        impl $name {
            /// Identifies it; stays when it is reworded or moved.
            async fn id(&self) -> ID {
                ID(self.id.wire(Kind::$kind).to_string())
            }

            /// What it says, in one line.
            async fn text(&self) -> &str {
                &self.text
            }
        }
    };
}

line! {
    /// Something that the company's AI teams work on.
    FocusArea, FocusArea
}
line! {
    /// A piece of advice.
    Tip, Tip
}
line! {
    /// Something that candidates should avoid.
    RedFlag, RedFlag
}
line! {
    /// Something that interviewers look for.
    Trait, Trait
}
line! {
    /// Where content of the guide comes from.
    Source, Source
}

/// What to do in the weeks before the interview.
#[derive(SimpleObject)]
pub(super) struct PrepPlan {
    /// The weeks, from the first.
    weeks: All<PrepWeek>,
}

/// A week of the prep plan.
#[derive(SimpleObject)]
pub(super) struct PrepWeek {
    /// Which week, from 1.
    week: i32,
    /// What to do in it.
    text: String,
}

impl From<&[content::guide::Week]> for PrepPlan {
    fn from(weeks: &[content::guide::Week]) -> Self {
        Self { weeks: weeks.iter().map(|week| PrepWeek { week: week.week, text: week.text.clone() }).collect() }
    }
}
