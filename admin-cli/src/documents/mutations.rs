//! The document of every edit. Two acts may share an input: what is put away and what is taken out again are named alike.

use super::edit::{Answer, CompanySeen, Edit, Order};
use super::inputs::{
    ArrangeTiers, ChangeUser, CompaniesSeen, CreateCompany, CreateUser, DeleteCompany, DiscardDrafts, ImportPage, Publish, RebaseDraft,
    RemoveTier, RenameCompany, ResetPassword, RollBack, SaveDraft, SetTier, Undo, Unpublish, UserSeen,
};
use super::payloads::{CompanyEdit, ImportEdit, TierEdit, UndoEdit, UserEdit};
use super::schema;
use super::user::UserBy;

/// Companies to put away.
#[derive(Clone, Debug)]
pub(crate) struct Archive(pub(crate) Vec<CompanySeen>);

/// Companies to take out again.
#[derive(Clone, Debug)]
pub(crate) struct Restore(pub(crate) Vec<CompanySeen>);

/// A user to shut out.
#[derive(Clone, Debug)]
pub(crate) struct DisableUser(pub(crate) UserBy, pub(crate) Option<i32>);

/// A user to let in again.
#[derive(Clone, Debug)]
pub(crate) struct EnableUser(pub(crate) UserBy, pub(crate) Option<i32>);

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct CreateCompanyVariables {
    input: CreateCompany,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "CreateCompanyVariables")]
pub(crate) struct CreateCompanyMutation {
    #[arguments(input: $input)]
    create_company: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct RenameCompanyVariables {
    input: RenameCompany,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RenameCompanyVariables")]
pub(crate) struct RenameCompanyMutation {
    #[arguments(input: $input)]
    rename_company: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct DeleteCompanyVariables {
    input: DeleteCompany,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "DeleteCompanyVariables")]
pub(crate) struct DeleteCompanyMutation {
    #[arguments(input: $input)]
    delete_company: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct SaveDraftVariables {
    input: SaveDraft,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SaveDraftVariables")]
pub(crate) struct SaveDraftMutation {
    #[arguments(input: $input)]
    save_draft: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct DiscardDraftsVariables {
    input: DiscardDrafts,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "DiscardDraftsVariables")]
pub(crate) struct DiscardDraftsMutation {
    #[arguments(input: $input)]
    discard_drafts: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct RebaseDraftVariables {
    input: RebaseDraft,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RebaseDraftVariables")]
pub(crate) struct RebaseDraftMutation {
    #[arguments(input: $input)]
    rebase_draft: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct PublishVariables {
    input: Publish,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "PublishVariables")]
pub(crate) struct PublishMutation {
    #[arguments(input: $input)]
    publish: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct UnpublishVariables {
    input: Unpublish,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "UnpublishVariables")]
pub(crate) struct UnpublishMutation {
    #[arguments(input: $input)]
    unpublish: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct RollBackVariables {
    input: RollBack,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RollBackVariables")]
pub(crate) struct RollBackMutation {
    #[arguments(input: $input)]
    roll_back: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct UndoVariables {
    input: Undo,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "UndoVariables")]
pub(crate) struct UndoMutation {
    #[arguments(input: $input)]
    undo: UndoEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ImportPageVariables {
    input: ImportPage,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ImportPageVariables")]
pub(crate) struct ImportPageMutation {
    #[arguments(input: $input)]
    import_page: ImportEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct SetTierVariables {
    input: SetTier,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SetTierVariables")]
pub(crate) struct SetTierMutation {
    #[arguments(input: $input)]
    set_tier: TierEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ArrangeTiersVariables {
    input: ArrangeTiers,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ArrangeTiersVariables")]
pub(crate) struct ArrangeTiersMutation {
    #[arguments(input: $input)]
    arrange_tiers: TierEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct RemoveTierVariables {
    input: RemoveTier,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RemoveTierVariables")]
pub(crate) struct RemoveTierMutation {
    #[arguments(input: $input)]
    remove_tier: TierEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct CreateUserVariables {
    input: CreateUser,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "CreateUserVariables")]
pub(crate) struct CreateUserMutation {
    #[arguments(input: $input)]
    create_user: UserEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ChangeUserVariables {
    input: ChangeUser,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ChangeUserVariables")]
pub(crate) struct ChangeUserMutation {
    #[arguments(input: $input)]
    change_user: UserEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ResetPasswordVariables {
    input: ResetPassword,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ResetPasswordVariables")]
pub(crate) struct ResetPasswordMutation {
    #[arguments(input: $input)]
    reset_password: UserEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct CompaniesSeenVariables {
    input: CompaniesSeen,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "CompaniesSeenVariables")]
pub(crate) struct ArchiveMutation {
    #[arguments(input: $input)]
    archive: CompanyEdit,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "CompaniesSeenVariables")]
pub(crate) struct RestoreMutation {
    #[arguments(input: $input)]
    restore: CompanyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct UserSeenVariables {
    input: UserSeen,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "UserSeenVariables")]
pub(crate) struct DisableUserMutation {
    #[arguments(input: $input)]
    disable_user: UserEdit,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "UserSeenVariables")]
pub(crate) struct EnableUserMutation {
    #[arguments(input: $input)]
    enable_user: UserEdit,
}

/// How each act becomes its input, and where its answer stands.
macro_rules! edits {
    ($($Act:ident: $Input:ident $Variables:ident $Mutation:ident $field:ident, $project:expr;)*) => {$(
        impl Edit for $Act {
            type Variables = $Variables;
            type Mutation = $Mutation;

            fn variables(self, order: Order) -> $Variables {
                let project: fn(Self) -> $Input = $project;
                $Variables { input: project(self).ordered(order) }
            }

            fn answer(mutation: $Mutation) -> Answer {
                mutation.$field.into()
            }
        }
    )*};
}
pub(super) use edits;

edits! {
    CreateCompany: CreateCompany CreateCompanyVariables CreateCompanyMutation create_company, |input| input;
    RenameCompany: RenameCompany RenameCompanyVariables RenameCompanyMutation rename_company, |input| input;
    DeleteCompany: DeleteCompany DeleteCompanyVariables DeleteCompanyMutation delete_company, |input| input;
    SaveDraft: SaveDraft SaveDraftVariables SaveDraftMutation save_draft, |input| input;
    DiscardDrafts: DiscardDrafts DiscardDraftsVariables DiscardDraftsMutation discard_drafts, |input| input;
    RebaseDraft: RebaseDraft RebaseDraftVariables RebaseDraftMutation rebase_draft, |input| input;
    Publish: Publish PublishVariables PublishMutation publish, |input| input;
    Unpublish: Unpublish UnpublishVariables UnpublishMutation unpublish, |input| input;
    RollBack: RollBack RollBackVariables RollBackMutation roll_back, |input| input;
    Undo: Undo UndoVariables UndoMutation undo, |input| input;
    ImportPage: ImportPage ImportPageVariables ImportPageMutation import_page, |input| input;
    SetTier: SetTier SetTierVariables SetTierMutation set_tier, |input| input;
    ArrangeTiers: ArrangeTiers ArrangeTiersVariables ArrangeTiersMutation arrange_tiers, |input| input;
    RemoveTier: RemoveTier RemoveTierVariables RemoveTierMutation remove_tier, |input| input;
    CreateUser: CreateUser CreateUserVariables CreateUserMutation create_user, |input| input;
    ChangeUser: ChangeUser ChangeUserVariables ChangeUserMutation change_user, |input| input;
    ResetPassword: ResetPassword ResetPasswordVariables ResetPasswordMutation reset_password, |input| input;
    Archive: CompaniesSeen CompaniesSeenVariables ArchiveMutation archive, |Archive(companies)| CompaniesSeen::new(companies);
    Restore: CompaniesSeen CompaniesSeenVariables RestoreMutation restore, |Restore(companies)| CompaniesSeen::new(companies);
    DisableUser: UserSeen UserSeenVariables DisableUserMutation disable_user, |DisableUser(user, seen)| UserSeen::new(user, seen);
    EnableUser: UserSeen UserSeenVariables EnableUserMutation enable_user, |EnableUser(user, seen)| UserSeen::new(user, seen);
}
