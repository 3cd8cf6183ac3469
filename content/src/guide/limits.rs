//! How much a guide may hold. Everything has a limit with a name.

/// Characters of one text.
pub const TEXT: usize = 500;
/// Characters of a name or title.
pub const NAME: usize = 120;
/// Characters of a tag or of one entry of a round's focus.
pub const TAG: usize = 80;
/// Entries of a plain list: highlights, focus areas, tips, red flags, traits, sources, the tips of a round, its focus, the tags of a question.
pub const LINES: usize = 100;
/// Rounds of a loop.
pub const ROUNDS: usize = 20;
/// Categories of questions.
pub const CATEGORIES: usize = 30;
/// Questions of one category.
pub const QUESTIONS: usize = 100;
/// Salary ranges.
pub const SALARY_RANGES: usize = 50;
/// Weeks of the plan.
pub const WEEKS: usize = 52;
/// Minutes of one round: a whole day.
pub const MINUTES: i32 = 1_440;
/// Bytes of the whole guide as JSON.
pub const GUIDE_BYTES: usize = 256 * 1_024;
