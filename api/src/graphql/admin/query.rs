//! The root of what editors read.

use async_graphql::{Context, ID, Object, OneofObject, Result};
use content::code::Code;
use content::company::By;
use content::user::Named;
use content::{Kind, UserId, WireId, api_key, audit, company, history, operation, partner, signing_key, tier, trusted_document, user};

use super::api_key::{ApiKey, ApiKeyBy, ApiKeyFilter, ApiSecretOwner};
use super::audit::{AuditConnection, AuditEntry, AuditFilter};
use super::company::{Company, CompanyConnection};
use super::desk;
use super::mutation::Now;
use super::operation::{Operation, OperationConnection, OperationFilter};
use super::order::operation_id;
use super::partner::{Partner, PartnerBy};
use super::selection::{CompanyFilter, CompanyOrder};
use super::tier::TierList;
use super::trusted_document::{TrustedDocument, TrustedDocumentConnection};
use super::user::{SigningKey, User};
use crate::access::LIFETIME_S;
use crate::graphql::connection::window;
use crate::graphql::fault::{fault, refused};
use crate::graphql::query::CompanyBy;

/// How one user is named.
#[derive(OneofObject)]
pub(super) enum UserBy {
    /// By id.
    Id(ID),
    /// By e-mail address.
    Email(String),
}

impl UserBy {
    /// The name in the words of `content`; nothing if it can be nobody's.
    pub(super) fn named(&self) -> Option<Named> {
        match self {
            Self::Id(id) => id.parse::<WireId>().ok().filter(|id| id.kind == Kind::User).map(|id| Named::Id(UserId(id.uuid))),
            Self::Email(email) => email.parse().ok().map(Named::Email),
        }
    }

    /// The user.
    pub(super) async fn find(&self, context: &Context<'_>) -> Result<Option<user::User>> {
        let Some(named) = self.named() else { return Ok(None) };
        user::find(desk(context)?, &named).await.map_err(|error| fault(context, &error))
    }
}

/// Everything that editors can read.
pub struct AdminQuery;

/// Everything that editors can read.
#[Object(name = "Query")]
impl AdminQuery {
    /// Who asks; nothing for the operator, who needs no login.
    async fn me(&self, context: &Context<'_>) -> Result<Option<User>> {
        Ok(desk(context)?.standing().map(|standing| User(standing.user.clone())))
    }

    /// One company by its id or slug, published or not; nothing if there is none.
    async fn company(&self, context: &Context<'_>, #[graphql(desc = "How it is named.")] by: CompanyBy) -> Result<Option<Company>> {
        let Some(by) = by.into_content()? else { return Ok(None) };
        let desk = desk(context)?;
        let found = async {
            let Some(id) = company::locate(desk, &by).await? else { return Ok(None) };
            Ok(company::card(desk, &[id]).await?.pop())
        };
        Ok(found.await.map_err(|error: content::Error| fault(context, &error))?.map(Company))
    }

    /// All companies, by name if nothing else is asked for.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn companies(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Which companies.")] filter: Option<CompanyFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<CompanyOrder>,
    ) -> Result<CompanyConnection> {
        let window = window(context, first, after, last, before)?;
        let filter = filter.unwrap_or_default().into_content()?;
        let page = company::cards(desk(context)?, &filter, order_by.map(CompanyOrder::into_content), window).await;
        page.map(|page| CompanyConnection::new(page, Company)).map_err(|error| fault(context, &error))
    }

    /// One operation; nothing if there is none of this id.
    async fn operation(&self, context: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Operation>> {
        let found = operation::find(desk(context)?, operation_id(&id)?).await.map_err(|error| fault(context, &error))?;
        Ok(found.map(Operation))
    }

    /// What was done, newest first.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn operations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Which operations.")] filter: Option<OperationFilter>,
        #[graphql(desc = "Those that touched this company.")] company: Option<CompanyBy>,
    ) -> Result<OperationConnection> {
        let window = window(context, first, after, last, before)?;
        let desk = desk(context)?;
        let filter = filter.unwrap_or_default();
        let test = match company {
            None => filter.into_content()?,
            Some(by) => filter.of_company(located(context, by).await?)?,
        };
        let page = history::operations(desk, &test, window).await;
        page.map(|page| OperationConnection::new(page, Operation)).map_err(|error| fault(context, &error))
    }

    /// The list of tiers.
    async fn tiers(&self, context: &Context<'_>) -> Result<TierList> {
        tier::list(&desk(context)?.view()).await.map(TierList::from).map_err(|error| fault(context, &error))
    }

    /// All users, by e-mail address.
    async fn users(&self, context: &Context<'_>) -> Result<Vec<User>> {
        let users = user::list(desk(context)?).await.map_err(|error| fault(context, &error))?;
        Ok(users.into_iter().map(User).collect())
    }

    /// One user; nothing if there is none of this name.
    async fn user(&self, context: &Context<'_>, #[graphql(desc = "How the user is named.")] by: UserBy) -> Result<Option<User>> {
        Ok(by.find(context).await?.map(User))
    }

    /// The keys whose tokens may still be valid, the newest first.
    async fn signing_keys(&self, context: &Context<'_>) -> Result<Vec<SigningKey>> {
        let keys = signing_key::list(&desk(context)?.gate(), LIFETIME_S).await.map_err(|error| fault(context, &error))?;
        Ok(keys.into_iter().map(SigningKey::from).collect())
    }

    /// All partners, by slug.
    async fn partners(&self, context: &Context<'_>) -> Result<Vec<Partner>> {
        let partners = partner::list(desk(context)?).await.map_err(|error| fault(context, &error))?;
        Ok(partners.into_iter().map(Partner).collect())
    }

    /// One partner; nothing if there is none of this name.
    async fn partner(&self, context: &Context<'_>, #[graphql(desc = "How it is named.")] by: PartnerBy) -> Result<Option<Partner>> {
        Ok(by.find(context).await?.map(Partner))
    }

    /// The documents that are registered for a partner, by the names of their operations.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn trusted_documents(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Whose.")] partner: PartnerBy,
    ) -> Result<TrustedDocumentConnection> {
        let window = window(context, first, after, last, before)?;
        let partner = partner.must(context).await?;
        let page = trusted_document::list(desk(context)?, partner.id, window).await;
        page.map(|page| TrustedDocumentConnection::new(page, TrustedDocument)).map_err(|error| fault(context, &error))
    }

    /// API keys, by name.
    async fn api_keys(&self, context: &Context<'_>, #[graphql(desc = "Which keys.")] filter: Option<ApiKeyFilter>) -> Result<Vec<ApiKey>> {
        let test = filter.unwrap_or_default().test(context).await?;
        let keys = api_key::list(desk(context)?, &test).await.map_err(|error| fault(context, &error))?;
        Ok(keys.into_iter().map(ApiKey).collect())
    }

    /// One API key; nothing if there is none of this name.
    async fn api_key(&self, context: &Context<'_>, #[graphql(desc = "How it is named.")] by: ApiKeyBy) -> Result<Option<ApiKey>> {
        Ok(by.find(context).await?.map(ApiKey))
    }

    /// The key that a secret belongs to; nothing if it is none of ours. The secret itself is not sent.
    async fn api_key_of_secret(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The SHA-256 of the whole secret, in hexadecimal.")] fingerprint: String,
    ) -> Result<Option<ApiSecretOwner>> {
        let found = api_key::of_fingerprint(desk(context)?, &fingerprint).await.map_err(|error| fault(context, &error))?;
        let now = context.data::<Now>()?.0;
        Ok(found.map(|found| ApiSecretOwner::new(found, now)))
    }

    /// What was done or refused at this door, newest first.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn audit(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Which entries.")] filter: Option<AuditFilter>,
    ) -> Result<AuditConnection> {
        let window = window(context, first, after, last, before)?;
        let page = audit::list(desk(context)?, &filter.unwrap_or_default().into(), window).await;
        page.map(|page| AuditConnection::new(page, AuditEntry)).map_err(|error| fault(context, &error))
    }
}

/// A company that must be there.
pub(super) async fn located(context: &Context<'_>, by: CompanyBy) -> Result<content::CompanyId> {
    let missing = || refused(Code::NotFound, "There is no company of this name.");
    let by: By = by.into_content()?.ok_or_else(missing)?;
    let found = company::locate(desk(context)?, &by).await.map_err(|error| fault(context, &error))?;
    found.ok_or_else(missing)
}
