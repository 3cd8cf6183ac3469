//! What all commands promise, each a loop over all of them: help, data on stdout, an end without a terminal, words for a failure, no secret in
//! sight, a dry run that is the run, an undo that takes everything back, a quiet end when nobody reads.

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::Backend;
use tests::edits::settled;

use crate::samples::{AWAY, Does, FAILING, OWN_FORMAT, SAMPLES, Sample};
use crate::stage::{PASSWORD, Stage, Way, program, told};

/// A stage on which every sample finds what it is about.
fn stage(way: Way) -> Stage {
    let stage = Stage::new(way);
    stage.run(&["company", "set", "larkthrupp", "loop.hello-call.duration=25m", "-q"]);
    stage.run(&["company", "set", "netflix", "loop.product-case.duration=55m", "-q"]);
    stage.run(&["publish", "netflix", "--yes", "-q"]);
    stage.run(&["company", "archive", "sprocketwren", "--yes", "-q"]);
    stage.run(&["tier", "new", "public-sector", "Public sector", "--yes", "-q"]);
    stage.run(&["partner", "new", "aldermere", "--name", "Aldermere", "--contact", "keys@aldermere.example", "-q"]);
    stage.run(&["partner", "new", "brook", "--name", "Brook", "-q"]);
    stage.run(&["partner", "disable", "brook", "--yes", "-q"]);
    for (name, file) in [("web", "web.key"), ("old", "old.key")] {
        let scope = ["--scope", "companies:read", "--per-day", "500", "--secret-file", file, "-q"];
        stage.run(&[&["key", "create", "--partner", "aldermere", "--name", name], scope.as_slice()].concat());
    }
    fs::write(stage.path("work/names.graphql"), "query Names { companies { nodes { name } } }").unwrap();
    stage.run(&["document", "register", "aldermere", "names.graphql", "-q"]);
    fs::write(stage.path("work/tiers.graphql"), "query Tiers { tiers { key } }").unwrap();
    fs::write(stage.path("work/page.txt"), "Netflix\n\nInterview Loop\n\nRecruiter Screen\n30 min\n\nTips\nBring a question.\n").unwrap();
    fs::write(stage.path("work/query.graphql"), "{ tiers { stamp } }").unwrap();
    stage.run(&["export", "--dir", "content", "-q"]);
    let file = stage.path("work/content/companies/atlas-of-everything.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("duration: ", "duration: 1", 1)).unwrap();
    fs::write(stage.path("work/pay.csv"), "company,level,min,max,currency\nnetflix,PM,310000,460000,USD\n").unwrap();
    fs::write(stage.path("work/questions.csv"), "company,category,text\nnetflix,Strategy,What would you stop doing?\n").unwrap();
    stage
}

/// The words of a sample's line.
fn words(stage: &Stage, sample: &Sample) -> Vec<String> {
    let mut line = format!("{} {}", sample.path, sample.rest).replace("{address}", stage.address());
    if line.contains("{operation}") {
        line = line.replace("{operation}", stage.run(&["log", "-o", "ids", "--limit", "1"]).trim());
    }
    if line.contains("{document}") {
        line = line.replace("{document}", stage.run(&["document", "list", "aldermere", "-o", "ids"]).trim());
    }
    if line.contains("{question}") {
        let keys = stage.run(&["question", "list", "--company", "netflix", "-o", "json", "--fields", "key"]);
        let keys: Value = serde_json::from_str(&keys).unwrap();
        line = line.replace("{question}", keys[1]["key"].as_str().unwrap());
    }
    shlex::split(&line).unwrap()
}

fn run(stage: &Stage, words: &[String], more: &[&str]) -> Output {
    let mut command = stage.command(program());
    command.args(words).args(more).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who does not want a password does not read it.
    let _ = writeln!(child.stdin.take().unwrap(), "{PASSWORD}");
    child.wait_with_output().unwrap()
}

/// The paths of all commands that do something.
fn leaves() -> Vec<String> {
    fn walk(command: &clap::Command, path: &str, found: &mut Vec<String>) {
        for inner in command.get_subcommands() {
            let path = format!("{path} {}", inner.get_name()).trim().to_owned();
            if inner.get_subcommands().next().is_none() || matches!(path.as_str(), "log" | "schema") {
                found.push(path.clone());
            }
            walk(inner, &path, found);
        }
    }
    let mut found = Vec::new();
    walk(&admin_cli::tree(), "", &mut found);
    found
}

#[test]
fn every_command_has_a_line_that_it_is_tried_with() {
    let mut missing = leaves();
    missing.retain(|path| !SAMPLES.iter().any(|sample| sample.path == path));
    assert!(missing.is_empty(), "without a sample: {missing:?}");
    let leaves = leaves();
    let gone: Vec<&str> = SAMPLES.iter().map(|sample| sample.path).filter(|path| !leaves.iter().any(|leaf| leaf == path)).collect();
    assert!(gone.is_empty(), "samples of no command: {gone:?}");
}

#[test]
fn every_page_of_help_has_examples_a_role_and_exit_codes() {
    let stage = Stage::empty();
    let mut wrong = Vec::new();
    for sample in SAMPLES {
        let words = shlex::split(sample.path).unwrap();
        let page = run(&stage, &words, &["--help"]);
        let text = String::from_utf8_lossy(&page.stdout).into_owned();
        if !page.status.success()
            || ["Examples", "Role", "Exit codes", "Usage"].iter().any(|part| !text.contains(part))
            || !page.stderr.is_empty()
        {
            wrong.push(sample.path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn with_json_stdout_is_one_json_text_or_nothing() {
    let stage = stage(Way::Server(Backend::Sqlite));
    let mut wrong = Vec::new();
    for sample in SAMPLES {
        // What writes is only rehearsed here, so that one sample does not take another's ground away.
        let dry: &[&str] = if matches!(sample.does, Does::Writes | Does::WritesForGood) { &["--dry-run"] } else { &[] };
        if sample.does == Does::Arranges {
            continue;
        }
        let output = run(&stage, &words(&stage, sample), &[&["-o", "json", "-vv"], dry].concat());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let one = text.is_empty() || serde_json::from_str::<Value>(&text).is_ok();
        if one == OWN_FORMAT.contains(&sample.path) || (output.status.success() && text.is_empty()) {
            wrong.push(format!("{}: {}", sample.path, told(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn with_json_a_failure_leaves_stdout_empty_and_is_one_object() {
    let stage = Stage::new(Way::Server(Backend::Sqlite));
    let mut wrong = Vec::new();
    for line in FAILING {
        let mut command = stage.command(program());
        // Nobody listens on the first port.
        let typed = match line.strip_prefix(AWAY) {
            Some(words) => command.env("GREENROOM_API_URL", "http://127.0.0.1:1").env("GREENROOM_TOKEN", "none").args(words.split(' ')),
            None => command.args(line.split(' ')),
        };
        let output = typed.args(["-o", "json"]).output().unwrap();
        let fault: Option<Value> = serde_json::from_slice(&output.stderr).ok();
        let named = fault.is_some_and(|fault| fault["format"] == "greenroom/error@1" && fault["code"].is_string());
        if output.status.success() || !output.stdout.is_empty() || !named {
            wrong.push(format!("{line}: {}", told(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn with_json_several_guides_are_one_array() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let shown: Value = serde_json::from_str(&stage.run(&["show", "netflix", "larkthrupp", "-o", "json"])).unwrap();
    assert_eq!((&shown[0]["slug"], &shown[1]["slug"]), (&Value::from("netflix"), &Value::from("larkthrupp")));
    let files = stage.run(&["show", "netflix", "larkthrupp", "-o", "yaml"]);
    assert_eq!(files.lines().filter(|line| *line == "---").count(), 1, "{files}");
}

#[test]
fn without_a_terminal_every_command_ends_and_a_failure_has_words() {
    let stage = stage(Way::Server(Backend::Sqlite));
    let codes: Vec<&str> =
        admin_cli::Code::ALL.iter().map(|code| code.text()).chain(content::code::Code::ALL.iter().map(|code| code.text())).collect();
    let mut wrong = Vec::new();
    // Who signs out or leaves the profile comes last.
    let (first, last): (Vec<&Sample>, Vec<&Sample>) = SAMPLES.iter().partition(|sample| sample.does != Does::Arranges);
    for sample in first.into_iter().chain(last) {
        #[allow(clippy::disallowed_methods, reason = "an end that does not come is what is looked for")]
        let began = Instant::now();
        // A session of its own has no terminal that could be opened behind our back.
        let mut command = stage.command("setsid");
        let output = command.arg("-w").arg(program()).args(words(&stage, sample)).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        let named = codes.iter().any(|code| said.lines().any(|line| line.starts_with(&format!("error[{code}]"))));
        let documented = matches!(code, Some(0..=13));
        if began.elapsed() > Duration::from_secs(10) || !documented || (code != Some(0) && code != Some(10) && !named) {
            wrong.push(format!("{}: {}", sample.path, told(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_secret_is_shown_however_much_is_told() {
    let stage = stage(Way::Server(Backend::Sqlite));
    let kept = fs::read_to_string(stage.path(".local/state/greenroom/sessions.json")).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    let secrets: Vec<String> = kept
        .as_object()
        .unwrap()
        .values()
        .flat_map(|entry| ["access", "refresh"].map(|name| entry[name].as_str().unwrap().to_owned()))
        .chain([PASSWORD.to_owned()])
        .chain(["web.key", "old.key"].map(|file| fs::read_to_string(stage.path(&format!("work/{file}"))).unwrap().trim().to_owned()))
        .collect();
    let mut wrong = Vec::new();
    for sample in SAMPLES.iter().filter(|sample| sample.path != "auth token" && sample.does != Does::Arranges) {
        let dry: &[&str] = if sample.does == Does::Reads { &[] } else { &["--dry-run"] };
        let said = told(&run(&stage, &words(&stage, sample), &[&["-vv"], dry].concat()));
        if secrets.iter().any(|secret| said.contains(secret)) {
            wrong.push(sample.path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let proxy = "http://nora:planted-secret@127.0.0.1:1";
    for (name, value) in [("GREENROOM_TOKEN", "planted-secret"), ("HTTP_PROXY", proxy), ("HTTPS_PROXY", proxy)] {
        for line in [["list", "-vv"].as_slice(), &["auth", "status", "-vv"], &["doctor", "-vv"]] {
            // Both kinds of address, so that each proxy is gone to.
            for server in [stage.address(), "https://127.0.0.1:1"] {
                let output = stage.command(program()).args(line).env(name, value).env("GREENROOM_API_URL", server).output().unwrap();
                let said = told(&output);
                assert!(!said.contains("planted-secret"), "{name} {line:?} {server}: {said}");
                assert!(said.lines().count() > 1, "something was said: {said}");
            }
        }
    }
}

/// Every flag takes what it is called, and none takes a secret: those are asked for, or come from standard input or a file.
#[test]
fn no_flag_takes_a_secret() {
    fn walk(command: &clap::Command, found: &mut Vec<String>) {
        for flag in command.get_arguments().filter(|flag| flag.get_action().takes_values()) {
            let name = flag.get_id().as_str().to_lowercase();
            if ["password", "token", "secret"].iter().any(|word| name.contains(word)) && !name.contains("file") {
                found.push(format!("{} --{name}", command.get_name()));
            }
        }
        command.get_subcommands().for_each(|inner| walk(inner, found));
    }
    let mut found = Vec::new();
    walk(&admin_cli::tree(), &mut found);
    assert!(found.is_empty(), "{found:?}");
}

/// The database, byte for byte.
fn bytes(stage: &Stage) -> Vec<u8> {
    settled(&stage.path(".local/share/greenroom"))
}

/// All guides with how they stand, tiers, users, partners and keys: what an undo gives back.
fn all(stage: &Stage) -> String {
    let guides: String =
        stage.run(&["list", "--state", "published,draft,archived", "-o", "ids"]).lines().fold(String::new(), |text, slug| {
            let shown: Value = serde_json::from_str(&stage.run(&["show", slug, "-o", "json"])).unwrap();
            // Which save it was counts on; what it says is what comes back.
            format!("{text}{slug} {} {}\n", shown["state"], shown["guide"])
        });
    let tiers = stage.run(&["tier", "list", "-o", "json"]);
    let users = stage.bash("greenroom user list -o json --fields email,name,role").stdout;
    let partners = stage.run(&["partner", "list", "-o", "json", "--fields", "slug,name,contact,disabled_at"]);
    let documents = stage.run(&["document", "list", "aldermere", "-o", "json"]);
    let keys = "name,state,scopes,points_per_minute,requests_per_day,trusted_only,expires_at,revoked_at";
    let keys = stage.run(&["key", "list", "-o", "json", "--fields", keys]);
    guides + &tiers + &String::from_utf8(users).unwrap() + &partners + &keys + &documents
}

/// The changes of a result, guide by guide. How a guide stands afterwards is known where it was done.
fn changes(output: &Output) -> Vec<(Value, Value)> {
    let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", told(output)));
    let changed = result["changed"].as_array().unwrap().iter();
    changed.chain(result["subjects"].as_array().into_iter().flatten()).map(|one| (one["company"].clone(), one["changes"].clone())).collect()
}

#[test]
fn a_dry_run_writes_nothing_and_is_what_the_run_does_and_undo_takes_it_back() {
    let stage = stage(Way::Database(Backend::Sqlite));
    stage.bash(&format!("greenroom db admin nora@guides.example <<< '{PASSWORD}'"));
    stage
        .bash(&format!("greenroom -q user new tomas@guides.example --name Tomas --role publisher --password-stdin --yes <<< '{PASSWORD}'"));
    let mut wrong = Vec::new();
    for sample in SAMPLES.iter().filter(|sample| matches!(sample.does, Does::Writes)) {
        if sample.path == "user enable" {
            stage.run(&["user", "disable", "tomas@guides.example", "--yes", "-q"]);
        }
        let line = words(&stage, sample);
        let whole = all(&stage);
        let before = bytes(&stage);
        let dry = run(&stage, &line, &["--dry-run", "-o", "json"]);
        if !dry.status.success() || bytes(&stage) != before {
            wrong.push(format!("{}: the dry run: {}", sample.path, told(&dry)));
            continue;
        }
        let done = run(&stage, &line, &["-o", "json", "--yes"]);
        if !done.status.success() || changes(&dry) != changes(&done) {
            wrong.push(format!("{}: the run: {}\n{}", sample.path, told(&done), told(&dry)));
            continue;
        }
        let result: Value = serde_json::from_slice(&done.stdout).unwrap();
        let operation = result["operation"].as_str().or(result["job"].as_str()).unwrap_or_default().to_owned();
        let undone = stage.try_run(&["undo", &operation, "--yes", "-q"]);
        if !undone.status.success() || all(&stage) != whole {
            wrong.push(format!("{}: the undo: {}", sample.path, told(&undone)));
        }
        if sample.path == "user enable" {
            stage.run(&["user", "enable", "tomas@guides.example", "--yes", "-q"]);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_reader_that_leaves_ends_the_program_without_a_word() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    for line in ["list", "show netflix", "log", "help", "--help", "man", "completion bash", "show netflix -o yaml"] {
        let output = stage.bash(&format!("set -o pipefail; greenroom {line} | head -c 1 >/dev/null"));
        let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert!(!said.contains("error") && !said.contains("pipe") && !said.contains("panic"), "{line}: {}", told(&output));
        assert!(matches!(output.status.code(), Some(0 | 141)), "{line}: {}", told(&output));
    }
}
