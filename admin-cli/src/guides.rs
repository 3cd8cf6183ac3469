//! One guide in the hand: what editors work on with what they saw of it, and how states of it are named.

use std::collections::BTreeSet;

use content::changes::Change;
use content::file::GuideFile;
use content::guide::Guide;
use content::guide::keys::{Taken, slugged};
use content::{Key, Slug};

use crate::acts::{Act, carry_out};
use crate::client::Client;
use crate::code::Code;
use crate::commands::unknown;
use crate::documents::DateTime;
use crate::documents::company::{CompanyBy, CompanyState, GuideAt, GuideQuery, GuideVariables, ListedDraft, Publication};
use crate::documents::edit::{Answer, OnConflict, SaveDraft};
use crate::documents::guide::GuideInput;
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result, of_content};
use crate::room::Room;

/// A guide as it stands, with what the next writer must have seen.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) state: CompanyState,
    pub(crate) stamp: Stamp,
    pub(crate) published: Option<Publication>,
    pub(crate) draft: Option<ListedDraft>,
    pub(crate) guide: Guide,
}

impl Held {
    /// The guide as its file.
    pub(crate) fn file(&self) -> Result<GuideFile> {
        let strange = |what: &str| Fault::new(Code::Foreign, format!("the answer cannot be understood: {what}"));
        let id = self.id.parse::<content::WireId>().map_err(|_| strange(&self.id))?;
        let slug = self.slug.parse().map_err(|_| strange(&self.slug))?;
        Ok(GuideFile { id: Some(content::CompanyId(id.uuid)), slug, guide: self.guide.clone() })
    }
}

/// What editors work on of a company.
pub(crate) async fn hold(room: &Room, name: &str) -> Result<Held> {
    hold_at(room, name, None).await
}

/// A state of a guide.
pub(crate) async fn hold_at(room: &Room, name: &str, at: Option<GuideAt>) -> Result<Held> {
    let client = room.client().await?;
    match find_at(client, name, at.clone()).await? {
        Some(held) => Ok(held),
        None if at.is_some() && find_at(client, name, None).await?.is_some() => {
            let fault = Fault::new(Code::Usage, format!("{name} has no such state"));
            Err(Fault { code: "NOT-001".to_owned(), exit: 7, ..fault }.next(format!("greenroom company history {name}")))
        }
        None => Err(unknown(client, name).await),
    }
}

/// What editors work on of a company, if there is one of this name.
pub(crate) async fn find_at(client: &Client, name: &str, at: Option<GuideAt>) -> Result<Option<Held>> {
    let ask = async |slug: &str| client.ask(GuideVariables { by: CompanyBy::from(slug), at: at.clone() }).await;
    let GuideQuery { mut company } = ask(name).await?;
    // People say the name, and most slugs are the name.
    let slug = slugged(name, Slug::MAX);
    if company.is_none() && slug != name {
        company = ask(&slug).await?.company;
    }
    let Some(company) = company else { return Ok(None) };
    let Some(guide) = company.guide else { return Ok(None) };
    Ok(Some(Held {
        id: company.id.inner().to_owned(),
        slug: company.slug,
        state: company.state,
        stamp: company.stamp,
        published: company.published,
        draft: company.draft,
        guide: guide.try_into()?,
    }))
}

/// Saves a guide over what was held, and tells what changed.
pub(crate) async fn save(room: &Room, held: &Held, guide: &Guide, act: Act) -> Result<Answer> {
    carry_out(room, saving(held, guide, OnConflict::Refuse), act, headline).await
}

/// The edit that saves a guide over what was held.
pub(crate) fn saving(held: &Held, guide: &Guide, on_conflict: OnConflict) -> SaveDraft {
    let known: BTreeSet<Key> = held.guide.keys().cloned().collect();
    // By its id: the slug may have gone to another company since.
    let company = if held.id.is_empty() { held.slug.as_str().into() } else { CompanyBy::Id(cynic::Id::new(&held.id)) };
    SaveDraft::new(company, held.stamp.into(), GuideInput::over(guide, &known), on_conflict)
}

/// Changes a guide, and tells what changed.
pub(crate) async fn change(room: &Room, held: &Held, changes: &[Change], act: Act) -> Result {
    let mut taken = Taken::new(held.guide.keys().cloned());
    let after = content::changes::apply(&held.guide, changes, &mut taken).map_err(|error| of_content(&error, &held.slug))?;
    save(room, held, &after.guide, act).await.map(drop)
}

/// What a save came to, in a line.
pub(crate) fn headline(answer: &Answer, dry: bool) -> String {
    let Some(company) = answer.plan.companies.first().filter(|company| company.before != company.after) else {
        return "Nothing to change: it says that already.".to_owned();
    };
    let stamp =
        company.after.as_ref().map_or_else(String::new, |after| format!(" (base r{}, edit {})", after.stamp.base, after.stamp.edits));
    format!("{} draft of {}{stamp}.", if dry { "Would save the" } else { "Saved the" }, company.name)
}

/// `r41`, or `41`.
pub(crate) fn revision(text: &str) -> Result<i32, String> {
    let number = text.trim_start_matches('r').parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| format!("{text:?} is no revision; right would be r41"))
}

/// A state as it is typed: `r41`, `draft`, `published`, `2026-10-01`.
pub(crate) fn at(text: &str) -> Result<GuideAt, String> {
    match text {
        "draft" => Ok(GuideAt::Draft(true)),
        "published" => Ok(GuideAt::Published(true)),
        _ if text.starts_with('r') => revision(text).map(GuideAt::Revision),
        _ => as_of(text).map_err(|_| format!("{text:?} is no state; right would be r41, draft, published or 2026-10-01")),
    }
}

/// An instant as it is typed.
pub(crate) fn as_of(text: &str) -> Result<GuideAt, String> {
    let since: crate::commands::since::Since = text.parse()?;
    match since {
        crate::commands::since::Since::From(instant) => Ok(GuideAt::AsOf(DateTime(crate::settings::wire(instant)))),
        crate::commands::since::Since::Ago(_) => Err(format!("{text:?} is no date")),
    }
}
