//! Where guides go that are exported into one stream: standard output, or a file that is there when it is whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use content::file::GuideFile;
use serde_json::json;

use super::export::Form;
use crate::documents::plan::Stamp;
use crate::fault::{Result, unwritable};
use crate::room::Room;

/// The stream.
pub(super) struct Sink {
    form: Form,
    file: Option<(tempfile::NamedTempFile, PathBuf)>,
    count: usize,
}

impl Sink {
    /// Opens it; `-` is standard output.
    pub(super) fn open(path: &Path, form: Form) -> Result<Self> {
        if path == Path::new("-") {
            return Ok(Self { form, file: None, count: 0 });
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(path, &error))?;
        Ok(Self { form, file: Some((file, path.to_owned())), count: 0 })
    }

    /// Writes a guide: a document of YAML, or an entry of an array.
    pub(super) fn put(&mut self, room: &Room, file: &GuideFile, stamp: Stamp) -> Result {
        let text = match self.form {
            Form::Yaml if self.count == 0 => content::file::write(file),
            Form::Yaml => format!("---\n{}", content::file::write(file)),
            Form::Json => {
                let id = file.id.map(|id| content::WireId::from(id).to_string());
                let object =
                    json!({ "slug": file.slug.to_string(), "id": id, "base": stamp.base, "edits": stamp.edits, "guide": file.guide });
                format!("{}  {object}", if self.count == 0 { "[\n" } else { ",\n" })
            }
        };
        self.count += 1;
        self.write(room, &text)
    }

    /// Ends it, and gives the number of guides.
    pub(super) fn end(mut self, room: &Room) -> Result<usize> {
        match (self.form, self.count) {
            (Form::Json, 0) => self.write(room, "[]\n")?,
            (Form::Json, _) => self.write(room, "\n]\n")?,
            (Form::Yaml, _) => {}
        }
        if let Some((file, path)) = self.file.take() {
            file.persist(&path).map_err(|error| unwritable(&path, &error.error))?;
        }
        Ok(self.count)
    }

    fn write(&mut self, room: &Room, text: &str) -> Result {
        match &mut self.file {
            None => {
                room.ui.raw(text);
                Ok(())
            }
            Some((file, path)) => file.write_all(text.as_bytes()).map_err(|error| unwritable(path, &error)),
        }
    }
}
