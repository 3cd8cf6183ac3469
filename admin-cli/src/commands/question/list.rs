//! `greenroom question list`: questions of many guides.

use clap::Args;
use content::Difficulty;
use content::fold::fold;
use content::guide::{Category, Question};

use crate::acts::counted;
use crate::commands::salary::Of;
use crate::fault::Result;
use crate::guides::Held;
use crate::job::of_all;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// List questions
#[derive(Args, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    of: Of,
    /// Only of categories with this key or name
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Only those with these words, in any order
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only those that are found by this
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Only as hard as this: easy, medium, hard
    #[arg(long, value_parser = difficulty)]
    difficulty: Option<Difficulty>,
}

const COLUMNS: &[Column] = &[
    Column { key: "company", title: "COMPANY" },
    Column { key: "category", title: "CATEGORY" },
    Column { key: "key", title: "KEY" },
    Column { key: "text", title: "QUESTION" },
    Column { key: "difficulty", title: "DIFFICULTY" },
    Column { key: "tags", title: "TAGS" },
    Column { key: "guidance", title: "" },
];

pub(super) fn difficulty(text: &str) -> Result<Difficulty, String> {
    text.parse().map_err(|_| "easy, medium or hard".to_owned())
}

impl List {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let filter = self.of.filter(room).await?;
        let mut listing = room.ui.listing(COLUMNS, "key")?;
        let mut questions = 0;
        let mut page = |guides: Vec<Held>| {
            for held in &guides {
                for category in held.guide.question_categories.iter().filter(|category| self.takes(category)) {
                    for question in category.questions.iter().filter(|question| self.shows(question)) {
                        listing.row(&cells(&held.slug, category, question));
                        questions += 1;
                    }
                }
            }
        };
        let guides = of_all(room.client().await?, filter, &mut page).await?;
        listing.end(&format!("{} of {}.", counted(questions, "question", "questions"), counted(guides, "guide", "guides")));
        Ok(())
    }

    fn takes(&self, category: &Category) -> bool {
        self.category.as_deref().is_none_or(|wanted| category.key.as_str() == wanted || fold(&category.name) == fold(wanted))
    }

    fn shows(&self, question: &Question) -> bool {
        let text = || fold(&format!("{} {}", question.text, question.guidance.as_deref().unwrap_or_default()));
        let words = |search: &String| {
            let text = text();
            fold(search).split(' ').all(|word| text.contains(word))
        };
        let tagged = |tag: &String| question.tags.iter().any(|other| fold(other) == fold(tag));
        let hard = |difficulty: Difficulty| question.difficulty == Some(difficulty);
        self.search.as_ref().is_none_or(words) && self.tag.as_ref().is_none_or(tagged) && self.difficulty.is_none_or(hard)
    }
}

fn cells(slug: &str, category: &Category, question: &Question) -> [Cell; 7] {
    [
        Cell::from(slug),
        Cell::from(category.key.as_str()),
        Cell::from(question.key.as_str()),
        Cell::from(question.text.as_str()),
        Cell::from(question.difficulty.map(|difficulty| difficulty.to_string())),
        Cell::new(question.tags.clone(), if question.tags.is_empty() { "-".to_owned() } else { question.tags.join(", ") }),
        Cell::from(question.guidance.clone()),
    ]
}
