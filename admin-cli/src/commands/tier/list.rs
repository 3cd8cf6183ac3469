//! `greenroom tier list`: the tiers in their order.

use super::tiers;
use crate::fault::Result;
use crate::room::Room;
use crate::ui::Column;

const COLUMNS: &[Column] =
    &[Column { key: "position", title: "PLACE" }, Column { key: "key", title: "KEY" }, Column { key: "name", title: "NAME" }];

pub(super) async fn run(room: &Room) -> Result {
    let list = tiers(room).await?;
    let mut listing = room.ui.listing(COLUMNS, "key")?;
    for tier in &list.tiers {
        listing.row(&[tier.position.into(), tier.key.as_str().into(), tier.name.as_str().into()]);
    }
    listing.end(&crate::acts::counted(list.tiers.len(), "tier.", "tiers."));
    Ok(())
}
