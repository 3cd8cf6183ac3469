//! What each edit answers. All of them have the same fields besides their own.

use content::access::secret::Secret;

use super::edit::{Answer, Conflict, UserError};
use super::importing::ImportReport;
use super::operation::Operation;
use super::plan::Plan;
use super::schema;

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct CompanyEdit {
    operation: Option<Operation>,
    plan: Plan,
    user_errors: Vec<UserError>,
    conflicts: Vec<Conflict>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct UndoEdit {
    operation: Option<Operation>,
    plan: Plan,
    user_errors: Vec<UserError>,
    conflicts: Vec<Conflict>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct TierEdit {
    operation: Option<Operation>,
    plan: Plan,
    user_errors: Vec<UserError>,
    conflicts: Vec<Conflict>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct UserEdit {
    operation: Option<Operation>,
    plan: Plan,
    user_errors: Vec<UserError>,
    conflicts: Vec<Conflict>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ImportEdit {
    operation: Option<Operation>,
    plan: Plan,
    user_errors: Vec<UserError>,
    conflicts: Vec<Conflict>,
    report: ImportReport,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct PartnerEdit {
    operation: Option<Operation>,
    plan: Plan,
    user_errors: Vec<UserError>,
    conflicts: Vec<Conflict>,
}

#[derive(cynic::QueryFragment, Clone)]
pub(crate) struct ApiKeyEdit {
    operation: Option<Operation>,
    plan: Plan,
    user_errors: Vec<UserError>,
    conflicts: Vec<Conflict>,
    secret: Option<String>,
}

impl std::fmt::Debug for ApiKeyEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKeyEdit").field("operation", &self.operation).finish_non_exhaustive()
    }
}

impl From<ApiKeyEdit> for Answer {
    fn from(payload: ApiKeyEdit) -> Self {
        let ApiKeyEdit { operation, plan, user_errors, conflicts, secret } = payload;
        Self { operation, plan, user_errors, conflicts, report: None, secret: secret.map(Secret::new) }
    }
}

macro_rules! answers {
    ($($Payload:ident $report:expr;)*) => {$(
        impl From<$Payload> for Answer {
            fn from(payload: $Payload) -> Self {
                let report: fn(&$Payload) -> Option<ImportReport> = $report;
                let report = report(&payload);
                let (operation, plan, user_errors, conflicts) = (payload.operation, payload.plan, payload.user_errors, payload.conflicts);
                Self { operation, plan, user_errors, conflicts, report, secret: None }
            }
        }
    )*};
}

answers! {
    CompanyEdit |_| None;
    UndoEdit |_| None;
    TierEdit |_| None;
    UserEdit |_| None;
    PartnerEdit |_| None;
    ImportEdit |payload| Some(payload.report.clone());
}
