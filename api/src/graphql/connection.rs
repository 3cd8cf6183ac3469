//! Relay connections: one shape for all lists that could grow. Totals and page ends are asked of the database only if the query asks for them.

use async_graphql::{Context, Result, SimpleObject};
use content::page::{Asked, Page, Window};
use content::view::View;

use super::fault::fault;
use super::here::{All, Here};
use super::parts::{AllLasting, Lasting};
use super::questions::Question;
use super::salaries::SalaryRange;
use crate::limits::Limits;

/// Checks the arguments of a page against the server's limit.
pub(super) fn window(
    context: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<Window> {
    let limits = context.data::<Limits>()?;
    Window::new(Asked { first, after, last, before }, limits.page).map_err(|error| fault(context, &error))
}

/// Makes the types of a connection from their descriptions, the type of its nodes, that of its entries in `content`, and how edges and nodes
/// are listed: as `All` and the like if they are in memory, else as `Vec`.
macro_rules! connection {
    ($(#[$doc:meta])* $connection:ident, $(#[$edge_doc:meta])* $edge:ident, $node:ty, $content:ty, $list:ident, $nodes:ty) => {
        $(#[$doc])*
        pub(crate) struct $connection {
            page: content::page::Page<$content>,
            node: fn($content) -> $node,
        }

        $(#[$edge_doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $edge {
            /// Where the entry stands: continue from here with `after` or `before`.
            cursor: String,
            /// The entry.
            node: $node,
        }

        impl $connection {
            /// A page as a connection.
            pub(crate) fn new(page: content::page::Page<$content>, node: fn($content) -> $node) -> Self {
                Self { page, node }
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $connection {
            /// The entries with their cursors.
            async fn edges(&self, context: &async_graphql::Context<'_>) -> async_graphql::Result<$list<$edge>> {
                $crate::graphql::budget::spend(context, self.page.edges.len())?;
                Ok(self.page.edges.iter().map(|(cursor, entry)| $edge { cursor: cursor.to_string(), node: (self.node)(entry.clone()) }).collect())
            }

            /// The entries without cursors, for short queries.
            async fn nodes(&self, context: &async_graphql::Context<'_>) -> async_graphql::Result<$nodes> {
                $crate::graphql::budget::spend(context, self.page.edges.len())?;
                Ok(self.page.edges.iter().map(|(_, entry)| (self.node)(entry.clone())).collect())
            }

            /// Where the page stands in the list.
            async fn page_info(&self, context: &async_graphql::Context<'_>) -> async_graphql::Result<$crate::graphql::here::Here<$crate::graphql::connection::PageInfo>> {
                $crate::graphql::connection::PageInfo::of(context, &self.page).await.map($crate::graphql::here::Here)
            }

            /// How many entries the whole list has, all pages together.
            async fn total_count(&self, context: &async_graphql::Context<'_>) -> async_graphql::Result<i32> {
                let view = context.data::<content::view::View>()?;
                let total = self.page.total(view).await.map_err(|error| $crate::graphql::fault::fault(context, &error))?;
                Ok(i32::try_from(total).unwrap_or(i32::MAX))
            }
        }
    };
}

pub(crate) use connection;

connection! {
    /// A list of companies.
    CompanyConnection,
    /// A company in a list.
    CompanyEdge, Lasting, std::sync::Arc<content::company::Company>, All, AllLasting
}
connection! {
    /// A list of questions.
    QuestionConnection,
    /// A question in a list.
    QuestionEdge, Here<Question>, content::question::Question, All, All<Question>
}
connection! {
    /// A list of salary ranges.
    SalaryRangeConnection,
    /// A salary range in a list.
    SalaryRangeEdge, Here<SalaryRange>, content::salary_range::SalaryRange, All, All<SalaryRange>
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether entries follow the page.
    has_next_page: bool,
    /// Whether entries come before the page.
    has_previous_page: bool,
    /// The cursor of the first entry, if there is one.
    start_cursor: Option<String>,
    /// The cursor of the last entry, if there is one.
    end_cursor: Option<String>,
}

impl PageInfo {
    pub(crate) async fn of<T>(context: &Context<'_>, page: &Page<T>) -> Result<Self> {
        let view = context.data::<View>()?;
        let asked = |name: &str| context.look_ahead().field(name).exists();
        let unasked = Ok(false);
        let next = if asked("hasNextPage") { page.has_next(view).await } else { unasked };
        let previous = if asked("hasPreviousPage") { page.has_previous(view).await } else { Ok(false) };
        Ok(Self {
            has_next_page: next.map_err(|error| fault(context, &error))?,
            has_previous_page: previous.map_err(|error| fault(context, &error))?,
            start_cursor: page.edges.first().map(|(cursor, _)| cursor.to_string()),
            end_cursor: page.edges.last().map(|(cursor, _)| cursor.to_string()),
        })
    }
}
