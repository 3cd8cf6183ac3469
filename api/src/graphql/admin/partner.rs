//! Partners, as administrators see them.

use async_graphql::{Context, ID, Object, OneofObject, Result};
use content::code::Code;
use content::partner::{self, Named};
use content::{Kind, PartnerId, Timestamp, WireId};
use time::OffsetDateTime;

use super::desk;
use crate::graphql::fault::{fault, refused};

/// Who builds on the API.
pub(super) struct Partner(pub partner::Partner);

/// Who builds on the API.
#[Object]
impl Partner {
    /// Identifies the partner.
    async fn id(&self) -> ID {
        ID(WireId::from(self.0.id).to_string())
    }

    /// The short name, which is in the names of its keys.
    async fn slug(&self) -> &str {
        self.0.slug.as_str()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The e-mail address of whoever looks after its keys.
    async fn contact(&self) -> Option<&str> {
        self.0.contact.as_deref()
    }

    /// What the next writer has to say to have seen.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When the partner was made.
    async fn created_at(&self) -> OffsetDateTime {
        self.0.created_at.to_utc()
    }

    /// Since when none of its keys works, if so.
    async fn disabled_at(&self) -> Option<OffsetDateTime> {
        self.0.disabled_at.map(Timestamp::to_utc)
    }
}

/// How one partner is named.
#[derive(OneofObject)]
pub(super) enum PartnerBy {
    /// By id.
    Id(ID),
    /// By slug.
    Slug(String),
}

impl PartnerBy {
    /// The name in the words of `content`; nothing if it can be nobody's.
    pub(super) fn named(&self) -> Option<Named> {
        match self {
            Self::Id(id) => id.parse::<WireId>().ok().filter(|id| id.kind == Kind::Partner).map(|id| Named::Id(PartnerId(id.uuid))),
            Self::Slug(slug) => slug.parse().ok().map(Named::Slug),
        }
    }

    /// The partner.
    pub(super) async fn find(&self, context: &Context<'_>) -> Result<Option<partner::Partner>> {
        let Some(named) = self.named() else { return Ok(None) };
        partner::find(desk(context)?, &named).await.map_err(|error| fault(context, &error))
    }

    /// The partner, who must be there.
    pub(super) async fn must(&self, context: &Context<'_>) -> Result<partner::Partner> {
        self.find(context).await?.ok_or_else(|| refused(Code::NotFound, "There is no partner of this name."))
    }
}
