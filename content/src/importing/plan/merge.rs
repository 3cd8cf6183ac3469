//! One list of a page put into one list of a guide: matched items keep their keys, the page's order wins, and nothing goes.

use super::super::matching::{Kind, Known, matched};

/// A list after the import.
pub(super) struct Merged<T> {
    pub(super) items: Vec<T>,
    /// For each item of the page its place in `items`; none if there was no room for it.
    pub(super) places: Vec<Option<usize>>,
    /// How many items are new.
    pub(super) added: usize,
    /// Whether the items that were there are as they were, in their order.
    pub(super) kept: bool,
}

/// The list of the guide, how its items are known, and how many it may have.
pub(super) struct Into<'a, T> {
    pub(super) existing: &'a [T],
    pub(super) known: fn(&T) -> Known<'_>,
    pub(super) kind: Kind,
    pub(super) most: usize,
}

/// Merges. `make` gets the place of an item on the page, and the item of the guide that it is.
///
/// An item that the page does not have follows the item that it followed before, so a second import finds everything in its place.
pub(super) fn merge<T: Clone + PartialEq>(into: &Into<'_, T>, texts: &[&str], mut make: impl FnMut(usize, Option<&T>) -> T) -> Merged<T> {
    let known: Vec<Known<'_>> = into.existing.iter().map(into.known).collect();
    let of_page = matched(texts, &known, into.kind);
    let mut met = vec![false; into.existing.len()];
    for place in of_page.iter().flatten() {
        if let Some(met) = met.get_mut(*place) {
            *met = true;
        }
    }
    let stays = |place: usize| into.existing.get(place).filter(|_| met.get(place) == Some(&false)).cloned();
    let mut room = into.most.saturating_sub(into.existing.len());
    let mut items: Vec<T> = (0..into.existing.len()).map_while(stays).collect();
    let mut places = Vec::with_capacity(texts.len());
    let mut old = items.clone();
    let mut added = 0;
    for (at, place) in of_page.iter().enumerate() {
        let before = place.and_then(|place| into.existing.get(place));
        if before.is_none() && room == 0 {
            places.push(None);
            continue;
        }
        places.push(Some(items.len()));
        let item = make(at, before);
        items.push(item.clone());
        if let Some(place) = place {
            old.push(item);
            let run: Vec<T> = (place + 1..into.existing.len()).map_while(stays).collect();
            old.extend(run.iter().cloned());
            items.extend(run);
        } else {
            added += 1;
            room -= 1;
        }
    }
    Merged { kept: old == into.existing, items, places, added }
}

#[cfg(test)]
mod tests {
    use super::{Into, merge};
    use crate::importing::matching::Kind;

    fn merged(existing: &[&'static str], page: &[&'static str]) -> Vec<&'static str> {
        let into = Into { existing, known: |text| ("", text), kind: Kind::Texts, most: 4 };
        merge(&into, page, |at, _| page[at]).items
    }

    #[test]
    fn the_page_has_the_order_and_nothing_goes() {
        assert_eq!(merged(&["own", "a", "mine", "b"], &["b", "a"]), ["own", "b", "a", "mine"]);
        assert_eq!(merged(&["own", "b", "a", "mine"], &["b", "a"]), ["own", "b", "a", "mine"]);
        assert_eq!(merged(&["a", "mine"], &["a", "new"]), ["a", "mine", "new"]);
    }

    #[test]
    fn what_has_no_room_stays_outside() {
        assert_eq!(merged(&["a", "b", "c"], &["one", "two", "three"]), ["a", "b", "c", "one"]);
    }
}
