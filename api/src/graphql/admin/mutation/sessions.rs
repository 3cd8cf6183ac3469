//! Coming in and going out. These are no edits: they happen at once, and stand in no history of content.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use content::access::secret::Secret;
use content::access::session::{self, Login as ContentLogin, Opened};
use content::access::{Caller, Gate, role};
use content::code::Code;
use content::edit::Author;
use content::user::Email;
use content::{Kind, Role, SessionEnd, SessionId, Timestamp, WireId};
use time::OffsetDateTime;

use crate::access::Keys;
use crate::graphql::admin::user::User;
use crate::graphql::admin::{desk, witness};
use crate::graphql::fault::{MISTAKE, fault, refused};

/// What somebody proves a login with.
#[derive(InputObject)]
pub(super) struct LoginInput {
    /// The e-mail address.
    email: String,
    /// The password.
    password: String,
}

/// A session that was opened or renewed.
#[derive(SimpleObject)]
pub(super) struct SessionTokens {
    /// Who came in.
    user: User,
    /// What proves it for a quarter of an hour: send it in `Authorization: Bearer ...`.
    access_token: String,
    /// Until when.
    access_expires_at: OffsetDateTime,
    /// What renews the session, once: each renewal gives another one. Used twice, it ends the session.
    refresh_token: String,
    /// Until when it can be renewed.
    refresh_expires_at: OffsetDateTime,
}

/// Whether something of a session was done.
#[derive(SimpleObject)]
pub(super) struct SessionDone {
    /// Always true; what is in the way is an error.
    done: bool,
}

/// The key that signs from now on.
#[derive(SimpleObject)]
pub(super) struct SigningKeyRotated {
    /// Its name in the header of a token (`kid`).
    id: String,
}

async fn tokens(context: &Context<'_>, opened: Opened) -> Result<SessionTokens> {
    let now = context.data::<Now>()?.0;
    let (access, until) = context.data::<Keys>()?.issue(&opened, now).await.map_err(|error| {
        tracing::error!(error = %error, "a token could not be signed");
        refused(Code::Bug, MISTAKE)
    })?;
    Ok(SessionTokens {
        user: User(opened.user),
        access_token: access.reveal().to_owned(),
        access_expires_at: until.to_utc(),
        refresh_token: opened.refresh.reveal().to_owned(),
        refresh_expires_at: opened.expires_at.to_utc(),
    })
}

/// The instant of the request.
#[derive(Clone, Copy, Debug)]
pub struct Now(pub Timestamp);

/// Coming in and going out.
#[derive(Default)]
pub(super) struct Sessions;

/// Coming in and going out.
#[Object]
impl Sessions {
    /// Opens a session. A wrong password, an unknown address and a user who is shut out are told the same (AUT-003); after several failures the next
    /// attempt has to wait (LIM-011).
    async fn login(&self, context: &Context<'_>, #[graphql(desc = "Who comes in.")] input: LoginInput) -> Result<SessionTokens> {
        let caller = context.data::<Caller>()?.clone();
        // Whoever types a password in the place of the address does not find it in a record.
        let actor = Author::new(input.email.parse::<Email>().map_or_else(|_| String::new(), |email| email.to_string()));
        let login = ContentLogin { email: input.email, password: Secret::new(input.password), caller };
        let opened = witnessed(context, &actor, session::open(context.data::<Gate>()?, login).await).await?;
        tokens(context, opened).await
    }

    /// Renews a session with its refresh token, and gives another one. A token that was used before ends the session (AUT-006).
    async fn refresh_session(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The refresh token of the last login or renewal.")] refresh_token: String,
    ) -> Result<SessionTokens> {
        let renewed = session::renew(context.data::<Gate>()?, &Secret::new(refresh_token)).await;
        if let Err(error) = &renewed {
            // A renewal is no act of its own; that somebody has a token that is no good is worth an entry.
            witness::refused(context, None, error.code()).await;
        }
        tokens(context, renewed.map_err(|error| fault(context, &error))?).await
    }

    /// Ends the session that asks.
    async fn logout(&self, context: &Context<'_>) -> Result<SessionDone> {
        let id = standing(context)?.session;
        let ended = session::end(context.data::<Gate>()?, id, SessionEnd::Logout).await;
        witnessed(context, desk(context)?.author(), ended).await?;
        Ok(SessionDone { done: true })
    }

    /// Gives whoever asks another password, for the old one; their other sessions end.
    async fn change_password(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The password until now.")] old_password: String,
        #[graphql(desc = "The password from now on: 12 characters or more.")] new_password: String,
    ) -> Result<SessionDone> {
        let passwords = (Secret::new(old_password), Secret::new(new_password));
        let changed = session::change_password(context.data::<Gate>()?, standing(context)?, passwords, context.data::<Caller>()?).await;
        witnessed(context, desk(context)?.author(), changed).await?;
        Ok(SessionDone { done: true })
    }

    /// Ends a session: one's own, or with the role admin anybody's.
    async fn revoke_session(&self, context: &Context<'_>, #[graphql(desc = "Which session.")] id: ID) -> Result<SessionDone> {
        let missing = || refused(Code::NotFound, "There is no such session.");
        let session = id.parse::<WireId>().ok().filter(|id| id.kind == Kind::Session).map(|id| SessionId(id.uuid)).ok_or_else(missing)?;
        let desk = desk(context)?;
        let owner = session::owner(desk, session).await.map_err(|error| fault(context, &error))?;
        let own = owner.is_some() && owner == desk.standing().map(|standing| standing.user.id);
        if !own && role::require(desk, Role::Admin).is_err() {
            witness::refused(context, Some(desk.author()), Code::RoleMissing).await;
            // That somebody else has a session is not told either.
            return Err(missing());
        }
        owner.ok_or_else(missing)?;
        let ended = session::end(context.data::<Gate>()?, session, SessionEnd::Revoked).await;
        witnessed(context, desk.author(), ended).await?;
        Ok(SessionDone { done: true })
    }

    /// Makes a new key that signs access tokens from now on, for the server that is asked. What the old one signed is valid until it expires. Needs
    /// the role admin.
    async fn rotate_signing_key(&self, context: &Context<'_>) -> Result<SigningKeyRotated> {
        let id = context.data::<Keys>()?.rotate().await.map_err(|error| {
            tracing::error!(error = %error, "the signing key could not be rotated");
            refused(Code::Bug, MISTAKE)
        })?;
        tracing::info!(by = %desk(context)?.author(), key = id, "the signing key was rotated");
        witness::done(context, desk(context)?.author()).await;
        Ok(SigningKeyRotated { id })
    }
}

/// Writes into the audit record how an act ended, and gives what came of it.
async fn witnessed<T>(context: &Context<'_>, actor: &Author, outcome: content::Result<T>) -> Result<T> {
    match &outcome {
        Ok(_) => witness::done(context, actor).await,
        Err(error) => witness::refused(context, Some(actor), error.code()).await,
    }
    outcome.map_err(|error| fault(context, &error))
}

fn standing<'a>(context: &Context<'a>) -> Result<&'a session::Standing> {
    desk(context)?.standing().ok_or_else(|| refused(Code::SessionEnded, "The operator has no session."))
}
