//! What the rows of a table would change in their guides: which change, which say it already, and what is in the way. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};

use content::changes::Change;
use content::finding::{Findings, Level};
use content::guide::keys::Taken;
use content::guide::{Guide, rules};
use serde::{Deserialize, Serialize};

use super::pages::{GUIDES, of_slugs};
use super::rows::{Item, Row};
use crate::client::Client;
use crate::documents::company::{CompanyFilter, CompanyState, ListQuery, ListVariables};
use crate::fault::Result;
use crate::guides::Held;
use crate::room::Room;
use crate::settings::fresh_id;
use crate::sheet::nearest;

/// What one guide shall get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    /// The company, by its slug.
    pub(crate) company: String,
    /// The operation that does it: fixed before it is done.
    pub(crate) operation: String,
    pub(crate) items: Vec<Item>,
}

/// What came of planning.
#[derive(Debug, Default)]
pub(super) struct Planned {
    /// What would change.
    pub(super) tasks: Vec<Task>,
    /// The guides that say it already.
    pub(super) same: Vec<String>,
    /// The companies that have a row with a problem; nothing of them is done.
    pub(super) bad: BTreeSet<String>,
}

/// Plans what rows would change; what is in the way is noted at the rows.
pub(super) async fn plan(room: &Room, rows: &mut [Row<'_>]) -> Result<Planned> {
    let client = room.client().await?;
    let companies = companies(rows);
    // Reading is quick: a bar is for those who watch, and a log needs no lines about it.
    let bar = room.ui.watched.then(|| room.ui.bar("guides read", companies.len()));
    let (mut planned, mut unknown) = (Planned::default(), Vec::new());
    for (number, page) in companies.chunks(GUIDES).enumerate() {
        let slugs: Vec<String> = page.iter().map(|(slug, _)| slug.clone()).collect();
        let held = of_slugs(client, &slugs).await?;
        for (slug, places) in page {
            match held.get(slug) {
                Some(held) => one(held, places, rows, &mut planned),
                None => unknown.push(slug.clone()),
            }
        }
        if let Some(bar) = &bar {
            bar.to(u64::try_from(number * GUIDES + page.len()).unwrap_or_default());
        }
    }
    if let Some(bar) = bar {
        bar.end();
    }
    if !unknown.is_empty() {
        let known = slugs(client).await?;
        for row in rows.iter_mut().filter(|row| unknown.contains(&row.company)) {
            let close =
                nearest(&row.company, known.iter().map(String::as_str)).map(|close| format!("; close: {close}")).unwrap_or_default();
            row.problems.push(format!("no guide is called {:?}{close}", row.company));
        }
    }
    planned.bad = rows.iter().filter(|row| !row.problems.is_empty()).map(|row| row.company.clone()).collect();
    Ok(planned)
}

/// The companies in the order of the table, each with the places of its rows.
fn companies(rows: &[Row<'_>]) -> Vec<(String, Vec<usize>)> {
    let (mut order, mut places): (Vec<String>, BTreeMap<&str, Vec<usize>>) = (Vec::new(), BTreeMap::new());
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| !row.company.is_empty()) {
        let of = places.entry(&row.company).or_default();
        if of.is_empty() {
            order.push(row.company.clone());
        }
        of.push(place);
    }
    order
        .into_iter()
        .map(|slug| {
            let of = places.remove(slug.as_str()).unwrap_or_default();
            (slug, of)
        })
        .collect()
}

fn one(held: &Held, places: &[usize], rows: &mut [Row<'_>], planned: &mut Planned) {
    for place in places {
        let Some(row) = rows.get_mut(*place) else { continue };
        if held.state == CompanyState::Archived {
            row.problems.push(format!("{} is archived; restore it first", held.slug));
        } else if let Err(problem) = changed(&held.guide, std::slice::from_ref(&row.item)) {
            row.problems.push(problem);
        }
    }
    let of: Vec<&Row<'_>> = places.iter().filter_map(|place| rows.get(*place)).collect();
    if of.iter().any(|row| !row.problems.is_empty()) {
        return;
    }
    let items: Vec<Item> = of.iter().map(|row| row.item.clone()).collect();
    match changed(&held.guide, &items) {
        Ok(None) => planned.same.push(held.slug.clone()),
        Ok(Some(_)) => planned.tasks.push(Task { company: held.slug.clone(), operation: fresh_id().to_string(), items }),
        // Each row alone could be done: it is their number that the guide cannot hold.
        Err(problem) => {
            if let Some(row) = places.last().and_then(|place| rows.get_mut(*place)) {
                row.problems.push(problem);
            }
        }
    }
}

/// The guide with these items; nothing if it says so already.
pub(super) fn changed(guide: &Guide, items: &[Item]) -> Result<Option<Guide>, String> {
    let wanted = items.iter().map(|item| item.change(guide)).collect::<Result<Vec<Change>, String>>()?;
    let mut taken = Taken::new(guide.keys().cloned());
    let after = content::changes::apply(guide, &wanted, &mut taken)
        .map_err(|error| if let content::Error::Findings(findings) = &error { words(findings) } else { error.to_string() })?;
    // Which tiers there are only the server knows; the rows say nothing of them.
    let findings = rules::check(&after.guide, &guide.tier.iter().cloned().collect());
    if findings.stop(Level::Saving) { Err(words(&findings)) } else { Ok(Some(after.guide).filter(|after| after != guide)) }
}

fn words(findings: &Findings) -> String {
    let stopping = findings.0.iter().filter(|finding| finding.level == Level::Saving);
    stopping.map(|finding| format!("{}: {}", finding.path, finding.message())).collect::<Vec<_>>().join("; ")
}

/// The slugs of all companies, for hints.
async fn slugs(client: &Client) -> Result<Vec<String>> {
    let (mut slugs, mut after) = (Vec::new(), None);
    loop {
        let variables = ListVariables { first: 100, after, filter: None::<CompanyFilter>, order: None };
        let ListQuery { companies } = client.ask(variables).await?;
        slugs.extend(companies.nodes.into_iter().map(|company| company.slug));
        if !companies.page_info.has_next_page {
            return Ok(slugs);
        }
        after = companies.page_info.end_cursor;
    }
}

#[cfg(test)]
mod tests {
    use content::Period;
    use content::guide::{Category, Guide, SalaryRange};

    use super::changed;
    use crate::job::Kind;
    use crate::job::rows::{Item, rows};
    use crate::sheet::{Sheet, Written};

    fn guide() -> Guide {
        let range = SalaryRange {
            key: "h3".parse().unwrap(),
            level: "H3, Engineer".to_owned(),
            figures: Some("150k-190k".parse().unwrap()),
            currency: Some("USD".parse().unwrap()),
            period: Period::Year,
            basis: None,
            note: Some("Wide".to_owned()),
            source: None,
            as_of: None,
        };
        let category =
            Category { key: "coding".parse().unwrap(), name: "Coding".to_owned(), weight_percent: Some(100), questions: Vec::new() };
        Guide { name: "Acorn".to_owned(), salary_ranges: vec![range], question_categories: vec![category], ..Guide::default() }
    }

    fn items(kind: Kind, text: &str, adds: bool) -> Vec<Item> {
        let sheet = Sheet::read("q4.csv", text.as_bytes(), kind.fields(), &Written::default()).unwrap();
        let rows = rows(kind, &sheet, adds);
        assert!(rows.iter().all(|row| row.problems.is_empty()), "{rows:?}");
        rows.into_iter().map(|row| row.item).collect()
    }

    #[test]
    fn an_empty_cell_keeps_and_a_hyphen_empties() {
        let items = items(Kind::Salaries, "company,level,range,note,currency\nacorn,h3,160k-190k,-,\n", false);
        let after = changed(&guide(), &items).unwrap().unwrap();
        let range = &after.salary_ranges[0];
        assert_eq!((range.figures.unwrap().to_string().as_str(), &range.note, range.currency.is_some()), ("160k-190k", &None, true));
        assert_eq!(changed(&after, &items), Ok(None));
    }

    #[test]
    fn a_level_that_is_not_there_is_told_or_added() {
        let text = "company,level,range\nacorn,H4,1k-2k\n";
        assert!(changed(&guide(), &items(Kind::Salaries, text, false)).unwrap_err().contains("--add-levels"));
        let after = changed(&guide(), &items(Kind::Salaries, text, true)).unwrap().unwrap();
        assert_eq!(after.salary_ranges.iter().map(|range| range.key.as_str()).collect::<Vec<_>>(), ["h3", "h4"]);
    }

    #[test]
    fn a_question_is_added_once_and_then_changed() {
        let text = "company,category,text,difficulty,tags\nacorn,Coding,Merge k logs,easy,logs; heaps\n";
        let first = changed(&guide(), &items(Kind::Questions, text, true)).unwrap().unwrap();
        let harder = items(Kind::Questions, &text.replace("easy", "HARD"), true);
        let second = changed(&first, &harder).unwrap().unwrap();
        let questions = &second.question_categories[0].questions;
        assert_eq!((questions.len(), questions[0].tags.len(), questions[0].difficulty), (1, 2, Some(content::Difficulty::Hard)));
    }

    #[test]
    fn what_the_rules_refuse_is_told_before_anything_is_sent() {
        let text = format!("company,level,note\nacorn,H3,{}\n", "long ".repeat(120));
        assert!(changed(&guide(), &items(Kind::Salaries, &text, false)).unwrap_err().contains("salary_ranges.h3.note"));
    }
}
