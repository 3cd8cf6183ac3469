//! A home folder of its own with starter guides, worked on in the same process or through a server. Both look the same to whoever types.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;
use tests::Backend;

/// The password of everybody on a stage.
pub(crate) const PASSWORD: &str = "four words and a comma,";

/// The program under test.
pub(crate) fn program() -> &'static str {
    env!("CARGO_BIN_EXE_greenroom")
}

/// The server's binary stands beside the program.
fn server_binary() -> PathBuf {
    let path = Path::new(program()).with_file_name("greenroom-api");
    assert!(path.exists(), "{} is not there; cargo build --workspace --bins makes it", path.display());
    path
}

/// Where the guides of a stage are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// In a database, in the same process.
    Database(Backend),
    /// Behind a server.
    Server(Backend),
}

/// A home folder and what is behind it. A server ends with it.
pub(crate) struct Stage {
    home: TempDir,
    server: Option<Child>,
    address: String,
    /// The database; nothing stands for the file in the data folder.
    database: Option<String>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Stage {
    /// A stage with the starter guides, on which nora is the administrator.
    pub(crate) fn new(way: Way) -> Self {
        let mut stage = Self::empty();
        let (Way::Database(backend) | Way::Server(backend)) = way;
        if backend == Backend::Postgres {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            stage.database = Some(runtime.block_on(tests::Stage::bare(Backend::Postgres)));
        }
        match way {
            Way::Database(_) => stage.in_process(),
            Way::Server(_) => stage.behind_a_server(),
        }
        stage
    }

    fn in_process(&mut self) {
        let url = self.database();
        self.run(&["db", "seed", "--database-url", &url]);
        self.profiles(|act_as| format!("database = \"{url}\"\nact_as = \"{act_as}\""));
        let status: serde_json::Value = serde_json::from_str(&self.run(&["db", "status", "-o", "json"])).unwrap();
        status["database"].as_str().unwrap().clone_into(&mut self.address);
    }

    fn behind_a_server(&mut self) {
        self.serve();
        let address = self.address.clone();
        self.profiles(|email| format!("api = \"{address}\"\nemail = \"{email}\""));
        self.sign_in("guides", "nora@guides.example");
        let made = self.bash(&format!(
            "greenroom -q user new tomas@guides.example --name Tomas --role publisher --password-stdin --yes <<< '{PASSWORD}'"
        ));
        assert!(made.status.success(), "{}", told(&made));
        self.sign_in("tomas", "tomas@guides.example");
    }

    /// A home folder with nothing in it.
    pub(crate) fn empty() -> Self {
        let home = TempDir::new().unwrap();
        fs::create_dir(home.path().join("work")).unwrap();
        Self { home, server: None, address: String::new(), database: None }
    }

    fn profiles(&self, of: impl Fn(&str) -> String) {
        let folder = self.path(".config/greenroom");
        fs::create_dir_all(&folder).unwrap();
        let profile = |name: &str, email: &str| format!("[profile.{name}]\n{}\n", of(email));
        let text = format!(
            "default_profile = \"guides\"\n\n{}\n{}",
            profile("guides", "nora@guides.example"),
            profile("tomas", "tomas@guides.example")
        );
        fs::write(folder.join("config.toml"), text).unwrap();
    }

    fn sign_in(&self, profile: &str, email: &str) {
        let signed = self.bash(&format!("greenroom -q -p {profile} auth login --email {email} --password-stdin <<< '{PASSWORD}'"));
        assert!(signed.status.success(), "{}", told(&signed));
    }

    /// Starts the server of this stage, on the address that it had before if it had one.
    pub(crate) fn serve(&mut self) {
        let listen = self.address.strip_prefix("http://").unwrap_or("127.0.0.1:0").to_owned();
        let mut command = Command::new(server_binary());
        command.env_clear().env("HOME", self.home.path()).args(["--listen", &listen]).stdout(Stdio::piped()).stderr(Stdio::null());
        command.env("GREENROOM_FIRST_ADMIN", "nora@guides.example").env("GREENROOM_FIRST_ADMIN_PASSWORD", PASSWORD);
        if let Some(url) = &self.database {
            command.env("GREENROOM_DATABASE_URL", url);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut told = String::new();
        while !told.contains("Stop with Ctrl-C") {
            assert!(lines.read_line(&mut told).unwrap() > 0, "the server ended early: {told}");
        }
        // Whatever it says later has somewhere to go.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let address = told.split_once("http://").and_then(|(_, rest)| rest.split_once('/')).unwrap().0;
        self.address = format!("http://{address}");
        self.server = Some(child);
    }

    /// Kills the server.
    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.server.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }

    /// Where the guides are, as the program tells it.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The address of the database, for an operator.
    pub(crate) fn database(&self) -> String {
        let file = self.path(".local/share/greenroom/greenroom.db");
        self.database.clone().unwrap_or_else(|| format!("sqlite:{}", file.display()))
    }

    /// The home folder.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// A place in the home folder.
    pub(crate) fn path(&self, place: &str) -> PathBuf {
        self.home.path().join(place)
    }

    /// A command in the folder `work` of this home, with nothing else in its environment.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = self.bare(name);
        command.stdin(Stdio::null());
        command
    }

    /// The same, with whatever it is started from as its input.
    pub(crate) fn bare(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        let folder = Path::new(program()).parent().unwrap();
        command.env_clear().env("HOME", self.home.path()).env("LC_ALL", "C.UTF-8").env("USER", "nora");
        command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", folder.display())).current_dir(self.path("work"));
        command
    }

    /// Runs the program.
    pub(crate) fn try_run(&self, arguments: &[&str]) -> Output {
        self.command(program()).args(arguments).output().unwrap()
    }

    /// Runs the program, which must end well, and gives what it printed as data.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let output = self.try_run(arguments);
        assert!(output.status.success(), "greenroom {arguments:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a line in bash.
    pub(crate) fn bash(&self, line: &str) -> Output {
        self.command("bash").args(["-c", line]).output().unwrap()
    }
}

/// All that a program said.
pub(crate) fn told(output: &Output) -> String {
    format!("{}{}{}", output.status, String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
