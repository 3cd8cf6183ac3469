//! What every edit answers: the record, the plan of what changes, and what is in the way. What the caller can mend is told as data; only access,
//! limits and faults are errors of GraphQL.

use async_graphql::{Context, Json, Result, SimpleObject};
use content::code::Fault;
use content::draft::{Clash, Disputed};
use content::edit::Done;
use content::finding::{Finding, Level};
use content::{CompanyId, OperationId};
use serde_json::Value;
use time::OffsetDateTime;

use super::draft::{Stamp, StampOutput};
use super::guide::Guide;
use super::operation::Operation;
use super::plan::Plan;
use crate::graphql::fault::fault;

/// What came of an edit.
#[derive(SimpleObject)]
pub(super) struct Answer {
    /// The record, by which the edit can be taken back; nothing after a dry run, and where nothing had to change.
    operation: Option<Operation>,
    /// What changes.
    plan: Plan,
    /// What is in the way, all of it; nothing was written if there is anything.
    user_errors: Vec<UserError>,
    /// What somebody else changed meanwhile in the same places, by company.
    conflicts: Vec<Conflict>,
    /// Whether it was a dry run.
    dry_run: bool,
    /// Whether this operation had been done before: nothing was done twice.
    repeated: bool,
    #[graphql(skip)]
    made: Vec<CompanyId>,
}

/// Something that is in the way of an edit, and that whoever asked can mend.
#[derive(SimpleObject)]
pub(super) struct UserError {
    /// What it is, from the table of codes.
    code: String,
    /// Where: in the guide, such as `interview_loop.tech-screen.duration`; empty where it is about the request as a whole.
    path: String,
    /// What was found and what would be right, for people.
    message: String,
    /// The slug of the company that it is about, if several are changed.
    company: Option<String>,
}

/// What somebody else changed meanwhile in the same places of a guide.
#[derive(SimpleObject)]
pub(super) struct Conflict {
    /// The slug of the company.
    company: String,
    /// The places.
    places: Vec<ConflictPlace>,
    /// Both changes merged, with the others' text in these places: put yours where it shall stand, and save it over `stamp`.
    merged: Guide,
    /// What is there now.
    stamp: StampOutput,
}

/// A place that both changed differently.
#[derive(SimpleObject)]
pub(super) struct ConflictPlace {
    /// Where.
    path: String,
    /// What it was when you looked; null if there was no such item.
    base: Option<Json<Value>>,
    /// What somebody else made of it; null if they removed it.
    theirs: Option<Json<Value>>,
    /// What you make of it; null if you remove it.
    yours: Option<Json<Value>>,
    /// Who changed it meanwhile.
    by: String,
    /// When.
    at: OffsetDateTime,
}

impl Answer {
    /// The answer to an edit that was tried.
    pub(super) fn of(context: &Context<'_>, done: content::Result<Done>, dry_run: bool) -> Result<Self> {
        let mut answer = Self {
            operation: None,
            plan: Plan::default(),
            user_errors: Vec::new(),
            conflicts: Vec::new(),
            dry_run,
            repeated: false,
            made: Vec::new(),
        };
        match done {
            Ok(Done { operation, plan, version: _, made, again }) => {
                answer.made = made;
                answer.dry_run = dry_run && !again;
                answer.repeated = again;
                answer.operation = operation.map(Operation);
                answer.plan = Plan::from(plan);
            }
            Err(error) => match error.code().kind() {
                Fault::Request | Fault::Missing | Fault::Conflict => answer.refuse(None, error),
                Fault::Limit | Fault::Access | Fault::Permission | Fault::Unwell | Fault::Ours => return Err(fault(context, &error)),
            },
        }
        Ok(answer)
    }

    /// Whether the edit was done, or would have been.
    pub(super) fn is_done(&self) -> bool {
        self.user_errors.is_empty() && !self.dry_run
    }

    /// The id of the operation that was done, now or by an earlier try.
    pub(super) fn record(&self) -> Option<OperationId> {
        self.operation.as_ref().map(|operation| operation.0.id)
    }

    /// Whether it had been done before.
    pub(super) const fn is_repeated(&self) -> bool {
        self.repeated
    }

    /// The companies that were made, now or by an earlier try.
    pub(super) fn made(&self) -> Vec<CompanyId> {
        self.made.clone()
    }

    fn refuse(&mut self, company: Option<String>, error: content::Error) {
        let code = error.code().text().to_owned();
        match error {
            content::Error::Findings(findings) => {
                // What only stands in the way of publishing does not stand in the way of a save, and is not told as if it did.
                let stops = if findings.stop(Level::Saving) { Level::Saving } else { Level::Publishing };
                let told = findings.0.iter().filter(|finding| finding.level <= stops);
                self.user_errors.extend(told.map(|finding| UserError::of(finding, company.clone())));
            }
            content::Error::Several(errors) => {
                for (slug, error) in errors {
                    self.refuse(Some(slug.to_string()), error);
                }
            }
            content::Error::Clash(clash) => {
                let slug = clash.slug.to_string();
                let message = "Changed by somebody else meanwhile; see conflicts.".to_owned();
                let places = clash.places.iter().map(|place| place.path.to_string());
                self.user_errors.extend(places.map(|path| UserError {
                    code: code.clone(),
                    path,
                    message: message.clone(),
                    company: Some(slug.clone()),
                }));
                self.conflicts.push(Conflict::from(*clash));
            }
            other @ (content::Error::Refused { .. }
            | content::Error::Wait { .. }
            | content::Error::Database { .. }
            | content::Error::Damaged { .. }) => {
                self.user_errors.push(UserError { code, path: String::new(), message: other.to_string(), company });
            }
        }
    }
}

impl UserError {
    fn of(finding: &Finding, company: Option<String>) -> Self {
        Self { code: finding.code.text().to_owned(), path: finding.path.to_string(), message: finding.message(), company }
    }
}

impl From<Clash> for Conflict {
    fn from(clash: Clash) -> Self {
        let place = |place: Disputed| ConflictPlace {
            path: place.path.to_string(),
            base: place.base.map(Json),
            theirs: place.theirs.map(Json),
            yours: place.yours.map(Json),
            by: place.by,
            at: place.at.to_utc(),
        };
        Self {
            company: clash.slug.to_string(),
            places: clash.places.into_iter().map(place).collect(),
            merged: Guide::from(clash.merged),
            stamp: Stamp(clash.found).into(),
        }
    }
}
