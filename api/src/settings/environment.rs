//! What the environment says besides the settings themselves, and what in it is none of them.

use std::collections::BTreeSet;

use content::access::secret::Secret;

use super::arguments::{FIRST_ADMIN_PASSWORD, NAMES};

/// Variables of the command-line tool, which may stand in the same environment.
const OF_THE_TOOL: &[&str] = &[
    "ACCESSIBLE",
    "ACT_AS",
    "API_URL",
    "COLOR",
    "CONFIG_DIR",
    "EDITOR",
    "FORCE_TTY",
    "NO_INPUT",
    "NO_UPDATE_CHECK",
    "OUTPUT",
    "PAGER",
    "PROFILE",
    "PROGRESS",
    "TOKEN",
    "TOKEN_FILE",
];

/// The password of the first administrator, if the environment has one.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the door for the environment")]
pub fn first_admin_password() -> Option<Secret> {
    std::env::var(FIRST_ADMIN_PASSWORD).ok().filter(|password| !password.is_empty()).map(Secret::new)
}

/// The name under which other programs look for a collector of traces.
const OTLP_ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";

/// The collector of traces that the environment names for all programs, if it names one.
#[expect(clippy::disallowed_methods, reason = "this is the door for the environment")]
pub(super) fn common_collector() -> Option<String> {
    std::env::var(OTLP_ENDPOINT).ok().filter(|endpoint| !endpoint.is_empty())
}

/// What looks like a setting and is none, a line each.
#[expect(clippy::disallowed_methods, reason = "this is the door for the environment")]
pub(super) fn unknown_variables() -> Vec<String> {
    let known: BTreeSet<&str> = NAMES.iter().copied().collect();
    let ours = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).filter(|name| name.starts_with("GREENROOM_"));
    // Kubernetes sets GREENROOM_SERVICE_HOST, GREENROOM_PORT_... for a service of this name; TEST_ is for our tests.
    let foreign = |rest: &str| ["TEST_", "SERVICE_", "PORT"].iter().any(|start| rest.starts_with(start));
    let of_others = |name: &str| name.strip_prefix("GREENROOM_").is_some_and(|rest| OF_THE_TOOL.contains(&rest) || foreign(rest));
    let unknown = ours.filter(|name| !known.contains(name.as_str()) && !of_others(name));
    unknown.map(|name| format!("{name} is not a setting.{}", nearest(&name, &known))).collect()
}

/// The known name that is most alike, if one is.
fn nearest(name: &str, known: &BTreeSet<&str>) -> String {
    let alike = |other: &str| name.bytes().zip(other.bytes()).filter(|(a, b)| a == b).count() * 2 * 100 / (name.len() + other.len());
    let best = known.iter().map(|other| (alike(other), other)).max();
    best.filter(|(share, _)| *share >= 75).map_or_else(String::new, |(_, other)| format!(" Did you mean {other}?"))
}
