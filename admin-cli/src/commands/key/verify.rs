//! `greenroom key verify`: whether something that was found somewhere is one of our keys. That it is whole is seen without any server; whose it is
//! is asked by a fingerprint, so that the secret itself stays here.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use content::access::secret::fingerprint;
use content::api_key::secret::{Malformed, PREFIX, read};
use serde_json::json;

use crate::documents::partner::{OwnerQuery, OwnerVariables};
use crate::fault::{Result, unreadable};
use crate::room::Room;

/// Tell whether something that was found is one of our keys
#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// A file with it in it; - reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Look only whether it is whole, without asking whose it is
    #[arg(long)]
    offline: bool,
}

/// The most that is read: a key stands in a log or a file of settings, not in a database.
const MOST_BYTES: u64 = 16 * 1_024 * 1_024;

impl Verify {
    pub(super) async fn run(&self, room: &Room) -> Result<u8> {
        let text = self.text()?;
        let found = candidates(&text);
        let mut results = Vec::new();
        for each in &found {
            results.push(self.look(room, each).await?);
        }
        if room.ui.is_for_programs() {
            let found: Vec<_> = results.iter().map(|result| result.object.clone()).collect();
            room.ui.object(&json!({ "format": "greenroom/verified@1", "found": found }));
        } else {
            for result in &results {
                room.ui.out(&result.words);
            }
            if results.is_empty() {
                room.ui.out("There is no key of this API in it.");
            }
        }
        // A live key in a place where it was found is what a script has to see.
        Ok(if results.iter().any(|result| result.live) { 10 } else { 0 })
    }

    fn text(&self) -> Result<String> {
        let mut bytes = Vec::new();
        let read = if self.file.as_os_str() == "-" {
            std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes)
        } else {
            std::fs::File::open(&self.file).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes))
        };
        read.map_err(|error| unreadable(&self.file, &error))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn look(&self, room: &Room, text: &str) -> Result<Looked> {
        let form = match read(text) {
            Ok(form) => form,
            Err(Malformed::Foreign | Malformed::Damaged) => {
                let shown = text.chars().take(15).collect::<String>();
                let words = format!("{shown}... looks like a key, but it is not whole: nobody can use it.");
                return Ok(Looked { words, live: false, object: json!({ "shown": shown, "whole": false }) });
            }
        };
        if self.offline {
            let words = format!("{}_... is a whole {} key. Whose it is was not asked.", form.shown, form.mode);
            return Ok(Looked { words, live: true, object: json!({ "shown": form.shown, "whole": true, "mode": form.mode.word() }) });
        }
        let variables = OwnerVariables { fingerprint: fingerprint(text.as_bytes()) };
        let OwnerQuery { api_key_of_secret } = room.client().await?.ask(variables).await?;
        let mut object = json!({ "shown": form.shown, "whole": true, "mode": form.mode.word(), "key": null, "live": false });
        let Some(owner) = api_key_of_secret else {
            return Ok(Looked { words: format!("{}_... is whole, but not known here.", form.shown), live: false, object });
        };
        let (key, secret) = (owner.api_key, owner.secret);
        let live = secret.live && matches!(key.state.word(), "active" | "rotating");
        object["key"] = json!(key.name);
        object["live"] = json!(live);
        let words = if live {
            format!(
                "It is one of ours: {} of {}, and it works. Stop it: greenroom key rotate {} --now",
                key.name, key.partner.name, key.name
            )
        } else {
            format!("It is one of ours: {} of {}, {}. Nothing to do.", key.name, key.partner.name, ended(key.state.word(), secret.live))
        };
        Ok(Looked { words, live, object })
    }
}

/// What was found out about a text.
struct Looked {
    words: String,
    live: bool,
    object: serde_json::Value,
}

fn ended(state: &str, live: bool) -> String {
    if live || state == "revoked" { state.to_owned() } else { "a secret that was replaced".to_owned() }
}

/// Everything in a text that could be a key, each once.
fn candidates(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (place, _) in text.match_indices(PREFIX) {
        let word: String = text[place..].chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '_').take(80).collect();
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn keys_are_found_wherever_they_stand() {
        let text = "KEY=grk_live_AAAAAA_bbb_ccc\n\"grk_test_X_y_z\", grk_live_AAAAAA_bbb_ccc grk_é";
        assert_eq!(candidates(text), ["grk_live_AAAAAA_bbb_ccc", "grk_test_X_y_z", "grk_"]);
    }
}
