//! `greenroom schema`: the JSON Schema of a guide file, for editors that complete and check while somebody types.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::fault::Result;
use crate::folder::files;
use crate::room::Room;

/// Where the schema is, from the folder of guide files.
pub(crate) const FILE: &str = ".greenroom/guide-1.schema.json";
/// The line by which editors find it, from a guide file in `companies/`.
pub(crate) const LINE: &str = "# yaml-language-server: $schema=../.greenroom/guide-1.schema.json";

/// Print the JSON Schema of a guide file
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Schema {
    #[command(subcommand)]
    install: Option<Install>,
}

#[derive(Subcommand, Debug)]
enum Install {
    /// Write it into the folder of guide files, where editors find it
    Install {
        /// The folder of guide files
        #[arg(long, value_name = "FOLDER")]
        dir: Option<PathBuf>,
    },
}

impl Schema {
    pub(crate) fn run(&self, room: &Room) -> Result {
        let text = serde_json::to_string_pretty(&content::file::schema()).unwrap_or_default() + "\n";
        let Some(Install::Install { dir }) = &self.install else {
            room.ui.raw(&text);
            return Ok(());
        };
        let path = dir.clone().unwrap_or_else(|| room.settings.content()).join(FILE);
        let same = files::read_if_there(&path)?.as_deref() == Some(&text);
        if !same {
            files::write(&path, &text)?;
        }
        if room.ui.is_for_programs() {
            room.ui.object(&json!({ "format": "greenroom/result@1", "file": path.display().to_string(), "written": !same }));
            return Ok(());
        }
        room.ui.say(format!("{} {}", if same { "Unchanged:" } else { "Wrote" }, path.display()));
        room.ui.say(format!("A guide file in companies/ that begins with this line is completed and checked while you type:\n  {LINE}"));
        room.ui.say("VS Code needs the extension YAML by Red Hat (redhat.vscode-yaml); other editors need yaml-language-server.");
        Ok(())
    }
}
