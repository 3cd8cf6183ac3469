//! Crashes: a process that ends between any two statements, or is killed at any moment. What was acknowledged is there whole; all else is not there at all.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use content::access::secret::Secret;
use content::api_key::Ring;
use content::{KeyMode, company, operation};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use sea_orm::EntityTrait;
use tests::guides::{complete, saying, slug};
use tests::portrait::{Portrait, everything};
use tests::{Editor, Stage, both, integrity, partners, portrait};

/// Kills of one database.
const KILLS: usize = 200;
/// Companies that the killed writers publish, again and again.
const COMPANIES: usize = 20;

fn writer(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_writer"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The guides that acts are tried on: one with two revisions and an open draft, and what they look like.
async fn plant(editor: &Editor) {
    let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
    editor.republish(id, &saying("Acorn", "Two?")).await.unwrap();
    editor.rename(id, "acorn-labs").await.unwrap();
    editor.save(id, &saying("Acorn Labs", "Three?")).await.unwrap();
}

async fn portraits(stage: &Stage) -> BTreeMap<String, Portrait> {
    let companies = entity::company::Entity::find().all(stage.store.writer()).await.unwrap();
    let mut found = BTreeMap::new();
    for row in companies {
        found.insert(row.slug.to_string(), portrait::of(&stage.store, row.id).await.unwrap());
    }
    found
}

/// Does an act again and again, each time with an end after one statement more, until it comes to its own end. Gives the number of its statements.
async fn crash_after_each_statement(stage: &Stage, act: &str, name: &str) -> usize {
    let desk = stage.desk("ada");
    let before = (everything(&stage.store).await, operation::newest(&desk, 1_000).await.unwrap());
    for statements in 1..200 {
        let output = writer(&["once", &stage.url, act, name, &statements.to_string()]).output().unwrap();
        let after = (everything(&stage.store).await, operation::newest(&desk, 1_000).await.unwrap());
        integrity::check(&stage.store).await;
        if output.status.success() {
            assert_eq!(after.1.len(), before.1.len() + 1, "{act}: what was acknowledged is recorded");
            assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), after.1[0].id.0.to_string());
            return statements - 1;
        }
        assert!(output.stdout.is_empty());
        // The last statement before the commit is one after which nothing has happened yet, too.
        assert_eq!(after, before, "{act}: a crash after {statements} statements leaves nothing");
    }
    panic!("{act} does not come to an end");
}

/// Whether a server that was started now would answer to a secret.
async fn opens(stage: &Stage, secret: &Secret) -> bool {
    let found = Ring::new(stage.store.clone()).find(Ring::read(secret).unwrap()).await;
    found.is_ok_and(|pass| pass.check(stage.store.now(), None, None).is_ok())
}

/// A writer that goes on until it is killed, and what it says.
struct Victim {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
}

impl Victim {
    fn start(stage: &Stage, round: usize) -> Self {
        let mut child = writer(&["on", &stage.url, &round.to_string(), &COMPANIES.to_string()]).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    /// Waits for so many lines and then a moment longer, kills it (SIGKILL), and gives everything that it had said by then.
    fn kill_after(mut self, lines: usize, moment: Duration) -> Vec<String> {
        let mut said = Vec::new();
        while said.len() < lines {
            let mut line = String::new();
            assert!(self.said.read_line(&mut line).unwrap() > 0, "the writer ended by itself");
            said.push(line);
        }
        // Not a wait for anything: the moment of the kill is the test's input.
        std::thread::sleep(moment);
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9), "it was killed: {status}");
        said.extend(self.said.lines().map(Result::unwrap));
        said.iter().map(|line| line.trim().to_owned()).collect()
    }
}

both! {
    async fn a_crash_between_any_two_statements_leaves_all_or_nothing(stage) {
        let editor = stage.editor().await;
        plant(&editor).await;
        let mut counts = BTreeMap::new();
        for act in ["publish", "undo", "roll-back", "unpublish", "undo", "create"] {
            let statements = crash_after_each_statement(&stage, act, "acorn-labs").await;
            assert!(statements > 5, "{act} has {statements} statements");
            counts.insert(act, statements);
        }
        let found = portraits(&stage).await;
        assert_eq!(found["acorn-labs"].public.as_ref().unwrap().guide.name, "Acorn", "{counts:?}");
        assert_eq!(found["created"].public.as_ref().unwrap().guide.name, "created");
        let renamed = crash_after_each_statement(&stage, "rename", "acorn-labs").await;
        assert!(renamed > 5);
        let led_to = company::find(&stage.view(), &company::By::Slug(slug("acorn"))).await.unwrap().unwrap();
        assert_eq!(led_to.slug, slug("renamed"));
    }

    async fn a_crash_in_the_middle_of_an_act_leaves_a_key_as_it_was(stage) {
        let first = partners::key(&stage, "web", KeyMode::Live, partners::open_terms()).await.secret;
        for (act, name) in [("create-key", "second"), ("change-key", "web"), ("rotate-key", "web")] {
            let statements = crash_after_each_statement(&stage, act, name).await;
            assert!(statements > 5, "{act} has {statements} statements");
            assert!(opens(&stage, &first).await, "after {act}");
        }
        for (act, name) in [("finish-key", "web"), ("revoke-key", "second")] {
            let statements = crash_after_each_statement(&stage, act, name).await;
            assert!(statements > 5, "{act} has {statements} statements");
        }
        assert!(!opens(&stage, &first).await, "the rotation is over");
    }

    async fn two_hundred_kills_lose_nothing_that_was_acknowledged(stage) {
        stage.editor().await;
        let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut acknowledged = Vec::new();
        for round in 0..KILLS {
            let (lines, micros) = (random.next_u32() % 6, random.next_u32() % 12_000);
            let moment = Duration::from_micros(u64::from(micros));
            acknowledged.extend(Victim::start(&stage, round).kill_after(lines as usize, moment));
            if round % 20 == 19 {
                integrity::check(&stage.store).await;
            }
        }
        assert!(acknowledged.len() > KILLS, "{} were acknowledged", acknowledged.len());
        let revisions = entity::revision::Entity::find().all(stage.store.writer()).await.unwrap();
        let companies = entity::company::Entity::find().all(stage.store.writer()).await.unwrap();
        let slugs: BTreeMap<_, _> = companies.iter().map(|row| (row.id, row.slug.to_string())).collect();
        let bodies: BTreeMap<_, _> = revisions.iter().map(|row| ((slugs[&row.company_id].clone(), row.number.0), &row.body)).collect();
        let mut latest: BTreeMap<String, i32> = BTreeMap::new();
        for line in &acknowledged {
            let [name, number, text] = line.splitn(3, ' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let number: i32 = number.parse().unwrap();
            assert_eq!(*bodies[&(name.to_owned(), number)], saying(name, text).to_json().unwrap(), "{line}");
            let before = latest.insert(name.to_owned(), number).unwrap_or_default();
            assert!(number > before, "{line} came after revision {before}");
        }
        for (name, number) in latest {
            let public = company::find(&stage.view(), &company::By::Slug(slug(&name))).await.unwrap().unwrap();
            assert!(public.revision.0 >= number, "{name}: revision {number} was acknowledged, {} is public", public.revision);
        }
        // At most one act of each killed writer was done without a word about it.
        assert!(bodies.len() <= acknowledged.len() + KILLS, "{} revisions, {} acknowledged", bodies.len(), acknowledged.len());
    }
}
