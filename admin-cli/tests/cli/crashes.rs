//! Whatever dies while somebody writes, the text is there, and `status` says where.

use std::fs;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use tests::Backend;

use crate::stage::{Stage, Way, program, told};
use crate::terminal::editor;

/// Waits for something that must come, half a minute at most.
#[track_caller]
fn until(what: &str, came: impl Fn() -> bool) {
    #[allow(clippy::disallowed_methods, reason = "a test that waits for ever tells nobody why")]
    let began = Instant::now();
    while !came() {
        assert!(began.elapsed() < Duration::from_secs(30), "{what} did not come");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// An edit whose editor has written, and waits until the file `go` is there.
fn under_way(stage: &Stage) -> Child {
    let script = format!(
        // It ends with the home folder too: a killed command leaves it alone.
        "sed -i 's/^name: Netflix$/name: Words of an hour/' \"$file\"; touch {home}/written; \
         while [ -e {home}/written ] && [ ! -e {home}/go ]; do sleep 0.05; done",
        home = stage.home().display()
    );
    let editor = editor(stage, &[&script, ":"]);
    let mut command = stage.command(program());
    command.args(["edit", "netflix", "--editor", &editor]).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let child = command.spawn().unwrap();
    until("the editor's text", || stage.path("written").exists());
    child
}

fn text(stage: &Stage) -> PathBuf {
    stage.path(".local/state/greenroom/edits/guides/netflix.yaml")
}

#[track_caller]
fn waits(stage: &Stage) {
    assert!(fs::read_to_string(text(stage)).unwrap().contains("name: Words of an hour"));
    let status = stage.try_run(&["status"]);
    let said = told(&status);
    assert!(said.contains("netflix") && said.contains("--resume"), "{said}");
}

#[test]
fn a_kill_while_the_editor_is_open_takes_nothing_away() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let mut child = under_way(&stage);
    child.kill().unwrap();
    child.wait().unwrap();
    fs::write(stage.path("go"), "").unwrap();
    waits(&stage);
    let resumed = stage.try_run(&["edit", "netflix", "--resume"]);
    assert!(resumed.status.success(), "{}", told(&resumed));
    assert!(stage.run(&["show", "netflix", "-o", "yaml"]).contains("name: Words of an hour"));
    assert!(!text(&stage).exists());
}

#[test]
fn a_server_that_goes_away_before_the_save_takes_nothing_away() {
    let mut stage = Stage::new(Way::Server(Backend::Sqlite));
    let child = under_way(&stage);
    stage.stop();
    fs::write(stage.path("go"), "").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = told(&output);
    assert_eq!(output.status.code(), Some(9), "{said}");
    assert!(said.contains("NET-001") && said.contains("greenroom edit netflix --resume"), "{said}");
    waits(&stage);
    stage.serve();
    let resumed = stage.try_run(&["edit", "netflix", "--resume"]);
    assert!(resumed.status.success(), "{}", told(&resumed));
    assert!(stage.run(&["show", "netflix", "-o", "yaml"]).contains("name: Words of an hour"));
}

#[test]
fn a_disk_that_is_full_takes_nothing_away() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    // A limit on the size of files is met by a write as a full disk is: it fails. It comes while the editor is open.
    let script = "sed -i 's/^name: Netflix$/name: Words of an hour/' \"$file\"; prlimit --pid $ABOVE --fsize=4096";
    let editor = editor(&stage, &[script]);
    let output = stage.bash(&format!("trap '' XFSZ; greenroom edit netflix --editor {editor}"));
    let said = told(&output);
    assert!(!output.status.success() && said.contains("error["), "{said}");
    assert!(said.contains("It is kept in"), "{said}");
    waits(&stage);
    let resumed = stage.try_run(&["edit", "netflix", "--resume"]);
    assert!(resumed.status.success(), "{}", told(&resumed));
}

#[test]
fn where_the_text_itself_has_no_room_no_editor_is_opened() {
    let stage = Stage::new(Way::Server(Backend::Sqlite));
    let output = stage.bash("trap '' XFSZ; ulimit -f 4; greenroom edit netflix --editor 'touch opened'");
    let said = told(&output);
    assert!(said.contains("error[IO-002]"), "{said}");
    assert!(!stage.path("work/opened").exists(), "an editor was opened for a text that could not be kept");
}

#[test]
fn a_kill_in_the_middle_of_many_guides_leaves_none_half_done_and_none_done_twice() {
    let stage = Stage::new(Way::Server(Backend::Sqlite));
    let guides = crate::terminal::many(&stage, 40);
    let mut command = stage.command(program());
    let mut child = command
        .args(["salary", "import", "pay.csv", "--yes", "-q"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    until("some guides", || stage.run(&["list", "--state", "draft", "-o", "ids"]).lines().count() >= 5);
    child.kill().unwrap();
    child.wait().unwrap();
    let status = stage.run(&["status", "-o", "json"]);
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    let job = status["jobs"][0]["job"].as_str().unwrap_or_else(|| panic!("{status}")).to_owned();
    let resumed = stage.try_run(&["salary", "import", "--resume", &job, "--yes"]);
    assert!(resumed.status.success(), "{}", told(&resumed));
    assert_eq!(stage.run(&["list", "--operation", &job, "-o", "ids"]).lines().count(), guides);
    assert_eq!(stage.run(&["log", "--job", &job, "--limit", "1000", "-o", "ids"]).lines().count(), guides, "each guide once");
}

#[test]
fn what_was_written_beside_the_part_that_was_opened_is_told_and_kept() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    for (edit, words) in
        [("s/^name: Netflix$/name: Words of an hour/", "only loop was opened"), ("s/^slug: netflix/slug: other/", "does not rename")]
    {
        let output = stage.bash(&format!("greenroom edit netflix --section loop --editor \"sed -i '{edit}'\""));
        let said = told(&output);
        assert!(!output.status.success() && said.contains(words), "{said}");
        assert!(text(&stage).exists(), "{said}");
        fs::remove_file(text(&stage)).unwrap();
    }
}

#[test]
fn a_guide_that_is_open_in_one_terminal_is_not_opened_in_another() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let mut child = under_way(&stage);
    for more in ["--resume", "--editor true"] {
        let second = stage.bash(&format!("greenroom edit netflix {more}"));
        assert!(told(&second).contains("open in another terminal"), "{}", told(&second));
    }
    fs::write(stage.path("go"), "").unwrap();
    assert!(child.wait().unwrap().success());
    assert!(stage.run(&["show", "netflix", "-o", "yaml"]).contains("name: Words of an hour"));
}

#[test]
fn a_text_whose_start_is_lost_is_neither_sent_nor_overwritten() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let mut child = under_way(&stage);
    child.kill().unwrap();
    child.wait().unwrap();
    fs::remove_file(text(&stage).with_file_name(".netflix.json")).unwrap();
    for more in ["--resume", "--editor true"] {
        let output = stage.bash(&format!("greenroom edit netflix {more}"));
        assert!(told(&output).contains("what it was started from is lost"), "{}", told(&output));
    }
    assert!(fs::read_to_string(text(&stage)).unwrap().contains("Words of an hour"));
}

#[test]
fn a_text_is_not_sent_to_another_place_than_it_came_from() {
    let stage = Stage::new(Way::Database(Backend::Sqlite));
    let mut child = under_way(&stage);
    child.kill().unwrap();
    child.wait().unwrap();
    stage.run(&["db", "seed", "--database-url", "sqlite:other.db"]);
    stage.run(&["profile", "set", "guides", "--database", "sqlite:other.db"]);
    let output = stage.try_run(&["edit", "netflix", "--resume"]);
    assert!(told(&output).contains("which is not where this works"), "{}", told(&output));
    assert!(text(&stage).exists());
}
