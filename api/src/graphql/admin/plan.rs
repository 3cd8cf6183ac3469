//! What an edit changes, before or after it is done.

use async_graphql::{ID, SimpleObject};
use content::operation::Left as ContentLeft;
use content::plan::{CompanyPlan as ContentCompany, Plan as Content, Standing as ContentStanding, SubjectPlan as ContentSubject};
use content::{Key, WireId};

use super::change::Change;
use super::draft::{Stamp, StampOutput};

/// What an edit changes.
#[derive(SimpleObject, Default)]
pub(super) struct Plan {
    /// The companies, by their slugs.
    companies: Vec<CompanyPlan>,
    /// What is no company: the list of tiers, users, partners, keys, registered documents.
    subjects: Vec<SubjectPlan>,
    /// What an undo left alone, because it was changed again since.
    left: Vec<Left>,
    /// The keys that new items got, in the order of the changes.
    made_keys: Vec<String>,
}

/// What changes of one company.
#[derive(SimpleObject)]
pub(super) struct CompanyPlan {
    /// Its id; nothing where the company is made.
    id: Option<ID>,
    /// Its name for people.
    name: String,
    /// How it stood; nothing where it is made.
    before: Option<Standing>,
    /// How it stands then; nothing where it is deleted.
    after: Option<Standing>,
    /// What changes in the editors' copy.
    changes: Vec<Change>,
    /// What changes for readers.
    public_changes: Vec<Change>,
}

/// How a company stands, besides what its guide says.
#[derive(SimpleObject)]
pub(super) struct Standing {
    /// Its slug.
    slug: String,
    /// The revision that is public, if one is.
    revision: Option<i32>,
    /// Whether it is put away.
    archived: bool,
    /// Whether it has open changes.
    has_draft: bool,
    /// What the next writer must say to have seen.
    stamp: StampOutput,
}

/// What changes of something that is no company.
#[derive(SimpleObject)]
pub(super) struct SubjectPlan {
    /// `tiers`, the e-mail address of a user, the slug of a partner, or the name of a key or of a registered document.
    subject: String,
    /// What changes.
    changes: Vec<Change>,
}

/// A place that an undo left alone.
#[derive(SimpleObject)]
pub(super) struct Left {
    /// The slug of the company, `tiers`, `user`, `partner`, `key` or `document`.
    subject: String,
    /// The place: in the guide, or `slug`, `published`, `archived`.
    path: String,
}

impl From<Content> for Plan {
    fn from(plan: Content) -> Self {
        Self {
            companies: plan.companies.into_iter().map(CompanyPlan::from).collect(),
            subjects: plan.subjects.into_iter().map(SubjectPlan::from).collect(),
            left: plan.extra.left.into_iter().map(|ContentLeft { subject, path }| Left { subject, path }).collect(),
            made_keys: plan.extra.made.iter().map(Key::to_string).collect(),
        }
    }
}

impl From<ContentCompany> for CompanyPlan {
    fn from(plan: ContentCompany) -> Self {
        let ContentCompany { id, name, before, after, changes, public_changes } = plan;
        Self {
            id: id.map(|id| ID(WireId::from(id).to_string())),
            name,
            before: before.map(Standing::from),
            after: after.map(Standing::from),
            changes: changes.into_iter().map(Change::from).collect(),
            public_changes: public_changes.into_iter().map(Change::from).collect(),
        }
    }
}

impl From<ContentStanding> for Standing {
    fn from(standing: ContentStanding) -> Self {
        let ContentStanding { slug, revision, archived, draft, stamp } = standing;
        let revision = revision.map(|number| number.0);
        Self { slug: slug.to_string(), revision, archived, has_draft: draft, stamp: Stamp(stamp).into() }
    }
}

impl From<ContentSubject> for SubjectPlan {
    fn from(plan: ContentSubject) -> Self {
        Self { subject: plan.subject, changes: plan.changes.into_iter().map(Change::from).collect() }
    }
}
