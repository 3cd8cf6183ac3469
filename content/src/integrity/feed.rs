//! The feed of changes against what is public, and the version of the catalogue against the feed.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, EntityTrait};

use entity::{CatalogueVersion, ChangeKind, CompanyId, RevisionNumber, catalogue, change};

use super::Found;
use super::company::Companies;
use crate::error::{Doing, Result};
use crate::walk::Walk;

/// The last change of each company in the feed is how it stands, and no version is left out. `of_tiers` operations changed the list of tiers alone:
/// each raised the version, and told the feed only if a tier in use got another name.
pub(super) async fn check(database: &impl ConnectionTrait, (companies, of_tiers): (&Companies, usize), found: &mut Found) -> Result<()> {
    let mut last: BTreeMap<CompanyId, Option<RevisionNumber>> = BTreeMap::new();
    let mut versions = BTreeSet::new();
    let mut walk = Walk::<change::Entity>::new();
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            break;
        }
        // They come in the order of the versions.
        for row in page {
            versions.insert(row.version);
            if (row.kind == ChangeKind::Published) != row.revision.is_some() {
                found.of(row.company_id, format!("the feed of changes says {} with revision {:?}", row.kind, row.revision));
            }
            last.insert(row.company_id, row.revision);
        }
    }
    let ids: BTreeSet<_> = last.keys().chain(companies.keys()).copied().collect();
    for id in ids {
        let told = last.get(&id).copied().flatten();
        let public = companies.get(&id).and_then(|firm| firm.public);
        if told != public {
            found.of(id, format!("the feed's last word is that {} is public, but {} is", shown(told), shown(public)));
        }
    }
    let row = catalogue::Entity::find_by_id(1).one(database).await.doing("read the catalogue's version")?;
    let Some(row) = row else {
        found.add(None, "the catalogue has no version");
        return Ok(());
    };
    let version = row.version;
    let silent = usize::try_from(version.0).unwrap_or_default().saturating_sub(versions.len());
    let outside = versions.iter().any(|told| !(CatalogueVersion(1)..=version).contains(told));
    if outside || silent > of_tiers {
        found.add(None, format!("the catalogue is at version {}, and the feed of changes tells of {}", version.0, versions.len()));
    }
    Ok(())
}

fn shown(number: Option<RevisionNumber>) -> String {
    number.map_or_else(|| "nothing".to_owned(), |number| number.to_string())
}
