//! `greenroom question show`: one question, and the one way to find a question of a guide.

use clap::Args;
use content::guide::{Category, Guide, Question};
use serde_json::json;

use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::guides::hold;
use crate::room::Room;
use crate::sheet::nearest;
use crate::ui::{BOLD, paint, wrap};

/// Show one question with all that belongs to it
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The question, by its key
    #[arg(value_name = "KEY")]
    key: String,
}

impl Show {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let held = hold(room, &self.name).await?;
        let (category, question) = find(&held.slug, &held.guide, &self.key)?;
        if room.ui.is_for_programs() {
            room.ui.object(&json!({
                "company": held.slug,
                "category": category.key,
                "key": question.key,
                "text": question.text,
                "difficulty": question.difficulty,
                "tags": question.tags,
                "guidance": question.guidance,
            }));
            return Ok(());
        }
        let width = room.ui.width.unwrap_or(100);
        for line in wrap(&question.text, width) {
            room.ui.out(paint(BOLD, line));
        }
        room.ui.out(format!("  {} > {} > {}", held.slug, category.name, question.key));
        if let Some(difficulty) = question.difficulty {
            room.ui.out(format!("  difficulty  {difficulty}"));
        }
        if !question.tags.is_empty() {
            room.ui.out(format!("  tags        {}", question.tags.join(", ")));
        }
        for (number, line) in question.guidance.iter().flat_map(|guidance| wrap(guidance, width - 14)).enumerate() {
            room.ui.out(format!("  {:<10}  {line}", if number == 0 { "guidance" } else { "" }));
        }
        Ok(())
    }
}

/// A question of a guide with its category.
pub(super) fn find<'a>(slug: &str, guide: &'a Guide, key: &str) -> Result<(&'a Category, &'a Question)> {
    let all = || guide.question_categories.iter().flat_map(|category| category.questions.iter().map(move |question| (category, question)));
    all().find(|(_, question)| question.key.as_str() == key).ok_or_else(|| {
        let fault = Fault::new(Code::PlaceUnknown, format!("{slug} has no question {key:?}"));
        let fault = Fault { code: "NOT-001".to_owned(), exit: 7, ..fault };
        let close = nearest(key, all().map(|(_, question)| question.key.as_str()));
        let fault = close.into_iter().fold(fault, |fault, close| fault.line(format!("  close: {close}")));
        fault.next(format!("greenroom question list --company {slug}"))
    })
}
