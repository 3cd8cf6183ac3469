//! Where the session of a server is kept: a file that only its owner reads, an entry for each profile. A token from the environment comes first.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use content::access::secret::Secret;
use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::code::Code;
use crate::documents::session::SessionTokens;
use crate::fault::{Fault, Result, unreadable, unwritable};
use crate::settings::{Folders, login_command, now, private_folder, variable, write_private};

/// A session that was kept. Its tokens are never shown: this type prints nothing of them.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) address: String,
    pub(crate) email: String,
    pub(crate) role: String,
    access: String,
    access_until: String,
    refresh: String,
    pub(crate) until: String,
}

/// The token that there is.
pub(crate) enum Kept {
    /// None.
    None,
    /// One that is good for a while.
    Fresh(Secret),
    /// One that must be renewed.
    Stale,
}

/// The place of one profile's session.
#[derive(Clone)]
pub(crate) struct Keep {
    file: PathBuf,
    profile: String,
    address: String,
}

impl Keep {
    /// The place for the session of a profile at an address.
    pub(crate) fn new(folders: &Folders, profile: &str, address: &str) -> Self {
        Self { file: folders.state.join("sessions.json"), profile: profile.to_owned(), address: address.to_owned() }
    }

    /// The profile.
    pub(crate) fn profile(&self) -> &str {
        &self.profile
    }

    /// The file.
    pub(crate) fn file(&self) -> &std::path::Path {
        &self.file
    }

    /// A token from the environment: it wins over a login.
    pub(crate) fn from_environment() -> Result<Option<(Secret, &'static str)>> {
        if let Some(path) = variable("GREENROOM_TOKEN_FILE") {
            let path = PathBuf::from(path);
            let token = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            return Ok(Some((Secret::new(token.trim()), "GREENROOM_TOKEN_FILE")));
        }
        Ok(variable("GREENROOM_TOKEN").map(|token| (Secret::new(token), "GREENROOM_TOKEN")))
    }

    /// The access token, if there is one.
    pub(super) fn access(&self) -> Result<Kept> {
        if let Some((token, _)) = Self::from_environment()? {
            return Ok(Kept::Fresh(token));
        }
        let Some(entry) = self.entry()? else { return Ok(Kept::None) };
        let until = OffsetDateTime::parse(&entry.access_until, &Rfc3339).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        // Half a minute is enough for the request that it goes along with.
        Ok(if until - Duration::seconds(30) > now() { Kept::Fresh(Secret::new(entry.access)) } else { Kept::Stale })
    }

    /// Who signed in here, if somebody did.
    pub(super) fn known(&self) -> Option<(String, &'static str)> {
        if Self::from_environment().ok().flatten().is_some() {
            return None;
        }
        let entry = self.entry().ok().flatten()?;
        let role = ["reader", "author", "publisher", "admin"].into_iter().find(|role| *role == entry.role)?;
        Some((entry.email, role))
    }

    /// Whether a refused token can be replaced.
    pub(super) fn can_renew(&self) -> bool {
        Self::from_environment().ok().flatten().is_none() && self.entry().ok().flatten().is_some()
    }

    pub(super) fn refresh_token(&self) -> Result<String> {
        let signed_out = || Fault::new(Code::SignedOut, "nobody is signed in").next(login_command(&self.profile));
        self.entry()?.map(|entry| entry.refresh).ok_or_else(signed_out)
    }

    /// Nobody else renews or writes until this is dropped: the sessions of all profiles stand in one file.
    pub(super) fn turn(&self) -> Result<File> {
        let path = self.file.with_extension("lock");
        private_folder(path.parent().unwrap_or(&path))?;
        let file = File::create(&path).map_err(|error| unwritable(&path, &error))?;
        file.lock().map_err(|error| unwritable(&path, &error))?;
        Ok(file)
    }

    /// Keeps a session, and gives its access token.
    pub(crate) fn put(&self, tokens: &SessionTokens) -> Result<Secret> {
        self.put_in_turn(&self.turn()?, tokens)
    }

    /// The same for whoever has the turn: a second one of the same program would wait for the first.
    pub(super) fn put_in_turn(&self, _turn: &File, tokens: &SessionTokens) -> Result<Secret> {
        let entry = Entry {
            address: self.address.clone(),
            email: tokens.user.email.clone(),
            role: tokens.user.role.word().to_owned(),
            access: tokens.access_token.clone(),
            access_until: tokens.access_expires_at.0.clone(),
            refresh: tokens.refresh_token.clone(),
            until: tokens.refresh_expires_at.0.clone(),
        };
        let mut all = self.all()?;
        all.insert(self.profile.clone(), entry);
        self.write(&all)?;
        Ok(Secret::new(tokens.access_token.clone()))
    }

    /// Forgets the session.
    pub(crate) fn forget(&self) -> Result<bool> {
        if !self.file.exists() {
            return Ok(false);
        }
        let _turn = self.turn()?;
        let mut all = self.all()?;
        let there = all.remove(&self.profile).is_some();
        if there {
            self.write(&all)?;
        }
        Ok(there)
    }

    /// The session of this profile; one of another address is not for this server.
    pub(crate) fn entry(&self) -> Result<Option<Entry>> {
        Ok(self.all()?.remove(&self.profile).filter(|entry| entry.address == self.address))
    }

    fn all(&self) -> Result<BTreeMap<String, Entry>> {
        match std::fs::read(&self.file) {
            // A file that is not understood is of another version: whoever signs in again has a new one.
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(unreadable(&self.file, &error)),
        }
    }

    fn write(&self, all: &BTreeMap<String, Entry>) -> Result {
        let bytes = serde_json::to_vec_pretty(all).map_err(|error| Fault::new(Code::Unwritable, error.to_string()))?;
        write_private(&self.file, &bytes)
    }
}
