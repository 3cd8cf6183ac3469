//! What only a terminal shows: an editor with an error and its recovery, Ctrl-C in the middle of many guides, a password that is not echoed, a
//! narrow window; and what may reach one: colour where it is wanted, and nothing that steers it. Each waits for words, never for a time.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use regex::Regex;
use rexpect::session::{PtySession, spawn_command};
use tests::Backend;

use crate::stage::{PASSWORD, Stage, Way, program, told};

/// Half a minute is enough for a machine that is busy with other tests.
const PATIENCE_MS: Option<u64> = Some(30_000);

/// A terminal of so many columns on which a line is run.
fn terminal(stage: &Stage, columns: usize, line: &str) -> PtySession {
    let mut command = stage.bare("bash");
    command.args(["-c", &format!("stty cols {columns} rows 40; {line}; echo \"ended with $?\"")]).env("TERM", "xterm");
    spawn_command(command, PATIENCE_MS).unwrap()
}

/// An editor that does something else each time: the first script at the first call, and so on.
pub(crate) fn editor(stage: &Stage, scripts: &[&str]) -> String {
    for (script, number) in scripts.iter().zip(1..) {
        fs::write(stage.path(&format!("editor-{number}")), format!("file=\"$1\"\n{script}\n")).unwrap();
    }
    let path = stage.path("editor");
    let home = stage.home().display();
    fs::write(
        &path,
        format!(
            "#!/bin/bash\nexport ABOVE=$PPID\nn=$(($(cat {home}/calls 2>/dev/null || echo 0) + 1))\necho $n > {home}/calls\nbash {home}/editor-$n \"$@\"\n"
        ),
    )
    .unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

#[test]
fn an_edit_with_an_error_is_mended_in_a_second_round() {
    let stage = Stage::new(Way::Server(Backend::Sqlite));
    let scripts = [
        "sed -i 's/duration: 30m/duration: half an hour/' \"$file\"; echo '# my own note' >> \"$file\"",
        "sed -i 's/half an hour/35m/' \"$file\"",
    ];
    let editor = editor(&stage, &scripts);
    let mut terminal = terminal(&stage, 100, &format!("greenroom edit netflix --editor {editor}"));
    terminal.exp_string("VAL-012").unwrap();
    terminal.exp_string("edit again, at line").unwrap();
    let text = fs::read_to_string(stage.path(".local/state/greenroom/edits/guides/netflix.yaml")).unwrap();
    assert!(text.contains("half an hour") && text.contains("# my own note"));
    terminal.exp_string("Choose e, k, d [e]: ").unwrap();
    terminal.send_line("").unwrap();
    terminal.exp_string("30m -> 35m").unwrap();
    terminal.exp_string("ended with 0").unwrap();
    assert!(!stage.path(".local/state/greenroom/edits/guides/netflix.yaml").exists(), "the text is at the server now");
}

#[test]
fn what_two_people_changed_is_settled_place_by_place() {
    let stage = Stage::new(Way::Server(Backend::Sqlite));
    let other = "greenroom -p tomas company set netflix name='Netflix of Tomas' loop.recruiter-screen.duration=20m >/dev/null";
    let scripts = [format!("{other}; sed -i 's/^name: Netflix$/name: Netflix of Nora/; s/duration: 60m/duration: 65m/' \"$file\"")];
    let editor = editor(&stage, &scripts.iter().map(String::as_str).collect::<Vec<_>>());
    let mut terminal = terminal(&stage, 100, &format!("greenroom edit netflix --editor {editor}"));
    terminal.exp_string("1 place was changed by both").unwrap();
    terminal.exp_string("Netflix of Tomas").unwrap();
    terminal.exp_string("Netflix of Nora").unwrap();
    terminal.exp_string("Choose y, t, s [s]: ").unwrap();
    terminal.send_line("y").unwrap();
    terminal.exp_string("ended with 0").unwrap();
    let guide = stage.run(&["show", "netflix", "-o", "yaml"]);
    for kept in ["name: Netflix of Nora", "duration: 20m", "duration: 65m"] {
        assert!(guide.contains(kept), "{kept}: {guide}");
    }
}

#[test]
fn a_password_is_not_shown_where_it_is_typed() {
    let stage = Stage::new(Way::Server(Backend::Sqlite));
    stage.run(&["auth", "logout"]);
    let mut terminal = terminal(&stage, 100, "greenroom -vv auth login");
    terminal.exp_string("nora@guides.example").unwrap();
    terminal.send_line("").unwrap();
    terminal.exp_string("(not shown): ").unwrap();
    terminal.send_line(PASSWORD).unwrap();
    let told = terminal.exp_string("ended with 0").unwrap();
    assert!(told.contains("Signed in"), "{told}");
    assert!(!told.contains(PASSWORD), "{told}");
}

#[test]
fn nothing_is_wider_than_a_window_of_sixty_columns() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let colour = Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    for line in
        ["greenroom list", "greenroom --no-pager show netflix", "greenroom company weights netflix", "greenroom company history netflix"]
    {
        let mut terminal = terminal(&stage, 60, line);
        let told = terminal.exp_string("ended with 0").unwrap();
        // The terminal's bytes come as one sign each.
        let told = String::from_utf8(told.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect()).unwrap();
        let told = colour.replace_all(&told, "");
        let wide: Vec<&str> = told.lines().filter(|line| unicode_width::UnicodeWidthStr::width(line.trim_end()) > 60).collect();
        assert!(wide.is_empty(), "{line}: {wide:#?}");
        assert!(told.contains("Netflix") || told.contains("Personalization") || told.contains("r1"), "{told}");
    }
}

#[test]
fn many_guides_are_stopped_by_ctrl_c_and_gone_on_with() {
    let stage = Stage::new(Way::Server(Backend::Sqlite));
    // So many that a test which gets little time still stops it in the middle.
    let guides = many(&stage, 400);
    let mut terminal = terminal(&stage, 100, "greenroom --progress plain salary import pay.csv --yes");
    terminal.exp_string("40 of 400").unwrap();
    terminal.send_control('c').unwrap();
    let told = terminal.exp_string("ended with 130").unwrap();
    assert!(told.contains("error[JOB-001]"), "{told}");
    let job = Regex::new("--resume (job_[0-9a-z]{26})").unwrap().captures(&told).unwrap()[1].to_owned();
    let done = stage.run(&["list", "--operation", &job, "-o", "ids"]).lines().count();
    assert!((40..400).contains(&done), "{done} of {guides}");
    let resumed = stage.try_run(&["salary", "import", "--resume", &job, "--yes"]);
    assert!(resumed.status.success(), "{}", crate::stage::told(&resumed));
    assert_eq!(stage.run(&["list", "--operation", &job, "-o", "ids"]).lines().count(), 400);
    stage.run(&["undo", &job, "--yes"]);
    assert_eq!(stage.run(&["list", "--state", "draft", "-o", "ids"]), "", "every draft is gone again");
}

#[test]
fn a_text_from_outside_does_not_steer_the_terminal() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let evil = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
    for line in [format!("show 'a{evil}'"), format!("company set netflix 'name{evil}=x'"), format!("check 'a{evil}'")] {
        let said = told(&stage.bash(&format!("greenroom --color always {line}")));
        assert!(!said.contains(['\u{7}', '\u{9b}', '\u{202e}']) && !said.contains("\u{1b}]"), "{said:?}");
        assert!(said.contains("202e"), "it is shown: {said:?}");
    }
}

#[test]
fn colour_is_where_it_is_wanted() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let coloured = |before: &str, flags: &str| {
        let output =
            stage.bash(&format!("{before} greenroom show netflx {flags}; {before} GREENROOM_FORCE_TTY=80 greenroom list {flags} 2>&1"));
        (output.stderr.contains(&0x1b), output.stdout.contains(&0x1b))
    };
    for (before, flags, wanted) in [
        ("", "", false),
        ("", "--color always", true),
        ("NO_COLOR=1", "--color always", true),
        ("CLICOLOR_FORCE=1", "", true),
        ("CLICOLOR_FORCE=1", "--color never", false),
        ("GREENROOM_COLOR=always", "", true),
        ("GREENROOM_COLOR=always", "--color never", false),
        ("NO_COLOR=1", "", false),
        ("TERM=dumb", "", false),
    ] {
        assert_eq!(coloured(before, flags), (wanted, wanted), "{before} {flags}");
    }
}

#[test]
fn what_is_told_to_those_who_listen_has_no_escape_and_no_return() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    for line in [
        "list",
        "show netflix",
        "company weights netflix",
        "show netflx",
        "company set netflix name=Other",
        "publish netflix",
        "log",
        "status",
    ] {
        let output = stage.bash(&format!("TERM=xterm GREENROOM_FORCE_TTY=80 greenroom --accessible {line}"));
        let said = told(&output);
        assert!(!said.contains('\u{1b}') && !said.contains('\r'), "{line}: {said}");
    }
    let list = stage.bash("GREENROOM_FORCE_TTY=80 greenroom --accessible list");
    assert!(told(&list).contains("Name: Larkthrupp"), "{}", told(&list));
}

/// Generated guides, and a table that changes the pay of each.
pub(crate) fn many(stage: &Stage, count: usize) -> usize {
    let starter: Vec<String> = stage.run(&["list", "-o", "ids"]).lines().map(str::to_owned).collect();
    // The generated guides go into the database behind the server, as an operator puts them there.
    let seeded = stage
        .command(program())
        .args(["db", "seed", "--synthetic", &count.to_string(), "--database-url", &stage.database()])
        .output()
        .unwrap();
    assert!(seeded.status.success(), "{}", told(&seeded));
    let table = stage.run(&["salary", "export", "--out", "-"]);
    let mut rows = table.lines();
    let mut pay = format!("{}\n", rows.next().unwrap());
    let (mut last, mut changed) = (String::new(), 0);
    for row in rows {
        let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
        // One level of each generated guide, of those rows that need no quotes.
        if row.contains('"') || cells[0] == last || starter.contains(&cells[0]) {
            continue;
        }
        last.clone_from(&cells[0]);
        let Ok(min) = cells[2].parse::<i64>() else { continue };
        cells[2] = (min - 1_000).to_string();
        pay += &(cells.join(",") + "\n");
        changed += 1;
    }
    fs::write(stage.path("work/pay.csv"), pay).unwrap();
    changed
}
