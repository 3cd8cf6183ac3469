//! A value that is unsure becomes a question; an answer makes it sure.

use super::super::page::{Reading, Said};
use super::{Choice, LEAVE, Outcome, Planner};
use crate::finding::{Path, quoted};

/// A value as its choices name it: the id of the choice, and its label for people.
pub(super) type Named<'a, T> = &'a dyn Fn(&T) -> (String, String);

impl Planner<'_> {
    /// What to write: the sure value, the one that was answered, or nothing. An unsure one is told as a field of its own.
    pub(super) fn decide<T: Clone + PartialEq>(
        &mut self,
        path: &Path,
        said: &Said<&Reading<T>>,
        current: Option<&T>,
        named: Named<'_, T>,
    ) -> Option<T> {
        let doubt = match said.value {
            Reading::Sure(value) => return Some(value.clone()),
            Reading::Unsure(doubt) => doubt,
        };
        let question = path.to_string();
        let answer = self.context.answers.get(&question);
        let chosen =
            answer.and_then(|answer| doubt.choices.iter().find(|(value, _)| named(value).0 == *answer)).map(|(value, _)| value.clone());
        let left = answer.is_some_and(|answer| answer == LEAVE);
        let outcome = match (&chosen, left) {
            (Some(value), _) if current == Some(value) => Outcome::Same,
            (Some(_), _) => Outcome::WouldSet,
            (None, true) if current.is_some() => Outcome::Untouched,
            (None, true) => Outcome::Missing,
            (None, false) => Outcome::Unsure,
        };
        let mut why = doubt.why.clone();
        if let (Some(answer), None, false) = (answer, &chosen, left) {
            why = format!("{why}; the answer {} is none of the choices", quoted(answer));
        }
        let choices = doubt.choices.iter().map(|(value, likelihood_percent)| {
            let (id, label) = named(value);
            Choice { id, label, likelihood_percent: *likelihood_percent }
        });
        let choices = choices.collect();
        let field = self.tell(path.clone(), outcome, (&said.at, quoted(&doubt.said)));
        field.choices = choices;
        field.why = Some(why);
        field.question = Some(question);
        chosen
    }
}
