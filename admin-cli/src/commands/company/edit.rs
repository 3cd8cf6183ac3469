//! `greenroom edit`: the guide as a file in the editor, until the server has what was written. The text is never lost: it lies in a named file
//! from before the editor opens until after the save.

mod settle;
mod signals;
mod text;

use clap::Args;

use crate::acts::{Act, perform, tell};
use crate::code::Code;
use crate::commands::company::show::Section;
use crate::documents::edit::{Answer, OnConflict};
use crate::editor;
use crate::fault::{Fault, Result};
use crate::guides::{Held, headline, hold, saving};
use crate::kept::{Kept, Origin};
use crate::line::Reason;
use crate::report;
use crate::room::Room;
use crate::settings::{variable, wire};

use text::{Text, Wrong, base};

/// Change a guide in your editor
#[derive(Args, Debug)]
pub(crate) struct Edit {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// Start this editor: "code --wait"
    #[arg(long, value_name = "COMMAND")]
    editor: Option<String>,
    /// Go on with the text that was not sent
    #[arg(long)]
    resume: bool,
    /// Only this part of the guide
    #[arg(long, value_enum, value_name = "PART")]
    section: Option<Section>,
    #[command(flatten)]
    reason: Reason,
}

/// Opens a guide in the editor.
pub(crate) async fn open(room: &Room, name: &str) -> Result {
    let edit = Edit { name: name.to_owned(), editor: None, resume: false, section: None, reason: Reason { reason: String::new() } };
    Box::pin(edit.run(room)).await
}

impl Edit {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let named = self.editor.is_some() || variable("GREENROOM_EDITOR").is_some();
        if !room.ui.asks && !named && !self.resume {
            let fault = Fault::new(Code::Unasked, "an editor needs a terminal, and there is none");
            let fault = fault.next(format!("greenroom company set {} path=value", self.name));
            return Err(fault.next(format!("greenroom show {} -o yaml, change it, greenroom apply -", self.name)));
        }
        let profile = room.target()?.name;
        let slug = self.slug(room, &profile).await?;
        let kept = Kept::new(&room.settings.folders, &profile, &slug);
        let _held = kept.hold()?;
        let origin = match kept.origin()? {
            None if kept.file.exists() => return Err(Self::started_nowhere(room, &kept)),
            Some(origin) if self.resume || self.goes_on(room, &kept)? => {
                let identity = room.announce(false).await?;
                if origin.address != identity.address {
                    return Err(Self::of_another_place(room, &kept, &origin));
                }
                origin
            }
            Some(_) | None if self.resume => return Err(Self::nothing_kept(room, &kept)),
            Some(_) | None => self.begin(room, &kept).await?,
        };
        signals::keep_the_text(room.settings.folders.short(&kept.file));
        let session = Session { room, edit: self, kept: &kept, origin: &origin };
        let fresh = kept.text()? == origin.text;
        Box::pin(session.go(!self.resume || fresh || self.editor.is_some())).await
    }

    /// The slug: that of a text that is kept, or what the target calls it.
    async fn slug(&self, room: &Room, profile: &str) -> Result<String> {
        if Kept::new(&room.settings.folders, profile, &self.name).file.exists() {
            return Ok(self.name.clone());
        }
        hold(room, &self.name).await.map(|held| held.slug)
    }

    /// Whether to go on with a text that is there already.
    fn goes_on(&self, room: &Room, kept: &Kept) -> Result<bool> {
        let place = room.settings.folders.short(&kept.file);
        let resume = format!("greenroom edit {} --resume", self.name);
        if !room.ui.asks {
            return Err(Fault::new(Code::Kept, format!("there is a text of yours that was not sent: {place}")).next(resume));
        }
        let choices = [("r", "go on with it"), ("d", "throw it away and open the guide anew"), ("s", "stop")];
        let choices = choices.map(|(mark, words)| (mark.to_owned(), words.to_owned()));
        match room.ui.choose(&format!("There is a text of yours that was not sent: {place}"), &choices, 0, "--resume")? {
            0 => Ok(true),
            1 => Ok(false),
            _ => Err(Fault::new(Code::Kept, "nothing was done").next(resume)),
        }
    }

    fn nothing_kept(room: &Room, kept: &Kept) -> Fault {
        let place = room.settings.folders.short(&kept.file);
        Fault::new(Code::JobUnknown, format!("there is no text that was not sent: nothing is in {place}")).next("greenroom status")
    }

    /// A text of which nobody knows what it was started from: it cannot be merged, and must not be overwritten.
    fn started_nowhere(room: &Room, kept: &Kept) -> Fault {
        let place = room.settings.folders.short(&kept.file);
        let fault = Fault::new(Code::Kept, format!("there is a text in {place}, and what it was started from is lost"));
        fault.line("  Take from it what you need, and give it another name.").next(format!("mv {place} {place}.old"))
    }

    fn of_another_place(room: &Room, kept: &Kept, origin: &Origin) -> Fault {
        let place = room.settings.folders.short(&kept.file);
        let fault =
            Fault::new(Code::Kept, format!("the text in {place} was started from {}, which is not where this works", origin.address));
        fault.next("greenroom -p PROFILE edit NAME --resume, with the profile of that address")
    }

    /// Fetches the guide and writes it into its file.
    async fn begin(&self, room: &Room, kept: &Kept) -> Result<Origin> {
        let identity = room.announce(false).await?;
        let held = hold(room, &self.name).await?;
        let text = text::of(&held, self.section)?;
        let origin = Origin {
            company: held.slug.clone(),
            id: held.id.clone(),
            name: held.guide.name.clone(),
            address: identity.address.clone(),
            opened_at: wire(room.ui.now),
            base: held.stamp.base,
            edits: held.stamp.edits,
            guide: held.guide,
            text,
            section: self.section.map(|section| section.word().to_owned()),
        };
        kept.begin(&origin)?;
        Ok(origin)
    }
}

/// One text on its way.
struct Session<'a> {
    room: &'a Room,
    edit: &'a Edit,
    kept: &'a Kept,
    origin: &'a Origin,
}

impl Session<'_> {
    /// Opens the editor until the text can be saved, and saves it.
    async fn go(&self, opens: bool) -> Result {
        let (mut opens, mut line) = (opens, None);
        loop {
            if opens {
                self.write(line)?;
            }
            let written = self.kept.text()?;
            let text = report::without_notes(&written);
            // The file is as the messages count its lines: without the notes of the round before.
            if text != written && self.kept.says(&written) {
                self.kept.put(&text)?;
            }
            let written = text.clone();
            if text == self.origin.text {
                self.kept.end()?;
                self.room.ui.say("Nothing was changed.");
                return Ok(());
            }
            match Text::read(&text, self.origin) {
                Ok(read) => return self.save(&read, &written).await,
                Err(wrong) => {
                    self.choose(&wrong)?;
                    // What was written while the question stood is looked at first.
                    if self.kept.says(&written) {
                        self.kept.put(&report::noted(&text, &wrong.source))?;
                    }
                    line = report::first_line(&wrong.source);
                    opens = true;
                }
            }
        }
    }

    /// Starts the editor and waits for it.
    fn write(&self, line: Option<usize>) -> Result {
        let ui = &self.room.ui;
        let command = self.room.settings.editor(self.edit.editor.as_deref());
        let program = command.split_whitespace().next().unwrap_or_default().to_owned();
        let (base, edits) = (self.origin.base, self.origin.edits);
        let state = if edits == 0 { format!("r{base}") } else { format!("draft of r{base}, edit {edits}") };
        ui.say(format!("Opening {} ({state}) in {program}. Save and close the editor to continue.", self.origin.name));
        let before = self.kept.text()?;
        let back = signals::while_editing(|| editor::edit(&command, &self.kept.file, line))?;
        let unchanged = self.kept.text()? == before;
        if unchanged && back.well && back.at_once && ui.asks {
            let hint =
                format!("{program} came back at once. Did it open a window? Press Enter when you have closed it, or start it with --wait");
            ui.line(&hint, None, "--editor")?;
        }
        if back.well {
            return Ok(());
        }
        if unchanged {
            let fault = Fault::new(Code::Editor, format!("{program} ended with an error and changed nothing"));
            if self.kept.text()? == self.origin.text {
                self.kept.end()?;
            }
            return Err(fault);
        }
        if !ui.asks {
            return Err(self.keep(Fault::new(Code::Editor, format!("{program} ended with an error, after it changed the text"))));
        }
        let agreed = ui.agree(&format!("{program} ended with an error, and it changed the text. Go on with it?"));
        agreed.map_err(|fault| self.keep(fault))
    }

    /// What to do with a text that cannot be saved.
    fn choose(&self, wrong: &Wrong) -> Result {
        let fault = wrong.fault.clone();
        if !self.room.ui.asks {
            return Err(self.keep(fault));
        }
        let ui = &self.room.ui;
        ui.fault(&fault);
        let errors = crate::acts::counted(fault.also.len() + 1, "error", "errors");
        ui.speak(&format!("\n{errors}. Nothing was sent. Your text is in\n  {}", self.room.settings.folders.short(&self.kept.file)));
        let line = report::first_line(&wrong.source).unwrap_or(1);
        let choices = [
            ("e", format!("edit again, at line {line}")),
            ("k", "keep the file and stop".to_owned()),
            ("d", "throw this edit away".to_owned()),
        ];
        match ui.choose("", &choices.map(|(mark, words)| (mark.to_owned(), words)), 0, "--resume").map_err(|fault| self.keep(fault))? {
            0 => Ok(()),
            1 => Err(self.keep(Fault::new(Code::Kept, "the text was not saved"))),
            _ => {
                self.kept.end()?;
                Err(Fault::new(Code::Declined, "the edit was thrown away; nothing was sent"))
            }
        }
    }

    /// Sends the text. Where somebody else changed the same places it is settled one by one.
    async fn save(&self, read: &Text, written: &str) -> Result {
        let held = Held { guide: self.origin.guide.clone(), ..base(self.origin) };
        let act = Act::light(false, &self.edit.reason.reason);
        let answer = match perform(self.room, saving(&held, &read.guide, OnConflict::Refuse), &act).await {
            Err(fault) if fault.code == "CON-001" => {
                if !self.room.ui.asks {
                    return Err(self.keep(fault));
                }
                settle::settle(self.room, self.origin, &read.guide).await.map_err(|fault| self.keep(fault))?
            }
            other => other.map_err(|fault| self.keep(fault))?,
        };
        if self.kept.says(written) {
            self.kept.end()?;
        } else {
            let place = self.room.settings.folders.short(&self.kept.file);
            self.room.ui.warn(&format!("the text was changed while it was sent; what is new is in {place}"), Some("greenroom status"));
        }
        self.meanwhile(&answer);
        tell(self.room, &answer, &act, &headline(&answer, false));
        for note in read.notes() {
            self.room.ui.say(note);
        }
        settle::what_is_left(self.room, &self.origin.company).await
    }

    fn meanwhile(&self, answer: &Answer) {
        let before = answer.plan.companies.first().and_then(|company| company.before.as_ref());
        if before.is_some_and(|before| before.stamp.edits > self.origin.edits) {
            self.room.ui.say("Meanwhile somebody else saved. No overlap with yours; both are kept.");
        }
    }

    /// A failure after which the text is still there, and where.
    fn keep(&self, fault: Fault) -> Fault {
        let place = self.room.settings.folders.short(&self.kept.file);
        let fault = fault.line(format!("  Your edit of {} was not sent. It is kept in {place}", self.origin.name));
        let mut fault = fault.next(format!("greenroom edit {} --resume", self.origin.company));
        fault.next.rotate_right(1);
        fault
    }
}
