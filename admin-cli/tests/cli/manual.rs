//! The manual is run as it stands, page by page: in the same process on a database, and through a server. What is printed is the same.
//! `UPDATE_MANUAL=1` writes down what is printed now; look at the difference before it is committed.

use std::fs;
use std::path::{Path, PathBuf};

use tests::Backend;

use crate::stage::{Stage, Way};
use crate::transcript::run;

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/manual");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|end| end == "md"));
    pages.sort();
    pages
}

#[allow(clippy::disallowed_methods, reason = "this is how whoever changes the manual says so")]
fn updates() -> bool {
    std::env::var_os("UPDATE_MANUAL").is_some()
}

/// The stage that a page is run on; none if it is not about this way.
fn stage(page: &str, way: Way) -> Option<Stage> {
    let marked = |place: &str| page.starts_with(&format!("<!-- runs in: {place} -->"));
    match way {
        Way::Database(Backend::Sqlite) if marked("an empty home") => Some(Stage::empty()),
        _ if marked("an empty home") => None,
        Way::Database(_) if marked("a server") => None,
        Way::Database(_) | Way::Server(_) => Some(Stage::new(way)),
    }
}

fn compare(way: Way) {
    let mut wrong = Vec::new();
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        let Some(stage) = stage(&page, way) else { continue };
        let found = run(&page, &stage);
        if found == page {
            continue;
        }
        let first = matches!(way, Way::Database(Backend::Sqlite)) || page.starts_with("<!-- runs in: a server");
        if updates() && first {
            fs::write(&path, &found).unwrap();
        }
        wrong.push(format!("{}:\n{}", path.display(), difference(&page, &found)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The first lines that differ.
fn difference(page: &str, found: &str) -> String {
    let (written, printed): (Vec<&str>, Vec<&str>) = (page.lines().collect(), found.lines().collect());
    let at = written.iter().zip(&printed).take_while(|(one, other)| one == other).count();
    let some =
        |lines: &[&str], sign: &str| lines.iter().skip(at).take(12).fold(String::new(), |text, line| text + sign + " " + line + "\n");
    format!("line {}\n{}{}", at + 1, some(&written, "-"), some(&printed, "+"))
}

mod in_the_same_process {
    use super::*;

    #[test]
    fn sqlite() {
        compare(Way::Database(Backend::Sqlite));
    }

    #[test]
    fn postgres() {
        compare(Way::Database(Backend::Postgres));
    }
}

mod through_a_server {
    use super::*;

    #[test]
    fn sqlite() {
        compare(Way::Server(Backend::Sqlite));
    }

    #[test]
    fn postgres() {
        compare(Way::Server(Backend::Postgres));
    }
}

#[test]
fn every_page_of_the_manual_is_found_from_its_index() {
    let index = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/manual/README.md")).unwrap();
    for page in pages().iter().filter(|page| !page.ends_with("README.md")) {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(index.contains(&format!("({name})")), "{name} is not in the index");
    }
}
