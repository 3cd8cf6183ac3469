//! A pasted page that becomes a draft: never more than that. What the page says is worked out without the database; here it is only saved.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{EntityTrait, QueryOrder};

use entity::{CompanyId, Slug, tier};

use super::{Expect, as_seen, save_taking, used_keys};
use crate::code::Code;
use crate::company::{self, NewCompany};
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::guide::Guide;
use crate::guide::keys::slugged;
use crate::importing::{Context, ImportPlan, Page, plan};
use crate::merge::Take;
use crate::tier::Tier;

/// Where a page goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into the draft of this company.
    Company {
        /// Which one.
        id: CompanyId,
        /// What the writer saw; what is there now if they do not say.
        seen: Option<Expect>,
        /// What to do where somebody else changed the same place meanwhile.
        take: Option<Take>,
    },
    /// Into a new company.
    New {
        /// Its name, if it is not the one on the page.
        name: Option<String>,
        /// Its slug, if it is not made from the name.
        slug: Option<Slug>,
    },
}

/// An editor's answers to what a page leaves open: the id of a question, and that of a choice.
pub type Answers = BTreeMap<String, String>;

/// Saves what a page says as a draft.
///
/// # Errors
///
/// [`Code::TextEmpty`] for a new company without a name, and those of [`super::save`] and [`company::create`].
pub async fn import(edit: &mut Edit, target: Target, page: &Page, answers: Answers) -> Result<(CompanyId, ImportPlan)> {
    let tiers = tier::Entity::find().order_by_asc(tier::Column::Position).all(&edit.transaction).await.doing("list tiers")?;
    match target {
        Target::Company { id, seen, take } => {
            let (text, seen) = as_seen(edit, id, seen).await?;
            let context = Context { tiers: &tiers, taken: used_keys(edit, id).await?, answers };
            let planned = plan(page, Some(&text), &context);
            save_taking(edit, id, &planned.guide, seen, take).await?;
            Ok((id, planned))
        }
        Target::New { name, slug } => {
            let mut planned = preview(page, None, &tiers, answers);
            if let Some(name) = name {
                planned.guide.name = name;
            }
            if planned.guide.name.is_empty() {
                let message = "The page does not say which company it is about; give a name.";
                return Err(Error::refused(Code::TextEmpty, message));
            }
            let made = || slugged(&planned.guide.name, Slug::MAX).parse();
            let slug = match slug {
                Some(slug) => slug,
                None => made().map_err(|error: entity::name::NameError| Error::refused(Code::NameMalformed, error.to_string()))?,
            };
            let id = company::create(edit, NewCompany { id: None, slug, guide: planned.guide.clone() }).await?;
            Ok((id, planned))
        }
    }
}

/// What a page says against a guide, without saving anything.
#[must_use]
pub fn preview(page: &Page, existing: Option<&Guide>, tiers: &[Tier], answers: Answers) -> ImportPlan {
    let taken = existing.map_or_else(BTreeSet::new, |guide| guide.keys().cloned().collect());
    plan(page, existing, &Context { tiers, taken, answers })
}
