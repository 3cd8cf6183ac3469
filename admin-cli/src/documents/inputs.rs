//! The inputs of all edits, with the order that each carries: the id under which a retry is recognised, whether it is a rehearsal, and why.

use super::company::CompanyBy;
use super::edit::{CompanySeen, DraftSeen, ImportAnswer, ImportInto, OnConflict, StampInput};
use super::guide::GuideInput;
use super::schema;
use super::user::{Role, UserBy};

/// A company to be made.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct CreateCompany {
    slug: Option<String>,
    guide: GuideInput,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A company that gets another slug.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct RenameCompany {
    company: CompanyBy,
    slug: String,
    expect: Option<StampInput>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A company to be deleted.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct DeleteCompany {
    company: CompanyBy,
    expect: Option<StampInput>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A whole guide to save.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct SaveDraft {
    company: CompanyBy,
    expect: StampInput,
    guide: GuideInput,
    on_conflict: OnConflict,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// Drafts to throw away.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct DiscardDrafts {
    companies: Vec<DraftSeen>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A draft to put on what is public.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct RebaseDraft {
    company: CompanyBy,
    expect: StampInput,
    on_conflict: OnConflict,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// Drafts to make public.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct Publish {
    companies: Vec<DraftSeen>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// Guides to take out of the public API.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct Unpublish {
    companies: Vec<CompanySeen>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A guide to roll back.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct RollBack {
    company: CompanyBy,
    revision: i32,
    expect: Option<StampInput>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// An operation to take back.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct Undo {
    operation: cynic::Id,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A page to read.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ImportPage {
    text: String,
    into: ImportInto,
    answers: Vec<ImportAnswer>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A tier to put in or change.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct SetTier {
    key: String,
    name: String,
    position: Option<i32>,
    expect: Option<String>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// The order of the tiers.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ArrangeTiers {
    keys: Vec<String>,
    expect: Option<String>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A tier to take out.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct RemoveTier {
    key: String,
    expect: Option<String>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A user to be made.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct CreateUser {
    email: String,
    name: String,
    role: Role,
    password: String,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A user to be changed.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ChangeUser {
    user: UserBy,
    name: Option<String>,
    role: Option<Role>,
    expect: Option<i32>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A user who gets another password.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ResetPassword {
    user: UserBy,
    new_password: String,
    expect: Option<i32>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// Companies to put away, or to take out again.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct CompaniesSeen {
    companies: Vec<CompanySeen>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A user to shut out, or to let in again.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct UserSeen {
    user: UserBy,
    expect: Option<i32>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// How each is made, and how it gets its order. The structs themselves stand in full: the library that checks them does not look into macros.
macro_rules! orders {
    ($($Input:ident { $($name:ident: $type:ty),* })*) => {$(
        impl $Input {
            /// The edit, before it has an order.
            pub(crate) fn new($($name: $type),*) -> Self {
                Self { $($name,)* operation_id: None, dry_run: false, reason: String::new(), job: None }
            }
        }
        $crate::documents::inputs::orders!($Input);
    )*};
    // Those with very many fields are put together where they are made.
    ($($Input:ident),*) => {$(
        impl $Input {
            pub(super) fn ordered(mut self, order: $crate::documents::edit::Order) -> Self {
                self.operation_id = order.operation.map(cynic::Id::new);
                self.dry_run = order.dry_run;
                self.reason = order.reason;
                self.job = order.job.map(cynic::Id::new);
                self
            }
        }
    )*};
}
pub(super) use orders;

orders! {
    CreateCompany { slug: Option<String>, guide: GuideInput }
    RenameCompany { company: CompanyBy, slug: String, expect: Option<StampInput> }
    DeleteCompany { company: CompanyBy, expect: Option<StampInput> }
    SaveDraft { company: CompanyBy, expect: StampInput, guide: GuideInput, on_conflict: OnConflict }
    DiscardDrafts { companies: Vec<DraftSeen> }
    RebaseDraft { company: CompanyBy, expect: StampInput, on_conflict: OnConflict }
    Publish { companies: Vec<DraftSeen> }
    Unpublish { companies: Vec<CompanySeen> }
    RollBack { company: CompanyBy, revision: i32, expect: Option<StampInput> }
    Undo { operation: cynic::Id }
    ImportPage { text: String, into: ImportInto, answers: Vec<ImportAnswer> }
    SetTier { key: String, name: String, position: Option<i32>, expect: Option<String> }
    ArrangeTiers { keys: Vec<String>, expect: Option<String> }
    RemoveTier { key: String, expect: Option<String> }
    CreateUser { email: String, name: String, role: Role, password: String }
    ChangeUser { user: UserBy, name: Option<String>, role: Option<Role>, expect: Option<i32> }
    ResetPassword { user: UserBy, new_password: String, expect: Option<i32> }
    CompaniesSeen { companies: Vec<CompanySeen> }
    UserSeen { user: UserBy, expect: Option<i32> }
}
