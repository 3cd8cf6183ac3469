//! The root of what editors and administrators change. Every edit takes what its writer saw, an id for retries, a dry run and a reason, and
//! answers with a plan and with what is in the way.

mod api_keys;
mod companies;
mod drafts;
mod pages;
mod partners;
mod patches;
mod publishing;
mod sessions;
mod sought;
mod tiers;
mod trusted_documents;
mod users;

use async_graphql::MergedObject;

pub use sessions::Now;

/// Everything that can be changed.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    sessions::Sessions,
    companies::Companies,
    drafts::Drafts,
    pages::Pages,
    publishing::Publishing,
    tiers::Tiers,
    users::Users,
    partners::Partners,
    api_keys::ApiKeys,
    trusted_documents::TrustedDocuments,
);
