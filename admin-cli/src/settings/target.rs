//! Where the guides are that a command works on: at a server, or in a database. A flag comes before the environment, that before the project
//! file, that before the configuration; where nothing is said it is the database in the data folder.

use super::{Profile, Settings, variable, wrong};
use crate::fault::Result;
use crate::line::Globals;

/// The name of the database in the data folder, where no profile has it.
const BUILT_IN: &str = "local";

/// The place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A server, by its address.
    Api(String),
    /// A database; nothing stands for the file in the data folder.
    Database(Option<String>),
}

/// The place, and as whom.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// How it is called: the profile's name, or where it comes from.
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) protected: bool,
    pub(crate) act_as: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) color: Option<String>,
    /// What chose it, for those who wonder.
    pub(crate) origin: &'static str,
}

impl Target {
    /// The target of this command line.
    pub(crate) fn of(settings: &Settings, globals: &Globals) -> Result<Self> {
        Self::named(settings, globals.profile.as_deref())
    }

    /// The target where no flag says anything.
    pub(crate) fn unflagged(settings: &Settings) -> Result<Self> {
        Self::named(settings, variable("GREENROOM_PROFILE").as_deref())
    }

    fn named(settings: &Settings, profile: Option<&str>) -> Result<Self> {
        let (api, database) = (variable("GREENROOM_API_URL"), variable("GREENROOM_DATABASE_URL"));
        if api.is_some() && database.is_some() {
            return Err(wrong("GREENROOM_API_URL and GREENROOM_DATABASE_URL are both set").next("unset one of them"));
        }
        // What works without any settings has a name as well, unless somebody gave that to something else.
        if profile == Some(BUILT_IN) && !settings.config.profile.contains_key(BUILT_IN) {
            return Ok(Self::bare(BUILT_IN, Place::Database(None), "--profile or GREENROOM_PROFILE"));
        }
        if let Some(name) = profile {
            return Ok(Self::profile(name, settings.config.find(name)?, "--profile or GREENROOM_PROFILE"));
        }
        if let Some(url) = api {
            return Ok(Self::bare("api", Place::Api(address(&url)?), "GREENROOM_API_URL"));
        }
        if let Some(url) = database {
            return Ok(Self::bare("database", Place::Database(Some(url)), "GREENROOM_DATABASE_URL"));
        }
        if let Some(name) = settings.project.as_ref().and_then(|project| project.profile.as_deref()) {
            return Ok(Self::profile(name, settings.config.find(name)?, "the project file"));
        }
        if let Some(name) = &settings.config.default_profile {
            return Ok(Self::profile(name, settings.config.find(name)?, "the configuration"));
        }
        Ok(Self::bare(BUILT_IN, Place::Database(None), "built in"))
    }

    /// The target that a profile names.
    pub(crate) fn profile(name: &str, profile: &Profile, origin: &'static str) -> Self {
        let place = match &profile.api {
            Some(api) => Place::Api(api.trim_end_matches('/').to_owned()),
            None => Place::Database(profile.database.as_deref().map(at_home)),
        };
        Self {
            name: name.to_owned(),
            place,
            protected: profile.protected,
            act_as: profile.act_as.clone(),
            email: profile.email.clone(),
            color: profile.color.clone(),
            origin,
        }
    }

    /// Where it is, as it may be shown: without a password.
    pub(crate) fn shown(&self) -> String {
        match &self.place {
            Place::Api(url) => url.clone(),
            Place::Database(None) => "the database in the data folder".to_owned(),
            Place::Database(Some(url)) => without_password(url),
        }
    }

    fn bare(name: &str, place: Place, origin: &'static str) -> Self {
        Self { name: name.to_owned(), place, protected: false, act_as: variable("GREENROOM_ACT_AS"), email: None, color: None, origin }
    }
}

/// Whether what goes to a server can be read on the way: it is not encrypted, and leaves this computer.
pub(crate) fn is_open(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = place.rsplit('@').next().unwrap_or_default();
    let host = match place.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    let here = host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    !here
}

/// The command that signs in at a target. One that comes from the environment is named there, and not by a flag.
pub(crate) fn login_command(target: &str) -> String {
    if target == "api" { "greenroom auth login".to_owned() } else { format!("greenroom auth login -p {target}") }
}

/// An address without the password that may stand in it.
pub(crate) fn without_password(url: &str) -> String {
    let hidden = url.split_once("://").and_then(|(scheme, rest)| {
        let (user, host) = rest.rsplit_once('@')?;
        let (name, _) = user.split_once(':')?;
        Some(format!("{scheme}://{name}:***@{host}"))
    });
    hidden.unwrap_or_else(|| url.to_owned())
}

/// The address of a database as it is written into a profile: a file is the same one in every folder.
pub(crate) fn database_address(text: &str) -> String {
    let url = at_home(text.trim());
    let file = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path)).filter(|path| !path.is_empty());
    let absolute = file.and_then(|path| std::path::absolute(path).ok());
    absolute.map_or(url, |path| format!("sqlite:{}", path.display()))
}

/// The address with the home folder for `~`.
fn at_home(url: &str) -> String {
    let home = || etcetera::home_dir().ok();
    let found = url.strip_prefix("sqlite:~/").and_then(|rest| Some(format!("sqlite:{}", home()?.join(rest).display())));
    found.unwrap_or_else(|| url.to_owned())
}

/// The address of a server, as it was typed.
pub(crate) fn address(text: &str) -> Result<String> {
    let text = text.trim().trim_end_matches('/');
    let plain = text.strip_suffix("/admin/graphql").unwrap_or(text);
    if plain.starts_with("https://") || plain.starts_with("http://") {
        Ok(plain.to_owned())
    } else {
        Err(wrong(format!("{text:?} is no address of a server")).next("an address such as https://api.guides.example"))
    }
}

#[cfg(test)]
mod tests {
    use super::{address, database_address, is_open, without_password};

    #[test]
    fn a_password_in_an_address_is_never_shown() {
        assert_eq!(without_password("postgres://nora:se@cret@db.example/guides"), "postgres://nora:***@db.example/guides");
        assert_eq!(without_password("sqlite:greenroom.db"), "sqlite:greenroom.db");
    }

    #[test]
    fn a_file_is_the_same_one_in_every_folder() {
        assert!(database_address("sqlite:greenroom.db").starts_with("sqlite:/"));
        assert_eq!(database_address("sqlite:/var/greenroom.db"), "sqlite:/var/greenroom.db");
        assert_eq!(database_address("postgres://db.example/guides"), "postgres://db.example/guides");
        assert!(!database_address("sqlite:~/greenroom.db").contains('~'));
    }

    #[test]
    fn what_leaves_this_computer_without_encryption_is_open() {
        let open = ["http://guides.example", "http://10.0.0.7:8080/", "http://localhost@guides.example", "http://localhost.example"];
        assert!(open.into_iter().all(is_open));
        let closed = ["https://guides.example", "http://localhost:8080", "http://127.0.0.1:3000", "http://[::1]:3000"];
        assert!(!closed.into_iter().any(is_open));
    }

    #[test]
    fn an_address_may_be_copied_from_anywhere() {
        assert_eq!(address(" https://api.guides.example/admin/graphql/ ").ok().as_deref(), Some("https://api.guides.example"));
        assert!(address("api.guides.example").is_err());
    }
}
