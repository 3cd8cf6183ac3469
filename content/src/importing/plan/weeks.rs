//! The prep plan: the number of a week is its key, and weeks stand in the order of their numbers.

use super::super::page::Field;
use super::{Outcome, Planner, counted};
use crate::guide::Week;

impl Planner<'_> {
    pub(super) fn weeks(&mut self) {
        let said = &self.page.parts.weeks;
        let path = Field::PrepPlan.path();
        let before = &self.before.prep_plan;
        let mut weeks = before.clone();
        for said in said {
            let (number, text) = &said.value;
            self.place(&said.at, &path.at(number));
            if let Some(week) = weeks.iter_mut().find(|week| week.week == *number) {
                week.text.clone_from(text);
            } else {
                // Before the first later week: a plan whose order was changed by hand keeps it.
                let place = weeks.iter().position(|week| week.week > *number).unwrap_or(weeks.len());
                weeks.insert(place, Week { week: *number, text: text.clone() });
            }
        }
        let kept: Vec<&Week> = weeks.iter().filter(|week| before.iter().any(|old| old.week == week.week)).collect();
        let outcome = match (said.is_empty(), before.is_empty()) {
            (true, true) => Outcome::Missing,
            (true, false) => Outcome::Untouched,
            (false, false) if weeks == *before => Outcome::Same,
            (false, false) if kept.into_iter().eq(before) => Outcome::WouldAdd,
            (false, _) => Outcome::WouldSet,
        };
        let value = if weeks.is_empty() { String::new() } else { counted(weeks.len(), "week", "weeks") };
        let at: Vec<usize> = said.iter().flat_map(|said| said.at.iter().copied()).collect();
        self.tell(path, outcome, (&at, value));
        self.guide.prep_plan = weeks;
    }
}
