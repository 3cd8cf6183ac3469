//! Companies with their revisions, drafts and slugs, and the state that each of them is in.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ConnectionTrait;

use entity::{CompanyId, RevisionNumber, Timestamp, company, draft, old_slug, published_guide, revision};

use super::Found;
use super::record::{Digest, Operations, digest};
use crate::error::Result;
use crate::operation::State;
use crate::row::Sound;
use crate::walk::Walk;

/// The companies, by their identity.
pub(super) type Companies = BTreeMap<CompanyId, Firm>;

/// What is compared of a company.
pub(super) struct Firm {
    pub(super) row: company::Model,
    /// The numbers of its revisions, and when each was published.
    pub(super) revisions: BTreeMap<RevisionNumber, Timestamp>,
    /// The revision that is public.
    pub(super) public: Option<RevisionNumber>,
    /// The state in which it is.
    pub(super) state: Digest,
}

/// Reads all companies, and notes what does not agree in one.
pub(super) async fn read(database: &impl ConnectionTrait, operations: &Operations, found: &mut Found) -> Result<Companies> {
    let mut companies = rows(database, found).await?;
    slugs(database, &companies, found).await?;
    revisions(database, &mut companies, (operations, found)).await?;
    let mut pointers = Walk::<published_guide::Entity>::new();
    loop {
        let page = pointers.next(database).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            match companies.get_mut(&row.company_id) {
                Some(firm) => firm.public = Some(row.revision),
                None => found.of(row.company_id, "it is public, but there is no such company"),
            }
        }
    }
    for firm in companies.values_mut() {
        firm.state = digest(Some(&state(firm, None)))?;
    }
    drafts(database, &mut companies, found).await?;
    Ok(companies)
}

async fn rows(database: &impl ConnectionTrait, found: &mut Found) -> Result<Companies> {
    let (mut companies, mut walk) = (Companies::new(), Walk::<company::Entity>::new());
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            return Ok(companies);
        }
        for mut row in page {
            found.slugs.insert(row.id, row.slug.clone());
            found.sound(Some(row.id), company::Entity::sound(&row));
            // The keys are not compared with anything, and are the longest part of the row.
            row.used_keys = String::new();
            companies.insert(row.id, Firm { row, revisions: BTreeMap::new(), public: None, state: Digest::default() });
        }
    }
}

/// No slug leads to two companies.
async fn slugs(database: &impl ConnectionTrait, companies: &Companies, found: &mut Found) -> Result<()> {
    let taken: BTreeSet<_> = companies.values().map(|firm| firm.row.slug.clone()).collect();
    let mut walk = Walk::<old_slug::Entity>::new();
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in page.iter().filter(|row| taken.contains(&row.slug)) {
            found.of(row.company_id, format!("{} is its old slug, and the slug of a company now", row.slug));
        }
    }
}

/// Revisions can be read, are numbered from 1 without a gap, and were each made by an operation.
async fn revisions(
    database: &impl ConnectionTrait,
    companies: &mut Companies,
    (operations, found): (&Operations, &mut Found),
) -> Result<()> {
    let mut walk = Walk::<revision::Entity>::new();
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            found.sound(Some(row.company_id), revision::Entity::sound(&row));
            if !operations.contains_key(&row.operation_id) {
                found.of(row.company_id, format!("revision {} was made by no operation", row.number));
            }
            match companies.get_mut(&row.company_id) {
                Some(firm) => drop(firm.revisions.insert(row.number, row.published_at)),
                None => found.of(row.company_id, "there are revisions, but no such company"),
            }
        }
    }
    for (id, firm) in companies {
        let highest = firm.revisions.keys().next_back().map_or(0, |number| number.0);
        if usize::try_from(highest) != Ok(firm.revisions.len()) {
            found.of(*id, format!("there are {} revisions, and the last is r{highest}", firm.revisions.len()));
        }
        if firm.row.latest_revision.0 != highest {
            found.of(*id, format!("the latest revision is counted as {}, but is r{highest}", firm.row.latest_revision));
        }
    }
    Ok(())
}

/// Drafts can be read, are based on a revision that there is, and come from a save that was counted.
async fn drafts(database: &impl ConnectionTrait, companies: &mut Companies, found: &mut Found) -> Result<()> {
    let mut walk = Walk::<draft::Entity>::new();
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in page {
            let id = row.company_id;
            found.sound(Some(id), draft::Entity::sound(&row));
            let Some(firm) = companies.get_mut(&id) else {
                found.of(id, "there is the draft of no company");
                continue;
            };
            if row.base_revision != RevisionNumber::NONE && !firm.revisions.contains_key(&row.base_revision) {
                found.of(id, format!("the draft is based on {}, which is not there", row.base_revision));
            }
            if !(1..=firm.row.latest_edit).contains(&row.edits) {
                found.of(id, format!("the draft is of save {}, but {} were counted", row.edits, firm.row.latest_edit));
            }
            firm.state = digest(Some(&state(firm, Some(row))))?;
        }
    }
}

fn state(firm: &Firm, draft: Option<draft::Model>) -> State {
    let company::Model { slug, created_at, archived_at, .. } = firm.row.clone();
    State { slug, created_at, archived_at, published: firm.public, draft: draft.map(Into::into), kept: None }
}
