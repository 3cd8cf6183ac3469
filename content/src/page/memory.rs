//! A page of a list that is in memory, by the same rules as one from the database.

use super::{Page, Rest, Window, order_name};
use crate::cursor::{Cursor, SortKind, SortValue};
use crate::error::Result;

/// The entries with their sort values, sorted and cut to a window.
pub(crate) fn of_memory<T>(order: &str, descending: bool, mut entries: Vec<(Vec<SortValue>, T)>, window: Window) -> Result<Page<T>> {
    let name = order_name(order, descending);
    let kinds: Vec<SortKind> = entries.first().map(|(values, _)| values.iter().map(kind_of).collect()).unwrap_or_default();
    entries.sort_by(|a, b| if descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
    let total = entries.len() as u64;
    // Without an entry there is nothing that a cursor could be compared with.
    let cursor = |text: Option<String>| text.filter(|_| !kinds.is_empty()).map(|text| Cursor::read(&text, &name, &kinds)).transpose();
    let (after, before) = (cursor(window.after)?, cursor(window.before)?);
    let behind = |values: &[SortValue], cursor: &Cursor| (values > cursor.values()) != descending && values != cursor.values();
    let start = after.map_or(0, |cursor| entries.partition_point(|(values, _)| !behind(values, &cursor)));
    let in_front = |values: &[SortValue], cursor: &Cursor| (values < cursor.values()) != descending && values != cursor.values();
    let end = before.map_or(entries.len(), |cursor| entries.partition_point(|(values, _)| in_front(values, &cursor))).max(start);
    let size = window.size as usize;
    let (from, to) = if window.backward { (end.saturating_sub(size).max(start), end) } else { (start, (start + size).min(end)) };
    let rest = Rest::Known { total, next: to < entries.len(), previous: from > 0 };
    let edges = entries.drain(from..to).map(|(values, entry)| (Cursor::new(name.clone(), values), entry)).collect();
    Ok(Page { edges, rest })
}

const fn kind_of(value: &SortValue) -> SortKind {
    match value {
        SortValue::Text(_) => SortKind::Text,
        SortValue::Number(_) => SortKind::Number,
        SortValue::Id(_) => SortKind::Id,
    }
}
