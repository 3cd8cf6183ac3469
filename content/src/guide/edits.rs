//! Guides and edits at random, for tests: few keys and few texts, so that two editors often meet in one place.

use proptest::collection::vec;
use proptest::prelude::*;

use entity::{Difficulty, Key, Period};

use super::{Category, Guide, Line, MinuteRange, Question, Round, SalaryRange, Week};

/// A valid key among a few.
fn key() -> impl Strategy<Value = Key> {
    prop_oneof![8 => 0..14_u8, 1 => 14..40_u8].prop_map(|number| format!("k{number}").parse().unwrap())
}

fn text() -> impl Strategy<Value = String> {
    (0..3_usize, 0..3_usize).prop_map(|(first, second)| {
        let words = ["read", "write", "ask"];
        format!("{} it {}", words[first], words[second])
    })
}

fn line() -> impl Strategy<Value = Line> {
    (key(), text()).prop_map(|(key, text)| Line { key, text })
}

fn round() -> impl Strategy<Value = Round> {
    (key(), text(), proptest::option::of(1..3_i32), vec(text(), 0..2), vec(line(), 0..3)).prop_map(|(key, title, minutes, focus, tips)| {
        Round { key, title, duration: minutes.map(|min| MinuteRange { min, max: min }), focus, tips }
    })
}

fn question() -> impl Strategy<Value = Question> {
    (key(), text(), proptest::option::of(proptest::sample::select(Difficulty::ALL)), vec(text(), 0..2))
        .prop_map(|(key, text, difficulty, tags)| Question { key, text, difficulty, tags, guidance: None })
}

fn category() -> impl Strategy<Value = Category> {
    (key(), text(), proptest::option::of(1..3_i32), vec(question(), 0..4)).prop_map(|(key, name, weight_percent, questions)| Category {
        key,
        name,
        weight_percent,
        questions,
    })
}

fn salary_range() -> impl Strategy<Value = SalaryRange> {
    (key(), text(), proptest::option::of(text())).prop_map(|(key, level, note)| SalaryRange {
        key,
        level,
        figures: "100k-120k".parse().ok(),
        currency: "EUR".parse().ok(),
        period: Period::Year,
        basis: None,
        note,
        source: None,
        as_of: None,
    })
}

fn week() -> impl Strategy<Value = Week> {
    (1..5_i32, text()).prop_map(|(week, text)| Week { week, text })
}

/// A guide in which keys may stand twice.
pub(crate) fn doubled() -> impl Strategy<Value = Guide> {
    let head = (text(), any::<bool>(), proptest::option::of(key()), vec(text(), 0..3));
    let lines = (vec(line(), 0..3), vec(line(), 0..4), vec(line(), 0..2));
    let rest = (vec(salary_range(), 0..2), vec(week(), 0..4));
    (head, lines, vec(round(), 0..3), vec(category(), 0..4), rest).prop_map(
        |((name, sample, tier, highlights), (focus_areas, insider_tips, red_flags), interview_loop, question_categories, rest)| Guide {
            name,
            sample,
            tier,
            highlights,
            focus_areas,
            interview_loop,
            question_categories,
            insider_tips,
            red_flags,
            salary_ranges: rest.0,
            prep_plan: rest.1,
            ..Guide::default()
        },
    )
}

/// A guide in which each key stands once.
pub(crate) fn guide() -> impl Strategy<Value = Guide> {
    doubled().prop_map(unique)
}

/// Leaves out the items whose key was there before.
pub(crate) fn unique(mut guide: Guide) -> Guide {
    let mut seen = std::collections::BTreeSet::new();
    let mut fresh = move |key: &Key| seen.insert(key.clone());
    guide.focus_areas.retain(|line| fresh(&line.key));
    guide.interview_loop.retain_mut(|round| {
        let kept = fresh(&round.key);
        round.tips.retain(|line| kept && fresh(&line.key));
        kept
    });
    guide.question_categories.retain_mut(|category| {
        let kept = fresh(&category.key);
        category.questions.retain(|question| kept && fresh(&question.key));
        kept
    });
    for lines in [&mut guide.insider_tips, &mut guide.red_flags, &mut guide.traits, &mut guide.sources] {
        lines.retain(|line| fresh(&line.key));
    }
    guide.salary_ranges.retain(|range| fresh(&range.key));
    let mut weeks = std::collections::BTreeSet::new();
    guide.prep_plan.retain(|week| weeks.insert(week.week));
    guide
}

/// One thing that an editor does. Numbers choose among what is there.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Name(String),
    Highlights(Vec<String>),
    Tier(Option<Key>),
    AddLine(u8, u8, Line),
    RewordLine(u8, u8, String),
    RemoveLine(u8, u8),
    MoveLine((u8, u8), (u8, u8)),
    AddRound(u8, Round),
    SetRound(u8, String, Option<i32>),
    RemoveRound(u8),
    MoveRound(u8, u8),
    AddCategory(u8, Category),
    SetCategory(u8, Option<i32>),
    RemoveCategory(u8),
    MoveCategory(u8, u8),
    AddQuestion(u8, u8, Question),
    SetQuestion(u8, u8, String, Option<Difficulty>),
    RemoveQuestion(u8, u8),
    MoveQuestion((u8, u8), (u8, u8)),
    AddRange(SalaryRange),
    SetRange(u8, Option<String>),
    RemoveRange(u8),
    SetWeek(u8, String),
    AddWeek(Week),
    RemoveWeek(u8),
    MoveWeek(u8, u8),
}

/// A few edits.
pub(crate) fn script() -> impl Strategy<Value = Vec<Edit>> {
    let at = || (any::<u8>(), any::<u8>());
    let minutes = || proptest::option::of(1..3_i32);
    let head = prop_oneof![
        text().prop_map(Edit::Name),
        vec(text(), 0..3).prop_map(Edit::Highlights),
        proptest::option::of(key()).prop_map(Edit::Tier),
        week().prop_map(Edit::AddWeek),
        (any::<u8>(), text()).prop_map(|(nth, text)| Edit::SetWeek(nth, text)),
        any::<u8>().prop_map(Edit::RemoveWeek),
        at().prop_map(|(from, to)| Edit::MoveWeek(from, to)),
        salary_range().prop_map(Edit::AddRange),
        (any::<u8>(), proptest::option::of(text())).prop_map(|(nth, note)| Edit::SetRange(nth, note)),
        any::<u8>().prop_map(Edit::RemoveRange),
    ];
    let lines = prop_oneof![
        (at(), line()).prop_map(|((list, nth), line)| Edit::AddLine(list, nth, line)),
        (at(), text()).prop_map(|((list, nth), text)| Edit::RewordLine(list, nth, text)),
        at().prop_map(|(list, nth)| Edit::RemoveLine(list, nth)),
        (at(), at()).prop_map(|(from, to)| Edit::MoveLine(from, to)),
    ];
    let rounds = prop_oneof![
        (any::<u8>(), round()).prop_map(|(nth, round)| Edit::AddRound(nth, round)),
        (any::<u8>(), text(), minutes()).prop_map(|(nth, title, minutes)| Edit::SetRound(nth, title, minutes)),
        any::<u8>().prop_map(Edit::RemoveRound),
        at().prop_map(|(from, to)| Edit::MoveRound(from, to)),
    ];
    let categories = prop_oneof![
        (any::<u8>(), category()).prop_map(|(nth, category)| Edit::AddCategory(nth, category)),
        (any::<u8>(), minutes()).prop_map(|(nth, weight)| Edit::SetCategory(nth, weight)),
        any::<u8>().prop_map(Edit::RemoveCategory),
        at().prop_map(|(from, to)| Edit::MoveCategory(from, to)),
        (at(), question()).prop_map(|((list, nth), question)| Edit::AddQuestion(list, nth, question)),
        (at(), text(), proptest::option::of(proptest::sample::select(Difficulty::ALL)))
            .prop_map(|((list, nth), text, difficulty)| Edit::SetQuestion(list, nth, text, difficulty)),
        at().prop_map(|(list, nth)| Edit::RemoveQuestion(list, nth)),
        (at(), at()).prop_map(|(from, to)| Edit::MoveQuestion(from, to)),
    ];
    vec(prop_oneof![2 => head, 3 => lines, 2 => rounds, 5 => categories], 0..7)
}

/// The guide after the edits; what would give two items one key is left out.
pub(crate) fn apply(guide: &Guide, script: &[Edit]) -> Guide {
    script.iter().fold(guide.clone(), |guide, edit| unique(one(guide, edit)))
}

fn one(mut guide: Guide, edit: &Edit) -> Guide {
    match edit {
        Edit::Name(name) => name.clone_into(&mut guide.name),
        Edit::Highlights(highlights) => highlights.clone_into(&mut guide.highlights),
        Edit::Tier(tier) => guide.tier.clone_from(tier),
        Edit::AddLine(list, nth, line) => put(lines(&mut guide, *list), *nth, Some(line.clone())),
        Edit::RewordLine(list, nth, text) => with(lines(&mut guide, *list), *nth, |line| text.clone_into(&mut line.text)),
        Edit::RemoveLine(list, nth) => drop(out(lines(&mut guide, *list), *nth)),
        Edit::MoveLine(from, to) => {
            let line = out(lines(&mut guide, from.0), from.1);
            put(lines(&mut guide, to.0), to.1, line);
        }
        Edit::AddRound(nth, round) => put(&mut guide.interview_loop, *nth, Some(round.clone())),
        Edit::SetRound(nth, title, minutes) => with(&mut guide.interview_loop, *nth, |round| {
            title.clone_into(&mut round.title);
            round.duration = minutes.map(|min| MinuteRange { min, max: min });
        }),
        Edit::RemoveRound(nth) => drop(out(&mut guide.interview_loop, *nth)),
        Edit::MoveRound(from, to) => shift(&mut guide.interview_loop, *from, *to),
        Edit::AddCategory(nth, category) => put(&mut guide.question_categories, *nth, Some(category.clone())),
        Edit::SetCategory(nth, weight) => with(&mut guide.question_categories, *nth, |category| category.weight_percent = *weight),
        Edit::RemoveCategory(nth) => drop(out(&mut guide.question_categories, *nth)),
        Edit::MoveCategory(from, to) => shift(&mut guide.question_categories, *from, *to),
        Edit::AddQuestion(list, nth, question) => {
            with(&mut guide.question_categories, *list, |category| put(&mut category.questions, *nth, Some(question.clone())));
        }
        Edit::SetQuestion(list, nth, text, difficulty) => with(&mut guide.question_categories, *list, |category| {
            with(&mut category.questions, *nth, |question| {
                text.clone_into(&mut question.text);
                question.difficulty = *difficulty;
            });
        }),
        Edit::RemoveQuestion(list, nth) => with(&mut guide.question_categories, *list, |category| drop(out(&mut category.questions, *nth))),
        Edit::MoveQuestion(from, to) => {
            let mut question = None;
            with(&mut guide.question_categories, from.0, |category| question = out(&mut category.questions, from.1));
            with(&mut guide.question_categories, to.0, |category| put(&mut category.questions, to.1, question));
        }
        Edit::AddRange(range) => put(&mut guide.salary_ranges, 0, Some(range.clone())),
        Edit::SetRange(nth, note) => with(&mut guide.salary_ranges, *nth, |range| range.note.clone_from(note)),
        Edit::RemoveRange(nth) => drop(out(&mut guide.salary_ranges, *nth)),
        Edit::SetWeek(nth, text) => with(&mut guide.prep_plan, *nth, |week| text.clone_into(&mut week.text)),
        Edit::AddWeek(week) => put(&mut guide.prep_plan, u8::MAX, Some(week.clone())),
        Edit::RemoveWeek(nth) => drop(out(&mut guide.prep_plan, *nth)),
        Edit::MoveWeek(from, to) => shift(&mut guide.prep_plan, *from, *to),
    }
    guide
}

/// One of the lists of lines: the outer ones, then the tips of the rounds.
fn lines(guide: &mut Guide, list: u8) -> &mut Vec<Line> {
    let rounds = guide.interview_loop.len();
    match usize::from(list) % (3 + rounds) {
        0 => &mut guide.focus_areas,
        1 => &mut guide.insider_tips,
        2 => &mut guide.red_flags,
        nth => &mut guide.interview_loop[nth - 3].tips,
    }
}

fn with<T>(list: &mut [T], nth: u8, change: impl FnOnce(&mut T)) {
    if !list.is_empty() {
        let nth = usize::from(nth) % list.len();
        change(&mut list[nth]);
    }
}

fn put<T>(list: &mut Vec<T>, nth: u8, item: Option<T>) {
    if let Some(item) = item {
        list.insert(usize::from(nth) % (list.len() + 1), item);
    }
}

fn out<T>(list: &mut Vec<T>, nth: u8) -> Option<T> {
    if list.is_empty() { None } else { Some(list.remove(usize::from(nth) % list.len())) }
}

fn shift<T>(list: &mut Vec<T>, from: u8, to: u8) {
    let item = out(list, from);
    put(list, to, item);
}
