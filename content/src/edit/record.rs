//! What a commit writes beside the change itself: the record of the operation, the catalogue's version, the feed of changes.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set, SqlErr};

use entity::{CatalogueVersion, ChangeKind, CompanyId, RevisionNumber, catalogue, change, operation, operation_change};

use super::{Edit, Held};
use crate::code::Code;
use crate::error::{Doing, Error, Result};
use crate::operation::State;

impl Edit {
    /// Writes the record: who, when, why, and the states of what was touched before and after.
    pub(super) async fn record(&self) -> Result<()> {
        let row = operation::ActiveModel {
            id: Set(self.id),
            kind: Set(self.kind),
            actor: Set(self.author()),
            reason: Set(self.reason.clone()),
            at: Set(self.at),
            undoes: Set(self.undoes),
        };
        row.insert(&self.transaction).await.map_err(|source| match source.sql_err() {
            // Only the operation that is taken back is unique besides the id, and somebody else was faster.
            Some(SqlErr::UniqueConstraintViolation(_)) if self.undoes.is_some() => {
                Error::refused(Code::WrongState, "The operation was taken back already.")
            }
            _ => Error::Database { doing: "record an operation", source },
        })?;
        let touched = self.held.iter().filter(|(_, held)| held.before != held.now);
        let rows: Vec<_> = touched.map(|(id, held)| self.record_of(*id, held)).collect::<Result<_>>()?;
        for chunk in rows.chunks(200) {
            operation_change::Entity::insert_many(chunk.to_vec()).exec(&self.transaction).await.doing("record what changed")?;
        }
        Ok(())
    }

    fn record_of(&self, id: CompanyId, held: &Held) -> Result<operation_change::ActiveModel> {
        Ok(operation_change::ActiveModel {
            operation_id: Set(self.id),
            company_id: Set(id),
            before: Set(State::to_json(held.before.as_ref())?),
            after: Set(State::to_json(held.now.as_ref())?),
        })
    }

    /// The companies whose guides readers see change, with the revision that is public then.
    pub(super) fn visible_changes(&self) -> Vec<(CompanyId, Option<RevisionNumber>)> {
        let seen = |state: &Option<State>| state.as_ref().and_then(|state| state.published.map(|number| (number, state.slug.clone())));
        let changed = self.held.iter().filter(|(_, held)| seen(&held.before) != seen(&held.now));
        changed.map(|(id, held)| (*id, held.now.as_ref().and_then(|state| state.published))).collect()
    }

    /// Raises the version of the catalogue and tells the feed what changed with it.
    pub(super) async fn raise_version(&self, changes: Vec<(CompanyId, Option<RevisionNumber>)>) -> Result<CatalogueVersion> {
        let rows = catalogue::Entity::update_many()
            .col_expr(catalogue::Column::Version, Expr::col(catalogue::Column::Version).add(1))
            .col_expr(catalogue::Column::ChangedAt, Expr::value(self.at))
            .filter(catalogue::Column::Id.eq(1))
            .exec_with_returning(&self.transaction)
            .await
            .doing("raise the catalogue's version")?;
        let version = rows
            .first()
            .map(|row| row.version)
            .ok_or_else(|| Error::Damaged { what: "the catalogue".to_owned(), why: "its row is gone".to_owned() })?;
        let rows = changes.into_iter().map(|(company, revision)| change::ActiveModel {
            version: Set(version),
            company_id: Set(company),
            kind: Set(if revision.is_some() { ChangeKind::Published } else { ChangeKind::Unpublished }),
            revision: Set(revision),
            at: Set(self.at),
        });
        let rows: Vec<_> = rows.collect();
        for chunk in rows.chunks(200) {
            change::Entity::insert_many(chunk.to_vec()).exec(&self.transaction).await.doing("write the feed of changes")?;
        }
        Ok(version)
    }
}
