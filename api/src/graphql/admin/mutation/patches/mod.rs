//! Granular changes of a guide as they are sent, put into the words of `content`.

mod form;

use async_graphql::MaybeUndefined;
use content::changes::{At, Change, Field, List, New, Patch, Pay, Revised, RevisedPay};
use content::code::Code;
use content::finding::{Findings, Level, Path, quoted};
use content::guide::parts::Label;
use content::{Key, Period};

pub(super) use form::DraftChange;
use form::{
    AddCategory, AddLine, AddQuestion, AddRound, AddSalaryRange, ChangeCategory, ChangeLine, ChangeQuestion, ChangeRound,
    ChangeSalaryRange, ItemRef, ListRef, MoveItem, PlaceInput, SetFields, WeekText,
};

/// The changes in the words of `content`, one for each field that is set. What is malformed is noted.
pub(super) fn into_content(changes: Vec<DraftChange>, malformed: &mut Findings) -> Vec<Change> {
    let mut reader = Reader { findings: malformed, number: 0 };
    let mut all = Vec::new();
    for change in changes {
        reader.number += 1;
        all.extend(reader.change(change));
    }
    all
}

struct Reader<'a> {
    findings: &'a mut Findings,
    /// Which change is read, from 1.
    number: usize,
}

impl Reader<'_> {
    fn change(&mut self, change: DraftChange) -> Vec<Change> {
        let one = match change {
            DraftChange::Set(fields) => return self.fields(fields),
            DraftChange::AddRound(AddRound { key, title, duration, focus, at }) => {
                self.add(New::Round { title, duration: duration.map(Into::into), focus }, key, at)
            }
            DraftChange::AddCategory(AddCategory { key, name, weight_percent, at }) => {
                self.add(New::Category { name, weight_percent }, key, at)
            }
            DraftChange::AddQuestion(question) => self.question(question),
            DraftChange::AddSalaryRange(range) => self.salary_range(range),
            DraftChange::AddLine(AddLine { list, key, text, at }) => {
                self.list(list).and_then(|list| self.add(New::Line { list, text }, key, at))
            }
            DraftChange::AddWeek(WeekText { week, text }) => self.add(New::Week { week, text }, None, None),
            DraftChange::ChangeRound(ChangeRound { key, title, duration, focus }) => self.key(&key).map(|key| {
                Change::Change(Revised::Round { key, title, duration: patch(duration, Into::into), focus: patch(focus, |focus| focus) })
            }),
            DraftChange::ChangeCategory(ChangeCategory { key, name, weight_percent }) => self
                .key(&key)
                .map(|key| Change::Change(Revised::Category { key, name, weight_percent: patch(weight_percent, |weight| weight) })),
            DraftChange::ChangeQuestion(ChangeQuestion { key, text, difficulty, tags, guidance }) => self.key(&key).map(|key| {
                let (difficulty, tags) = (patch(difficulty, Into::into), patch(tags, |tags| tags));
                Change::Change(Revised::Question { key, text, difficulty, tags, guidance: patch(guidance, |text| text) })
            }),
            DraftChange::ChangeSalaryRange(range) => self.revised_range(range),
            DraftChange::ChangeLine(ChangeLine { key, text }) => self.key(&key).map(|key| Change::Change(Revised::Line { key, text })),
            DraftChange::ChangeWeek(WeekText { week, text }) => Some(Change::Change(Revised::Week { week, text })),
            DraftChange::Move(MoveItem { item, list, at }) => self.moved(item, list, at),
            DraftChange::Remove(item) => self.item(item).map(Change::Remove),
        };
        one.into_iter().collect()
    }

    fn fields(&mut self, fields: SetFields) -> Vec<Change> {
        let SetFields { name, sample, tier, highlights, verified_on } = fields;
        let tier = match tier {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(Field::Tier(None)),
            MaybeUndefined::Value(key) => self.key(&key).map(|key| Field::Tier(Some(key))),
        };
        let verified_on = match verified_on {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(Field::VerifiedOn(None)),
            MaybeUndefined::Value(day) => Some(Field::VerifiedOn(Some(day.0))),
        };
        let plain = [name.map(Field::Name), sample.map(Field::Sample), highlights.map(Field::Highlights)];
        plain.into_iter().chain([tier, verified_on]).flatten().map(Change::Set).collect()
    }

    fn add(&mut self, item: New, key: Option<String>, at: Option<PlaceInput>) -> Option<Change> {
        let key = match key {
            None => None,
            Some(key) => Some(self.key(&key)?),
        };
        Some(Change::Add { item, key, at: at.map_or(Some(At::Last), |at| self.at(at))? })
    }

    fn question(&mut self, question: AddQuestion) -> Option<Change> {
        let AddQuestion { category, key, text, difficulty, tags, guidance, at } = question;
        let category = self.key(&category)?;
        self.add(New::Question { category, text, difficulty: difficulty.map(Into::into), tags, guidance }, key, at)
    }

    fn salary_range(&mut self, range: AddSalaryRange) -> Option<Change> {
        let AddSalaryRange { key, level, figures, currency, period, basis, note, source, as_of, at } = range;
        let pay = Pay {
            level,
            figures: figures.map(Into::into),
            currency: currency.map(|currency| currency.0),
            period: period.map_or(Period::Year, Into::into),
            basis: basis.map(Into::into),
            note,
            source,
            as_of: as_of.map(|month| month.0),
        };
        self.add(New::SalaryRange(pay), key, at)
    }

    fn revised_range(&mut self, range: ChangeSalaryRange) -> Option<Change> {
        let ChangeSalaryRange { key, level, figures, currency, period, basis, note, source, as_of } = range;
        let key = self.key(&key)?;
        let pay = RevisedPay {
            level,
            figures: patch(figures, Into::into),
            currency: patch(currency, |currency| currency.0),
            period: period.map(Into::into),
            basis: patch(basis, Into::into),
            note: patch(note, |text| text),
            source: patch(source, |text| text),
            as_of: patch(as_of, |month| month.0),
        };
        Some(Change::Change(Revised::SalaryRange { key, pay }))
    }

    fn moved(&mut self, item: ItemRef, list: Option<ListRef>, at: PlaceInput) -> Option<Change> {
        let item = self.item(item)?;
        let list = match list {
            None => None,
            Some(list) => Some(self.list(list)?),
        };
        Some(Change::Move { item, list, at: self.at(at)? })
    }

    fn at(&mut self, at: PlaceInput) -> Option<At> {
        match at {
            PlaceInput::First(_) => Some(At::First),
            PlaceInput::Last(_) => Some(At::Last),
            PlaceInput::Before(item) => self.item(item).map(At::Before),
            PlaceInput::After(item) => self.item(item).map(At::After),
        }
    }

    fn item(&mut self, item: ItemRef) -> Option<Label> {
        match item {
            ItemRef::Key(key) => self.key(&key).map(Label::Key),
            ItemRef::Week(week) => Some(Label::Week(week)),
        }
    }

    fn list(&mut self, list: ListRef) -> Option<List> {
        match list {
            ListRef::FocusAreas(_) => Some(List::FocusAreas),
            ListRef::InsiderTips(_) => Some(List::InsiderTips),
            ListRef::RedFlags(_) => Some(List::RedFlags),
            ListRef::Traits(_) => Some(List::Traits),
            ListRef::Sources(_) => Some(List::Sources),
            ListRef::TipsOf(round) => self.key(&round).map(List::Tips),
            ListRef::QuestionsOf(category) => self.key(&category).map(List::Questions),
        }
    }

    fn key(&mut self, text: &str) -> Option<Key> {
        let parsed: Result<Key, _> = text.parse();
        if let Err(error) = &parsed {
            let path = Path::root().at("changes").at(self.number);
            self.findings.add(Level::Saving, Code::NameMalformed, path, (quoted(text), error.to_string()));
        }
        parsed.ok()
    }
}

fn patch<T, U>(given: MaybeUndefined<T>, into: impl FnOnce(T) -> U) -> Patch<U> {
    match given {
        MaybeUndefined::Undefined => Patch::Keep,
        MaybeUndefined::Null => Patch::Clear,
        MaybeUndefined::Value(value) => Patch::Set(into(value)),
    }
}
