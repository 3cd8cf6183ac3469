//! The interview loop as a time line: each round as long as it takes, one after the other.

use content::guide::{MinuteRange, Round};

use super::share;
use crate::ui::{columns, cut};

/// A line for each round; its bar starts where the one before it ends. Rounds without a duration have none.
pub(crate) fn time_line(rounds: &[Round], width: usize) -> Vec<String> {
    let total: i64 = rounds.iter().filter_map(|round| round.duration).map(|range| i64::from(range.max)).sum();
    let widest = rounds.iter().map(|round| columns(&round.title)).max().unwrap_or(0).min(width / 2);
    let said: Vec<String> = rounds.iter().map(|round| round.duration.map_or_else(|| "-".to_owned(), |range| range.to_string())).collect();
    let said_wide = said.iter().map(|text| columns(text)).max().unwrap_or(0);
    let room = width.saturating_sub(widest + said_wide + 10).min(60);
    let mut gone = 0_i64;
    let mut lines = Vec::new();
    for ((round, said), number) in rounds.iter().zip(&said).zip(1..) {
        let name = cut(&round.title, widest);
        let gap = " ".repeat(widest.saturating_sub(columns(&name)));
        let space = " ".repeat(said_wide.saturating_sub(columns(said)));
        let bar = if room >= 10 { bar(round.duration, (&mut gone, total), room) } else { String::new() };
        lines.push(format!("  {number:>2}  {name}{gap}  {said}{space}  {bar}").trim_end().to_owned());
    }
    lines
}

fn bar(duration: Option<MinuteRange>, (gone, total): (&mut i64, i64), room: usize) -> String {
    let Some(MinuteRange { min, max }) = duration else { return String::new() };
    let start = share(*gone, total, room).min(room.saturating_sub(1));
    let sure = share(*gone + i64::from(min), total, room).clamp(start + 1, room);
    *gone += i64::from(max);
    let most = share(*gone, total, room).clamp(sure, room);
    // What a round may take beyond what it takes at least is drawn lighter.
    format!("{}{}{}", " ".repeat(start), "=".repeat(sure - start), "-".repeat(most - sure))
}

#[cfg(test)]
mod tests {
    use content::guide::Round;

    use super::time_line;

    fn round(title: &str, duration: &str) -> Round {
        Round { key: "a".parse().unwrap(), title: title.to_owned(), duration: duration.parse().ok(), focus: Vec::new(), tips: Vec::new() }
    }

    #[test]
    fn each_round_starts_where_the_one_before_it_ends() {
        let lines = time_line(&[round("Call", "30m"), round("Screen", "30m-60m"), round("Lunch", "")], 60);
        let bars: Vec<&str> = lines.iter().map(|line| line.get(24..).unwrap_or_default()).collect();
        assert!(lines[0].contains('=') && !lines[2].contains('='), "{lines:?}");
        assert!(bars[1].contains('-'), "what may be is drawn lighter: {lines:?}");
        let end = lines[0].rfind('=').unwrap();
        assert_eq!(lines[1].find('='), Some(end + 1), "{lines:?}");
    }

    #[test]
    fn it_fits_any_width() {
        for width in [20, 40, 60, 120] {
            assert!(time_line(&[round("A call with a recruiter", "30m")], width).iter().all(|line| line.len() <= width.max(30)));
        }
    }
}
