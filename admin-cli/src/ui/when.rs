//! Instants in words: how long ago while it is near, then the date.

use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

/// An instant of the wire (RFC 3339) as people read it.
pub(super) fn words(instant: &str, now: OffsetDateTime, exact: bool) -> String {
    let Ok(then) = OffsetDateTime::parse(instant, &Rfc3339) else { return instant.to_owned() };
    if exact {
        return instant.to_owned();
    }
    let seconds = (now - then).whole_seconds();
    match seconds {
        ..-60 => date(then.date()),
        -60..60 => "just now".to_owned(),
        60..3_600 => format!("{} min ago", seconds / 60),
        3_600..86_400 => format!("{} h ago", seconds / 3_600),
        86_400..172_800 => "yesterday".to_owned(),
        172_800..604_800 => format!("{} days ago", seconds / 86_400),
        _ => date(then.date()),
    }
}

fn date(date: Date) -> String {
    let month = date.month().to_string();
    format!("{} {} {}", date.day(), month.get(..3).unwrap_or(&month), date.year())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::words;

    #[test]
    fn an_instant_is_told_as_near_as_it_is() {
        let now = datetime!(2026-11-26 12:00 UTC);
        let told = |instant| words(instant, now, false);
        assert_eq!(told("2026-11-26T11:59:30Z"), "just now");
        assert_eq!(told("2026-11-26T11:30:00.5Z"), "29 min ago");
        assert_eq!(told("2026-11-25T10:00:00Z"), "yesterday");
        assert_eq!(told("2026-10-14T10:00:00Z"), "14 Oct 2026");
        assert_eq!(words("2026-10-14T10:00:00Z", now, true), "2026-10-14T10:00:00Z");
    }
}
