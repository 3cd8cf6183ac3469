//! Who may ask for which field at the root of the admin schema: the one place. A field that is not in this table is answered to nobody.

use std::collections::BTreeSet;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet};
use content::access::role;
use content::code::Code;
use content::view::Desk;
use content::{OperationKind, Role};

/// What it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it is how somebody comes in.
    Nothing,
    /// A login of this role or a higher one.
    Role(Role),
}

const fn of_kind(kind: OperationKind) -> Needs {
    Needs::Role(role::needed(kind))
}

/// The fields of the query, with what each takes.
pub const QUERY: &[(&str, Needs)] = &[
    ("me", Needs::Role(Role::Reader)),
    ("company", Needs::Role(Role::Reader)),
    ("companies", Needs::Role(Role::Reader)),
    ("operation", Needs::Role(Role::Reader)),
    ("operations", Needs::Role(Role::Reader)),
    ("tiers", Needs::Role(Role::Reader)),
    ("users", Needs::Role(Role::Admin)),
    ("user", Needs::Role(Role::Admin)),
    ("signingKeys", Needs::Role(Role::Admin)),
    ("partners", Needs::Role(Role::Admin)),
    ("partner", Needs::Role(Role::Admin)),
    ("trustedDocuments", Needs::Role(Role::Admin)),
    ("apiKeys", Needs::Role(Role::Admin)),
    ("apiKey", Needs::Role(Role::Admin)),
    ("apiKeyOfSecret", Needs::Role(Role::Admin)),
    ("audit", Needs::Role(Role::Admin)),
    ("__schema", Needs::Role(Role::Reader)),
    ("__type", Needs::Role(Role::Reader)),
    ("__typename", Needs::Nothing),
];

/// The fields of the mutation, with what each takes.
pub const MUTATION: &[(&str, Needs)] = &[
    ("login", Needs::Nothing),
    ("refreshSession", Needs::Nothing),
    ("logout", Needs::Role(Role::Reader)),
    ("changePassword", Needs::Role(Role::Reader)),
    ("revokeSession", Needs::Role(Role::Reader)),
    ("createCompany", of_kind(OperationKind::Create)),
    ("saveDraft", of_kind(OperationKind::Save)),
    ("changeDrafts", of_kind(OperationKind::Save)),
    ("discardDrafts", of_kind(OperationKind::Discard)),
    ("rebaseDraft", of_kind(OperationKind::Rebase)),
    ("importPage", of_kind(OperationKind::Import)),
    ("publish", of_kind(OperationKind::Publish)),
    ("unpublish", of_kind(OperationKind::Unpublish)),
    ("rollBack", of_kind(OperationKind::RollBack)),
    ("renameCompany", of_kind(OperationKind::Rename)),
    ("archive", of_kind(OperationKind::Archive)),
    ("restore", of_kind(OperationKind::Archive)),
    ("deleteCompany", of_kind(OperationKind::Delete)),
    ("undo", of_kind(OperationKind::Undo)),
    ("setTier", of_kind(OperationKind::Tiers)),
    ("arrangeTiers", of_kind(OperationKind::Tiers)),
    ("removeTier", of_kind(OperationKind::Tiers)),
    ("createUser", of_kind(OperationKind::Users)),
    ("changeUser", of_kind(OperationKind::Users)),
    ("disableUser", of_kind(OperationKind::Users)),
    ("enableUser", of_kind(OperationKind::Users)),
    ("resetPassword", of_kind(OperationKind::Users)),
    ("createPartner", of_kind(OperationKind::Partners)),
    ("changePartner", of_kind(OperationKind::Partners)),
    ("disablePartner", of_kind(OperationKind::Partners)),
    ("enablePartner", of_kind(OperationKind::Partners)),
    ("registerDocuments", of_kind(OperationKind::Partners)),
    ("unregisterDocuments", of_kind(OperationKind::Partners)),
    ("createApiKey", of_kind(OperationKind::Keys)),
    ("changeApiKey", of_kind(OperationKind::Keys)),
    ("rotateApiKey", of_kind(OperationKind::Keys)),
    ("finishRotation", of_kind(OperationKind::Keys)),
    ("revokeApiKey", of_kind(OperationKind::Keys)),
    ("rotateSigningKey", Needs::Role(Role::Admin)),
    ("__typename", Needs::Nothing),
];

/// Refuses an operation of which any field at the root is not for whoever asks; nobody is at the desk before a login.
///
/// # Errors
///
/// [`Code::AnonymousRefused`] without a login, [`Code::RoleMissing`] with too low a role.
pub fn check(document: &ExecutableDocument, operation: &OperationDefinition, desk: Option<&Desk>) -> Result<(), (Code, String)> {
    let table = match operation.ty {
        OperationType::Query => QUERY,
        OperationType::Mutation => MUTATION,
        OperationType::Subscription => &[],
    };
    for field in roots(document, &operation.selection_set.node) {
        let needs = table.iter().find(|(name, _)| *name == field).map(|(_, needs)| *needs);
        match (needs, desk) {
            // Of a field that there is not, the validation says so.
            (Some(Needs::Nothing), _) | (None, Some(_)) => {}
            (_, None) => {
                return Err((Code::AnonymousRefused, format!("{field} needs a login. Send the token in Authorization: Bearer ...")));
            }
            (Some(Needs::Role(least)), Some(desk)) => role::require(desk, least).map_err(|error| (error.code(), error.to_string()))?,
        }
    }
    Ok(())
}

/// The names of all fields at the root, also those in fragments.
fn roots<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet) -> BTreeSet<&'a str> {
    let (mut names, mut seen, mut sets) = (BTreeSet::new(), BTreeSet::new(), vec![set]);
    while let Some(set) = sets.pop() {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    names.insert(field.node.name.node.as_str());
                }
                Selection::InlineFragment(fragment) => sets.push(&fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name).filter(|_| seen.insert(name.as_str())) {
                        sets.push(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
    names
}
