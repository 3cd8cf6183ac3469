//! How somebody comes in, stays in, and leaves.

use super::user::User;
use super::{DateTime, schema};

#[derive(cynic::InputObject, Clone)]
pub(crate) struct LoginInput {
    pub(crate) email: String,
    pub(crate) password: String,
}

#[derive(cynic::QueryVariables)]
pub(crate) struct LoginVariables {
    pub(crate) input: LoginInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "LoginVariables")]
pub(crate) struct LoginMutation {
    #[arguments(input: $input)]
    pub(crate) login: SessionTokens,
}

#[derive(cynic::QueryFragment)]
pub(crate) struct SessionTokens {
    pub(crate) user: User,
    pub(crate) access_token: String,
    pub(crate) access_expires_at: DateTime,
    pub(crate) refresh_token: String,
    pub(crate) refresh_expires_at: DateTime,
}

#[derive(cynic::QueryVariables)]
pub(crate) struct RefreshVariables {
    pub(crate) token: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RefreshVariables")]
pub(crate) struct RefreshMutation {
    #[arguments(refreshToken: $token)]
    pub(crate) refresh_session: SessionTokens,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation")]
pub(crate) struct LogoutMutation {
    pub(crate) logout: SessionDone,
}

#[derive(cynic::QueryFragment, Debug)]
pub(crate) struct SessionDone {
    pub(crate) done: bool,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct RevokeSessionVariables {
    pub(crate) id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RevokeSessionVariables")]
pub(crate) struct RevokeSessionMutation {
    #[arguments(id: $id)]
    pub(crate) revoke_session: SessionDone,
}

#[derive(cynic::QueryVariables)]
pub(crate) struct ChangePasswordVariables {
    pub(crate) old: String,
    pub(crate) new: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ChangePasswordVariables")]
pub(crate) struct ChangePasswordMutation {
    #[arguments(oldPassword: $old, newPassword: $new)]
    pub(crate) change_password: SessionDone,
}
