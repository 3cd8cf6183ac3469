//! The interview loop: rounds keep their keys, and a round keeps the tips that the page does not know.

use super::super::loops::PageRound;
use super::super::matching::Kind;
use super::super::page::{Field, Said};
use super::lists::{listed, summary, words};
use super::merge::{Into, merge};
use super::{Outcome, Planner, counted};
use crate::guide::{Round, limits};

impl Planner<'_> {
    pub(super) fn rounds(&mut self) {
        let said = &self.page.parts.rounds;
        let existing = &self.before.interview_loop;
        let titles: Vec<&str> = said.iter().map(|round| round.title.value.as_str()).collect();
        let into =
            Into { existing, known: |round: &Round| (round.key.as_str(), round.title.as_str()), kind: Kind::Titles, most: limits::ROUNDS };
        let taken = &mut self.taken;
        let mut merged = merge(&into, &titles, |at, before| {
            let title = titles.get(at).copied().unwrap_or_default().to_owned();
            let fresh =
                || Round { key: taken.from_title(&title), title: String::new(), duration: None, focus: Vec::new(), tips: Vec::new() };
            Round { title: title.clone(), ..before.cloned().unwrap_or_else(fresh) }
        });
        let path = Field::InterviewLoop.path();
        let number = self.fields.len();
        let at: Vec<usize> = said.iter().flat_map(lines).collect();
        self.tell(path.clone(), Outcome::Same, (&at, String::new()));
        for (round, place) in said.iter().zip(merged.places.clone()) {
            match place.and_then(|place| merged.items.get_mut(place)) {
                Some(target) => self.round(round, target),
                None => self.displace(&lines(round)),
            }
        }
        merged.kept = merged.kept && merged.items.iter().filter(|round| existing.iter().any(|old| old.key == round.key)).eq(existing);
        let outcome = listed(&merged, (said.is_empty(), existing.is_empty()));
        let value = summary(&merged, (said.len(), existing.len()), ("round", "rounds"));
        if let Some(field) = self.fields.get_mut(number) {
            (field.outcome, field.value) = (outcome, value);
        }
        if merged.places.contains(&None) {
            self.why(&path, &format!("a loop has at most {} rounds", limits::ROUNDS));
        }
        self.guide.interview_loop = merged.items;
    }

    fn round(&mut self, said: &PageRound, round: &mut Round) {
        let path = Field::InterviewLoop.path().at(&round.key);
        let before = self.before.interview_loop.iter().find(|old| old.key == round.key);
        self.place(&said.title.at, &path.at("title"));
        let number = self.fields.len();
        self.tell(path.clone(), Outcome::Same, (&lines(said), String::new()));
        let spot = path.at("duration");
        match &said.duration {
            None if round.duration.is_none() => {
                self.tell(spot, Outcome::Missing, (&[], String::new()));
            }
            None => {}
            Some(duration) => {
                let own: Vec<usize> = duration.at.iter().copied().filter(|at| !said.title.at.contains(at)).collect();
                self.place(&own, &spot);
                let current = round.duration;
                let reading = Said { value: &duration.value, at: duration.at.clone() };
                if let Some(range) = self.decide(&spot, &reading, current.as_ref(), &|range| (range.to_string(), range.to_string())) {
                    round.duration = Some(range);
                }
            }
        }
        let focus: Vec<usize> =
            said.focus.iter().flat_map(|said| said.at.iter().copied()).filter(|at| !said.title.at.contains(at)).collect();
        self.place(&focus, &path.at("focus"));
        round.focus = words(&round.focus, &said.focus).items;
        round.tips = self.lines_into(&path.at("tips"), &round.tips.clone(), &said.tips).items;
        let outcome = before.map_or(Outcome::WouldSet, |old| if old == round { Outcome::Same } else { Outcome::WouldSet });
        let duration = round.duration.map_or_else(|| "no duration".to_owned(), |range| range.to_string());
        let value = format!("{}, {duration}, {} in focus, {}", round.title, round.focus.len(), counted(round.tips.len(), "tip", "tips"));
        if let Some(field) = self.fields.get_mut(number) {
            (field.outcome, field.value) = (outcome, value);
        }
    }
}

fn lines(round: &PageRound) -> Vec<usize> {
    let texts = [&round.title].into_iter().chain(&round.focus).chain(&round.tips).flat_map(|said| said.at.iter().copied());
    texts.chain(round.duration.iter().flat_map(|said| said.at.iter().copied())).collect()
}
