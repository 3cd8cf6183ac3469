//! A new item of a list, from the flags of the command that adds it. A flag that the item has no field for is told, not passed over.

use clap::Args;
use content::changes::{New, Pay};
use content::{Key, Period};

use super::{ListName, key};
use crate::code::Code;
use crate::fault::{Fault, Result};

/// The fields of a new item, of whatever kind it is.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "The item")]
pub(crate) struct NewItem {
    /// What a line, a question or a week says
    #[arg(long)]
    text: Option<String>,
    /// What a round, a category or a level is called
    #[arg(long, visible_aliases = ["name", "level"])]
    title: Option<String>,
    /// How long a round takes: 45m, 45m-60m
    #[arg(long)]
    duration: Option<String>,
    /// What a round is about; again for more
    #[arg(long)]
    focus: Vec<String>,
    /// The share of a category: 30%
    #[arg(long)]
    weight: Option<String>,
    /// How hard a question is: easy, medium, hard
    #[arg(long)]
    difficulty: Option<String>,
    /// What a question is found by; again for more
    #[arg(long)]
    tag: Vec<String>,
    /// What a good answer shows
    #[arg(long)]
    guidance: Option<String>,
    /// What a level is paid: 250k-330k, 480k+
    #[arg(long)]
    range: Option<String>,
    /// In which currency: USD
    #[arg(long)]
    currency: Option<String>,
    /// What is counted: total-compensation, base
    #[arg(long)]
    basis: Option<String>,
    /// A remark about a level
    #[arg(long)]
    note: Option<String>,
    /// Who says so
    #[arg(long)]
    source: Option<String>,
    /// Of which month the figures are: 2026-10
    #[arg(long)]
    as_of: Option<String>,
    /// Which week
    #[arg(long)]
    week: Option<i32>,
    /// Its key; made from the title or the text if it is not said
    #[arg(long)]
    key: Option<String>,
}

/// The item that the flags mean for this list, with its key if one was given.
pub(crate) fn new_item(list: &ListName, fields: &NewItem) -> Result<(New, Option<Key>)> {
    let (item, taken): (New, &[&str]) = match list {
        ListName::Rounds => {
            let title = fields.title("title")?;
            let duration = parsed("duration", fields.duration.as_deref(), "45m, 1h15m or 45m-60m")?;
            (New::Round { title, duration, focus: fields.focus.clone() }, &["title", "duration", "focus"])
        }
        ListName::Categories => {
            let weight = fields.weight.as_deref().map(|text| text.trim_end_matches('%').trim());
            let weight_percent = parsed("weight", weight, "35%")?;
            (New::Category { name: fields.title("title")?, weight_percent }, &["title", "weight"])
        }
        ListName::Questions(category) => {
            let difficulty = parsed("difficulty", fields.difficulty.as_deref(), "easy, medium or hard")?;
            let (category, text) = (category.clone(), fields.text("text")?);
            let question = New::Question { category, text, difficulty, tags: fields.tag.clone(), guidance: fields.guidance.clone() };
            (question, &["text", "difficulty", "tag", "guidance"])
        }
        ListName::Salaries => (New::SalaryRange(fields.pay()?), &["title", "range", "currency", "basis", "note", "source", "as-of"]),
        ListName::Lines(list) => (New::Line { list: list.clone(), text: fields.text("text")? }, &["text"]),
        ListName::Weeks => {
            let week = fields.week.ok_or_else(|| missing("week"))?;
            (New::Week { week, text: fields.text("text")? }, &["week", "text"])
        }
    };
    if let Some(flag) = fields.given().into_iter().find(|flag| !taken.contains(flag)) {
        let fault = Fault::new(Code::PlaceUnknown, format!("an item of this list has no --{flag}"));
        return Err(fault.line(format!("  It has: {}", taken.iter().map(|flag| format!("--{flag}")).collect::<Vec<_>>().join(", "))));
    }
    Ok((item, fields.key.as_deref().map(key).transpose()?))
}

impl NewItem {
    /// The flags that were given, but for the key.
    fn given(&self) -> Vec<&'static str> {
        let flags = [
            ("text", self.text.is_some()),
            ("title", self.title.is_some()),
            ("duration", self.duration.is_some()),
            ("focus", !self.focus.is_empty()),
            ("weight", self.weight.is_some()),
            ("difficulty", self.difficulty.is_some()),
            ("tag", !self.tag.is_empty()),
            ("guidance", self.guidance.is_some()),
            ("range", self.range.is_some()),
            ("currency", self.currency.is_some()),
            ("basis", self.basis.is_some()),
            ("note", self.note.is_some()),
            ("source", self.source.is_some()),
            ("as-of", self.as_of.is_some()),
            ("week", self.week.is_some()),
        ];
        flags.into_iter().filter(|(_, given)| *given).map(|(flag, _)| flag).collect()
    }

    fn title(&self, flag: &str) -> Result<String> {
        self.title.clone().ok_or_else(|| missing(flag))
    }

    fn text(&self, flag: &str) -> Result<String> {
        self.text.clone().ok_or_else(|| missing(flag))
    }

    fn pay(&self) -> Result<Pay> {
        Ok(Pay {
            level: self.title("title")?,
            figures: parsed("range", self.range.as_deref(), "250k-330k or 480k+")?,
            currency: parsed("currency", self.currency.as_deref(), "a code such as USD")?,
            period: Period::Year,
            basis: parsed("basis", self.basis.as_deref(), "total-compensation or base")?,
            note: self.note.clone(),
            source: self.source.clone(),
            as_of: parsed("as-of", self.as_of.as_deref(), "a month such as 2026-10")?,
        })
    }
}

/// A value, or what would be right.
pub(crate) fn parsed<T: std::str::FromStr>(flag: &str, text: Option<&str>, right: &str) -> Result<Option<T>> {
    let misread = |text: &str| {
        Fault::new(Code::PlaceUnknown, format!("--{flag} {text:?} is not understood")).line(format!("  Right would be {right}."))
    };
    text.map(|text| text.parse().map_err(|_| misread(text))).transpose()
}

fn missing(flag: &str) -> Fault {
    Fault::new(Code::Usage, format!("an item of this list needs --{flag}"))
}

#[cfg(test)]
mod tests {
    use content::changes::New;

    use super::{NewItem, new_item};
    use crate::place::list;

    #[test]
    fn a_flag_that_the_item_does_not_have_is_told() {
        let fields = NewItem { title: Some("Lunch".to_owned()), weight: Some("30%".to_owned()), ..NewItem::default() };
        assert!(new_item(&list("loop").unwrap(), &fields).unwrap_err().message.contains("--weight"));
        assert!(new_item(&list("plan").unwrap(), &fields).unwrap_err().message.contains("--week"));
        let (item, key) = new_item(&list("questions").unwrap(), &fields).unwrap();
        assert!(matches!(item, New::Category { weight_percent: Some(30), .. }) && key.is_none());
    }
}
