//! What moved in a list: as few items as possible.

use std::collections::{BTreeMap, BTreeSet};

use super::Spot;
use crate::guide::parts::{Name, Parts};

/// The most items that have one order in both lists: the longest increasing subsequence of their old places.
pub(super) fn longest_in_order<'a>(new: &[&'a Name], old: &[Name]) -> BTreeSet<&'a Name> {
    let places: BTreeMap<&Name, usize> = old.iter().zip(0..).collect();
    let places: Vec<usize> = new.iter().filter_map(|name| places.get(name).copied()).collect();
    // For each length the end of the subsequence with the least last place, and for each item the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places.get(*end).is_some_and(|end| end < place));
        before.push(length.checked_sub(1).and_then(|length| ends.get(length).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    std::iter::successors(ends.last().copied(), |index| before.get(*index).copied().flatten())
        .filter_map(|index| new.get(index).copied())
        .collect()
}

/// Where an item stands.
pub(super) fn spot(parts: &Parts, name: &Name) -> Option<Spot> {
    let place = parts.place(name)?;
    let index = parts.list(place).iter().position(|other| other == name)?;
    Some(Spot { list: place.path(), number: index + 1 })
}
