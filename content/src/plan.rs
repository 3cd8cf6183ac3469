//! What an operation changes, in the words of guides: worked out from the states before and after, for a rehearsal, the act itself and its record
//! by the same code.

use std::collections::{BTreeMap, HashMap};

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use entity::{CompanyId, RevisionNumber, Slug, operation};

use crate::diff::{self, Change};
use crate::draft::{self, Expect};
use crate::edit::Edit;
use crate::error::Result;
use crate::finding::Path;
use crate::guide::Guide;
use crate::operation::{self as record, Extra, State, Touched};
use crate::revision;
use crate::view::Desk;

/// What changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The companies, by their slugs.
    pub companies: Vec<CompanyPlan>,
    /// What is no company: the list of tiers, users, partners, keys, registered documents.
    pub subjects: Vec<SubjectPlan>,
    /// What an undo left alone, and the keys that new items got.
    pub extra: Extra,
}

/// What changes of one company.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyPlan {
    /// Which; nothing while there is none, because a rehearsal makes no identity that lasts.
    pub id: Option<CompanyId>,
    /// Its name for people.
    pub name: String,
    /// How it stood; nothing if it is made.
    pub before: Option<Standing>,
    /// How it stands then; nothing if it is deleted.
    pub after: Option<Standing>,
    /// What changes in the editors' copy.
    pub changes: Vec<Change>,
    /// What changes for readers.
    pub public_changes: Vec<Change>,
}

/// How a company stands, besides what its guide says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its slug.
    pub slug: Slug,
    /// The revision that is public, if one is.
    pub revision: Option<RevisionNumber>,
    /// Whether it is put away.
    pub archived: bool,
    /// Whether it has open changes.
    pub draft: bool,
    /// What the next writer must say to have seen.
    pub stamp: Expect,
}

impl From<&State> for Standing {
    fn from(state: &State) -> Self {
        Self {
            slug: state.slug.clone(),
            revision: state.published,
            archived: state.archived_at.is_some(),
            draft: state.draft.is_some(),
            stamp: draft::seen_now(state.draft.as_ref(), state.published),
        }
    }
}

/// What changes of something that is no company.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectPlan {
    /// `tiers`, the e-mail address of a user, the slug of a partner, or the name of a key or of a registered document.
    pub subject: String,
    /// What changes.
    pub changes: Vec<Change>,
}

impl Plan {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.companies.is_empty() && self.subjects.is_empty()
    }

    /// The plan of an operation that was done.
    ///
    /// # Errors
    ///
    /// If the record cannot be read.
    pub async fn of_record(desk: &Desk, operation: &operation::Model) -> Result<Self> {
        let touched = record::touched(desk, operation.id).await?;
        let subjects = record::subjects(desk, operation.id).await?;
        let subjects = subjects.into_iter().map(|each| (each.name, each.before, each.after));
        let extra = Extra::from_json(operation.answer.as_deref())?;
        Self::of(desk.store.reader(), &touched, subjects, extra).await
    }

    /// What these states differ in.
    pub(crate) async fn of_touched(database: &impl ConnectionTrait, touched: &[Touched]) -> Result<Self> {
        Self::of(database, touched, std::iter::empty(), Extra::default()).await
    }

    async fn of(
        database: &impl ConnectionTrait,
        touched: &[Touched],
        subjects: impl Iterator<Item = (String, Json, Json)>,
        extra: Extra,
    ) -> Result<Self> {
        let states = touched.iter().flat_map(|each| [&each.before, &each.after].map(|state| (each.company, state.as_ref())));
        let wanted: Vec<_> = states.filter_map(|(id, state)| Some((id, state?.published?))).collect();
        let bodies = Bodies(revision::read_many(database, &wanted).await?);
        let mut companies = touched.iter().map(|each| bodies.company(each)).collect::<Result<Vec<_>>>()?;
        companies.sort_by(|a, b| slug(a).cmp(&slug(b)));
        let subjects = subjects.filter(|(_, before, after)| before != after).map(|(subject, before, after)| SubjectPlan {
            subject: shown(subject, &before, &after),
            changes: differences(&before, &after),
        });
        Ok(Self { companies, subjects: subjects.collect(), extra })
    }
}

impl Edit {
    /// What this edit changes so far.
    ///
    /// # Errors
    ///
    /// If a revision cannot be read.
    pub async fn plan(&self) -> Result<Plan> {
        let subjects = self.subjects.iter().map(|(subject, (before, now))| (subject.clone(), before.clone(), now.clone()));
        Plan::of(&self.transaction, &self.touched(), subjects, self.extra.clone()).await
    }
}

struct Bodies(HashMap<(CompanyId, RevisionNumber), String>);

impl Bodies {
    fn company(&self, touched: &Touched) -> Result<CompanyPlan> {
        let Touched { company, before, after } = touched;
        let (was, is) = (self.working(*company, before.as_ref())?, self.working(*company, after.as_ref())?);
        let published = |state: &Option<State>| state.as_ref().and_then(|state| state.published);
        let public_changes = if published(before) == published(after) {
            Vec::new()
        } else {
            diff::between(&self.public(*company, published(before))?, &self.public(*company, published(after))?)
        };
        Ok(CompanyPlan {
            id: before.as_ref().map(|_| *company),
            name: if after.is_some() { is.name.clone() } else { was.name.clone() },
            before: before.as_ref().map(Standing::from),
            after: after.as_ref().map(Standing::from),
            changes: diff::between(&was, &is),
            public_changes,
        })
    }

    /// What editors work on: the draft, or what is public while there is none.
    fn working(&self, company: CompanyId, state: Option<&State>) -> Result<Guide> {
        match state {
            None => Ok(Guide::default()),
            Some(State { draft: Some(draft), .. }) => draft::parse(company, &draft.body),
            Some(state) => self.public(company, state.published),
        }
    }

    fn public(&self, company: CompanyId, number: Option<RevisionNumber>) -> Result<Guide> {
        number.and_then(|number| self.0.get(&(company, number))).map_or_else(|| Ok(Guide::default()), |body| draft::parse(company, body))
    }
}

fn slug(plan: &CompanyPlan) -> Option<&Slug> {
    plan.before.as_ref().or(plan.after.as_ref()).map(|standing| &standing.slug)
}

/// A user by the e-mail address, a partner by the slug, a key by its name for people: the ids say nothing to them.
fn shown(subject: String, before: &Json, after: &Json) -> String {
    let name = |state: &Json| ["email", "slug", "label"].iter().find_map(|field| state[*field].as_str().map(str::to_owned));
    name(before).or_else(|| name(after)).unwrap_or(subject)
}

/// The fields of two states that differ. A list of things with keys is compared by them. Of an instant (`disabled_at`) only that it is there is
/// told: a rehearsal and the act after it happen at different ones, and their plans are the same. The text of a document is told by its hash.
fn differences(before: &Json, after: &Json) -> Vec<Change> {
    let (before, after) = (flat(before), flat(after));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    changed.map(|name| Change::of_field(Path::root().at(name), before.get(name).cloned(), after.get(name).cloned())).collect()
}

fn flat(state: &Json) -> BTreeMap<String, String> {
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        Json::Array(words) if words.iter().all(Json::is_string) => words.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(", "),
        Json::Array(_) | Json::Object(_) | Json::Number(_) | Json::Bool(_) | Json::Null => value.to_string(),
    };
    let nothing = |value: &Json| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    match state {
        Json::Object(fields) => {
            let there = fields.iter().filter(|(name, value)| !nothing(value) && *name != "created_at" && *name != "body");
            let told = there.map(|(name, value)| match name.strip_suffix("_at") {
                Some(done) => (done.to_owned(), "true".to_owned()),
                None => (name.clone(), text(value)),
            });
            told.collect()
        }
        Json::Array(items) => items
            .iter()
            .flat_map(|item| {
                let key = item["key"].as_str().unwrap_or_default().to_owned();
                flat(item).into_iter().map(move |(name, value)| (format!("{key}.{name}"), value))
            })
            .collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => BTreeMap::new(),
    }
}
