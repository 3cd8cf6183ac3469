//! Pointers: which revision of a company is public, under which slug and in which tier. They are in memory by the version of the catalogue that the
//! database gave with them, so that none is ever out of date, and nobody has to take one away.

use std::sync::Arc;

use sea_orm::sea_query::{ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ColumnTrait, DbErr, QueryResult};

use entity::{CatalogueVersion, CompanyId, RevisionNumber, Slug, Timestamp, catalogue, published_guide, tier};

use super::read::{By, Company};
use super::state::State;
use crate::error::{Doing, Result};
use crate::moment::{Moment, Sought};
use crate::published::Guide;
use crate::pulse::Beat;
use crate::room::{Room, Takes};
use crate::store::Store;
use crate::tier::Tier;

/// Bytes of pointers in memory, by their own estimate: those of some hundred thousand companies.
const POINTER_BYTES: u64 = 32 * 1_024 * 1_024;

/// A pointer with the tier that it names.
#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    pub(crate) company: CompanyId,
    pub(crate) slug: Slug,
    pub(crate) revision: RevisionNumber,
    pub(crate) published_at: Timestamp,
    pub(crate) sample: bool,
    pub(crate) tier: Tier,
    /// The version of the catalogue in the same snapshot.
    version: CatalogueVersion,
}

impl Pointer {
    /// The column with the version of the catalogue in the snapshot of a row.
    pub(crate) const SEEN: &str = "seen_version";

    /// Adds the columns of pointers, of their tiers, and the version of the catalogue to a statement that has `published_guide` in it.
    pub(crate) fn select_from(statement: &mut SelectStatement) {
        use published_guide::Column::{CompanyId, PublishedAt, Revision, Sample, Slug};
        statement.columns([CompanyId, Slug, Revision, PublishedAt, Sample].map(|column| column.as_column_ref()));
        for (column, name) in
            [(tier::Column::Key, "tier_key"), (tier::Column::Name, "tier_name"), (tier::Column::Position, "tier_position")]
        {
            statement.expr_as(column.into_expr(), name);
        }
        let mut version = Query::select();
        version.column(catalogue::Column::Version).from(catalogue::Entity).and_where(catalogue::Column::Id.eq(1));
        statement.expr_as(version, Self::SEEN);
        let on = published_guide::Column::Tier.into_expr().equals(tier::Column::Key.as_column_ref());
        statement.join(JoinType::InnerJoin, tier::Entity, on);
    }

    /// Reads a row of such a statement. What it saw, nobody is shown an older state of from now on.
    pub(crate) fn read(row: &QueryResult, store: &Store) -> Result<Self> {
        let read = || -> std::result::Result<Self, DbErr> {
            let tier = Tier {
                key: row.try_get("", "tier_key")?,
                name: row.try_get("", "tier_name")?,
                position: row.try_get("", "tier_position")?,
            };
            Ok(Self {
                company: row.try_get("", "company_id")?,
                slug: row.try_get("", "slug")?,
                revision: row.try_get("", "revision")?,
                published_at: row.try_get("", "published_at")?,
                sample: row.try_get("", "sample")?,
                tier,
                version: row.try_get("", Self::SEEN)?,
            })
        };
        let pointer = read().doing("read a pointer")?;
        store.pulse.saw(pointer.version);
        Ok(pointer)
    }

    /// The company that it points at, with its guide.
    pub(crate) fn company(&self, guide: Arc<Guide>) -> Company {
        Company {
            id: self.company,
            slug: self.slug.clone(),
            revision: self.revision,
            published_at: self.published_at,
            tier: self.tier.clone(),
            guide,
            state: self.state(),
        }
    }

    /// The version of the catalogue in the same snapshot.
    pub(crate) const fn version(&self) -> CatalogueVersion {
        self.version
    }

    /// The state of the company.
    pub(super) fn state(&self) -> State {
        State::of((self.company, self.revision, self.published_at), &self.slug, &self.tier)
    }
}

impl Takes for Pointer {
    fn beside(&self) -> usize {
        self.slug.as_str().len() + self.tier.key.as_str().len() + self.tier.name.len()
    }
}

impl Takes for By {
    fn beside(&self) -> usize {
        match self {
            Self::Id(_) => 0,
            Self::Slug(slug) => slug.as_str().len(),
        }
    }
}

/// The pointers of one process, by the version of the catalogue and the name that was asked for. A clone holds the same ones.
#[derive(Clone, Debug)]
pub(crate) struct Pointers(Room<Moment<By>, Arc<Pointer>>);

impl Default for Pointers {
    fn default() -> Self {
        Self(Room::within(POINTER_BYTES, 512))
    }
}

impl Pointers {
    /// The pointer of a company at a version, if it is in memory.
    pub(crate) fn find(&self, beat: &Beat, by: &By) -> Option<Arc<Pointer>> {
        self.0.find(&Sought::at(beat, by))
    }

    /// Keeps a pointer under the version that was read with it.
    pub(crate) fn keep(&self, epoch: u64, by: &By, pointer: Pointer) -> Arc<Pointer> {
        let pointer = Arc::new(pointer);
        self.0.keep(Moment::new((epoch, pointer.version), by.clone()), Arc::clone(&pointer));
        pointer
    }
}
