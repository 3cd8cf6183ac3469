//! One file by itself, without a server: what it says, what cannot be saved of it, and what is left to do before it can be published.

use std::collections::BTreeSet;
use std::path::Path;

use content::code::Code as Told;
use content::file::{GuideFile, Placed, Source};
use content::finding::Level;
use content::guide::{Guide, rules};
use serde_json::{Value as Json, json};

use crate::fault::Fault;
use crate::report;

/// What was found out about a file.
pub(crate) struct Examined {
    /// What it says, if it can be saved.
    pub(crate) file: Option<GuideFile>,
    /// In which line its slug and its id stand.
    pub(crate) slug_line: usize,
    /// What cannot be saved of it.
    pub(crate) faults: Vec<Fault>,
    /// What does not stop saving.
    pub(crate) notes: Vec<Note>,
}

/// Something to be looked at.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) code: &'static str,
    pub(crate) level: &'static str,
    pub(crate) path: String,
    pub(crate) message: String,
}

impl Note {
    /// For programs.
    pub(crate) fn json(&self) -> Json {
        let Self { file, line, code, level, path, message } = self;
        json!({ "file": file, "line": line, "code": code, "level": level, "path": path, "message": message })
    }
}

/// Looks at the text of a file.
pub(crate) fn examine(path: &Path, text: &str) -> Examined {
    let file = path.display().to_string();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if let Some(fault) = unmerged(&file, text) {
        return Examined { file: None, slug_line: 1, faults: vec![fault], notes: Vec::new() };
    }
    let source = Source::of(text);
    let slug_line = source.places().of(&content::finding::Path::root().at("slug")).line;
    let mut examined = Examined { file: source.file().cloned(), slug_line, faults: Vec::new(), notes: Vec::new() };
    let placed = source.findings().iter().cloned().chain(examined.file.iter().flat_map(|read| ruled(&read.guide, &source)));
    for placed in placed.collect::<Vec<_>>() {
        match placed.finding.level {
            Level::Saving => examined.faults.push(report::fault(text, &placed, (&file, &stem))),
            Level::Publishing => examined.notes.push(note(&file, &placed, "publishing")),
            Level::Advice => examined.notes.push(note(&file, &placed, "advice")),
        }
    }
    if let Some(read) = examined.file.as_ref().filter(|read| read.slug.to_string() != stem && stem != "-") {
        let message = format!("The file of {} would be called {}.yaml", read.slug, read.slug);
        let code = Told::NameMalformed.text();
        examined.notes.push(Note { file, line: slug_line, code, level: "advice", path: "slug".to_owned(), message });
    }
    if !examined.faults.is_empty() {
        examined.file = None;
    }
    examined
}

/// What stands in the way of publishing a guide, as far as it can be known here: which tiers there are is not.
pub(crate) fn unready(guide: &Guide) -> Vec<content::finding::Finding> {
    let mut findings = rules::check(guide, &guide.tier.iter().cloned().collect::<BTreeSet<_>>()).0;
    for finding in findings.iter_mut().filter(|finding| finding.expected.is_empty()) {
        "a key such as big-tech".clone_into(&mut finding.expected);
    }
    findings
}

fn ruled(guide: &Guide, source: &Source) -> Vec<Placed> {
    unready(guide).into_iter().map(|finding| Placed { spot: source.places().of(&finding.path), finding }).collect()
}

fn note(file: &str, placed: &Placed, level: &'static str) -> Note {
    let Placed { finding, spot } = placed;
    Note {
        file: file.to_owned(),
        line: spot.line,
        code: finding.code.text(),
        level,
        path: finding.path.to_string(),
        message: finding.message(),
    }
}

/// Whether git left a merge to be settled: then nothing else of the file means anything.
fn unmerged(file: &str, text: &str) -> Option<Fault> {
    let mark = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let (number, line) = (1..).zip(text.lines()).find(|(_, line)| mark(line))?;
    let fault = Fault::told(Told::FileUnreadable.text(), "the file has the marks of a merge in git that is not settled");
    let fault = fault.line(format!("  {file}:{number}")).line(format!("  {number:>4} | {line}"));
    let fault = fault.at(json!({ "file": file, "line": number }));
    Some(fault.next(format!("choose a side at each mark, then greenroom check {file}")))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::examine;

    const TEXT: &str = "format: greenroom/guide@1\nslug: acorn\nname: Acorn\n";

    #[test]
    fn a_file_has_errors_that_stop_saving_and_notes_that_do_not() {
        let good = examine(Path::new("acorn.yaml"), TEXT);
        assert!(good.faults.is_empty() && good.file.is_some());
        assert!(good.notes.iter().any(|note| note.code == "VAL-030" && note.level == "publishing"));
        let bad = examine(Path::new("a.yaml"), &TEXT.replace("Acorn", "Ac\u{7}orn"));
        assert!(bad.file.is_none() && !bad.faults.is_empty());
    }

    #[test]
    fn a_merge_that_is_not_settled_is_one_error() {
        let text = format!("{TEXT}<<<<<<< HEAD\ntier: a\n=======\ntier: b\n>>>>>>> x\n");
        let examined = examine(Path::new("acorn.yaml"), &text);
        assert_eq!((examined.faults.len(), examined.faults[0].lines[0].as_str()), (1, "  acorn.yaml:4"));
    }

    #[test]
    fn a_file_is_called_like_its_guide() {
        let examined = examine(Path::new("other.yaml"), TEXT);
        assert!(examined.notes.iter().any(|note| note.message.contains("acorn.yaml")));
    }
}
