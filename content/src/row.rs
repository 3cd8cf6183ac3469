//! What stands inside of a row besides its columns: guides, states and lists as text, which must be readable.

use std::collections::BTreeSet;

use sea_orm::EntityTrait;
use serde::de::DeserializeOwned;

use entity::{
    Key, OperationId, WireId, api_key, api_secret, api_use, audit, catalogue, change, company, draft, old_slug, operation,
    operation_change, operation_subject, partner, published_guide, revision, tier, trusted_document, user,
};

use crate::error::{Error, Result};
use crate::guide::Guide;
use crate::operation::{Extra, State};
use crate::published;
use crate::trusted_document::Hash;

/// A table whose rows can say whether they can be read.
pub(crate) trait Sound: EntityTrait {
    /// Reads everything inside of a row.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] with what cannot be read.
    fn sound(_row: &Self::Model) -> Result<()> {
        Ok(())
    }
}

/// These rows hold nothing but their columns.
macro_rules! plain {
    ($($table:ident),*) => {$(
        impl Sound for $table::Entity {}
    )*};
}
plain!(api_secret, api_use, audit, catalogue, change, old_slug, partner, published_guide, tier, user);

impl Sound for api_key::Entity {
    fn sound(row: &api_key::Model) -> Result<()> {
        let what = || format!("the key {}", row.name);
        json::<Vec<entity::Scope>>(&row.scopes, what)?;
        json::<Vec<String>>(&row.origins, what)?;
        json::<Vec<String>>(&row.networks, what).map(drop)
    }
}

impl Sound for trusted_document::Entity {
    fn sound(row: &trusted_document::Model) -> Result<()> {
        if Hash::read(&row.hash) == Some(Hash::of(&row.body)) {
            return Ok(());
        }
        Err(Error::Damaged { what: format!("the document {}", row.hash), why: "its hash is that of another text".to_owned() })
    }
}

impl Sound for company::Entity {
    fn sound(row: &company::Model) -> Result<()> {
        json::<BTreeSet<Key>>(&row.used_keys, || format!("the used keys of {}", row.slug)).map(drop)
    }
}

impl Sound for draft::Entity {
    fn sound(row: &draft::Model) -> Result<()> {
        guide(&row.body, || "the draft".to_owned()).map(drop)
    }
}

impl Sound for revision::Entity {
    fn sound(row: &revision::Model) -> Result<()> {
        // What was published is whole, also by the rules of its readers.
        published::Guide::new(row.company_id, guide(&row.body, || format!("revision {}", row.number))?).map(drop)
    }
}

impl Sound for operation::Entity {
    fn sound(row: &operation::Model) -> Result<()> {
        Extra::from_json(row.answer.as_deref()).map(drop)
    }
}

impl Sound for operation_change::Entity {
    fn sound(row: &operation_change::Model) -> Result<()> {
        for state in [&row.before, &row.after] {
            let Some(state) = State::from_json(state)? else { continue };
            if let Some(draft) = &state.draft {
                guide(&draft.body, || recorded(row.operation_id))?;
            }
            for kept in state.kept.iter().flat_map(|kept| &kept.revisions) {
                guide(&kept.body, || recorded(row.operation_id))?;
            }
        }
        Ok(())
    }
}

impl Sound for operation_subject::Entity {
    fn sound(row: &operation_subject::Model) -> Result<()> {
        let what = || recorded(row.operation_id);
        json::<serde_json::Value>(&row.before, what)?;
        json::<serde_json::Value>(&row.after, what).map(drop)
    }
}

fn recorded(operation: OperationId) -> String {
    format!("the record of {}", WireId::from(operation))
}

fn guide(body: &str, what: impl FnOnce() -> String) -> Result<Guide> {
    Guide::from_json(body).map_err(|error| Error::Damaged { what: what(), why: error.to_string() })
}

fn json<T: DeserializeOwned>(text: &str, what: impl FnOnce() -> String) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Damaged { what: what(), why: error.to_string() })
}
