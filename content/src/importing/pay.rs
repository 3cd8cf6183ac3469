//! A range of pay in a line, and what stands before and after it: `from`, `up to`, per month, base or everything.

use super::figures::{Amount, Tender, amount};
use super::page::Reading;
use crate::money::{Currency, Figures};
use entity::Basis;

/// A line with money in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pay {
    /// What stands before the amounts.
    pub(super) before: String,
    /// What stands after.
    pub(super) after: String,
    pub(super) figures: Reading<Figures>,
    pub(super) currency: Option<Reading<Currency>>,
}

/// A figure below this is no pay of a year; probably the thousands were not written.
const LEAST: i64 = 1_000;

const FROM: &[&str] = &["from", "starting at", "starts at", "at least", "over", "above", "minimum", "min", "min.", ">", "≥", ">=", "ab"];
const UP_TO: &[&str] = &["up to", "max", "max.", "maximum", "at most", "under", "below", "<", "≤", "<=", "bis zu", "until"];
pub(super) const PERIODS: &[(&str, &str)] = &[
    ("/hr", "hour"),
    ("/hour", "hour"),
    ("per hour", "hour"),
    ("hourly", "hour"),
    ("an hour", "hour"),
    ("/h", "hour"),
    ("/month", "month"),
    ("per month", "month"),
    ("monthly", "month"),
    ("a month", "month"),
    ("/mo", "month"),
    ("/day", "day"),
    ("per day", "day"),
    ("daily", "day"),
    ("a day", "day"),
    ("/week", "week"),
    ("per week", "week"),
    ("weekly", "week"),
];

/// The pay in a line; nothing if there is no money in it.
pub(super) fn find(line: &str) -> Option<Pay> {
    let lower = line.to_lowercase();
    let indian = line.contains('₹') || ["inr", "lakh", "lpa", "crore", " rs"].iter().any(|word| lower.contains(word));
    let first = range(line, 0, indian)?;
    let mut before = line.get(..first.start)?.trim_end().to_owned();
    let from = cut(&mut before, FROM);
    let up_to = !from && cut(&mut before, UP_TO);
    cut(&mut before, &["between", "~", "approx.", "approx", "about", "around", "ca."]);
    let after = line.get(first.end..)?.to_owned();
    let second = range(line, first.end, indian);
    let figures = meant(&first, (from, up_to), line);
    let figures = match (figures, second, period(&after)) {
        (_, _, Some(period)) => Reading::unsure(line, format!("it is paid per {period}; a guide holds what is paid per year"), Vec::new()),
        (Reading::Sure(one), Some(second), None) => match meant(&second, (false, false), line) {
            Reading::Sure(other) => Reading::unsure(line, "there are two ranges on the line", vec![(one, 50), (other, 50)]),
            Reading::Unsure(_) => Reading::unsure(line, "there are two amounts on the line", vec![(one, 60)]),
        },
        (figures, _, None) => figures,
    };
    let currency =
        first.low.currency.or_else(|| first.high.as_ref().and_then(|high| high.currency)).map(|tender| currency(&first, tender, line));
    Some(Pay { before, after, figures, currency })
}

/// What is counted, if a text says it.
pub(super) fn basis(text: &str) -> Option<Reading<Basis>> {
    let folded = format!(" {} ", crate::fold::fold(text));
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(&format!(" {word} ")));
    let total = has(&["tc", "total comp", "total compensation", "total", "all in", "total package"]);
    let base = has(&["base", "base salary", "base pay", "fixed"]);
    let choices = |total, base| vec![(Basis::TotalCompensation, total), (Basis::Base, base)];
    let more = base && (text.contains('+') || has(&["base plus", "plus bonus", "and bonus", "plus equity"]));
    match (total, base) {
        (true, false) => Some(Reading::Sure(Basis::TotalCompensation)),
        (false, true) if !more => Some(Reading::Sure(Basis::Base)),
        (true, true) => Some(Reading::unsure(text, "it speaks of base and of everything", choices(50, 50))),
        (false, true) => Some(Reading::unsure(text, "it is more than the base, and may be less than everything", choices(60, 40))),
        (false, false) if has(&["ote"]) => {
            Some(Reading::unsure(text, "on-target earnings are more than the base, and count no equity", choices(70, 10)))
        }
        (false, false) => None,
    }
}

struct Range {
    start: usize,
    end: usize,
    low: Amount,
    high: Option<Amount>,
}

fn range(line: &str, from: usize, indian: bool) -> Option<Range> {
    let mut skip = from;
    for (start, _) in line.char_indices().filter(|(at, _)| *at >= from) {
        if start < skip {
            continue;
        }
        let Some(low) = amount(line, start, indian) else { continue };
        let high = dash(line, low.end).and_then(|start| amount(line, start, indian));
        if let Some(high) = high.filter(|high| low.is_money() || high.is_money()) {
            return Some(Range { start, end: high.end, low, high: Some(high) });
        }
        if low.is_money() {
            return Some(Range { start, end: low.end, low, high: None });
        }
        skip = low.end;
    }
    None
}

/// The place after a sign or a word that joins two amounts.
fn dash(line: &str, at: usize) -> Option<usize> {
    let rest = line.get(at..)?.trim_start();
    let after =
        ["-", "–", "—", "‒", "−", "~", "〜", "to ", "bis ", "and ", "until "].iter().find_map(|dash| rest.strip_prefix(dash))?.trim_start();
    Some(line.len() - after.len())
}

fn meant(range: &Range, (from, up_to): (bool, bool), line: &str) -> Reading<Figures> {
    let Range { low, high, .. } = range;
    let scale = high.as_ref().and_then(|high| high.scale);
    let raw = low.units(None);
    // "300-450K" counts both in thousands; "90,000-1.2M" does not.
    let inherits = low.scale.is_none() && raw.is_none_or(|raw| raw < LEAST);
    let min = low.units(if inherits { scale } else { None });
    let max = high.as_ref().map(|high| high.units(None));
    let (Some(min), None | Some(Some(_))) = (min, max) else {
        return Reading::unsure(line, "the figures are no whole amounts", Vec::new());
    };
    let max = max.flatten();
    let open_ended = low.plus || high.as_ref().is_some_and(|high| high.plus) || (from && max.is_none());
    if up_to && max.is_none() {
        return Reading::unsure(line, "it says how much at most, and no lower figure", Vec::new());
    }
    let figures = |min, max| Figures { min, max, open_ended };
    let max = if open_ended { max } else { max.or(Some(min)) };
    let thousands = |figure: i64| figure.checked_mul(1_000);
    match max {
        Some(max) if max < min => Reading::unsure(line, "the higher figure stands first", vec![(figures(max, Some(min)), 80)]),
        _ if min.max(max.unwrap_or(0)) < LEAST => {
            let choices = thousands(min).map(|min| (figures(min, max.and_then(thousands)), 70)).into_iter().collect();
            Reading::unsure(line, "the figures are very small; thousands may be meant", choices)
        }
        _ => Reading::Sure(figures(min, max)),
    }
}

fn currency(range: &Range, tender: Tender, line: &str) -> Reading<Currency> {
    let high = range.high.as_ref().and_then(|high| high.currency);
    let crowns = || {
        ["SEK", "NOK", "DKK"]
            .iter()
            .zip([40, 30, 30])
            .filter_map(|(code, percent)| code.parse().ok().map(|currency| (currency, percent)))
            .collect()
    };
    match (tender, high) {
        (Tender::Usual(_) | Tender::Crown | Tender::Lakh, Some(Tender::Clear(code))) => Reading::Sure(code),
        (Tender::Clear(one), Some(Tender::Clear(other))) if one != other => {
            Reading::unsure(line, "the two figures have two currencies", vec![(one, 50), (other, 50)])
        }
        (Tender::Clear(currency) | Tender::Usual(currency), _) => Reading::Sure(currency),
        (Tender::Lakh, _) => {
            let rupees = "INR".parse().ok().map(|currency| (currency, 90)).into_iter().collect();
            Reading::unsure(line, "it names no currency; lakhs are mostly rupees", rupees)
        }
        (Tender::Crown, _) => Reading::unsure(line, "several countries pay in crowns", crowns()),
    }
}

/// The time that is paid for, if it is not a year.
fn period(after: &str) -> Option<&'static str> {
    let lower = after.to_lowercase();
    PERIODS.iter().find(|(word, _)| word_in(&lower, word)).map(|(_, period)| *period)
}

/// Whether a text has a word that is not the beginning of a longer one.
fn word_in(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let next = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !next.is_some_and(char::is_alphanumeric) && (word.starts_with('/') || !before.is_some_and(char::is_alphanumeric))
    })
}

/// Takes the first of these words off the end of a text.
fn cut(text: &mut String, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    // Lower case may be longer than the text in some scripts; then nothing is cut.
    let found = words.iter().filter(|word| lower.len() == text.len() && lower.ends_with(**word)).find(|word| {
        let before = lower.get(..lower.len() - word.len()).and_then(|before| before.chars().next_back());
        !before.is_some_and(char::is_alphanumeric) || !word.starts_with(char::is_alphabetic)
    });
    if let Some(word) = found {
        text.truncate(text.len() - word.len());
        text.truncate(text.trim_end().len());
    }
    found.is_some()
}

#[cfg(test)]
mod tests {
    use super::{Reading, basis, find};

    fn shown(line: &str) -> String {
        let Some(pay) = find(line) else { return "none".to_owned() };
        let currency = match pay.currency {
            Some(Reading::Sure(currency)) => currency.to_string(),
            Some(Reading::Unsure(_)) => "unsure".to_owned(),
            None => "-".to_owned(),
        };
        match pay.figures {
            Reading::Sure(figures) => format!("{}|{figures} {currency}", pay.before),
            Reading::Unsure(doubt) => format!("{}|unsure {} {currency}", pay.before, doubt.choices.len()),
        }
    }

    #[test]
    fn ranges_are_read_as_people_write_them() {
        let written = [
            ("PM$310K-$440K TC (stock-light)", "PM|310k-440k USD"),
            ("L5 — €90k–€120k base", "L5 —|90k-120k EUR"),
            ("Senior: £95,000 - £120,000", "Senior:|95k-120k GBP"),
            ("Staff | CHF 180'000 – 220'000", "Staff ||180k-220k CHF"),
            ("IC5 ¥12M–¥18M", "IC5|12000k-18000k JPY"),
            ("Director 600K to 900K+ USD", "Director|600k-900k+ USD"),
            ("X from 480k", "X|480k+ -"),
            ("X 480k+", "X|480k+ -"),
            ("X $1.2M", "X|1200k USD"),
            ("X 90.000 € - 110.000 €", "X|90k-110k EUR"),
            ("X ₹40L-₹60L", "X|4000k-6000k INR"),
            ("X 40-60 LPA", "X|4000k-6000k unsure"),
            ("SDE 1 ₹18L-₹24L", "SDE 1|1800k-2400k INR"),
            ("X CA$120k-150k", "X|120k-150k CAD"),
            ("X $120K-$150K CAD", "X|120k-150k CAD"),
            ("Level 5 90k", "Level 5|90k -"),
            ("X 300-450K", "X|300k-450k -"),
            ("X between $90k and $100k", "X|90k-100k USD"),
            ("Director600K-900K", "Director|600k-900k -"),
            ("L6 300,000-400,000 USD", "L6|300k-400k USD"),
        ];
        for (line, expected) in written {
            assert_eq!(shown(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_not_certain_is_unsure() {
        let written = [
            ("X up to 200k", "X|unsure 0 -"),
            ("X $60/hr", "X|unsure 0 USD"),
            ("X €8k per month", "X|unsure 0 EUR"),
            ("X $450K-$300K", "X|unsure 1 USD"),
            ("X $300-$450", "X|unsure 1 USD"),
            ("X 500k-600k kr", "X|500k-600k unsure"),
            ("X base $150k-$180k, TC $250k-$300k", "X base|unsure 2 USD"),
        ];
        for (line, expected) in written {
            assert_eq!(shown(line), expected, "{line}");
        }
        for line in ["PM II", "5 years", "Level | Range", "in 2026", "3-4 people"] {
            assert_eq!(shown(line), "none", "{line}");
        }
    }

    #[test]
    fn the_basis_is_told_or_doubted() {
        use entity::Basis;
        assert_eq!(basis("TC (stock-light)"), Some(Reading::Sure(Basis::TotalCompensation)));
        assert_eq!(basis("base"), Some(Reading::Sure(Basis::Base)));
        assert_eq!(basis("stock-light"), None);
        assert!(matches!(basis("OTE"), Some(Reading::Unsure(_))));
        assert!(matches!(basis("base + bonus"), Some(Reading::Unsure(_))));
    }
}
