//! Requests that nobody has thought of: documents made from a schema, most of them right and many of them spoilt, and what must be true of every
//! answer. The same number gives the same request over the same content.

pub mod dice;
pub mod document;
pub mod known;
pub mod request;
pub mod shape;
pub mod spoil;
pub mod strange;
pub mod value;
pub mod verdict;

pub use dice::Dice;
pub use document::{Document, Writer};
pub use known::Known;
pub use request::{Asker, Sent};
pub use shape::Shape;
pub use verdict::{Outcome, judge};

/// How many requests are made, and which number is the first one's.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// How many.
    pub count: u64,
    /// The number of the first one; the others follow.
    pub first: u64,
}

impl Extent {
    /// What `GREENROOM_TEST_FUZZ` asks for: `COUNT`, or `COUNT:FIRST`; without it the usual number.
    ///
    /// # Panics
    ///
    /// If it is set and asks for something else.
    #[must_use]
    #[allow(
        clippy::expect_used,
        clippy::disallowed_methods,
        reason = "a harness fails loudly, and whoever starts it says how long it may take"
    )]
    pub fn or(usual: u64) -> Self {
        let Ok(asked) = std::env::var("GREENROOM_TEST_FUZZ") else { return Self { count: usual, first: 0 } };
        let (count, first) = asked.split_once(':').unwrap_or((&asked, "0"));
        let number = |text: &str| text.parse().expect("GREENROOM_TEST_FUZZ is COUNT or COUNT:FIRST");
        Self { count: number(count), first: number(first) }
    }
}
