//! The index rows that the public guides ask for, against those that there are.

use std::collections::BTreeMap;

use super::{
    ConnectionTrait, Difficulty, EntityTrait, Public, fold, published_category, published_focus_area, published_guide, published_question,
    published_round, published_salary_range, published_tag,
};

/// Compares every index table whole: a row too many is as wrong as one that is missing.
pub(super) async fn compare(database: &impl ConnectionTrait, public: &[Public<'_>], wrong: &mut Vec<String>) {
    macro_rules! table {
        ($table:ident, $key:expr, $expected:expr) => {
            let found = $table::Entity::find().all(database).await.expect("a table is read");
            let found: BTreeMap<_, _> = found.into_iter().map(|row| ($key(&row), plain::$table(row))).collect();
            let expected: BTreeMap<_, _> = public.iter().flat_map($expected).map(|row: $table::Model| ($key(&row), row)).collect();
            super::compare(stringify!($table), &expected, &found, wrong);
        };
    }
    table!(published_guide, |row: &published_guide::Model| row.company_id, |public| [guide(public)]);
    table!(published_focus_area, |row: &published_focus_area::Model| row.id, focus_areas);
    table!(published_round, |row: &published_round::Model| row.id, rounds);
    table!(published_category, |row: &published_category::Model| row.id, categories);
    table!(published_question, |row: &published_question::Model| row.id, questions);
    table!(published_tag, |row: &published_tag::Model| (row.question_id, row.tag.clone()), tags);
    table!(published_salary_range, |row: &published_salary_range::Model| row.id, salary_ranges);
}

/// Rows without the number that the database gave them.
mod plain {
    use super::{
        published_category, published_focus_area, published_guide, published_question, published_round, published_salary_range,
        published_tag,
    };

    pub(super) fn published_guide(row: published_guide::Model) -> published_guide::Model {
        published_guide::Model { row: 0, ..row }
    }

    pub(super) fn published_question(row: published_question::Model) -> published_question::Model {
        published_question::Model { row: 0, ..row }
    }

    macro_rules! as_they_are {
        ($($table:ident),*) => {$(
            pub(super) fn $table(row: $table::Model) -> $table::Model {
                row
            }
        )*};
    }
    as_they_are!(published_category, published_focus_area, published_round, published_salary_range, published_tag);
}

fn joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let folded: Vec<String> = texts.into_iter().map(fold).filter(|text| !text.is_empty()).collect();
    folded.join(" ")
}

fn guide(Public { pointer, guide }: &Public<'_>) -> published_guide::Model {
    let mut texts: Vec<&str> = guide.highlights.iter().map(String::as_str).collect();
    texts.extend(guide.focus_areas.iter().map(|line| line.text.as_str()));
    texts.extend([guide.tier.as_str(), pointer.slug.as_str()]);
    published_guide::Model {
        row: 0,
        company_id: pointer.company_id,
        slug: pointer.slug.clone(),
        revision: pointer.revision,
        published_at: pointer.published_at,
        name_folded: fold(&guide.name),
        tier: guide.tier.clone(),
        verified_on: guide.verified_on.map(|day| day.to_string()),
        sample: guide.sample,
        total_minutes_min: guide.rounds.iter().map(|round| round.duration.min).sum(),
        total_minutes_max: guide.rounds.iter().map(|round| round.duration.max).sum(),
        words: joined(texts),
    }
}

fn focus_areas(Public { pointer, guide }: &Public<'_>) -> Vec<published_focus_area::Model> {
    let lines = guide.focus_areas.iter();
    lines.map(|line| published_focus_area::Model { id: line.id, company_id: pointer.company_id, text_folded: fold(&line.text) }).collect()
}

fn rounds(Public { pointer, guide }: &Public<'_>) -> Vec<published_round::Model> {
    let rounds = guide.rounds.iter();
    rounds.map(|round| published_round::Model { id: round.id, company_id: pointer.company_id, title_folded: fold(&round.title) }).collect()
}

fn categories(Public { pointer, guide }: &Public<'_>) -> Vec<published_category::Model> {
    let row = |category: &content::published::Category| published_category::Model {
        id: category.id,
        company_id: pointer.company_id,
        name_folded: fold(&category.name),
        weight_percent: category.weight_percent,
    };
    guide.categories.iter().map(row).collect()
}

fn questions(Public { pointer, guide }: &Public<'_>) -> Vec<published_question::Model> {
    let mut rows = Vec::new();
    for category in &guide.categories {
        for question in &category.questions {
            let texts = question.tags.iter().map(String::as_str).chain(question.guidance.as_deref());
            rows.push(published_question::Model {
                row: 0,
                id: question.id,
                company_id: pointer.company_id,
                company_folded: fold(&guide.name),
                position: i32::try_from(rows.len()).expect("few questions") + 1,
                category_id: category.id,
                difficulty: match question.difficulty {
                    None => 0,
                    Some(Difficulty::Easy) => 1,
                    Some(Difficulty::Medium) => 2,
                    Some(Difficulty::Hard) => 3,
                },
                text_folded: fold(&question.text),
                words: joined(texts),
            });
        }
    }
    rows
}

fn tags(Public { pointer, guide }: &Public<'_>) -> Vec<published_tag::Model> {
    let mut rows = Vec::new();
    for (_, _, question) in guide.questions() {
        let row = |tag: &String| published_tag::Model { question_id: question.id, tag: fold(tag), company_id: pointer.company_id };
        rows.extend(question.tags.iter().map(row));
    }
    rows
}

fn salary_ranges(Public { pointer, guide }: &Public<'_>) -> Vec<published_salary_range::Model> {
    let row = |(range, position): (&content::published::SalaryRange, i32)| published_salary_range::Model {
        id: range.id,
        company_id: pointer.company_id,
        company_folded: fold(&guide.name),
        position,
        level_folded: fold(&range.level),
        currency: range.currency.code().to_owned(),
        period: range.period,
        basis: range.basis,
        min_amount: range.figures.min,
        max_amount: range.figures.max.unwrap_or(range.figures.min),
        open_ended: range.figures.open_ended,
    };
    guide.salary_ranges.iter().zip(1..).map(row).collect()
}
