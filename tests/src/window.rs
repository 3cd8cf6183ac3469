//! Pages as tests ask for them.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use content::cursor::Cursor;
use content::page::{Asked, Window};

/// As many entries as a test may need at once.
pub const MOST: u32 = 100_000;

/// The first entries.
///
/// # Panics
///
/// If the number is none for a page.
#[must_use]
pub fn first(count: i32) -> Window {
    window(Asked { first: Some(count), ..Asked::default() })
}

/// The first entries behind a cursor.
///
/// # Panics
///
/// If the number is none for a page.
#[must_use]
pub fn first_after(count: i32, after: &Cursor) -> Window {
    window(Asked { first: Some(count), after: Some(after.to_string()), ..Asked::default() })
}

/// The last entries.
///
/// # Panics
///
/// If the number is none for a page.
#[must_use]
pub fn last(count: i32) -> Window {
    window(Asked { last: Some(count), ..Asked::default() })
}

/// The last entries in front of a cursor.
///
/// # Panics
///
/// If the number is none for a page.
#[must_use]
pub fn last_before(count: i32, before: &Cursor) -> Window {
    window(Asked { last: Some(count), before: Some(before.to_string()), ..Asked::default() })
}

/// Everything on one page.
///
/// # Panics
///
/// Never: the page is as large as is allowed here.
#[must_use]
pub fn all() -> Window {
    first(i32::try_from(MOST).expect("a number of entries"))
}

/// The page that is asked for.
///
/// # Panics
///
/// If the arguments do not go together.
#[must_use]
pub fn window(asked: Asked) -> Window {
    Window::new(asked, MOST).expect("arguments of a page")
}
