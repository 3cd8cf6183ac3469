//! Filters: tests that are put together with and, or, not. Each is told to the database, and can also be asked of one entry in memory.

use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait};

use crate::fold::fold;

/// Those of these texts that can be stored at all. PostgreSQL takes no text with a zero byte, not even to look for it, so none has one and nothing is
/// found by it.
pub(crate) fn storable<'a>(texts: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    texts.into_iter().filter(|text| !text.contains('\0'))
}

/// Tests put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter<T> {
    /// All of these hold; none given, nothing is asked.
    All(Vec<Self>),
    /// At least one of these holds; none given, nothing passes.
    Any(Vec<Self>),
    /// This one does not hold.
    Not(Box<Self>),
    /// This holds.
    Is(T),
}

impl<T> Default for Filter<T> {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl<T> Filter<T> {
    pub(crate) fn condition(&self, test: &impl Fn(&T) -> Expr) -> Condition {
        match self {
            Self::All(parts) => parts.iter().fold(Condition::all(), |all, part| all.add(part.condition(test))),
            Self::Any(parts) if parts.is_empty() => Condition::all().add(Expr::val(1).eq(0)),
            Self::Any(parts) => parts.iter().fold(Condition::any(), |any, part| any.add(part.condition(test))),
            Self::Not(part) => part.condition(test).not(),
            Self::Is(leaf) => Condition::all().add(test(leaf)),
        }
    }

    /// Looks at every test, and gives the first thing that is in the way.
    pub(crate) fn each<E>(&self, look: &impl Fn(&T) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().try_for_each(|part| part.each(look)),
            Self::Not(part) => part.each(look),
            Self::Is(leaf) => look(leaf),
        }
    }

    pub(crate) fn holds(&self, test: &impl Fn(&T) -> bool) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(test)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(test)),
            Self::Not(part) => !part.holds(test),
            Self::Is(leaf) => test(leaf),
        }
    }
}

/// A test of a text; case, accents and punctuation do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTest {
    /// It is one of these, folded.
    OneOf(Vec<String>),
    /// It has this in it, folded.
    Contains(String),
}

impl TextTest {
    /// The text is one of these.
    #[must_use]
    pub fn one_of(texts: &[String]) -> Self {
        Self::OneOf(texts.iter().map(|text| fold(text)).collect())
    }

    /// The text has this in it.
    #[must_use]
    pub fn contains(part: &str) -> Self {
        Self::Contains(fold(part))
    }

    pub(crate) fn of(&self, column: Expr) -> Expr {
        match self {
            Self::OneOf(texts) => column.is_in(texts.iter().map(String::as_str)),
            // Folded text has no sign that LIKE would take for a pattern.
            Self::Contains(part) => column.like(format!("%{part}%")),
        }
    }

    pub(crate) fn holds(&self, text: &str) -> bool {
        let folded = fold(text);
        match self {
            Self::OneOf(texts) => texts.contains(&folded),
            Self::Contains(part) => folded.contains(part.as_str()),
        }
    }
}

/// A test of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberTest {
    /// It is one of these.
    OneOf(Vec<i64>),
    /// It is this or more.
    AtLeast(i64),
    /// It is this or less.
    AtMost(i64),
}

impl NumberTest {
    pub(crate) fn of(&self, column: Expr) -> Expr {
        match self {
            Self::OneOf(numbers) => column.is_in(numbers.iter().copied()),
            Self::AtLeast(number) => column.gte(*number),
            Self::AtMost(number) => column.lte(*number),
        }
    }

    pub(crate) fn holds(&self, found: i64) -> bool {
        match self {
            Self::OneOf(numbers) => numbers.contains(&found),
            Self::AtLeast(number) => found >= *number,
            Self::AtMost(number) => found <= *number,
        }
    }
}
