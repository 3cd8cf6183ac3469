//! `greenroom salary list`: what levels are paid, of many guides.

use clap::Args;
use content::guide::SalaryRange;

use super::Of;
use crate::acts::counted;
use crate::fault::Result;
use crate::guides::Held;
use crate::job::of_all;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// List what levels are paid
#[derive(Args, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    of: Of,
}

const COLUMNS: &[Column] = &[
    Column { key: "company", title: "COMPANY" },
    Column { key: "level", title: "LEVEL" },
    Column { key: "key", title: "KEY" },
    Column { key: "range", title: "RANGE" },
    Column { key: "currency", title: "CURRENCY" },
    Column { key: "basis", title: "BASIS" },
    Column { key: "as_of", title: "AS OF" },
    Column { key: "source", title: "SOURCE" },
    Column { key: "note", title: "NOTE" },
    Column { key: "min", title: "" },
    Column { key: "max", title: "" },
    Column { key: "open_ended", title: "" },
];

impl List {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let filter = self.of.filter(room).await?;
        let mut listing = room.ui.listing(COLUMNS, "company")?;
        let mut levels = 0;
        let mut page = |guides: Vec<Held>| {
            for held in &guides {
                for range in &held.guide.salary_ranges {
                    listing.row(&cells(&held.slug, range));
                    levels += 1;
                }
            }
        };
        let guides = of_all(room.client().await?, filter, &mut page).await?;
        listing.end(&format!("{} of {}.", counted(levels, "level", "levels"), counted(guides, "guide", "guides")));
        Ok(())
    }
}

fn cells(slug: &str, range: &SalaryRange) -> [Cell; 12] {
    let figures = range.figures;
    [
        Cell::from(slug),
        Cell::from(range.level.as_str()),
        Cell::from(range.key.as_str()),
        Cell::from(figures.map(|figures| figures.to_string())),
        Cell::from(range.currency.map(|currency| currency.to_string())),
        Cell::from(range.basis.map(|basis| basis.to_string())),
        Cell::from(range.as_of.map(|month| month.to_string())),
        Cell::from(range.source.clone()),
        Cell::from(range.note.clone()),
        Cell::new(figures.map(|figures| figures.min), ""),
        Cell::new(figures.and_then(|figures| figures.max), ""),
        Cell::new(figures.map(|figures| figures.open_ended), ""),
    ]
}
