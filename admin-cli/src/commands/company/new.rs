//! `greenroom company new`: makes a company with its first draft.

use clap::Args;
use content::guide::Guide;

use crate::acts::{Act, carry_out};
use crate::commands::company::edit;
use crate::documents::edit::CreateCompany;
use crate::documents::guide::GuideInput;
use crate::fault::Result;
use crate::guides::hold;
use crate::line::{DryRun, Reason};
use crate::place::parsed;
use crate::room::Room;

/// Make a company with its first draft
#[derive(Args, Debug)]
pub(crate) struct New {
    /// Its name for people
    #[arg(value_name = "COMPANY")]
    company: String,
    /// Its tier, by its key
    #[arg(long, value_name = "KEY")]
    tier: Option<String>,
    /// Its slug; made from the name if it is not said
    #[arg(long, value_name = "SLUG")]
    slug: Option<String>,
    /// Copy the guide of this company
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// Open it in the editor afterwards
    #[arg(long)]
    edit: bool,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl New {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let mut guide = match &self.from {
            Some(name) => hold(room, name).await?.guide,
            None => Guide::default(),
        };
        guide.name.clone_from(&self.company);
        if let Some(tier) = parsed("tier", self.tier.as_deref(), "the key of a tier, such as big-tech")? {
            guide.tier = Some(tier);
        }
        let edit = CreateCompany::new(self.slug.clone(), GuideInput::from(&guide));
        let headline = |dry: bool| format!("{} {} with a first draft.", if dry { "Would make" } else { "Made" }, self.company);
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let answer = carry_out(room, edit, act, |_, dry| headline(dry)).await?;
        let made = answer.plan.companies.first().and_then(|company| company.after.as_ref());
        match made.filter(|_| !self.dry.dry_run) {
            Some(made) if self.edit => Box::pin(edit::open(room, &made.slug)).await,
            Some(made) => {
                room.ui.say(format!("Next: greenroom edit {}", made.slug));
                Ok(())
            }
            None => Ok(()),
        }
    }
}
