//! The keys that sign access tokens, as far as all servers know them: their public halves. The private halves stay in files of the servers.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use entity::{Timestamp, signing_key};

use crate::access::Gate;
use crate::error::{Doing, Result};

pub use entity::signing_key::Model as SigningKey;

/// All keys whose tokens may still be valid, the newest first: those that sign, and those that were retired no longer ago than a token lasts.
///
/// # Errors
///
/// If the database fails.
pub async fn list(gate: &Gate, token_seconds: i64) -> Result<Vec<SigningKey>> {
    let rows = signing_key::Entity::find().order_by_desc(signing_key::Column::CreatedAt).all(gate.store.reader()).await;
    let oldest = Timestamp(gate.store.clock.now().0 - token_seconds * 1_000_000);
    Ok(rows.doing("list signing keys")?.into_iter().filter(|key| key.retired_at.is_none_or(|at| at >= oldest)).collect())
}

/// Makes a public key known to all servers. One that is known already stays as it is.
///
/// # Errors
///
/// If the database fails.
pub async fn add(gate: &Gate, id: &str, public_key: &str) -> Result<()> {
    let row = signing_key::ActiveModel {
        id: Set(id.to_owned()),
        public_key: Set(public_key.to_owned()),
        created_at: Set(gate.store.clock.now()),
        retired_at: Set(None),
    };
    let known = OnConflict::column(signing_key::Column::Id).do_nothing().to_owned();
    let written = signing_key::Entity::insert(row).on_conflict(known).exec_without_returning(gate.store.writer()).await;
    match written {
        Ok(_) | Err(sea_orm::DbErr::RecordNotInserted) => Ok(()),
        Err(error) => Err(error).doing("keep a signing key"),
    }
}

/// Marks a key as one that signs no more. Tokens that it signed are valid until they expire.
///
/// # Errors
///
/// If the database fails.
pub async fn retire(gate: &Gate, id: &str) -> Result<()> {
    signing_key::Entity::update_many()
        .set(signing_key::ActiveModel { retired_at: Set(Some(gate.store.clock.now())), ..Default::default() })
        .filter(signing_key::Column::Id.eq(id))
        .filter(signing_key::Column::RetiredAt.is_null())
        .exec(gate.store.writer())
        .await
        .doing("retire a signing key")
        .map(drop)
}
