//! Sessions: opened by a password, renewed by a token that is used once, ended by many things. A token that is used twice ends its session,
//! because then somebody has a copy (RFC 9700, 4.14.2).

use std::collections::HashMap;

use entity::{Role, SessionEnd, SessionId, Timestamp, UserId, refresh_token, session, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::secret::Secret;
use super::slowing::Counts;
use super::{Caller, Gate, password};
use crate::code::Code;
use crate::error::{Doing, Error, Result};
use crate::user::{Email, User};
use crate::view::Desk;

/// Days that a session lasts after it was last renewed.
pub const DAYS: i64 = 30;
/// Sessions of one user that are open at the same time; the one that was renewed longest ago makes room for a new one.
pub const MOST: u64 = 50;
/// What refresh tokens begin with, for scanners.
const PREFIX: &str = "grr_";

/// A session that was opened or renewed.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Which one.
    pub session: SessionId,
    /// Whose.
    pub user: User,
    /// What renews it next, once.
    pub refresh: Secret,
    /// Until when it can be renewed.
    pub expires_at: Timestamp,
}

/// A session as its user sees it in a list.
pub type Session = session::Model;

/// What somebody proves a login with.
#[derive(Clone, Debug)]
pub struct Login {
    /// The e-mail address as it was typed.
    pub email: String,
    /// The password.
    pub password: Secret,
    /// Where it comes from.
    pub caller: Caller,
}

/// Opens a session. A wrong password, an unknown address and a user who is shut out get the same answer after the same work.
///
/// # Errors
///
/// [`Code::LoginWrong`], [`Code::LoginSlow`] with the seconds to wait, or if the database fails.
pub async fn open(gate: &Gate, login: Login) -> Result<Opened> {
    let email = login.email.trim().to_lowercase();
    let address = login.caller.address.clone();
    let found = holder(gate, &email).await?;
    let known = Counts::of(&email, &address, known_here(gate, found.as_ref(), &address).await?);
    known.attempt(gate).await?;
    let hash = found.as_ref().map(|user| user.password_hash.clone());
    let right = password::matches(login.password, hash).await?;
    let Some(user) = found.filter(|user| right && user.disabled_at.is_none()) else {
        return Err(Error::refused(Code::LoginWrong, "The e-mail address or the password is wrong."));
    };
    known.forgive(gate, &email, &address).await?;
    begin(gate, user, login.caller).await
}

/// The user of an address, if there is one. What is no address is nobody's, and may have signs that a database does not take.
async fn holder(gate: &Gate, email: &str) -> Result<Option<user::Model>> {
    let Ok(email) = email.parse::<Email>() else { return Ok(None) };
    user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(gate.store.reader()).await.doing("find a user")
}

async fn known_here(gate: &Gate, user: Option<&user::Model>, address: &str) -> Result<bool> {
    // The same statement also where there is no user, so that its time tells nothing.
    let id = user.map_or(UserId(uuid::Uuid::nil()), |user| user.id);
    let before = session::Entity::find().filter(session::Column::UserId.eq(id)).filter(session::Column::Address.eq(address));
    Ok(before.one(gate.store.reader()).await.doing("look for earlier sessions")?.is_some())
}

async fn begin(gate: &Gate, user: user::Model, caller: Caller) -> Result<Opened> {
    let now = gate.store.clock.now();
    let id = gate.store.clock.session_id();
    let row = session::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        created_at: Set(now),
        used_at: Set(now),
        expires_at: Set(expiry(now)),
        ended_at: Set(None),
        ended_by: Set(None),
        address: Set(caller.address),
        agent: Set(caller.agent),
    };
    let transaction = gate.store.begin().await?;
    session::Entity::insert(row).exec_without_returning(&transaction).await.doing("open a session")?;
    let refresh = issue(&transaction, id, now).await?;
    let oldest = session::Entity::find()
        .filter(session::Column::UserId.eq(user.id))
        .filter(session::Column::EndedAt.is_null())
        .order_by_desc(session::Column::UsedAt)
        .offset(MOST)
        .limit(1);
    for old in oldest.all(&transaction).await.doing("look for old sessions")? {
        end_where(&transaction, session::Column::Id.eq(old.id), SessionEnd::Revoked, now).await?;
    }
    transaction.commit().await.doing("open a session")?;
    Ok(Opened { session: id, user: User::from(user), refresh, expires_at: expiry(now) })
}

const fn expiry(now: Timestamp) -> Timestamp {
    Timestamp(now.0 + DAYS * 86_400_000_000)
}

async fn issue(database: &impl ConnectionTrait, session: SessionId, now: Timestamp) -> Result<Secret> {
    let token = Secret::random(PREFIX)?;
    let row =
        refresh_token::ActiveModel { hash: Set(token.fingerprint()), session_id: Set(session), issued_at: Set(now), used_at: Set(None) };
    refresh_token::Entity::insert(row).exec_without_returning(database).await.doing("keep a refresh token")?;
    Ok(token)
}

/// Renews a session: the token is used up and another one takes its place.
///
/// # Errors
///
/// [`Code::CredentialUnknown`], [`Code::TokenReused`] for one that was used before (the session has ended then), [`Code::TokenExpired`],
/// [`Code::SessionEnded`], or if the database fails.
pub async fn renew(gate: &Gate, token: &Secret) -> Result<Opened> {
    let now = gate.store.clock.now();
    let transaction = gate.store.begin().await?;
    let hash = token.fingerprint();
    let Some(row) = refresh_token::Entity::find_by_id(hash.as_str()).one(&transaction).await.doing("find a refresh token")? else {
        return Err(Error::refused(Code::CredentialUnknown, "The refresh token is not known here."));
    };
    // Of two who use it at the same time the second waits here, and then finds it used.
    let used = refresh_token::Entity::update_many()
        .set(refresh_token::ActiveModel { used_at: Set(Some(now)), ..Default::default() })
        .filter(refresh_token::Column::Hash.eq(hash))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(&transaction)
        .await
        .doing("use a refresh token")?;
    if used.rows_affected == 0 {
        end_where(&transaction, session::Column::Id.eq(row.session_id), SessionEnd::Reuse, now).await?;
        transaction.commit().await.doing("end a session")?;
        let message = "The refresh token was used before, so somebody may have a copy: the session has ended. Log in again.";
        return Err(Error::refused(Code::TokenReused, message));
    }
    let standing = standing(&transaction, row.session_id, now).await?;
    let renewed = session::ActiveModel { used_at: Set(now), expires_at: Set(expiry(now)), ..Default::default() };
    let this = session::Entity::update_many().set(renewed).filter(session::Column::Id.eq(row.session_id));
    this.exec(&transaction).await.doing("renew a session")?;
    let refresh = issue(&transaction, row.session_id, now).await?;
    transaction.commit().await.doing("renew a session")?;
    Ok(Opened { session: row.session_id, user: standing.user, refresh, expires_at: expiry(now) })
}

/// A session that goes on, with its user as they are now.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Which session.
    pub session: SessionId,
    /// Whose it is.
    pub user: User,
}

impl Standing {
    /// What the user may do.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.user.role
    }
}

/// Looks a session up: asked with every request, so that an end, a new role and a shut door are felt at once. One statement.
///
/// # Errors
///
/// [`Code::SessionEnded`], [`Code::UserDisabled`], [`Code::TokenExpired`], or if the database fails.
pub async fn find(gate: &Gate, id: SessionId) -> Result<Standing> {
    standing(gate.store.reader(), id, gate.store.clock.now()).await
}

async fn standing(database: &impl ConnectionTrait, id: SessionId, now: Timestamp) -> Result<Standing> {
    let found = session::Entity::find_by_id(id).find_also_related(user::Entity).one(database).await.doing("find a session")?;
    let Some((session, Some(user))) = found else {
        return Err(Error::refused(Code::SessionEnded, "The session is not there any more. Log in again."));
    };
    if user.disabled_at.is_some() {
        return Err(Error::refused(Code::UserDisabled, format!("{} is shut out. An administrator can change that.", user.email)));
    }
    if let Some(end) = session.ended_by {
        return Err(Error::refused(Code::SessionEnded, format!("The session has ended ({end}). Log in again.")));
    }
    if session.expires_at <= now {
        return Err(Error::refused(Code::TokenExpired, "The session was not renewed in time. Log in again."));
    }
    Ok(Standing { session: id, user: User::from(user) })
}

/// The sessions of each of these users that go on, the one that was renewed last first. One statement.
///
/// # Errors
///
/// If the database fails.
pub async fn of_users(gate: &Gate, users: &[UserId]) -> Result<HashMap<UserId, Vec<Session>>> {
    let sessions = session::Entity::find()
        .filter(session::Column::UserId.is_in(users.iter().copied()))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(gate.store.clock.now()))
        .order_by_desc(session::Column::UsedAt)
        .order_by_desc(session::Column::Id)
        .all(gate.store.reader());
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for session in sessions.await.doing("list sessions")? {
        found.entry(session.user_id).or_default().push(session);
    }
    Ok(found)
}

/// Whose session it is; nothing if there is none of this id.
///
/// # Errors
///
/// If the database fails.
pub async fn owner(desk: &Desk, id: SessionId) -> Result<Option<UserId>> {
    let row = session::Entity::find_by_id(id).one(desk.store.reader()).await.doing("find a session")?;
    Ok(row.map(|row| row.user_id))
}

/// Ends a session. One that has ended already stays as it ended.
///
/// # Errors
///
/// If the database fails.
pub async fn end(gate: &Gate, id: SessionId, why: SessionEnd) -> Result<()> {
    end_where(gate.store.writer(), session::Column::Id.eq(id), why, gate.store.clock.now()).await
}

/// Ends all sessions of a user, but for one if it is named.
pub(crate) async fn end_all(
    database: &impl ConnectionTrait,
    user: UserId,
    but: Option<SessionId>,
    (why, now): (SessionEnd, Timestamp),
) -> Result<()> {
    let others = but.map(|but| session::Column::Id.ne(but));
    let these = sea_orm::Condition::all().add(session::Column::UserId.eq(user)).add_option(others);
    end_where(database, these, why, now).await
}

async fn end_where(
    database: &impl ConnectionTrait,
    these: impl sea_orm::sea_query::IntoCondition,
    why: SessionEnd,
    now: Timestamp,
) -> Result<()> {
    session::Entity::update_many()
        .set(session::ActiveModel { ended_at: Set(Some(now)), ended_by: Set(Some(why)), ..Default::default() })
        .filter(these.into_condition())
        .filter(session::Column::EndedAt.is_null())
        .exec(database)
        .await
        .doing("end sessions")
        .map(drop)
}

/// Gives the user of a session another password, for the old one; their other sessions end.
///
/// # Errors
///
/// [`Code::LoginWrong`] if the old password is not theirs, [`Code::LoginSlow`], [`Code::PasswordWeak`], or if the database fails.
pub async fn change_password(gate: &Gate, standing: &Standing, (old, new): (Secret, Secret), caller: &Caller) -> Result<()> {
    let email = Email::from(&standing.user);
    let counts = Counts::of(email.as_str(), &caller.address, true);
    password::accept(&new, &[email.as_str(), &standing.user.name])?;
    counts.attempt(gate).await?;
    let row = user::Entity::find_by_id(standing.user.id).one(gate.store.reader()).await.doing("find a user")?;
    if !password::matches(old, row.map(|row| row.password_hash)).await? {
        return Err(Error::refused(Code::LoginWrong, "The old password is wrong."));
    }
    counts.forgive(gate, email.as_str(), &caller.address).await?;
    let hash = password::hash(new).await?;
    let now = gate.store.clock.now();
    let transaction = gate.store.begin().await?;
    let row = user::ActiveModel { password_hash: Set(hash), ..Default::default() };
    let this = user::Entity::update_many().set(row).filter(user::Column::Id.eq(standing.user.id));
    this.exec(&transaction).await.doing("change a password")?;
    end_all(&transaction, standing.user.id, Some(standing.session), (SessionEnd::Password, now)).await?;
    transaction.commit().await.doing("change a password")
}
