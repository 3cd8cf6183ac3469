//! The salary ranges: what the page says of a level replaces what was there; what it does not say stays.

use super::super::matching::Kind;
use super::super::page::{Field, Said};
use super::super::salaries::PageRange;
use super::lists::{listed, summary};
use super::merge::{Into, merge};
use super::{Outcome, Planner, outcome};
use crate::Period;
use crate::guide::{SalaryRange, limits};

impl Planner<'_> {
    pub(super) fn salaries(&mut self) {
        let said = &self.page.parts.ranges;
        let existing = &self.before.salary_ranges;
        let levels: Vec<&str> = said.iter().map(|range| range.level.value.as_str()).collect();
        let into = Into {
            existing,
            known: |range: &SalaryRange| (range.key.as_str(), range.level.as_str()),
            kind: Kind::Levels,
            most: limits::SALARY_RANGES,
        };
        let taken = &mut self.taken;
        let mut merged = merge(&into, &levels, |at, before| {
            let level = levels.get(at).copied().unwrap_or_default().to_owned();
            SalaryRange { level: level.clone(), ..before.cloned().unwrap_or_else(|| fresh(taken.from_title(&level))) }
        });
        let path = Field::SalaryRanges.path();
        let number = self.fields.len();
        let at: Vec<usize> = said.iter().flat_map(|range| range.level.at.iter().copied()).collect();
        self.tell(path.clone(), Outcome::Same, (&at, String::new()));
        for (range, place) in said.iter().zip(merged.places.clone()) {
            match place.and_then(|place| merged.items.get_mut(place)) {
                Some(target) => self.range(range, target),
                None => self.displace(&range.level.at),
            }
        }
        merged.kept = merged.kept && merged.items.iter().filter(|range| existing.iter().any(|old| old.key == range.key)).eq(existing);
        let outcome = listed(&merged, (said.is_empty(), existing.is_empty()));
        let value = summary(&merged, (said.len(), existing.len()), ("level", "levels"));
        if let Some(field) = self.fields.get_mut(number) {
            (field.outcome, field.value) = (outcome, value);
        }
        if merged.places.contains(&None) {
            self.why(&path, &format!("a guide has at most {} salary ranges", limits::SALARY_RANGES));
        }
        self.guide.salary_ranges = merged.items;
        self.as_of();
    }

    fn as_of(&mut self) {
        let path = Field::SalaryRanges.path().at("as_of");
        let said = self.page.parts.as_of.as_ref().filter(|_| !self.page.parts.ranges.is_empty());
        let months = |ranges: &[SalaryRange]| ranges.iter().map(|range| range.as_of).collect::<Vec<_>>();
        let (before, after) = (months(&self.before.salary_ranges), months(&self.guide.salary_ranges));
        let known = said.is_some() || self.page.parts.ranges.iter().any(|range| range.as_of.is_some());
        let outcome = outcome(&before, &after, before.iter().all(Option::is_none), known);
        let mut shown: Vec<String> = after.iter().flatten().map(ToString::to_string).collect();
        shown.dedup();
        let at = said.map(|said| said.at.clone()).unwrap_or_default();
        self.place(&at, &path);
        self.tell(path, outcome, (&at, shown.join(", ")));
    }

    fn range(&mut self, said: &PageRange, range: &mut SalaryRange) {
        let path = Field::SalaryRanges.path().at(&range.key);
        let before = self.before.salary_ranges.iter().find(|old| old.key == range.key);
        let at = &said.level.at;
        self.place(at, &path);
        let number = self.fields.len();
        self.tell(path.clone(), Outcome::Same, (at, String::new()));
        let figures = self.decide(&path.at("range"), &Said { value: &said.figures, at: at.clone() }, range.figures.as_ref(), &|figures| {
            (figures.to_string(), figures.to_string())
        });
        range.figures = figures.or(range.figures);
        match &said.currency {
            Some(currency) => {
                let currency =
                    self.decide(&path.at("currency"), &Said { value: currency, at: at.clone() }, range.currency.as_ref(), &|currency| {
                        (currency.to_string(), currency.to_string())
                    });
                range.currency = currency.or(range.currency);
            }
            None if range.currency.is_none() => {
                self.tell(path.at("currency"), Outcome::Missing, (&[], String::new()));
            }
            None => {}
        }
        match &said.basis {
            Some(basis) => {
                let basis = self.decide(&path.at("basis"), &Said { value: basis, at: at.clone() }, range.basis.as_ref(), &|basis| {
                    (basis.to_string(), basis.to_string())
                });
                range.basis = basis.or(range.basis);
            }
            None if range.basis.is_none() => {
                self.tell(path.at("basis"), Outcome::Missing, (&[], String::new()));
            }
            None => {}
        }
        range.note = said.note.clone().or(range.note.take());
        range.as_of = said.as_of.or(self.page.parts.as_of.as_ref().map(|said| said.value)).or(range.as_of);
        let outcome = before.map_or(Outcome::WouldSet, |old| if old == range { Outcome::Same } else { Outcome::WouldSet });
        if let Some(field) = self.fields.get_mut(number) {
            (field.outcome, field.value) = (outcome, shown(range));
        }
    }
}

fn fresh(key: crate::Key) -> SalaryRange {
    SalaryRange {
        key,
        level: String::new(),
        figures: None,
        currency: None,
        period: Period::Year,
        basis: None,
        note: None,
        source: None,
        as_of: None,
    }
}

/// `Staff, $210K-$260K+, base, bonus apart`.
fn shown(range: &SalaryRange) -> String {
    let figures = match (range.figures, range.currency) {
        (Some(figures), Some(currency)) => figures.display(currency),
        (Some(figures), None) => format!("{figures}, no currency"),
        (None, _) => "no figures".to_owned(),
    };
    let basis = range.basis.map(|basis| basis.to_string());
    let parts = [Some(range.level.clone()), Some(figures), basis, range.note.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
