//! What administrators do with partners.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use content::code::Code;
use content::edit::Edit;
use content::finding::{Findings, quoted};
use content::partner::{self as partners, Named, NewPartner, PartnerChange};
use content::user::{Email, EmailError};
use content::{NameError, OperationKind, PartnerId, Slug};

use crate::graphql::admin::answer::Answer;
use crate::graphql::admin::desk;
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::admin::partner::{Partner, PartnerBy};
use crate::graphql::fault::fault;

/// What came of an edit of a partner.
#[derive(SimpleObject)]
pub(super) struct PartnerEdit {
    #[graphql(flatten)]
    answer: Answer,
    /// The partner as it is now, if there is one.
    partner: Option<Partner>,
}

impl PartnerEdit {
    pub(super) async fn of(context: &Context<'_>, answer: Answer, named: Option<Named>) -> Result<Self> {
        let Some(named) = named else { return Ok(Self { answer, partner: None }) };
        let partner = partners::find(desk(context)?, &named).await.map_err(|error| fault(context, &error))?;
        Ok(Self { answer, partner: partner.map(Partner) })
    }
}

/// A partner to be made.
#[derive(InputObject)]
pub(super) struct CreatePartner {
    /// The short name, which will be in the names of its keys: a-z, 0-9 and "-".
    slug: String,
    /// What it is called.
    name: String,
    /// The e-mail address of whoever looks after its keys.
    contact: Option<String>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A partner to be changed.
#[derive(InputObject)]
pub(super) struct ChangePartner {
    /// Which partner.
    partner: PartnerBy,
    /// What it is called from now on.
    name: Option<String>,
    /// Who looks after its keys from now on; null for nobody.
    contact: MaybeUndefined<String>,
    /// What the writer saw: its `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A partner whose keys are stopped, or let work again.
#[derive(InputObject)]
pub(super) struct PartnerSeen {
    /// Which partner.
    partner: PartnerBy,
    /// What the writer saw: its `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// The partner that an edit is about, if there is one.
pub(super) async fn found(context: &Context<'_>, by: PartnerBy) -> Result<Option<PartnerId>> {
    Ok(by.find(context).await?.map(|partner| partner.id))
}

/// The partner that an edit is about must be there.
pub(super) fn there(id: Option<PartnerId>) -> content::Result<PartnerId> {
    id.ok_or_else(|| Findings::one(Code::NotFound, "partner", ("none", "the id or the slug of a partner")).into())
}

fn contact(text: &str) -> content::Result<Email> {
    text.parse().map_err(|error: EmailError| Findings::one(Code::Email, "contact", (quoted(text), error.to_string())).into())
}

/// What administrators do with partners.
#[derive(Default)]
pub(super) struct Partners;

/// What administrators do with partners.
#[Object]
impl Partners {
    /// Makes a partner. Needs the role admin.
    async fn create_partner(&self, context: &Context<'_>, #[graphql(desc = "The partner.")] input: CreatePartner) -> Result<PartnerEdit> {
        let request = request("createPartner", &input);
        let CreatePartner { slug, name, contact: email, order } = input;
        let named = slug.parse().ok().map(Named::Slug);
        let act = async |edit: &mut Edit| {
            let malformed = |error: NameError| Findings::one(Code::NameMalformed, "slug", (quoted(&slug), error.to_string()));
            let slug: Slug = slug.parse().map_err(malformed)?;
            let contact = email.as_deref().map(contact).transpose()?;
            partners::create(edit, NewPartner { slug, name, contact }).await.map(drop)
        };
        let answer = order.perform(context, (OperationKind::Partners, request), act).await?;
        let named = named.filter(|_| answer.is_done());
        PartnerEdit::of(context, answer, named).await
    }

    /// Changes what a partner is called, or who looks after its keys. Needs the role admin.
    async fn change_partner(&self, context: &Context<'_>, #[graphql(desc = "What changes.")] input: ChangePartner) -> Result<PartnerEdit> {
        let request = request("changePartner", &input);
        let ChangePartner { partner, name, contact: email, expect, order } = input;
        let id = found(context, partner).await?;
        let act = async |edit: &mut Edit| {
            let contact = match email {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(text) => Some(Some(contact(&text)?)),
            };
            partners::change(edit, there(id)?, PartnerChange { name, contact }, expect).await.map(drop)
        };
        let answer = order.perform(context, (OperationKind::Partners, request), act).await?;
        PartnerEdit::of(context, answer, id.map(Named::Id)).await
    }

    /// Stops all keys of a partner at once. Needs the role admin.
    async fn disable_partner(&self, context: &Context<'_>, #[graphql(desc = "The partner.")] input: PartnerSeen) -> Result<PartnerEdit> {
        let request = request("disablePartner", &input);
        set_disabled(context, input, (request, true)).await
    }

    /// Lets the keys of a partner work again. Needs the role admin.
    async fn enable_partner(&self, context: &Context<'_>, #[graphql(desc = "The partner.")] input: PartnerSeen) -> Result<PartnerEdit> {
        let request = request("enablePartner", &input);
        set_disabled(context, input, (request, false)).await
    }
}

async fn set_disabled(context: &Context<'_>, input: PartnerSeen, (request, disabled): (String, bool)) -> Result<PartnerEdit> {
    let id = found(context, input.partner).await?;
    let act = async |edit: &mut Edit| partners::set_disabled(edit, there(id)?, disabled, input.expect).await.map(drop);
    let answer = input.order.perform(context, (OperationKind::Partners, request), act).await?;
    PartnerEdit::of(context, answer, id.map(Named::Id)).await
}
