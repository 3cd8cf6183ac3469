//! A value that is given to a place: `loop.tech-screen.duration=75m`; `...:=` empties it.

use content::Key;
use content::changes::{Change, Field, Patch, Revised, RevisedPay};

use super::{key, plain};
use crate::code::Code;
use crate::fault::{Fault, Result};

/// The change that an assignment means; `input` is what `-` stands for.
pub(crate) fn assignment(text: &str, input: &mut dyn FnMut() -> Result<String>) -> Result<Change> {
    let malformed = || {
        let fault = Fault::new(Code::PlaceUnknown, format!("{text:?} is no assignment"));
        fault.line("  Right would be path=value, or path:= to empty it.").next("greenroom help paths")
    };
    let (path, value) = text.split_once('=').ok_or_else(malformed)?;
    let empties = path.ends_with(':') && value.is_empty();
    let path = path.trim_end_matches(':').trim();
    let value = match value {
        _ if empties => None,
        "-" => Some(input()?),
        other => Some(other.to_owned()),
    };
    let segments: Vec<&str> = path.split('.').collect();
    Value { path, value }.change(&segments)
}

struct Value<'a> {
    path: &'a str,
    value: Option<String>,
}

impl Value<'_> {
    fn change(&self, segments: &[&str]) -> Result<Change> {
        let Some((first, rest)) = segments.split_first() else { return Err(self.unknown("")) };
        let changed = |revised| Ok(Change::Change(revised));
        match (plain(first), rest) {
            (field, []) => self.field(field).map(Change::Set),
            ("interview_loop", [round, field]) => changed(self.round(key(round)?, field)?),
            ("interview_loop", [_, "tips", line]) | ("focus_areas" | "insider_tips" | "red_flags" | "traits" | "sources", [line]) => {
                changed(Revised::Line { key: key(line)?, text: self.text()? })
            }
            ("question_categories", [category, field]) => changed(self.category(key(category)?, field)?),
            ("question_categories", [_, question, field] | [_, "questions", question, field]) => {
                changed(self.question(key(question)?, field)?)
            }
            ("salary_ranges", [level, field]) => changed(self.pay(key(level)?, field)?),
            ("prep_plan", [week] | [week, "text"]) => {
                let week = week.parse().map_err(|_| self.unknown("weeks by their number: plan.3"))?;
                changed(Revised::Week { week, text: self.text()? })
            }
            _ => Err(self.unknown("")),
        }
    }

    fn field(&self, field: &str) -> Result<Field> {
        match field {
            "name" => Ok(Field::Name(self.text()?)),
            "sample" => match self.value.as_deref() {
                Some("true" | "yes") => Ok(Field::Sample(true)),
                Some("false" | "no") | None => Ok(Field::Sample(false)),
                Some(_) => Err(self.misread("yes or no")),
            },
            "tier" => Ok(Field::Tier(self.parsed("the key of a tier, such as big-tech")?)),
            "highlights" => Ok(Field::Highlights(self.texts())),
            "verified_on" => Ok(Field::VerifiedOn(self.parsed("a day such as 2026-10-14")?)),
            _ => Err(self.unknown("name, sample, tier, highlights, verified_on")),
        }
    }

    fn round(&self, key: Key, field: &str) -> Result<Revised> {
        let blank = |key| Revised::Round { key, title: None, duration: Patch::Keep, focus: Patch::Keep };
        let Revised::Round { key, mut title, mut duration, mut focus } = blank(key) else { return Err(self.unknown("")) };
        match field {
            "title" => title = Some(self.text()?),
            "duration" => duration = self.patch("a duration such as 45m, 1h15m or 45m-60m")?,
            "focus" => focus = self.patch_texts(),
            _ => return Err(self.unknown("title, duration, focus")),
        }
        Ok(Revised::Round { key, title, duration, focus })
    }

    fn category(&self, key: Key, field: &str) -> Result<Revised> {
        match field {
            "name" => Ok(Revised::Category { key, name: Some(self.text()?), weight_percent: Patch::Keep }),
            "weight" => {
                let percent = |text: &str| text.trim().trim_end_matches('%').trim_end().parse::<i32>().ok();
                let weight_percent = match self.value.as_deref() {
                    None => Patch::Clear,
                    Some(text) => Patch::Set(percent(text).ok_or_else(|| self.misread("a percent such as 35%"))?),
                };
                Ok(Revised::Category { key, name: None, weight_percent })
            }
            _ => Err(self.unknown("name, weight")),
        }
    }

    fn question(&self, key: Key, field: &str) -> Result<Revised> {
        let (mut text, mut difficulty, mut tags, mut guidance) = (None, Patch::Keep, Patch::Keep, Patch::Keep);
        match field {
            "text" => text = Some(self.text()?),
            "difficulty" => difficulty = self.patch("easy, medium or hard")?,
            "tags" => tags = self.patch_texts(),
            "guidance" => guidance = self.value.clone().map_or(Patch::Clear, Patch::Set),
            _ => return Err(self.unknown("text, difficulty, tags, guidance")),
        }
        Ok(Revised::Question { key, text, difficulty, tags, guidance })
    }

    fn pay(&self, key: Key, field: &str) -> Result<Revised> {
        let mut pay = RevisedPay::default();
        match field {
            "level" => pay.level = Some(self.text()?),
            "range" => pay.figures = self.patch("figures such as 250k-330k or 480k+")?,
            "currency" => pay.currency = self.patch("a code such as USD")?,
            "period" => pay.period = self.parsed("year")?,
            "basis" => pay.basis = self.patch("total-compensation or base")?,
            "note" => pay.note = self.value.clone().map_or(Patch::Clear, Patch::Set),
            "source" => pay.source = self.value.clone().map_or(Patch::Clear, Patch::Set),
            "as_of" => pay.as_of = self.patch("a month such as 2026-10")?,
            _ => return Err(self.unknown("level, range, currency, period, basis, note, source, as_of")),
        }
        Ok(Revised::SalaryRange { key, pay })
    }

    fn text(&self) -> Result<String> {
        self.value.clone().ok_or_else(|| {
            let fault = Fault::new(Code::PlaceUnknown, format!("{} cannot be empty", self.path));
            fault.next(format!("greenroom company remove NAME {}", self.path))
        })
    }

    fn texts(&self) -> Vec<String> {
        let texts = self.value.iter().flat_map(|text| text.split(';')).map(str::trim).filter(|text| !text.is_empty());
        texts.map(str::to_owned).collect()
    }

    fn patch_texts(&self) -> Patch<Vec<String>> {
        if self.value.is_none() { Patch::Clear } else { Patch::Set(self.texts()) }
    }

    fn parsed<T: std::str::FromStr>(&self, right: &str) -> Result<Option<T>> {
        self.value.as_deref().map(|text| text.parse().map_err(|_| self.misread(right))).transpose()
    }

    fn patch<T: std::str::FromStr>(&self, right: &str) -> Result<Patch<T>> {
        Ok(self.parsed(right)?.map_or(Patch::Clear, Patch::Set))
    }

    fn misread(&self, right: &str) -> Fault {
        let found = self.value.as_deref().unwrap_or_default();
        Fault::new(Code::PlaceUnknown, format!("{}: {found:?} is not understood", self.path)).line(format!("  Right would be {right}."))
    }

    fn unknown(&self, fields: &str) -> Fault {
        let fault = Fault::new(Code::PlaceUnknown, format!("a guide has no place {:?}", self.path));
        let fault = if fields.is_empty() { fault } else { fault.line(format!("  fields there: {fields}")) };
        fault.next("greenroom help paths")
    }
}

#[cfg(test)]
mod tests {
    use content::changes::{Change, Field, Patch, Revised};

    use super::assignment;
    use crate::fault::Fault;

    fn read(text: &str) -> Result<Change, Fault> {
        assignment(text, &mut || Ok("from input".to_owned()))
    }

    #[test]
    fn a_place_gets_a_value_or_is_emptied() {
        let key = || "tech-screen".parse().unwrap();
        let round = |duration| Change::Change(Revised::Round { key: key(), title: None, duration, focus: Patch::Keep });
        assert_eq!(read("loop.tech-screen.duration=75m").unwrap(), round(Patch::Set("75m".parse().unwrap())));
        assert_eq!(read("interview_loop.tech-screen.duration:=").unwrap(), round(Patch::Clear));
        assert_eq!(read("name=-").unwrap(), Change::Set(Field::Name("from input".to_owned())));
        assert_eq!(read("highlights=One; Two").unwrap(), Change::Set(Field::Highlights(vec!["One".to_owned(), "Two".to_owned()])));
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        assert!(read("loop.tech-screen.duration=soon").unwrap_err().lines[0].contains("45m"));
        assert!(read("loop.tech-screen.length=75m").unwrap_err().lines[0].contains("duration"));
        assert!(read("name:=").unwrap_err().message.contains("cannot be empty"));
        assert!(read("name").unwrap_err().message.contains("assignment"));
        assert!(read("").is_err());
    }
}
