//! Guides in pages: many are asked for at once, and one page is held at a time.

use std::collections::BTreeMap;

use crate::client::Client;
use crate::documents::company::{CompanyFilter, GuidesQuery, GuidesVariables, HeldInList};
use crate::documents::plan::Stamp;
use crate::fault::Result;
use crate::guides::Held;

/// So many guides are a page.
pub(crate) const GUIDES: usize = 50;

/// What editors work on of the companies with these slugs; one that is not there is missing. No more than a page.
pub(crate) async fn of_slugs(client: &Client, slugs: &[String]) -> Result<BTreeMap<String, Held>> {
    let mut held = BTreeMap::new();
    if !slugs.is_empty() {
        let filter = CompanyFilter { slugs: Some(slugs.to_vec()), ..CompanyFilter::default() };
        let mut take = |page: Vec<Held>| held.extend(page.into_iter().map(|each| (each.slug.clone(), each)));
        of_all(client, filter, &mut take).await?;
    }
    Ok(held)
}

/// Gives the guides of all companies of a filter, page by page, and how many they are.
pub(crate) async fn of_all(client: &Client, filter: CompanyFilter, take: &mut impl FnMut(Vec<Held>)) -> Result<usize> {
    let (mut after, mut count) = (None, 0);
    loop {
        let first = i32::try_from(GUIDES).unwrap_or(i32::MAX);
        let GuidesQuery { companies } = client.ask(GuidesVariables { first, after, filter: Some(filter.clone()), at: None }).await?;
        let page = companies.nodes.into_iter().filter_map(|node| held(node).transpose()).collect::<Result<Vec<Held>>>()?;
        count += page.len();
        take(page);
        if !companies.page_info.has_next_page {
            return Ok(count);
        }
        after = companies.page_info.end_cursor;
    }
}

fn held(node: HeldInList) -> Result<Option<Held>> {
    let HeldInList { id, slug, state, stamp, guide, published, draft } = node;
    let Some(guide) = guide else { return Ok(None) };
    let stamp: Stamp = stamp;
    Ok(Some(Held { id: id.into_inner(), slug, state, stamp, published, draft, guide: guide.try_into()? }))
}
