//! One amount of money in a line: sign, figures in any grouping, scale, sign. `CHF 180'000`, `90.000 €`, `$1.2M`, `₹40L`.

use crate::money::{Currency, Figures};

/// An amount as it stands in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) currency: Option<Tender>,
    pub(super) plus: bool,
    mantissa: i64,
    decimals: u32,
    /// What one counts, if that is said.
    pub(super) scale: Option<i64>,
}

/// What an amount is paid in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tender {
    /// A code or a sign of one currency.
    Clear(Currency),
    /// A sign that mostly means this currency; a code beside it may say otherwise.
    Usual(Currency),
    /// The crown of Sweden, Norway or Denmark.
    Crown,
    /// Lakhs and crores without a currency: probably rupees.
    Lakh,
}

impl Amount {
    /// The amount in whole units, counted in its scale or else in this one.
    pub(super) fn units(&self, scale: Option<i64>) -> Option<i64> {
        let all = self.mantissa.checked_mul(self.scale.or(scale).unwrap_or(1))?;
        let divisor = 10_i64.checked_pow(self.decimals)?;
        (all % divisor == 0).then_some(all / divisor).filter(|units| *units <= Figures::MAX)
    }

    /// Whether it is money, and not the number of a level or of years.
    pub(super) fn is_money(&self) -> bool {
        self.currency.is_some() || self.scale.is_some() || (self.decimals == 0 && self.mantissa >= 10_000)
    }
}

/// Signs before or after an amount, those that begin with another first.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("MX$", "MXN"),
    ("NT$", "TWD"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("zł", "PLN"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("円", "JPY"),
];
/// Signs that several currencies use; this is the usual one.
const SHARED: &[(&str, &str)] = &[("$", "USD"), ("¥", "JPY"), ("￥", "JPY")];

/// The amount that begins at a place of a line. `indian`: `L` counts lakhs there.
pub(super) fn amount(line: &str, start: usize, indian: bool) -> Option<Amount> {
    let before = line.get(..start)?.chars().next_back();
    let text = line.get(start..)?;
    let (prefix, length) = tender(text, before).map_or((None, 0), |(tender, length)| (Some(tender), length));
    let digits = text.get(length..)?.trim_start_matches([' ', '~']);
    let free = before.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '.' | ',' | '\'')) || glued(before, digits);
    if !digits.starts_with(|sign: char| sign.is_ascii_digit()) || (prefix.is_none() && !free) {
        return None;
    }
    let (mantissa, decimals, length, grouped) = number(digits)?;
    let rest = digits.get(length..)?;
    let (scale, mut rest) = scale(rest, indian).map_or((None, rest), |(scale, after)| (Some(scale), after));
    let (mut mantissa, mut decimals, mut scale) = (mantissa, decimals, scale);
    if scale.is_some() && grouped {
        // "1.200M": before a scale a single group is a fraction. "6 300K" is a level and an amount.
        let (units, fraction) = single_group(digits.get(..length)?)?;
        (mantissa, decimals, scale) = (units.checked_mul(1_000)?.checked_add(fraction)?, 3, scale);
    }
    let plus_before = rest.starts_with('+');
    rest = rest.strip_prefix('+').unwrap_or(rest);
    let suffix = tender(rest.trim_start(), None).or_else(|| tender(rest.trim_start(), Some(' ')));
    // "SDE 1 ₹18L": the sign belongs to what follows.
    let follows = |length: usize| {
        rest.trim_start().get(length..).is_some_and(|rest| rest.trim_start().starts_with(|sign: char| sign.is_ascii_digit()))
    };
    let suffix = suffix.filter(|(_, length)| !follows(*length));
    if let Some((_, length)) = suffix {
        rest = rest.trim_start().get(length..)?;
    }
    let plus = plus_before || rest.starts_with('+');
    rest = if plus_before { rest } else { rest.strip_prefix('+').unwrap_or(rest) };
    let lakh = scale.filter(|scale| matches!(scale, 100_000 | 10_000_000)).map(|_| Tender::Lakh);
    let currency = both(prefix, suffix.map(|(tender, _)| tender)).or(lakh);
    Some(Amount { start, end: line.len() - rest.len(), currency, plus, mantissa, decimals, scale })
}

/// A code beside a sign says which dollar it is.
fn both(prefix: Option<Tender>, suffix: Option<Tender>) -> Option<Tender> {
    match (prefix, suffix) {
        (Some(Tender::Usual(_) | Tender::Crown | Tender::Lakh), Some(Tender::Clear(code))) => Some(Tender::Clear(code)),
        (prefix, suffix) => prefix.or(suffix),
    }
}

/// A word that ends in small letters may touch an amount in thousands: `Director600K`.
fn glued(before: Option<char>, digits: &str) -> bool {
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    before.is_some_and(char::is_lowercase) && length >= 2 && digits.get(length..).is_some_and(|rest| rest.starts_with(['k', 'K', '-', '–']))
}

/// The currency that a text begins with, and how many bytes say it.
fn tender(text: &str, before: Option<char>) -> Option<(Tender, usize)> {
    let clear = |code: &str| code.parse::<Currency>().ok();
    let inside_word = before.is_some_and(char::is_alphabetic);
    for (sign, code) in SIGNS {
        let lettered = sign.starts_with(|sign: char| sign.is_ascii_alphabetic());
        if text.starts_with(sign) && !(lettered && inside_word) {
            return clear(code).map(|currency| (Tender::Clear(currency), sign.len()));
        }
    }
    for (sign, code) in SHARED {
        if text.starts_with(sign) {
            return clear(code).map(|currency| (Tender::Usual(currency), sign.len()));
        }
    }
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text.get(..letters)?;
    if inside_word {
        return None;
    }
    let special = match word {
        "kr" | "Kr" | "KR" => Some(Tender::Crown),
        "Fr" | "SFr" => clear("CHF").map(Tender::Clear),
        "Rs" => clear("INR").map(Tender::Clear),
        "RMB" => clear("CNY").map(Tender::Clear),
        "EUR" | "euro" | "euros" | "Euro" => clear("EUR").map(Tender::Clear),
        _ => (letters == 3).then(|| clear(word)).flatten().map(Tender::Clear),
    }?;
    let dot = usize::from(text.get(letters..).is_some_and(|rest| rest.starts_with('.')) && letters < 4);
    Some((special, letters + dot))
}

/// Figures with their decimals: the number without its signs, how many digits are decimals, its length, and whether it has groups.
fn number(text: &str) -> Option<(i64, u32, usize, bool)> {
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut digits = text.get(..whole)?.to_owned();
    let mut end = whole;
    let mut mark = None;
    while let Some(sign) = text.get(end..).and_then(|rest| rest.chars().next()).filter(|sign| ".,'’ ".contains(*sign)) {
        let rest = text.get(end + sign.len_utf8()..)?;
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let indian = sign == ',' && length == 2 && rest.get(2..).is_some_and(|rest| rest.starts_with(','));
        if !(length == 3 || indian) || whole > 3 || mark.is_some_and(|mark| mark != sign) || digits.starts_with('0') {
            break;
        }
        digits.push_str(rest.get(..length)?);
        end += sign.len_utf8() + length;
        mark = Some(sign);
    }
    let mut decimals = 0;
    let rest = text.get(end..)?;
    if let Some(fraction) = rest.strip_prefix(['.', ',']).filter(|_| mark != Some('.') || !rest.starts_with('.')) {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=2).contains(&length) {
            digits.push_str(fraction.get(..length)?);
            decimals = u32::try_from(length).ok()?;
            end += 1 + length;
        }
    }
    let mantissa = (digits.len() <= 15).then(|| digits.parse().ok()).flatten()?;
    Some((mantissa, decimals, end, mark.is_some()))
}

fn single_group(digits: &str) -> Option<(i64, i64)> {
    let (units, fraction) = digits.split_once(['.', ','])?;
    Some((units.parse().ok()?, (fraction.len() == 3).then(|| fraction.parse().ok()).flatten()?))
}

/// What the amount before counts, and the text after that word.
fn scale(rest: &str, indian: bool) -> Option<(i64, &str)> {
    let trimmed = rest.strip_prefix(' ').unwrap_or(rest);
    if let Some(sign) = trimmed.chars().next().filter(|sign| matches!(sign, '万' | '億' | '千')) {
        let scale = match sign {
            '万' => 10_000,
            '億' => 100_000_000,
            _ => 1_000,
        };
        return trimmed.get(sign.len_utf8()..).map(|after| (scale, after));
    }
    let letters = trimmed.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, after) = trimmed.split_at_checked(letters)?;
    let scale = match word.to_ascii_lowercase().as_str() {
        "k" | "thousand" | "tsd" => 1_000,
        "m" | "mn" | "mio" | "mil" | "million" | "millions" => 1_000_000,
        "lakh" | "lakhs" | "lac" | "lacs" | "lpa" => 100_000,
        "l" if indian => 100_000,
        "cr" | "crore" | "crores" if indian => 10_000_000,
        "crore" | "crores" => 10_000_000,
        _ => return None,
    };
    (!after.starts_with(char::is_alphanumeric)).then_some((scale, after))
}

#[cfg(test)]
mod tests {
    use super::amount;

    fn units(text: &str) -> Option<i64> {
        amount(text, 0, text.contains('₹')).filter(super::Amount::is_money).and_then(|amount| amount.units(None))
    }

    #[test]
    fn figures_are_read_in_any_grouping() {
        let written = [
            ("$300K", 300_000),
            ("€90k", 90_000),
            ("£95,000", 95_000),
            ("CHF 180'000", 180_000),
            ("¥12M", 12_000_000),
            ("$1.2M", 1_200_000),
            ("90.000 €", 90_000),
            ("₹40L", 4_000_000),
            ("₹12,00,000", 1_200_000),
            ("120 000 PLN", 120_000),
            ("1200万円", 12_000_000),
            ("$1,234,500.00", 1_234_500),
            ("600K", 600_000),
            ("45000", 45_000),
            ("40 lakh", 4_000_000),
            ("₹1.5 crore", 15_000_000),
        ];
        for (text, expected) in written {
            assert_eq!(units(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for text in ["5", "2026", "6 300K", "L5", "abc", "", "$", "3 years", "99999999999999999999"] {
            assert_eq!(units(text), None, "{text}");
        }
    }
}
