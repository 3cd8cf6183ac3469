//! Undo: each kind of operation, taken back, leaves everything as it was; and what cannot be taken back whole is not taken back in part.

use content::code::Code;
use content::company::{self, By, NewCompany};
use content::draft::{self, Expect};
use content::edit::Receipt;
use content::{CompanyId, OperationId, OperationKind, RevisionNumber, operation, publishing};
use sea_orm::prelude::Uuid;
use tests::guides::{complete, saying, slug};
use tests::portrait::{everything, of, of_many};
use tests::{Editor, Stage, both, integrity, refusal};

/// Takes an operation back and the undo, too: after each the company stands as it did before, or after.
async fn there_and_back(stage: &Stage, editor: &Editor, id: CompanyId, act: impl AsyncFnOnce() -> content::Result<Receipt>) {
    let before = of(&stage.store, id).await;
    let done = act().await.unwrap();
    let after = of(&stage.store, id).await;
    assert_ne!(after, before, "the act changes something");
    let undone = editor.undo(done.operation).await.unwrap();
    assert_eq!(of(&stage.store, id).await, before, "undone");
    assert_eq!(undone.version.is_some(), done.version.is_some(), "readers see the undo if they saw the act");
    integrity::check(&stage.store).await;
    let redone = editor.undo(undone.operation).await.unwrap();
    assert_eq!(of(&stage.store, id).await, after, "done again");
    integrity::check(&stage.store).await;
    editor.undo(redone.operation).await.unwrap();
    assert_eq!(of(&stage.store, id).await, before, "and undone again");
}

/// Makes companies with drafts, all in one operation.
async fn create_many(editor: &Editor, count: usize) -> (Vec<CompanyId>, OperationId) {
    let (ids, receipt) = editor
        .act(OperationKind::Import, async move |edit| {
            let mut ids = Vec::new();
            for number in 0..count {
                let new = NewCompany { id: None, slug: slug(&format!("acorn-{number}")), guide: complete(&format!("Acorn {number}")) };
                ids.push(company::create(edit, new).await?);
            }
            Ok(ids)
        })
        .await
        .unwrap();
    (ids, receipt.operation)
}

async fn publish_many(editor: &Editor, ids: &[CompanyId]) -> Receipt {
    let ids = ids.to_vec();
    let publish = async move |edit: &mut content::edit::Edit| {
        for id in ids {
            publishing::publish(edit, id, Expect { base: RevisionNumber::NONE, edits: 1 }).await?;
        }
        Ok(())
    };
    editor.act(OperationKind::Publish, publish).await.unwrap().1
}

both! {
    async fn saving_discarding_and_publishing_are_taken_back(stage) {
        let editor = stage.editor().await;
        let id = editor.create("acorn", &complete("Acorn")).await.unwrap();
        there_and_back(&stage, &editor, id, async || editor.save(id, &saying("Acorn", "One?")).await).await;
        there_and_back(&stage, &editor, id, async || editor.publish(id).await).await;
        editor.publish(id).await.unwrap();
        there_and_back(&stage, &editor, id, async || editor.save(id, &saying("Acorn", "Two?")).await).await;
        editor.save(id, &saying("Acorn", "Two?")).await.unwrap();
        there_and_back(&stage, &editor, id, async || editor.discard(id).await).await;
        there_and_back(&stage, &editor, id, async || editor.publish(id).await).await;
    }

    async fn unpublishing_rolling_back_renaming_and_archiving_are_taken_back(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.republish(id, &saying("Acorn", "Two?")).await.unwrap();
        there_and_back(&stage, &editor, id, async || editor.roll_back(id, 1).await).await;
        there_and_back(&stage, &editor, id, async || editor.rename(id, "acorn-labs").await).await;
        there_and_back(&stage, &editor, id, async || editor.unpublish(id).await).await;
        there_and_back(&stage, &editor, id, async || editor.archive(id).await).await;
        editor.save(id, &saying("Acorn", "Three?")).await.unwrap();
        there_and_back(&stage, &editor, id, async || editor.unpublish(id).await).await;
        editor.archive(id).await.unwrap();
        there_and_back(&stage, &editor, id, async || editor.rename(id, "acorn-labs").await).await;
        there_and_back(&stage, &editor, id, async || editor.restore(id).await).await;
    }

    async fn a_company_that_was_only_made_is_gone_again_and_comes_back_whole(stage) {
        let editor = stage.editor().await;
        let (ids, made) = create_many(&editor, 1).await;
        let after = of(&stage.store, ids[0]).await;
        let gone = editor.undo(made).await.unwrap();
        assert_eq!(of(&stage.store, ids[0]).await, None);
        integrity::check(&stage.store).await;
        editor.undo(gone.operation).await.unwrap();
        assert_eq!(of(&stage.store, ids[0]).await, after);
        editor.publish(ids[0]).await.unwrap();
        integrity::check(&stage.store).await;
    }

    async fn a_company_does_not_come_back_under_a_slug_that_has_another_owner_now(stage) {
        let editor = stage.editor().await;
        let (_, made) = create_many(&editor, 1).await;
        let gone = editor.undo(made).await.unwrap();
        let other = editor.create("acorn-0", &complete("Another")).await.unwrap();
        for slug in ["acorn-0", "acorn-1"] {
            let before = everything(&stage.store).await;
            assert_eq!(refusal(editor.undo(gone.operation).await), Code::SlugTaken, "the other one is called {slug} or was before");
            assert_eq!(everything(&stage.store).await, before, "nothing was written");
            if slug == "acorn-0" {
                editor.rename(other, "acorn-1").await.unwrap();
            }
        }
    }

    async fn fifty_guides_of_one_operation_are_taken_back_together(stage) {
        let editor = stage.editor().await;
        let (ids, made) = create_many(&editor, 50).await;
        let drafts = of_many(&stage.store, &ids).await;
        let published = publish_many(&editor, &ids).await;
        let public = of_many(&stage.store, &ids).await;
        assert!(public.iter().flatten().all(|portrait| portrait.public.is_some()));
        let undone = editor.undo(published.operation).await.unwrap();
        assert_eq!(of_many(&stage.store, &ids).await, drafts);
        assert_eq!(undone.version.map(|version| version.0), published.version.map(|version| version.0 + 1), "fifty guides, one version");
        integrity::check(&stage.store).await;
        editor.undo(undone.operation).await.unwrap();
        assert_eq!(of_many(&stage.store, &ids).await, public);
        assert_eq!(refusal(editor.undo(made).await), Code::ChangedSince);
    }

    async fn an_import_that_was_public_at_once_is_put_away_with_its_drafts(stage) {
        let editor = stage.editor().await;
        stage.plant_generated(3).await;
        let id = seed::synthetic::guide(1).id.unwrap();
        let import = operation::newest(&editor.0, 1).await.unwrap().remove(0);
        assert_eq!(import.kind, OperationKind::Import);
        let before = of(&stage.store, id).await;
        let undone = editor.undo(import.id).await.unwrap();
        let after = of(&stage.store, id).await.expect("its revision stays, and so does the company");
        assert!(after.archived_at.is_some() && after.public.is_none() && after.draft.is_some());
        assert!(company::find(&stage.view(), &By::Id(id)).await.unwrap().is_none());
        integrity::check(&stage.store).await;
        editor.undo(undone.operation).await.unwrap();
        assert_eq!(of(&stage.store, id).await, before);
        integrity::check(&stage.store).await;
    }

    async fn what_was_changed_since_is_left_alone_and_the_rest_goes_back(stage) {
        let editor = stage.editor().await;
        let (ids, made) = create_many(&editor, 5).await;
        let drafts = of_many(&stage.store, &ids).await;
        let published = publish_many(&editor, &ids).await;
        let changed = saying("Acorn", "Changed since?");
        editor.save(ids[3], &changed).await.unwrap();
        let before = everything(&stage.store).await;
        let error = editor.undo(made).await.unwrap_err();
        assert_eq!(error.code(), Code::ChangedSince, "all five were published since they were made");
        assert!(error.to_string().contains("acorn-3"), "{error}");
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
        editor.undo(published.operation).await.unwrap();
        let after = of_many(&stage.store, &ids).await;
        assert_eq!((&after[..3], &after[4..]), (&drafts[..3], &drafts[4..]));
        assert_eq!((&after[3].as_ref().unwrap().public, draft::find(&editor.0, ids[3]).await.unwrap().unwrap().guide), (&None, changed));
        integrity::check(&stage.store).await;
    }

    async fn an_operation_is_taken_back_once(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let saved = editor.save(id, &saying("Acorn", "One?")).await.unwrap();
        let undone = editor.undo(saved.operation).await.unwrap();
        assert_eq!(operation::find(&editor.0, undone.operation).await.unwrap().unwrap().undoes, Some(saved.operation));
        let before = everything(&stage.store).await;
        assert_eq!(refusal(editor.undo(saved.operation).await), Code::WrongState);
        assert_eq!(refusal(editor.undo(OperationId(Uuid::nil())).await), Code::NotFound);
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
    }

    async fn a_change_of_the_tiers_is_taken_back(stage) {
        let editor = Editor(stage.desk("ada"));
        let tiers = editor.plant_tiers().await.unwrap();
        let undone = editor.undo(tiers.operation).await.unwrap();
        assert!(content::tier::list(&stage.view()).await.unwrap().is_empty());
        editor.undo(undone.operation).await.unwrap();
        assert_eq!(content::tier::list(&stage.view()).await.unwrap().len(), 2);
        editor.create("acorn", &complete("Acorn")).await.unwrap();
        integrity::check(&stage.store).await;
    }

    async fn an_undo_that_is_not_committed_leaves_nothing(stage) {
        let editor = stage.editor().await;
        let id = editor.create("acorn", &complete("Acorn")).await.unwrap();
        let published = editor.publish(id).await.unwrap();
        let before = everything(&stage.store).await;
        drop(content::undo::undo(&editor.0, published.operation, "On second thought").await.unwrap());
        assert_eq!(everything(&stage.store).await, before);
        assert!(draft::find(&editor.0, id).await.unwrap().is_none());
    }

    async fn the_record_says_who_when_why_and_what(stage) {
        let editor = Editor(stage.desk("ben"));
        editor.plant_tiers().await.unwrap();
        let id = editor.create("acorn", &complete("Acorn")).await.unwrap();
        let published = editor.publish(id).await.unwrap();
        let record = operation::find(&editor.0, published.operation).await.unwrap().unwrap();
        assert_eq!((record.kind, record.actor.as_str(), record.reason.as_str(), record.undoes), (OperationKind::Publish, "ben", "Ready", None));
        let touched = operation::touched(&editor.0, published.operation).await.unwrap();
        let [each] = &touched[..] else { panic!("{touched:?}") };
        let (before, after) = (each.before.as_ref().unwrap(), each.after.as_ref().unwrap());
        assert_eq!((each.company, before.published, after.published), (id, None, Some(RevisionNumber(1))));
        assert_eq!((before.draft.is_some(), after.draft.is_some()), (true, false));
        let newest: Vec<OperationKind> = operation::newest(&editor.0, 10).await.unwrap().iter().map(|each| each.kind).collect();
        assert_eq!(newest, [OperationKind::Publish, OperationKind::Create, OperationKind::Tiers]);
    }
}
