//! The last look: a plan never makes a guide that cannot be saved. A field that would is left as it was, and that is said.

use std::collections::BTreeSet;

use super::super::page::Field;
use super::{Outcome, Planner};
use crate::finding::Level;
use crate::guide::{Guide, rules};

/// How a field is carried from one guide to another.
type Carry = fn(&mut Guide, &Guide);

/// Every field, the small ones first: if a guide is too large, it is the long lists that stay out.
const FIELDS: &[(Field, Carry)] = &[
    (Field::Name, |to, from| to.name.clone_from(&from.name)),
    (Field::Tier, |to, from| to.tier.clone_from(&from.tier)),
    (Field::Highlights, |to, from| to.highlights.clone_from(&from.highlights)),
    (Field::VerifiedOn, |to, from| to.verified_on = from.verified_on),
    (Field::InterviewLoop, |to, from| to.interview_loop.clone_from(&from.interview_loop)),
    (Field::QuestionCategories, |to, from| to.question_categories.clone_from(&from.question_categories)),
    (Field::SalaryRanges, |to, from| to.salary_ranges.clone_from(&from.salary_ranges)),
    (Field::PrepPlan, |to, from| to.prep_plan.clone_from(&from.prep_plan)),
    (Field::FocusAreas, |to, from| to.focus_areas.clone_from(&from.focus_areas)),
    (Field::Traits, |to, from| to.traits.clone_from(&from.traits)),
    (Field::RedFlags, |to, from| to.red_flags.clone_from(&from.red_flags)),
    (Field::InsiderTips, |to, from| to.insider_tips.clone_from(&from.insider_tips)),
    (Field::Sources, |to, from| to.sources.clone_from(&from.sources)),
];

impl Planner<'_> {
    pub(super) fn savable(&mut self) {
        let tiers = self.context.tiers.iter().map(|tier| tier.key.clone()).collect();
        let before = stops(self.before, &tiers);
        if stops(&self.guide, &tiers).is_subset(&before) {
            return;
        }
        let mut guide = self.before.clone();
        for (field, carry) in FIELDS {
            carry(&mut guide, &self.guide);
            if stops(&guide, &tiers).is_subset(&before) {
                continue;
            }
            carry(&mut guide, self.before);
            self.refuse(*field);
        }
        self.guide = guide;
    }

    fn refuse(&mut self, field: Field) {
        let path = field.path();
        let start = format!("{path}.");
        let at: Vec<usize> = (0..self.lines.len())
            .filter(|at| {
                self.lines.get(*at).is_some_and(|line| match &line.fate {
                    super::Fate::Field(place) => *place == path || place.to_string().starts_with(&start),
                    super::Fate::SetAside(_) | super::Fate::NotPlaced => false,
                })
            })
            .collect();
        self.displace(&at);
        self.why(&path, "with what the page says the guide could not be saved");
        let fields = self.fields.iter_mut().filter(|plan| plan.path == path || plan.path.to_string().starts_with(&start));
        for plan in fields.filter(|plan| matches!(plan.outcome, Outcome::WouldSet | Outcome::WouldAdd)) {
            plan.outcome = Outcome::Unsure;
        }
    }
}

/// What stops saving, by code and place.
fn stops(guide: &Guide, tiers: &BTreeSet<crate::Key>) -> BTreeSet<(crate::code::Code, String)> {
    let findings = rules::check(guide, tiers).0.into_iter().filter(|finding| finding.level == Level::Saving);
    findings.map(|finding| (finding.code, finding.path.to_string())).collect()
}
