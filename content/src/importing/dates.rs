//! Days and months as people write them: `October 14, 2026`, `14.10.2026`, `as of October 2026`.

use super::page::Reading;
use crate::calendar::{Day, YearMonth};
use crate::fold::fold;

/// Longer lines do not say when a page was checked.
const LONGEST: usize = 80;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The day on which a page was checked, if a line says that.
pub(super) fn verified(text: &str) -> Option<Reading<Day>> {
    if text.len() > LONGEST {
        return None;
    }
    let folded = fold(text);
    let starts = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    let checked = starts(&["last verified", "verified", "last checked", "checked on", "last reviewed", "reviewed on", "fact checked"]);
    let updated = starts(&["last updated", "updated"]);
    if !checked && !updated || !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let day = day(text)?;
    Some(match day {
        Reading::Sure(day) if updated => Reading::unsure(text, "updated is not verified", vec![(day, 60)]),
        Reading::Sure(_) | Reading::Unsure(_) => day,
    })
}

/// The month of figures: `as of October 2026`, `2026-10`, `Oct 2026`, `10/2026`.
pub(super) fn month(text: &str) -> Option<YearMonth> {
    if text.len() > LONGEST * 2 {
        return None;
    }
    let words = words(text);
    let pair = |one: &str, other: &str| named(one).or_else(|| two(one)).and_then(|month| year(other).and_then(|year| made(year, month)));
    words.windows(2).find_map(|pair_of| match pair_of {
        [one, other] if pair(one, other).is_some() => pair(one, other),
        [one, other] if one.len() == 4 => pair(other, one),
        _ => None,
    })
}

fn made(year: i32, month: u32) -> Option<YearMonth> {
    format!("{year:04}-{month:02}").parse().ok()
}

fn day(text: &str) -> Option<Reading<Day>> {
    let words = words(text);
    let of = |year: i32, month: u32, day: u32| format!("{year:04}-{month:02}-{day:02}").parse::<Day>().ok();
    let found = words.windows(3).find_map(|three| {
        let [one, two, three] = three else { return None };
        if let (Some(year), Some(month), Some(day)) = (year(one), self::two(two), ordinal(three)) {
            return of(year, month, day).map(Reading::Sure);
        }
        let year = year(three)?;
        if let Some((month, day)) = named(one).zip(ordinal(two)).or_else(|| named(two).zip(ordinal(one))) {
            return of(year, month, day).map(Reading::Sure);
        }
        let (one, two) = (ordinal(one)?, ordinal(two)?);
        let (european, american) = (of(year, two, one), of(year, one, two));
        match (european, american) {
            (Some(day), None) | (None, Some(day)) => Some(Reading::Sure(day)),
            (Some(day), Some(other)) if day == other || text.contains('.') => Some(Reading::Sure(day)),
            (Some(day), Some(other)) => {
                Some(Reading::unsure(text, "day and month may stand in either order", vec![(other, 50), (day, 50)]))
            }
            (None, None) => None,
        }
    });
    found.or_else(|| month(text).map(|_| Reading::unsure(text, "it names a month and no day", Vec::new())))
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(' ').map(str::to_owned).collect()
}

fn year(word: &str) -> Option<i32> {
    let plain = word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

fn two(word: &str) -> Option<u32> {
    (word.len() <= 2).then(|| word.parse().ok()).flatten().filter(|month| (1..=12).contains(month))
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

fn named(word: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word) || word == "sept" && *month == "september")?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::{Reading, month, verified};

    #[test]
    fn a_day_is_read_in_several_forms() {
        for text in [
            "Last verified: October 14, 2026",
            "Verified on 2026-10-14",
            "Last checked 14th Oct 2026",
            "Verified 14.10.2026",
            "Verified 10/14/2026",
        ] {
            let Some(Reading::Sure(day)) = verified(text) else { panic!("{text}") };
            assert_eq!(day.to_string(), "2026-10-14", "{text}");
        }
    }

    #[test]
    fn what_leaves_the_day_open_is_unsure() {
        for text in ["Verified 10/11/2026", "Last verified October 2026", "Last updated 2026-10-14"] {
            assert!(matches!(verified(text), Some(Reading::Unsure(_))), "{text}");
        }
        for text in ["Verified by two people", "Verified", "The 14th of October 2026 was verified"] {
            assert_eq!(verified(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_read_in_several_forms() {
        for text in ["as of October 2026", "(2026-10)", "Oct 2026", "10/2026", "figures as of 2026-10, gross"] {
            assert_eq!(month(text).map(|month| month.to_string()).as_deref(), Some("2026-10"), "{text}");
        }
        assert_eq!(month("since 2026"), None);
        assert_eq!(month("2 3 4"), None);
    }
}
