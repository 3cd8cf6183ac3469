//! `greenroom partner list`: everybody with an agreement.

use crate::documents::partner::PartnersQuery;
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

const COLUMNS: &[Column] = &[
    Column { key: "slug", title: "PARTNER" },
    Column { key: "name", title: "NAME" },
    Column { key: "contact", title: "CONTACT" },
    Column { key: "created_at", title: "SINCE" },
    Column { key: "disabled_at", title: "STOPPED" },
    Column { key: "version", title: "" },
];

pub(super) async fn run(room: &Room) -> Result {
    let PartnersQuery { partners } = room.client().await?.ask(()).await?;
    let mut listing = room.ui.listing(COLUMNS, "slug")?;
    for partner in &partners {
        let stopped = partner.disabled_at.as_ref().map(|instant| instant.0.clone());
        let words = stopped.as_deref().map_or_else(|| "-".to_owned(), |instant| room.ui.when(instant));
        listing.row(&[
            partner.slug.as_str().into(),
            partner.name.as_str().into(),
            partner.contact.clone().into(),
            Cell::new(partner.created_at.0.as_str(), room.ui.when(&partner.created_at.0)),
            Cell::new(stopped, words),
            partner.version.into(),
        ]);
    }
    listing.end(&crate::acts::counted(partners.len(), "partner.", "partners."));
    Ok(())
}
