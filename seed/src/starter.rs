//! The starter guides: Netflix as a real page has it, in our own words, and seven invented companies that are marked as samples.

use content::company::{self, NewCompany};
use content::draft::Expect;
use content::edit::Edit;
use content::file::{self, GuideFile};
use content::tier::{self, Tier};
use content::view::Desk;
use content::{Key, OperationKind, Result, RevisionNumber, publishing};

/// The guide files, in the order in which they are put in.
const FILES: &[&str] = &[
    include_str!("../guides/netflix.yaml"),
    include_str!("../guides/atlas-of-everything.yaml"),
    include_str!("../guides/hoshigoke-keisanki.yaml"),
    include_str!("../guides/larkthrupp.yaml"),
    include_str!("../guides/marrowgate-platforms.yaml"),
    include_str!("../guides/quillmarsh-research.yaml"),
    include_str!("../guides/sonderbruck-logistik.yaml"),
    include_str!("../guides/sprocketwren.yaml"),
];

/// The tiers that the starter guides are sorted into.
const TIERS: &[(&str, &str)] = &[("big-tech", "Big Tech"), ("ai-lab", "AI Lab"), ("startup", "Startup"), ("enterprise", "Enterprise")];

/// The starter guides.
///
/// # Errors
///
/// None: a test reads all of them.
pub fn guides() -> Result<Vec<GuideFile>> {
    FILES.iter().map(|text| file::read(text)).collect()
}

/// Puts the tiers and the starter guides into an empty database and publishes them, all in one operation.
/// Gives how many; none if there is a company already.
///
/// # Errors
///
/// If the database fails; nothing has been put in then.
pub async fn plant(desk: &Desk) -> Result<usize> {
    let mut edit = Edit::begin(desk, OperationKind::Import, "Starter guides").await?;
    if company::any(&edit).await? {
        return Ok(0);
    }
    plant_tiers(&mut edit).await?;
    let guides = guides()?;
    let count = guides.len();
    for guide in guides {
        plant_guide(&mut edit, guide).await?;
    }
    edit.commit().await?;
    Ok(count)
}

/// Puts the tiers in that are missing. Those that are there are the editors', whatever they call them.
pub(crate) async fn plant_tiers(edit: &mut Edit) -> Result<()> {
    for ((key, name), position) in TIERS.iter().zip(1..) {
        let Ok(key) = key.parse::<Key>() else { continue };
        if tier::exists(edit, &key).await? {
            continue;
        }
        tier::put(edit, Tier { key, name: (*name).to_owned(), position }).await?;
    }
    Ok(())
}

/// Puts one guide in and publishes it.
pub(crate) async fn plant_guide(edit: &mut Edit, file: GuideFile) -> Result<()> {
    let id = company::create(edit, NewCompany { id: file.id, slug: file.slug, guide: file.guide }).await?;
    publishing::publish(edit, id, Expect { base: RevisionNumber::NONE, edits: 1 }).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::{TIERS, guides};
    use content::finding::Level;
    use content::guide::{limits, rules};

    #[test]
    fn every_starter_guide_is_ready_to_publish() {
        let tiers = TIERS.iter().map(|(key, _)| key.parse().unwrap()).collect();
        for file in guides().unwrap() {
            let findings = rules::check(&file.guide, &tiers);
            assert!(!findings.stop(Level::Publishing), "{}: {findings}", file.slug);
            assert!(file.id.is_some(), "{}: its id must be the same in every environment", file.slug);
            assert_eq!(file.guide.sample, file.slug.as_str() != "netflix", "{}: invented companies are marked", file.slug);
        }
    }

    #[test]
    fn one_starter_guide_is_near_the_size_limit() {
        let largest = guides().unwrap().iter().map(|file| file.guide.to_json().unwrap().len()).max().unwrap();
        assert!(largest * 10 > limits::GUIDE_BYTES * 8, "{largest} bytes");
    }
}
