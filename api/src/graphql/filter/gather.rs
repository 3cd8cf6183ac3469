//! From input objects to the tests of `content`, within the limits of a filter.

use std::str::FromStr;

use async_graphql::{ID, Result};
use content::code::Code;
use content::company::CompanyTest;
use content::filter::{Filter, NumberTest, TextTest};
use content::finding::quoted;
use content::fold::fold;
use content::question::QuestionTest;
use content::salary_range::SalaryRangeTest;
use content::{CompanyId, ItemId, Kind, Timestamp, WireId};

use super::inputs::{
    CompanyFilter, CurrencyFilter, DateFilter, DateTimeFilter, DifficultyFilter, IdFilter, IntFilter, LongFilter, QuestionFilter,
    SalaryBasisFilter, SalaryRangeFilter, TextFilter, WordFilter,
};
use super::{MOST_CHARS, MOST_DEPTH, MOST_TESTS, MOST_VALUES};
use crate::graphql::fault::refused;
use crate::graphql::scalars::{CurrencyCode, Long};

/// The `and`, `or` and `not` of a filter.
type Together<F> = (Option<Vec<F>>, Option<Vec<F>>, Option<Box<F>>);

/// What is left of the tests and the depth that one filter may have.
pub(super) struct Budget {
    tests: usize,
    depth: usize,
}

/// The tests of one filter object as they are gathered.
struct Gathered<'a, T> {
    budget: &'a mut Budget,
    parts: Vec<Filter<T>>,
}

impl<T> Gathered<'_, T> {
    fn is(&mut self, test: T) -> Result<()> {
        self.budget.spend()?;
        self.parts.push(Filter::Is(test));
        Ok(())
    }

    fn each<V>(&mut self, given: Option<V>, test: impl FnOnce(V) -> T) -> Result<()> {
        given.map_or(Ok(()), |value| self.is(test(value)))
    }

    fn text(&mut self, given: Option<TextFilter>, test: impl Fn(TextTest) -> T) -> Result<()> {
        let Some(TextFilter { eq, r#in, contains }) = given else { return Ok(()) };
        for text in eq.iter().chain(r#in.iter().flatten()).chain(&contains) {
            short(text)?;
        }
        // An empty text asks nothing; one of signs alone would seem to ask something and pass everything.
        if contains.as_deref().is_some_and(|part| !part.trim().is_empty() && fold(part).is_empty()) {
            return Err(refused(
                Code::Filter,
                format!(
                    "contains is {}; right would be a text with a letter or a figure.",
                    quoted(contains.as_deref().unwrap_or_default())
                ),
            ));
        }
        self.each(eq, |text| test(TextTest::one_of(&[text])))?;
        self.each(bounded(r#in)?, |texts| test(TextTest::one_of(&texts)))?;
        self.each(contains, |part| test(TextTest::contains(&part)))
    }

    fn number<N: Into<i64>>(&mut self, given: Option<[Option<Vec<N>>; 4]>, test: impl Fn(NumberTest) -> T) -> Result<()> {
        let Some([eq, r#in, gte, lte]) = given else { return Ok(()) };
        let first = |numbers: Vec<N>| numbers.into_iter().next().map_or(0, Into::into);
        self.each(eq, |numbers| test(NumberTest::OneOf(vec![first(numbers)])))?;
        self.each(bounded(r#in)?, |numbers| test(NumberTest::OneOf(numbers.into_iter().map(Into::into).collect())))?;
        self.each(gte, |numbers| test(NumberTest::AtLeast(first(numbers))))?;
        self.each(lte, |numbers| test(NumberTest::AtMost(first(numbers))))
    }

    /// `eq` and `in` of words that must be understood; a word that is not can be nobody's, so it is left out of the list.
    fn words<W: FromStr>(&mut self, given: Option<WordFilter>, test: impl Fn(Vec<W>) -> T) -> Result<()> {
        let Some(WordFilter { eq, r#in }) = given else { return Ok(()) };
        let understood = |words: Vec<String>| words.iter().filter_map(|word| word.parse().ok()).collect();
        self.each(eq, |word| test(understood(vec![word])))?;
        self.each(bounded(r#in)?, |words| test(understood(words)))
    }

    fn list<V, W>(&mut self, eq: Option<V>, list: Option<Vec<V>>, test: impl Fn(Vec<W>) -> T, change: impl Fn(V) -> W) -> Result<()> {
        self.each(eq, |value| test(vec![change(value)]))?;
        self.each(bounded(list)?, |values| test(values.into_iter().map(change).collect()))
    }

    fn ids(&mut self, given: Option<IdFilter>, kind: Kind, test: impl Fn(Vec<WireId>) -> T) -> Result<()> {
        let Some(IdFilter { eq, r#in }) = given else { return Ok(()) };
        let read = |ids: Vec<ID>| -> Result<Vec<WireId>> {
            ids.iter().map(wire_id).filter(|id| id.as_ref().is_ok_and(|id| id.kind == kind) || id.is_err()).collect()
        };
        if let Some(id) = eq {
            self.is(test(read(vec![id])?))?;
        }
        if let Some(ids) = bounded(r#in)? {
            self.is(test(read(ids)?))?;
        }
        Ok(())
    }
}

/// Reads an id of the wire.
pub(crate) fn wire_id(id: &ID) -> Result<WireId> {
    id.parse().map_err(|error| refused(Code::Id, format!("{:?} is not an id; right would be {error}.", id.0)))
}

fn bounded<T>(values: Option<Vec<T>>) -> Result<Option<Vec<T>>> {
    match values {
        Some(values) if values.len() > MOST_VALUES => {
            Err(refused(Code::Filter, format!("A list of a filter has {} values; at most {MOST_VALUES} are allowed.", values.len())))
        }
        other => Ok(other),
    }
}

fn short(text: &str) -> Result<()> {
    let chars = text.chars().count();
    if chars <= MOST_CHARS {
        Ok(())
    } else {
        Err(refused(Code::Filter, format!("A text of a filter has {chars} characters; at most {MOST_CHARS} are allowed.")))
    }
}

fn company_ids(ids: Vec<WireId>) -> CompanyTest {
    CompanyTest::Id(ids.into_iter().map(|id| CompanyId(id.uuid)).collect())
}

fn item_ids(ids: Vec<WireId>) -> Vec<ItemId> {
    ids.into_iter().map(|id| ItemId(id.uuid)).collect()
}

fn ints(filter: IntFilter) -> [Option<Vec<i32>>; 4] {
    [filter.eq.map(|number| vec![number]), filter.r#in, filter.gte.map(|number| vec![number]), filter.lte.map(|number| vec![number])]
}

fn longs(filter: LongFilter) -> [Option<Vec<i64>>; 4] {
    let one = |number: Option<Long>| number.map(|number| vec![number.0]);
    let list = filter.r#in.map(|numbers| numbers.into_iter().map(|number| number.0).collect());
    [one(filter.eq), list, one(filter.gte), one(filter.lte)]
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self { tests: MOST_TESTS, depth: MOST_DEPTH }
    }

    fn spend(&mut self) -> Result<()> {
        let Some(left) = self.tests.checked_sub(1) else {
            return Err(refused(Code::Filter, format!("The filter has more than {MOST_TESTS} tests.")));
        };
        self.tests = left;
        Ok(())
    }

    /// Goes one filter deeper, and comes back.
    fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let Some(left) = self.depth.checked_sub(1) else {
            return Err(refused(Code::Filter, format!("The filter has more than {MOST_DEPTH} filters inside of each other.")));
        };
        self.depth = left;
        self.spend()?;
        let read = read(self);
        self.depth += 1;
        read
    }

    /// `and`, `or`, `not`: the same for every kind of filter.
    fn together<F, T>(&mut self, (and, or, not): Together<F>, read: impl Fn(&mut Self, F) -> Result<Filter<T>>) -> Result<Vec<Filter<T>>> {
        let mut parts = Vec::new();
        if let Some(filters) = bounded(and)? {
            parts.push(Filter::All(filters.into_iter().map(|filter| self.inside(|budget| read(budget, filter))).collect::<Result<_>>()?));
        }
        if let Some(filters) = bounded(or)? {
            parts.push(Filter::Any(filters.into_iter().map(|filter| self.inside(|budget| read(budget, filter))).collect::<Result<_>>()?));
        }
        if let Some(filter) = not {
            parts.push(Filter::Not(Box::new(self.inside(|budget| read(budget, *filter))?)));
        }
        Ok(parts)
    }

    pub(super) fn company(&mut self, filter: CompanyFilter) -> Result<Filter<CompanyTest>> {
        let parts = self.together((filter.and, filter.or, filter.not), Self::company)?;
        let mut gathered = Gathered { budget: self, parts };
        gathered.ids(filter.id, Kind::Company, company_ids)?;
        gathered.words(filter.slug, CompanyTest::Slug)?;
        gathered.text(filter.name, CompanyTest::Name)?;
        gathered.words(filter.tier, CompanyTest::Tier)?;
        gathered.text(filter.focus_area, CompanyTest::FocusArea)?;
        gathered.text(filter.round, CompanyTest::Round)?;
        gathered.text(filter.category, CompanyTest::Category)?;
        gathered.text(filter.salary_level, CompanyTest::SalaryLevel)?;
        gathered.number(filter.total_minutes.map(ints), CompanyTest::TotalMinutes)?;
        if let Some(DateTimeFilter { gte, lte }) = filter.published_at {
            gathered.each(gte, |time| CompanyTest::PublishedAt(NumberTest::AtLeast(Timestamp::from(time).0)))?;
            gathered.each(lte, |time| CompanyTest::PublishedAt(NumberTest::AtMost(Timestamp::from(time).0)))?;
        }
        if let Some(DateFilter { gte, lte }) = filter.verified_on {
            gathered.each(gte, |day| CompanyTest::VerifiedFrom(day.0))?;
            gathered.each(lte, |day| CompanyTest::VerifiedUntil(day.0))?;
        }
        gathered.each(filter.sample, CompanyTest::Sample)?;
        Ok(Filter::All(gathered.parts))
    }

    pub(super) fn question(&mut self, filter: QuestionFilter) -> Result<Filter<QuestionTest>> {
        let mut parts = self.together((filter.and, filter.or, filter.not), Self::question)?;
        if let Some(company) = filter.company {
            parts.push(Filter::Is(QuestionTest::Company(self.inside(|budget| budget.company(company))?)));
        }
        let mut gathered = Gathered { budget: self, parts };
        gathered.ids(filter.id, Kind::Question, |ids| QuestionTest::Id(item_ids(ids)))?;
        gathered.text(filter.category, QuestionTest::Category)?;
        gathered.text(filter.text, QuestionTest::Text)?;
        gathered.words::<String>(filter.tag, |tags| QuestionTest::tags(&tags))?;
        if let Some(DifficultyFilter { eq, r#in }) = filter.difficulty {
            gathered.list(eq, r#in, QuestionTest::Difficulty, content::Difficulty::from)?;
        }
        Ok(Filter::All(gathered.parts))
    }

    pub(super) fn salary_range(&mut self, filter: SalaryRangeFilter) -> Result<Filter<SalaryRangeTest>> {
        let mut parts = self.together((filter.and, filter.or, filter.not), Self::salary_range)?;
        if let Some(company) = filter.company {
            parts.push(Filter::Is(SalaryRangeTest::Company(self.inside(|budget| budget.company(company))?)));
        }
        let mut gathered = Gathered { budget: self, parts };
        gathered.ids(filter.id, Kind::SalaryRange, |ids| SalaryRangeTest::Id(item_ids(ids)))?;
        gathered.text(filter.level, SalaryRangeTest::Level)?;
        if let Some(CurrencyFilter { eq, r#in }) = filter.currency {
            gathered.list(eq, r#in, SalaryRangeTest::Currency, |code: CurrencyCode| code.0)?;
        }
        if let Some(SalaryBasisFilter { eq, r#in }) = filter.basis {
            gathered.list(eq, r#in, SalaryRangeTest::Basis, content::Basis::from)?;
        }
        gathered.number(filter.min.map(longs), SalaryRangeTest::Min)?;
        gathered.number(filter.max.map(longs), SalaryRangeTest::Max)?;
        gathered.each(filter.open_ended, SalaryRangeTest::OpenEnded)?;
        Ok(Filter::All(gathered.parts))
    }
}
