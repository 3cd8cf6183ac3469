//! Closed lists of terms of the admin schema as GraphQL enums.

use async_graphql::Enum;

/// What a user may do. Each role may do what those before it may.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::Role")]
pub enum Role {
    /// Read everything, drafts and history too.
    Reader,
    /// Change drafts.
    Author,
    /// Publish, roll back, and take back what others did.
    Publisher,
    /// Look after users, tiers, partners and keys; delete; read the audit record.
    Admin,
}

/// What an operation did.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::OperationKind")]
pub enum OperationKind {
    /// Made a company with its first draft.
    Create,
    /// Changed drafts.
    Save,
    /// Threw drafts away.
    Discard,
    /// Made revisions public.
    Publish,
    /// Took guides out of the public API.
    Unpublish,
    /// Made new revisions with the content of old ones.
    RollBack,
    /// Gave companies other slugs.
    Rename,
    /// Put companies away, or took them out again.
    Archive,
    /// Changed the list of tiers.
    Tiers,
    /// Took an earlier operation back.
    Undo,
    /// Put content in from outside: guides, pages.
    Import,
    /// Put the draft of a guide on what is public now.
    Rebase,
    /// Deleted archived companies.
    Delete,
    /// Changed who may come in.
    Users,
    /// Changed partners.
    Partners,
    /// Changed API keys.
    Keys,
}

/// Whether an API key works.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::api_key::KeyState")]
pub enum ApiKeyState {
    /// It works.
    Active,
    /// It works with two secrets for a while.
    Rotating,
    /// It stopped by itself.
    Expired,
    /// It was stopped for good.
    Revoked,
    /// None of its partner's keys works.
    Disabled,
}

/// How an administrative act ended.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::AuditOutcome")]
pub enum AuditOutcome {
    /// It was done.
    Done,
    /// It was refused, or failed; nothing was changed.
    Refused,
}

/// How a company stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::company::CardState")]
pub enum CompanyState {
    /// Public, without open changes.
    Published,
    /// Public, with open changes.
    Changed,
    /// Not public.
    Draft,
    /// Put away.
    Archived,
}

/// What the list of companies can be sorted by.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::company::CardOrder")]
pub enum CompanyOrderField {
    /// By name, without case and accents.
    Name,
    /// By the last change.
    ChangedAt,
}

/// How much a finding stops.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::finding::Level")]
pub enum FindingLevel {
    /// It cannot be saved.
    Saving,
    /// It can be saved, but not published.
    Publishing,
    /// It stops nothing.
    Advice,
}

/// What to do where somebody else changed the same place meanwhile.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnConflict {
    /// Write nothing, and tell what both made of it.
    #[default]
    Refuse,
    /// Keep what the others made of these places.
    TakeTheirs,
    /// Replace what the others made of these places.
    TakeYours,
}

impl OnConflict {
    /// The side that is taken, if one is.
    pub(super) const fn take(self) -> Option<content::merge::Take> {
        match self {
            Self::Refuse => None,
            Self::TakeTheirs => Some(content::merge::Take::Theirs),
            Self::TakeYours => Some(content::merge::Take::Yours),
        }
    }
}
