//! The categories of questions: both keep their keys, and a question keeps its difficulty, tags and guidance.

use super::super::matching::Kind;
use super::super::page::{Field, Said};
use super::super::questions::PageCategory;
use super::lists::{listed, summary};
use super::merge::{Into, merge};
use super::{Outcome, Planner, counted};
use crate::guide::{Category, Question, limits};

impl Planner<'_> {
    pub(super) fn categories(&mut self) {
        let said = &self.page.parts.categories;
        let existing = &self.before.question_categories;
        let names: Vec<&str> = said.iter().map(|category| category.name.value.as_str()).collect();
        let into = Into {
            existing,
            known: |category: &Category| (category.key.as_str(), category.name.as_str()),
            kind: Kind::Titles,
            most: limits::CATEGORIES,
        };
        let taken = &mut self.taken;
        let mut merged = merge(&into, &names, |at, before| {
            let name = names.get(at).copied().unwrap_or_default().to_owned();
            let fresh = || Category { key: taken.from_title(&name), name: String::new(), weight_percent: None, questions: Vec::new() };
            Category { name: name.clone(), ..before.cloned().unwrap_or_else(fresh) }
        });
        let path = Field::QuestionCategories.path();
        let number = self.fields.len();
        let at: Vec<usize> = said.iter().flat_map(lines).collect();
        self.tell(path.clone(), Outcome::Same, (&at, String::new()));
        for (category, place) in said.iter().zip(merged.places.clone()) {
            match place.and_then(|place| merged.items.get_mut(place)) {
                Some(target) => self.category(category, target),
                None => self.displace(&lines(category)),
            }
        }
        merged.kept = merged.kept && merged.items.iter().filter(|category| existing.iter().any(|old| old.key == category.key)).eq(existing);
        let outcome = listed(&merged, (said.is_empty(), existing.is_empty()));
        let mut value = summary(&merged, (said.len(), existing.len()), ("category", "categories"));
        if !said.is_empty() {
            value = format!("{value}, {}", weights(&merged.items));
        }
        if let Some(field) = self.fields.get_mut(number) {
            (field.outcome, field.value) = (outcome, value);
        }
        if merged.places.contains(&None) {
            self.why(&path, &format!("a guide has at most {} categories", limits::CATEGORIES));
        }
        self.guide.question_categories = merged.items;
    }

    fn category(&mut self, said: &PageCategory, category: &mut Category) {
        let path = Field::QuestionCategories.path().at(&category.key);
        let before = self.before.question_categories.iter().find(|old| old.key == category.key);
        self.place(&said.name.at, &path.at("name"));
        let number = self.fields.len();
        self.tell(path.clone(), Outcome::Same, (&lines(said), String::new()));
        let spot = path.at("weight");
        match &said.weight {
            None if category.weight_percent.is_none() => {
                self.tell(spot, Outcome::Missing, (&[], String::new()));
            }
            None => {}
            Some(weight) => {
                let own: Vec<usize> = weight.at.iter().copied().filter(|at| !said.name.at.contains(at)).collect();
                self.place(&own, &spot);
                let current = category.weight_percent;
                let reading = Said { value: &weight.value, at: weight.at.clone() };
                if let Some(weight) = self.decide(&spot, &reading, current.as_ref(), &|weight| (weight.to_string(), format!("{weight} %")))
                {
                    category.weight_percent = Some(weight);
                }
            }
        }
        self.questions(said, category);
        let outcome = before.map_or(Outcome::WouldSet, |old| if old == category { Outcome::Same } else { Outcome::WouldSet });
        let weight = category.weight_percent.map_or_else(|| "no weight".to_owned(), |weight| format!("{weight} %"));
        let value = format!("{}, {weight}, {}", category.name, counted(category.questions.len(), "question", "questions"));
        if let Some(field) = self.fields.get_mut(number) {
            (field.outcome, field.value) = (outcome, value);
        }
    }

    fn questions(&mut self, said: &PageCategory, category: &mut Category) {
        let path = Field::QuestionCategories.path().at(&category.key).at("questions");
        let texts: Vec<&str> = said.questions.iter().map(|said| said.value.as_str()).collect();
        let existing = std::mem::take(&mut category.questions);
        let into = Into {
            existing: &existing,
            known: |question: &Question| (question.key.as_str(), question.text.as_str()),
            kind: Kind::Texts,
            most: limits::QUESTIONS,
        };
        let taken = &mut self.taken;
        let merged = merge(&into, &texts, |at, before| {
            let text = texts.get(at).copied().unwrap_or_default();
            let fresh = || Question { key: taken.from_text(text), text: String::new(), difficulty: None, tags: Vec::new(), guidance: None };
            Question { text: text.to_owned(), ..before.cloned().unwrap_or_else(fresh) }
        });
        for (said, place) in said.questions.iter().zip(&merged.places) {
            match place.and_then(|place| merged.items.get(place)) {
                Some(question) => self.place(&said.at, &path.at(&question.key)),
                None => self.displace(&said.at),
            }
        }
        category.questions = merged.items;
    }
}

fn lines(category: &PageCategory) -> Vec<usize> {
    let texts = [&category.name].into_iter().chain(&category.questions).flat_map(|said| said.at.iter().copied());
    texts.chain(category.weight.iter().flat_map(|said| said.at.iter().copied())).collect()
}

/// `weights 35+25+25+15 = 100 %`, as far as they are known.
fn weights(categories: &[Category]) -> String {
    let weights: Vec<i32> = categories.iter().filter_map(|category| category.weight_percent).collect();
    let sum: i32 = weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight));
    let shown: Vec<String> = weights.iter().map(ToString::to_string).collect();
    if weights.is_empty() { "no weights".to_owned() } else { format!("weights {} = {sum} %", shown.join("+")) }
}
