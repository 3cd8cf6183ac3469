//! The table of codes as a page for those who program against it.

use std::fmt::Write as _;
use std::path::Path;

use content::code::{Code, Fault};

#[test]
fn the_page_of_codes_is_the_table_of_codes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors.md");
    let page = page();
    if option_env!("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == page, "docs/errors.md is not current; write it anew: UPDATE_DOCS=1 cargo test -p tests --test it errors");
}

fn page() -> String {
    let mut page = String::from(
        "# Codes\n\nEvery error carries one of these in `extensions.code`, and the id of the request in `extensions.requestId`. A code never changes its\n\
         meaning and is never used again for another one; its sentence may get better.\n\n| code | meaning | whose move |\n| --- | --- | --- |\n",
    );
    for code in Code::ALL {
        let _ = writeln!(page, "| `{code}` | {} | {} |", code.meaning(), whose(code.kind()));
    }
    page
}

const fn whose(kind: Fault) -> &'static str {
    match kind {
        Fault::Request => "yours: change the request",
        Fault::Missing => "yours: look under another name",
        Fault::Conflict => "yours: read again, then decide",
        Fault::Limit => "yours: ask for less",
        Fault::Access => "yours: prove who you are",
        Fault::Permission => "an administrator's: another role",
        Fault::Unwell => "nobody's: try again shortly",
        Fault::Ours => "ours: report the request id",
    }
}
