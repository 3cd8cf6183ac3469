//! Files against the target: fifty guides at a time are fetched, and only what differs is kept. What a file would change is told by the server, which
//! rehearses it.

use std::collections::BTreeMap;
use std::path::Path;

use content::file::{Matching, Source};
use content::finding::Level;
use content::guide::Guide;

use super::examine::unready;
use super::files;
use super::item::{Action, Item};
use super::lock::{Lock, sha};
use super::survey::Survey;
use crate::acts::{nothing, refused};
use crate::documents::company::{
    CompanyBy, CompanyFilter, CompanyState, GuideQuery, GuideVariables, GuidesQuery, GuidesVariables, HeldInList,
};
use crate::documents::edit::{Answer, Edit, Order};
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result, of_content};
use crate::room::Room;

/// Guides of one question to the server.
pub(crate) const PAGE: usize = 50;

/// How files are compared.
pub(crate) struct Comparing<'a> {
    pub(crate) room: &'a Room,
    /// What the files were exported from, if that was this target.
    pub(crate) lock: Option<&'a Lock>,
    pub(crate) matching: Matching,
    /// Whether what the files say is to be public.
    pub(crate) publish: bool,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Compared {
    /// What would change, by slug.
    pub(crate) items: Vec<Item>,
    /// How many guides say what their files say.
    pub(crate) unchanged: usize,
    /// Guides that somebody changed since their files were exported, which are as they were.
    pub(crate) behind: Vec<String>,
    /// Drafts that say what their files say, and cannot be published yet.
    pub(crate) unready: Vec<String>,
    /// Public guides that had an open draft before: what is in it becomes public with what the file says.
    pub(crate) drafted: Vec<String>,
    /// Guides that are archived, and have files.
    pub(crate) archived: Vec<String>,
    /// What somebody else changed in the same places.
    pub(crate) conflicts: Vec<Fault>,
    faults: Vec<Fault>,
}

impl Compared {
    /// All that cannot be done, as one fault; conflicts are no part of it.
    pub(crate) fn sound(self) -> Result<Self> {
        let Self { faults, .. } = self;
        Fault::all(faults).map_or(Ok(()), Err)?;
        Ok(Self { faults: Vec::new(), ..self })
    }
}

impl Comparing<'_> {
    /// Compares all files of a survey.
    pub(crate) async fn all(&self, survey: &Survey) -> Result<Compared> {
        let client = self.room.client().await?;
        let bar = self.room.ui.bar("compared", survey.files.len());
        let mut compared = Compared::default();
        let all: Vec<(&String, &std::path::PathBuf)> = survey.files.iter().collect();
        for chunk in all.chunks(PAGE) {
            let slugs = Some(chunk.iter().map(|(slug, _)| (*slug).clone()).collect());
            let filter = Some(CompanyFilter { slugs, ..CompanyFilter::default() });
            let first = i32::try_from(PAGE).unwrap_or(i32::MAX);
            let GuidesQuery { companies } = client.ask(GuidesVariables { first, after: None, filter, at: None }).await?;
            let mut held: BTreeMap<String, HeldInList> = companies.nodes.into_iter().map(|held| (held.slug.clone(), held)).collect();
            for (slug, path) in chunk {
                match held.remove(*slug) {
                    Some(held) => self.one(&mut compared, path, held).await?,
                    None => self.missing(&mut compared, slug, path).await?,
                }
                bar.step(slug);
            }
        }
        bar.end();
        Ok(compared)
    }

    async fn one(&self, compared: &mut Compared, path: &Path, held: HeldInList) -> Result {
        let HeldInList { slug, state, stamp, published, draft, guide, .. } = held;
        if state == CompanyState::Archived {
            compared.archived.push(slug);
            return Ok(());
        }
        let guide: Guide = guide.map(Guide::try_from).transpose()?.unwrap_or_default();
        let text = files::read(path)?;
        let read = Source::over(&text, &guide, self.matching).adopted().map_err(|error| of_content(&error, &slug))?.file.guide;
        let mut item = Item::new(Action::Save, &slug, Some(stamp.into()));
        item.revision = published.map(|published| published.revision);
        let entry = self.lock.and_then(|lock| lock.get(&slug));
        if read != guide && entry.is_some_and(|entry| says(&text).as_deref() == Some(entry.sha256.as_str())) {
            compared.behind.push(slug);
            compared.unchanged += 1;
            return Ok(());
        }
        if read != guide {
            item.over = entry.map(|entry| Stamp { base: entry.base, edits: entry.edits }).filter(|over| *over != stamp).map(Into::into);
            item.known = guide.keys().cloned().collect();
            let Some(answer) = self.rehearsed(compared, item.saving(&read)).await? else { return Ok(()) };
            if !nothing(&answer.plan) {
                item.changes = answer.plan.companies.iter().flat_map(|company| &company.changes).map(Into::into).collect();
                self.to_be_public(compared, (path, &text), &read);
                if self.publish && draft.is_some() {
                    compared.drafted.push(slug);
                }
                item.guide = Some(read);
                compared.items.push(item);
                return Ok(());
            }
        }
        match draft.filter(|_| self.publish) {
            Some(draft) if draft.ready => compared.items.push(Item { action: Action::Publish, ..item }),
            Some(_) => {
                compared.unready.push(slug);
                compared.unchanged += 1;
            }
            None => compared.unchanged += 1,
        }
        Ok(())
    }

    async fn missing(&self, compared: &mut Compared, slug: &str, path: &Path) -> Result {
        let text = files::read(path)?;
        let file = content::file::read(&text).map_err(|error| of_content(&error, slug))?;
        if let Some(id) = file.id {
            let by = CompanyBy::Id(cynic::Id::new(content::WireId::from(id).to_string()));
            let GuideQuery { company } = self.room.client().await?.ask(GuideVariables { by, at: None }).await?;
            if let Some(company) = company {
                compared.faults.push(renamed(path, slug, &company.slug));
                return Ok(());
            }
        }
        let item = Item::new(Action::Create, slug, None);
        let Some(answer) = self.rehearsed(compared, item.creating(&file.guide)).await? else { return Ok(()) };
        self.to_be_public(compared, (path, &text), &file.guide);
        let changes = answer.plan.companies.iter().flat_map(|company| &company.changes).map(Into::into).collect();
        compared.items.push(Item { changes, guide: Some(file.guide), ..item });
        Ok(())
    }

    /// What the server says of an edit; nothing if something is in its way, which is noted.
    async fn rehearsed<E: Edit>(&self, compared: &mut Compared, edit: E) -> Result<Option<Answer>> {
        let order = Order { dry_run: true, ..Order::default() };
        match refused(self.room.client().await?.edit(edit, order).await?) {
            Ok(answer) => Ok(Some(answer)),
            Err(fault) if fault.code == "CON-001" => {
                compared.conflicts.push(fault);
                Ok(None)
            }
            Err(fault) => {
                compared.faults.push(fault);
                Ok(None)
            }
        }
    }

    /// Notes what stands in the way of publishing what a file says.
    fn to_be_public(&self, compared: &mut Compared, (path, text): (&Path, &str), guide: &Guide) {
        if !self.publish {
            return;
        }
        let source = Source::of(text);
        for finding in unready(guide).into_iter().filter(|finding| finding.level == Level::Publishing) {
            let spot = source.places().of(&finding.path);
            let placed = content::file::Placed { finding, spot };
            compared.faults.push(crate::report::fault(text, &placed, (&path.display().to_string(), "")));
        }
    }
}

/// The fingerprint of what a text says by itself.
fn says(text: &str) -> Option<String> {
    content::file::read(text).ok().map(|file| sha(&file.guide))
}

fn renamed(path: &Path, slug: &str, now: &str) -> Fault {
    let message = format!("{} has the id of {now}, and the slug {slug}", path.display());
    let fault = Fault::new(crate::code::Code::FileTwice, message);
    let fault = fault.line("  A guide that is copied goes without the id; one that is to be called otherwise is renamed.");
    fault.next(format!("greenroom company rename {now} {slug}"))
}
