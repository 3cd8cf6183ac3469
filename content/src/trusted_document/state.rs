//! A document in a record, with its text: what was taken off comes back whole.

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use entity::{PartnerId, Timestamp, trusted_document};

use super::acts::{self, MOST};
use super::registry::hashes;
use super::{Hash, TrustedDocument};
use crate::edit::Edit;
use crate::error::{Doing, Result};
use crate::partner::{self, Partner};

/// What the name of a document's subject in a record begins with.
const SUBJECT: &str = "document:";

/// A document in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DocumentState {
    label: String,
    name: Option<String>,
    body: String,
    created_at: Timestamp,
}

impl DocumentState {
    pub(super) fn of(partner: &Partner, row: &TrustedDocument) -> Self {
        let name = Some(row.name.clone()).filter(|name| !name.is_empty());
        let label = format!("document_{}_{}", partner.slug, row.hash);
        Self { label, name, body: row.body.clone(), created_at: row.created_at }
    }
}

/// Brings a document back that was taken off, or takes off one that was registered: what an undo does.
pub(crate) async fn restore(
    edit: &mut Edit,
    (partner, hash): (PartnerId, Hash),
    (before, after): (Option<DocumentState>, Option<DocumentState>),
) -> Result<Vec<String>> {
    let partner = partner::held(edit, partner, None).await?;
    let now = trusted_document::Entity::find_by_id((partner.id, hash.to_string())).one(&edit.transaction).await.doing("read a document")?;
    match (now, before, after) {
        (None, None, _) => Ok(Vec::new()),
        (None, Some(state), _) => {
            // Others may have taken its place meanwhile.
            if hashes(&edit.transaction, partner.id).await?.len() >= MOST {
                return Ok(left());
            }
            let DocumentState { label: _, name, body, created_at } = state;
            let row = TrustedDocument { partner_id: partner.id, hash: hash.to_string(), name: name.unwrap_or_default(), body, created_at };
            acts::write(edit, &partner, vec![row]).await.map(|()| Vec::new())
        }
        (Some(now), None, Some(after)) if DocumentState::of(&partner, &now) == after => {
            acts::remove(edit, &partner, &[hash]).await.map(|()| Vec::new())
        }
        // Taken off and registered again since, it is somebody else's.
        (Some(_), None | Some(_), _) => Ok(left()),
    }
}

fn left() -> Vec<String> {
    vec!["document".to_owned()]
}

pub(super) fn subject(partner: PartnerId, hash: &str) -> String {
    format!("{SUBJECT}{}:{hash}", partner.0)
}

/// The document of a subject's name.
pub(crate) fn of_subject(subject: &str) -> Option<(PartnerId, Hash)> {
    let (partner, hash) = subject.strip_prefix(SUBJECT)?.split_once(':')?;
    Some((PartnerId(Uuid::parse_str(partner).ok()?), Hash::read(hash)?))
}
