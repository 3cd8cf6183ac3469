//! Names for what was found out about one state of one database. What is kept under such a name is never out of date, and nobody has to take it away.

use std::borrow::Borrow;

use entity::CatalogueVersion;

use crate::pulse::Beat;
use crate::room::{Equivalent, Takes};

/// The name of something at a moment.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Moment<N> {
    epoch: u64,
    version: CatalogueVersion,
    name: N,
}

/// The same, to look for: with the name as somebody else has it.
#[derive(Debug, Hash)]
pub(crate) struct Sought<'a, Q: ?Sized> {
    epoch: u64,
    version: CatalogueVersion,
    name: &'a Q,
}

impl<N> Moment<N> {
    /// Something in this state of this database ([`Beat::epoch`]).
    pub(crate) const fn new((epoch, version): (u64, CatalogueVersion), name: N) -> Self {
        Self { epoch, version, name }
    }
}

impl<'a, Q: ?Sized> Sought<'a, Q> {
    /// Something at this moment.
    pub(crate) const fn at(beat: &Beat, name: &'a Q) -> Self {
        Self { epoch: beat.epoch, version: beat.version, name }
    }
}

impl<N: Borrow<Q>, Q: Eq + ?Sized> Equivalent<Moment<N>> for Sought<'_, Q> {
    fn equivalent(&self, moment: &Moment<N>) -> bool {
        (self.epoch, self.version, self.name) == (moment.epoch, moment.version, moment.name.borrow())
    }
}

impl<N: Takes> Takes for Moment<N> {
    fn beside(&self) -> usize {
        self.name.beside()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use entity::CatalogueVersion;

    use super::{Beat, Moment, Sought};
    use crate::room::Room;

    #[test]
    fn what_is_kept_at_a_moment_is_found_at_that_moment_alone() {
        let room = Room::within(64 * 1_024, 256);
        room.keep(Moment::new((1, CatalogueVersion(7)), "companies".to_owned()), 3_u64);
        let beat = |epoch, version| Beat { version: CatalogueVersion(version), epoch, access: 0, age: Duration::ZERO };
        assert_eq!(room.find(&Sought::at(&beat(1, 7), "companies")), Some(3));
        assert_eq!(room.find(&Sought::at(&beat(1, 8), "companies")), None);
        assert_eq!(room.find(&Sought::at(&beat(2, 7), "companies")), None);
        assert_eq!(room.find(&Sought::at(&beat(1, 7), "questions")), None);
    }
}
