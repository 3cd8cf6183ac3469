//! Money as guides hold it: whole units of a currency. And one way to write a salary range: `$600K-$900K+`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A currency of ISO 4217, by its three letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(iso_currency::Currency);

/// The text is not a currency's code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code of ISO 4217 such as USD, EUR or JPY")]
pub struct CurrencyError;

impl Currency {
    /// The three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// What stands before an amount: a sign that belongs to this currency alone, or else its code and a blank.
    fn sign(self) -> String {
        match self.code() {
            "USD" => "$".to_owned(),
            "EUR" => "€".to_owned(),
            "GBP" => "£".to_owned(),
            "JPY" => "¥".to_owned(),
            "INR" => "₹".to_owned(),
            "KRW" => "₩".to_owned(),
            code => format!("{code} "),
        }
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        iso_currency::Currency::from_code(text).map(Self).ok_or(CurrencyError)
    }
}

impl TryFrom<String> for Currency {
    type Error = CurrencyError;

    fn try_from(text: String) -> Result<Self, CurrencyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The figures of a salary range, in whole units of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The lower figure.
    pub min: i64,
    /// The upper figure, if one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Whether more than the upper figure is paid: the "+" in "$600K-$900K+".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_ended: bool,
}

/// The figures are not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("figures such as 250k-330k, 480k-700k+ or 480k+")]
pub struct FiguresError;

impl Figures {
    /// The largest figure that a guide may hold: a million millions, enough for a salary in any currency.
    pub const MAX: i64 = 1_000_000_000_000;

    /// The range as people read it: `$450K-$600K`, `¥9M-¥14M`, `CHF 120,500`.
    #[must_use]
    pub fn display(&self, currency: Currency) -> String {
        let scale = Scale::of(self.min.min(self.max.unwrap_or(self.min)), &[Some(self.min), self.max]);
        let sign = currency.sign();
        let upper = self.max.filter(|max| *max != self.min).map(|max| format!("-{sign}{}", scale.write(max))).unwrap_or_default();
        let plus = if self.open_ended { "+" } else { "" };
        format!("{sign}{}{upper}{plus}", scale.write(self.min))
    }
}

/// In what a range is counted: all of its figures in the same.
enum Scale {
    Millions,
    Thousands,
    Units,
}

impl Scale {
    fn of(least: i64, figures: &[Option<i64>]) -> Self {
        let all = |step: i64| figures.iter().flatten().all(|figure| figure % step == 0);
        if least >= 1_000_000 && all(100_000) {
            Self::Millions
        } else if least >= 1_000 && all(1_000) {
            Self::Thousands
        } else {
            Self::Units
        }
    }

    fn write(&self, figure: i64) -> String {
        match self {
            Self::Millions if figure % 1_000_000 == 0 => format!("{}M", figure / 1_000_000),
            Self::Millions => format!("{}.{}M", figure / 1_000_000, figure % 1_000_000 / 100_000),
            Self::Thousands => format!("{}K", figure / 1_000),
            Self::Units => grouped(figure),
        }
    }
}

fn grouped(figure: i64) -> String {
    let digits = figure.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if figure < 0 { format!("-{text}") } else { text }
}

/// As files have them: `250k-330k`, `480k-700k+`, `480k+`, `120500`.
impl FromStr for Figures {
    type Err = FiguresError;

    fn from_str(text: &str) -> Result<Self, FiguresError> {
        let text = text.trim();
        let (range, open_ended) = text.strip_suffix('+').map_or((text, false), |range| (range, true));
        match range.split_once('-') {
            None => Ok(Self { min: amount(range)?, max: (!open_ended).then(|| amount(range)).transpose()?, open_ended }),
            Some((min, max)) => Ok(Self { min: amount(min)?, max: Some(amount(max)?), open_ended }),
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousands = self.min != 0 && self.min % 1_000 == 0 && self.max.is_none_or(|max| max % 1_000 == 0);
        let short = |figure: i64| if thousands { format!("{}k", figure / 1_000) } else { figure.to_string() };
        f.write_str(&short(self.min))?;
        if let Some(max) = self.max.filter(|max| *max != self.min || self.open_ended) {
            write!(f, "-{}", short(max))?;
        }
        f.write_str(if self.open_ended { "+" } else { "" })
    }
}

fn amount(text: &str) -> Result<i64, FiguresError> {
    let text = text.trim();
    let (digits, unit) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => text.strip_suffix(['m', 'M']).map_or((text, 1), |digits| (digits, 1_000_000)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FiguresError);
    }
    digits.parse::<i64>().ok().and_then(|figure| figure.checked_mul(unit)).filter(|figure| *figure <= Figures::MAX).ok_or(FiguresError)
}

#[cfg(test)]
mod tests {
    use super::{Currency, Figures};

    fn shown(text: &str, currency: &str) -> String {
        text.parse::<Figures>().unwrap().display(currency.parse::<Currency>().unwrap())
    }

    #[test]
    fn ranges_are_shown_as_people_write_them() {
        assert_eq!(shown("300k-450k", "USD"), "$300K-$450K");
        assert_eq!(shown("600k-900k+", "USD"), "$600K-$900K+");
        assert_eq!(shown("480k+", "GBP"), "£480K+");
        assert_eq!(shown("9000k-14500k", "JPY"), "¥9M-¥14.5M");
        assert_eq!(shown("120500-130000", "CHF"), "CHF 120,500-CHF 130,000");
    }

    #[test]
    fn files_keep_their_short_form() {
        for text in ["250k-330k", "480k-700k+", "480k+", "120500-130000", "90k"] {
            assert_eq!(text.parse::<Figures>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        for text in ["", "k", "-", "250k-", "a-b", "1.5k", "250k-330k-400k", "9999999999999", "-5"] {
            assert!(text.parse::<Figures>().is_err(), "{text}");
        }
    }
}
