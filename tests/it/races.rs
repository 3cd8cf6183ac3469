//! Races: writers at the same time, in one store and in several on the same database. Somebody wins, nobody is lost, nothing is half done.

use std::collections::BTreeSet;

use content::code::Code;
use content::draft::{self, Expect};
use content::edit::{Edit, Receipt};
use content::{CompanyId, Error, OperationKind, Result, RevisionNumber, catalogue, revision};
use tests::guides::{complete, saying};
use tests::portrait::of;
use tests::{Editor, Stage, both, integrity};
use tokio::task::JoinSet;

/// Rounds of each race: enough that both outcomes come up.
const ROUNDS: usize = 25;

/// Two editors with a store of their own each, as two processes have.
async fn two_editors(stage: &Stage) -> (Editor, Editor) {
    (stage.editor().await, Editor(stage.open_again().await.desk(content::edit::Author::new("ben"))))
}

/// One act was done, the other was refused with one of these codes.
#[track_caller]
fn one_wins(results: [Result<Receipt>; 2], codes: &[Code]) -> usize {
    let won: Vec<usize> = results.iter().enumerate().filter(|(_, result)| result.is_ok()).map(|(number, _)| number).collect();
    for error in results.into_iter().filter_map(Result::err) {
        assert!(codes.contains(&error.code()), "{error}");
    }
    assert_eq!(won.len(), 1, "exactly one wins");
    won[0]
}

async fn publish_own(editor: Editor, number: usize) -> Receipt {
    let id = editor.create(&format!("guide-{number}"), &complete(&format!("Guide {number}"))).await.unwrap();
    editor.publish(id).await.unwrap()
}

both! {
    async fn of_two_publishers_of_one_draft_one_wins(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let id = ada.create("acorn", &complete("Acorn")).await.unwrap();
        for round in 1..=ROUNDS {
            let seen = ada.stamp(id).await.unwrap();
            let (first, second) = (tokio::spawn(publish(ada.clone(), id, seen)), tokio::spawn(publish(ben.clone(), id, seen)));
            one_wins([first.await.unwrap(), second.await.unwrap()], &[Code::Moved, Code::WrongState]);
            let numbers = revision::list(&ada.0, id).await.unwrap();
            assert_eq!((numbers.len(), numbers[0].0), (round, RevisionNumber(i32::try_from(round).unwrap())));
            ada.save(id, &saying("Acorn", &format!("Round {round}?"))).await.unwrap();
        }
        integrity::check(&stage.store).await;
    }

    async fn a_publisher_and_an_editor_at_once_lose_nothing(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let id = ada.create("acorn", &complete("Acorn")).await.unwrap();
        for round in 0..ROUNDS {
            let mine = saying("Acorn", &format!("Ada in round {round}?"));
            let yours = saying("Acorn", &format!("Ben in round {round}?"));
            ada.save(id, &mine).await.unwrap();
            let seen = ada.stamp(id).await.unwrap();
            let published = tokio::spawn(publish(ada.clone(), id, seen));
            let saved = tokio::spawn(save(ben.clone(), id, yours.clone(), seen));
            let (published, saved) = (published.await.unwrap(), saved.await.unwrap());
            let now = of(&stage.store, id).await.unwrap();
            let open = draft::find(&ada.0, id).await.unwrap();
            saved.expect("a save over what was published meanwhile is a new draft");
            assert_eq!(open.unwrap().guide, yours);
            match published {
                Ok(_) => assert_eq!(now.public.unwrap().guide, content::published::Guide::new(id, mine).unwrap()),
                Err(error) => assert_eq!(error.code(), Code::Moved, "nobody publishes what they have not seen"),
            }
        }
        integrity::check(&stage.store).await;
    }

    async fn of_two_editors_of_one_draft_one_wins(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let id = ada.create("acorn", &complete("Acorn")).await.unwrap();
        for round in 0..ROUNDS {
            let seen = ada.stamp(id).await.unwrap();
            let guides = ["Ada", "Ben"].map(|name| saying("Acorn", &format!("{name} in round {round}?")));
            let first = tokio::spawn(save(ada.clone(), id, guides[0].clone(), seen));
            let second = tokio::spawn(save(ben.clone(), id, guides[1].clone(), seen));
            let winner = one_wins([first.await.unwrap(), second.await.unwrap()], &[Code::Moved]);
            assert_eq!(draft::find(&ada.0, id).await.unwrap().unwrap().guide, guides[winner]);
        }
        integrity::check(&stage.store).await;
    }

    async fn of_two_companies_with_one_slug_one_is_made(stage) {
        let (ada, ben) = two_editors(&stage).await;
        for round in 0..ROUNDS {
            let name = format!("acorn-{round}");
            let other = ben.create(&format!("birch-{round}"), &complete("Birch")).await.unwrap();
            let made = tokio::spawn(create(ada.clone(), name.clone()));
            let renamed = tokio::spawn(rename(ben.clone(), other, name));
            one_wins([made.await.unwrap(), renamed.await.unwrap()], &[Code::SlugTaken]);
        }
        integrity::check(&stage.store).await;
    }

    async fn thirty_publishers_of_thirty_guides_get_a_version_each(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let view = stage.view();
        let begin = catalogue::version(&view).await.unwrap().0;
        let mut writers = JoinSet::new();
        for number in 0..30 {
            writers.spawn(publish_own(if number % 2 == 0 { ada.clone() } else { ben.clone() }, number));
        }
        let receipts = writers.join_all().await;
        let versions: BTreeSet<i64> = receipts.iter().filter_map(|receipt| receipt.version).map(|version| version.0).collect();
        assert_eq!(versions, (begin + 1..=begin + 30).collect(), "no gap and none twice");
        let changes = catalogue::changes_since(&view, content::CatalogueVersion(begin), 1_000).await.unwrap();
        let told: Vec<i64> = changes.iter().map(|change| change.version.0).collect();
        assert_eq!(told, (begin + 1..=begin + 30).collect::<Vec<_>>());
        let guides: BTreeSet<CompanyId> = changes.iter().map(|change| change.company_id).collect();
        assert_eq!(guides.len(), 30);
        integrity::check(&stage.store).await;
    }

    async fn a_reader_of_the_feed_never_misses_a_change(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let view = stage.view();
        let begin = catalogue::version(&view).await.unwrap();
        let mut writers = JoinSet::new();
        for number in 0..30 {
            writers.spawn(publish_own(if number % 2 == 0 { ada.clone() } else { ben.clone() }, number));
        }
        let (mut at, mut told) = (begin, Vec::new());
        while told.len() < 30 {
            let changes = catalogue::changes_since(&view, at, 7).await.unwrap();
            at = changes.last().map_or(at, |change| change.version);
            told.extend(changes.iter().map(|change| change.version.0));
            tokio::task::yield_now().await;
        }
        assert_eq!(told, (begin.0 + 1..=begin.0 + 30).collect::<Vec<_>>());
        writers.join_all().await;
    }

    async fn readers_see_each_guide_whole_while_it_is_published_again_and_again(stage) {
        let (ada, _) = two_editors(&stage).await;
        let id = ada.create_public("acorn", &saying("Acorn 0", "Question 0?")).await.unwrap();
        let writer = ada.clone();
        let writing = tokio::spawn(async move {
            for number in 1..=ROUNDS {
                writer.republish(id, &saying(&format!("Acorn {number}"), &format!("Question {number}?"))).await.unwrap();
            }
        });
        let view = stage.view();
        let (mut last, mut looks) = (0, 0);
        while !writing.is_finished() || looks < 10 {
            let page = content::question::list(&view, &content::company::Selection::default(), tests::window::first(1)).await.unwrap();
            let (_, question) = page.edges.first().expect("the guide is public all the time");
            let number: usize = question.company.guide.name["Acorn ".len()..].parse().unwrap();
            assert_eq!(question.question().text, format!("Question {number}?"));
            assert!(number >= last, "a reader never goes back");
            (last, looks) = (number, looks + 1);
        }
        writing.await.unwrap();
        integrity::check(&stage.store).await;
    }

    async fn edits_that_hold_their_companies_first_do_not_meet_head_on(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let mut ids = Vec::new();
        for number in 0..6 {
            ids.push(ada.create(&format!("acorn-{number}"), &complete("Acorn")).await.unwrap());
        }
        let backwards: Vec<CompanyId> = ids.iter().rev().copied().collect();
        for _ in 0..10 {
            let (one, other) = tokio::join!(save_held(&ada, &ids), save_held(&ben, &backwards));
            assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        }
        integrity::check(&stage.store).await;
    }

    async fn a_writer_who_is_ended_for_another_one_is_told_to_try_again(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let one = ada.create("acorn", &complete("Acorn")).await.unwrap();
        let other = ada.create("birch", &complete("Birch")).await.unwrap();
        for _ in 0..10 {
            let (first, second) = tokio::join!(save_each(&ada, [one, other]), save_each(&ben, [other, one]));
            for code in [first, second].into_iter().filter_map(|done| done.err().map(|error| error.code())) {
                assert!(matches!(code, Code::DatabaseBusy | Code::Moved), "{code}");
            }
        }
        integrity::check(&stage.store).await;
    }

    async fn undoing_many_guides_at_once_does_not_deadlock(stage) {
        let (ada, ben) = two_editors(&stage).await;
        let mut ids = Vec::new();
        for number in 0..12 {
            ids.push(ada.create(&format!("guide-{number}"), &complete("Acorn")).await.unwrap());
        }
        for round in 0..8 {
            let before = tests::portrait::of_many(&stage.store, &ids).await;
            // Two operations over the same guides in opposite orders; the later one hides the earlier one from undo.
            let earlier = save_all(&ada, ids.iter().copied(), &format!("Round {round}?")).await.unwrap();
            let between = tests::portrait::of_many(&stage.store, &ids).await;
            let later = save_all(&ben, ids.iter().rev().copied(), &format!("Round {round}!")).await.unwrap();
            let all = [
                tokio::spawn(undo(ada.clone(), later.operation)),
                tokio::spawn(undo(ben.clone(), later.operation)),
                tokio::spawn(undo(ben.clone(), earlier.operation)),
            ];
            let [first, second, third] = all;
            let results = [first.await.unwrap(), second.await.unwrap(), third.await.unwrap()];
            let errors: Vec<&Error> = results.iter().filter_map(|result| result.as_ref().err()).collect();
            assert!(errors.iter().all(|error| [Code::ChangedSince, Code::WrongState].contains(&error.code())), "{errors:?}");
            assert_eq!(results[..2].iter().filter(|result| result.is_ok()).count(), 1, "the later one is taken back once");
            // The earlier one is taken back as well if its turn came after that.
            let expected = if results[2].is_ok() { &before } else { &between };
            assert_eq!(&tests::portrait::of_many(&stage.store, &ids).await, expected);
        }
        integrity::check(&stage.store).await;
    }
}

async fn publish(editor: Editor, id: CompanyId, seen: Expect) -> Result<Receipt> {
    editor.publish_over(id, seen).await
}

async fn save(editor: Editor, id: CompanyId, guide: content::guide::Guide, seen: Expect) -> Result<Receipt> {
    editor.save_over(id, &guide, seen).await
}

async fn rename(editor: Editor, id: CompanyId, name: String) -> Result<Receipt> {
    editor.rename(id, &name).await
}

async fn create(editor: Editor, name: String) -> Result<Receipt> {
    let mut edit = content::edit::Edit::begin(&editor.0, OperationKind::Create, "A race").await?;
    let new = content::company::NewCompany { id: None, slug: tests::guides::slug(&name), guide: complete("Acorn") };
    content::company::create(&mut edit, new).await?;
    edit.commit().await
}

async fn undo(editor: Editor, operation: content::OperationId) -> Result<Receipt> {
    editor.undo(operation).await
}

async fn save_all(editor: &Editor, ids: impl Iterator<Item = CompanyId>, text: &str) -> Result<Receipt> {
    let mut edit = content::edit::Edit::begin(&editor.0, OperationKind::Save, "Many at once").await?;
    for id in ids {
        let seen = editor.stamp(id).await?;
        draft::save(&mut edit, id, &saying("Acorn", text), seen).await?;
    }
    edit.commit().await
}

/// Saves several drafts in one edit that holds all of them from the start, whatever order they are named in.
async fn save_held(editor: &Editor, ids: &[CompanyId]) -> Result<Receipt> {
    let mut edit = Edit::begin(&editor.0, OperationKind::Save, "Held first").await?;
    edit.hold_all(&ids.iter().copied().collect()).await?;
    for id in ids {
        let seen = editor.stamp(*id).await?;
        draft::save(&mut edit, *id, &complete("Acorn"), seen).await?;
    }
    edit.commit().await
}

/// Saves two drafts in one edit that comes to them one after the other.
async fn save_each(editor: &Editor, ids: [CompanyId; 2]) -> Result<Receipt> {
    let seen = [editor.stamp(ids[0]).await?, editor.stamp(ids[1]).await?];
    let mut edit = Edit::begin(&editor.0, OperationKind::Save, "One after the other").await?;
    for (id, seen) in ids.into_iter().zip(seen) {
        draft::save(&mut edit, id, &complete("Acorn"), seen).await?;
    }
    edit.commit().await
}
