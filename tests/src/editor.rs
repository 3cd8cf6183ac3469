//! An editor at a desk who does one act at a time, each as an operation of its own, having seen the newest state.

use content::company::{self, By, NewCompany};
use content::draft::{self, Expect};
use content::edit::{Edit, Receipt};
use content::guide::Guide;
use content::tier::{self, Tier};
use content::view::Desk;
use content::{CompanyId, OperationId, OperationKind, Result, RevisionNumber, publishing, undo};

use crate::guides::{key, slug};

/// An editor.
#[derive(Clone, Debug)]
pub struct Editor(pub Desk);

impl Editor {
    /// Does one act and commits it.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn act<T>(&self, kind: OperationKind, act: impl AsyncFnOnce(&mut Edit) -> Result<T>) -> Result<(T, Receipt)> {
        let mut edit = Edit::begin(&self.0, kind, "A test").await?;
        let done = act(&mut edit).await?;
        Ok((done, edit.commit().await?))
    }

    /// Puts the tiers in that the guides of tests are sorted into.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn plant_tiers(&self) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::Tiers, "Tiers of a test").await?;
        for (name, position) in [("startup", 1), ("ai-lab", 2)] {
            tier::put(&mut edit, Tier { key: key(name), name: name.to_owned(), position }).await?;
        }
        edit.commit().await
    }

    /// Makes a company with a draft.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn create(&self, name: &str, guide: &Guide) -> Result<CompanyId> {
        let mut edit = Edit::begin(&self.0, OperationKind::Create, "A new company").await?;
        let id = company::create(&mut edit, NewCompany { id: None, slug: slug(name), guide: guide.clone() }).await?;
        edit.commit().await.map(|_| id)
    }

    /// Makes a company and publishes its guide, in two operations.
    ///
    /// # Errors
    ///
    /// Those of the acts.
    pub async fn create_public(&self, name: &str, guide: &Guide) -> Result<CompanyId> {
        let id = self.create(name, guide).await?;
        self.publish(id).await.map(|_| id)
    }

    /// What somebody who looks now has to say to have seen.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn stamp(&self, id: CompanyId) -> Result<Expect> {
        if let Some(draft) = draft::find(&self.0, id).await? {
            return Ok(draft.stamp);
        }
        let public = company::find(&self.0.view(), &By::Id(id)).await?;
        Ok(Expect { base: public.map_or(RevisionNumber::NONE, |company| company.revision), edits: 0 })
    }

    /// Saves a draft over what is there now.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn save(&self, id: CompanyId, guide: &Guide) -> Result<Receipt> {
        let seen = self.stamp(id).await?;
        self.save_over(id, guide, seen).await
    }

    /// Saves a draft over what was seen.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn save_over(&self, id: CompanyId, guide: &Guide, seen: Expect) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::Save, "Another draft").await?;
        draft::save(&mut edit, id, guide, seen).await?;
        edit.commit().await
    }

    /// Throws the draft away.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn discard(&self, id: CompanyId) -> Result<Receipt> {
        let seen = self.stamp(id).await?;
        let mut edit = Edit::begin(&self.0, OperationKind::Discard, "Not needed").await?;
        draft::discard(&mut edit, id, seen).await?;
        edit.commit().await
    }

    /// Publishes the draft that is there now.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn publish(&self, id: CompanyId) -> Result<Receipt> {
        let seen = self.stamp(id).await?;
        self.publish_over(id, seen).await
    }

    /// Publishes the draft that was seen.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn publish_over(&self, id: CompanyId, seen: Expect) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::Publish, "Ready").await?;
        publishing::publish(&mut edit, id, seen).await?;
        edit.commit().await
    }

    /// Saves a guide and publishes it, in two operations.
    ///
    /// # Errors
    ///
    /// Those of the acts.
    pub async fn republish(&self, id: CompanyId, guide: &Guide) -> Result<Receipt> {
        self.save(id, guide).await?;
        self.publish(id).await
    }

    /// Takes a guide out of the public API.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn unpublish(&self, id: CompanyId) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::Unpublish, "Withdrawn").await?;
        publishing::unpublish(&mut edit, id).await?;
        edit.commit().await
    }

    /// Publishes an old revision again.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn roll_back(&self, id: CompanyId, to: i32) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::RollBack, "The old one was better").await?;
        publishing::roll_back(&mut edit, id, RevisionNumber(to)).await?;
        edit.commit().await
    }

    /// Gives a company another slug.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn rename(&self, id: CompanyId, name: &str) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::Rename, "A new name").await?;
        company::rename(&mut edit, id, slug(name)).await?;
        edit.commit().await
    }

    /// Puts a company away.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn archive(&self, id: CompanyId) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::Archive, "Gone").await?;
        company::archive(&mut edit, id).await?;
        edit.commit().await
    }

    /// Takes an archived company out again.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn restore(&self, id: CompanyId) -> Result<Receipt> {
        let mut edit = Edit::begin(&self.0, OperationKind::Archive, "Back").await?;
        company::restore(&mut edit, id).await?;
        edit.commit().await
    }

    /// Takes an operation back.
    ///
    /// # Errors
    ///
    /// Those of the act.
    pub async fn undo(&self, operation: OperationId) -> Result<Receipt> {
        undo::undo(&self.0, operation, "A mistake").await?.commit().await
    }
}
