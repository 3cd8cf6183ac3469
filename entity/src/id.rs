//! Identities as they are stored: a company, an operation, and an item inside a guide. All are UUIDs; how they look on the wire is in `wire`.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identity of a company and of its guide: a UUID of version 7, the same in every environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct CompanyId(pub Uuid);

/// The identity of an operation: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct OperationId(pub Uuid);

/// The identity of a job, which several operations are parts of: a UUID of the caller's making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct JobId(pub Uuid);

/// The identity of a user: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct UserId(pub Uuid);

/// The identity of a session: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct SessionId(pub Uuid);

/// The identity of a partner: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct PartnerId(pub Uuid);

/// The identity of an API key, which stays while its secrets change: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct ApiKeyId(pub Uuid);

/// The identity of an entry of the audit record: a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct AuditId(pub Uuid);

/// The identity of a listed item of a guide.
///
/// It is derived (UUID of version 5, RFC 9562) from the company's id, the kind of item and the item's key; so it survives an export and an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
#[serde(transparent)]
pub struct ItemId(pub Uuid);

/// sea-orm asks this of every primary key, for databases that hand out numbers; ours are made before the row is.
macro_rules! never_a_number {
    ($($name:ident),*) => {$(
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}
never_a_number!(CompanyId, OperationId, ItemId, UserId, SessionId, PartnerId, ApiKeyId, AuditId);
