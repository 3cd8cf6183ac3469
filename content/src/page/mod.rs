//! One page of a list, for all lists: keyset paging forwards and backwards over any order that ends in something unique.

mod listing;
mod memory;
mod remembered;

use crate::code::Code;
use crate::cursor::Cursor;
use crate::error::{Error, Result};
use crate::view::View;

use listing::Side;
pub(crate) use listing::{Leaf, Listing, Sorting};
pub(crate) use memory::of_memory;
pub(crate) use remembered::{Remembered, totals};

/// Entries of a page that does not say how many.
pub const DEFAULT_SIZE: u32 = 20;

/// Which page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    size: u32,
    backward: bool,
    after: Option<String>,
    before: Option<String>,
}

/// The arguments of a page as they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How many from the start.
    pub first: Option<i32>,
    /// Behind this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// In front of this cursor.
    pub before: Option<String>,
}

impl Window {
    /// Checks the arguments of a page.
    ///
    /// # Errors
    ///
    /// [`Code::Page`] if they do not go together, [`Code::PageLarge`] if more than `most` entries are asked for: never a silent clip.
    pub fn new(asked: Asked, most: u32) -> Result<Self> {
        let Asked { first, after, last, before } = asked;
        let (name, asked, backward) = match (first, last) {
            (Some(_), Some(_)) => return Err(Error::refused(Code::Page, "Give first or last, not both.")),
            (Some(first), None) => ("first", first, false),
            (None, Some(last)) => ("last", last, true),
            (None, None) => ("first", i32::try_from(Ord::min(DEFAULT_SIZE, most)).unwrap_or(i32::MAX), false),
        };
        match u32::try_from(asked) {
            Ok(size) if size <= most => Ok(Self { size, backward, after, before }),
            Ok(size) => Err(Error::refused(Code::PageLarge, format!("{name} is {size}; a page has at most {most} entries."))),
            Err(_) => Err(Error::refused(Code::Page, format!("{name} is {asked}; a page has 0 to {most} entries."))),
        }
    }

    /// Cuts off the row behind the page, and puts the rows into the order of the list. Gives whether there was one.
    fn cut<T>(&self, rows: &mut Vec<T>) -> bool {
        let more = rows.len() > self.size as usize;
        rows.truncate(self.size as usize);
        if self.backward {
            rows.reverse();
        }
        more
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The entries with their cursors, in the order of the list whichever way it is read.
    pub edges: Vec<(Cursor, T)>,
    rest: Rest,
}

/// What is known of the list outside of the page, or how to find it out: nobody pays for what nobody asks.
#[derive(Clone, Debug)]
enum Rest {
    Known { total: u64, next: bool, previous: bool },
    Ask(Box<Unread>),
}

#[derive(Clone, Debug)]
struct Unread {
    listing: Listing,
    /// Whether it is a list of published content, which is the same until the next version of the catalogue.
    published: bool,
    next: bool,
    previous: bool,
    after: Option<Cursor>,
    before: Option<Cursor>,
}

impl Unread {
    /// The same, where entries follow in the direction of a window, or none do.
    fn with_more(self, more: bool, window: &Window) -> Self {
        Self { next: more && !window.backward, previous: more && window.backward, ..self }
    }
}

impl<T> Page<T> {
    /// How many entries the whole list has. At most one statement.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn total(&self, view: &View) -> Result<u64> {
        match &self.rest {
            Rest::Known { total, .. } => Ok(*total),
            Rest::Ask(unread) if unread.published && view.may_remember() => unread.listing.total(view).await,
            Rest::Ask(unread) => unread.listing.count(view).await,
        }
    }

    /// Whether entries follow the page. At most one statement.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn has_next(&self, view: &View) -> Result<bool> {
        match &self.rest {
            Rest::Known { next, .. } => Ok(*next),
            Rest::Ask(unread) if unread.next => Ok(true),
            Rest::Ask(unread) => unread.listing.any_from(view.store.reader(), unread.before.as_ref(), Side::Behind).await,
        }
    }

    /// Whether entries come before the page. At most one statement.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn has_previous(&self, view: &View) -> Result<bool> {
        match &self.rest {
            Rest::Known { previous, .. } => Ok(*previous),
            Rest::Ask(unread) if unread.previous => Ok(true),
            Rest::Ask(unread) => unread.listing.any_from(view.store.reader(), unread.after.as_ref(), Side::InFront).await,
        }
    }

    fn map<U>(self, change: impl FnMut((Cursor, T)) -> Result<(Cursor, U)>) -> Result<Page<U>> {
        Ok(Page { edges: self.edges.into_iter().map(change).collect::<Result<_>>()?, rest: self.rest })
    }
}

fn order_name(name: &str, descending: bool) -> String {
    format!("{name}.{}", if descending { "desc" } else { "asc" })
}
