//! Where documents are read from: a file each, or a manifest as generators write it, whose ids are the hashes of its texts.

use std::path::{Path, PathBuf};

use content::trusted_document::Hash;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::code::Code;
use crate::fault::{Fault, Result, unreadable};

/// A document, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The file, of a manifest with the id in it.
    pub(super) place: String,
    pub(super) text: String,
}

/// The manifest of Apollo's generators. Others write an object of ids and texts.
#[derive(Deserialize)]
struct Manifest {
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

/// All documents of these files, in their order; what is wrong with any of them, at once.
pub(super) fn read(files: &[PathBuf]) -> Result<Vec<Source>> {
    let (mut sources, mut faults) = (Vec::new(), Vec::new());
    for file in files {
        match of_file(file) {
            Ok(found) => sources.extend(found),
            Err(found) => faults.extend(found),
        }
    }
    Fault::all(faults).map_or(Ok(sources), Err)
}

fn of_file(file: &Path) -> Result<Vec<Source>, Vec<Fault>> {
    let text = std::fs::read_to_string(file).map_err(|error| vec![unreadable(file, &error)])?;
    let place = file.display().to_string();
    if file.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("json")) {
        return Ok(vec![Source { place, text }]);
    }
    let Some(pairs) = of_manifest(&text) else {
        let fault = Fault::new(Code::Unreadable, format!("{place} is no manifest that is understood"));
        return Err(vec![
            fault.line("  Right would be {\"SHA-256\": \"document\", ...}, or Apollo's, with operations.").at(json!({ "file": place })),
        ]);
    };
    let (mut sources, mut faults) = (Vec::new(), Vec::new());
    for (id, text) in pairs {
        // What a client sends as the hash is the id, so another one would never be found.
        if Hash::read(&id) == Some(Hash::of(&text)) {
            sources.push(Source { place: format!("{place}, {id}"), text });
        } else {
            let fault = Fault::told("REQ-012", format!("{} is not the SHA-256 of its document", content::finding::quoted(&id)));
            let fault = fault.line(format!("  {place}")).at(json!({ "file": place, "id": id }));
            faults.push(fault.next("let the generator write the manifest with SHA-256"));
        }
    }
    if faults.is_empty() { Ok(sources) } else { Err(faults) }
}

/// Ids and texts of a manifest.
fn of_manifest(text: &str) -> Option<Vec<(String, String)>> {
    if let Ok(Manifest { operations }) = serde_json::from_str(text) {
        return Some(operations.into_iter().map(|operation| (operation.id, operation.body)).collect());
    }
    let object: Map<String, Json> = serde_json::from_str(text).ok()?;
    object.into_iter().map(|(id, text)| Some((id, text.as_str()?.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use content::trusted_document::Hash;
    use serde_json::json;

    use super::of_manifest;

    #[test]
    fn both_forms_of_a_manifest_are_read() {
        let text = "{ tiers { key } }";
        let id = Hash::of(text).to_string();
        let pairs = Some(vec![(id.clone(), text.to_owned())]);
        assert_eq!(of_manifest(&json!({ id.as_str(): text }).to_string()), pairs);
        let operation = json!({ "id": id, "name": "Tiers", "type": "query", "body": text });
        let apollo = json!({ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [operation] });
        assert_eq!(of_manifest(&apollo.to_string()), pairs);
        for wrong in ["", "[]", "7", r#"{"a": 7}"#, r#"{"operations": [{"id": "a"}]}"#] {
            assert_eq!(of_manifest(wrong), None, "{wrong}");
        }
    }
}
