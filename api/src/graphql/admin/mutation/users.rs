//! What administrators do with users.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use content::access::secret::Secret;
use content::code::Code;
use content::edit::Edit;
use content::finding::{Findings, quoted};
use content::user::{self as users, Email, Named, NewUser, UserChange};
use content::{OperationKind, UserId};

use crate::graphql::admin::answer::Answer;
use crate::graphql::admin::desk;
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::admin::query::UserBy;
use crate::graphql::admin::terms::Role;
use crate::graphql::admin::user::User;
use crate::graphql::fault::fault;

/// What came of an edit of a user.
#[derive(SimpleObject)]
pub(super) struct UserEdit {
    #[graphql(flatten)]
    answer: Answer,
    /// The user as they are now, if there is one.
    user: Option<User>,
}

impl UserEdit {
    async fn of(context: &Context<'_>, answer: Answer, named: Option<Named>) -> Result<Self> {
        let Some(named) = named else { return Ok(Self { answer, user: None }) };
        let user = users::find(desk(context)?, &named).await.map_err(|error| fault(context, &error))?;
        Ok(Self { answer, user: user.map(User) })
    }
}

/// A user to be made.
#[derive(InputObject)]
pub(super) struct CreateUser {
    /// The e-mail address: what they log in with, and the name in the history.
    email: String,
    /// What they are called.
    name: String,
    /// What they may do.
    role: Role,
    /// The first password: 12 characters or more. They change it themselves (changePassword).
    password: String,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A user to be changed.
#[derive(InputObject)]
pub(super) struct ChangeUser {
    /// Which user.
    user: UserBy,
    /// What they are called from now on.
    name: Option<String>,
    /// What they may do from now on.
    role: Option<Role>,
    /// What the writer saw: their `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A user to be shut out, or let in again.
#[derive(InputObject)]
pub(super) struct UserSeen {
    /// Which user.
    user: UserBy,
    /// What the writer saw: their `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A user who gets another password.
#[derive(InputObject)]
pub(super) struct ResetPassword {
    /// Which user.
    user: UserBy,
    /// The new password: 12 characters or more.
    new_password: String,
    /// What the writer saw: their `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// The user that an edit is about, if there is one.
async fn found(context: &Context<'_>, by: UserBy) -> Result<Option<UserId>> {
    Ok(by.find(context).await?.map(|user| user.id))
}

fn there(id: Option<UserId>) -> content::Result<UserId> {
    id.ok_or_else(|| Findings::one(Code::NotFound, "user", ("none", "the id or the address of a user")).into())
}

/// What administrators do with users.
#[derive(Default)]
pub(super) struct Users;

/// What administrators do with users.
#[Object]
impl Users {
    /// Makes a user. Needs the role admin.
    async fn create_user(&self, context: &Context<'_>, #[graphql(desc = "The user.")] input: CreateUser) -> Result<UserEdit> {
        let request = request("createUser", &input);
        let CreateUser { email: text, name, role, password, order } = input;
        let named = text.parse().ok().map(Named::Email);
        let act = async |edit: &mut Edit| {
            let malformed = |error: users::EmailError| Findings::one(Code::Email, "email", (quoted(&text), error.to_string()));
            let email: Email = text.parse().map_err(malformed)?;
            users::create(edit, NewUser { email, name, role: role.into(), password: Secret::new(password) }).await.map(drop)
        };
        let answer = order.perform(context, (OperationKind::Users, request), act).await?;
        let named = named.filter(|_| answer.is_done());
        UserEdit::of(context, answer, named).await
    }

    /// Changes what a user is called or may do. Needs the role admin.
    async fn change_user(&self, context: &Context<'_>, #[graphql(desc = "What changes.")] input: ChangeUser) -> Result<UserEdit> {
        let request = request("changeUser", &input);
        let ChangeUser { user, name, role, expect, order } = input;
        let id = found(context, user).await?;
        let change = UserChange { name, role: role.map(Into::into) };
        let act = async |edit: &mut Edit| users::change(edit, there(id)?, change, expect).await.map(drop);
        let answer = order.perform(context, (OperationKind::Users, request), act).await?;
        UserEdit::of(context, answer, id.map(Named::Id)).await
    }

    /// Shuts a user out at once; all their sessions end. Needs the role admin.
    async fn disable_user(&self, context: &Context<'_>, #[graphql(desc = "The user.")] input: UserSeen) -> Result<UserEdit> {
        let request = request("disableUser", &input);
        let id = found(context, input.user).await?;
        let act = async |edit: &mut Edit| users::set_disabled(edit, there(id)?, true, input.expect).await.map(drop);
        let answer = input.order.perform(context, (OperationKind::Users, request), act).await?;
        UserEdit::of(context, answer, id.map(Named::Id)).await
    }

    /// Lets a user in again. Needs the role admin.
    async fn enable_user(&self, context: &Context<'_>, #[graphql(desc = "The user.")] input: UserSeen) -> Result<UserEdit> {
        let request = request("enableUser", &input);
        let id = found(context, input.user).await?;
        let act = async |edit: &mut Edit| users::set_disabled(edit, there(id)?, false, input.expect).await.map(drop);
        let answer = input.order.perform(context, (OperationKind::Users, request), act).await?;
        UserEdit::of(context, answer, id.map(Named::Id)).await
    }

    /// Gives a user another password; all their sessions end. It is not taken back by an undo. Needs the role admin.
    async fn reset_password(&self, context: &Context<'_>, #[graphql(desc = "The password.")] input: ResetPassword) -> Result<UserEdit> {
        let request = request("resetPassword", &input);
        let ResetPassword { user, new_password, expect, order } = input;
        let id = found(context, user).await?;
        let act = async |edit: &mut Edit| users::reset_password(edit, there(id)?, Secret::new(new_password), expect).await.map(drop);
        let answer = order.perform(context, (OperationKind::Users, request), act).await?;
        UserEdit::of(context, answer, id.map(Named::Id)).await
    }
}
