//! The checker of the other tests is tested itself: it must see each kind of damage.

use sea_orm::{ConnectionTrait, TransactionTrait};
use tests::guides::{complete, saying};
use tests::{Backend, Stage, both, integrity};

/// One kind of damage each, with a word that the checker must say.
const DAMAGE: &[(&str, &str)] = &[
    ("UPDATE published_guide SET name_folded = 'other'", "published_guide"),
    ("UPDATE published_guide SET words = 'other'", "published_guide"),
    ("UPDATE published_guide SET total_minutes_max = 1", "published_guide"),
    ("UPDATE published_guide SET revision = 1", "the pointer"),
    ("UPDATE published_guide SET slug = 'other'", "the pointer"),
    ("UPDATE published_guide SET published_at = 1", "the pointer"),
    ("UPDATE published_question SET text_folded = 'other' WHERE position = 2", "published_question"),
    ("UPDATE published_question SET position = 7 WHERE position = 2", "published_question"),
    ("UPDATE published_question SET company_folded = 'other'", "published_question"),
    ("DELETE FROM published_question WHERE position = 1", "published_question"),
    ("DELETE FROM published_tag", "published_tag"),
    ("DELETE FROM published_round", "published_round"),
    ("UPDATE published_category SET weight_percent = 1", "published_category"),
    ("UPDATE published_focus_area SET text_folded = 'other'", "published_focus_area"),
    ("UPDATE published_salary_range SET max_amount = 1", "published_salary_range"),
    ("DELETE FROM published_guide", "the feed's last word"),
    ("UPDATE company SET latest_revision = 3", "latest revision"),
    ("UPDATE company SET archived_at = 1", "archived and public"),
    ("UPDATE company SET created_at = 1", "has a gap"),
    ("UPDATE draft SET base_revision = 9", "the draft"),
    ("UPDATE draft SET body = '{'", "the draft"),
    ("DELETE FROM draft", "has a gap"),
    ("UPDATE catalogue SET version = version + 1", "the catalogue"),
    ("UPDATE catalogue SET version = version - 1", "the catalogue"),
    ("DELETE FROM change", "the feed"),
    ("DELETE FROM operation_change", "changed nothing"),
    ("UPDATE old_slug SET slug = 'acorn-labs'", "old slug"),
    ("UPDATE draft SET edits = 99", "the draft is of save 99"),
    ("UPDATE company SET used_keys = '{'", "the used keys"),
    ("UPDATE operation SET answer = '{'", "the record"),
    ("UPDATE operation_change SET after = '{'", "the record"),
    ("UPDATE operation_change SET edits_after = 77", "the record"),
    ("DELETE FROM catalogue", "the catalogue"),
];

both! {
    async fn every_kind_of_damage_is_seen(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.republish(id, &saying("Acorn", "Two?")).await.unwrap();
        editor.rename(id, "acorn-labs").await.unwrap();
        editor.save(id, &saying("Acorn", "Three?")).await.unwrap();
        integrity::check(&stage.store).await;
        for (damage, word) in DAMAGE {
            let transaction = stage.store.writer().begin().await.unwrap();
            transaction.execute_unprepared(damage).await.unwrap();
            let said = integrity::said(&transaction).await;
            assert!(said.iter().any(|line| line.contains(word)), "{damage}: {said:?}");
            if word.starts_with("published_") {
                assert_ne!(integrity::index_differences(&transaction).await, Vec::<String>::new(), "{damage}");
            }
            transaction.rollback().await.unwrap();
        }
        integrity::check(&stage.store).await;
    }
}

#[tokio::test]
async fn a_search_index_that_fell_behind_is_seen() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    integrity::check(&stage.store).await;
    for table in ["published_guide_search", "published_question_search"] {
        let transaction = stage.store.writer().begin().await.unwrap();
        transaction.execute_unprepared(&format!("INSERT INTO {table}({table}) VALUES('delete-all')")).await.unwrap();
        let said = integrity::said(&transaction).await;
        assert!(said.iter().any(|line| line.contains(table)), "{said:?}");
        transaction.rollback().await.unwrap();
    }
}

both! {
    async fn a_check_beside_a_writer_sees_one_moment(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let store = stage.open_again().await;
        let checks = async {
            for _ in 0..10 {
                assert_eq!(content::integrity::check(&store).await.unwrap(), []);
            }
        };
        let mut round = 0;
        let writes = async {
            loop {
                round += 1;
                editor.republish(id, &saying("Acorn", &format!("Round {round}?"))).await.unwrap();
            }
        };
        tokio::select! {
            () = checks => {}
            () = writes => {}
        }
        assert!(round > 1, "it was written meanwhile");
    }
}
