//! `greenroom auth logout`: the session ends at the server and is forgotten here. If the server is away it is forgotten here all the same.

use super::kept;
use crate::client::Keep;
use crate::code::Code;
use crate::documents::session::LogoutMutation;
use crate::fault::{Fault, Result};
use crate::room::Room;

pub(crate) async fn run(room: &Room) -> Result {
    let client = room.client().await?;
    let keep = kept(client)?;
    if let Some((_, variable)) = Keep::from_environment()? {
        // The mutation would end the session of that token, and not the one that is kept.
        let fault = Fault::new(Code::Settings, format!("{variable} is set and would be used instead of your login"));
        return Err(fault.next(format!("unset {variable}")));
    }
    let Some(entry) = keep.entry()? else {
        room.ui.say(format!("Nobody was signed in at {}.", client.target.name));
        return Ok(());
    };
    let ended = client.act::<LogoutMutation, ()>(()).await;
    keep.forget()?;
    match ended {
        Ok(LogoutMutation { logout }) if logout.done => {}
        Ok(_) => room.ui.say("At the server it had ended already."),
        // A session that the server does not know any more has ended already.
        Err(fault) if fault.exit == 4 => {}
        Err(fault) => room.ui.warn(
            &format!("the server could not be told: {}. The session is forgotten here, and ends there by itself", fault.message),
            Some("an administrator ends it: greenroom user sessions --revoke ID"),
        ),
    }
    room.ui.say(format!("Signed out: {} at {}.", entry.email, client.target.name));
    Ok(())
}
