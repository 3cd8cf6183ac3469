//! How the figures are told: a table on standard output, a JSON file, and a picture.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::figures::Row;
use crate::way::Way;
use crate::works::Work;

/// All of one run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) guides: u32,
    pub(crate) processors: usize,
    pub(crate) connections: usize,
    pub(crate) seconds: f64,
    pub(crate) passes: usize,
    pub(crate) rows: Vec<Row>,
}

impl Report {
    /// The rows as they are read by people, with their ratios.
    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        let mut title = ("", "");
        let ratio = |ratio: Option<f64>| ratio.unwrap_or(f64::NAN);
        for row in &self.rows {
            if title != (row.database, row.work) {
                title = (row.database, row.work);
                let meaning = Work::ALL.into_iter().find(|work| work.name() == row.work).map_or("", Work::meaning);
                writeln!(text, "\n{} on {}: {meaning}", row.work, row.database).ok();
                writeln!(
                    text,
                    "  {:<30} {:>10} {:>8} {:>8} {:>9} {:>9} {:>9} {:>8} {:>7} {:>7}",
                    "", "per second", "static", "bare", "p50 us", "p99 us", "p99/stat", "cpu us", "KB", "MB"
                )
                .ok();
            }
            writeln!(
                text,
                "  {:<30} {:>10.0} {:>8.3} {:>8.2} {:>9.0} {:>9.0} {:>9.2} {:>8.1} {:>7.1} {:>7}",
                row.way.name(),
                row.per_second,
                ratio(row.of_static),
                ratio(row.of_bare),
                row.p50_us,
                row.p99_us,
                ratio(row.p99_of_static),
                row.cpu_us,
                f64::from(u32::try_from(row.bytes).unwrap_or(u32::MAX)) / 1_024.0,
                row.memory_bytes / 1_048_576,
            )
            .ok();
        }
        text
    }

    /// Writes the figures and the picture into a folder.
    ///
    /// # Errors
    ///
    /// If they cannot be written.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), String> {
        let json = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).map_err(|error| error.to_string());
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        write("speed.json", &(json + "\n"))?;
        write("speed.svg", &self.picture())
    }

    /// Bars of the throughput, on a scale on which ten times is always as far.
    fn picture(&self) -> String {
        const BAR: usize = 16;
        const LEFT: usize = 420;
        const WIDTH: f64 = 560.0;
        let most = self.rows.iter().map(|row| row.per_second).fold(10.0, f64::max).log10();
        let height = (self.rows.len() + 3) * BAR;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1100\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
             <text x=\"10\" y=\"16\" font-size=\"13\">Requests a second, over {} guides (logarithmic)</text>\n",
            self.guides
        );
        for (number, row) in self.rows.iter().enumerate() {
            let y = (number + 2) * BAR;
            let length = row.per_second.max(1.0).log10() / most * WIDTH;
            let colour = match row.way {
                Way::Static => "#9aa5b1",
                Way::Bare => "#c3a46b",
                Way::Repeated | Way::RepeatedByHash => "#2f6f4f",
                Way::NewVariables | Way::First | Way::Last => "#4f9d75",
                Way::Random => "#7fc29b",
                Way::NewDocument | Way::NewFields => "#aeddc1",
            };
            writeln!(
                svg,
                "<text x=\"10\" y=\"{}\">{} {}: {}</text><rect x=\"{LEFT}\" y=\"{y}\" width=\"{length:.1}\" height=\"{}\" fill=\"{colour}\"/>\
                 <text x=\"{:.1}\" y=\"{}\">{:.0}</text>",
                y + 11,
                row.database,
                row.work,
                row.way.name(),
                BAR - 3,
                f64::from(u32::try_from(LEFT).unwrap_or_default()) + length + 5.0,
                y + 11,
                row.per_second
            )
            .ok();
        }
        svg + "</svg>\n"
    }
}
