//! The whole guide as it is sent. Keys may be left out of new items; they are made from the title or the text, the same as for a guide file.

use std::collections::BTreeSet;

use async_graphql::InputObject;
use content::Key;
use content::code::Code;
use content::draft;
use content::edit::Edit;
use content::finding::{Findings, Level, Path, quoted};
use content::fold::tidy;
use content::guide::keys::Taken;
use content::guide::{self, Guide};
use content::money::Figures;

use super::guide::Duration;
use crate::graphql::scalars::{CurrencyCode, Date, Long, YearMonthScalar};
use crate::graphql::terms::{Difficulty, SalaryBasis, SalaryPeriod};

/// The whole guide of a company. What is left out is empty afterwards.
#[derive(InputObject)]
pub(super) struct GuideInput {
    /// The company's name.
    name: String,
    /// Whether the company is invented.
    #[graphql(default)]
    sample: bool,
    /// The key of its tier.
    tier: Option<String>,
    /// The line under the name.
    #[graphql(default)]
    highlights: Vec<String>,
    /// What its AI teams work on.
    #[graphql(default)]
    focus_areas: Vec<LineInput>,
    /// The rounds of the interview loop.
    #[graphql(default)]
    interview_loop: Vec<RoundInput>,
    /// The questions, by weighted category.
    #[graphql(default)]
    question_categories: Vec<CategoryInput>,
    /// Advice that outsiders rarely have.
    #[graphql(default)]
    insider_tips: Vec<LineInput>,
    /// What candidates should avoid.
    #[graphql(default)]
    red_flags: Vec<LineInput>,
    /// What interviewers look for.
    #[graphql(default)]
    traits: Vec<LineInput>,
    /// What is paid, by seniority.
    #[graphql(default)]
    salary_ranges: Vec<SalaryRangeInput>,
    /// What to do in each week.
    #[graphql(default)]
    prep_plan: Vec<WeekInput>,
    /// The day on which somebody last checked the guide.
    verified_on: Option<Date>,
    /// Where its content comes from.
    #[graphql(default)]
    sources: Vec<LineInput>,
}

/// One line of text in a list.
#[derive(InputObject)]
pub(super) struct LineInput {
    /// Its name in the guide, if it has one already.
    key: Option<String>,
    /// What it says.
    text: String,
}

/// A round of the interview loop.
#[derive(InputObject)]
pub(super) struct RoundInput {
    /// Its name in the guide, if it has one already.
    key: Option<String>,
    /// What it is called.
    title: String,
    /// How long it takes.
    duration: Option<Duration>,
    /// What it is about.
    #[graphql(default)]
    focus: Vec<String>,
    /// Advice for it.
    #[graphql(default)]
    tips: Vec<LineInput>,
}

/// A category of questions.
#[derive(InputObject)]
pub(super) struct CategoryInput {
    /// Its name in the guide, if it has one already.
    key: Option<String>,
    /// What it is called.
    name: String,
    /// Its share of the interview, in percent.
    weight_percent: Option<i32>,
    /// Its questions.
    #[graphql(default)]
    questions: Vec<QuestionInput>,
}

/// A question.
#[derive(InputObject)]
pub(super) struct QuestionInput {
    /// Its name in the guide, if it has one already.
    key: Option<String>,
    /// What is asked.
    text: String,
    /// How hard it is.
    difficulty: Option<Difficulty>,
    /// Words that it is found by.
    #[graphql(default)]
    tags: Vec<String>,
    /// What a good answer shows.
    guidance: Option<String>,
}

/// What one level of seniority is paid.
#[derive(InputObject)]
pub(super) struct SalaryRangeInput {
    /// Its name in the guide, if it has one already.
    key: Option<String>,
    /// The level.
    level: String,
    /// How much.
    figures: Option<FiguresInput>,
    /// In which currency (ISO 4217).
    currency: Option<CurrencyCode>,
    /// For which time; a year if it is not said.
    period: Option<SalaryPeriod>,
    /// What is counted.
    basis: Option<SalaryBasis>,
    /// A remark.
    note: Option<String>,
    /// Who says so.
    source: Option<String>,
    /// Of when the figures are.
    as_of: Option<YearMonthScalar>,
}

/// The figures of a salary range, in whole units of its currency.
#[derive(InputObject)]
pub(super) struct FiguresInput {
    /// The lower figure.
    min: Long,
    /// The upper figure, if one is known.
    max: Option<Long>,
    /// Whether more than the upper figure is paid.
    #[graphql(default)]
    open_ended: bool,
}

/// A week of the prep plan.
#[derive(InputObject)]
pub(super) struct WeekInput {
    /// Which week, from 1.
    week: i32,
    /// What to do in it.
    text: String,
}

impl From<FiguresInput> for Figures {
    fn from(figures: FiguresInput) -> Self {
        Self { min: figures.min.0, max: figures.max.map(|max| max.0), open_ended: figures.open_ended }
    }
}

impl GuideInput {
    /// What the company is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The guide. Keys that are made avoid those that the guide has or had.
    pub(super) async fn into_content(self, edit: &mut Edit, used: BTreeSet<Key>) -> content::Result<Guide> {
        let mut reader = Reader { findings: Findings::default(), taken: Taken::new(used) };
        for key in self.given_keys().filter_map(|key| key.parse().ok()) {
            reader.taken.claim(key);
        }
        let guide = reader.guide(self);
        if reader.findings.0.is_empty() {
            return Ok(guide);
        }
        // What could be read may break rules as well: both are told at once.
        reader.findings.0.extend(draft::faults(edit, &guide).await?.0);
        Err(content::Error::Findings(reader.findings))
    }

    fn given_keys(&self) -> impl Iterator<Item = &str> {
        let lines = [&self.focus_areas, &self.insider_tips, &self.red_flags, &self.traits, &self.sources].into_iter().flatten();
        let rounds = self.interview_loop.iter();
        let tips = rounds.clone().flat_map(|round| &round.tips);
        let categories = self.question_categories.iter();
        let questions = categories.clone().flat_map(|category| &category.questions).map(|question| &question.key);
        let keys = lines.chain(tips).map(|line| &line.key).chain(rounds.map(|round| &round.key)).chain(questions);
        let keys = keys.chain(categories.map(|category| &category.key)).chain(self.salary_ranges.iter().map(|range| &range.key));
        keys.filter_map(|key| key.as_deref())
    }
}

struct Reader {
    findings: Findings,
    taken: Taken,
}

impl Reader {
    fn guide(&mut self, input: GuideInput) -> Guide {
        let root = Path::root();
        Guide {
            name: tidy(&input.name),
            sample: input.sample,
            tier: input.tier.and_then(|tier| self.parse(&root.at("tier"), &tier)),
            highlights: tidied(&input.highlights),
            focus_areas: self.lines(&root.at("focus_areas"), input.focus_areas),
            interview_loop: input.interview_loop.into_iter().map(|round| self.round(&root.at("interview_loop"), round)).collect(),
            question_categories: input
                .question_categories
                .into_iter()
                .map(|category| self.category(&root.at("question_categories"), category))
                .collect(),
            insider_tips: self.lines(&root.at("insider_tips"), input.insider_tips),
            red_flags: self.lines(&root.at("red_flags"), input.red_flags),
            traits: self.lines(&root.at("traits"), input.traits),
            salary_ranges: input.salary_ranges.into_iter().map(|range| self.salary_range(&root.at("salary_ranges"), range)).collect(),
            prep_plan: input.prep_plan.into_iter().map(|week| guide::Week { week: week.week, text: tidy(&week.text) }).collect(),
            verified_on: input.verified_on.map(|day| day.0),
            sources: self.lines(&root.at("sources"), input.sources),
        }
    }

    fn parse(&mut self, path: &Path, text: &str) -> Option<Key> {
        let parsed: Result<Key, _> = text.parse();
        if let Err(error) = &parsed {
            self.findings.add(Level::Saving, Code::NameMalformed, path.clone(), (quoted(text), error.to_string()));
        }
        parsed.ok()
    }

    fn key(&mut self, path: &Path, given: Option<&str>, make: impl FnOnce(&mut Taken) -> Key) -> Key {
        match given.and_then(|given| self.parse(&path.at("key"), given)) {
            Some(key) => key,
            None => make(&mut self.taken),
        }
    }

    fn lines(&mut self, path: &Path, lines: Vec<LineInput>) -> Vec<guide::Line> {
        let mut line = |line: LineInput| {
            let text = tidy(&line.text);
            guide::Line { key: self.key(path, line.key.as_deref(), |taken| taken.from_text(&text)), text }
        };
        lines.into_iter().map(&mut line).collect()
    }

    fn round(&mut self, path: &Path, round: RoundInput) -> guide::Round {
        let title = tidy(&round.title);
        let key = self.key(path, round.key.as_deref(), |taken| taken.from_title(&title));
        let tips = self.lines(&path.at(&key).at("tips"), round.tips);
        guide::Round { key, title, duration: round.duration.map(Into::into), focus: tidied(&round.focus), tips }
    }

    fn category(&mut self, path: &Path, category: CategoryInput) -> guide::Category {
        let name = tidy(&category.name);
        let key = self.key(path, category.key.as_deref(), |taken| taken.from_title(&name));
        let path = path.at(&key).at("questions");
        let questions = category.questions.into_iter().map(|question| self.question(&path, question)).collect();
        guide::Category { key, name, weight_percent: category.weight_percent, questions }
    }

    fn question(&mut self, path: &Path, question: QuestionInput) -> guide::Question {
        let text = tidy(&question.text);
        let key = self.key(path, question.key.as_deref(), |taken| taken.from_text(&text));
        let guidance = question.guidance.map(|text| tidy(&text));
        guide::Question { key, text, difficulty: question.difficulty.map(Into::into), tags: tidied(&question.tags), guidance }
    }

    fn salary_range(&mut self, path: &Path, range: SalaryRangeInput) -> guide::SalaryRange {
        let level = tidy(&range.level);
        guide::SalaryRange {
            key: self.key(path, range.key.as_deref(), |taken| taken.from_title(&level)),
            level,
            figures: range.figures.map(Figures::from),
            currency: range.currency.map(|currency| currency.0),
            period: range.period.map_or(content::Period::Year, Into::into),
            basis: range.basis.map(Into::into),
            note: range.note.map(|text| tidy(&text)),
            source: range.source.map(|text| tidy(&text)),
            as_of: range.as_of.map(|month| month.0),
        }
    }
}

fn tidied(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| tidy(text)).collect()
}
