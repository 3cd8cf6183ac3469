//! What is to be done with one guide: as it is shown, kept in a plan, and carried out. It serves as data too.

use std::collections::BTreeSet;

use content::Key;
use content::guide::Guide;
use serde::{Deserialize, Serialize};

use crate::documents::edit::{CreateCompany, OnConflict, SaveDraft};
use crate::documents::guide::GuideInput;
use crate::documents::plan::{Change as Told, ChangeKind, Spot as Place, Stamp};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    /// The company is made.
    Create,
    /// Its draft is saved.
    Save,
    /// The draft says it already, and is made public.
    Publish,
    /// The guide is put away.
    Archive,
}

/// One guide that would change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) action: Action,
    pub(crate) slug: String,
    /// How it stood when this was counted on; nothing for a new one.
    pub(crate) found: Option<Seen>,
    /// What the file was written over, if that is another state.
    pub(crate) over: Option<Seen>,
    /// The revision that was public.
    pub(crate) revision: Option<i32>,
    /// What the file says, where something is saved.
    pub(crate) guide: Option<Guide>,
    /// The keys that the guide had when it was found: any other key in the file is of a new item.
    #[serde(default)]
    pub(crate) known: BTreeSet<Key>,
    /// What the server says that it changes.
    pub(crate) changes: Vec<Change>,
}

impl Item {
    /// One that has no changes yet.
    pub(crate) fn new(action: Action, slug: &str, found: Option<Seen>) -> Self {
        let slug = slug.to_owned();
        Self { action, slug, found, over: None, revision: None, guide: None, known: BTreeSet::new(), changes: Vec::new() }
    }

    /// The edit that makes the company.
    pub(crate) fn creating(&self, guide: &Guide) -> CreateCompany {
        CreateCompany::new(Some(self.slug.clone()), GuideInput::from(guide))
    }

    /// The edit that saves the guide. Over another state than the present one all keys are sent: an item that somebody removed meanwhile must
    /// not come back as a new one.
    pub(crate) fn saving(&self, guide: &Guide) -> SaveDraft {
        let expect = self.over.or(self.found).map_or(Stamp { base: 0, edits: 0 }, Stamp::from);
        let input = if self.over.is_none() { GuideInput::over(guide, &self.known) } else { GuideInput::from(guide) };
        SaveDraft::new(self.slug.as_str().into(), expect.into(), input, OnConflict::Refuse)
    }
}

/// A stamp, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) base: i32,
    pub(crate) edits: i32,
}

impl From<Stamp> for Seen {
    fn from(Stamp { base, edits }: Stamp) -> Self {
        Self { base, edits }
    }
}

impl From<Seen> for Stamp {
    fn from(Seen { base, edits }: Seen) -> Self {
        Self { base, edits }
    }
}

/// A change, as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    path: String,
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place_from: Option<Spot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place_to: Option<Spot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Added,
    Removed,
    Changed,
    Reworded,
    Moved,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Spot {
    list: String,
    number: i32,
}

impl From<&Told> for Change {
    fn from(told: &Told) -> Self {
        let spot = |place: &Place| Spot { list: place.list.clone(), number: place.number };
        let kind = match told.kind {
            ChangeKind::Added => Kind::Added,
            ChangeKind::Removed => Kind::Removed,
            ChangeKind::Changed => Kind::Changed,
            ChangeKind::Reworded => Kind::Reworded,
            ChangeKind::Moved => Kind::Moved,
        };
        let (place_from, place_to) = (told.place_from.as_ref().map(spot), told.place_to.as_ref().map(spot));
        Self { path: told.path.clone(), kind, from: told.from.clone(), to: told.to.clone(), place_from, place_to }
    }
}

impl From<&Change> for Told {
    fn from(change: &Change) -> Self {
        let place = |spot: &Spot| Place { list: spot.list.clone(), number: spot.number };
        let kind = match change.kind {
            Kind::Added => ChangeKind::Added,
            Kind::Removed => ChangeKind::Removed,
            Kind::Changed => ChangeKind::Changed,
            Kind::Reworded => ChangeKind::Reworded,
            Kind::Moved => ChangeKind::Moved,
        };
        let (place_from, place_to) = (change.place_from.as_ref().map(place), change.place_to.as_ref().map(place));
        Self { path: change.path.clone(), kind, from: change.from.clone(), to: change.to.clone(), words: Vec::new(), place_from, place_to }
    }
}
