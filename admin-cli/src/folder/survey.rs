//! All files at once, one after another: which guide stands in which file, and everything that is wrong with any of them. Only slugs and paths are
//! kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::examine::{Examined, Note, examine};
use super::files;
use crate::code::Code;
use crate::fault::{Fault, Result};

/// So many failures are kept; more are counted.
const MOST_KEPT: usize = 500;

/// What was found.
#[derive(Default)]
pub(crate) struct Survey {
    /// The file of each guide.
    pub(crate) files: BTreeMap<String, PathBuf>,
    /// How many files there are.
    pub(crate) count: usize,
    /// How much cannot be saved.
    pub(crate) errors: usize,
    faults: Vec<Fault>,
    ids: BTreeMap<content::CompanyId, (PathBuf, usize)>,
    lines: BTreeMap<String, usize>,
}

impl Survey {
    /// Looks at files; `noted` hears what does not stop saving.
    pub(crate) fn of(paths: &[PathBuf], mut noted: impl FnMut(Note)) -> Self {
        let mut survey = Self::default();
        for path in paths {
            survey.count += 1;
            match files::read(path) {
                Ok(text) => survey.file(path, examine(path, &text), &mut noted),
                Err(fault) => survey.fault(fault),
            }
        }
        survey
    }

    /// What cannot be saved, as one fault.
    pub(crate) fn sound(self) -> Result<Self> {
        let Self { faults, .. } = self;
        match Fault::all(faults) {
            Some(fault) => Err(fault),
            None => Ok(Self { faults: Vec::new(), ..self }),
        }
    }

    fn file(&mut self, path: &Path, examined: Examined, noted: &mut impl FnMut(Note)) {
        examined.notes.into_iter().for_each(noted);
        examined.faults.into_iter().for_each(|fault| self.fault(fault));
        let Some(file) = examined.file else { return };
        let slug = file.slug.to_string();
        let here = (path.to_owned(), examined.slug_line);
        if let (Some(other), Some(line)) = (self.files.get(&slug), self.lines.get(&slug)) {
            let there = (other.clone(), *line);
            return self.fault(twice(&format!("two files have the slug {slug}"), &there, &here));
        }
        if let Some(id) = file.id
            && let Some(there) = self.ids.insert(id, here.clone())
        {
            self.fault(twice(
                &format!("two files have the id of one guide, and different slugs; a copy goes without the id: {slug}"),
                &there,
                &here,
            ));
        }
        self.files.insert(slug.clone(), here.0);
        self.lines.insert(slug, here.1);
    }

    fn fault(&mut self, fault: Fault) {
        self.errors += 1;
        if self.faults.len() < MOST_KEPT {
            self.faults.push(fault);
        }
    }
}

fn twice(message: &str, (there, first): &(PathBuf, usize), (here, second): &(PathBuf, usize)) -> Fault {
    let fault = Fault::new(Code::FileTwice, message).line(format!("  {}:{first}", there.display()));
    fault.line(format!("  {}:{second}", here.display())).at(serde_json::json!({ "file": here.display().to_string(), "line": second }))
}

#[cfg(test)]
mod tests {
    use super::Survey;
    use crate::folder::files::write;

    #[test]
    fn two_files_of_one_guide_are_told_with_both_places() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = ["a.yaml", "b.yaml"].iter().map(|name| folder.path().join(name)).collect();
        for path in &paths {
            write(path, "format: greenroom/guide@1\nslug: acorn\nname: Acorn\n").unwrap();
        }
        let mut notes = 0;
        let survey = Survey::of(&paths, |_| notes += 1);
        assert_eq!((survey.count, survey.errors, survey.files.len()), (2, 1, 1));
        assert!(notes > 2);
        let fault = survey.sound().map(drop).unwrap_err();
        assert!(fault.lines[0].ends_with("a.yaml:2") && fault.lines[1].ends_with("b.yaml:2"));
    }
}
