//! What an import may do to a guide that is there: reword, add, put in order. Never remove, never guess.

use content::guide::{Guide, Question};
use content::importing::{Context, FieldPlan, ImportPlan, LEAVE, Outcome, plan, read};
use content::tier::Tier;

use super::{all, tiers};

fn page(name: &str) -> String {
    all().into_iter().find(|(found, _)| found == name).unwrap().1
}

fn import(text: &str, existing: Option<&Guide>, tiers: &[Tier]) -> ImportPlan {
    plan(&read(text), existing, &Context { tiers, ..Context::default() })
}

fn answered(text: &str, existing: Option<&Guide>, answers: &[(&str, &str)]) -> ImportPlan {
    let answers = answers.iter().map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned())).collect();
    plan(&read(text), existing, &Context { tiers: &tiers(), answers, ..Context::default() })
}

fn field<'a>(plan: &'a ImportPlan, path: &str) -> &'a FieldPlan {
    plan.fields.iter().find(|field| field.path.to_string() == path).unwrap_or_else(|| panic!("{path}"))
}

#[test]
fn a_page_that_is_imported_again_changes_nothing() {
    let tiers = tiers();
    for (name, text) in all() {
        let first = import(&text, None, &tiers);
        let second = import(&text, Some(&first.guide), &tiers);
        assert_eq!(second.guide, first.guide, "{name}");
        for field in second.fields {
            assert!(!matches!(field.outcome, Outcome::WouldSet | Outcome::WouldAdd), "{name}: {} {}", field.path, field.value);
        }
    }
}

#[test]
fn what_the_page_does_not_know_stays() {
    let tiers = tiers();
    let text = page("larkenfield-systems");
    let mut guide = import(&text, None, &tiers).guide;
    guide.insider_tips.insert(1, content::guide::Line { key: "own".parse().unwrap(), text: "Our own tip.".to_owned() });
    guide.interview_loop[0].tips.clear();
    guide.salary_ranges[0].source = Some("Editors' survey".to_owned());
    guide.traits.push(content::guide::Line { key: "mine".parse().unwrap(), text: "A trait of our own".to_owned() });
    let plan = import(&text, Some(&guide), &tiers);
    assert_eq!(plan.guide.insider_tips[1].text, "Our own tip.");
    assert_eq!(plan.guide.salary_ranges[0].source.as_deref(), Some("Editors' survey"));
    assert_eq!(plan.guide.interview_loop[0].tips.len(), 1);
    assert_eq!(field(&plan, "traits").outcome, Outcome::Untouched);
    assert_eq!(field(&plan, "insider_tips").outcome, Outcome::Same);
    assert_eq!(field(&plan, "interview_loop").outcome, Outcome::WouldSet);
}

#[test]
fn a_question_that_was_reworded_keeps_its_key_and_its_guidance() {
    let tiers = tiers();
    let text = page("quillon-labs");
    let mut guide = import(&text, None, &tiers).guide;
    let question = Question { guidance: Some("Names a ruler first.".to_owned()), ..guide.question_categories[0].questions[0].clone() };
    guide.question_categories[0].questions[0] = question.clone();
    let plan = import(&text.replace("measure a blot?", "measure one blot?"), Some(&guide), &tiers);
    let after = &plan.guide.question_categories[0].questions[0];
    assert_eq!((after.key.as_str(), after.text.as_str()), (question.key.as_str(), "How would you measure one blot?"));
    assert_eq!(after.guidance, question.guidance);
}

#[test]
fn a_list_that_only_grows_is_added_to() {
    let tiers = tiers();
    let text = page("larkenfield-systems");
    let guide = import(&text, None, &tiers).guide;
    let plan = import(&text.replace("- Forecasts of fog", "- Forecasts of fog\n- Maps of currents"), Some(&guide), &tiers);
    assert_eq!(field(&plan, "focus_areas").outcome, Outcome::WouldAdd);
    assert_eq!(field(&plan, "focus_areas").value, "4 areas, 1 of them new");
    let plan = import(&text.replace("- Routing of tugs", "- Routing of small tugs"), Some(&guide), &tiers);
    assert_eq!(field(&plan, "focus_areas").outcome, Outcome::WouldSet);
    assert_eq!(plan.guide.focus_areas[1].key, guide.focus_areas[1].key);
}

#[test]
fn an_unsure_value_waits_for_an_answer() {
    let text = page("quillon-labs");
    let open = answered(&text, None, &[]);
    assert_eq!((open.guide.tier.clone(), field(&open, "tier").outcome), (None, Outcome::Unsure));
    let set = answered(&text, None, &[("tier", "ai-lab")]);
    assert_eq!(set.guide.tier.as_ref().map(content::Key::as_str), Some("ai-lab"));
    assert_eq!(field(&set, "tier").outcome, Outcome::WouldSet);
    let again = answered(&text, Some(&set.guide), &[("tier", "ai-lab")]);
    assert_eq!((&again.guide, field(&again, "tier").outcome), (&set.guide, Outcome::Same));
    let left = answered(&text, None, &[("tier", LEAVE)]);
    assert_eq!((left.guide.tier.clone(), field(&left, "tier").outcome), (None, Outcome::Missing));
}

#[test]
fn an_answer_that_is_no_choice_is_reported_and_changes_nothing() {
    let plan = answered(&page("quillon-labs"), None, &[("tier", "the moon"), ("no.such.question", "x")]);
    assert_eq!(plan.guide.tier, None);
    let tier = field(&plan, "tier");
    assert_eq!(tier.outcome, Outcome::Unsure);
    assert!(tier.why.as_deref().unwrap().contains("\"the moon\" is none of the choices"), "{:?}", tier.why);
}

#[test]
fn a_round_without_a_readable_duration_takes_the_one_that_is_answered() {
    let text = page("larkenfield-systems");
    let question = "interview_loop.half-day-onsite.duration";
    let plan = answered(&text, None, &[(question, "240m")]);
    assert_eq!(plan.guide.interview_loop[2].duration.unwrap().to_string(), "240m");
}

#[test]
fn a_key_that_was_used_once_is_not_used_again() {
    let tiers = tiers();
    let text = page("larkenfield-systems");
    let first = import(&text, None, &tiers).guide;
    let taken = first.keys().cloned().collect();
    let second = plan(&read(&text), None, &Context { tiers: &tiers, taken, ..Context::default() }).guide;
    let old: Vec<_> = first.keys().collect();
    assert!(second.keys().all(|key| !old.contains(&key)));
}

#[test]
fn a_full_list_takes_nothing_more_and_says_so() {
    let tiers = tiers();
    let text = page("larkenfield-systems");
    let mut guide = import(&text, None, &tiers).guide;
    let line =
        |number: usize| content::guide::Line { key: format!("k{number}").parse().unwrap(), text: format!("{number} of its own kind") };
    guide.insider_tips = (0..content::guide::limits::LINES).map(line).collect();
    let plan = import(&text, Some(&guide), &tiers);
    assert_eq!(plan.guide.insider_tips, guide.insider_tips);
    assert!(field(&plan, "insider_tips").why.as_deref().unwrap().contains("2 left out"));
    let lost = plan.lines.iter().filter(|line| line.fate.to_string() == "NOT PLACED").count();
    assert_eq!(lost, 2);
}
