//! Whether a database agrees with itself: what the product's own check says, and the index rows once more, by rules written a second time.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use content::Difficulty;
use content::fold::fold;
use content::integrity;
use content::published::Guide;
use content::store::Store;
use entity::{
    published_category, published_focus_area, published_guide, published_question, published_round, published_salary_range, published_tag,
    revision,
};
use sea_orm::{ConnectionTrait, EntityTrait, IsolationLevel, TransactionTrait};

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
    let mut differences = said(&snapshot).await;
    differences.extend(index_differences(&snapshot).await);
    snapshot.rollback().await.expect("the snapshot is let go");
    assert!(differences.is_empty(), "the database does not agree with itself:\n{}", differences.join("\n"));
}

/// What the product's check says. Nobody may write meanwhile.
///
/// # Panics
///
/// If the database fails.
pub async fn said(database: &impl ConnectionTrait) -> Vec<String> {
    integrity::problems(database).await.expect("the database is checked").iter().map(ToString::to_string).collect()
}

/// Index rows that are not as the public guides ask for, in words.
///
/// # Panics
///
/// If the database fails.
pub async fn index_differences(database: &impl ConnectionTrait) -> Vec<String> {
    let pointers = published_guide::Entity::find().all(database).await.expect("a table is read");
    let revisions = revision::Entity::find().all(database).await.expect("a table is read");
    let revisions: BTreeMap<_, _> = revisions.into_iter().map(|row| ((row.company_id, row.number), row.body)).collect();
    let public = pointers.iter().map(|pointer| {
        let body = &revisions[&(pointer.company_id, pointer.revision)];
        let document = content::guide::Guide::from_json(body).expect("a revision is a guide");
        Public { pointer, guide: Guide::new(pointer.company_id, document).expect("a public guide is whole") }
    });
    let mut wrong = Vec::new();
    index::compare(database, &public.collect::<Vec<_>>(), &mut wrong).await;
    wrong
}

/// A public guide as its revision has it.
struct Public<'a> {
    pointer: &'a published_guide::Model,
    guide: Guide,
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
