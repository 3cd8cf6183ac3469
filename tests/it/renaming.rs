//! Renaming: an address that was given away once leads to its company for good.

use content::code::Code;
use content::company::{self, By};
use content::view::View;
use content::{CompanyId, Slug};
use sea_orm::prelude::Uuid;
use tests::guides::{complete, slug};
use tests::portrait::everything;
use tests::{both, integrity, refusal, window};

async fn led_to(view: &View, name: &str) -> Option<(CompanyId, Slug)> {
    let found = company::find(view, &By::Slug(slug(name))).await.unwrap();
    found.map(|company| (company.id, company.slug.clone()))
}

both! {
    async fn an_old_slug_leads_to_its_company(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.rename(id, "acorn-labs").await.unwrap();
        assert_eq!(led_to(&view, "acorn").await, Some((id, slug("acorn-labs"))), "it says what it is called now");
        assert_eq!(led_to(&view, "acorn-labs").await, Some((id, slug("acorn-labs"))));
        assert_eq!(led_to(&view, "acorn-lab").await, None);
        integrity::check(&stage.store).await;
    }

    async fn every_slug_of_a_chain_leads_to_the_company(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let id = editor.create_public("a", &complete("Acorn")).await.unwrap();
        for name in ["b", "c", "d"] {
            editor.rename(id, name).await.unwrap();
        }
        for name in ["a", "b", "c", "d"] {
            assert_eq!(led_to(&view, name).await, Some((id, slug("d"))), "{name}");
        }
        editor.rename(id, "b").await.unwrap();
        for name in ["a", "b", "c", "d"] {
            assert_eq!(led_to(&view, name).await, Some((id, slug("b"))), "{name}");
        }
        integrity::check(&stage.store).await;
    }

    async fn a_slug_of_another_company_is_not_given_away(stage) {
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let birch = editor.create("birch", &complete("Birch")).await.unwrap();
        editor.rename(acorn, "acorn-labs").await.unwrap();
        let before = everything(&stage.store).await;
        for taken in ["acorn", "acorn-labs"] {
            assert_eq!(refusal(editor.rename(birch, taken).await), Code::SlugTaken, "{taken}");
            assert_eq!(refusal(editor.create(taken, &complete("Other")).await), Code::SlugTaken, "{taken}");
        }
        assert_eq!(refusal(editor.rename(acorn, "birch").await), Code::SlugTaken);
        assert_eq!(refusal(editor.rename(acorn, "acorn-labs").await), Code::WrongState, "it is its slug already");
        assert_eq!(refusal(editor.rename(CompanyId(Uuid::nil()), "free").await), Code::NotFound);
        assert_eq!(everything(&stage.store).await, before, "nothing was written");
    }

    async fn a_company_may_have_its_old_slug_back(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let id = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.rename(id, "acorn-labs").await.unwrap();
        editor.rename(id, "acorn").await.unwrap();
        for name in ["acorn", "acorn-labs"] {
            assert_eq!(led_to(&view, name).await, Some((id, slug("acorn"))), "{name}");
        }
        integrity::check(&stage.store).await;
    }

    async fn a_draft_that_is_renamed_is_published_under_its_new_slug(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let id = editor.create("acorn", &complete("Acorn")).await.unwrap();
        editor.rename(id, "birch").await.unwrap();
        assert_eq!(led_to(&view, "acorn").await, None);
        editor.publish(id).await.unwrap();
        assert_eq!((led_to(&view, "acorn").await, led_to(&view, "birch").await), (Some((id, slug("birch"))), Some((id, slug("birch")))));
        integrity::check(&stage.store).await;
    }

    async fn a_search_for_the_new_slug_finds_the_company_at_once(stage) {
        let (editor, view) = (stage.editor().await, stage.view());
        let id = editor.create_public("acorn", &complete("Oak Forest")).await.unwrap();
        let found = async |words: &str| {
            let selection = company::Selection { search: Some(words.to_owned()), ..company::Selection::default() };
            company::list(&view, &selection, window::all()).await.unwrap().edges.len()
        };
        assert_eq!((found("acorn").await, found("quince").await), (1, 0));
        editor.rename(id, "quince-labs").await.unwrap();
        assert_eq!((found("acorn").await, found("quince").await), (0, 1));
        integrity::check(&stage.store).await;
    }
}
