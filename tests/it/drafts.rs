//! Drafts: what can be saved, what cannot, and who sees what whom did.

use content::code::Code;
use content::company::{self, By};
use content::draft::{self, Expect};
use content::finding::Level;
use content::guide::{Guide, MinuteRange, limits};
use content::merge::Take;
use content::money::Figures;
use content::{CompanyId, OperationKind, RevisionNumber};
use sea_orm::prelude::Uuid;
use tests::guides::{category, complete, key, line, question, round, salary_range, saying, week};
use tests::portrait::{everything, of};
use tests::{Editor, both, findings, integrity, refusal};

/// A guide that breaks every rule of saving at least once.
fn broken() -> Guide {
    let mut guide = complete("\u{7}Acorn");
    guide.tier = Some(key("unheard-of"));
    guide.highlights = vec![" ".to_owned(), "h".repeat(limits::TAG + 1)];
    guide.focus_areas = (0..=limits::LINES).map(|number| line(&format!("area-{number}"), "An area")).collect();
    guide.interview_loop[0].title = "t".repeat(limits::NAME + 1);
    guide.interview_loop[0].duration = Some(MinuteRange { min: 60, max: 30 });
    guide.interview_loop[1].duration = Some(MinuteRange { min: 0, max: 10 });
    guide.interview_loop[1].focus = vec![String::new()];
    "Two\nlines".clone_into(&mut guide.interview_loop[1].tips[0].text);
    guide.interview_loop.extend((2..=limits::ROUNDS).map(|number| round(&format!("round-{number}"), "A round", (1, limits::MINUTES))));
    guide.question_categories[0].weight_percent = Some(101);
    guide.question_categories[0].questions[0].tags = vec!["t".repeat(limits::TAG + 1)];
    guide.question_categories[0].questions[0].guidance = Some(String::new());
    guide.question_categories[1].questions[0].text = "q".repeat(limits::TEXT + 1);
    guide.question_categories.push(category(
        "many",
        "Many",
        -1,
        (0..=limits::QUESTIONS).map(|n| question(&format!("m-{n}"), "Why?")).collect(),
    ));
    guide.salary_ranges[0].figures = Some(Figures { min: 2, max: Some(1), open_ended: false });
    guide.salary_ranges[0].note = Some("\u{2028}".to_owned());
    guide.salary_ranges[1].figures = Some(Figures { min: 1, max: None, open_ended: false });
    guide.salary_ranges.push(salary_range("most", "Most", Figures::MAX));
    guide.prep_plan = vec![week(1, "Read."), week(1, "")];
    guide.sources = vec![line("source-1", "A visit."), line("source-1", "A call.")];
    guide
}

/// What is wrong with it, in the order of the guide.
const WRONG: &[(Code, &str)] = &[
    (Code::TextControl, "name"),
    (Code::TierUnknown, "tier"),
    (Code::TextEmpty, "highlights.1"),
    (Code::TextLong, "highlights.2"),
    (Code::ListLong, "focus_areas"),
    (Code::ListLong, "interview_loop"),
    (Code::TextLong, "interview_loop.screen.title"),
    (Code::Duration, "interview_loop.screen.duration"),
    (Code::TextEmpty, "interview_loop.panel.focus.1"),
    (Code::TextControl, "interview_loop.panel.tips.panel-tip"),
    (Code::Duration, "interview_loop.panel.duration"),
    (Code::Weight, "question_categories.sense.weight"),
    (Code::TextLong, "question_categories.sense.questions.q-1.tags.1"),
    (Code::TextEmpty, "question_categories.sense.questions.q-1.guidance"),
    (Code::TextLong, "question_categories.code.questions.q-3.text"),
    (Code::ListLong, "question_categories.many.questions"),
    (Code::Weight, "question_categories.many.weight"),
    (Code::TextEmpty, "salary_ranges.junior.note"),
    (Code::TextControl, "salary_ranges.junior.note"),
    (Code::Figures, "salary_ranges.junior.range"),
    (Code::Figures, "salary_ranges.senior.range"),
    (Code::Figures, "salary_ranges.most.range"),
    (Code::TextEmpty, "prep_plan.1.text"),
    (Code::WeekDouble, "prep_plan.1"),
    (Code::KeyDouble, "source-1"),
];

/// A guide of exactly as many bytes as a guide may have: questions as long as they may be, and the rest in two lines.
fn as_large_as_the_limit() -> Guide {
    let mut guide = complete("Acorn");
    let text = "x".repeat(limits::TEXT);
    guide.question_categories = (0..5).map(|number| category(&format!("c-{number}"), "C", 20, Vec::new())).collect();
    let left = |guide: &Guide| limits::GUIDE_BYTES - guide.to_json().unwrap().len();
    let bytes = serde_json::to_string(&question("q-000", &text)).unwrap().len() + 1;
    for number in 0..left(&guide) / bytes {
        guide.question_categories[number % 5].questions.push(question(&format!("q-{number:03}"), &text));
    }
    for place in 0..2 {
        let more = left(&guide).min(limits::TEXT - 20);
        guide.prep_plan[place].text.push_str(&"y".repeat(more));
    }
    guide
}

fn without_publishing_rules(found: Vec<(Code, String)>) -> Vec<(Code, String)> {
    found.into_iter().filter(|(code, _)| ![Code::WeightsSum, Code::WeekGap].contains(code)).collect()
}

fn expected() -> Vec<(Code, String)> {
    WRONG.iter().map(|(code, path)| (*code, (*path).to_owned())).collect()
}

async fn stamp(editor: &Editor, id: CompanyId) -> Expect {
    draft::find(&editor.0, id).await.unwrap().unwrap().stamp
}

const fn seen(base: i32, edits: i32) -> Expect {
    Expect { base: RevisionNumber(base), edits }
}

both! {
    async fn everything_that_cannot_be_saved_is_told_at_once(stage) {
        let editor = stage.editor().await;
        let id = editor.create("acorn", &complete("Acorn")).await.unwrap();
        let before = everything(&stage.store).await;
        assert_eq!(without_publishing_rules(findings(editor.create("birch", &broken()).await)), expected());
        assert_eq!(without_publishing_rules(findings(editor.save(id, &broken()).await)), expected());
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
    }

    async fn what_is_only_unfinished_is_saved_with_its_findings(stage) {
        let editor = stage.editor().await;
        let bare = Guide { name: "Bare".to_owned(), ..Guide::default() };
        let id = editor.create("bare", &bare).await.unwrap();
        let draft = draft::find(&editor.0, id).await.unwrap().unwrap();
        assert_eq!((draft.guide, draft.stamp, draft.updated_by.as_str()), (bare, seen(0, 1), "ada"));
        assert!(draft.findings.stop(Level::Publishing) && !draft.findings.stop(Level::Saving));
        integrity::check(&stage.store).await;
    }

    async fn a_guide_may_be_as_large_as_the_limit_and_no_larger(stage) {
        let editor = stage.editor().await;
        let mut guide = as_large_as_the_limit();
        assert_eq!(guide.to_json().unwrap().len(), limits::GUIDE_BYTES);
        let id = editor.create_public("acorn", &guide).await.unwrap();
        guide.prep_plan[1].text.push('z');
        assert_eq!(findings(editor.save(id, &guide).await), [(Code::GuideLarge, String::new())]);
        integrity::check(&stage.store).await;
    }

    async fn the_key_of_a_removed_item_is_not_given_to_a_new_one(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let mut fewer = complete("Acorn");
        fewer.question_categories[0].questions.remove(1);
        fewer.red_flags.clear();
        editor.save(id, &fewer).await.unwrap();
        let mut again = fewer.clone();
        again.traits.push(line("q-2", "Another thing under an old key."));
        again.sources.push(line("flag-1", "And another."));
        again.sources.push(line("fresh", "This key is new."));
        let before = everything(&stage.store).await;
        let wrong = [(Code::KeyRetired, "flag-1".to_owned()), (Code::KeyRetired, "q-2".to_owned())];
        assert_eq!(findings(editor.save(id, &again).await), wrong);
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
        editor.publish(id).await.unwrap();
        assert_eq!(findings(editor.save(id, &again).await), wrong, "nor after publishing");
        editor.unpublish(id).await.unwrap();
        assert_eq!(findings(editor.save(id, &again).await), wrong, "nor after unpublishing");
    }

    async fn an_item_that_comes_back_by_undo_discard_or_rollback_has_its_key_again(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let mut fewer = complete("Acorn");
        fewer.red_flags.clear();
        let removed = editor.save(id, &fewer).await.unwrap();
        editor.undo(removed.operation).await.unwrap();
        editor.save(id, &saying("Acorn", "Undone?")).await.unwrap();
        editor.save(id, &fewer).await.unwrap();
        editor.discard(id).await.unwrap();
        editor.save(id, &saying("Acorn", "Discarded?")).await.unwrap();
        editor.republish(id, &fewer).await.unwrap();
        editor.roll_back(id, 1).await.unwrap();
        editor.save(id, &saying("Acorn", "Rolled back?")).await.unwrap();
        editor.publish(id).await.unwrap();
        integrity::check(&stage.store).await;
    }

    async fn a_discarded_draft_is_gone_and_comes_back_by_undo(stage) {
        let editor = stage.editor().await;
        let id = editor.create("acorn", &complete("Acorn")).await.unwrap();
        assert_eq!(refusal(editor.discard(id).await), Code::WrongState, "it is all there is");
        editor.publish(id).await.unwrap();
        assert_eq!(refusal(editor.discard(id).await), Code::WrongState, "there is none");
        editor.save(id, &saying("Acorn", "Two?")).await.unwrap();
        let before = of(&stage.store, id).await;
        let discarded = editor.discard(id).await.unwrap();
        assert!(draft::find(&editor.0, id).await.unwrap().is_none());
        editor.undo(discarded.operation).await.unwrap();
        assert_eq!(of(&stage.store, id).await, before);
        integrity::check(&stage.store).await;
    }

    async fn the_draft_of_an_unpublished_guide_is_all_there_is_and_stays(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.unpublish(id).await.unwrap();
        assert_eq!(refusal(editor.discard(id).await), Code::WrongState);
        assert_eq!(draft::find(&editor.0, id).await.unwrap().unwrap().guide, complete("Acorn"));
    }

    async fn a_draft_names_its_last_author_and_counts_its_edits(stage) {
        let ada = stage.editor().await;
        let ben = Editor(stage.desk("ben"));
        let id = ada.create("acorn", &complete("Acorn")).await.unwrap();
        for (editor, name, text, edits) in [(&ben, "ben", "One?", 2), (&ada, "ben", "One?", 2), (&ben, "ben", "Two?", 3), (&ada, "ada", "Three?", 4)] {
            editor.save(id, &saying("Acorn", text)).await.unwrap();
            let draft = draft::find(&ada.0, id).await.unwrap().unwrap();
            assert_eq!((draft.updated_by.as_str(), draft.stamp), (name, seen(0, edits)), "saving what is there already is no save");
        }
        ben.publish(id).await.unwrap();
        ben.save(id, &saying("Acorn", "After.")).await.unwrap();
        assert_eq!(stamp(&ada, id).await, seen(1, 5), "a new draft counts on");
    }

    async fn what_was_seen_before_an_undo_or_a_discard_never_stands_for_another_text(stage) {
        let (ada, ben) = (stage.editor().await, Editor(stage.desk("ben")));
        let id = ada.create("acorn", &complete("Acorn")).await.unwrap();
        let saved = ada.save(id, &saying("Acorn", "Seen by Ben.")).await.unwrap();
        let seen_by_ben = stamp(&ben, id).await;
        ada.undo(saved.operation).await.unwrap();
        ada.save(id, &saying("Acorn", "Not seen by Ben.")).await.unwrap();
        assert_eq!(refusal(ben.save_over(id, &saying("Acorn", "Ben's."), seen_by_ben).await), Code::Moved);

        ada.publish(id).await.unwrap();
        ada.save(id, &saying("Acorn", "Seen by Ben.")).await.unwrap();
        let seen_by_ben = stamp(&ben, id).await;
        ada.discard(id).await.unwrap();
        ada.save(id, &saying("Acorn", "Not seen by Ben either.")).await.unwrap();
        assert_eq!(refusal(ben.publish_over(id, seen_by_ben).await), Code::Moved);
    }

    async fn a_key_that_only_a_rolled_back_revision_had_is_not_used_again(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let mut longer = complete("Acorn");
        longer.traits.push(line("gone-soon", "Patience"));
        editor.republish(id, &longer).await.unwrap();
        editor.roll_back(id, 1).await.unwrap();
        "Something else".clone_into(&mut longer.traits.last_mut().unwrap().text);
        let found = findings(editor.save(id, &longer).await);
        assert_eq!(found, [(Code::KeyRetired, "gone-soon".to_owned())]);
    }

    async fn a_draft_that_outlived_a_rollback_is_published_once_its_editor_has_looked(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &saying("Acorn", "First.")).await.unwrap();
        editor.republish(id, &saying("Acorn", "Second.")).await.unwrap();
        editor.save(id, &saying("Acorn", "Open.")).await.unwrap();
        editor.roll_back(id, 1).await.unwrap();
        assert_eq!(refusal(editor.publish(id).await), Code::Moved, "the draft does not know of the rollback");
        let before = stamp(&editor, id).await;
        // Both the draft and the rollback changed the question that the draft began from.
        let refused = editor.act(OperationKind::Rebase, async |edit| draft::rebase(edit, id, before, None).await).await;
        assert_eq!(refusal(refused), Code::Moved);
        let rebase = async |edit: &mut content::edit::Edit| draft::rebase(edit, id, before, Some(Take::Yours)).await;
        let (based, _) = editor.act(OperationKind::Rebase, rebase).await.unwrap();
        assert_eq!(based.base, RevisionNumber(3));
        assert_eq!(refusal(editor.publish_over(id, before).await), Code::Moved, "what was seen before is old now");
        editor.publish_over(id, based).await.unwrap();
        let company = company::find(&stage.view(), &By::Id(id)).await.unwrap().unwrap();
        assert_eq!(company.guide.questions().next().unwrap().2.text, "Open.");
    }

    async fn a_writer_who_saw_an_older_draft_overwrites_nothing(stage) {
        let (ada, ben) = (stage.editor().await, Editor(stage.desk("ben")));
        let id = ada.create("acorn", &complete("Acorn")).await.unwrap();
        let seen_by_both = stamp(&ada, id).await;
        ada.save_over(id, &saying("Acorn", "Ada's."), seen_by_both).await.unwrap();
        let before = everything(&stage.store).await;
        assert_eq!(refusal(ben.save_over(id, &saying("Acorn", "Ben's."), seen_by_both).await), Code::Moved);
        assert_eq!(refusal(ben.save_over(id, &saying("Acorn", "Ben's."), seen(0, 0)).await), Code::Moved);
        assert_eq!(refusal(ben.save_over(CompanyId(Uuid::nil()), &complete("Nobody"), seen(0, 0)).await), Code::NotFound);
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
    }

    async fn an_archived_guide_is_not_edited(stage) {
        let editor = stage.editor().await;
        let id = editor.create("acorn", &complete("Acorn")).await.unwrap();
        editor.archive(id).await.unwrap();
        assert_eq!(refusal(editor.save(id, &saying("Acorn", "Two?")).await), Code::WrongState);
        editor.restore(id).await.unwrap();
        assert_eq!(refusal(editor.restore(id).await), Code::WrongState);
        editor.save(id, &saying("Acorn", "Two?")).await.unwrap();
        editor.publish(id).await.unwrap();
        integrity::check(&stage.store).await;
    }
}
