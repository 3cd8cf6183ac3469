//! Companies: making, renaming and putting away; and reading those whose guide is public.

mod acts;
mod card;
mod deletion;
mod filter;
mod list;
mod pointer;
mod read;
mod state;

pub use acts::{NewCompany, archive, create, rename, restore};
pub(crate) use acts::{free_slug, insert, set_archived, set_slug};
pub use card::{Card, CardDraft, CardOrder, CardState, CardTest, card, cards};
pub use deletion::delete;
pub(crate) use deletion::give_back;
pub use filter::CompanyTest;
pub(crate) use filter::{allowed, among};
pub use list::{CompanyOrder, Selection, list};
pub(crate) use pointer::{Pointer, Pointers};
pub use read::{By, Company, any, existing, find, id_of, locate, of_ids};
pub(crate) use read::{gather, pointers};
pub use state::{State, known};
