//! A process that writes until it is ended: by its own hand in the middle of an act (`writer once`), or by a kill from outside (`writer on`, `writer restore`).
//!
//! It says on its standard output what was acknowledged to it, and nothing else.

#![allow(clippy::print_stdout, clippy::expect_used, clippy::panic, reason = "a tool of the tests, which fails loudly and speaks to them")]

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::operator;
use api::settings::{Arguments, Settings};
use content::api_key::{self, KeyChange, NewKey, Overlap};
use content::company::{self, NewCompany};
use content::draft::{self, Expect};
use content::edit::{Author, Edit, Receipt};
use content::store::{Options, Store};
use content::view::Desk;
use content::{CompanyId, KeyMode, OperationKind, Result, RevisionNumber, operation, partner, publishing};
use tests::Editor;
use tests::guides::{saying, slug};
use tests::partners::open_terms;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["once", url, act, name, statements] => once(url, act, name, number(statements)).await,
        ["restore", url, file] => restore(url, file).await,
        ["on", url, round, companies] => on(url, number(round), number(companies)).await,
        _ => panic!("writer once URL ACT SLUG STATEMENTS, or writer on URL ROUND COMPANIES, or writer restore URL FILE"),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

async fn open(url: &str) -> Store {
    Store::open(Options::new(url)).await.expect("the database opens")
}

/// Does one act and aborts after so many statements of it. An act of fewer statements is acknowledged.
async fn once(url: &str, act: &str, name: &str, statements: usize) {
    let store = open(url).await;
    let receipt = match act.strip_suffix("-key") {
        Some(act) => on_key(store, act, name, statements).await,
        None => on_company(store, act, name, statements).await,
    };
    say(&format!("{}", receipt.expect("the act is done").operation.0));
}

/// An editor whose process ends after so many statements.
fn doomed(mut store: Store, statements: usize) -> Editor {
    let sent = Arc::new(AtomicUsize::new(0));
    store.on_statement(move |_| {
        if sent.fetch_add(1, Ordering::SeqCst) + 1 == statements {
            std::process::abort();
        }
    });
    Editor(store.desk(Author::new("writer")))
}

async fn on_company(store: Store, act: &str, name: &str, statements: usize) -> Result<Receipt> {
    let desk = store.desk(Author::new("writer"));
    let id = company::id_of(&desk, &slug(name)).await?.expect("a company of this slug");
    let seen = Editor(desk.clone()).stamp(id).await?;
    let newest = operation::newest(&desk, 1).await?.remove(0).id;
    let editor = doomed(store, statements);
    match act {
        "create" => create(&editor.0, "created", "Created?").await,
        "publish" => editor.publish_over(id, seen).await,
        "unpublish" => editor.unpublish(id).await,
        "rename" => editor.rename(id, "renamed").await,
        "roll-back" => editor.roll_back(id, 1).await,
        "undo" => editor.undo(newest).await,
        other => panic!("{other} is no act"),
    }
}

/// Does one act with a key of Aldermere.
async fn on_key(store: Store, act: &str, name: &str, statements: usize) -> Result<Receipt> {
    let desk = store.desk(Author::new("writer"));
    let partner = partner::find(&desk, &partner::Named::Slug(slug("aldermere"))).await?.expect("the partner").id;
    let key = api_key::find(&desk, &api_key::Named::Label(api_key::label(&slug("aldermere"), &slug(name)))).await?.map(|key| key.id);
    let key = || key.expect("a key of this name");
    let act = async |edit: &mut Edit| match act {
        "create" => {
            let new = NewKey { partner, name: slug(name), mode: KeyMode::Live, terms: open_terms() };
            api_key::create(edit, new).await.map(drop)
        }
        "change" => api_key::change(edit, key(), KeyChange { points_per_minute: Some(7), ..KeyChange::default() }, None).await,
        "rotate" => api_key::rotate(edit, key(), Overlap::Seconds(3_600), None).await.map(drop),
        "finish" => api_key::finish(edit, key(), None).await,
        "revoke" => api_key::revoke(edit, key(), None).await,
        other => panic!("{other} is no act"),
    };
    doomed(store, statements).act(OperationKind::Keys, act).await.map(|((), receipt)| receipt)
}

/// Restores a backup as the operator does.
async fn restore(url: &str, file: &str) {
    let settings = Settings::read(Arguments::of_tool(Some(url.to_owned()), false)).expect("settings");
    let restored = operator::restore(&settings, file.as_ref()).await.expect("a restore");
    say(&restored.database);
}

/// Makes a company and publishes it, in one operation.
async fn create(desk: &Desk, name: &str, text: &str) -> Result<Receipt> {
    let mut edit = Edit::begin(desk, OperationKind::Import, "A new guide").await?;
    let new = NewCompany { id: None, slug: slug(name), guide: saying(name, text) };
    let id = company::create(&mut edit, new).await?;
    publishing::publish(&mut edit, id, Expect { base: RevisionNumber::NONE, edits: 1 }).await?;
    edit.commit().await
}

/// Publishes one guide after the other, without an end: new ones, and new revisions of those that there are.
async fn on(url: &str, round: usize, companies: usize) {
    let store = open(url).await;
    let editor = Editor(store.desk(Author::new("writer")));
    for step in 0.. {
        // Any walk over the companies does; steps of 7 reach all of them if their number is not a multiple of it.
        let name = format!("guide-{}", (round * 5 + step * 7) % companies);
        let text = format!("Round {round}, step {step}?");
        let revision = match company::id_of(&editor.0, &slug(&name)).await.expect("an answer") {
            None => create(&editor.0, &name, &text).await.map(|_| RevisionNumber(1)),
            Some(id) => republish(&editor, id, &name, &text).await,
        };
        say(&format!("{name} {} {text}", revision.expect("it is published").0));
    }
}

/// Saves and publishes in one operation or in two, by turns.
async fn republish(editor: &Editor, id: CompanyId, name: &str, text: &str) -> Result<RevisionNumber> {
    let guide = saying(name, text);
    if text.len().is_multiple_of(2) {
        editor.save(id, &guide).await?;
        let seen = editor.stamp(id).await?;
        let publish = async |edit: &mut Edit| publishing::publish(edit, id, seen).await;
        return editor.act(OperationKind::Publish, publish).await.map(|(number, _)| number);
    }
    let seen = editor.stamp(id).await?;
    let both = async |edit: &mut Edit| {
        let saved = draft::save(edit, id, &guide, seen).await?;
        publishing::publish(edit, id, saved).await
    };
    editor.act(OperationKind::Publish, both).await.map(|(number, _)| number)
}

/// One line, at once: what was said was acknowledged, whatever happens next.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("somebody listens");
}
