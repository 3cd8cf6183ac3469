//! Questions. They are lines that are answered with a line, so a screen reader, a script and a test drive the same ones. Nothing is asked
//! where nobody can answer: the command stops, and names the flag.

use std::io::{BufRead, Write};

use content::access::secret::Secret;
use serde_json::json;

use super::Ui;
use crate::code::Code;
use crate::fault::{Fault, Result};

impl Ui {
    /// Whether to go on. `--yes` answers it; without a terminal the command stops.
    pub(crate) fn agree(&self, question: &str) -> Result {
        if self.yes {
            return Ok(());
        }
        if !self.asks {
            return Err(Self::unasked(question, "--yes"));
        }
        match self.read(&format!("{question} [y/N]: "))?.to_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Fault::new(Code::Declined, "nothing was done")),
        }
    }

    /// Whether to go on with what is not to be done by the way: the word must be typed. `--confirm WORD` answers it.
    pub(crate) fn confirm_word(&self, warning: &str, word: &str) -> Result {
        if let Some(given) = &self.confirm {
            let wrong = || {
                let fault = Fault::new(Code::Declined, format!("--confirm says {given:?}, and it would have to be {word:?}"));
                Err(fault.line("  Nothing was done.").next(format!("--confirm {word}")))
            };
            return if given == word { Ok(()) } else { wrong() };
        }
        if !self.asks {
            return Err(Self::unasked(warning, &format!("--confirm {word}")));
        }
        self.speak(warning);
        let typed = self.read(&format!("Type {word} to go on: "))?;
        if typed == word { Ok(()) } else { Err(Fault::new(Code::Declined, format!("{typed:?} is not {word:?}; nothing was done"))) }
    }

    /// One of several answers, by its number or its letter. The default is what an empty line means.
    pub(crate) fn choose(&self, question: &str, choices: &[(String, String)], default: usize, flag: &str) -> Result<usize> {
        if !self.asks {
            return Err(Self::unasked(question, flag));
        }
        if !question.is_empty() {
            self.speak(question);
        }
        for (mark, words) in choices {
            self.speak(&format!("  {mark}  {words}"));
        }
        let spoken = choices.get(default).map(|(mark, _)| mark.as_str()).unwrap_or_default();
        let marks: Vec<&str> = choices.iter().map(|(mark, _)| mark.as_str()).collect();
        let hint = if self.accessible { format!(", Enter for {spoken}: ") } else { format!(" [{spoken}]: ") };
        loop {
            let typed = self.read(&format!("Choose {}{hint}", marks.join(", ")))?;
            let found =
                if typed.is_empty() { Some(default) } else { choices.iter().position(|(mark, _)| mark.eq_ignore_ascii_case(&typed)) };
            match found {
                Some(found) => return Ok(found),
                None => self.speak(&format!("{typed:?} is none of {}.", marks.join(", "))),
            }
        }
    }

    /// A line of text; an empty one means the default.
    pub(crate) fn line(&self, question: &str, default: Option<&str>, flag: &str) -> Result<String> {
        if !self.asks {
            return Err(Self::unasked(question, flag));
        }
        let hint = default.map(|default| format!(" [{default}]")).unwrap_or_default();
        let typed = self.read(&format!("{question}{hint}: "))?;
        Ok(if typed.is_empty() { default.unwrap_or_default().to_owned() } else { typed })
    }

    /// A password: not shown where it is typed.
    pub(crate) fn password(&self, question: &str, flag: &str) -> Result<Secret> {
        if !self.asks {
            return Err(Self::unasked(question, flag));
        }
        let typed = rpassword::prompt_password(format!("{} (not shown): ", super::plain(question)));
        typed.map(Secret::new).map_err(|error| Fault::new(Code::Unasked, format!("the password cannot be read: {error}")))
    }

    /// A new password, typed twice.
    pub(crate) fn new_password(&self, flag: &str) -> Result<Secret> {
        let first = self.password("Password, 12 characters or more", flag)?;
        let second = self.password("Once more", flag)?;
        if first.reveal() == second.reveal() {
            Ok(first)
        } else {
            Err(Fault::new(Code::PasswordTwice, "the two passwords are not the same; nothing was done"))
        }
    }

    /// What stops a command that would have to ask.
    pub(crate) fn unasked(question: &str, flag: &str) -> Fault {
        let words = if question.ends_with(['?', '.']) {
            format!("{question} There is nobody to ask")
        } else {
            format!("{question}: there is nobody to ask")
        };
        let fault = Fault::new(Code::Unasked, words);
        fault.line("  Nothing was done.").next(format!("the same command with {flag}")).details(json!({ "flag": flag }))
    }

    fn read(&self, prompt: &str) -> Result<String> {
        {
            let mut stderr = anstream::stderr().lock();
            let _ = write!(stderr, "{}", super::plain(prompt)).and_then(|()| stderr.flush());
        }
        let mut line = String::new();
        match std::io::stdin().lock().read_line(&mut line) {
            Ok(0) | Err(_) => {
                self.speak("");
                Err(Fault::new(Code::Declined, "the terminal was closed; nothing was done"))
            }
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }
}
