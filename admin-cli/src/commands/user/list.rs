//! `greenroom user list`: everybody who has ever been let in.

use crate::documents::user::UsersQuery;
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

const COLUMNS: &[Column] = &[
    Column { key: "email", title: "E-MAIL" },
    Column { key: "name", title: "NAME" },
    Column { key: "role", title: "ROLE" },
    Column { key: "created_at", title: "SINCE" },
    Column { key: "disabled_at", title: "SHUT OUT" },
    Column { key: "version", title: "" },
];

pub(super) async fn run(room: &Room) -> Result {
    let UsersQuery { users } = room.client().await?.ask(()).await?;
    let mut listing = room.ui.listing(COLUMNS, "email")?;
    for user in &users {
        let out = user.disabled_at.as_ref().map(|instant| instant.0.clone());
        let words = out.as_deref().map_or_else(|| "-".to_owned(), |instant| room.ui.when(instant));
        listing.row(&[
            user.email.as_str().into(),
            user.name.as_str().into(),
            user.role.word().into(),
            Cell::new(user.created_at.0.as_str(), room.ui.when(&user.created_at.0)),
            Cell::new(out, words),
            user.version.into(),
        ]);
    }
    listing.end(&crate::acts::counted(users.len(), "user.", "users."));
    Ok(())
}
