//! Salary ranges of public guides.

mod filter;
mod list;

pub use filter::SalaryRangeTest;
pub use list::{SalaryRange, SalaryRangeOrder, list};
