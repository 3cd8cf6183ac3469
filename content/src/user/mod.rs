//! Users: who may come in to edit, and as what.

mod acts;

use std::fmt;
use std::str::FromStr;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use entity::{Role, Timestamp, UserId, user};

use crate::error::{Doing, Result};
use crate::view::Desk;

pub use acts::{NewUser, UserChange, any, change, create, reset_password, set_disabled};
pub(crate) use acts::{of_subject, restore};

/// A user, without the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The identity.
    pub id: UserId,
    /// The e-mail address: what they log in with, and the name in every record.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Rises with every change that an administrator can see: what the next one must say to have seen.
    pub version: i32,
    /// When the user was made.
    pub created_at: Timestamp,
    /// Since when they are shut out, if so.
    pub disabled_at: Option<Timestamp>,
}

impl From<user::Model> for User {
    fn from(row: user::Model) -> Self {
        let user::Model { id, email, name, role, version, created_at, disabled_at, password_hash: _ } = row;
        Self { id, email, name, role, version, created_at, disabled_at }
    }
}

/// An e-mail address, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

/// The text is not an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address such as nora@guides.example, of at most 254 characters")]
pub struct EmailError;

impl Email {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&User> for Email {
    fn from(user: &User) -> Self {
        Self(user.email.clone())
    }
}

/// Two parts around one `@`, without blanks: whether post arrives there is known only by sending some.
impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim().to_lowercase();
        let plain = |part: &str| !part.is_empty() && !part.contains(|sign: char| sign.is_whitespace() || sign.is_control() || sign == '@');
        let sound = text.split_once('@').is_some_and(|(user, host)| plain(user) && plain(host));
        if sound && text.len() <= 254 { Ok(Self(text)) } else { Err(EmailError) }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a user is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// By the identity.
    Id(UserId),
    /// By the e-mail address.
    Email(Email),
}

/// A user, if there is one of this name.
///
/// # Errors
///
/// If the database fails.
pub async fn find(desk: &Desk, named: &Named) -> Result<Option<User>> {
    let condition = match named {
        Named::Id(id) => user::Column::Id.eq(*id),
        Named::Email(email) => user::Column::Email.eq(email.as_str()),
    };
    Ok(user::Entity::find().filter(condition).one(desk.store.reader()).await.doing("find a user")?.map(User::from))
}

/// All users, by e-mail address. They are the editors of one installation, not the public: there are never many.
///
/// # Errors
///
/// If the database fails.
pub async fn list(desk: &Desk) -> Result<Vec<User>> {
    let rows = user::Entity::find().order_by_asc(user::Column::Email).all(desk.store.reader()).await.doing("list users")?;
    Ok(rows.into_iter().map(User::from).collect())
}

/// The administrators who are not shut out: whom somebody can ask.
///
/// # Errors
///
/// If the database fails.
pub async fn admins(desk: &Desk) -> Result<Vec<User>> {
    Ok(list(desk).await?.into_iter().filter(|user| user.role == Role::Admin && user.disabled_at.is_none()).collect())
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn an_address_is_two_parts_around_one_sign() {
        assert_eq!(" Nora@Guides.Example ".parse::<Email>().unwrap().as_str(), "nora@guides.example");
        for text in ["", "nora", "@guides.example", "nora@", "a@b@c", "no ra@guides.example", &format!("{}@b", "a".repeat(254))] {
            assert!(text.parse::<Email>().is_err(), "{text}");
        }
    }
}
