//! `greenroom salary`: what levels are paid, read and changed, in one guide or in many.

mod export;
mod import;
mod list;
mod set;

use clap::Subcommand;

use crate::commands::unknown;
use crate::documents::company::{CompanyFilter, CompanyState, ListQuery, ListVariables};
use crate::fault::{Fault, Result};
use crate::room::Room;

/// Work on what levels are paid
#[derive(Subcommand, Debug)]
pub(crate) enum Salary {
    /// List what levels are paid
    List(list::List),
    /// Give a level figures, or what belongs to them
    Set(set::Set),
    /// Remove levels of a guide
    Remove(set::Remove),
    /// Change the salaries of many guides from a table (CSV)
    Import(import::Import),
    /// Write the salaries of guides as a table (CSV) that can be imported again
    Export(export::Export),
    /// Print an empty table (CSV) with two example rows
    Template,
}

impl Salary {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::List(list) => list.run(room).await,
            Self::Set(set) => set.run(room).await,
            Self::Remove(remove) => remove.run(room).await,
            Self::Import(import) => import.run(room).await,
            Self::Export(export) => export.run(room).await,
            Self::Template => {
                export::template(room);
                Ok(())
            }
        }
    }
}

/// Which guides are meant: all that are not put away, unless some are named.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Of {
    /// Only of these companies, by their slugs
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) company: Option<Vec<String>>,
    /// Only of these tiers, by their keys
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    tier: Option<Vec<String>>,
}

impl Of {
    /// The filter that means them. A name that no guide has is told before anything is listed.
    pub(crate) async fn filter(&self, room: &Room) -> Result<CompanyFilter> {
        let tier = self.tier.clone();
        let Some(names) = &self.company else {
            let state = vec![CompanyState::Published, CompanyState::Changed, CompanyState::Draft];
            return Ok(CompanyFilter { state: Some(state), tier, ..CompanyFilter::default() });
        };
        let client = room.client().await?;
        let mut faults = Vec::new();
        for page in names.chunks(100) {
            let filter = CompanyFilter { slugs: Some(page.to_vec()), ..CompanyFilter::default() };
            let ListQuery { companies } = client.ask(ListVariables { first: 100, after: None, filter: Some(filter), order: None }).await?;
            for name in page.iter().filter(|name| companies.nodes.iter().all(|company| company.slug != **name)) {
                faults.push(unknown(client, name).await);
            }
        }
        Fault::all(faults).map_or_else(|| Ok(CompanyFilter { slugs: Some(names.clone()), tier, ..CompanyFilter::default() }), Err)
    }
}
