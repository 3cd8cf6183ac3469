//! Room for what can be had again, within a bound of bytes.

use std::hash::Hash;
use std::sync::Arc;

pub(crate) use quick_cache::Equivalent;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Options, OptionsBuilder, Weighter};

/// Parts of a room, each with a bound and a lock of its own: enough that threads rarely meet in one, and not more, because nothing is kept that is
/// larger than a part, and a few large things must not fill one while others are empty. A small room has fewer.
const PARTS: usize = 8;

/// What takes memory beside itself.
pub trait Takes {
    /// Bytes that it points at, and that nobody else has anyway. Always the same, and quick to say.
    fn beside(&self) -> usize {
        0
    }
}

impl Takes for u64 {}

impl Takes for String {
    fn beside(&self) -> usize {
        self.len()
    }
}

impl<T: Takes> Takes for Arc<T> {
    fn beside(&self) -> usize {
        size_of::<T>() + T::beside(self)
    }
}

/// Things in memory by their names. What is asked for again stays longest, and what is new is let in (much as Clock-PRO does: Jiang, Chen and Zhang, USENIX 2005).
/// A clone holds the same ones.
#[derive(Debug)]
pub struct Room<N, T> {
    things: Arc<Cache<N, T, Scales>>,
    bytes: u64,
}

#[derive(Clone, Debug)]
struct Scales;

impl<N: Takes, T: Takes> Weighter<N, T> for Scales {
    fn weight(&self, name: &N, thing: &T) -> u64 {
        let bytes = name.beside().saturating_add(thing.beside()).saturating_add(entry::<N, T>());
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// Bytes of an entry itself: the name, the thing, what the cache notes, and as much again, because its tables grow by doubling. They do not become smaller again:
/// after very many small things, room for as many stays beside the few large ones.
const fn entry<N, T>() -> usize {
    const NOTES: usize = 48;
    2 * (size_of::<N>() + size_of::<T>() + NOTES)
}

/// How a room of so many bytes for things of usually so many is laid out; nothing if it cannot be.
fn layout(bytes: u64, usual: u64) -> Option<Options> {
    let count = usize::try_from(bytes / usual.max(1)).unwrap_or(usize::MAX);
    OptionsBuilder::new().shards(PARTS).estimated_items_capacity(count).weight_capacity(bytes).build().ok()
}

impl<N: Takes + Eq + Hash, T: Takes + Clone> Room<N, T> {
    /// Room for about so many bytes in all, in which a thing usually takes so many: half as many names as would find room are remembered of those that had
    /// to go, so that who comes again stays. What takes more than an eighth of a room for hundreds of things is not kept.
    #[must_use]
    pub fn within(bytes: u64, usual: u64) -> Self {
        let things = match layout(bytes, usual) {
            Some(layout) => Cache::with_options(layout, Scales, DefaultHashBuilder::default(), DefaultLifecycle::default()),
            None => Cache::with_weighter(0, bytes, Scales),
        };
        Self { things: Arc::new(things), bytes }
    }

    /// The thing of a name, if it is there.
    #[must_use]
    pub fn find<Q: Equivalent<N> + Hash + ?Sized>(&self, name: &Q) -> Option<T> {
        self.things.get(name)
    }

    /// Keeps a thing, if there is room.
    pub fn keep(&self, name: N, thing: T) {
        self.things.insert(name, thing);
    }

    /// Bytes of all things with their entries, by their own estimate.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.things.weight()
    }

    /// How many things are there.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.things.len()).unwrap_or(u64::MAX)
    }

    /// Whether there is no room for anything.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.bytes == 0
    }
}

impl<N, T> Clone for Room<N, T> {
    fn clone(&self) -> Self {
        Self { things: Arc::clone(&self.things), bytes: self.bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn there_is_never_more_than_the_bound_and_what_is_asked_for_again_stays() {
        let room = Room::within(64 * 1_024, 4_096);
        (0..200_u64).for_each(|name| room.keep(name, "x".repeat(1_000)));
        let again = 199;
        assert!(room.find(&again).is_some());
        for name in 200..2_000_u64 {
            room.keep(name, "x".repeat(1_000));
            assert!(room.find(&again).is_some(), "asked for again and again, after {name}");
            assert!(room.bytes() <= 64 * 1_024, "{} bytes", room.bytes());
        }
        assert!(room.count() > 30, "{} things", room.count());
        assert!(room.find(&1_999).is_some(), "what is new is let in");
        assert!(room.find(&0).is_none(), "nobody asked for it");
    }

    #[test]
    fn what_takes_less_than_an_eighth_is_kept_and_no_room_keeps_nothing() {
        const BYTES: u64 = 8 * 1_024 * 1_024;
        let room = Room::within(BYTES, 4_096);
        for (name, bytes) in [(1_u64, 1_000_000), (2, 1_100_000)] {
            room.keep(name, "x".repeat(bytes));
        }
        assert_eq!((room.find(&1).is_some(), room.find(&2).is_some()), (true, false));
        let none = Room::within(0, 4_096);
        none.keep(1_u64, String::new());
        assert_eq!((none.is_none(), none.count(), room.is_none()), (true, 0, false));
    }
}
