//! Trusted documents: what is registered ahead for a partner, so that a key can be for these alone, and any server knows them by their hash.
//!
//! Whether a text is a document that the API answers is known at its door; here it is a text with a hash.

mod acts;
mod hash;
mod registry;
mod state;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryResult};

use entity::{PartnerId, trusted_document};

use crate::cursor::SortKind;
use crate::error::{Doing, Result};
use crate::page::{Listing, Page, Sorting, Window};
use crate::row::Sound;
use crate::view::{Desk, View, Viewer};

pub use acts::{MOST, MOST_NAME, NewDocument, register, unregister};
pub use entity::trusted_document::Model as TrustedDocument;
pub use hash::Hash;
pub use registry::Registry;
pub(crate) use state::{of_subject, restore};

/// The text of a document that is registered for whoever looks; nothing if it is not. At most one statement.
///
/// # Errors
///
/// If the database fails, or the text has another hash than it was registered under.
pub async fn text(view: &View, hash: &Hash) -> Result<Option<String>> {
    let Viewer::Partner(pass) = view.viewer() else { return Ok(None) };
    if !pass.documents.has(hash) {
        return Ok(None);
    }
    let row = trusted_document::Entity::find_by_id((pass.partner_id, hash.to_string())).one(view.store.reader()).await;
    let Some(row) = row.doing("read a document")? else { return Ok(None) };
    trusted_document::Entity::sound(&row)?;
    Ok(Some(row.body))
}

/// The documents of a partner, by their names. One statement.
///
/// # Errors
///
/// If a cursor is refused, or the database fails.
pub async fn list(desk: &Desk, partner: PartnerId, window: Window) -> Result<Page<TrustedDocument>> {
    use trusted_document::Column::{Body, CreatedAt, Hash, Name, PartnerId};
    let statement = Query::select().from(trusted_document::Entity).and_where(PartnerId.eq(partner)).take();
    let columns = [(PartnerId, "partner_id"), (Hash, "hash"), (Name, "name"), (Body, "body"), (CreatedAt, "created_at")];
    let columns = columns.into_iter().map(|(column, name)| (column.into_expr(), name)).collect();
    let read = |row: &QueryResult| TrustedDocument::from_query_result(row, "").doing("read a document");
    let sorting = Sorting::new("document.name", false, [(Name.into_expr(), SortKind::Text), (Hash.into_expr(), SortKind::Text)]);
    let listing = Listing { statement, company: PartnerId.into_expr(), item: Hash.into_expr(), sorting };
    listing.rows(desk.store.reader(), window, columns, read).await
}
