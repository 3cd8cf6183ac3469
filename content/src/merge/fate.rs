//! What becomes of each item of the two sides: whether it stays, goes, or has to be decided, alone or with what it stands in.

use std::collections::BTreeMap;

use super::Sides;
use crate::guide::parts::{Name, Parts, Place, Sort};

/// What becomes of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Both sides have it: it stays, and is merged by field.
    Both,
    /// One side made it: it stays.
    Added,
    /// One side removed it, the other left it alone: it goes.
    Gone,
    /// One side removed what the other changed, or each gave its key to another sort of item: a conflict.
    Contested,
    /// It shares the fate of the contested item that it stands in.
    Follows,
}

/// How far it is followed that a rival stays because of another one. Who gives so many keys away gets a conflict of the whole guide.
const TURNS: u32 = 3;

/// The fate of every item that a side has.
pub(super) struct Fates {
    pub(super) by_name: BTreeMap<Name, Fate>,
}

impl Fates {
    pub(super) fn of(sides: Sides<'_>) -> Self {
        let theirs = Half { base: sides.base, has: sides.theirs, lacks: sides.yours };
        let yours = Half { base: sides.base, has: sides.yours, lacks: sides.theirs };
        let by_name = [theirs, yours].into_iter().flat_map(|half| half.has.items.keys().map(move |name| (name.clone(), half.fate(name))));
        Self { by_name: by_name.collect() }
    }
}

/// One side as the one that has an item, the other as the one that may lack it.
#[derive(Clone, Copy)]
struct Half<'a> {
    base: &'a Parts,
    has: &'a Parts,
    lacks: &'a Parts,
}

impl Half<'_> {
    fn turned(self) -> Self {
        Self { base: self.base, has: self.lacks, lacks: self.has }
    }

    fn fate(self, name: &Name) -> Fate {
        if self.lacks.items.contains_key(name) {
            return Fate::Both;
        }
        let holder = self.has.place(name).and_then(Place::holder).filter(|holder| !self.lacks.items.contains_key(holder));
        if holder.is_some_and(|holder| self.holder_contested(holder, TURNS)) {
            return Fate::Follows;
        }
        match (self.base.items.contains_key(name), Place::inside(name)) {
            (false, _) if self.rivalled(name, TURNS) => Fate::Contested,
            (false, _) => Fate::Added,
            (true, Some(_)) if self.holder_contested(name, TURNS) => Fate::Contested,
            (true, None) if self.differs(name) => Fate::Contested,
            (true, _) => Fate::Gone,
        }
    }

    /// Whether a round or category that the other side lacks has to be decided.
    fn holder_contested(self, holder: &Name, turns: u32) -> bool {
        if self.base.items.contains_key(holder) {
            self.touched(holder) || self.stranding(holder, turns)
        } else {
            self.rivalled(holder, turns)
        }
    }

    /// Whether the item itself is not what it was, or was not there.
    fn differs(self, name: &Name) -> bool {
        self.base.items.get(name) != self.has.items.get(name)
    }

    /// Whether an item or anything inside of it was changed. What the other side saved by moving it elsewhere does not count.
    fn touched(self, name: &Name) -> bool {
        let Some(inner) = Place::inside(name) else { return self.differs(name) };
        let list = self.has.list(&inner);
        let changed = |name: &Name| {
            let saved = self.base.place(name) == Some(&inner) && self.lacks.items.contains_key(name);
            !saved && self.differs(name)
        };
        let was: Vec<&Name> = self.base.list(&inner).iter().filter(|name| list.contains(name)).collect();
        let now: Vec<&Name> = list.iter().filter(|name| was.contains(name)).collect();
        self.differs(name) || list.iter().any(changed) || was != now
    }

    /// Whether an item would have no home if this one went: the other side moved it into something that this side may take away.
    fn stranding(self, holder: &Name, turns: u32) -> bool {
        let Some(inner) = Place::inside(holder) else { return false };
        self.has.list(&inner).iter().any(|name| {
            let other = self.lacks.place(name).and_then(Place::holder).filter(|other| !self.has.items.contains_key(other));
            other.is_some_and(|other| self.base.items.contains_key(other) || self.turned().rivalled(other, turns))
        })
    }

    /// Whether the other side has an item of another sort under this key that will not go quietly: one of the two has to.
    fn rivalled(self, name: &Name, turns: u32) -> bool {
        let Some(turns) = turns.checked_sub(1) else { return false };
        let other = self.turned();
        self.rivals(name).any(|rival| {
            let holder = other.has.place(&rival).and_then(Place::holder).filter(|holder| !other.lacks.items.contains_key(holder));
            let follows = holder.is_some_and(|holder| other.holder_contested(holder, turns));
            follows || other.touched(&rival) || other.stranding(&rival, turns)
        })
    }

    fn rivals(self, name: &Name) -> impl Iterator<Item = Name> + use<'_> {
        let sorts = Sort::ALL.into_iter().filter(|sort| *sort != name.sort);
        let rivals = sorts.map(|sort| Name { sort, nth: 0, label: name.label.clone() });
        let found: Vec<Name> = rivals.filter(|rival| self.lacks.items.contains_key(rival) && !self.has.items.contains_key(rival)).collect();
        found.into_iter()
    }
}
