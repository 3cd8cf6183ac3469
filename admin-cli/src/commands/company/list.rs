//! `greenroom list`: guides by how they stand.

use clap::{Args, ValueEnum};

use crate::commands::since::Since;
use crate::documents::Date;
use crate::documents::company::{
    CompanyFilter, CompanyOrder, CompanyOrderField, CompanyState, ListQuery, ListVariables, Listed, OrderDirection,
};
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// List guides
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only of these tiers, by their keys
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    tier: Option<Vec<String>>,
    /// Only those that stand like this
    #[arg(long, value_enum, value_delimiter = ',')]
    state: Option<Vec<State>>,
    /// Only those changed since then: 7d, 12h, or a date
    #[arg(long, value_name = "WHEN")]
    changed_since: Option<Since>,
    /// Only those that nobody checked for so long: 180d
    #[arg(long, value_name = "TIME")]
    stale: Option<Since>,
    /// Only those whose draft this user saved last: an e-mail address, or me
    #[arg(long, value_name = "EMAIL")]
    by: Option<String>,
    /// Only those with this in their name
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only those whose draft cannot be published yet
    #[arg(long)]
    incomplete: bool,
    /// Only those that this operation or job touched
    #[arg(long, value_name = "ID")]
    operation: Option<String>,
    /// Sort by name, or by the last change, the newest first
    #[arg(long, value_enum, default_value = "name")]
    sort: Sort,
    /// At most so many
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Sort {
    Name,
    Changed,
}

/// How a guide stands.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Public
    Published,
    /// With open changes, public or not
    Draft,
    /// Put away
    Archived,
}

const COLUMNS: &[Column] = &[
    Column { key: "name", title: "NAME" },
    Column { key: "slug", title: "SLUG" },
    Column { key: "tier", title: "TIER" },
    Column { key: "state", title: "STATE" },
    Column { key: "revision", title: "REV" },
    Column { key: "ready", title: "READY" },
    Column { key: "changed_at", title: "CHANGED" },
    Column { key: "changed_by", title: "BY" },
];

impl List {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        let filter = self.filter(room).await?;
        let (field, direction) = match self.sort {
            Sort::Name => (CompanyOrderField::Name, OrderDirection::Asc),
            Sort::Changed => (CompanyOrderField::ChangedAt, OrderDirection::Desc),
        };
        let order = CompanyOrder { field, direction: Some(direction) };
        let mut listing = room.ui.listing(COLUMNS, "slug")?;
        // A list of everything leaves the names behind for completion.
        let mut names = Vec::new();
        let (mut after, mut shown, most) = (None, 0, self.limit.unwrap_or(usize::MAX));
        loop {
            let first = i32::try_from((most - shown).min(100)).unwrap_or(100);
            let variables = ListVariables { first, after, filter: Some(filter.clone()), order: Some(order.clone()) };
            let ListQuery { companies } = client.ask(variables).await?;
            for company in &companies.nodes {
                listing.row(&cells(room, company));
                names.push(company.slug.clone());
                shown += 1;
            }
            if self.is_whole() && !companies.page_info.has_next_page {
                crate::completion::leave_names(&room.settings, &room.globals, &names);
            }
            if shown >= most || !companies.page_info.has_next_page {
                listing.end(&format!("{shown} of {} guides.", companies.total_count));
                return Ok(());
            }
            after = companies.page_info.end_cursor;
        }
    }

    fn is_whole(&self) -> bool {
        let narrow =
            self.tier.is_some() || self.state.is_some() || self.changed_since.is_some() || self.stale.is_some() || self.by.is_some();
        !(narrow || self.search.is_some() || self.incomplete || self.operation.is_some() || self.limit.is_some())
    }

    async fn filter(&self, room: &Room) -> Result<CompanyFilter> {
        let state = self.state.as_ref().map(|states| states.iter().flat_map(|state| state.wire()).copied().collect());
        let changed_by = match self.by.as_deref() {
            Some("me") => Some(room.client().await?.identity().await?.name),
            other => other.map(str::to_owned),
        };
        let touched = |job: bool| self.operation.as_ref().filter(|id| id.starts_with("job_") == job).map(cynic::Id::new);
        Ok(CompanyFilter {
            state,
            tier: self.tier.clone(),
            name: self.search.clone(),
            changed_since: self.changed_since.map(|since| since.instant(room.ui.now)),
            changed_by,
            verified_before: self.stale.map(|since| Date(since.moment(room.ui.now).date().to_string())),
            ready: self.incomplete.then_some(false),
            job: touched(true),
            operation: touched(false),
            slugs: None,
        })
    }
}

impl State {
    const fn wire(self) -> &'static [CompanyState] {
        match self {
            Self::Published => &[CompanyState::Published, CompanyState::Changed],
            Self::Draft => &[CompanyState::Draft, CompanyState::Changed],
            Self::Archived => &[CompanyState::Archived],
        }
    }
}

fn cells(room: &Room, company: &Listed) -> [Cell; 8] {
    let changed =
        company.draft.as_ref().map(|draft| &draft.updated_at).or(company.published.as_ref().map(|publication| &publication.published_at));
    let revision = company.published.as_ref().map(|publication| publication.revision);
    let ready = company.draft.as_ref().map(|draft| draft.ready);
    [
        Cell::from(company.name.as_str()),
        Cell::from(company.slug.as_str()),
        Cell::from(company.tier.clone()),
        Cell::from(company.state.words()),
        Cell::new(revision, revision.map_or_else(|| "-".to_owned(), |number| format!("r{number}"))),
        Cell::new(
            ready,
            match ready {
                Some(true) => "yes",
                Some(false) => "no",
                None => "-",
            },
        ),
        Cell::new(changed.map(|instant| instant.0.clone()), changed.map_or_else(|| "-".to_owned(), |instant| room.ui.when(&instant.0))),
        Cell::from(company.draft.as_ref().map(|draft| draft.updated_by.clone())),
    ]
}
