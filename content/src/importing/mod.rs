//! From a pasted page to a guide, in one direction: text, page with a fate for every line, plan, guide.
//! Nothing here touches the database, nothing fails, and what is not understood is said, never guessed.

mod dates;
mod durations;
mod fate;
mod figures;
mod furniture;
mod heading;
mod lines;
mod lists;
mod loops;
mod mark;
mod matching;
mod page;
mod pay;
mod plan;
mod questions;
mod salaries;
mod top;
mod weeks;

pub use fate::{Aside, Counts, Fate, Line};
pub use page::{Page, read};
pub use plan::{Choice, Context, FieldPlan, ImportPlan, LEAVE, Outcome, plan};
