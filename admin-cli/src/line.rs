//! What is typed: the flags that every command has, and the tree of commands. What each command does stands in its own file.

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::commands;

/// Keep interview guides: write them, check them, publish them
#[derive(Parser, Debug)]
#[command(name = "greenroom", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(subcommand_required = false, arg_required_else_help = false)]
pub struct Line {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// How lists and results are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people
    Table,
    /// One JSON text
    Json,
    /// A JSON object a line, as it comes
    Jsonl,
    /// YAML; of a guide its file
    Yaml,
    /// Comma-separated values
    Csv,
    /// Names alone, a line each
    Ids,
}

/// When something is done that depends on the terminal.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// As the terminal allows
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How long work shows how far it is.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// A bar on a terminal, lines in a log
    Auto,
    /// A bar
    Bar,
    /// A line every tenth
    Plain,
    /// A JSON object for each step
    Json,
    /// Not at all
    None,
}

/// Flags that every command has.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Everywhere")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Globals {
    /// Work on this target, with this identity
    #[arg(short, long, global = true, value_name = "NAME", env = "GREENROOM_PROFILE", hide_env = true)]
    pub(crate) profile: Option<String>,
    /// Write lists and results like this
    #[arg(
        short,
        long,
        global = true,
        value_name = "FORMAT",
        value_enum,
        default_value = "table",
        env = "GREENROOM_OUTPUT",
        hide_env = true
    )]
    pub(crate) output: Format,
    /// Show these columns, or keys of JSON
    #[arg(long, global = true, value_name = "A,B", value_delimiter = ',')]
    pub(crate) fields: Option<Vec<String>>,
    /// Answer ordinary questions with yes
    #[arg(short, long, global = true)]
    pub(crate) yes: bool,
    /// Answer what asks for a name to be typed
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) confirm: Option<String>,
    /// Never ask
    #[arg(long, global = true, env = "GREENROOM_NO_INPUT", hide_env = true, value_parser = FalseyValueParser::new())]
    pub(crate) no_input: bool,
    /// Say nothing but data and errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more: the time of each request, twice with the names of operations
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value = "auto", env = "GREENROOM_COLOR", hide_env = true)]
    pub(crate) color: When,
    /// Show how far long work is
    #[arg(long, global = true, value_name = "HOW", value_enum, default_value = "auto", env = "GREENROOM_PROGRESS", hide_env = true)]
    pub(crate) progress: Progress,
    /// Draw nothing twice, number questions, tell tables as records
    #[arg(long, global = true, env = "GREENROOM_ACCESSIBLE", hide_env = true, value_parser = FalseyValueParser::new())]
    pub(crate) accessible: bool,
    /// Show long texts without a pager
    #[arg(long, global = true)]
    pub(crate) no_pager: bool,
    /// Show exact times in UTC
    #[arg(long, global = true)]
    pub(crate) utc: bool,
    /// Wait so many seconds for an answer of the server
    #[arg(long, global = true, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) timeout: u64,
}

/// `30` or `30s`.
fn seconds(text: &str) -> Result<u64, String> {
    let number = text.trim().trim_end_matches('s').parse().ok().filter(|seconds| (1..=3_600).contains(seconds));
    number.ok_or_else(|| "seconds from 1 to 3600, such as 30s".to_owned())
}

/// Whether a writing command is rehearsed.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct DryRun {
    /// Show what would happen, and write nothing
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
}

/// Why something is done.
#[derive(Args, Clone, Debug)]
pub(crate) struct Reason {
    /// Why, in one line; it stands in the history
    #[arg(short = 'm', long = "message", value_name = "WHY", default_value = "", hide_default_value = true)]
    pub(crate) reason: String,
}

/// Names, or `-` for names from standard input, a line each.
#[derive(Args, Clone, Debug)]
pub(crate) struct Names {
    /// Companies by their slugs; - reads them from standard input, one per line
    #[arg(value_name = "NAME", required = true)]
    pub(crate) names: Vec<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// List guides (shortcut for company list)
    List(commands::company::list::List),
    /// Show guides (shortcut for company show)
    Show(commands::company::show::Show),
    /// Change a guide in your editor (shortcut for company edit)
    Edit(commands::company::edit::Edit),
    /// Make drafts public (shortcut for company publish)
    Publish(commands::company::publish::Publish),
    /// Show what changed since publishing (shortcut for company diff)
    Diff(commands::company::diff::Diff),
    /// Publish an old revision again (shortcut for company rollback)
    Rollback(commands::company::rollback::Rollback),
    /// Take an operation or a job back: your last operation, or the named one
    Undo(commands::undo::Undo),
    /// Show what was done, newest first
    Log(commands::log::Log),
    /// Work on guides
    #[command(subcommand, visible_alias = "co", alias = "companies")]
    Company(commands::company::Company),
    /// Bring content from elsewhere into a draft
    #[command(subcommand)]
    Import(commands::import::Import),
    /// Look after the database itself
    #[command(subcommand)]
    Db(commands::db::Db),
    /// Sign in at a server, and out again
    #[command(subcommand)]
    Auth(commands::auth::Auth),
    /// Name the servers and databases that you work on
    #[command(subcommand, alias = "profiles")]
    Profile(commands::profile::Profile),
    /// Look at the settings that are the same for all profiles, and change them
    #[command(subcommand)]
    Config(commands::config::Config),
    /// Look after users
    #[command(subcommand, alias = "users")]
    User(commands::user::User),
    /// Look after partners
    #[command(subcommand, alias = "partners")]
    Partner(commands::partner::Partner),
    /// Look after the keys that partners ask with
    #[command(subcommand, alias = "keys")]
    Key(commands::key::Key),
    /// Look after the documents that are registered for partners
    #[command(subcommand, alias = "documents")]
    Document(commands::document::Document),
    /// Show how much keys are used
    Usage(commands::usage::Usage),
    /// Show who did what, and what was refused, newest first
    Audit(commands::audit::Audit),
    /// Look after the list of tiers
    #[command(subcommand, alias = "tiers")]
    Tier(commands::tier::Tier),
    /// Send a GraphQL document to the admin endpoint, and print the answer
    Api(commands::api::Api),
    /// Explain a command, a topic or a code
    Help(commands::help::Help),
    /// Print the version
    Version,
    /// Print the script that completes commands, flags and names in a shell
    Completion(commands::shell::Completion),
    /// Print the manual page, or write a page for each command
    Man(commands::shell::Man),
    /// Check the target, versions, the clock, the session, the editor and the rights of files
    Doctor(commands::doctor::Doctor),
    /// Choose a server or a database, once
    Setup(commands::setup::Setup),
    /// Show what waits for you: unsent edits, drafts, what is missing in them
    Status,
    /// Write guides into files
    Export(commands::files::export::Export),
    /// Write guide files in their one form, with the keys of new items
    Fmt(commands::files::fmt::Fmt),
    /// Check guide files, without a server
    Check(commands::files::check::Check),
    /// Show what guide files would change
    Plan(commands::files::plan::Plan),
    /// Make the target say what guide files say, or carry out a plan
    Apply(commands::files::apply::Apply),
    /// Print the JSON Schema of a guide file
    Schema(commands::files::schema::Schema),
    /// Work on what levels are paid, in one guide or in many
    #[command(subcommand, alias = "salaries")]
    Salary(commands::salary::Salary),
    /// Work on questions, in one guide or in many
    #[command(subcommand, alias = "questions")]
    Question(commands::question::Question),
}
