//! The program without a command: what there is, and what is next.

use crate::fault::Result;
use crate::room::Room;
use crate::settings::Place;

const TEXT: &str = "greenroom keeps interview guides: write them, check them, publish them.

Start
  greenroom setup              choose a server or a database, once
  greenroom status             what is waiting for you
Guides
  greenroom list               find guides            greenroom edit NAME      change one in your editor
  greenroom show NAME          read one               greenroom diff NAME      what changed since publishing
  greenroom publish NAME       make changes public    greenroom undo           take the last operation back
Files and bulk
  greenroom import, export, plan, apply, check, fmt
More
  greenroom help               all commands           greenroom help TOPIC     files, editing, bulk, paths, ...
";

/// Tells what there is.
pub(crate) fn run(room: &Room) -> Result {
    room.ui.out(TEXT);
    let target = room.target()?;
    let next = match target.place {
        Place::Database(None) if room.settings.config.profile.is_empty() => {
            "No profile is set up yet: this works on the database in your data folder. Next: greenroom setup".to_owned()
        }
        Place::Database(_) | Place::Api(_) => format!("You work on {}. Next: greenroom status", target.name),
    };
    room.ui.out(next);
    Ok(())
}
