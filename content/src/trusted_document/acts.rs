//! What administrators do with the documents of a partner. Each is an edit, so it is recorded and can be taken back.

use std::collections::BTreeMap;

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use entity::{PartnerId, trusted_document};

use super::registry::hashes;
use super::state::{DocumentState, subject};
use super::{Hash, TrustedDocument};
use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::finding::{Findings, Level, Path, quoted};
use crate::partner::{self, Partner};

/// The most documents of one partner: a client of many pages has some hundreds.
pub const MOST: usize = 2_000;
/// The most characters of the names of a document's operations.
pub const MOST_NAME: usize = 200;
/// Rows of one statement.
const AT_ONCE: usize = 200;

/// A document to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    /// The names of its operations; empty if they have none.
    pub name: String,
    /// The text, which is a document that the API answers.
    pub text: String,
}

/// Registers documents for a partner. One that is there already stays as it is.
///
/// # Errors
///
/// [`Code::NotFound`] for the partner, [`Code::TextLong`] for names, [`Code::ListLong`] if they become too many, or if the database fails.
pub async fn register(edit: &mut Edit, partner: PartnerId, documents: Vec<NewDocument>) -> Result<()> {
    let partner = partner::held(edit, partner, None).await?;
    let known = hashes(&edit.transaction, partner.id).await?;
    let mut findings = Findings::default();
    let mut new = BTreeMap::new();
    for (document, number) in documents.into_iter().zip(1..) {
        let chars = document.name.chars().count();
        if chars > MOST_NAME {
            let (found, right) =
                (format!("names of operations of {chars} characters"), format!("at most {MOST_NAME}, all of them together"));
            findings.add(Level::Saving, Code::TextLong, Path::root().at("documents").at(number), (found, right));
        }
        new.insert(Hash::of(&document.text), document);
    }
    new.retain(|hash, _| !known.contains(hash));
    let all = known.len() + new.len();
    if all > MOST {
        let words = (format!("{all} documents of {}", partner.slug), format!("at most {MOST}"));
        findings.add(Level::Saving, Code::ListLong, Path::root().at("documents"), words);
    }
    if !findings.0.is_empty() {
        return Err(Error::Findings(findings));
    }
    let created_at = edit.at();
    let row = |(hash, NewDocument { name, text }): (Hash, NewDocument)| TrustedDocument {
        partner_id: partner.id,
        hash: hash.to_string(),
        name,
        body: text,
        created_at,
    };
    write(edit, &partner, new.into_iter().map(row).collect()).await
}

/// Takes documents of a partner off its list.
///
/// # Errors
///
/// [`Code::NotFound`] for the partner and for each document that it does not have, or if the database fails.
pub async fn unregister(edit: &mut Edit, partner: PartnerId, documents: &[Hash]) -> Result<()> {
    let partner = partner::held(edit, partner, None).await?;
    let known = hashes(&edit.transaction, partner.id).await?;
    let mut findings = Findings::default();
    for (hash, number) in documents.iter().zip(1..).filter(|(hash, _)| !known.contains(hash)) {
        let words = (quoted(&hash.to_string()), format!("the hash of a document of {}", partner.slug));
        findings.add(Level::Saving, Code::NotFound, Path::root().at("documents").at(number), words);
    }
    if !findings.0.is_empty() {
        return Err(Error::Findings(findings));
    }
    remove(edit, &partner, documents).await
}

/// Puts documents in that a partner does not have.
pub(super) async fn write(edit: &mut Edit, partner: &Partner, rows: Vec<TrustedDocument>) -> Result<()> {
    for row in &rows {
        let state = DocumentState::of(partner, row);
        edit.note(subject(partner.id, &row.hash), None::<&DocumentState>, Some(&state))?;
    }
    for rows in rows.chunks(AT_ONCE) {
        let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
        let insert = trusted_document::Entity::insert_many(rows.collect::<Vec<trusted_document::ActiveModel>>());
        insert.exec_without_returning(&edit.transaction).await.doing("keep documents")?;
    }
    Ok(())
}

/// Takes documents off, as far as they are there.
pub(super) async fn remove(edit: &mut Edit, partner: &Partner, documents: &[Hash]) -> Result<()> {
    use trusted_document::Column::{Hash, PartnerId};
    for hashes in documents.chunks(AT_ONCE) {
        let these = PartnerId.eq(partner.id).and(Hash.is_in(hashes.iter().map(ToString::to_string)));
        let rows = trusted_document::Entity::find().filter(these.clone()).all(&edit.transaction).await.doing("read documents")?;
        for row in rows {
            edit.note(subject(partner.id, &row.hash), Some(&DocumentState::of(partner, &row)), None::<&DocumentState>)?;
        }
        trusted_document::Entity::delete_many().filter(these).exec(&edit.transaction).await.doing("remove documents")?;
    }
    Ok(())
}
