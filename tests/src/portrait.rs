//! How a company, or the whole database, stands: for comparing before and after.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use content::published::Guide;
use content::store::Store;
use content::view::Viewer;
use content::{CompanyId, RevisionNumber, Slug, Timestamp, company};
use entity::draft;
use sea_orm::EntityTrait;

/// Everything about one company that an editor or a reader can tell, without counters that only rise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// Its slug.
    pub slug: Slug,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was put away.
    pub archived_at: Option<Timestamp>,
    /// Its draft, whole.
    pub draft: Option<draft::Model>,
    /// What readers see.
    pub public: Option<Public>,
}

/// What readers see of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    /// Under which slug.
    pub slug: Slug,
    /// Which revision.
    pub revision: RevisionNumber,
    /// Of when it is.
    pub published_at: Timestamp,
    /// What it says.
    pub guide: Guide,
}

/// How a company stands; nothing if there is none.
///
/// # Panics
///
/// If the database fails.
pub async fn of(store: &Store, id: CompanyId) -> Option<Portrait> {
    let database = store.writer();
    let row = entity::company::Entity::find_by_id(id).one(database).await.expect("a company is read")?;
    let draft = draft::Entity::find_by_id(id).one(database).await.expect("a draft is read");
    let public = company::find(&store.view(Viewer::Anonymous), &company::By::Id(id)).await.expect("a company is found");
    let public = public.map(|company| Public {
        slug: company.slug.clone(),
        revision: company.revision,
        published_at: company.published_at,
        guide: (*company.guide).clone(),
    });
    Some(Portrait { slug: row.slug, created_at: row.created_at, archived_at: row.archived_at, draft, public })
}

/// How several companies stand.
///
/// # Panics
///
/// If the database fails.
pub async fn of_many(store: &Store, ids: &[CompanyId]) -> Vec<Option<Portrait>> {
    let mut portraits = Vec::with_capacity(ids.len());
    for id in ids {
        portraits.push(of(store, *id).await);
    }
    portraits
}

/// Every row of every table, as text: what was refused has left no trace if this is the same before and after.
///
/// # Panics
///
/// If the database fails.
pub async fn everything(store: &Store) -> Vec<String> {
    let mut rows = Vec::new();
    macro_rules! add {
        ($($table:ident),*) => {$(
            let found = entity::$table::Entity::find().all(store.writer()).await.expect("a table is read");
            rows.extend(found.iter().map(|row| format!("{} {row:?}", stringify!($table))));
        )*};
    }
    add!(catalogue, change, company, draft, old_slug, operation, operation_change, operation_subject, revision, tier);
    // The audit record is not among them: what was refused is written there, and nowhere else.
    add!(api_key, api_secret, api_use, login_failure, partner, refresh_token, session, signing_key, trusted_document, user);
    add!(
        published_category,
        published_focus_area,
        published_guide,
        published_question,
        published_round,
        published_salary_range,
        published_tag
    );
    rows.sort_unstable();
    rows
}
