//! The settings that are the same for all profiles, by their names: what counts for each now, and what says so.

use clap::ValueEnum;

use super::{Settings, variable};

/// A setting of the configuration file.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[value(rename_all = "snake_case")]
pub(crate) enum Key {
    /// The profile that is used where none is named
    DefaultProfile,
    /// The program in which texts are edited
    Editor,
    /// The program in which long texts are read
    Pager,
    /// Whether nothing is drawn twice, questions are numbered and tables are told as records
    Accessible,
}

impl Key {
    /// All of them.
    pub(crate) const ALL: &'static [Self] = &[Self::DefaultProfile, Self::Editor, Self::Pager, Self::Accessible];

    /// Its name in the file.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::DefaultProfile => "default_profile",
            Self::Editor => "editor",
            Self::Pager => "pager",
            Self::Accessible => "accessible",
        }
    }

    /// What counts, and what says so. The first that says something is heard.
    pub(crate) fn effective(self, settings: &Settings) -> (Option<String>, String) {
        let file = "the configuration".to_owned();
        let config = &settings.config;
        let heard = match self {
            Self::DefaultProfile => {
                let project =
                    settings.project.as_ref().and_then(|project| Some((project.profile.clone()?, project.path.display().to_string())));
                first(&["GREENROOM_PROFILE"]).or(project).or_else(|| Some((config.default_profile.clone()?, file)))
            }
            Self::Editor => {
                first(&["GREENROOM_EDITOR"]).or_else(|| Some((config.editor.clone()?, file))).or_else(|| first(&["VISUAL", "EDITOR"]))
            }
            Self::Pager => first(&["GREENROOM_PAGER"]).or_else(|| Some((config.pager.clone()?, file))).or_else(|| first(&["PAGER"])),
            Self::Accessible => {
                let told = first(&["GREENROOM_ACCESSIBLE", "ACCESSIBLE"]).map(|(_, name)| ("true".to_owned(), name));
                told.or_else(|| config.accessible.then(|| ("true".to_owned(), file)))
            }
        };
        heard.map_or_else(|| (self.built_in().map(str::to_owned), "built in".to_owned()), |(value, origin)| (Some(value), origin))
    }

    const fn built_in(self) -> Option<&'static str> {
        match self {
            Self::DefaultProfile => None,
            Self::Editor => Some("nano"),
            Self::Pager => Some("less -FIRX"),
            Self::Accessible => Some("false"),
        }
    }
}

/// The first variable that is set, with its name.
fn first(names: &[&str]) -> Option<(String, String)> {
    names.iter().find_map(|name| Some((variable(name)?, (*name).to_owned())))
}
