//! The editor of whoever works: started on a file, at a line if it knows how, and waited for.

use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use crate::code::Code;
use crate::fault::{Fault, Result};

/// How an editor came back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Back {
    /// Whether it said that all is well.
    pub(crate) well: bool,
    /// Whether it was gone so soon that it may have opened a window and not waited for it.
    pub(crate) at_once: bool,
}

/// Starts the editor on a file and waits until it is closed.
pub(crate) fn edit(command: &str, file: &Path, line: Option<usize>) -> Result<Back> {
    let wrong = |why: &str| {
        let fault = Fault::new(Code::Editor, format!("the editor {command:?} cannot be started: {why}"));
        fault.next("set EDITOR, or give --editor \"code --wait\"")
    };
    let words = shlex::split(command).filter(|words| !words.is_empty()).ok_or_else(|| wrong("the quotes in it do not close"))?;
    let Some((program, arguments)) = words.split_first() else { return Err(wrong("it is empty")) };
    let began = Instant::now();
    let status: ExitStatus =
        Command::new(program).args(arguments).args(place(program, file, line)).status().map_err(|error| wrong(&error.to_string()))?;
    Ok(Back { well: status.success(), at_once: began.elapsed() < Duration::from_secs(1) })
}

/// How the file and the line are told to the editors that have a way for it.
fn place(program: &str, file: &Path, line: Option<usize>) -> Vec<String> {
    let path = file.display().to_string();
    let Some(line) = line else { return vec![path] };
    let name = Path::new(program).file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    match name {
        "code" | "codium" | "cursor" => vec!["--goto".to_owned(), format!("{path}:{line}")],
        "subl" | "hx" | "helix" | "zed" => vec![format!("{path}:{line}")],
        "vi" | "vim" | "nvim" | "nano" | "emacs" | "emacsclient" | "micro" | "kak" | "gedit" | "joe" => vec![format!("+{line}"), path],
        _ => vec![path],
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::place;

    #[test]
    fn the_line_is_told_as_the_editor_understands_it() {
        let told = |program| place(program, Path::new("a.yaml"), Some(26)).join(" ");
        assert_eq!(told("nano"), "+26 a.yaml");
        assert_eq!(told("/usr/bin/code"), "--goto a.yaml:26");
        assert_eq!(told("ed"), "a.yaml");
    }
}
