//! Texts of megabytes: an import of them ends, whatever they repeat. Nothing here looks at a clock; a quadratic step would take minutes.

use content::importing::{Context, plan, read};

use super::tiers;

const LINES: usize = 100_000;

fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

fn ends(text: &str, lines: usize) {
    let page = read(text);
    assert_eq!(page.counts().lines, lines);
    let tiers = tiers();
    let context = Context { tiers: &tiers, ..Context::default() };
    let first = plan(&page, None, &context);
    assert_eq!(plan(&page, Some(&first.guide), &context).guide, first.guide);
}

#[test]
fn menus_without_end() {
    ends(&"Home | Companies | Pricing\nSign in\n".repeat(LINES / 2), LINES);
}

#[test]
fn headings_without_end() {
    ends(&"Insider Tips\nIntervew Loop\nSalary Ragnes\nQuestions\n".repeat(LINES / 4), LINES);
}

#[test]
fn one_line_without_end() {
    ends(&"Tips: 1, $2K-3%; (x) ".repeat(LINES), 1);
    ends(&format!("Interview Loop\n1\n{}", "9".repeat(LINES * 20)), 3);
}

#[test]
fn bullets_without_end() {
    let bullets = many(LINES, |number| format!("- Advice number {number} of many\n"));
    ends(&format!("Insider Tips\n{bullets}"), LINES + 1);
    ends(&format!("Interview Loop\n1\nTalk\n30 min\n{bullets}"), LINES + 4);
}

#[test]
fn rounds_categories_salaries_and_weeks_without_end() {
    let rounds = many(LINES / 2, |number| format!("{}\nTalk {number} (30 min)\n", number % 90 + 1));
    ends(&format!("Interview Loop\n{rounds}"), LINES + 1);
    let categories = many(LINES, |number| format!("Kind {number} 5%\n"));
    ends(&format!("Questions\n{categories}"), LINES + 1);
    let salaries = many(LINES, |number| format!("Level {number} $50K-$60K\n"));
    ends(&format!("Salaries\n{salaries}"), LINES + 1);
    ends(&format!("Prep plan\n{}", "Week 1: a\nWeeks 1-52: b\nmore\n".repeat(LINES / 8)), LINES / 8 * 3 + 1);
}
