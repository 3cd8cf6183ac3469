//! Publishing: what readers see before and after, what is refused, and what the catalogue says of it.

use std::collections::BTreeSet;

use content::catalogue::{self, Change};
use content::code::Code;
use content::company::{self, By};
use content::draft::Expect;
use content::published::Guide as Public;
use content::view::View;
use content::{CatalogueVersion, ChangeKind, CompanyId, OperationKind, RevisionNumber, draft, publishing, revision};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use tests::guides::{category, complete, line, question, saying, slug};
use tests::portrait::everything;
use tests::sight::{ids_of, ways_to};
use tests::{both, findings, integrity, refusal};

async fn first_question(view: &View, id: CompanyId) -> Option<String> {
    let company = company::find(view, &By::Id(id)).await.unwrap()?;
    Some(company.guide.categories[0].questions[0].text.clone())
}

const fn seen(base: i32, edits: i32) -> Expect {
    Expect { base: RevisionNumber(base), edits }
}

both! {
    async fn a_guide_is_invisible_until_it_is_published_and_then_visible_whole(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let guide = complete("Acorn Labs");
        let id = editor.create("acorn-labs", &guide).await.unwrap();
        let public = Public::new(id, guide).unwrap();
        assert_eq!(ways_to(&view, id, &[slug("acorn-labs")], &public).await, BTreeSet::new());

        editor.publish(id).await.unwrap();
        let found = company::find(&view, &By::Slug(slug("acorn-labs"))).await.unwrap().unwrap();
        assert_eq!((&*found.guide, found.revision, found.id), (&public, RevisionNumber(1), id));
        // By id, slug and ids, six ways through lists, four counts and searches, and each item's own id.
        assert_eq!(ways_to(&view, id, &[slug("acorn-labs")], &public).await.len(), 3 + 8 + ids_of(id, &public).len());
        assert!(draft::find(&editor.0, id).await.unwrap().is_none(), "publishing closes the draft");
        integrity::check(&stage.store).await;
    }

    async fn a_guide_that_is_not_ready_is_refused_with_all_that_is_missing(stage) {
        let editor = stage.editor().await;
        let mut guide = complete("Acorn Labs");
        guide.tier = None;
        guide.highlights.clear();
        guide.interview_loop[1].duration = None;
        guide.question_categories[0].questions.clear();
        guide.question_categories[1].weight_percent = Some(39);
        guide.question_categories.push(category("empty", "Empty", 0, Vec::new()));
        guide.salary_ranges[0].figures = None;
        guide.salary_ranges[0].currency = None;
        guide.salary_ranges[1].basis = None;
        guide.salary_ranges[1].as_of = None;
        guide.prep_plan[1].week = 3;
        let id = editor.create("acorn-labs", &guide).await.unwrap();
        let before = everything(&stage.store).await;
        let found = findings(editor.publish(id).await);
        let found: Vec<(Code, &str)> = found.iter().map(|(code, path)| (*code, path.as_str())).collect();
        assert_eq!(
            found,
            [
                (Code::Missing, "tier"),
                (Code::Missing, "highlights"),
                (Code::Missing, "interview_loop.panel.duration"),
                (Code::CategoryEmpty, "question_categories.sense.questions"),
                (Code::CategoryEmpty, "question_categories.empty.questions"),
                (Code::WeightsSum, "question_categories"),
                (Code::Missing, "salary_ranges.junior.range"),
                (Code::Missing, "salary_ranges.junior.currency"),
                (Code::Missing, "salary_ranges.senior.basis"),
                (Code::SalaryUnsourced, "salary_ranges.senior"),
                (Code::WeekGap, "prep_plan"),
            ]
        );
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
    }

    async fn an_empty_guide_says_everything_that_publishing_asks_for(stage) {
        let editor = stage.editor().await;
        let guide = content::guide::Guide { name: "Bare".to_owned(), ..content::guide::Guide::default() };
        let id = editor.create("bare", &guide).await.unwrap();
        let found = findings(editor.publish(id).await);
        let paths: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(paths, ["tier", "highlights", "interview_loop", "question_categories"]);
        assert!(found.iter().all(|(code, _)| *code == Code::Missing));
    }

    async fn what_was_seen_too_long_ago_is_not_published(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.save(id, &saying("Acorn", "One?")).await.unwrap();
        editor.save(id, &saying("Acorn", "Two?")).await.unwrap();
        let before = everything(&stage.store).await;
        for stale in [seen(1, 2), seen(0, 3), seen(1, 4), seen(2, 3), seen(0, 0), seen(i32::MAX, i32::MIN)] {
            assert_eq!(refusal(editor.publish_over(id, stale).await), Code::Moved, "{stale:?}");
        }
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
        editor.publish_over(id, seen(1, 3)).await.unwrap();
        assert_eq!(first_question(&stage.view(), id).await.as_deref(), Some("Two?"));
    }

    async fn there_must_be_a_company_with_open_changes_to_publish(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let before = everything(&stage.store).await;
        assert_eq!(refusal(editor.publish(id).await), Code::WrongState, "no draft");
        assert_eq!(refusal(editor.publish(CompanyId(Uuid::nil())).await), Code::NotFound);
        assert_eq!(refusal(editor.unpublish(CompanyId(Uuid::nil())).await), Code::NotFound);
        assert_eq!(refusal(editor.roll_back(id, 2).await), Code::NotFound, "no such revision");
        assert_eq!(refusal(editor.roll_back(id, 1).await), Code::WrongState, "it is public already");
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
        editor.unpublish(id).await.unwrap();
        assert_eq!(refusal(editor.unpublish(id).await), Code::WrongState, "it is not public");
        editor.archive(id).await.unwrap();
        assert_eq!(refusal(editor.archive(id).await), Code::WrongState, "it is archived");
        assert_eq!(refusal(editor.publish(id).await), Code::WrongState, "it is archived");
        assert_eq!(refusal(editor.roll_back(id, 1).await), Code::WrongState, "it is archived");
    }

    async fn readers_see_the_public_revision_until_the_edit_is_published(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let id = editor.create_public("acorn", &saying("Acorn", "One?")).await.unwrap();
        editor.save(id, &saying("Acorn", "Two?")).await.unwrap();
        assert_eq!(first_question(&view, id).await.as_deref(), Some("One?"));
        editor.publish(id).await.unwrap();
        assert_eq!(first_question(&view, id).await.as_deref(), Some("Two?"));
        integrity::check(&stage.store).await;
    }

    async fn an_unpublished_guide_is_found_by_no_way_in(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let guide = saying("Acorn Labs", "Where do oaks begin?");
        let id = editor.create_public("acorn", &guide).await.unwrap();
        editor.create_public("birch", &complete("Birch")).await.unwrap();
        editor.rename(id, "acorn-labs").await.unwrap();
        let slugs = [slug("acorn"), slug("acorn-labs")];
        let public = Public::new(id, guide).unwrap();
        let open = ways_to(&view, id, &slugs, &public).await;
        assert_eq!(open.len(), 4 + 8 + ids_of(id, &public).len(), "{open:?}");

        editor.unpublish(id).await.unwrap();
        assert_eq!(ways_to(&view, id, &slugs, &public).await, BTreeSet::new());
        integrity::check(&stage.store).await;
        let draft = draft::find(&editor.0, id).await.unwrap().expect("an unpublished guide is left with a draft");
        assert_eq!(draft.stamp, seen(1, 2));

        editor.publish(id).await.unwrap();
        assert_eq!(ways_to(&view, id, &slugs, &public).await, open);
        editor.archive(id).await.unwrap();
        assert_eq!(ways_to(&view, id, &slugs, &public).await, BTreeSet::new());
        editor.restore(id).await.unwrap();
        assert_eq!(ways_to(&view, id, &slugs, &public).await, BTreeSet::new(), "it comes back unpublished");
        let draft = draft::find(&editor.0, id).await.unwrap().expect("an archived guide is left with a draft, too");
        assert_eq!(Public::new(id, draft.guide).unwrap(), public);
        editor.publish(id).await.unwrap();
        assert_eq!(ways_to(&view, id, &slugs, &public).await, open);
        integrity::check(&stage.store).await;
    }

    async fn rolling_back_makes_a_new_revision_with_the_old_content_and_the_same_ids(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let id = editor.create_public("acorn", &saying("Acorn", "One?")).await.unwrap();
        let first = company::find(&view, &By::Id(id)).await.unwrap().unwrap();
        let mut guide = saying("Acorn", "Two?");
        guide.question_categories[0].questions.push(question("q-9", "Three?"));
        editor.republish(id, &guide).await.unwrap();
        editor.save(id, &saying("Acorn", "Four?")).await.unwrap();

        editor.roll_back(id, 1).await.unwrap();
        let now = company::find(&view, &By::Id(id)).await.unwrap().unwrap();
        assert_eq!((now.revision, &now.guide), (RevisionNumber(3), &first.guide));
        assert_eq!(ids_of(id, &now.guide), ids_of(id, &first.guide));
        assert!(now.published_at > first.published_at);
        let numbers: Vec<i32> = revision::list(&editor.0, id).await.unwrap().iter().map(|(number, _)| number.0).collect();
        assert_eq!(numbers, [3, 2, 1]);
        let draft = draft::find(&editor.0, id).await.unwrap().unwrap();
        assert_eq!(draft.guide, saying("Acorn", "Four?"), "an open draft stays as it is");
        assert_eq!(refusal(editor.publish(id).await), Code::Moved, "it is based on what is not public any more");
        integrity::check(&stage.store).await;
    }

    async fn the_same_content_is_not_published_again(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.save(id, &complete("Acorn")).await.unwrap();
        let before = everything(&stage.store).await;
        assert_eq!(refusal(editor.publish(id).await), Code::WrongState);
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
    }

    async fn the_database_refuses_to_change_a_revision(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let before = everything(&stage.store).await;
        for statement in ["UPDATE revision SET body = '{}'", "UPDATE revision SET number = 7", "UPDATE revision SET published_at = published_at"] {
            let error = stage.store.writer().execute_unprepared(statement).await.unwrap_err();
            assert!(error.to_string().contains("a revision is never changed"), "{statement}: {error}");
        }
        assert_eq!(everything(&stage.store).await, before);
        editor.republish(id, &saying("Acorn", "Two?")).await.unwrap();
    }

    async fn the_catalogue_rises_by_one_with_each_commit_that_readers_see(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let version = async || catalogue::version(&view).await.unwrap().0;
        let begin = version().await;
        let id = editor.create("acorn", &saying("Acorn", "One?")).await.unwrap();
        editor.save(id, &saying("Acorn", "Two?")).await.unwrap();
        assert_eq!(version().await, begin, "drafts are nobody's business");
        assert_eq!(editor.publish(id).await.unwrap().version, Some(CatalogueVersion(begin + 1)));
        let saved = editor.save(id, &saying("Acorn", "Three?")).await.unwrap();
        assert_eq!((saved.version, version().await), (None, begin + 1));
        editor.discard(id).await.unwrap();
        assert_eq!(version().await, begin + 1);
        editor.rename(id, "acorn-labs").await.unwrap();
        assert_eq!(version().await, begin + 2);
        let unpublished = editor.unpublish(id).await.unwrap();
        assert_eq!((unpublished.version, version().await), (Some(CatalogueVersion(begin + 3)), begin + 3));
        editor.rename(id, "acorn").await.unwrap();
        editor.archive(id).await.unwrap();
        editor.restore(id).await.unwrap();
        assert_eq!(version().await, begin + 3, "what is not public changes for nobody");
        editor.undo(unpublished.operation).await.map(drop).unwrap();
        assert_eq!(version().await, begin + 4, "it is public again, under the slug that it has now");
        editor.undo(unpublished.operation).await.map(drop).unwrap_err();
        assert_eq!(version().await, begin + 4, "a refused act changes nothing");
        integrity::check(&stage.store).await;
    }

    async fn one_operation_over_many_guides_is_one_version(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let mut ids = Vec::new();
        for number in 0..5 {
            ids.push(editor.create(&format!("acorn-{number}"), &complete("Acorn")).await.unwrap());
        }
        let begin = catalogue::version(&view).await.unwrap();
        let all = ids.clone();
        let ((), receipt) = editor
            .act(OperationKind::Publish, async move |edit| {
                for id in all {
                    publishing::publish(edit, id, seen(0, 1)).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(receipt.version, Some(CatalogueVersion(begin.0 + 1)));
        let changes = catalogue::changes_since(&view, begin, 100).await.unwrap();
        let told: BTreeSet<CompanyId> = changes.iter().map(|change| change.company_id).collect();
        assert_eq!((changes.len(), told), (5, ids.into_iter().collect()));
        let few = catalogue::changes_since(&view, begin, 2).await.unwrap();
        assert_eq!(few, changes, "a version is not split: who goes on behind it would miss the rest");
        integrity::check(&stage.store).await;
    }

    async fn the_feed_tells_every_visible_change_in_its_order(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let begin = catalogue::version(&view).await.unwrap();
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let birch = editor.create_public("birch", &complete("Birch")).await.unwrap();
        editor.republish(acorn, &saying("Acorn", "Two?")).await.unwrap();
        editor.rename(birch, "birch-labs").await.unwrap();
        editor.roll_back(acorn, 1).await.unwrap();
        let gone = editor.unpublish(birch).await.unwrap();
        editor.undo(gone.operation).await.unwrap();
        let changes = catalogue::changes_since(&view, begin, 100).await.unwrap();
        let told: Vec<_> = changes.iter().map(|Change { version, company_id, kind, revision, .. }| {
            (version.0 - begin.0, *company_id, *kind, revision.map(|number| number.0))
        }).collect();
        let published = ChangeKind::Published;
        assert_eq!(
            told,
            [
                (1, acorn, published, Some(1)),
                (2, birch, published, Some(1)),
                (3, acorn, published, Some(2)),
                (4, birch, published, Some(1)),
                (5, acorn, published, Some(3)),
                (6, birch, ChangeKind::Unpublished, None),
                (7, birch, published, Some(1)),
            ]
        );
        let rest = catalogue::changes_since(&view, changes[3].version, 2).await.unwrap();
        assert_eq!(rest, changes[4..6]);
    }

    async fn two_guides_may_have_the_same_keys_but_never_the_same_ids(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let mut ids = BTreeSet::new();
        for name in ["acorn", "birch"] {
            let mut guide = complete("Acorn");
            guide.red_flags.push(line("more", "Being late."));
            let id = editor.create_public(name, &guide).await.unwrap();
            let company = company::find(&view, &By::Id(id)).await.unwrap().unwrap();
            let of_this = ids_of(id, &company.guide);
            assert_eq!(of_this.iter().filter(|id| ids.insert(**id)).count(), of_this.len());
        }
    }
}
