//! Published guides in memory, by company and revision, within a bound of bytes. A revision never changes, so nothing here can be out of date, as long as
//! the database is the same.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use entity::{CompanyId, RevisionNumber, revision};

use crate::error::{Doing, Error, Result};
use crate::guide;
use crate::published::Guide;
use crate::room::{Room, Takes};

/// Names one state of one guide: in which database ([`crate::pulse::Beat::epoch`]), whose, and which.
pub(crate) type Place = (u64, CompanyId, RevisionNumber);

#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    guides: Room<Place, Weighed>,
    taken: Arc<Taken>,
}

/// How often a guide was there when it was asked for, and how often it was not. For metrics.
#[derive(Debug, Default)]
struct Taken {
    hits: AtomicU64,
    misses: AtomicU64,
}

/// How the guides in memory are used, since the store was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShelfUse {
    /// Guides that were in memory when they were asked for.
    pub hits: u64,
    /// Guides that had to be read.
    pub misses: u64,
    /// Bytes in memory, by the guides' own estimate.
    pub bytes: u64,
    /// Guides in memory.
    pub guides: u64,
}

#[derive(Clone, Debug)]
struct Weighed {
    guide: Arc<Guide>,
    bytes: usize,
}

impl Takes for Place {}

impl Takes for Weighed {
    fn beside(&self) -> usize {
        self.bytes
    }
}

impl Shelf {
    /// A shelf that holds guides of about so many bytes in all.
    pub(crate) fn new(bytes: u64) -> Self {
        Self { guides: Room::within(bytes, 16 * 1_024), taken: Arc::default() }
    }

    /// How it is used.
    pub(crate) fn usage(&self) -> ShelfUse {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        ShelfUse { hits: count(&self.taken.hits), misses: count(&self.taken.misses), bytes: self.bytes(), guides: self.guides.count() }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.guides.bytes()
    }

    /// The guide at a place, if it is in memory.
    pub(crate) fn get(&self, place: &Place) -> Option<Arc<Guide>> {
        let guide = self.guides.find(place).map(|weighed| weighed.guide)?;
        self.taken.hits.fetch_add(1, Ordering::Relaxed);
        Some(guide)
    }

    /// The guides at these places. Those that are not in memory are read with one statement, however many they are.
    ///
    /// # Errors
    ///
    /// If the database fails, or a place holds nothing: pointers are foreign keys to revisions, so that is damage.
    pub(crate) async fn take(&self, database: &impl ConnectionTrait, places: &[Place]) -> Result<HashMap<Place, Arc<Guide>>> {
        let mut found = HashMap::with_capacity(places.len());
        let mut absent = Vec::new();
        for place in places {
            match self.guides.find(place) {
                Some(weighed) => drop(found.insert(*place, weighed.guide)),
                None => absent.push(*place),
            }
        }
        let count = |counter: &AtomicU64, times: usize| counter.fetch_add(u64::try_from(times).unwrap_or(u64::MAX), Ordering::Relaxed);
        count(&self.taken.hits, places.len() - absent.len());
        count(&self.taken.misses, absent.len());
        if !absent.is_empty() {
            for (place, guide) in self.read(database, &absent).await? {
                found.insert(place, guide);
            }
        }
        match places.iter().find(|place| !found.contains_key(place)) {
            None => Ok(found),
            Some((_, company, number)) => Err(damaged(*company, *number, "it is not there")),
        }
    }

    /// Reads guides of one database.
    async fn read(&self, database: &impl ConnectionTrait, places: &[Place]) -> Result<Vec<(Place, Arc<Guide>)>> {
        // SQLite knows no list of rows after IN; a chain of OR over the primary key is as fast on both.
        let wanted = places.iter().fold(Condition::any(), |any, (_, company, number)| {
            any.add(revision::Column::CompanyId.eq(*company).and(revision::Column::Number.eq(*number)))
        });
        let rows = revision::Entity::find().filter(wanted).all(database).await.doing("read guides")?;
        let epoch = places.first().map_or(0, |(epoch, _, _)| *epoch);
        rows.iter().map(|row| self.put(epoch, row)).collect()
    }

    fn put(&self, epoch: u64, row: &revision::Model) -> Result<(Place, Arc<Guide>)> {
        let document = guide::Guide::from_json(&row.body).map_err(|error| damaged(row.company_id, row.number, &error.to_string()))?;
        let guide = Arc::new(Guide::new(row.company_id, document)?);
        let place = (epoch, row.company_id, row.number);
        self.guides.keep(place, Weighed { bytes: guide.bytes(), guide: Arc::clone(&guide) });
        Ok((place, guide))
    }
}

fn damaged(company: CompanyId, number: RevisionNumber, why: &str) -> Error {
    Error::Damaged { what: format!("revision {number} of company {}", company.0), why: why.to_owned() }
}
