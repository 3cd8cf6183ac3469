//! `greenroom tier move`: another order of the list.

use clap::Args;

use super::{find, tiers};
use crate::acts::{Act, carry_out};
use crate::code::Code;
use crate::documents::edit::ArrangeTiers;
use crate::fault::{Fault, Result};
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Move a tier in the list
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("place").required(true).args(["before", "after", "first", "last"])))]
pub(crate) struct Move {
    /// The tier
    #[arg(value_name = "KEY")]
    key: String,
    /// In front of this tier
    #[arg(long, value_name = "KEY")]
    before: Option<String>,
    /// Behind this tier
    #[arg(long, value_name = "KEY")]
    after: Option<String>,
    /// To the start of the list
    #[arg(long)]
    first: bool,
    /// To the end of the list
    #[arg(long)]
    last: bool,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Move {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let list = tiers(room).await?;
        find(&list, &self.key)?;
        let old: Vec<String> = list.tiers.iter().map(|tier| tier.key.clone()).collect();
        let spot = match (&self.before, &self.after) {
            (Some(key), _) => Spot::Before(find(&list, key)?.key.as_str()),
            (None, Some(key)) => Spot::After(find(&list, key)?.key.as_str()),
            (None, None) if self.first => Spot::First,
            (None, None) => Spot::Last,
        };
        let new =
            moved(&old, &self.key, spot).ok_or_else(|| Fault::new(Code::Usage, format!("{} cannot be moved next to itself", self.key)))?;
        let same = new == old;
        let edit = ArrangeTiers::new(new, Some(list.stamp.clone()));
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |dry: bool| match (same, dry) {
            (true, _) => "Nothing to change: it is there already.".to_owned(),
            (false, true) => format!("Would move the tier {}.", self.key),
            (false, false) => format!("Moved the tier {}.", self.key),
        };
        carry_out(room, edit, act, |_, dry| headline(dry)).await.map(drop)
    }
}

#[derive(Clone, Copy, Debug)]
enum Spot<'a> {
    Before(&'a str),
    After(&'a str),
    First,
    Last,
}

/// The list with one key elsewhere; nothing if it should stand next to itself.
fn moved(keys: &[String], key: &str, spot: Spot<'_>) -> Option<Vec<String>> {
    let mut others: Vec<String> = keys.iter().filter(|other| *other != key).cloned().collect();
    let at = |neighbour: &str| others.iter().position(|other| other == neighbour);
    let place = match spot {
        Spot::Before(neighbour) => at(neighbour)?,
        Spot::After(neighbour) => at(neighbour)? + 1,
        Spot::First => 0,
        Spot::Last => others.len(),
    };
    others.insert(place, key.to_owned());
    Some(others)
}

#[cfg(test)]
mod tests {
    use super::{Spot, moved};

    #[test]
    fn one_moves_and_the_others_keep_their_order() {
        let keys: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        let order = |key, spot| moved(&keys, key, spot).map(|keys| keys.concat());
        assert_eq!(order("c", Spot::First).as_deref(), Some("cab"));
        assert_eq!(order("a", Spot::After("b")).as_deref(), Some("bac"));
        assert_eq!(order("c", Spot::Before("b")).as_deref(), Some("acb"));
        assert_eq!(order("a", Spot::Last).as_deref(), Some("bca"));
        assert_eq!(order("a", Spot::Before("a")), None);
    }
}
