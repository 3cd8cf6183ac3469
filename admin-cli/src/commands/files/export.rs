//! `greenroom export`: guides as files, into a folder or into one stream.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use content::file::GuideFile;
use serde_json::json;

use super::schema::LINE;
use super::sink::Sink;
use crate::acts::counted;
use crate::code::Code;
use crate::commands::names;
use crate::documents::company::{GuideAt, HeldInList};
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result};
use crate::folder::export::Export as Work;
use crate::folder::{show, stream};
use crate::room::Room;

/// Write guides into files
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// Companies by their slugs, all if none is given; - reads them from standard input, one per line
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Into companies/ of this folder; the content folder if it is not said
    #[arg(long, value_name = "FOLDER", conflicts_with = "out")]
    dir: Option<PathBuf>,
    /// Into this one file instead; - is standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// In this form; json only with --out
    #[arg(long, value_enum, default_value = "yaml")]
    format: Form,
    /// What is public, of those that are
    #[arg(long, conflicts_with = "draft")]
    published: bool,
    /// Open drafts, of those that have one
    #[arg(long)]
    draft: bool,
}

/// The form of a guide.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The file of a guide
    Yaml,
    /// The guide as JSON
    Json,
}

impl Export {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        if self.format == Form::Json && self.out.is_none() {
            return Err(
                Fault::new(Code::Usage, "a folder has guide files in YAML").next("greenroom export --format json --out guides.json")
            );
        }
        let target = room.announce(false).await?.address.clone();
        let slugs = if self.names.is_empty() { None } else { Some(stream::known(room, &names(room, &self.names)?).await?) };
        match &self.out {
            Some(out) => self.one_file(room, Sink::open(out, self.format)?, slugs.as_deref()).await,
            None => self.folder(room, &target, slugs.as_deref()).await,
        }
    }

    fn at(&self) -> Option<GuideAt> {
        match (self.published, self.draft) {
            (true, _) => Some(GuideAt::Published(true)),
            (_, true) => Some(GuideAt::Draft(true)),
            (false, false) => None,
        }
    }

    /// What a guide says and which state of it that is; nothing if it has no such state.
    fn file(&self, held: HeldInList) -> Result<Option<(GuideFile, Stamp)>> {
        let Some(guide) = held.guide else { return Ok(None) };
        let strange = |what: &str| Fault::new(Code::Foreign, format!("the answer cannot be understood: {what}"));
        let id: content::WireId = held.id.inner().parse().map_err(|_| strange(held.id.inner()))?;
        let slug = held.slug.parse().map_err(|_| strange(&held.slug))?;
        let stamp = match held.published.filter(|_| self.published) {
            Some(published) => Stamp { base: published.revision, edits: 0 },
            None => held.stamp,
        };
        Ok(Some((GuideFile { id: Some(content::CompanyId(id.uuid)), slug, guide: guide.try_into()? }, stamp)))
    }

    async fn one_file(&self, room: &Room, mut sink: Sink, slugs: Option<&[String]>) -> Result {
        stream::guides(room, slugs, self.at().as_ref(), |held| match self.file(held)? {
            Some((file, stamp)) => sink.put(room, &file, stamp),
            None => Ok(()),
        })
        .await?;
        let count = sink.end(room)?;
        room.ui.say(format!("Wrote {}.", counted(count, "guide", "guides")));
        Ok(())
    }

    async fn folder(&self, room: &Room, target: &str, slugs: Option<&[String]>) -> Result {
        let folder = self.dir.clone().unwrap_or_else(|| room.settings.content());
        // Guides that have no such state have files of another one: what those were exported from is not forgotten.
        let some = slugs.is_some() || self.published || self.draft;
        let mut work = Work::begin(folder, LINE, target, some)?;
        stream::guides(room, slugs, self.at().as_ref(), |held| {
            work.saw(&held.slug);
            match self.file(held)? {
                Some((file, stamp)) => work.put(&file, stamp),
                None => Ok(()),
            }
        })
        .await?;
        let gone = if slugs.is_none() { work.gone()? } else { Vec::new() };
        work.lock.write()?;
        tell(room, &work, &gone);
        Ok(())
    }
}

fn tell(room: &Room, work: &Work, gone: &[PathBuf]) {
    let lock = work.lock.path.display().to_string();
    let gone: Vec<String> = gone.iter().map(|path| path.display().to_string()).collect();
    if room.ui.is_for_programs() {
        let kept = work.kept.iter().map(|kept| json!({ "file": kept.path.display().to_string(), "lost_comments": kept.lost }));
        room.ui.object(&json!({
            "format": "greenroom/result@1", "unchanged": work.unchanged, "updated": work.updated, "new": work.new,
            "kept": kept.collect::<Vec<_>>(), "gone": gone, "lock": lock,
        }));
    }
    let (unsent, commented): (Vec<_>, Vec<_>) = work.kept.iter().partition(|kept| kept.lost == 0);
    for (kept, why) in
        [(unsent, "changed after it was exported, and not applied"), (commented, "with comments that have no place any more")]
    {
        let paths: Vec<String> = kept.iter().map(|kept| kept.path.display().to_string()).collect();
        if !paths.is_empty() {
            room.ui.warn(&format!("{} kept, {why}: {}", counted(paths.len(), "old text is", "old texts are"), show::some(&paths)), None);
        }
    }
    if !gone.is_empty() {
        let files = counted(gone.len(), "file is", "files are");
        room.ui.warn(&format!("{files} of no guide here, or of an archived one, and stay: {}", show::some(&gone)), None);
    }
    if work.commented > 0 {
        room.ui.say(format!("Comments in {} kept.", counted(work.commented, "file", "files")));
    }
    room.ui.say(format!("Wrote {lock} (which state each file was taken from)."));
    let (updated, new) = (work.updated.len(), work.new.len());
    let all = counted(work.unchanged + updated + new, "guide", "guides");
    room.ui.say(format!("Wrote {all}: {} unchanged, {updated} updated, {new} new.", work.unchanged));
}
