//! A row of a table of salaries: what one level of one guide gets.

use content::calendar::YearMonth;
use content::changes::{At, Change, New, Pay, Revised, RevisedPay};
use content::guide::Guide;
use content::money::{Currency, Figures};
use content::{Basis, Period};
use serde::{Deserialize, Serialize};

use super::given::{Cells, Given};
use crate::place::{Unnamed, level};
use crate::sheet::{Field, amount, grouped, range};

/// The columns of such a table.
pub(crate) const FIELDS: &[Field] = &[
    Field { name: "company", required: true },
    Field { name: "level", required: true },
    Field { name: "min", required: false },
    Field { name: "max", required: false },
    Field { name: "open_ended", required: false },
    Field { name: "range", required: false },
    Field { name: "currency", required: false },
    Field { name: "period", required: false },
    Field { name: "basis", required: false },
    Field { name: "as_of", required: false },
    Field { name: "source", required: false },
    Field { name: "note", required: false },
];

/// What a level gets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PayRow {
    level: String,
    figures: Given<Figures>,
    currency: Given<Currency>,
    basis: Given<Basis>,
    as_of: Given<YearMonth>,
    source: Given<String>,
    note: Given<String>,
    /// Whether a level that is not there is added.
    adds: bool,
}

impl PayRow {
    pub(super) fn read(cells: &mut Cells<'_>, adds: bool) -> Self {
        let level = cells.needed("level");
        let figures = figures(cells);
        let currency = cells.read("currency", currency);
        let _: Given<Period> = cells.parsed("period", "year");
        Self {
            level,
            figures,
            currency,
            basis: cells.parsed("basis", "total-compensation or base"),
            as_of: cells.parsed("as_of", "a month such as 2026-10"),
            source: cells.text("source"),
            note: cells.text("note"),
            adds,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.level
    }

    pub(super) fn change(&self, guide: &Guide) -> Result<Change, String> {
        let adding = || Change::Add { item: New::SalaryRange(self.pay()), key: None, at: At::Last };
        match level(guide, &self.level) {
            Ok(found) => Ok(Change::Change(Revised::SalaryRange { key: found.key.clone(), pay: self.revised() })),
            Err(Unnamed::Several(problem)) => Err(problem),
            Err(Unnamed::Absent(_)) if self.adds => Ok(adding()),
            Err(Unnamed::Absent(problem)) => Err(format!("{problem} (add it with --add-levels)")),
        }
    }

    fn revised(&self) -> RevisedPay {
        RevisedPay {
            level: None,
            figures: self.figures.patch(),
            currency: self.currency.patch(),
            period: None,
            basis: self.basis.patch(),
            note: self.note.patch(),
            source: self.source.patch(),
            as_of: self.as_of.patch(),
        }
    }

    fn pay(&self) -> Pay {
        Pay {
            level: self.level.clone(),
            figures: self.figures.value(),
            currency: self.currency.value(),
            period: Period::Year,
            basis: self.basis.value(),
            note: self.note.value(),
            source: self.source.value(),
            as_of: self.as_of.value(),
        }
    }
}

/// The figures of a row: from `range`, or from `min`, `max` and `open_ended`.
fn figures(cells: &mut Cells<'_>) -> Given<Figures> {
    let decimal = cells.sheet.decimal;
    let whole = cells.read("range", |text| range(text, decimal));
    let min = cells.read("min", |text| range(text, decimal));
    let max = cells.read("max", |text| amount(text.trim_end_matches('+'), decimal));
    let plus = [cells.raw("min"), cells.raw("max")].iter().any(|text| text.ends_with('+'));
    let open = cells.read("open_ended", yes).value().unwrap_or(plus);
    let given = match (whole, min, max) {
        (Given::Keep, Given::Keep, Given::Keep) => return Given::Keep,
        (Given::Clear, Given::Keep, Given::Keep) | (Given::Keep, Given::Clear, Given::Keep | Given::Clear) => return Given::Clear,
        (Given::Set(figures), Given::Keep, Given::Keep) => Ok(figures),
        (Given::Set(_) | Given::Clear, _, _) => Err("the figures stand twice: in range, and in min or max"),
        (Given::Keep, Given::Set(Figures { min, .. }), Given::Set(max)) => Ok(Figures { min, max: Some(max), open_ended: open }),
        (Given::Keep, Given::Set(Figures { min, .. }), Given::Keep | Given::Clear) if open => {
            Ok(Figures { min, max: None, open_ended: true })
        }
        (Given::Keep, Given::Set(_), Given::Keep | Given::Clear) => Err("max is empty; write it, or yes in open_ended"),
        (Given::Keep, Given::Keep | Given::Clear, Given::Set(_) | Given::Clear) => Err("max is there, and min is empty"),
    };
    let checked = given.map_err(str::to_owned).and_then(|figures| match figures.max {
        Some(max) if max < figures.min => Err(format!("minimum {} is above maximum {}", grouped(figures.min), grouped(max))),
        Some(_) | None => Ok(figures),
    });
    match checked {
        Ok(figures) => Given::Set(figures),
        // What cannot be read is told already; that it is missing then is no news.
        Err(_) if !cells.problems.is_empty() => Given::Keep,
        Err(problem) => {
            cells.problems.push(problem);
            Given::Keep
        }
    }
}

fn yes(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "+" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(format!("open_ended {text:?} is not understood; write yes or no")),
    }
}

/// A currency, or the code that was probably meant.
pub(crate) fn currency(text: &str) -> Result<Currency, String> {
    let code = match text {
        "$" | "US$" | "USD$" | "Dollar" | "dollar" => Some("USD"),
        "€" | "Euro" | "euro" => Some("EUR"),
        "£" => Some("GBP"),
        "¥" => Some("JPY"),
        "₹" => Some("INR"),
        "₩" => Some("KRW"),
        "Fr." | "SFr." => Some("CHF"),
        _ => None,
    };
    match (text.to_uppercase().parse(), code) {
        (Ok(currency), _) => Ok(currency),
        (Err(_), Some(code)) => Err(format!("currency {text:?} is not a code; write {code}")),
        (Err(_), None) => Err(format!("currency {text:?} is not a code of ISO 4217, such as USD")),
    }
}
