//! Questions of public guides.

mod filter;
mod list;

pub use filter::QuestionTest;
pub use list::{Question, QuestionOrder, list, list_of};
