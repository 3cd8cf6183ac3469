//! An item of a guide as people call it: by its key or by its name. What is not there is told with what is.

use content::fold::fold;
use content::guide::{Category, Guide, SalaryRange};

/// Why a text names no item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unnamed {
    /// There is no such item.
    #[error("{0}")]
    Absent(String),
    /// There are several.
    #[error("{0}")]
    Several(String),
}

/// A level: by its key, by its whole name, or by what stands before the first comma of it (`H3` for `H3, Engineer`).
pub(crate) fn level<'a>(guide: &'a Guide, text: &str) -> Result<&'a SalaryRange, Unnamed> {
    let names = |range: &'a SalaryRange| (range.key.as_str(), range.level.as_str());
    let known: Vec<&str> = guide.salary_ranges.iter().map(|range| range.level.as_str()).collect();
    let known = if known.is_empty() { "it has no levels at all".to_owned() } else { format!("levels: {}", known.join("; ")) };
    one(&guide.salary_ranges, text, names).map_err(|unnamed| unnamed.told("level", text, &known))
}

/// A category of questions.
pub(crate) fn category<'a>(guide: &'a Guide, text: &str) -> Result<&'a Category, Unnamed> {
    let names = |category: &'a Category| (category.key.as_str(), category.name.as_str());
    let known: Vec<&str> = guide.question_categories.iter().map(|category| category.key.as_str()).collect();
    let known = if known.is_empty() { "it has no categories at all".to_owned() } else { format!("categories: {}", known.join(", ")) };
    one(&guide.question_categories, text, names).map_err(|unnamed| unnamed.told("category", text, &known))
}

impl Unnamed {
    fn told(self, what: &str, text: &str, known: &str) -> Self {
        match self {
            Self::Absent(_) => Self::Absent(format!("this guide has no {what} {text:?}; {known}")),
            Self::Several(keys) => Self::Several(format!("{text:?} may be {keys}; give the key")),
        }
    }
}

fn one<'a, T>(items: &'a [T], text: &str, names: impl Fn(&'a T) -> (&'a str, &'a str)) -> Result<&'a T, Unnamed> {
    match find(items, text, &names).as_slice() {
        [found] => Ok(found),
        [] => Err(Unnamed::Absent(String::new())),
        several => Err(Unnamed::Several(several.iter().map(|item| names(item).0).collect::<Vec<_>>().join(" or "))),
    }
}

/// The items that a text means: the one with this key, else those with this name, else those whose name begins with it and a comma.
fn find<'a, T>(items: &'a [T], text: &str, names: &impl Fn(&'a T) -> (&'a str, &'a str)) -> Vec<&'a T> {
    let wanted = fold(text);
    let begin = |name: &str| fold(name.split(',').next().unwrap_or_default());
    // How near an item is: 0 by its key, 1 by its name, 2 by the beginning of it.
    let near = |item: &'a T| match names(item) {
        (key, _) if key == text.trim() => Some(0),
        (_, name) if fold(name) == wanted => Some(1),
        (_, name) if begin(name) == wanted => Some(2),
        _ => None,
    };
    let nearest = items.iter().filter_map(near).min();
    items.iter().filter(|item| nearest.is_some() && near(item) == nearest).collect()
}

#[cfg(test)]
mod tests {
    use content::Period;
    use content::guide::{Guide, SalaryRange};

    use super::level;

    fn guide(levels: &[(&str, &str)]) -> Guide {
        let range = |(key, level): &(&str, &str)| SalaryRange {
            key: key.parse().unwrap(),
            level: (*level).to_owned(),
            figures: None,
            currency: None,
            period: Period::Year,
            basis: None,
            note: None,
            source: None,
            as_of: None,
        };
        Guide { salary_ranges: levels.iter().map(range).collect(), ..Guide::default() }
    }

    #[test]
    fn a_level_is_found_by_what_people_call_it() {
        let guide = guide(&[("h3-engineer", "H3, Engineer"), ("h4", "H4, Engineer II"), ("staff", "Staff"), ("staff-2", "Staff")]);
        for (text, key) in [("h3-engineer", "h3-engineer"), ("H3", "h3-engineer"), ("h4, engineer ii", "h4"), ("staff", "staff")] {
            assert_eq!(level(&guide, text).unwrap().key.as_str(), key, "{text}");
        }
        assert!(level(&guide, "STAFF").unwrap_err().to_string().contains("staff or staff-2"));
        assert!(level(&guide, "A9").unwrap_err().to_string().contains("levels: H3, Engineer; H4"));
    }
}
