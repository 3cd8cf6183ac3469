//! `greenroom salary export` and `template`: salaries as a table that spreadsheets open and `salary import` reads.

use std::path::Path;

use clap::Args;
use content::guide::SalaryRange;

use super::Of;
use crate::acts::counted;
use crate::fault::{Result, unwritable};
use crate::guides::Held;
use crate::job::of_all;
use crate::room::Room;

/// Write the salaries of guides as a table (CSV) that can be imported again
#[derive(Args, Debug)]
pub(crate) struct Export {
    #[command(flatten)]
    of: Of,
    /// Write to this file; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: String,
}

const HEADER: [&str; 11] = ["company", "level", "min", "max", "open_ended", "currency", "period", "basis", "as_of", "source", "note"];

impl Export {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        let filter = self.of.filter(room).await?;
        let to_file = self.out != "-";
        let (mut table, mut levels) = (line(&HEADER.map(str::to_owned)), 0);
        let mut page = |guides: Vec<Held>| {
            for held in &guides {
                for range in &held.guide.salary_ranges {
                    table.push_str(&line(&cells(&held.slug, range)));
                    levels += 1;
                }
            }
            if !to_file {
                room.ui.raw(&std::mem::take(&mut table));
            }
        };
        let guides = of_all(client, filter, &mut page).await?;
        if to_file {
            let path = Path::new(&self.out);
            std::fs::write(path, table).map_err(|error| unwritable(path, &error))?;
            room.ui.say(format!("Wrote {} of {} to {}.", counted(levels, "level", "levels"), counted(guides, "guide", "guides"), self.out));
        }
        Ok(())
    }
}

/// Prints a table with two example rows.
pub(super) fn template(room: &Room) {
    let example = |cells: [&str; 11]| line(&cells.map(str::to_owned));
    room.ui.raw(&line(&HEADER.map(str::to_owned)));
    room.ui.raw(&example([
        "halden-systems",
        "H5, Senior",
        "250000",
        "330000",
        "no",
        "USD",
        "year",
        "total-compensation",
        "2026-10",
        "Editors' survey",
        "Wide, because stock is negotiated",
    ]));
    room.ui.raw(&example([
        "halden-systems",
        "H7, Principal",
        "480000",
        "",
        "yes",
        "USD",
        "year",
        "total-compensation",
        "2026-10",
        "Editors' survey",
        "",
    ]));
}

fn cells(slug: &str, range: &SalaryRange) -> [String; 11] {
    let figure = |figure: Option<i64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let figures = range.figures;
    let open = figures.map(|figures| if figures.open_ended { "yes" } else { "no" });
    [
        slug.to_owned(),
        range.level.clone(),
        figure(figures.map(|figures| figures.min)),
        figure(figures.and_then(|figures| figures.max)),
        open.unwrap_or_default().to_owned(),
        range.currency.map(|currency| currency.to_string()).unwrap_or_default(),
        range.period.to_string(),
        range.basis.map(|basis| basis.to_string()).unwrap_or_default(),
        range.as_of.map(|month| month.to_string()).unwrap_or_default(),
        range.source.clone().unwrap_or_default(),
        range.note.clone().unwrap_or_default(),
    ]
}

fn line(cells: &[String; 11]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // A writer into memory takes everything.
    let written = writer.write_record(cells).is_ok();
    let bytes = if written { writer.into_inner().unwrap_or_default() } else { Vec::new() };
    String::from_utf8_lossy(&bytes).into_owned()
}
