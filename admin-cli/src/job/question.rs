//! A row of a table of questions: one question of one guide, changed where it is there and added where it is not.

use content::changes::{At, Change, New, Revised};
use content::fold::tidy;
use content::guide::{Category, Guide};
use content::{Difficulty, Key};
use serde::{Deserialize, Serialize};

use super::given::{Cells, Given};
use crate::place::category;
use crate::sheet::Field;

/// The columns of such a table.
pub(crate) const FIELDS: &[Field] = &[
    Field { name: "company", required: true },
    Field { name: "category", required: true },
    Field { name: "text", required: true },
    Field { name: "difficulty", required: false },
    Field { name: "tags", required: false },
    Field { name: "guidance", required: false },
    Field { name: "key", required: false },
];

/// What a question gets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct QuestionRow {
    category: String,
    text: String,
    difficulty: Given<Difficulty>,
    tags: Given<Vec<String>>,
    guidance: Given<String>,
    key: Option<Key>,
}

impl QuestionRow {
    pub(super) fn read(cells: &mut Cells<'_>) -> Self {
        let category = cells.needed("category");
        let key = cells.parsed("key", "small letters, digits and hyphens").value();
        let text = if key.is_some() { cells.raw("text") } else { cells.needed("text") };
        let tags = |text: &str| Ok(text.split(';').map(tidy).filter(|tag| !tag.is_empty()).collect());
        Self {
            category,
            text,
            difficulty: cells.read("difficulty", |text| {
                text.to_lowercase().parse().map_err(|_| format!("difficulty {text:?} is not understood; write easy, medium or hard"))
            }),
            tags: cells.read("tags", tags),
            guidance: cells.text("guidance"),
            key,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.category
    }

    /// What two rows of one guide may not share.
    pub(super) fn identity(&self) -> String {
        match &self.key {
            Some(key) => format!("the question {key}"),
            None => format!("the question {:?} of {}", self.text, self.category),
        }
    }

    pub(super) fn change(&self, guide: &Guide) -> Result<Change, String> {
        let category = category(guide, &self.category).map_err(|unnamed| unnamed.to_string())?;
        let text = (!self.text.is_empty()).then(|| self.text.clone());
        let Some(key) = &self.key else {
            let there = category.questions.iter().find(|question| question.text == self.text);
            return Ok(there.map_or_else(|| self.adding(category), |question| self.revising(&question.key, None)));
        };
        let holder = guide.question_categories.iter().find(|each| each.questions.iter().any(|question| question.key == *key));
        match holder {
            Some(holder) if holder.key == category.key => Ok(self.revising(key, text)),
            Some(holder) => Err(format!("the question {key} is in {}; move it with greenroom question move", holder.key)),
            None if text.is_some() => Ok(self.adding(category)),
            None => Err(format!("this guide has no question {key}, and a new one needs a text")),
        }
    }

    fn adding(&self, category: &Category) -> Change {
        let item = New::Question {
            category: category.key.clone(),
            text: self.text.clone(),
            difficulty: self.difficulty.value(),
            tags: self.tags.value().unwrap_or_default(),
            guidance: self.guidance.value(),
        };
        Change::Add { item, key: self.key.clone(), at: At::Last }
    }

    fn revising(&self, key: &Key, text: Option<String>) -> Change {
        let (difficulty, tags, guidance) = (self.difficulty.patch(), self.tags.patch(), self.guidance.patch());
        Change::Change(Revised::Question { key: key.clone(), text, difficulty, tags, guidance })
    }
}
