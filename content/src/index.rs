//! The index rows of a public guide: what lists filter, search, sort and count. They are rewritten whole with every move of the pointer.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, NotSet, QueryFilter, Set};

use entity::{
    CompanyId, Difficulty, RevisionNumber, Slug, Timestamp, published_category, published_focus_area, published_guide, published_question,
    published_round, published_salary_range, published_tag,
};

use crate::error::{Doing, Result};
use crate::fold::{fold, fold_all};
use crate::published::{Category, Guide, Question, SalaryRange};

/// What a pointer says besides what the guide itself says.
pub(crate) struct Pointer {
    pub(crate) company: CompanyId,
    pub(crate) slug: Slug,
    pub(crate) revision: RevisionNumber,
    pub(crate) published_at: Timestamp,
}

/// Removes the pointer. Its index rows go with it, by their foreign keys.
pub(crate) async fn remove(transaction: &DatabaseTransaction, company: CompanyId) -> Result<()> {
    published_guide::Entity::delete_many()
        .filter(published_guide::Column::CompanyId.eq(company))
        .exec(transaction)
        .await
        .doing("remove index rows")
        .map(drop)
}

/// Index rows that an edit has yet to write: those of many guides go in together, a statement for each table and not for each guide.
#[derive(Default)]
pub(crate) struct Pending {
    pub(crate) guides: Vec<published_guide::ActiveModel>,
    pub(crate) focus_areas: Vec<published_focus_area::ActiveModel>,
    pub(crate) rounds: Vec<published_round::ActiveModel>,
    pub(crate) categories: Vec<published_category::ActiveModel>,
    pub(crate) questions: Vec<published_question::ActiveModel>,
    pub(crate) tags: Vec<published_tag::ActiveModel>,
    pub(crate) salary_ranges: Vec<published_salary_range::ActiveModel>,
}

impl Pending {
    /// Notes the pointer and the index rows of a guide.
    pub(crate) fn add(&mut self, pointer: &Pointer, guide: &Guide) {
        let company_folded = fold(&guide.name);
        self.guides.push(pointer_row(pointer, &company_folded, guide));
        let rows = Rows { company: pointer.company, company_folded };
        self.focus_areas.extend(guide.focus_areas.iter().map(|line| rows.focus_area(line)));
        self.rounds.extend(guide.rounds.iter().map(|round| rows.round(round)));
        self.categories.extend(guide.categories.iter().map(|category| rows.category(category)));
        for ((category, _, question), position) in guide.questions().zip(1..) {
            self.questions.push(rows.question(&guide.categories[category], question, position));
            self.tags.extend(rows.tags(question));
        }
        self.salary_ranges.extend(guide.salary_ranges.iter().zip(1..).map(|(range, position)| rows.salary_range(range, position)));
    }

    /// Writes what was noted. Must happen before the rows of a company are looked at, changed or removed, and before the commit.
    pub(crate) async fn write(&mut self, transaction: &DatabaseTransaction) -> Result<()> {
        macro_rules! insert {
            ($entity:ident, $rows:ident) => {
                let rows = std::mem::take(&mut self.$rows);
                // SQLite takes 32,766 values in a statement, and no row has more than twelve.
                for chunk in rows.chunks(2_000) {
                    $entity::Entity::insert_many(chunk.to_vec()).exec_without_returning(transaction).await.doing("write index rows")?;
                }
            };
        }
        insert!(published_guide, guides);
        insert!(published_focus_area, focus_areas);
        insert!(published_round, rounds);
        insert!(published_category, categories);
        insert!(published_question, questions);
        insert!(published_tag, tags);
        insert!(published_salary_range, salary_ranges);
        Ok(())
    }
}

fn pointer_row(pointer: &Pointer, name_folded: &str, guide: &Guide) -> published_guide::ActiveModel {
    let minutes = guide.total_minutes();
    let lines = guide.focus_areas.iter().map(|line| line.text.as_str());
    let words = guide.highlights.iter().map(String::as_str).chain(lines).chain([guide.tier.as_str(), pointer.slug.as_str()]);
    published_guide::ActiveModel {
        row: NotSet,
        company_id: Set(pointer.company),
        slug: Set(pointer.slug.clone()),
        revision: Set(pointer.revision),
        published_at: Set(pointer.published_at),
        name_folded: Set(name_folded.to_owned()),
        tier: Set(guide.tier.clone()),
        verified_on: Set(guide.verified_on.map(|day| day.to_string())),
        sample: Set(guide.sample),
        total_minutes_min: Set(minutes.min),
        total_minutes_max: Set(minutes.max),
        words: Set(fold_all(words)),
    }
}

/// How a difficulty is sorted: easy first, none before all.
pub(crate) const fn difficulty_rank(difficulty: Option<Difficulty>) -> i32 {
    match difficulty {
        None => 0,
        Some(Difficulty::Easy) => 1,
        Some(Difficulty::Medium) => 2,
        Some(Difficulty::Hard) => 3,
    }
}

/// Makes the rows of one company.
struct Rows {
    company: CompanyId,
    company_folded: String,
}

impl Rows {
    fn focus_area(&self, line: &crate::published::Line) -> published_focus_area::ActiveModel {
        published_focus_area::ActiveModel { id: Set(line.id), company_id: Set(self.company), text_folded: Set(fold(&line.text)) }
    }

    fn round(&self, round: &crate::published::Round) -> published_round::ActiveModel {
        published_round::ActiveModel { id: Set(round.id), company_id: Set(self.company), title_folded: Set(fold(&round.title)) }
    }

    fn category(&self, category: &Category) -> published_category::ActiveModel {
        published_category::ActiveModel {
            id: Set(category.id),
            company_id: Set(self.company),
            name_folded: Set(fold(&category.name)),
            weight_percent: Set(category.weight_percent),
        }
    }

    fn question(&self, category: &Category, question: &Question, position: i32) -> published_question::ActiveModel {
        let more = question.tags.iter().map(String::as_str).chain(question.guidance.as_deref());
        published_question::ActiveModel {
            row: NotSet,
            id: Set(question.id),
            company_id: Set(self.company),
            company_folded: Set(self.company_folded.clone()),
            position: Set(position),
            category_id: Set(category.id),
            difficulty: Set(difficulty_rank(question.difficulty)),
            text_folded: Set(fold(&question.text)),
            words: Set(fold_all(more)),
        }
    }

    fn tags(&self, question: &Question) -> Vec<published_tag::ActiveModel> {
        let mut tags: Vec<String> = question.tags.iter().map(|tag| fold(tag)).collect();
        tags.sort_unstable();
        tags.dedup();
        let row = |tag| published_tag::ActiveModel { question_id: Set(question.id), tag: Set(tag), company_id: Set(self.company) };
        tags.into_iter().map(row).collect()
    }

    fn salary_range(&self, range: &SalaryRange, position: i32) -> published_salary_range::ActiveModel {
        published_salary_range::ActiveModel {
            id: Set(range.id),
            company_id: Set(self.company),
            company_folded: Set(self.company_folded.clone()),
            position: Set(position),
            level_folded: Set(fold(&range.level)),
            currency: Set(range.currency.code().to_owned()),
            period: Set(range.period),
            basis: Set(range.basis),
            min_amount: Set(range.figures.min),
            max_amount: Set(range.figures.max.unwrap_or(range.figures.min)),
            open_ended: Set(range.figures.open_ended),
        }
    }
}
