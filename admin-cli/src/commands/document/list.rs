//! `greenroom document list`: what a partner's keys may ask by hash.

use clap::Args;

use crate::documents::partner::PartnerBy;
use crate::documents::trusted_document::{TrustedDocumentsQuery, TrustedDocumentsVariables};
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// List the documents of a partner
#[derive(Args, Debug)]
pub(crate) struct List {
    /// The partner, by its short name
    #[arg(value_name = "PARTNER")]
    partner: String,
}

/// Documents that are asked for at once.
const PAGE: i32 = 100;

const COLUMNS: &[Column] = &[
    Column { key: "name", title: "OPERATIONS" },
    Column { key: "created_at", title: "SINCE" },
    Column { key: "hash", title: "SHA-256" },
    Column { key: "text", title: "" },
];

impl List {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        let mut listing = room.ui.listing(COLUMNS, "hash")?;
        let (mut after, mut shown) = (None, 0);
        loop {
            let partner = PartnerBy::Slug(self.partner.clone());
            let TrustedDocumentsQuery { trusted_documents: page } =
                client.ask(TrustedDocumentsVariables { partner, first: PAGE, after }).await?;
            for document in &page.nodes {
                let name = document.name.as_str();
                listing.row(&[
                    Cell::new(name, if name.is_empty() { "(none)" } else { name }),
                    Cell::new(document.created_at.0.as_str(), room.ui.when(&document.created_at.0)),
                    document.hash.as_str().into(),
                    document.text.as_str().into(),
                ]);
            }
            shown += page.nodes.len();
            if !page.page_info.has_next_page {
                listing.end(&crate::acts::counted(shown, "document.", "documents."));
                return Ok(());
            }
            after = page.page_info.end_cursor;
        }
    }
}
