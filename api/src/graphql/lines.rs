//! Lists of one-line texts: focus areas, tips, red flags, traits, sources; and the prep plan.

use async_graphql::{Context, Object, Result, SimpleObject};
use content::{Kind, published};

use super::budget::spend;
use super::here::All;
use super::letters::{Id, Text};

/// A place in a list, from 1.
pub(super) fn position(place: usize) -> i32 {
    i32::try_from(place + 1).unwrap_or(i32::MAX)
}

macro_rules! line {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        pub(crate) struct $name<'a>(&'a published::Line);

        impl<'a> $name<'a> {
            /// Those of a list, in its order.
            pub(crate) fn all(context: &Context<'_>, lines: &'a [published::Line]) -> Result<All<Self>> {
                spend(context, lines.len())?;
                Ok(lines.iter().map(Self).collect())
            }
        }

        $(#[$doc])*
        #[Object]
        impl $name<'_> {
            /// Identifies it; stays when it is reworded or moved.
            async fn id(&self) -> Id {
                Id(self.0.id.wire(Kind::$kind))
            }

            /// What it says, in one line.
            async fn text(&self) -> Text<&str> {
                Text(&self.0.text)
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
    text: Text<String>,
}

impl From<&[content::guide::Week]> for PrepPlan {
    fn from(weeks: &[content::guide::Week]) -> Self {
        Self { weeks: weeks.iter().map(|week| PrepWeek { week: week.week, text: Text(week.text.clone()) }).collect() }
    }
}
