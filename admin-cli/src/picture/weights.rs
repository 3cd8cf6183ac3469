//! The weights of the question categories as bars.

use content::guide::Category;

use super::share;
use crate::ui::{columns, cut};

/// A line for each category: its share, its name, a bar, and how many questions it has.
pub(crate) fn bars(categories: &[Category], width: usize) -> Vec<String> {
    let widest = categories.iter().map(|category| columns(&category.name)).max().unwrap_or(0).min(width / 2);
    let room = width.saturating_sub(widest + 20).clamp(5, 50);
    categories.iter().map(|category| line(category, widest, room)).collect()
}

fn line(category: &Category, widest: usize, room: usize) -> String {
    let percent = category.weight_percent.map_or_else(|| "   -".to_owned(), |percent| format!("{percent:>3} %"));
    let name = cut(&category.name, widest);
    let gap = " ".repeat(widest.saturating_sub(columns(&name)));
    let bar = "#".repeat(share(i64::from(category.weight_percent.unwrap_or(0)), 100, room).min(room));
    let count = category.questions.len();
    format!("  {percent:>5}  {name}{gap}  {bar:<room$}  {count}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use content::guide::Category;

    use super::bars;

    fn category(name: &str, weight_percent: Option<i32>) -> Category {
        Category { key: "a".parse().unwrap(), name: name.to_owned(), weight_percent, questions: Vec::new() }
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_at_any_width() {
        let categories = [category("Coding", Some(60)), category("System design", Some(40)), category("Rest", None)];
        let lines = bars(&categories, 60);
        let signs = |line: &String| line.matches('#').count();
        assert_eq!(lines.iter().map(signs).collect::<Vec<_>>(), [16, 11, 0]);
        for width in [20, 40, 60, 100, 120] {
            assert!(bars(&categories, width).iter().all(|line| line.len() <= width.max(40)), "{width}");
        }
    }
}
