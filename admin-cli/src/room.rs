//! What every command works with: the voice, the settings, and the way to the guides, which is opened when it is first needed.

use tokio::sync::OnceCell;

use crate::client::{Client, Identity};
use crate::fault::Result;
use crate::line::Globals;
use crate::settings::{Settings, Target, given, variable};
use crate::ui::{BOLD, Ui, paint};

/// The room of one command.
pub(crate) struct Room {
    pub(crate) ui: Ui,
    pub(crate) settings: Settings,
    pub(crate) globals: Globals,
    client: OnceCell<Client>,
    announced: OnceCell<Identity>,
}

impl Room {
    /// Before anything is opened.
    pub(crate) fn new(globals: Globals) -> Result<Self> {
        Ok(Self::with(globals, Settings::read()?))
    }

    /// Where the settings cannot be used, for commands that need none.
    pub(crate) fn without_settings(globals: Globals) -> Result<Self> {
        Ok(Self::with(globals, Settings::unread()?))
    }

    fn with(globals: Globals, settings: Settings) -> Self {
        let forced = variable("GREENROOM_FORCE_TTY").and_then(|width| width.parse().ok());
        let accessible = settings.config.accessible || variable("ACCESSIBLE").is_some_and(|value| is_yes(&value));
        let mut ui = Ui::new(&globals, forced, accessible, crate::settings::now());
        let pager = given("GREENROOM_PAGER").or_else(|| settings.config.pager.clone()).or_else(|| given("PAGER"));
        let pager = pager.unwrap_or_else(|| "less -FIRX".to_owned());
        // An empty pager and cat are how people say that they want none.
        ui.set_pager(Some(pager).filter(|pager| !globals.no_pager && !matches!(pager.trim(), "" | "cat")));
        Self { ui, settings, globals, client: OnceCell::new(), announced: OnceCell::new() }
    }

    /// The target that the line, the environment and the settings name.
    pub(crate) fn target(&self) -> Result<Target> {
        Target::of(&self.settings, &self.globals)
    }

    /// The way to the guides.
    pub(crate) async fn client(&self) -> Result<&Client> {
        let open = async || Client::open(self.target()?, &self.settings, &self.ui, self.globals.timeout).await;
        self.client.get_or_try_init(open).await
    }

    /// Says where this works and as whom, before anything is written. Once.
    pub(crate) async fn announce(&self, dry_run: bool) -> Result<&Identity> {
        let tell = async || {
            let client = self.client().await?;
            let identity = client.identity().await?;
            let target = &client.target;
            let name = if target.protected { format!("{} (protected)", target.name) } else { target.name.clone() };
            let rehearsal = if dry_run { "   dry run" } else { "" };
            let line = format!("{}  {}  as {} ({}){rehearsal}", paint(BOLD, name), identity.address, identity.name, identity.role);
            if !self.ui.is_for_programs() {
                self.ui.say(line);
            }
            Ok(identity)
        };
        self.announced.get_or_try_init(tell).await
    }
}

/// Whether a switch of the environment is on, by the words that the switches of the command line take for no.
fn is_yes(value: &str) -> bool {
    !matches!(value.trim().to_lowercase().as_str(), "" | "0" | "n" | "no" | "f" | "false" | "off")
}
