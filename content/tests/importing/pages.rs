//! Each page beside its snapshot: counts, fates, fields, and the guide that would come of it.

use std::fmt::Write;

use content::importing::{Context, ImportPlan, plan, read};

use super::{all, folder, tiers};

fn shown(plan: &ImportPlan) -> String {
    let counts = plan.counts;
    let mut text = format!(
        "{} lines: {} placed, {} set aside, {} not placed\n\nLINES\n",
        counts.lines, counts.placed, counts.set_aside, counts.not_placed
    );
    for line in plan.lines.iter().filter(|line| !line.text.is_empty()) {
        let said: String = line.text.chars().take(60).collect();
        writeln!(text, "{:>3}  {:<58}  {said}", line.number, line.fate.to_string()).unwrap();
    }
    text.push_str("\nFIELDS\n");
    for field in &plan.fields {
        let lines: Vec<String> = field.lines.iter().map(ToString::to_string).collect();
        let start = format!("{:<45} {:<9}", field.path.to_string(), field.outcome.word());
        writeln!(text, "{start}  {}{}", field.value, if lines.is_empty() { String::new() } else { format!("  [{}]", lines.join(" ")) })
            .unwrap();
        if let Some(why) = &field.why {
            writeln!(text, "    why: {why}").unwrap();
        }
        for choice in &field.choices {
            writeln!(text, "    {} % {} ({})", choice.likelihood_percent, choice.label, choice.id).unwrap();
        }
    }
    let guide = serde_json::to_value(&plan.guide).unwrap();
    text.push_str("\nGUIDE\n");
    for (field, value) in guide.as_object().unwrap() {
        match value.as_array() {
            Some(items) => {
                writeln!(text, "{field}: {}", items.len()).unwrap();
                for item in items {
                    writeln!(text, "    {item}").unwrap();
                }
            }
            None => writeln!(text, "{field}: {value}").unwrap(),
        }
    }
    text
}

#[test]
fn every_page_is_read_as_a_careful_editor_would_read_it() {
    let tiers = tiers();
    let pages = all();
    assert!(pages.len() >= 13);
    for (name, text) in pages {
        let plan = plan(&read(&text), None, &Context { tiers: &tiers, ..Context::default() });
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder().join(&name));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("plan", shown(&plan)));
    }
}
