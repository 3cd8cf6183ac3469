//! Generated guides: the same ones for the same number, on every machine. All of them are marked as samples.

use content::company;
use content::edit::Edit;
use content::file::GuideFile;
use content::guide::keys::{Taken, slugged};
use content::guide::{Category, Guide, Line, MinuteRange, Question, Round, SalaryRange, Week};
use content::money::Figures;
use content::view::Desk;
use content::{Basis, CompanyId, Difficulty, OperationKind, Period, Result};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Builder;

use crate::{starter, words};

/// Guides of one operation: large enough that the commit does not matter, small enough that readers and other writers get their turn.
const BATCH: u32 = 100;

/// Puts the generated guides of these numbers in and publishes them; those that are there already are passed over.
/// After each batch it tells how many are done.
///
/// # Errors
///
/// If the database fails; the batches before it stay, and a second run goes on behind them.
pub async fn plant(desk: &Desk, numbers: std::ops::Range<u32>, mut told: impl FnMut(u32)) -> Result<()> {
    let mut next = numbers.start;
    while next < numbers.end {
        let end = numbers.end.min(next + BATCH);
        let guides: Vec<GuideFile> = (next..end).map(guide).collect();
        let there = company::existing(desk, &guides.iter().filter_map(|guide| guide.id).collect::<Vec<_>>()).await?;
        let missing: Vec<GuideFile> = guides.into_iter().filter(|guide| guide.id.is_none_or(|id| !there.contains(&id))).collect();
        next = end;
        if missing.is_empty() {
            told(end - numbers.start);
            continue;
        }
        let mut edit = Edit::begin(desk, OperationKind::Import, "Generated guides").await?;
        starter::plant_tiers(&mut edit).await?;
        for guide in missing {
            starter::plant_guide(&mut edit, guide).await?;
        }
        edit.commit().await?;
        told(end - numbers.start);
    }
    Ok(())
}

/// The generated guide of this number.
#[must_use]
pub fn guide(number: u32) -> GuideFile {
    let mut maker = Maker { random: ChaCha8Rng::seed_from_u64(u64::from(number)), taken: Taken::default() };
    let name = format!("{} {} {number:05}", maker.pick(words::FIRST), maker.pick(words::SECOND));
    // An identity of version 7 with a fixed clock: one second after the other from the beginning of 2026.
    let id = Builder::from_unix_timestamp_millis((1_767_225_600 + u64::from(number)) * 1_000, &maker.bytes()).into_uuid();
    let slug = slugged(&name, 60);
    GuideFile { id: Some(CompanyId(id)), slug: parsed(&slug), guide: maker.guide(name) }
}

fn parsed<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    #[expect(clippy::expect_used, reason = "the text is made of words of ours")]
    text.parse().expect("words of ours fit their type")
}

struct Maker {
    random: ChaCha8Rng,
    taken: Taken,
}

impl Maker {
    fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.random.fill_bytes(&mut bytes);
        bytes
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from(self.random.next_u64() % limit).unwrap_or_default()
    }

    fn between(&mut self, least: i32, most: i32) -> i32 {
        let span = usize::try_from(most - least + 1).unwrap_or(1);
        least + i32::try_from(self.below(span)).unwrap_or_default()
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    fn guide(&mut self, name: String) -> Guide {
        let tiers = ["big-tech", "ai-lab", "startup", "enterprise"];
        Guide {
            name,
            sample: true,
            tier: Some(parsed(self.pick(&tiers))),
            highlights: (0..3).map(|_| capital(self.pick(words::SUBJECTS))).collect(),
            focus_areas: self.lines(5),
            interview_loop: self.rounds(),
            question_categories: self.categories(),
            insider_tips: self.lines(5),
            red_flags: self.lines(4),
            traits: self.lines(5),
            salary_ranges: self.salaries(),
            prep_plan: (1..=4).map(|week| Week { week, text: self.advice() }).collect(),
            verified_on: Some(parsed("2026-10-01")),
            sources: vec![self.line("Generated for tests and measurements; the company is invented.".to_owned())],
        }
    }

    fn line(&mut self, text: String) -> Line {
        Line { key: self.taken.from_text(&text), text }
    }

    fn lines(&mut self, count: usize) -> Vec<Line> {
        let texts: Vec<String> = (0..count).map(|_| self.advice()).collect();
        texts.into_iter().map(|text| self.line(text)).collect()
    }

    fn advice(&mut self) -> String {
        format!("{} {} {}.", self.pick(words::ADVICE), self.pick(words::SUBJECTS), self.pick(words::CIRCUMSTANCES))
    }

    fn rounds(&mut self) -> Vec<Round> {
        let count = self.between(3, 7);
        (0..count).map(|_| self.round()).collect()
    }

    fn round(&mut self) -> Round {
        let title = self.pick(words::ROUNDS).to_owned();
        let min = 15 * self.between(2, 5);
        let max = min + 15 * self.between(0, 1);
        Round {
            key: self.taken.from_title(&title),
            title,
            duration: Some(MinuteRange { min, max }),
            focus: (0..2).map(|_| capital(self.pick(words::SUBJECTS))).collect(),
            tips: self.lines(2),
        }
    }

    fn categories(&mut self) -> Vec<Category> {
        [40, 25, 20, 15].into_iter().map(|weight| self.category(weight)).collect()
    }

    fn category(&mut self, weight: i32) -> Category {
        let name = self.pick(words::CATEGORIES).to_owned();
        let count = self.between(6, 9);
        Category {
            key: self.taken.from_title(&name),
            name,
            weight_percent: Some(weight),
            questions: (0..count).map(|_| self.question()).collect(),
        }
    }

    fn question(&mut self) -> Question {
        let text = format!("{} {} {}.", self.pick(words::ACTIONS), self.pick(words::SUBJECTS), self.pick(words::CIRCUMSTANCES));
        let difficulty = [None, Some(Difficulty::Easy), Some(Difficulty::Medium), Some(Difficulty::Hard)][self.below(4)];
        let guidance = self.below(3) == 0;
        Question {
            key: self.taken.from_text(&text),
            text,
            difficulty,
            tags: vec![self.pick(words::TAGS).to_owned()],
            guidance: guidance.then(|| self.advice()),
        }
    }

    fn salaries(&mut self) -> Vec<SalaryRange> {
        let currency = ["USD", "EUR", "GBP"][self.below(3)];
        let mut min = i64::from(self.between(70, 120)) * 1_000;
        let ranges = words::LEVELS.iter().take(self.below(3) + 3);
        let mut salaries = Vec::new();
        for level in ranges {
            let max = min + i64::from(self.between(20, 90)) * 1_000;
            let figures = Figures { min, max: Some(max), open_ended: self.below(8) == 0 };
            min = max;
            salaries.push(SalaryRange {
                key: self.taken.from_title(level),
                level: (*level).to_owned(),
                figures: Some(figures),
                currency: Some(parsed(currency)),
                period: Period::Year,
                basis: Some(Basis::TotalCompensation),
                note: None,
                source: Some("Generated".to_owned()),
                as_of: Some(parsed("2026-09")),
            });
        }
        salaries
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::guide;
    use content::finding::Level;
    use content::guide::rules;

    #[test]
    fn the_same_number_gives_the_same_guide() {
        assert_eq!(guide(7), guide(7));
        assert_ne!(guide(7), guide(8));
    }

    #[test]
    fn every_generated_guide_can_be_published_under_an_id_and_a_slug_of_its_own() {
        let tiers = ["big-tech", "ai-lab", "startup", "enterprise"].iter().map(|key| key.parse().unwrap()).collect();
        let (mut ids, mut slugs) = (BTreeSet::new(), BTreeSet::new());
        for number in 0..500 {
            let file = guide(number);
            let findings = rules::check(&file.guide, &tiers);
            assert!(!findings.stop(Level::Publishing), "{findings}");
            assert!(ids.insert(file.id) && slugs.insert(file.slug));
        }
    }

    #[test]
    fn a_generated_guide_has_about_thirty_questions() {
        let total: usize =
            (0..100).map(|number| guide(number).guide.question_categories.iter().map(|each| each.questions.len()).sum::<usize>()).sum();
        assert!((2_500..3_500).contains(&total), "{total} in 100 guides");
    }
}
