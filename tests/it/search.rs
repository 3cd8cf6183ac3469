//! Full text: what is found, in which order, and that nothing a reader types is anything but words.

use std::sync::Arc;

use content::code::Code;
use content::company::{self, Company, Selection};
use content::question;
use content::view::View;
use tests::guides::{complete, line, question as asked, saying};
use tests::window::all;
use tests::{Editor, both, integrity, refusal};

async fn companies(view: &View, words: &str) -> content::Result<Vec<String>> {
    let selection = Selection { search: Some(words.to_owned()), ..Selection::default() };
    let page = company::list(view, &selection, all()).await?;
    assert_eq!(page.total(view).await?, page.edges.len() as u64);
    Ok(page.edges.into_iter().map(|(_, company): (_, Arc<Company>)| company.guide.name.clone()).collect())
}

async fn questions(view: &View, words: &str) -> content::Result<Vec<String>> {
    let selection = Selection { search: Some(words.to_owned()), ..Selection::default() };
    let page = question::list(view, &selection, all()).await?;
    assert_eq!(page.total(view).await?, page.edges.len() as u64);
    Ok(page.edges.into_iter().map(|(_, question)| question.question().text.clone()).collect())
}

/// A public guide of this name, under a slug that nobody looks for.
async fn plant(editor: &Editor, number: usize, name: &str) {
    editor.create_public(&format!("x{number}"), &complete(name)).await.unwrap();
}

/// Texts that mean something to one of the databases, or to none.
const SIGNS: &[&str] = &[
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(a b, 2)",
    "a AND",
    "OR OR",
    "NOT a",
    "*",
    "a*b",
    "\"",
    "\"a",
    "a\"b\"",
    "(",
    ")",
    "(a",
    "a)",
    ":",
    "a:b",
    "words:a",
    "name_folded : a",
    "-",
    "-a",
    "a -b",
    "^",
    "^a",
    "+",
    "a + b",
    "'",
    "a' OR '1'='1",
    "''",
    "\\",
    "a\\",
    "\\'",
    "\0",
    "a\0b",
    "&",
    "|",
    "!",
    "a & ! b",
    "<->",
    "a <-> b",
    "a <2> b",
    ":*",
    "a:*",
    "a:A",
    "{a b}",
    "[a]",
    "?",
    "$1",
    "$$a$$",
    "%",
    "_",
    ";",
    "--",
    "/*",
    "\n",
    "\u{feff}",
    "\u{202e}",
    "é",
    "ß",
    "星",
    "🚲",
    "  ",
];

both! {
    async fn a_name_counts_more_than_a_focus_area(stage) {
        let editor = stage.editor().await;
        let mut aside = complete("Aardvark Foods");
        aside.focus_areas.push(line("focus-3", "Larch wood"));
        editor.create_public("x1", &aside).await.unwrap();
        plant(&editor, 2, "Zebra Larch").await;
        let mut aside = complete("Beaver Foods");
        aside.highlights.push("Larch".to_owned());
        editor.create_public("x3", &aside).await.unwrap();
        let found = companies(&stage.view(), "larch").await.unwrap();
        assert_eq!((found.len(), found[0].as_str()), (3, "Zebra Larch"), "{found:?}");
    }

    async fn a_question_counts_more_than_its_guidance(stage) {
        let editor = stage.editor().await;
        let mut guide = complete("Acorn");
        guide.question_categories[0].questions[0].guidance = Some("Mentions the hedgehog.".to_owned());
        guide.question_categories[1].questions.push(asked("q-4", "What does a hedgehog eat?"));
        editor.create_public("x1", &guide).await.unwrap();
        let found = questions(&stage.view(), "hedgehog").await.unwrap();
        assert_eq!(found, ["What does a hedgehog eat?", "How deep should a root grow?"]);
        assert_eq!(questions(&stage.view(), "roots").await.unwrap().len(), 1, "a tag is found");
    }

    async fn every_word_must_be_there_and_the_last_may_be_a_beginning(stage) {
        let editor = stage.editor().await;
        plant(&editor, 1, "Juniper Robotics").await;
        plant(&editor, 2, "Juniper Foods").await;
        let view = stage.view();
        for (words, count) in [
            ("juniper", 2), ("juniper rob", 1), ("rob", 1), ("juni", 2), ("j", 2), ("rob juniper", 0), ("robotics juniper", 1), ("juniper juniper", 2),
            ("uniper", 0), ("juniper oak", 0),
        ] {
            assert_eq!(companies(&view, words).await.unwrap().len(), count, "{words}");
        }
    }

    async fn a_word_is_found_at_every_letter_while_it_is_typed(stage) {
        let editor = stage.editor().await;
        plant(&editor, 1, "Personalization Recommendations").await;
        let view = stage.view();
        for word in ["recommendations", "personalization"] {
            for typed in 3..=word.len() {
                assert_eq!(companies(&view, &word[..typed]).await.unwrap().len(), 1, "{}", &word[..typed]);
            }
        }
        assert_eq!(companies(&view, "personalization recommendatio").await.unwrap().len(), 1);
        assert_eq!(companies(&view, "recommendatio personalization").await.unwrap().len(), 0, "only the last word may be half");
    }

    async fn case_accents_and_signs_do_not_count(stage) {
        let editor = stage.editor().await;
        plant(&editor, 1, "Köln/Zürich: O'Reilly's Crème").await;
        plant(&editor, 2, "星野計算機").await;
        let view = stage.view();
        for words in ["köln", "KOLN", "Koln Zurich", "zürich-köln", "oreilly", "o'reilly", "creme", "CRÈME", "kölnzürich"] {
            let expected = usize::from(!["oreilly", "kölnzürich"].contains(&words));
            assert_eq!(companies(&view, words).await.unwrap().len(), expected, "{words}");
        }
        assert_eq!(companies(&view, "星野計算機").await.unwrap(), ["星野計算機"]);
    }

    async fn whatever_a_reader_types_is_words(stage) {
        let editor = stage.editor().await;
        let view = stage.view();
        plant(&editor, 1, "And Or Not Near Limited").await;
        for signs in SIGNS {
            companies(&view, signs).await.unwrap_or_else(|error| panic!("{signs:?}: {error}"));
            questions(&view, signs).await.unwrap_or_else(|error| panic!("{signs:?}: {error}"));
        }
        for words in ["AND", "or", "NOT", "near", "and or not near", "NEAR(or)", "-and", "^and", "not*"] {
            assert_eq!(companies(&view, words).await.unwrap(), ["And Or Not Near Limited"], "{words}");
        }
        assert_eq!(companies(&view, "and robotics").await.unwrap(), [""; 0], "an operator word is looked for like any other");
    }

    async fn words_of_letters_and_figures_find_what_is_called_so(stage) {
        let editor = stage.editor().await;
        let names = ["4k", "1e5", "2e", "0x1f", "e2e", "k8s", "h1b", "a1b2c3", "1st", "10x", "401k", "i18n", "00", "007", "3d", "1e5x", "12e34e56", "b2b"];
        for (number, name) in names.iter().enumerate() {
            plant(&editor, number, name).await;
        }
        let view = stage.view();
        for name in names {
            let found = companies(&view, name).await.unwrap();
            assert!(found.iter().any(|other| other == name), "{name}: {found:?}");
        }
    }

    async fn a_text_without_words_looks_for_nothing(stage) {
        let editor = stage.editor().await;
        plant(&editor, 1, "Acorn").await;
        plant(&editor, 2, "Birch").await;
        for words in ["", " ", "!?", "\"\"", "***", "\0", "…"] {
            assert_eq!(companies(&stage.view(), words).await.unwrap().len(), 2, "{words:?}");
        }
    }

    async fn a_long_text_is_refused_and_one_at_the_limit_is_not(stage) {
        let editor = stage.editor().await;
        plant(&editor, 1, "Acorn").await;
        let view = stage.view();
        assert_eq!(refusal(companies(&view, &"a".repeat(201)).await), Code::Filter);
        assert_eq!(refusal(questions(&view, &"é".repeat(201)).await), Code::Filter);
        assert_eq!(refusal(companies(&view, &"a ".repeat(21)).await), Code::Filter);
        assert_eq!(companies(&view, &"é".repeat(200)).await.unwrap(), [""; 0]);
        assert_eq!(companies(&view, &"acorn ".repeat(20)).await.unwrap(), ["Acorn"]);
    }

    async fn one_form_of_a_word_finds_another(stage) {
        let editor = stage.editor().await;
        let mut guide = complete("Acorn");
        guide.question_categories[0].questions = [
            "Improve the recommendations.", "Rank one recommendation.", "What would you recommend?", "Who tests models?", "Running late",
        ].iter().enumerate().map(|(number, text)| asked(&format!("s-{number}"), text)).collect();
        editor.create_public("x1", &guide).await.unwrap();
        let view = stage.view();
        for words in ["recommendation", "recommendations", "recommended", "recommend", "RECOMMENDING"] {
            assert_eq!(questions(&view, words).await.unwrap().len(), 3, "{words}");
        }
        for (words, text) in [("testing", "Who tests models?"), ("model test", "Who tests models?"), ("runs", "Running late"), ("who", "Who tests models?")] {
            assert_eq!(questions(&view, words).await.unwrap(), [text], "{words}");
        }
    }

    async fn what_is_found_goes_and_changes_with_what_is_public(stage) {
        let editor = stage.editor().await;
        let view = stage.view();
        let id = editor.create("x1", &saying("Acorn", "Where do badgers sleep?")).await.unwrap();
        assert_eq!(questions(&view, "badger").await.unwrap(), [""; 0], "a draft is not found");
        editor.publish(id).await.unwrap();
        assert_eq!(questions(&view, "badger").await.unwrap().len(), 1);
        editor.save(id, &saying("Quince", "Where do otters sleep?")).await.unwrap();
        assert_eq!((questions(&view, "otter").await.unwrap().len(), companies(&view, "quince").await.unwrap().len()), (0, 0));
        editor.publish(id).await.unwrap();
        assert_eq!((questions(&view, "badger").await.unwrap().len(), questions(&view, "otter").await.unwrap().len()), (0, 1));
        assert_eq!((companies(&view, "acorn").await.unwrap().len(), companies(&view, "quince").await.unwrap().len()), (0, 1));
        editor.unpublish(id).await.unwrap();
        assert_eq!((questions(&view, "otter").await.unwrap().len(), companies(&view, "quince").await.unwrap().len()), (0, 0));
        editor.roll_back(id, 1).await.unwrap();
        assert_eq!((questions(&view, "badger").await.unwrap().len(), questions(&view, "otter").await.unwrap().len()), (1, 0));
        integrity::check(&stage.store).await;
    }

    async fn a_search_goes_together_with_a_filter_and_an_order(stage) {
        stage.plant_starter().await;
        let view = stage.view();
        let selection = Selection {
            search: Some("a".to_owned()),
            filter: content::filter::Filter::Is(company::CompanyTest::Sample(true)),
            order: Some((company::CompanyOrder::Name, true)),
        };
        let page = company::list(&view, &selection, all()).await.unwrap();
        let names: Vec<String> = page.edges.iter().map(|(_, company)| content::fold::fold(&company.guide.name)).collect();
        let mut sorted = names.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        assert!(names == sorted && names.len() > 1 && !names.contains(&"netflix".to_owned()), "{names:?}");
    }
}
