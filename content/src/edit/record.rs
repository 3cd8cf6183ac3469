//! What a commit writes beside the change itself: the record of the operation, the catalogue's version, the feed of changes.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set, SqlErr};

use entity::{
    CatalogueVersion, ChangeKind, CompanyId, RevisionNumber, catalogue, change, operation, operation_change, operation_subject,
    published_guide,
};

use super::Edit;
use crate::audit;
use crate::code::Code;
use crate::error::{Doing, Error, Result};
use crate::operation::{State, Touched};
use crate::{api_key, partner, trusted_document};

impl Edit {
    /// Writes the record: who, when, why, and the states of what was touched before and after.
    pub(super) async fn record(&self) -> Result<()> {
        let act = self.order.act.as_deref().unwrap_or(self.order.kind.word());
        audit::note_edit(&self.transaction, self.desk(), act, (self.at, self.id)).await?;
        let row = operation::ActiveModel {
            id: Set(self.id),
            kind: Set(self.order.kind),
            actor: Set(self.author()),
            reason: Set(self.order.reason.clone()),
            at: Set(self.at),
            undoes: Set(self.undoes),
            request: Set(self.order.request.clone()),
            answer: Set(self.extra.to_json()?),
            job: Set(self.order.job),
        };
        row.insert(&self.transaction).await.map_err(|source| match source.sql_err() {
            // Unique are the id and the operation that is taken back; somebody else was faster.
            Some(SqlErr::UniqueConstraintViolation(_)) if self.undoes.is_some() => {
                Error::refused(Code::WrongState, "The operation was taken back already.")
            }
            Some(SqlErr::UniqueConstraintViolation(_)) => {
                Error::refused(Code::OperationOther, "An operation of this id was done just now.")
            }
            _ => Error::Database { doing: "record an operation", source },
        })?;
        let rows = self.touched().iter().map(|touched| self.record_of(touched)).collect::<Result<Vec<_>>>()?;
        for chunk in rows.chunks(200) {
            operation_change::Entity::insert_many(chunk.to_vec()).exec(&self.transaction).await.doing("record what changed")?;
        }
        let subjects = self.subjects.iter().filter(|(_, (before, now))| before != now);
        let rows: Vec<_> = subjects
            .map(|(subject, (before, now))| operation_subject::ActiveModel {
                operation_id: Set(self.id),
                subject: Set(subject.clone()),
                before: Set(before.to_string()),
                after: Set(now.to_string()),
            })
            .collect();
        if !rows.is_empty() {
            operation_subject::Entity::insert_many(rows).exec(&self.transaction).await.doing("record what changed")?;
        }
        Ok(())
    }

    fn record_of(&self, touched: &Touched) -> Result<operation_change::ActiveModel> {
        let Touched { company, before, after } = touched;
        Ok(operation_change::ActiveModel {
            operation_id: Set(self.id),
            company_id: Set(*company),
            before: Set(State::to_json(before.as_ref())?),
            after: Set(State::to_json(after.as_ref())?),
            edits_after: Set(after.as_ref().and_then(|state| state.draft.as_ref()).map(|draft| draft.edits)),
        })
    }

    /// The companies whose guides readers see change, with the revision that is public then.
    pub(super) async fn visible_changes(&self) -> Result<BTreeMap<CompanyId, Option<RevisionNumber>>> {
        let seen = |state: &Option<State>| state.as_ref().and_then(|state| state.published.map(|number| (number, state.slug.clone())));
        let mut changes = BTreeMap::new();
        if !self.retiered.is_empty() {
            let these = published_guide::Column::Tier.is_in(self.retiered.iter().cloned());
            let columns = [published_guide::Column::CompanyId, published_guide::Column::Revision];
            let guides = published_guide::Entity::find().select_only().columns(columns).filter(these).into_tuple();
            let guides: Vec<(CompanyId, RevisionNumber)> = guides.all(&self.transaction).await.doing("find the guides of a tier")?;
            changes.extend(guides.into_iter().map(|(id, number)| (id, Some(number))));
        }
        let moved = self.held.iter().filter(|(_, held)| seen(&held.before) != seen(&held.now));
        changes.extend(moved.map(|(id, held)| (*id, held.now.as_ref().and_then(|state| state.published))));
        Ok(changes)
    }

    /// Whether a partner, a key or a registered document is not as it was.
    fn changes_access(&self) -> bool {
        let of_access = |subject: &str| {
            let document = trusted_document::of_subject(subject).is_some();
            document || partner::of_subject(subject).is_some() || api_key::of_subject(subject).is_some()
        };
        self.subjects.iter().any(|(subject, (before, now))| before != now && of_access(subject))
    }

    /// Raises the version under which servers keep keys in memory, if this edit changes any.
    pub(super) async fn raise_access_version(&self) -> Result<()> {
        if !self.changes_access() {
            return Ok(());
        }
        let raised = Expr::col(catalogue::Column::AccessVersion).add(1);
        let row = catalogue::Entity::update_many().col_expr(catalogue::Column::AccessVersion, raised).filter(catalogue::Column::Id.eq(1));
        row.exec(&self.transaction).await.doing("raise the access version").map(drop)
    }

    /// Raises the version of the catalogue and tells the feed what changed with it.
    pub(super) async fn raise_version(&self, changes: BTreeMap<CompanyId, Option<RevisionNumber>>) -> Result<CatalogueVersion> {
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
