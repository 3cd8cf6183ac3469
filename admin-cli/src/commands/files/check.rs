//! `greenroom check`: what is wrong with guide files, without a server.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value as Json, json};

use crate::acts::counted;
use crate::fault::Result;
use crate::folder::examine::Note;
use crate::folder::files;
use crate::folder::survey::Survey;
use crate::room::Room;
use crate::ui::{YELLOW, paint};

/// So many warnings are told to programs; the number of all stands beside them.
const MOST_TOLD: usize = 10_000;

/// Check guide files, without a server
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Files, or folders of them; the content folder if none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

impl Check {
    pub(crate) fn run(&self, room: &Room) -> Result<u8> {
        let paths = files::find(&files::given(room, &self.paths))?;
        let (mut told, mut warnings) = (Vec::new(), 0_usize);
        let survey = Survey::of(&paths, |note| {
            warnings += 1;
            room.ui.tell(line(&note));
            if room.ui.is_for_programs() && told.len() < MOST_TOLD {
                told.push(note.json());
            }
        });
        let (count, errors) = (survey.count, survey.errors);
        let summary = [counted(count, "file", "files"), counted(errors, "error", "errors"), counted(warnings, "warning", "warnings")];
        let figures = json!({ "files": count, "errors": errors, "warnings": warnings });
        match survey.sound() {
            Ok(_) => {
                object(room, figures, told);
                room.ui.tell(summary.join(", "));
                Ok(0)
            }
            Err(fault) if room.ui.is_for_programs() => Err(fault.details(figures)),
            // The summary comes last: that is where people look.
            Err(fault) => {
                room.ui.fault(&fault);
                room.ui.tell(summary.join(", "));
                Ok(fault.exit)
            }
        }
    }
}

fn line(note: &Note) -> String {
    format!("{}:{}  {}: {}", note.file, note.line, paint(YELLOW, format!("warning[{}]", note.code)), note.message)
}

fn object(room: &Room, mut figures: Json, told: Vec<Json>) {
    if room.ui.is_for_programs() {
        figures["format"] = json!("greenroom/result@1");
        figures["findings"] = Json::Array(told);
        room.ui.object(&figures);
    }
}
