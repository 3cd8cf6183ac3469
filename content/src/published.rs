//! The guide as readers get it: strict where publishing guarantees a part, with the identity of every item worked out once, shared and never changed.

use entity::{Basis, CompanyId, Difficulty, ItemId, Key, Kind, Period};

use crate::calendar::{Day, YearMonth};
use crate::error::{Error, Result};
use crate::guide::{self, MinuteRange, Week};
use crate::money::{Currency, Figures};

/// A public revision of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// The company's name.
    pub name: String,
    /// Whether the company is invented.
    pub sample: bool,
    /// The key of its tier.
    pub tier: Key,
    /// The line under the name.
    pub highlights: Vec<String>,
    /// What its AI teams work on.
    pub focus_areas: Vec<Line>,
    /// The rounds of the interview loop.
    pub rounds: Vec<Round>,
    /// The questions, by category.
    pub categories: Vec<Category>,
    /// Advice that outsiders rarely have.
    pub insider_tips: Vec<Line>,
    /// What candidates should avoid.
    pub red_flags: Vec<Line>,
    /// What interviewers look for.
    pub traits: Vec<Line>,
    /// What is paid, by seniority.
    pub salary_ranges: Vec<SalaryRange>,
    /// What to do in each week.
    pub prep_plan: Vec<Week>,
    /// The day on which it was last checked.
    pub verified_on: Option<Day>,
    /// Where its content comes from.
    pub sources: Vec<Line>,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its identity.
    pub id: ItemId,
    /// What it says.
    pub text: String,
}

/// A round of the interview loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its identity.
    pub id: ItemId,
    /// What it is called.
    pub title: String,
    /// How long it takes.
    pub duration: MinuteRange,
    /// What it is about.
    pub focus: Vec<String>,
    /// Advice for it.
    pub tips: Vec<Line>,
}

/// A category of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its identity.
    pub id: ItemId,
    /// What it is called.
    pub name: String,
    /// Its share of the interview, in percent.
    pub weight_percent: i32,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its identity.
    pub id: ItemId,
    /// What is asked.
    pub text: String,
    /// How hard it is.
    pub difficulty: Option<Difficulty>,
    /// Words that it is found by.
    pub tags: Vec<String>,
    /// What a good answer shows.
    pub guidance: Option<String>,
}

/// What one level of seniority is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalaryRange {
    /// Its identity.
    pub id: ItemId,
    /// The level.
    pub level: String,
    /// How much.
    pub figures: Figures,
    /// In which currency.
    pub currency: Currency,
    /// For which time.
    pub period: Period,
    /// What is counted.
    pub basis: Basis,
    /// A remark.
    pub note: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// Of when the figures are.
    pub as_of: Option<YearMonth>,
}

impl Guide {
    /// The public form of a guide that the rules for publishing have nothing against.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if a part is missing that those rules ask for.
    pub fn new(company: CompanyId, guide: guide::Guide) -> Result<Self> {
        let ids = Ids(company);
        Ok(Self {
            name: guide.name,
            sample: guide.sample,
            tier: present(guide.tier, company, "tier")?,
            highlights: guide.highlights,
            focus_areas: ids.lines(Kind::FocusArea, guide.focus_areas),
            rounds: guide.interview_loop.into_iter().map(|round| ids.round(round)).collect::<Result<_>>()?,
            categories: guide.question_categories.into_iter().map(|category| ids.category(category)).collect::<Result<_>>()?,
            insider_tips: ids.lines(Kind::Tip, guide.insider_tips),
            red_flags: ids.lines(Kind::RedFlag, guide.red_flags),
            traits: ids.lines(Kind::Trait, guide.traits),
            salary_ranges: guide.salary_ranges.into_iter().map(|range| ids.salary_range(range)).collect::<Result<_>>()?,
            prep_plan: guide.prep_plan,
            verified_on: guide.verified_on,
            sources: ids.lines(Kind::Source, guide.sources),
        })
    }

    /// How long the whole loop takes.
    #[must_use]
    pub fn total_minutes(&self) -> MinuteRange {
        self.rounds.iter().fold(MinuteRange::default(), |sum, round| sum + round.duration)
    }

    /// All questions with their category's place, in the order of the guide.
    pub fn questions(&self) -> impl Iterator<Item = (usize, usize, &Question)> {
        let categories = self.categories.iter().enumerate();
        categories.flat_map(|(category, each)| each.questions.iter().enumerate().map(move |(place, question)| (category, place, question)))
    }
}

fn present<T>(part: Option<T>, company: CompanyId, name: &str) -> Result<T> {
    part.ok_or_else(|| Error::Damaged { what: format!("a published guide of company {}", company.0), why: format!("it has no {name}") })
}

/// What values take in memory besides themselves: what they point at.
trait Held {
    fn held(&self) -> usize;
}

impl Held for String {
    fn held(&self) -> usize {
        self.capacity()
    }
}

impl<T: Held> Held for Option<T> {
    fn held(&self) -> usize {
        self.as_ref().map_or(0, Held::held)
    }
}

impl<T: Held> Held for Vec<T> {
    fn held(&self) -> usize {
        self.capacity() * size_of::<T>() + self.iter().map(Held::held).sum::<usize>()
    }
}

impl Held for Line {
    fn held(&self) -> usize {
        self.text.held()
    }
}

impl Held for Round {
    fn held(&self) -> usize {
        self.title.held() + self.focus.held() + self.tips.held()
    }
}

impl Held for Category {
    fn held(&self) -> usize {
        self.name.held() + self.questions.held()
    }
}

impl Held for Question {
    fn held(&self) -> usize {
        self.text.held() + self.tags.held() + self.guidance.held()
    }
}

impl Held for SalaryRange {
    fn held(&self) -> usize {
        self.level.held() + self.note.held() + self.source.held()
    }
}

impl Held for Week {
    fn held(&self) -> usize {
        self.text.held()
    }
}

impl Guide {
    /// Bytes that the guide takes in memory, counted over all that it points at.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let lines = [&self.focus_areas, &self.insider_tips, &self.red_flags, &self.traits, &self.sources];
        let lists =
            self.rounds.held() + self.categories.held() + self.salary_ranges.held() + self.prep_plan.held() + self.highlights.held();
        size_of::<Self>() + self.name.held() + lists + lines.into_iter().map(Held::held).sum::<usize>()
    }
}

/// Works out the identities of one guide's items.
struct Ids(CompanyId);

impl Ids {
    fn id(&self, kind: Kind, key: &Key) -> ItemId {
        ItemId::derive(self.0, kind, key)
    }

    fn lines(&self, kind: Kind, lines: Vec<guide::Line>) -> Vec<Line> {
        lines.into_iter().map(|line| Line { id: self.id(kind, &line.key), text: line.text }).collect()
    }

    fn round(&self, round: guide::Round) -> Result<Round> {
        Ok(Round {
            id: self.id(Kind::Round, &round.key),
            title: round.title,
            duration: present(round.duration, self.0, "duration for a round")?,
            focus: round.focus,
            tips: self.lines(Kind::Tip, round.tips),
        })
    }

    fn category(&self, category: guide::Category) -> Result<Category> {
        Ok(Category {
            id: self.id(Kind::Category, &category.key),
            name: category.name,
            weight_percent: present(category.weight_percent, self.0, "weight for a category")?,
            questions: category.questions.into_iter().map(|question| self.question(question)).collect(),
        })
    }

    fn question(&self, question: guide::Question) -> Question {
        let guide::Question { key, text, difficulty, tags, guidance } = question;
        Question { id: self.id(Kind::Question, &key), text, difficulty, tags, guidance }
    }

    fn salary_range(&self, range: guide::SalaryRange) -> Result<SalaryRange> {
        let guide::SalaryRange { key, level, figures, currency, period, basis, note, source, as_of } = range;
        Ok(SalaryRange {
            id: self.id(Kind::SalaryRange, &key),
            level,
            figures: present(figures, self.0, "figures for a salary range")?,
            currency: present(currency, self.0, "currency for a salary range")?,
            period,
            basis: present(basis, self.0, "basis for a salary range")?,
            note,
            source,
            as_of,
        })
    }
}
