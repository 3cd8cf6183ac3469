//! Places of a guide as they are typed: `loop.tech-screen.duration`. The short words of editors and the names of the schema mean the same.

mod assign;
mod item;
mod named;

use content::Key;
use content::changes::{At, List};
use content::guide::parts::Label;

use crate::code::Code;
use crate::fault::{Fault, Result};

pub(crate) use assign::assignment;
pub(crate) use item::{NewItem, new_item, parsed};
pub(crate) use named::{Unnamed, category, level};

/// A list of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListName {
    Rounds,
    Categories,
    Questions(Key),
    Salaries,
    Lines(List),
    Weeks,
}

/// The lists as they are typed, with those that take a key.
const LISTS: &str = "focus, loop, loop.ROUND.tips, questions, questions.CATEGORY, tips, red_flags, traits, salaries, plan, sources";

/// The one name of a field or list that has several.
pub(crate) fn plain(word: &str) -> &str {
    match word {
        "loop" | "rounds" => "interview_loop",
        "questions" | "categories" => "question_categories",
        "tips" => "insider_tips",
        "flags" | "red-flags" => "red_flags",
        "salaries" | "salary" => "salary_ranges",
        "plan" => "prep_plan",
        "focus" | "focus-areas" => "focus_areas",
        "verified" => "verified_on",
        other => other,
    }
}

/// A list as it is typed.
pub(crate) fn list(text: &str) -> Result<ListName> {
    let segments: Vec<&str> = text.split('.').collect();
    let unknown = || {
        let fault = Fault::new(Code::PlaceUnknown, format!("a guide has no list {text:?}"));
        fault.line(format!("  lists: {LISTS}")).next("greenroom help paths")
    };
    match segments.as_slice() {
        [first] => match plain(first) {
            "interview_loop" => Ok(ListName::Rounds),
            "question_categories" => Ok(ListName::Categories),
            "salary_ranges" => Ok(ListName::Salaries),
            "prep_plan" => Ok(ListName::Weeks),
            "focus_areas" => Ok(ListName::Lines(List::FocusAreas)),
            "insider_tips" => Ok(ListName::Lines(List::InsiderTips)),
            "red_flags" => Ok(ListName::Lines(List::RedFlags)),
            "traits" => Ok(ListName::Lines(List::Traits)),
            "sources" => Ok(ListName::Lines(List::Sources)),
            _ => Err(unknown()),
        },
        [first, round, "tips"] if plain(first) == "interview_loop" => Ok(ListName::Lines(List::Tips(key(round)?))),
        [first, category] | [first, category, "questions"] if plain(first) == "question_categories" => {
            Ok(ListName::Questions(key(category)?))
        }
        _ => Err(unknown()),
    }
}

/// A key as it is typed.
pub(crate) fn key(text: &str) -> Result<Key> {
    text.parse().map_err(|_| {
        let fault = Fault::new(Code::PlaceUnknown, format!("{text:?} is no key of an item"));
        fault.line("  Keys have small letters, digits and hyphens; show --ids prints them.").next("greenroom show NAME --ids")
    })
}

/// An item as it is typed: its key, alone or behind its list; of a week its number.
pub(crate) fn item(text: &str) -> Result<Label> {
    let segments: Vec<&str> = text.split('.').collect();
    let last = segments.last().copied().unwrap_or_default();
    if let [first, number] = segments.as_slice()
        && plain(first) == "prep_plan"
    {
        let week = number.parse().map_err(|_| Fault::new(Code::PlaceUnknown, format!("{number:?} is no week; right would be plan.3")))?;
        return Ok(Label::Week(week));
    }
    key(last).map(Label::Key)
}

/// Where something comes to stand.
#[derive(clap::Args, Clone, Debug)]
#[group(multiple = false)]
pub(crate) struct Where {
    /// Before this item, by its key
    #[arg(long, value_name = "ITEM")]
    before: Option<String>,
    /// Behind this item, by its key
    #[arg(long, value_name = "ITEM")]
    after: Option<String>,
    /// Before all others
    #[arg(long)]
    first: bool,
    /// Behind all others
    #[arg(long)]
    last: bool,
}

impl Where {
    /// The place; nothing if none was said.
    pub(crate) fn at(&self) -> Result<Option<At>> {
        Ok(match (&self.before, &self.after) {
            (Some(before), _) => Some(At::Before(item(before)?)),
            (None, Some(after)) => Some(At::After(item(after)?)),
            (None, None) if self.first => Some(At::First),
            (None, None) if self.last => Some(At::Last),
            (None, None) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use content::changes::List;
    use content::guide::parts::Label;

    use super::{ListName, item, list};

    #[test]
    fn lists_have_the_words_of_editors_and_of_the_schema() {
        assert_eq!(list("loop").unwrap(), ListName::Rounds);
        assert_eq!(list("interview_loop").unwrap(), ListName::Rounds);
        assert_eq!(list("tips").unwrap(), ListName::Lines(List::InsiderTips));
        assert_eq!(list("loop.tech-screen.tips").unwrap(), ListName::Lines(List::Tips("tech-screen".parse().unwrap())));
        assert_eq!(list("questions.coding").unwrap(), ListName::Questions("coding".parse().unwrap()));
        assert!(list("weights").unwrap_err().lines[0].contains("red_flags"));
    }

    #[test]
    fn an_item_is_named_alone_or_behind_its_list() {
        assert_eq!(item("tech-screen").unwrap(), Label::Key("tech-screen".parse().unwrap()));
        assert_eq!(item("loop.tech-screen").unwrap(), Label::Key("tech-screen".parse().unwrap()));
        assert_eq!(item("plan.3").unwrap(), Label::Week(3));
        assert!(item("plan.three").is_err());
    }
}
