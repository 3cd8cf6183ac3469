//! What each edit answers. All of them have the same fields besides their own.

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

macro_rules! answers {
    ($($Payload:ident $report:expr;)*) => {$(
        impl From<$Payload> for Answer {
            fn from(payload: $Payload) -> Self {
                let report: fn(&$Payload) -> Option<ImportReport> = $report;
                let report = report(&payload);
                Self { operation: payload.operation, plan: payload.plan, user_errors: payload.user_errors, conflicts: payload.conflicts, report }
            }
        }
    )*};
}

answers! {
    CompanyEdit |_| None;
    UndoEdit |_| None;
    TierEdit |_| None;
    UserEdit |_| None;
    ImportEdit |payload| Some(payload.report.clone());
}
