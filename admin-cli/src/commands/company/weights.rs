//! `greenroom company weights`: the shares of the question categories, shown and set.

use clap::Args;
use content::changes::{Change, Patch, Revised};
use content::guide::Category;
use serde_json::json;

use crate::acts::Act;
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::guides::{change, hold};
use crate::line::{DryRun, Reason};
use crate::picture::bars;
use crate::place::key;
use crate::room::Room;

/// Show the shares of the question categories, or set them
#[derive(Args, Debug)]
pub(crate) struct Weights {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// Scale them so that they add up to 100
    #[arg(long)]
    balance: bool,
    /// Set shares: coding=30,ai=20
    #[arg(long, value_name = "CATEGORY=PERCENT", value_delimiter = ',')]
    set: Vec<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Weights {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let held = hold(room, &self.name).await?;
        let mut categories = held.guide.question_categories.clone();
        if !self.balance && self.set.is_empty() {
            show(room, &held.slug, &categories);
            return Ok(());
        }
        for text in &self.set {
            set(&mut categories, text)?;
        }
        if self.balance {
            let weights: Vec<i32> = categories.iter().map(|category| category.weight_percent.unwrap_or(0)).collect();
            for (category, weight) in categories.iter_mut().zip(balanced(&weights)) {
                category.weight_percent = Some(weight);
            }
        }
        let changes: Vec<Change> = categories.iter().map(revised).collect();
        change(room, &held, &changes, Act::light(self.dry.dry_run, &self.reason.reason)).await
    }
}

fn revised(category: &Category) -> Change {
    let weight_percent = category.weight_percent.map_or(Patch::Clear, Patch::Set);
    Change::Change(Revised::Category { key: category.key.clone(), name: None, weight_percent })
}

fn set(categories: &mut [Category], text: &str) -> Result {
    let wrong = || Fault::new(Code::PlaceUnknown, format!("{text:?} is no share")).line("  Right would be coding=30.");
    let (name, percent) = text.split_once('=').ok_or_else(wrong)?;
    let percent: i32 = percent.trim().trim_end_matches('%').parse().map_err(|_| wrong())?;
    let wanted = key(name.trim())?;
    let known: Vec<String> = categories.iter().map(|category| category.key.to_string()).collect();
    let found = categories.iter_mut().find(|category| category.key == wanted);
    let Some(category) = found else {
        let fault = Fault::new(Code::PlaceUnknown, format!("there is no category {name:?}"));
        return Err(fault.line(format!("  categories: {}", known.join(", "))));
    };
    category.weight_percent = Some(percent);
    Ok(())
}

fn show(room: &Room, slug: &str, categories: &[Category]) {
    let sum: i32 = categories.iter().filter_map(|category| category.weight_percent).sum();
    if room.ui.is_for_programs() {
        let weights =
            categories.iter().map(|category| json!({ "key": category.key, "name": category.name, "percent": category.weight_percent }));
        room.ui.object(&json!({ "company": slug, "sum": sum, "weights": weights.collect::<Vec<_>>() }));
        return;
    }
    for line in bars(categories, room.ui.width.unwrap_or(100)) {
        room.ui.out(line);
    }
    let next = if sum == 100 { String::new() } else { format!("  Publishing needs 100 %: greenroom company weights {slug} --balance") };
    room.ui.say(format!("{sum} % together.{next}"));
}

/// Shares that add up to 100 and stand to each other as these do, by the largest remainder (Hamilton's method): nobody is off by a whole point.
fn balanced(weights: &[i32]) -> Vec<i32> {
    let sum: i64 = weights.iter().map(|weight| i64::from(*weight).max(0)).sum();
    let count = i64::try_from(weights.len()).unwrap_or(1).max(1);
    let exact = |weight: i32| {
        if sum == 0 {
            (100 / count, 100 % count, count)
        } else {
            let share = i64::from(weight.max(0)) * 100;
            (share / sum, share % sum, sum)
        }
    };
    let mut shares: Vec<i64> = weights.iter().map(|weight| exact(*weight).0).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(weights.get(*place).map_or(0, |weight| exact(*weight).1)));
    let missing = usize::try_from(100 - shares.iter().sum::<i64>()).unwrap_or(0);
    for place in order.into_iter().cycle().take(if weights.is_empty() { 0 } else { missing }) {
        if let Some(share) = shares.get_mut(place) {
            *share += 1;
        }
    }
    shares.into_iter().map(|share| i32::try_from(share).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::balanced;

    #[test]
    fn balanced_shares_add_up_to_a_hundred_and_keep_their_proportion() {
        assert_eq!(balanced(&[25, 30, 20, 15, 5]), [26, 32, 21, 16, 5]);
        assert_eq!(balanced(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(balanced(&[0, 0, 0]), [34, 33, 33]);
        assert_eq!(balanced(&[60, 40]), [60, 40]);
        assert!(balanced(&[]).is_empty());
        for some in [[7, 11, 13], [99, 99, 99], [1, 0, 200]] {
            assert_eq!(balanced(&some).iter().sum::<i32>(), 100, "{some:?}");
        }
    }
}
