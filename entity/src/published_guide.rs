//! The pointer: which revision of a guide is public, with what lists of companies filter and sort by.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, Key, RevisionNumber, Slug, Timestamp};
/// A company whose guide is public.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_guide")]
pub struct Model {
    /// The number of the row. Full-text search on SQLite refers to it.
    #[sea_orm(primary_key)]
    pub row: i64,
    /// Whose guide it is.
    #[sea_orm(unique)]
    pub company_id: CompanyId,
    /// Its slug now: a rename needs no new revision.
    #[sea_orm(unique)]
    pub slug: Slug,
    /// The revision that is public.
    pub revision: RevisionNumber,
    /// When that revision became public.
    pub published_at: Timestamp,
    /// The company's name, folded (lower case, ASCII): what is sorted and compared.
    pub name_folded: String,
    /// Its tier.
    pub tier: Key,
    /// The day on which the guide was last checked, as 2026-10-14.
    pub verified_on: Option<String>,
    /// Whether the company is invented.
    pub sample: bool,
    /// The least minutes that the whole loop takes.
    pub total_minutes_min: i32,
    /// The most minutes that the whole loop takes.
    pub total_minutes_max: i32,
    /// What full-text search finds the company by, besides its name, folded.
    pub words: String,
}

impl ActiveModelBehavior for ActiveModel {}
