//! `greenroom key scopes`: what a key can be allowed.

use crate::fault::Result;
use crate::room::Room;
use crate::ui::Column;

const COLUMNS: &[Column] = &[Column { key: "scope", title: "SCOPE" }, Column { key: "opens", title: "OPENS" }];

const SCOPES: &[(&str, &str)] = &[
    ("companies:read", "the interview loop, focus areas, tips, red flags, traits and the plan of a company"),
    ("questions:read", "questions and their categories"),
    ("salaries:read", "salary ranges"),
];

pub(super) fn run(room: &Room) -> Result {
    let mut listing = room.ui.listing(COLUMNS, "scope")?;
    for (scope, opens) in SCOPES {
        listing.row(&[(*scope).into(), (*opens).into()]);
    }
    listing.end("Every key may read what companies are called, their tiers, and the limits of the server.");
    Ok(())
}
