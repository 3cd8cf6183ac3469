//! What administrators do with users. Each is an edit, so it is recorded and can be taken back; a password is in no record.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set, SqlErr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use entity::{Role, SessionEnd, Timestamp, UserId, user};

use super::{Email, User};
use crate::access::secret::Secret;
use crate::access::{password, session};
use crate::code::Code;
use crate::edit::{Edit, require_seen};
use crate::error::{Doing, Error, Result};
use crate::guide::rules;
use crate::undo::take_fields_back;

/// What the name of a user's subject in a record begins with.
pub(crate) const SUBJECT: &str = "user:";

/// A user to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The e-mail address.
    pub email: Email,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The first password.
    pub password: Secret,
}

/// What changes of a user; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserChange {
    /// What they are called from now on.
    pub name: Option<String>,
    /// What they may do from now on.
    pub role: Option<Role>,
}

/// A user in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UserState {
    email: String,
    name: String,
    role: Role,
    created_at: Timestamp,
    disabled_at: Option<Timestamp>,
    /// Part of the state so that a new password is seen, though it is not told.
    version: i32,
}

impl From<&user::Model> for UserState {
    fn from(row: &user::Model) -> Self {
        let (email, name) = (row.email.clone(), row.name.clone());
        Self { email, name, role: row.role, created_at: row.created_at, disabled_at: row.disabled_at, version: row.version }
    }
}

/// Makes a user.
///
/// # Errors
///
/// [`Code::EmailTaken`], [`Code::PasswordWeak`], a code for the name, or if the database fails.
pub async fn create(edit: &mut Edit, new: NewUser) -> Result<User> {
    rules::name(&new.name)?;
    password::accept(&new.password, &[new.email.as_str(), &new.name])?;
    let taken = user::Entity::find().filter(user::Column::Email.eq(new.email.as_str())).count(&edit.transaction).await;
    if taken.doing("look for the address")? > 0 {
        return Err(Error::refused(Code::EmailTaken, format!("{} belongs to another user.", new.email)));
    }
    let row = user::Model {
        id: edit.desk().store.clock.user_id(),
        email: new.email.to_string(),
        name: new.name,
        role: new.role,
        password_hash: password::hash(new.password).await?,
        version: 1,
        created_at: edit.at(),
        disabled_at: None,
    };
    write_new(edit, row.clone()).await?;
    Ok(User::from(row))
}

async fn write_new(edit: &mut Edit, row: user::Model) -> Result<()> {
    edit.note(subject(row.id), None::<&UserState>, Some(&UserState::from(&row)))?;
    let email = row.email.clone();
    let written = user::Entity::insert(user::ActiveModel::from(row)).exec_without_returning(&edit.transaction).await;
    // On PostgreSQL another writer may have taken the address since it was found free; then the database refuses it.
    written.map(drop).map_err(|source| match source.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Error::refused(Code::EmailTaken, format!("{email} was given to another user just now."))
        }
        _ => Error::Database { doing: "write a user", source },
    })
}

/// Changes what a user is called or may do.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], [`Code::LastAdmin`], a code for the name, or if the database fails.
pub async fn change(edit: &mut Edit, id: UserId, change: UserChange, seen: Option<i32>) -> Result<User> {
    let before = held(edit, id, seen).await?;
    let mut after = before.clone();
    if let Some(name) = change.name {
        rules::name(&name)?;
        after.name = name;
    }
    after.role = change.role.unwrap_or(after.role);
    if after == before {
        return Ok(User::from(before));
    }
    write(edit, before, after).await
}

/// Shuts a user out at once, or lets them in again. Who is shut out loses all sessions.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], [`Code::LastAdmin`], or if the database fails.
pub async fn set_disabled(edit: &mut Edit, id: UserId, disabled: bool, seen: Option<i32>) -> Result<User> {
    let before = held(edit, id, seen).await?;
    if before.disabled_at.is_some() == disabled {
        return Ok(User::from(before));
    }
    let after = user::Model { disabled_at: disabled.then_some(edit.at()), ..before.clone() };
    write(edit, before, after).await
}

/// Gives a user another password, without the old one. All their sessions end.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], [`Code::PasswordWeak`], or if the database fails.
pub async fn reset_password(edit: &mut Edit, id: UserId, new: Secret, seen: Option<i32>) -> Result<User> {
    let before = held(edit, id, seen).await?;
    password::accept(&new, &[&before.email, &before.name])?;
    let after = user::Model { password_hash: password::hash(new).await?, ..before.clone() };
    write(edit, before, after).await
}

/// Whether there is any user at all.
///
/// # Errors
///
/// If the database fails.
pub async fn any(edit: &Edit) -> Result<bool> {
    Ok(user::Entity::find().limit(1).one(&edit.transaction).await.doing("look for users")?.is_some())
}

/// Brings a user back to a recorded state: what an undo does. What else they became since stays, and is told.
pub(crate) async fn restore(edit: &mut Edit, id: UserId, (before, after): (Option<UserState>, Option<UserState>)) -> Result<Vec<String>> {
    let now = locked(edit, id).await?;
    match (now, before, after) {
        (None, None, _) => Ok(Vec::new()),
        // A user who comes back has no password: it was in no record. An administrator gives a new one.
        (None, Some(state), _) => write_new(edit, row_of(id, state)).await.map(|()| Vec::new()),
        (Some(now), None, Some(after)) if UserState::from(&now) == after => {
            keep_an_admin(edit, &now, None).await?;
            edit.note(subject(id), Some(&UserState::from(&now)), None::<&UserState>)?;
            user::Entity::delete_by_id(id).exec(&edit.transaction).await.doing("remove a user").map(|_| Vec::new())
        }
        (Some(_), None, _) | (Some(_), Some(_), None) => Ok(vec!["user".to_owned()]),
        (Some(now), Some(before), Some(after)) => {
            let mut to = now.clone();
            let mut left = Vec::new();
            take_fields_back!((before, after, now) => to, left: name, role, disabled_at);
            if to == now && left.is_empty() {
                return Err(Error::refused(Code::WrongState, "A new password is not taken back; give another one."));
            }
            if to != now {
                write(edit, now, to).await?;
            }
            Ok(left)
        }
    }
}

fn row_of(id: UserId, state: UserState) -> user::Model {
    let UserState { email, name, role, created_at, disabled_at, version } = state;
    user::Model { id, email, name, role, password_hash: password::NONE.to_owned(), version: version + 1, created_at, disabled_at }
}

fn subject(id: UserId) -> String {
    format!("{SUBJECT}{}", id.0)
}

/// The user of a subject's name.
pub(crate) fn of_subject(subject: &str) -> Option<UserId> {
    Uuid::parse_str(subject.strip_prefix(SUBJECT)?).ok().map(UserId)
}

async fn locked(edit: &Edit, id: UserId) -> Result<Option<user::Model>> {
    user::Entity::find_by_id(id).lock_exclusive().one(&edit.transaction).await.doing("lock a user")
}

async fn held(edit: &Edit, id: UserId, seen: Option<i32>) -> Result<user::Model> {
    let Some(row) = locked(edit, id).await? else {
        return Err(Error::refused(Code::NotFound, "There is no such user."));
    };
    require_seen(&row.email, seen, row.version)?;
    Ok(row)
}

async fn write(edit: &mut Edit, before: user::Model, mut after: user::Model) -> Result<User> {
    after.version += 1;
    keep_an_admin(edit, &before, Some(&after)).await?;
    edit.note(subject(after.id), Some(&UserState::from(&before)), Some(&UserState::from(&after)))?;
    let row = user::ActiveModel {
        name: Set(after.name.clone()),
        role: Set(after.role),
        disabled_at: Set(after.disabled_at),
        password_hash: Set(after.password_hash.clone()),
        version: Set(after.version),
        ..Default::default()
    };
    let this = user::Entity::update_many().set(row).filter(user::Column::Id.eq(after.id));
    this.exec(&edit.transaction).await.doing("change a user")?;
    let ended = [(after.disabled_at.is_some(), SessionEnd::Disabled), (after.password_hash != before.password_hash, SessionEnd::Password)];
    if let Some((_, why)) = ended.into_iter().find(|(ends, _)| *ends) {
        session::end_all(&edit.transaction, after.id, None, (why, edit.at())).await?;
    }
    Ok(User::from(after))
}

/// Refuses to take the last administrator away. All administrators are locked, so that two of them cannot shut each other out at once.
async fn keep_an_admin(edit: &Edit, before: &user::Model, after: Option<&user::Model>) -> Result<()> {
    let governs = |user: &user::Model| user.role == Role::Admin && user.disabled_at.is_none();
    if !governs(before) || after.is_some_and(governs) {
        return Ok(());
    }
    let all = user::Entity::find().filter(user::Column::Role.eq(Role::Admin)).lock_exclusive();
    let others = all.all(&edit.transaction).await.doing("lock the administrators")?;
    if others.iter().any(|user| user.id != before.id && governs(user)) {
        return Ok(());
    }
    Err(Error::refused(Code::LastAdmin, format!("{} is the only administrator; make another one first.", before.email)))
}
