//! A line for every command: what the promises of all commands are tried with. A command without a line here fails the suite.

/// What a command does to the guides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    /// It reads, or works on this computer.
    Reads,
    /// It writes, can be rehearsed, and taken back.
    Writes,
    /// It writes and can be rehearsed, but not taken back by `undo`.
    WritesForGood,
    /// It is about this computer, a login, or a database as a whole: no dry run, no undo.
    Arranges,
}

/// A line for a command.
pub(crate) struct Sample {
    /// The command, as the tree names it.
    pub(crate) path: &'static str,
    /// What is typed behind it.
    pub(crate) rest: &'static str,
    pub(crate) does: Does,
}

const fn sample(path: &'static str, rest: &'static str, does: Does) -> Sample {
    Sample { path, rest, does }
}

use Does::{Arranges, Reads, Writes, WritesForGood};

/// Every command. The stage has a draft of larkthrupp with a change, an archived sprocketwren, and files in the folder of work.
pub(crate) const SAMPLES: &[Sample] = &[
    sample("list", "", Reads),
    sample("show", "netflix", Reads),
    sample("edit", "netflix --editor true", Arranges),
    sample("diff", "larkthrupp", Reads),
    sample("publish", "larkthrupp", Writes),
    sample("rollback", "netflix --to r1", Writes),
    sample("undo", "", WritesForGood),
    sample("log", "", Reads),
    sample("log show", "{operation}", Reads),
    sample("company list", "", Reads),
    sample("company show", "netflix", Reads),
    sample("company new", "'Orrin Storage' --tier startup", Writes),
    sample("company edit", "netflix --editor true", Arranges),
    sample("company set", "netflix loop.recruiter-screen.duration=35m", Writes),
    sample("company add", "netflix tips --text 'Ask for the team.'", Writes),
    sample("company move", "netflix loop.recruiter-screen --last", Writes),
    sample("company remove", "netflix loop.recruiter-screen", Writes),
    sample("company weights", "netflix --set culture-fit=10", Writes),
    sample("company check", "netflix", Reads),
    sample("company diff", "larkthrupp", Reads),
    sample("company publish", "larkthrupp", Writes),
    sample("company unpublish", "netflix", Writes),
    sample("company discard", "larkthrupp", Writes),
    sample("company history", "netflix", Reads),
    sample("company rollback", "netflix --to r1", Writes),
    sample("company rename", "netflix netflix-inc", Writes),
    sample("company archive", "netflix", Writes),
    sample("company restore", "sprocketwren", Writes),
    sample("company delete", "sprocketwren --confirm sprocketwren", Writes),
    sample("import text", "page.txt --company netflix", Writes),
    sample("db status", "", Reads),
    sample("db migrate", "", Arranges),
    sample("db admin", "ada@guides.example", Arranges),
    sample("db backup", "--out backup.jsonl", Arranges),
    sample("db restore", "backup.jsonl --dry-run", Arranges),
    sample("db check", "", Reads),
    sample("db seed", "", Arranges),
    sample("auth login", "--email nora@guides.example --password-stdin", Arranges),
    sample("auth logout", "", Arranges),
    sample("auth status", "", Reads),
    sample("auth token", "", Reads),
    sample("auth password", "", Arranges),
    sample("profile list", "", Reads),
    sample("profile show", "tomas", Reads),
    sample("profile add", "other --api http://127.0.0.1:1", Arranges),
    sample("profile use", "guides", Arranges),
    sample("profile set", "tomas --protected", Arranges),
    sample("profile remove", "tomas", Arranges),
    sample("config list", "", Reads),
    sample("config get", "default_profile", Reads),
    sample("config set", "editor=true", Arranges),
    sample("config unset", "editor", Arranges),
    sample("config path", "", Reads),
    sample("user list", "", Reads),
    sample("user show", "tomas@guides.example", Reads),
    sample("user new", "ida@guides.example --name Ida --role author --password-stdin", Writes),
    sample("user set-role", "tomas@guides.example author", Writes),
    sample("user set-name", "tomas@guides.example 'Tomas B.'", Writes),
    sample("user disable", "tomas@guides.example", Writes),
    sample("user enable", "tomas@guides.example", Writes),
    sample("user reset-password", "tomas@guides.example --password-stdin", WritesForGood),
    sample("user sessions", "", Reads),
    sample("partner list", "", Reads),
    sample("partner show", "aldermere", Reads),
    sample("partner new", "windmill --name Windmill", Writes),
    sample("partner set", "aldermere --name 'Aldermere Prep' --no-contact", Writes),
    sample("partner disable", "aldermere", Writes),
    sample("partner enable", "brook", Writes),
    sample("key list", "--partner aldermere", Reads),
    sample("key show", "key_aldermere_web", Reads),
    sample("key create", "--partner aldermere --name batch --scope companies:read --secret-file batch.key", WritesForGood),
    sample("key set", "key_aldermere_web --per-minute 7 --no-per-day --expires 2099-01-01 --network 192.0.2.0/24 --trusted-only", Writes),
    sample("key rotate", "key_aldermere_web --overlap 7d --secret-file new.key", WritesForGood),
    sample("key revoke", "key_aldermere_old --confirm key_aldermere_old", WritesForGood),
    sample("key verify", "old.key", Reads),
    sample("key usage", "key_aldermere_web", Reads),
    sample("key scopes", "", Reads),
    sample("document list", "aldermere", Reads),
    sample("document register", "aldermere tiers.graphql", Writes),
    sample("document remove", "aldermere {document}", Writes),
    sample("usage", "", Reads),
    sample("audit", "", Reads),
    sample("tier list", "", Reads),
    sample("tier new", "non-profit 'Non-profit'", Writes),
    sample("tier set", "startup --name 'Young company'", Writes),
    sample("tier move", "startup --first", Writes),
    sample("tier remove", "public-sector", Writes),
    sample("api", "-f query.graphql", Reads),
    sample("help", "VAL-012", Reads),
    sample("version", "", Reads),
    sample("completion", "bash", Reads),
    sample("man", "", Reads),
    sample("doctor", "", Reads),
    sample("setup", "--api {address}", Arranges),
    sample("status", "", Reads),
    sample("export", "--dir content", Reads),
    sample("fmt", "--check content", Reads),
    sample("check", "content", Reads),
    sample("plan", "content", Reads),
    sample("apply", "content", Writes),
    sample("schema", "", Reads),
    sample("schema install", "--dir content", Reads),
    sample("salary list", "--company netflix", Reads),
    sample("salary set", "netflix pm --range 320k-470k", Writes),
    sample("salary remove", "netflix pm", Writes),
    sample("salary import", "pay.csv", Writes),
    sample("salary export", "--out -", Reads),
    sample("salary template", "", Reads),
    sample("question list", "--company netflix", Reads),
    sample("question show", "netflix {question}", Reads),
    sample("question add", "netflix strategy --text 'What would you stop?'", Writes),
    sample("question edit", "netflix {question} --difficulty hard", Writes),
    sample("question move", "netflix {question} --first", Writes),
    sample("question remove", "netflix {question}", Writes),
    sample("question import", "questions.csv", Writes),
];

/// Commands that print a format of their own whatever `-o` says, because the format is what they are for: a script of a shell, a page of the
/// manual, a table that `salary import` reads again.
pub(crate) const OWN_FORMAT: &[&str] = &["completion", "man", "salary export", "salary template"];

/// What a line begins with that is tried at a server which is away.
pub(crate) const AWAY: &str = "away: ";

/// Lines that fail, each in another place: before a request, at the first answer, after one thing was found, at a server that is away.
pub(crate) const FAILING: &[&str] = &[
    "company history nosuch",
    "company diff nosuch",
    "show netflix nosuch",
    "list --fields nosuch",
    "log show nosuch",
    "list --changed-since nosuch",
    "nosuch",
    "away: list",
    "away: log",
    "away: user list",
    "away: show netflix",
];
