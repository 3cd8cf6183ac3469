//! Salary ranges as bands over one scale, level by level. An open end is an arrow.

use content::guide::SalaryRange;
use content::money::Figures;

use super::share;
use crate::ui::{columns, cut};

/// A line for each level, and the scale below. Levels of another currency than the first have no band: figures of two currencies have no common scale.
pub(crate) fn bands(ranges: &[SalaryRange], width: usize) -> Vec<String> {
    let Some(currency) = ranges.iter().find_map(|range| range.currency) else { return words(ranges, width) };
    let drawn = || ranges.iter().filter(|range| range.currency == Some(currency)).filter_map(|range| range.figures);
    let top = drawn().map(|figures| figures.max.unwrap_or(figures.min)).max().unwrap_or(0);
    let label = |range: &SalaryRange| range.level.clone();
    let widest = ranges.iter().map(|range| columns(&label(range))).max().unwrap_or(0).min(width / 3);
    let figures: Vec<String> = ranges.iter().map(said).collect();
    let said_wide = figures.iter().map(|text| columns(text)).max().unwrap_or(0);
    // One column is left for the arrow of an open end.
    let room = width.saturating_sub(widest + said_wide + 7).min(60);
    if room < 10 || top == 0 {
        return words(ranges, width);
    }
    let mut lines: Vec<String> = ranges
        .iter()
        .zip(&figures)
        .map(|(range, said)| {
            let name = cut(&range.level, widest);
            let gap = " ".repeat(widest.saturating_sub(columns(&name)));
            let band =
                range.figures.filter(|_| range.currency == Some(currency)).map_or_else(String::new, |figures| band(figures, top, room));
            let space = " ".repeat(said_wide.saturating_sub(columns(said)));
            format!("  {name}{gap}  {said}{space}  {band}").trim_end().to_owned()
        })
        .collect();
    let scale = Figures { min: top, max: None, open_ended: true }.display(currency);
    let right = scale.trim_end_matches('+');
    let ends = format!("0{right:>wide$}", wide = room.saturating_sub(1));
    lines.push(format!("{}{ends}", " ".repeat(widest + said_wide + 6)));
    lines
}

fn band(figures: Figures, top: i64, room: usize) -> String {
    let start = share(figures.min, top, room).min(room.saturating_sub(1));
    let end = share(figures.max.unwrap_or(figures.min), top, room).clamp(start + 1, room);
    let arrow = if figures.open_ended { ">" } else { "" };
    format!("{}{}{arrow}", " ".repeat(start), "=".repeat(end - start))
}

/// The figures as they are read.
fn said(range: &SalaryRange) -> String {
    match (range.figures, range.currency) {
        (Some(figures), Some(currency)) => figures.display(currency),
        (Some(figures), None) => figures.to_string(),
        (None, _) => "-".to_owned(),
    }
}

fn words(ranges: &[SalaryRange], width: usize) -> Vec<String> {
    ranges.iter().map(|range| cut(&format!("  {}  {}", range.level, said(range)), width)).collect()
}

#[cfg(test)]
mod tests {
    use content::guide::SalaryRange;

    use super::bands;

    fn range(level: &str, figures: &str, currency: &str) -> SalaryRange {
        SalaryRange {
            key: "a".parse().unwrap(),
            level: level.to_owned(),
            figures: figures.parse().ok(),
            currency: currency.parse().ok(),
            period: content::Period::Year,
            basis: None,
            note: None,
            source: None,
            as_of: None,
        }
    }

    #[test]
    fn bands_stand_over_one_scale_and_an_open_end_is_an_arrow() {
        let ranges = [range("H3", "150k-190k", "USD"), range("H7", "300k+", "USD"), range("H3 Berlin", "90k-100k", "EUR")];
        let lines = bands(&ranges, 70);
        assert_eq!(lines.len(), 4);
        assert!(lines[1].ends_with('>'), "{lines:?}");
        assert!(!lines[2].contains('='), "another currency has no band: {lines:?}");
        assert!(lines.iter().all(|line| line.len() <= 70), "{lines:?}");
    }

    #[test]
    fn where_there_is_no_room_the_figures_stand_alone() {
        let lines = bands(&[range("H3", "150k-190k", "USD")], 20);
        assert_eq!(lines, ["  H3  $150K-$190K"]);
    }
}
