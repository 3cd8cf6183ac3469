//! Backups: what is restored is what there was, on either database; it is of one moment while others write; what is not whole is refused; and a
//! restore that dies in its middle leaves the old database.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use api::operator;
use api::settings::{Arguments, Settings};
use api::startup::{StartError, serving};
use content::Role;
use content::backup::{self, BackupError, LEFT_OUT, REWRITTEN, TABLES};
use content::store::Store;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use serde_json::{Value, json};
use tests::admin::{login, person};
use tests::editing::Office;
use tests::edits::{input, set, standing};
use tests::guides::{complete, saying};
use tests::portrait::everything;
use tests::{Backend, Server, Stage, both, integrity};

/// Kills of a restore.
const KILLS: usize = 25;

async fn taken(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    let rows = backup::write(store, migration::steps().last().unwrap(), &mut bytes).await.unwrap();
    assert_eq!(backup::verify(&bytes[..], &migration::steps()).unwrap().rows, rows);
    bytes
}

async fn put_back(store: &Store, bytes: &[u8]) {
    let restored = backup::restore(store, bytes, &migration::steps()).await.unwrap();
    assert_eq!(restored.problems, []);
}

fn file_of(stage: &Stage, bytes: &[u8]) -> PathBuf {
    let file = stage.folder().join("backup.jsonl");
    std::fs::write(&file, bytes).unwrap();
    file
}

fn settings(stage: &Stage) -> Settings {
    Settings::read(Arguments::of_tool(Some(stage.url.clone()), false)).unwrap()
}

/// Every row that a backup has, and those of the index.
async fn kept(store: &Store) -> Vec<String> {
    let rows = everything(store).await.into_iter();
    let rows = rows.filter(|row| !LEFT_OUT.iter().any(|(table, _)| row.starts_with(&format!("{table} "))));
    let mut rows: Vec<_> = rows
        .map(|row| match row.split_once("{ row: ") {
            // The number that a database gives to rows of the index.
            Some((start, rest)) => format!("{start}{}", rest.trim_start_matches(|sign: char| sign.is_ascii_digit())),
            None => row,
        })
        .collect();
    rows.sort_unstable();
    rows
}

/// The rows of a backup, without the numbers that a database gives, in an order that is no database's.
fn lines(bytes: &[u8]) -> Vec<String> {
    let lines = std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut rows: Vec<_> = lines.filter(|line| line["table"].is_string()).collect();
    for row in &mut rows {
        row["row"].as_object_mut().unwrap().remove("row");
    }
    let mut rows: Vec<_> = rows.iter().map(ToString::to_string).collect();
    rows.sort_unstable();
    rows
}

async fn refused(settings: &Settings, file: &Path) -> StartError {
    operator::restore(settings, file).await.err().unwrap()
}

both! {
    async fn what_is_restored_is_what_was_backed_up(stage) {
        let ada = set(&stage).await;
        let mut praise = input(&ada, "changeDrafts").await;
        praise["job"] = json!(tests::editing::fresh().to_string());
        Office::done(ada.edit("changeDrafts", praise).await);
        let deleted = Office::done(ada.edit("deleteCompany", input(&ada, "deleteCompany").await).await);
        let server = Server::of(&stage);
        let user = person(&stage.store, "kim", Role::Author).await;
        login(&server, &user).await;
        let (before, stood) = (kept(&stage.store).await, standing(&stage).await);
        let bytes = taken(&stage.store).await;
        Office::done(ada.edit("undo", json!({ "operation": deleted["operation"]["id"] })).await);
        stage.plant_generated(120).await;
        put_back(&stage.store, &bytes).await;
        assert_eq!(kept(&stage.store).await, before);
        assert_eq!(standing(&stage).await, stood);
        let left = everything(&stage.store).await.into_iter().filter(|row| LEFT_OUT.iter().any(|(table, _)| row.starts_with(&format!("{table} "))));
        assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new(), "no session comes back to life");
        integrity::check(&stage.store).await;
        Office::done(ada.edit("undo", json!({ "operation": deleted["operation"]["id"] })).await);
        integrity::check(&stage.store).await;
    }

    async fn a_backup_beside_writers_is_of_one_moment(stage) {
        let editor = stage.editor().await;
        let mut ids = Vec::new();
        for number in 0..4 {
            ids.push(editor.create_public(&format!("guide-{number}"), &complete("Guide")).await.unwrap());
        }
        let store = stage.open_again().await;
        let backups = async {
            for _ in 0..8 {
                let bytes = taken(&store).await;
                let other = Stage::empty(Backend::Sqlite).await;
                put_back(&other.store, &bytes).await;
                integrity::check(&other.store).await;
            }
        };
        let mut round = 0;
        let writes = async {
            loop {
                round += 1;
                editor.republish(ids[round % 4], &saying("Guide", &format!("Round {round}?"))).await.unwrap();
            }
        };
        tokio::select! {
            () = backups => {}
            () = writes => {}
        }
        assert!(round > 8, "it was written meanwhile: {round}");
    }

    async fn who_writes_beside_a_restore_waits_and_goes_on_with_what_was_restored(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let bytes = taken(&stage.store).await;
        let restoring = stage.open_again().await;
        let restores = async {
            for _ in 0..5 {
                put_back(&restoring, &bytes).await;
            }
        };
        let mut round = 0;
        let writes = async {
            loop {
                round += 1;
                // Between the look at a stamp and the save a restore may come: that is refused as a change by somebody else.
                editor.republish(id, &saying("Acorn", &format!("Round {round}?"))).await.ok();
                editor.create_public(&format!("guide-{round}"), &complete("Guide")).await.ok();
            }
        };
        tokio::select! {
            () = restores => {}
            () = writes => {}
        }
        integrity::check(&stage.store).await;
        editor.republish(id, &saying("Acorn", "And now?")).await.unwrap();
    }

    async fn what_is_not_whole_is_refused_and_changes_nothing(stage) {
        set(&stage).await;
        let bytes = taken(&stage.store).await;
        let before = everything(&stage.store).await;
        let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut wrong = Vec::new();
        for round in 0..300 {
            let place = random.next_u32() as usize % bytes.len();
            let mut damaged = bytes.clone();
            match round % 3 {
                0 => damaged.truncate(place),
                1 => damaged[place] ^= 1 << (round % 8),
                _ => drop(damaged.remove(place)),
            }
            if backup::verify(&damaged[..], &migration::steps()).is_ok() {
                wrong.push((round, place));
            }
            if round % 20 == 0 {
                backup::restore(&stage.store, &damaged[..], &migration::steps()).await.err().unwrap();
                assert!(everything(&stage.store).await == before, "round {round} left something");
            }
        }
        assert_eq!(wrong, []);
        let mut more = bytes.clone();
        more.extend(b"{}\n");
        let error = backup::verify(&more[..], &migration::steps()).unwrap_err();
        assert!(error.to_string().contains("more behind the end"), "{error}");
    }

    async fn a_server_that_runs_is_in_the_way_and_a_restore_is_in_its(stage) {
        let editor = stage.editor().await;
        editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let file = file_of(&stage, &taken(&stage.store).await);
        editor.create_public("birch", &complete("Birch")).await.unwrap();
        let settings = settings(&stage);
        let (one, two) = (serving(&settings).await.unwrap(), serving(&settings).await.unwrap());
        let error = refused(&settings, &file).await;
        assert!(matches!(error, StartError::Served { .. }), "{error}");
        assert_eq!(error.exit_code(), 6);
        one.end().await;
        assert!(matches!(refused(&settings, &file).await, StartError::Served { .. }));
        two.end().await;
        if stage.backend == Backend::Sqlite {
            let error = refused(&settings, &file).await;
            assert!(matches!(error, StartError::InUse { .. }), "another program has the file open: {error}");
            stage.store.clone().close().await.unwrap();
        }
        let restored = operator::restore(&settings, &file).await.unwrap();
        assert_eq!((restored.contents.rows.of("company"), restored.problems.len()), (1, 0));
        assert_eq!(restored.kept.is_some(), stage.backend == Backend::Sqlite);
        let again = stage.open_again().await;
        assert_eq!(entity_count(&again).await, 1);
        integrity::check(&again).await;
        if let Some(old) = restored.kept {
            let old = Store::open(content::store::Options::new(content::store::sqlite_url(&old))).await.unwrap();
            assert_eq!(entity_count(&old).await, 2, "the old one is kept whole");
        }
        assert_eq!(operator::check(&settings).await.unwrap().1, []);
        serving(&settings).await.unwrap();
    }

    async fn a_restore_that_is_killed_leaves_the_old_database_or_the_new_one(stage) {
        let editor = stage.editor().await;
        stage.plant_generated(60).await;
        let new = taken(&stage.store).await;
        let file = file_of(&stage, &new);
        editor.create_public("birch", &complete("Birch")).await.unwrap();
        let old = stage.folder().join("old.jsonl");
        std::fs::write(&old, taken(&stage.store).await).unwrap();
        stage.store.clone().close().await.unwrap();
        let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let (mut done, mut killed) = (0, 0);
        for _ in 0..KILLS {
            let mut child = restoring(&stage, &file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            tokio::time::sleep(Duration::from_millis(u64::from(random.next_u32() % 1_200))).await;
            child.kill().unwrap();
            child.wait().unwrap();
            let store = stage.open_again().await;
            integrity::check(&store).await;
            let companies = entity_count(&store).await;
            store.close().await.unwrap();
            match companies {
                61 => killed += 1,
                60 => done += 1,
                other => panic!("{other} companies are neither the old database nor the new one"),
            }
            if companies == 60 {
                assert!(succeeds(&stage, &old), "the next restore is not in the way of a killed one");
            }
        }
        assert!(killed > 0, "{killed} were killed in time, {done} were not");
        assert!(succeeds(&stage, &file));
        let store = stage.open_again().await;
        assert_eq!(entity_count(&store).await, 60);
    }

    async fn every_table_is_in_a_backup_or_left_out_with_a_reason(stage) {
        let ask = if stage.backend == Backend::Sqlite {
            (DatabaseBackend::Sqlite, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%\\_search%' ESCAPE '\\'")
        } else {
            (DatabaseBackend::Postgres, "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'")
        };
        let rows = stage.store.writer().query_all_raw(Statement::from_string(ask.0, ask.1)).await.unwrap();
        let found: BTreeSet<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        let left_out = LEFT_OUT.iter().map(|(table, _)| *table);
        let known: BTreeSet<String> = TABLES.iter().copied().chain(left_out).chain(REWRITTEN.iter().copied()).map(str::to_owned).collect();
        assert_eq!(found, known);
    }
}

mod a_database_grows_from_sqlite_to_postgres_and_back {
    use super::{Backend, Stage, integrity, kept, lines, put_back, set, standing, taken};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn postgres() {
        let (small, large, again) =
            (Stage::empty(Backend::Sqlite).await, Stage::empty(Backend::Postgres).await, Stage::empty(Backend::Sqlite).await);
        set(&small).await;
        small.plant_generated(130).await;
        let first = taken(&small.store).await;
        put_back(&large.store, &first).await;
        integrity::check(&large.store).await;
        let second = taken(&large.store).await;
        assert_eq!(lines(&second), lines(&first));
        put_back(&again.store, &second).await;
        integrity::check(&again.store).await;
        assert_eq!(standing(&large).await, standing(&small).await);
        assert_eq!(standing(&again).await, standing(&small).await);
        assert_eq!(kept(&large.store).await, kept(&small.store).await);
        assert_eq!(kept(&again.store).await, kept(&small.store).await);
        // What writes next gets numbers that nothing has.
        large.plant_generated(140).await;
        integrity::check(&large.store).await;
    }
}

#[tokio::test]
async fn a_backup_of_another_version_says_which() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let text = String::from_utf8(taken(&stage.store).await).unwrap();
    let steps = migration::steps();
    let with = |step: &str| text.replacen(steps.last().unwrap(), step, 1);
    let older = backup::verify(with(&steps[3]).as_bytes(), &steps).unwrap_err();
    assert!(matches!(&older, BackupError::Older { found, .. } if *found == steps[3]), "{older}");
    assert_eq!(StartError::from(older).exit_code(), 13);
    let newer = backup::verify(with("m20991231_000001_from_the_future").as_bytes(), &steps).unwrap_err();
    assert!(matches!(newer, BackupError::Newer { .. }), "{newer}");
    for other in [
        "",
        "name,slug\n",
        "{\"format\":\"greenroom/guide@1\"}\n",
        "{\"format\":\"greenroom/backup@2\",\"made_at\":\"2026-11-26T00:00:00Z\",\"schema\":\"x\"}\n",
    ] {
        assert!(matches!(backup::verify(other.as_bytes(), &steps), Err(BackupError::Format)), "{other}");
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_made_by_a_restore_and_by_nothing_else() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let file = file_of(&stage, &taken(&stage.store).await);
    let place = stage.folder().join("other").join("new.db");
    let settings = Settings::read(Arguments::of_tool(Some(format!("sqlite:{}", place.display())), false)).unwrap();
    let missing = operator::backup(&settings, Vec::new()).await.unwrap_err();
    assert_eq!((missing.exit_code(), operator::check(&settings).await.unwrap_err().exit_code()), (7, 7));
    assert!(!place.exists());
    assert!(matches!(refused(&settings, Path::new("/nowhere/backup.jsonl")).await, StartError::Backup(BackupError::File(_))));
    let restored = operator::restore(&settings, &file).await.unwrap();
    assert_eq!((restored.kept, restored.contents.rows.of("published_guide")), (None, 8));
    let mut bytes = Vec::new();
    let rows = operator::backup(&settings, &mut bytes).await.unwrap();
    assert_eq!((&rows, lines(&bytes)), (&restored.contents.rows, lines(&std::fs::read(&file).unwrap())));
}

#[tokio::test]
async fn a_file_that_is_no_database_any_more_is_replaced_and_kept() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let file = file_of(&stage, &taken(&stage.store).await);
    stage.store.clone().close().await.unwrap();
    let database = stage.folder().join("greenroom.db");
    std::fs::write(&database, "This was a database. ".repeat(1_000)).unwrap();
    std::fs::write(stage.folder().join("greenroom.db-wal"), "and this its log").unwrap();
    let restored = operator::restore(&settings(&stage), &file).await.unwrap();
    assert!(std::fs::read_to_string(restored.kept.unwrap()).unwrap().starts_with("This was"));
    assert_eq!(operator::check(&settings(&stage)).await.unwrap().1, []);
    assert_eq!(entity_count(&stage.open_again().await).await, 8);
}

async fn entity_count(store: &Store) -> u64 {
    use sea_orm::{EntityTrait, PaginatorTrait};
    entity::company::Entity::find().count(store.writer()).await.unwrap()
}

fn restoring(stage: &Stage, file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_writer"));
    command.args(["restore", &stage.url]).arg(file);
    command
}

/// Whether a restore is done, once the server of a killed one has let its lock go.
fn succeeds(stage: &Stage, file: &Path) -> bool {
    for _ in 0..100 {
        let output = restoring(stage, file).stderr(Stdio::piped()).output().unwrap();
        if output.status.success() || !String::from_utf8_lossy(&output.stderr).contains("Served") {
            return output.status.success();
        }
    }
    false
}
