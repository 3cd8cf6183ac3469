//! `greenroom db backup` and `restore`: one file of a whole database, for both kinds of databases, so that one can be brought into the other.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use api::operator;
use clap::Args;
use serde_json::json;

use super::{Place, settings};
use crate::acts::counted;
use crate::client::unopened;
use crate::code::Code;
use crate::fault::{Fault, Result, unwritable};
use crate::room::Room;
use crate::settings::without_password;

/// Write a backup of one moment, while servers go on
#[derive(Args, Debug)]
pub(crate) struct Backup {
    #[command(flatten)]
    place: Place,
    /// Into this file; - writes to standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Replace the database by a backup
#[derive(Args, Debug)]
pub(crate) struct Restore {
    #[command(flatten)]
    place: Place,
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only read the backup, and say whether it could be restored
    #[arg(short = 'n', long)]
    dry_run: bool,
}

impl Backup {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let settings = settings(room, &self.place, false)?;
        if self.out.as_os_str() == "-" {
            if std::io::stdout().is_terminal() {
                return Err(Fault::new(Code::Usage, "a backup is not for a terminal").next("greenroom db backup --out FILE"));
            }
            operator::backup(&settings, BufWriter::new(std::io::stdout())).await.map_err(|error| unopened(&error))?;
            return Ok(());
        }
        let counts = self.to_file(&settings).await?;
        let rows: u64 = counts.0.values().sum();
        if room.ui.is_for_programs() {
            room.ui.object(&json!({ "file": self.out.display().to_string(), "rows": rows }));
        }
        room.ui.say(format!("Wrote {} with {rows} rows.", self.out.display()));
        room.ui.say(format!("Look whether it is good: greenroom db restore {} --dry-run", self.out.display()));
        Ok(())
    }

    /// Beside the file, and in its place when it is whole: what is cut off must not look like a backup.
    async fn to_file(&self, settings: &api::settings::Settings) -> Result<content::backup::Counts> {
        let refused = |error: std::io::Error| unwritable(&self.out, &error);
        let folder = self.out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(refused)?;
        let counts = operator::backup(settings, BufWriter::new(file.as_file_mut())).await.map_err(|error| unopened(&error))?;
        file.flush().and_then(|()| file.as_file().sync_all()).map_err(refused)?;
        file.persist(&self.out).map_err(|error| refused(error.error))?;
        Ok(counts)
    }
}

impl Restore {
    /// What is replaced, in words, and the word that is typed for it: a database that the line names has no profile's name.
    fn replaced(&self, room: &Room) -> Result<(String, String)> {
        match &self.place.database_url {
            Some(url) => Ok((format!("the database {}", without_password(url)), name_of(url))),
            None => room.target().map(|target| (format!("the database of {}", target.name), target.name)),
        }
    }

    pub(crate) async fn run(&self, room: &Room) -> Result {
        let settings = settings(room, &self.place, false)?;
        let file = std::fs::File::open(&self.file).map_err(|error| crate::fault::unreadable(&self.file, &error))?;
        let contents = operator::verify(std::io::BufReader::new(file)).map_err(|error| unopened(&error))?;
        let rows: u64 = contents.rows.0.values().sum();
        room.ui.say(format!("{} is a whole backup with {rows} rows.", self.file.display()));
        if self.dry_run {
            if room.ui.is_for_programs() {
                room.ui.object(&json!({ "file": self.file.display().to_string(), "rows": rows, "dry_run": true }));
            }
            room.ui.say("Nothing was restored.");
            return Ok(());
        }
        let (replaced, word) = self.replaced(room)?;
        room.ui.confirm_word(&format!("This replaces {replaced}; everybody has to sign in again."), &word)?;
        let restored = operator::restore(&settings, &self.file).await.map_err(|error| unopened(&error))?;
        let kept = restored.kept.as_ref().map(|kept| kept.display().to_string());
        if room.ui.is_for_programs() {
            let problems: Vec<String> = restored.problems.iter().map(ToString::to_string).collect();
            room.ui.object(&json!({ "database": restored.database, "rows": rows, "kept": kept, "problems": problems, "dry_run": false }));
        }
        room.ui.say(format!("Restored {} from {}.", restored.database, self.file.display()));
        if let Some(kept) = kept {
            room.ui.say(format!("What was there before is in {kept}"));
        }
        for problem in restored.problems.iter().take(20) {
            room.ui.warn(&problem.to_string(), None);
        }
        if restored.problems.len() > 20 {
            room.ui.warn(
                &counted(restored.problems.len() - 20, "more thing does not agree", "more things do not agree"),
                Some("greenroom db check"),
            );
        }
        Ok(())
    }
}

/// What a database is called by itself: its file, or its name on its server.
fn name_of(url: &str) -> String {
    let shown = without_password(url);
    let address = shown.split(['?', '#']).next().unwrap_or_default();
    address.rsplit(['/', '\\', ':', '@']).find(|part| !part.is_empty()).unwrap_or("database").to_owned()
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_database_is_called_by_its_file_or_by_its_name_on_the_server() {
        assert_eq!(name_of("sqlite:/var/lib/greenroom.db?mode=rwc"), "greenroom.db");
        assert_eq!(name_of("sqlite:greenroom.db"), "greenroom.db");
        assert_eq!(name_of("postgres://nora:secret@db.example:5432/guides"), "guides");
    }
}
