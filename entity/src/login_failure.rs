//! Failed logins, counted so that the next ones are slowed.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
/// A count.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_failure")]
pub struct Model {
    /// What is counted: SHA-256, in hexadecimal, of an account, an address or both.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Failures since the last success.
    pub failures: i32,
    /// When the last one was.
    pub last_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
