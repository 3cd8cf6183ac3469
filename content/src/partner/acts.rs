//! What administrators do with partners. Each is an edit, so it is recorded and can be taken back.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set, SqlErr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use entity::{PartnerId, Slug, Timestamp, api_key, partner, trusted_document};

use super::Partner;
use crate::code::Code;
use crate::edit::{Edit, require_seen};
use crate::error::{Doing, Error, Result};
use crate::guide::rules;
use crate::undo::take_fields_back;
use crate::user::Email;

/// What the name of a partner's subject in a record begins with.
pub(crate) const SUBJECT: &str = "partner:";

/// A partner to be made.
#[derive(Clone, Debug)]
pub struct NewPartner {
    /// The short name, which will be in the names of its keys.
    pub slug: Slug,
    /// What it is called.
    pub name: String,
    /// The e-mail address of whoever looks after its keys.
    pub contact: Option<Email>,
}

/// What changes of a partner; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct PartnerChange {
    /// What it is called from now on.
    pub name: Option<String>,
    /// Who looks after its keys from now on; nobody, if it is said so.
    pub contact: Option<Option<Email>>,
}

/// A partner in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartnerState {
    slug: Slug,
    name: String,
    contact: Option<String>,
    created_at: Timestamp,
    disabled_at: Option<Timestamp>,
    version: i32,
}

impl From<&Partner> for PartnerState {
    fn from(row: &Partner) -> Self {
        let Partner { id: _, slug, name, contact, version, created_at, disabled_at } = row.clone();
        Self { slug, name, contact, created_at, disabled_at, version }
    }
}

/// Makes a partner.
///
/// # Errors
///
/// [`Code::NameTaken`], a code for the name, or if the database fails.
pub async fn create(edit: &mut Edit, new: NewPartner) -> Result<Partner> {
    rules::name(&new.name)?;
    let taken = partner::Entity::find().filter(partner::Column::Slug.eq(new.slug.clone())).count(&edit.transaction).await;
    if taken.doing("look for a partner")? > 0 {
        return Err(taken_by_another(&new.slug));
    }
    let NewPartner { slug, name, contact } = new;
    let id = edit.desk().store.clock.partner_id();
    let contact = contact.map(|email| email.to_string());
    let row = Partner { id, slug, name, contact, version: 1, created_at: edit.at(), disabled_at: None };
    write_new(edit, row.clone()).await?;
    Ok(row)
}

fn taken_by_another(slug: &Slug) -> Error {
    Error::refused(Code::NameTaken, format!("There is a partner {slug} already."))
}

async fn write_new(edit: &mut Edit, row: Partner) -> Result<()> {
    edit.note(subject(row.id), None::<&PartnerState>, Some(&PartnerState::from(&row)))?;
    let slug = row.slug.clone();
    let written = partner::Entity::insert(partner::ActiveModel::from(row)).exec_without_returning(&edit.transaction).await;
    written.map(drop).map_err(|source| match source.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken_by_another(&slug),
        _ => Error::Database { doing: "write a partner", source },
    })
}

/// Changes what a partner is called, or who looks after its keys.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], a code for the name, or if the database fails.
pub async fn change(edit: &mut Edit, id: PartnerId, change: PartnerChange, seen: Option<i32>) -> Result<Partner> {
    let before = held(edit, id, seen).await?;
    let mut after = before.clone();
    if let Some(name) = change.name {
        rules::name(&name)?;
        after.name = name;
    }
    if let Some(contact) = change.contact {
        after.contact = contact.map(|email| email.to_string());
    }
    if after == before { Ok(before) } else { write(edit, before, after).await }
}

/// Stops all keys of a partner at once, or lets them work again.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], or if the database fails.
pub async fn set_disabled(edit: &mut Edit, id: PartnerId, disabled: bool, seen: Option<i32>) -> Result<Partner> {
    let before = held(edit, id, seen).await?;
    if before.disabled_at.is_some() == disabled {
        return Ok(before);
    }
    let after = Partner { disabled_at: disabled.then_some(edit.at()), ..before.clone() };
    write(edit, before, after).await
}

/// Brings a partner back to a recorded state: what an undo does. What else it became since stays, and is told.
pub(crate) async fn restore(
    edit: &mut Edit,
    id: PartnerId,
    (before, after): (Option<PartnerState>, Option<PartnerState>),
) -> Result<Vec<String>> {
    let now = locked(edit, id).await?;
    match (now, before, after) {
        (None, None, _) => Ok(Vec::new()),
        (None, Some(state), _) => {
            let PartnerState { slug, name, contact, created_at, disabled_at, version } = state;
            write_new(edit, Partner { id, slug, name, contact, version: version + 1, created_at, disabled_at }).await.map(|()| Vec::new())
        }
        (Some(now), None, Some(after)) if PartnerState::from(&now) == after => remove(edit, &now).await,
        (Some(_), None, _) | (Some(_), Some(_), None) => Ok(vec!["partner".to_owned()]),
        (Some(now), Some(before), Some(after)) => {
            let mut to = now.clone();
            let mut left = Vec::new();
            take_fields_back!((before, after, now) => to, left: name, contact, disabled_at);
            if to != now {
                write(edit, now, to).await?;
            }
            Ok(left)
        }
    }
}

/// Removes a partner that never had a key, and has no document. With keys it stays, because the record of their use hangs from it.
async fn remove(edit: &mut Edit, now: &Partner) -> Result<Vec<String>> {
    let keys = api_key::Entity::find().filter(api_key::Column::PartnerId.eq(now.id)).limit(1).one(&edit.transaction).await;
    let documents = trusted_document::Entity::find().filter(trusted_document::Column::PartnerId.eq(now.id)).count(&edit.transaction).await;
    if keys.doing("look for keys")?.is_some() || documents.doing("count documents")? > 0 {
        return Ok(vec!["partner".to_owned()]);
    }
    edit.note(subject(now.id), Some(&PartnerState::from(now)), None::<&PartnerState>)?;
    partner::Entity::delete_by_id(now.id).exec(&edit.transaction).await.doing("remove a partner").map(|_| Vec::new())
}

fn subject(id: PartnerId) -> String {
    format!("{SUBJECT}{}", id.0)
}

/// The partner of a subject's name.
pub(crate) fn of_subject(subject: &str) -> Option<PartnerId> {
    Uuid::parse_str(subject.strip_prefix(SUBJECT)?).ok().map(PartnerId)
}

async fn locked(edit: &Edit, id: PartnerId) -> Result<Option<Partner>> {
    partner::Entity::find_by_id(id).lock_exclusive().one(&edit.transaction).await.doing("lock a partner")
}

/// A partner that must be there, locked until the commit.
pub(crate) async fn held(edit: &Edit, id: PartnerId, seen: Option<i32>) -> Result<Partner> {
    let Some(row) = locked(edit, id).await? else {
        return Err(Error::refused(Code::NotFound, "There is no such partner."));
    };
    require_seen(row.slug.as_str(), seen, row.version)?;
    Ok(row)
}

async fn write(edit: &mut Edit, before: Partner, mut after: Partner) -> Result<Partner> {
    after.version += 1;
    edit.note(subject(after.id), Some(&PartnerState::from(&before)), Some(&PartnerState::from(&after)))?;
    let row = partner::ActiveModel {
        name: Set(after.name.clone()),
        contact: Set(after.contact.clone()),
        disabled_at: Set(after.disabled_at),
        version: Set(after.version),
        ..Default::default()
    };
    let this = partner::Entity::update_many().set(row).filter(partner::Column::Id.eq(after.id));
    this.exec(&edit.transaction).await.doing("change a partner")?;
    Ok(after)
}
