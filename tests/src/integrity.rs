//! Whether a database agrees with itself: every index row with its revision, every pointer with its company, the feed of changes with the pointers,
//! the record of operations with the states. It is worked out from the tables alone, by rules written a second time.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use content::fold::fold;
use content::operation::State;
use content::published::Guide;
use content::store::Store;
use content::{ChangeKind, CompanyId, Difficulty, RevisionNumber};
use entity::{
    catalogue, change, company, draft, old_slug, operation, operation_change, operation_subject, published_category, published_focus_area,
    published_guide, published_question, published_round, published_salary_range, published_tag, revision,
};
use sea_orm::{ConnectionTrait, DatabaseBackend, EntityTrait, IsolationLevel, TransactionTrait};

mod index;

/// Fails with everything that does not agree.
///
/// # Panics
///
/// If anything does not, or the database fails.
pub async fn check(store: &Store) {
    // One snapshot of all tables: the server of a client that was killed may still be finishing its last commit.
    let isolation = Some(IsolationLevel::RepeatableRead);
    let snapshot = store.writer().begin_with_config(isolation, None).await.expect("a snapshot is taken");
    let differences = differences(&snapshot).await;
    snapshot.rollback().await.expect("the snapshot is let go");
    assert!(differences.is_empty(), "the database does not agree with itself:\n{}", differences.join("\n"));
}

/// Everything that does not agree, in words. Nobody may write meanwhile.
///
/// # Panics
///
/// If the database fails.
pub async fn differences(database: &impl ConnectionTrait) -> Vec<String> {
    let rows = Rows::read(database).await;
    let mut wrong = Vec::new();
    rows.companies(&mut wrong);
    rows.drafts(&mut wrong);
    rows.pointers(&mut wrong);
    rows.feed(&mut wrong);
    rows.records(&mut wrong);
    index::compare(database, &rows.public(), &mut wrong).await;
    if database.get_database_backend() == DatabaseBackend::Sqlite {
        for table in ["published_guide_search", "published_question_search"] {
            let asked = format!("INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)");
            if let Err(error) = database.execute_unprepared(&asked).await {
                wrong.push(format!("{table}: {error}"));
            }
        }
    }
    wrong
}

/// A public guide as its revision has it.
struct Public<'a> {
    pointer: &'a published_guide::Model,
    guide: Guide,
}

/// The tables that are small enough to hold.
struct Rows {
    catalogue: catalogue::Model,
    changes: Vec<change::Model>,
    companies: BTreeMap<CompanyId, company::Model>,
    drafts: BTreeMap<CompanyId, draft::Model>,
    old_slugs: Vec<old_slug::Model>,
    operations: Vec<operation::Model>,
    touched: Vec<operation_change::Model>,
    subjects: Vec<operation_subject::Model>,
    pointers: BTreeMap<CompanyId, published_guide::Model>,
    revisions: BTreeMap<(CompanyId, RevisionNumber), revision::Model>,
}

impl Rows {
    async fn read(database: &impl ConnectionTrait) -> Self {
        macro_rules! all {
            ($table:ident) => {
                $table::Entity::find().all(database).await.expect("a table is read")
            };
        }
        Self {
            catalogue: all!(catalogue).pop().expect("the catalogue has its row"),
            changes: all!(change),
            companies: all!(company).into_iter().map(|row| (row.id, row)).collect(),
            drafts: all!(draft).into_iter().map(|row| (row.company_id, row)).collect(),
            old_slugs: all!(old_slug),
            operations: all!(operation),
            touched: all!(operation_change),
            subjects: all!(operation_subject),
            pointers: all!(published_guide).into_iter().map(|row| (row.company_id, row)).collect(),
            revisions: all!(revision).into_iter().map(|row| ((row.company_id, row.number), row)).collect(),
        }
    }

    /// Revisions are numbered from 1 without a gap, and no slug leads to two companies.
    fn companies(&self, wrong: &mut Vec<String>) {
        let operations: BTreeSet<_> = self.operations.iter().map(|row| row.id).collect();
        let mut highest: BTreeMap<CompanyId, i32> = BTreeMap::new();
        for ((id, number), row) in &self.revisions {
            let before = highest.insert(*id, number.0).unwrap_or_default();
            if number.0 != before + 1 {
                wrong.push(format!("revision {number} of {id:?} follows r{before}"));
            }
            if !operations.contains(&row.operation_id) {
                wrong.push(format!("revision {number} of {id:?} was made by no operation"));
            }
        }
        for (id, row) in &self.companies {
            let highest = highest.remove(id).unwrap_or_default();
            if row.latest_revision.0 != highest {
                wrong.push(format!("{}: latest revision {}, but the highest is r{highest}", row.slug, row.latest_revision));
            }
        }
        wrong.extend(highest.keys().map(|id| format!("revisions of {id:?}, which is not there")));
        let taken: BTreeMap<_, _> = self.companies.values().map(|row| (&row.slug, row.id)).collect();
        let doubled = self.old_slugs.iter().filter(|old| taken.contains_key(&old.slug));
        wrong.extend(doubled.map(|old| format!("{} is a slug and an old slug", old.slug)));
    }

    /// A draft can be read and is based on a revision that there is.
    fn drafts(&self, wrong: &mut Vec<String>) {
        for (id, row) in &self.drafts {
            let based = row.base_revision == RevisionNumber::NONE || self.revisions.contains_key(&(*id, row.base_revision));
            let read = content::guide::Guide::from_json(&row.body).is_ok();
            if !based || !read || row.edits < 1 || !self.companies.contains_key(id) {
                wrong.push(format!("the draft of {id:?}: {row:?}"));
            }
        }
    }

    /// A pointer says what its company and its revision say.
    fn pointers(&self, wrong: &mut Vec<String>) {
        for (id, pointer) in &self.pointers {
            let Some((company, revision)) = self.companies.get(id).zip(self.revisions.get(&(*id, pointer.revision))) else {
                wrong.push(format!("{}: its company or revision is not there", pointer.slug));
                continue;
            };
            if company.archived_at.is_some() {
                wrong.push(format!("{} is archived and public", company.slug));
            }
            if (&company.slug, revision.published_at) != (&pointer.slug, pointer.published_at) {
                wrong.push(format!("{}: the pointer is {pointer:?}, the company {company:?}", company.slug));
            }
        }
    }

    /// The last change of each company in the feed is how it stands, and no version is left out or doubled.
    fn feed(&self, wrong: &mut Vec<String>) {
        let mut last: BTreeMap<CompanyId, &change::Model> = BTreeMap::new();
        let mut versions = BTreeSet::new();
        for row in &self.changes {
            versions.insert(row.version.0);
            if last.get(&row.company_id).is_none_or(|before| before.version < row.version) {
                last.insert(row.company_id, row);
            }
            if (row.kind == ChangeKind::Published) != row.revision.is_some() {
                wrong.push(format!("the feed says {row:?}"));
            }
        }
        let told = last.iter().filter_map(|(id, row)| Some((*id, row.revision?))).collect();
        let standing = self.pointers.iter().map(|(id, row)| (*id, row.revision)).collect();
        compare("the feed's last word", &told, &standing, wrong);
        let silent = (1..=self.catalogue.version.0).filter(|version| !versions.contains(version)).count();
        let touching: BTreeSet<_> = self.touched.iter().map(|row| row.operation_id).collect();
        let of_tiers = self.subjects.iter().filter(|row| row.subject == "tiers" && !touching.contains(&row.operation_id)).count();
        let outside = versions.iter().any(|version| !(1..=self.catalogue.version.0).contains(version));
        // A tier in use that gets another name is told of every guide in it; any other change of the list has a version of its own.
        if outside || silent > of_tiers {
            wrong.push(format!(
                "the catalogue is at {:?}; {silent} versions have no change, {of_tiers} changed tiers",
                self.catalogue.version
            ));
        }
    }

    /// The states of a company make one chain, from its absence to how it stands: each state that an operation left is the one that another found,
    /// or how the company stands now.
    fn records(&self, wrong: &mut Vec<String>) {
        let mut open: BTreeMap<(CompanyId, String), i32> = BTreeMap::new();
        let touched: BTreeSet<_> = self.touched.iter().map(|row| row.company_id).collect();
        for id in touched.iter().chain(self.companies.keys().filter(|id| !touched.contains(id))) {
            *open.entry((*id, "null".to_owned())).or_default() += 1;
            let state = serde_json::to_string(&self.state(*id)).expect("a state is JSON");
            *open.entry((*id, state)).or_default() -= 1;
        }
        for row in &self.touched {
            *open.entry((row.company_id, row.after.clone())).or_default() += 1;
            *open.entry((row.company_id, without_kept(&row.before))).or_default() -= 1;
        }
        let broken = open.iter().filter(|(_, times)| **times != 0);
        wrong.extend(broken.map(|((id, state), times)| format!("the record of {id:?} has a gap ({times}) at {state}")));
        let companies = self.touched.iter().map(|row| row.operation_id);
        let made: BTreeSet<_> = companies.chain(self.subjects.iter().map(|row| row.operation_id)).collect();
        let known: BTreeSet<_> = self.operations.iter().map(|row| row.id).collect();
        wrong.extend(made.difference(&known).map(|id| format!("changes of operation {id:?}, which is not there")));
        let silent = self.operations.iter().filter(|row| !made.contains(&row.id));
        wrong.extend(silent.map(|row| format!("operation {row:?} changed nothing")));
    }

    fn state(&self, id: CompanyId) -> Option<State> {
        let row = self.companies.get(&id)?;
        Some(State {
            slug: row.slug.clone(),
            created_at: row.created_at,
            archived_at: row.archived_at,
            published: self.pointers.get(&id).map(|pointer| pointer.revision),
            draft: self.drafts.get(&id).cloned().map(Into::into),
            kept: None,
        })
    }

    fn public(&self) -> Vec<Public<'_>> {
        let guides = self.pointers.iter().filter_map(|(id, pointer)| {
            let body = &self.revisions.get(&(*id, pointer.revision))?.body;
            let document = content::guide::Guide::from_json(body).expect("a revision is a guide");
            Some(Public { pointer, guide: Guide::new(*id, document).expect("a public guide is whole") })
        });
        guides.collect()
    }
}

/// A state without what a deletion takes along, which no other operation sees.
fn without_kept(state: &str) -> String {
    let state: Option<State> = serde_json::from_str(state).expect("a state is JSON");
    serde_json::to_string(&state.map(|state| State { kept: None, ..state })).expect("a state is JSON")
}

/// Notes what is only on one side, and what is not the same on both.
fn compare<K: Ord + Debug, V: PartialEq + Debug>(what: &str, expected: &BTreeMap<K, V>, found: &BTreeMap<K, V>, wrong: &mut Vec<String>) {
    for key in expected.keys().chain(found.keys().filter(|key| !expected.contains_key(key))) {
        let (expected, found) = (expected.get(key), found.get(key));
        if expected != found {
            wrong.push(format!("{what} {key:?}: expected {expected:?}, found {found:?}"));
        }
    }
}
