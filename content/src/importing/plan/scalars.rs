//! The name, the tier, and the day of the last check.

use super::super::matching::{alike, normal};
use super::super::page::{Doubt, Field, Reading, Said};
use super::{Outcome, Planner, outcome};
use crate::Key;
use crate::tier::Tier;

/// A tier that is less alike is not what a line means.
const NEAR: f32 = 0.5;

impl Planner<'_> {
    pub(super) fn scalars(&mut self) {
        self.name();
        self.tier();
        self.verified_on();
    }

    fn name(&mut self) {
        let said = self.page.parts.name.as_ref();
        if let Some(said) = said {
            self.guide.name.clone_from(&said.value);
        }
        let at = said.map(|said| said.at.clone()).unwrap_or_default();
        let outcome = outcome(&self.before.name, &self.guide.name, self.before.name.is_empty(), said.is_some());
        let value = self.guide.name.clone();
        self.tell(Field::Name.path(), outcome, (&at, value));
    }

    fn tier(&mut self) {
        let path = Field::Tier.path();
        let Some(said) = self.page.parts.tier.as_ref() else {
            let outcome = outcome(&0, &0, self.before.tier.is_none(), false);
            let value = self.before.tier.as_ref().map_or_else(String::new, |key| named(self.context.tiers, key).1);
            self.tell(path, outcome, (&[], value));
            return;
        };
        let reading = meant(self.context.tiers, &said.value);
        let tiers = self.context.tiers;
        let said = Said { value: &reading, at: said.at.clone() };
        let at = said.at.clone();
        let current = self.before.tier.clone();
        let chosen = self.decide(&path, &said, current.as_ref(), &|key| named(tiers, key));
        if let Some(key) = chosen {
            if matches!(reading, Reading::Sure(_)) {
                let outcome = if current.as_ref() == Some(&key) { Outcome::Same } else { Outcome::WouldSet };
                self.tell(path, outcome, (&at, named(tiers, &key).1));
            }
            self.guide.tier = Some(key);
        }
    }

    fn verified_on(&mut self) {
        let path = Field::VerifiedOn.path();
        let current = self.before.verified_on;
        let Some(said) = self.page.parts.verified_on.as_ref() else {
            let value = current.map_or_else(String::new, |day| day.to_string());
            self.tell(path, outcome(&0, &0, current.is_none(), false), (&[], value));
            return;
        };
        let chosen = self
            .decide(&path, &Said { value: &said.value, at: said.at.clone() }, current.as_ref(), &|day| (day.to_string(), day.to_string()));
        if let Some(day) = chosen {
            if matches!(said.value, Reading::Sure(_)) {
                let outcome = if current == Some(day) { Outcome::Same } else { Outcome::WouldSet };
                self.tell(path, outcome, (&said.at, day.to_string()));
            }
            self.guide.verified_on = Some(day);
        }
    }
}

fn named(tiers: &[Tier], key: &Key) -> (String, String) {
    let tier = tiers.iter().find(|tier| tier.key == *key);
    (key.to_string(), tier.map_or_else(|| key.to_string(), |tier| tier.name.clone()))
}

/// The tier of this name or key; otherwise all tiers by how well they fit.
fn meant(tiers: &[Tier], text: &str) -> Reading<Key> {
    let folded = normal(text);
    let forms = |tier: &Tier| [normal(&tier.name), normal(tier.key.as_str())];
    let mut exact = tiers.iter().filter(|tier| forms(tier).contains(&folded));
    if let (Some(tier), None) = (exact.next(), exact.next()) {
        return Reading::Sure(tier.key.clone());
    }
    let likeness = |tier: &Tier| forms(tier).iter().map(|form| nearness(form, &folded)).fold(0.0, f32::max);
    let mut scored: Vec<(f32, &Tier)> = tiers.iter().map(|tier| (likeness(tier), tier)).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.position.cmp(&other.1.position)));
    let near = scored.iter().any(|(score, _)| *score >= NEAR);
    let why = if near { "it is nearly the name of a tier" } else { "it is the name of no tier" };
    let choices = scored.iter().map(|(score, tier)| (tier.key.clone(), percent(*score))).collect();
    Reading::Unsure(Doubt { said: text.to_owned(), why: why.to_owned(), choices })
}

/// How near a tier's name is: as a whole, or standing inside of a sentence.
fn nearness(form: &str, folded: &str) -> f32 {
    let inside = format!(" {folded} ").contains(&format!(" {form} "));
    let words = form.split(' ').count();
    let shared = form.split(' ').filter(|word| folded.split(' ').any(|other| other == *word)).count();
    #[expect(clippy::cast_precision_loss, reason = "a name has a few words")]
    let shared = shared as f32 / words.max(1) as f32;
    if inside { 0.9 } else { alike(form, folded).max(shared * 0.7) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 99")]
fn percent(score: f32) -> u8 {
    (score * 100.0).clamp(0.0, 99.0) as u8
}
