//! What the doctor looks at beyond this computer: the server or the database, its version, its clock, and whether anybody is signed in there.

use api::startup::{self, Found};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::Check;
use crate::client::{Client, Keep, Probe, server_settings, unopened};
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::{Place, Target, login_command, now};

/// The schema that this program was made for.
const SCHEMA: &str = include_str!("../../../../admin-schema.graphql");

/// A clock that is off by more makes fresh tokens look old.
const MOST_SECONDS: i64 = 30;

pub(super) async fn look(room: &Room, checks: &mut Vec<Check>) {
    let target = match room.target() {
        Ok(target) => target,
        Err(fault) => return checks.push(Check::wrong("target", fault)),
    };
    checks.push(Check::well("target", format!("{}  {}  (chosen by {})", target.name, target.shown(), target.origin)));
    match &target.place {
        Place::Database(url) => checks.push(database(url.clone()).await.unwrap_or_else(|fault| Check::wrong("database", fault))),
        Place::Api(_) => match room.client().await {
            Ok(client) => server(client, &target, checks).await,
            Err(fault) => checks.push(Check::wrong("server", fault)),
        },
    }
}

async fn database(url: Option<String>) -> Result<Check> {
    let (shown, found) = startup::look(&server_settings(url, false)?).await.map_err(|error| unopened(&error))?;
    let version = |message: String| Fault::new(Code::DatabaseVersion, message);
    Ok(match found {
        Found::Ready(counts) => Check::well("database", format!("{} published guides", counts.companies)),
        Found::Nothing => {
            let fault = Fault::new(Code::DatabaseMissing, format!("there is no database at {shown} yet"));
            Check::wrong("database", fault.next("greenroom setup"))
        }
        Found::Outdated(steps) => {
            Check::wrong("database", version(format!("it is {steps} steps behind this program")).next("greenroom db migrate"))
        }
        Found::Newer(steps) => {
            Check::wrong("database", version(format!("it is {steps} steps ahead of this program")).next("update greenroom"))
        }
    })
}

async fn server(client: &Client, target: &Target, checks: &mut Vec<Check>) {
    let probe = match client.probe().await {
        Some(Ok(probe)) => probe,
        Some(Err(fault)) => {
            let fault = Fault { next: vec!["look at the address and the network: greenroom profile show".to_owned()], ..fault };
            return checks.push(Check::wrong("server", fault));
        }
        None => return,
    };
    checks.push(if probe.well {
        Check::well("server", probe.version.as_ref().map_or_else(|| "answers".to_owned(), |version| format!("answers, version {version}")))
    } else {
        let fault = Fault::told("DB-001", "it answers, and its database does not");
        Check::wrong("server", fault.next("tell whoever runs it"))
    });
    checks.push(schema(&probe));
    checks.extend(probe.date.as_deref().and_then(|date| clock(date, now())));
    checks.push(session(client, target).await);
}

fn schema(probe: &Probe) -> Check {
    match &probe.schema {
        None => {
            Check::wrong("schema", Fault::new(Code::Foreign, "there is no admin schema at this address").next("greenroom profile show"))
        }
        Some(theirs) if theirs.trim() == SCHEMA.trim() => Check::well("schema", "the one that this program was made for"),
        Some(_) => {
            Check::warning("schema", "not the one that this program was made for; most commands may work", "update the older of the two")
        }
    }
}

/// Whether the two clocks agree.
fn clock(date: &str, here: OffsetDateTime) -> Option<Check> {
    let there = OffsetDateTime::parse(date, &Rfc2822).ok()?;
    let off = (here - there).whole_seconds();
    if off.abs() <= MOST_SECONDS {
        return Some(Check::well("clock", "agrees with the server's"));
    }
    let way = if off > 0 { "ahead of" } else { "behind" };
    let words = format!("{} s {way} the server's; sessions may seem to end too early", off.abs());
    Some(Check::warning("clock", words, "set the clock of this computer"))
}

async fn session(client: &Client, target: &Target) -> Check {
    let from = match Keep::from_environment() {
        Ok(found) => found.map(|(_, variable)| variable),
        Err(fault) => return Check::wrong("session", fault),
    };
    let kept = client.keep().and_then(|keep| keep.entry().ok().flatten());
    if from.is_none() && kept.is_none() {
        return Check::warning("session", "nobody is signed in", login_command(&target.name));
    }
    match client.me().await {
        Ok(user) => Check::well(
            "session",
            format!("signed in, {}{}", user.role.word(), from.map(|name| format!(", by {name}")).unwrap_or_default()),
        ),
        Err(fault) => Check::wrong("session", fault),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::clock;

    #[test]
    fn a_clock_may_be_off_by_half_a_minute() {
        let told = |here| clock("Thu, 26 Nov 2026 21:00:00 GMT", here).map(|check| check.words);
        assert_eq!(told(datetime!(2026-11-26 21:00:29 UTC)).as_deref(), Some("agrees with the server's"));
        assert!(told(datetime!(2026-11-27 21:00:00 UTC)).is_some_and(|words| words.starts_with("86400 s ahead of")));
        assert!(clock("today", datetime!(2026-11-26 21:00 UTC)).is_none());
    }
}
