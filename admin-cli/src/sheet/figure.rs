//! Figures as people of all countries write them: `1.234,5`, `1,234.5`, `210 000`, `$150k`, `from 480k`. One form comes out.

use std::cmp::Ordering;

use clap::ValueEnum;
use content::money::Figures;

/// The sign before the fraction of a figure; the other one groups.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decimal {
    /// 1,234.5
    #[value(alias = ".")]
    Point,
    /// 1.234,5
    #[value(alias = ",")]
    Comma,
}

impl Decimal {
    const fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn grouping(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Point => "decimal point",
            Self::Comma => "decimal comma",
        }
    }

    /// The sign that figures show: in `1.234,5` it is the comma. `210.000` alone may be either, but where nothing else is said a salary of
    /// thousands is what is meant. Nothing if no figure shows any.
    pub(super) fn of<'a>(figures: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (mut clear, mut likely) = ([0_usize; 2], [0_usize; 2]);
        for figure in figures {
            match Self::shown_by(figure) {
                Some((Self::Point, true)) => clear[0] += 1,
                Some((Self::Comma, true)) => clear[1] += 1,
                Some((Self::Point, false)) => likely[0] += 1,
                Some((Self::Comma, false)) => likely[1] += 1,
                None => {}
            }
        }
        let most = |[points, commas]: [usize; 2]| match points.cmp(&commas) {
            Ordering::Greater => Some(Self::Point),
            Ordering::Less => Some(Self::Comma),
            Ordering::Equal => None,
        };
        most(clear).or_else(|| most(likely))
    }

    /// The sign before the fraction, and whether that is clear.
    fn shown_by(figure: &str) -> Option<(Self, bool)> {
        let digits = figure.trim_end_matches(|sign: char| !sign.is_ascii_digit());
        let place = digits.rfind(['.', ','])?;
        let (sign, other) = if digits.get(place..)?.starts_with('.') { (Self::Point, Self::Comma) } else { (Self::Comma, Self::Point) };
        let behind = digits.len() - place - 1;
        match (digits.matches(sign.sign()).count(), digits.contains(other.sign())) {
            // Both: the last one is before the fraction.
            (_, true) => Some((sign, true)),
            // One kind, several times: it groups.
            (2.., false) => Some((other, true)),
            (_, false) if behind != 3 => Some((sign, true)),
            // "210.000"; with a scale, "1.234k", it says nothing.
            (_, false) => (!figure.trim_end().ends_with(['k', 'K', 'm', 'M'])).then_some((other, false)),
        }
    }
}

/// Signs of currencies that may stand at a figure; the column says which currency it is.
const MONEY: &[char] = &['$', '€', '£', '¥', '₹', '₩'];
/// Blanks and marks that group figures everywhere.
const BLANKS: &[char] = &[' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’', '_'];

/// One amount in whole units.
pub(crate) fn amount(text: &str, decimal: Decimal) -> Result<i64, String> {
    scaled(text, decimal, 1).map(|(units, _)| units)
}

/// A range: `150k-190k`, `$150k–$190k`, `480k+`, `from 480k`.
pub(crate) fn range(text: &str, decimal: Decimal) -> Result<Figures, String> {
    let text = text.trim();
    let from = text.get(..5).filter(|start| start.eq_ignore_ascii_case("from ")).and_then(|_| text.get(5..));
    let open = from.or_else(|| text.strip_suffix('+'));
    let (range, open_ended) = (open.unwrap_or(text), open.is_some());
    match range.split_once(['-', '–', '—', '−']).or_else(|| range.split_once(" to ")) {
        None => {
            let min = amount(range, decimal)?;
            Ok(Figures { min, max: (!open_ended).then_some(min), open_ended })
        }
        Some((min, max)) => {
            let (max, unit) = scaled(max, decimal, 1)?;
            // "150-190k": the scale of the second is meant for both.
            let (bare, _) = scaled(min, decimal, 1)?;
            let min = if bare < 1_000 { scaled(min, decimal, unit)?.0 } else { bare };
            Ok(Figures { min, max: Some(max), open_ended })
        }
    }
}

/// An amount, with what it is counted in; without a scale of its own it is counted in this one.
fn scaled(text: &str, decimal: Decimal, otherwise: i64) -> Result<(i64, i64), String> {
    let wrong = |why: &str| format!("{:?} {why}", text.trim());
    let bare = text.trim().trim_matches(MONEY).trim();
    let (digits, unit) = match bare.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => bare.strip_suffix(['m', 'M']).map_or((bare, otherwise), |digits| (digits, 1_000_000)),
    };
    let no_figure = || wrong("is no figure; write 210000 or 210k");
    let (whole, fraction) = digits.trim().split_once(decimal.sign()).unwrap_or((digits.trim(), ""));
    let mut groups = whole.split(decimal.grouping());
    let first = groups.next().unwrap_or_default();
    let groups: Vec<&str> = groups.collect();
    // Groups of three, in India of two before the last.
    let grouped = groups.last().is_none_or(|last| last.len() == 3) && groups.iter().all(|group| matches!(group.len(), 2 | 3));
    if !grouped {
        return Err(wrong(&format!("does not go with a {}; say --decimal", decimal.words())));
    }
    let plain: String =
        std::iter::once(first).chain(groups).flat_map(|group| group.chars().filter(|sign| !BLANKS.contains(sign))).collect();
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if plain.is_empty() || !all_digits(&plain) || !all_digits(fraction) || fraction.len() > 9 {
        return Err(no_figure());
    }
    if fraction.len() == 3 && unit == 1 && whole.len() <= 3 {
        // No pay has thousandths: it is a group, and read so it would be a thousand times as much.
        return Err(wrong(&format!("may be {whole} or {whole},{fraction}; write it without a sign")));
    }
    let divisor = u32::try_from(fraction.len()).ok().and_then(|places| 10_i64.checked_pow(places)).unwrap_or(1);
    let all = format!("{plain}{fraction}").parse::<i64>().ok().and_then(|all| all.checked_mul(unit)).ok_or_else(no_figure)?;
    match all / divisor {
        _ if all % divisor != 0 => Err(wrong("is no whole amount")),
        units if units > Figures::MAX => Err(wrong("is more than any salary")),
        units => Ok((units, unit)),
    }
}

/// A figure with commas between thousands, as messages have it.
pub(crate) fn grouped(figure: i64) -> String {
    let digits = figure.to_string();
    let count = digits.len();
    digits
        .chars()
        .enumerate()
        .flat_map(|(place, digit)| [(place > 0 && (count - place).is_multiple_of(3)).then_some(','), Some(digit)])
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Decimal, amount, grouped, range};

    #[test]
    fn figures_of_both_worlds_mean_the_same() {
        for text in ["1234500", "1.234.500", "1.234.500,00", "1234,5k", "1.234,5K", "1,2345m", "1 234 500", "1'234'500", "€1.234.500"] {
            assert_eq!(amount(text, Decimal::Comma), Ok(1_234_500), "{text}");
        }
        for text in ["1234500", "1,234,500.00", "$1,234.5k", "1.2345M", "12,34,500", "1\u{202f}234\u{202f}500"] {
            assert_eq!(amount(text, Decimal::Point), Ok(1_234_500), "{text}");
        }
    }

    #[test]
    fn what_is_no_figure_is_told_and_not_guessed() {
        for text in ["", "k", "n/a", "12a", "-5", "1.5.2", "99999999999999999999", "9999999m"] {
            assert!(amount(text, Decimal::Point).is_err(), "{text}");
        }
        assert!(amount("210.50", Decimal::Comma).unwrap_err().contains("--decimal"));
        assert!(amount("210.000", Decimal::Point).unwrap_err().contains("may be 210 or 210,000"));
        assert!(amount("210.5", Decimal::Point).unwrap_err().contains("whole"));
    }

    #[test]
    fn ranges_are_read_in_all_their_forms() {
        let read = |text| range(text, Decimal::Point).unwrap().to_string();
        for text in ["150k-190k", "150 000 - 190 000", "$150k–$190k", "150-190k", "150,000 to 190,000"] {
            assert_eq!(read(text), "150k-190k", "{text}");
        }
        assert_eq!(
            (read("480k+"), read("from 480k"), read("480k-700k+")),
            ("480k+".to_owned(), "480k+".to_owned(), "480k-700k+".to_owned())
        );
        assert!(range("soon", Decimal::Point).is_err());
    }

    #[test]
    fn the_decimal_sign_is_seen_where_figures_show_it() {
        let of = |figures: &[&str]| Decimal::of(figures.iter().copied());
        assert_eq!(of(&["210.000", "1.234,5"]), Some(Decimal::Comma));
        assert_eq!(of(&["1,234,000", "210,000"]), Some(Decimal::Point));
        assert_eq!(of(&["1.5k"]), Some(Decimal::Point));
        assert_eq!(of(&["210.000", "210", ""]), Some(Decimal::Comma));
        assert_eq!(of(&["210,000", "185,000"]), Some(Decimal::Point));
        assert_eq!(of(&["1.234k", "210", "480k+"]), None);
    }

    #[test]
    fn messages_group_by_thousands() {
        assert_eq!((grouped(210_000), grouped(1_236), grouped(7)), ("210,000".to_owned(), "1,236".to_owned(), "7".to_owned()));
    }
}
