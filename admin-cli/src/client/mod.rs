//! The one way to the guides: a typed document goes out, a typed answer or a fault comes back. There are two ways to travel, over HTTP to a
//! server and in this process to a database, and nothing above this room knows which.

mod http;
mod session;

use std::time::{Duration, Instant};

use api::local::Local;
use api::settings::{Arguments, Settings as ServerSettings};
use api::startup::StartError;
use content::access::secret::Secret;
use cynic::{GraphQlResponse, MutationBuilder, QueryBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::code::Code;
use crate::documents::edit::{Answer, Edit, Order};
use crate::documents::schema;
use crate::documents::user::{MeQuery, User};
use crate::fault::{Fault, Result};
use crate::settings::{Place, Settings, Target, login_command, variable};
use crate::ui::Ui;

pub(crate) use http::Probe;
pub(crate) use session::Keep;

/// What the server says of an error besides its message.
#[derive(Debug, serde::Deserialize)]
struct Extensions {
    code: Option<String>,
    #[serde(rename = "retryAfterSeconds")]
    retry_after_seconds: Option<u64>,
}

enum Transport {
    Http(Box<http::Http>),
    Local(Box<Local>),
}

/// A way to the guides of one target.
pub(crate) struct Client {
    transport: Transport,
    pub(crate) target: Target,
    verbose: u8,
}

/// Who works there, as it is announced.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// The address, without a password.
    pub(crate) address: String,
    /// The name that stands in the history.
    pub(crate) name: String,
    /// What they may do.
    pub(crate) role: &'static str,
}

impl Client {
    /// Opens the target.
    pub(crate) async fn open(target: Target, settings: &Settings, ui: &Ui, timeout_s: u64) -> Result<Self> {
        let transport = match &target.place {
            Place::Api(url) => {
                let keep = Keep::new(&settings.folders, &target.name, url);
                Transport::Http(Box::new(http::Http::new(url, keep, Duration::from_secs(timeout_s))?))
            }
            Place::Database(url) => {
                let read = server_settings(url.clone(), false)?;
                let author = target.act_as.clone().or_else(|| variable("USER")).unwrap_or_else(|| "operator".to_owned());
                Transport::Local(Box::new(Local::open(&read, &author).await.map_err(|error| unopened(&error))?))
            }
        };
        Ok(Self { transport, target, verbose: ui.verbose })
    }

    /// Asks a query.
    pub(crate) async fn ask<Query, Variables>(&self, variables: Variables) -> Result<Query>
    where
        Query: cynic::QueryFragment<SchemaType = schema::Query> + QueryBuilder<Variables> + DeserializeOwned,
        Variables: cynic::QueryVariables + Serialize,
    {
        self.send(&Query::build(variables)).await
    }

    /// Sends a mutation that is no edit.
    pub(crate) async fn act<Mutation, Variables>(&self, variables: Variables) -> Result<Mutation>
    where
        Mutation: cynic::QueryFragment<SchemaType = schema::Mutation> + MutationBuilder<Variables> + DeserializeOwned,
        Variables: cynic::QueryVariables + Serialize,
    {
        self.send(&Mutation::build(variables)).await
    }

    /// Sends an edit. What is in the way of it stands in the answer.
    pub(crate) async fn edit<E: Edit>(&self, edit: E, order: Order) -> Result<Answer> {
        self.send(&E::Mutation::build(edit.variables(order))).await.map(E::answer)
    }

    /// Sends a document of somebody else's, and gives the answer as it comes.
    pub(crate) async fn raw(&self, request: Json) -> Result<Json> {
        match &self.transport {
            Transport::Http(http) => http.send(&request).await,
            Transport::Local(local) => local.ask(request).await.map_err(|error| Fault::new(Code::Foreign, error.to_string())),
        }
    }

    /// Sends a mutation without a token: how somebody comes in, whatever was kept before.
    pub(crate) async fn enter<Mutation, Variables>(&self, variables: Variables) -> Result<Mutation>
    where
        Mutation: cynic::QueryFragment<SchemaType = schema::Mutation> + MutationBuilder<Variables> + DeserializeOwned,
        Variables: cynic::QueryVariables + Serialize,
    {
        let request = serde_json::to_value(Mutation::build(variables)).map_err(|error| foreign(&error))?;
        match &self.transport {
            Transport::Http(http) => self.read(http.send_anonymously(&request).await?),
            Transport::Local(_) => self.read(self.raw(request).await?),
        }
    }

    /// An access token that is good for a while; nothing where none is needed.
    pub(crate) async fn token(&self) -> Result<Option<Secret>> {
        match &self.transport {
            Transport::Http(http) => http.token().await,
            Transport::Local(_) => Ok(None),
        }
    }

    /// What the server says of itself before anybody is known; nothing where there is no server.
    pub(crate) async fn probe(&self) -> Option<Result<Probe>> {
        match &self.transport {
            Transport::Http(http) => Some(http.probe().await),
            Transport::Local(_) => None,
        }
    }

    async fn send<Data: DeserializeOwned>(&self, operation: &impl Serialize) -> Result<Data> {
        let request = serde_json::to_value(operation).map_err(|error| foreign(&error))?;
        let began = Instant::now();
        let name = request.get("operationName").and_then(Json::as_str).filter(|_| self.verbose > 1).unwrap_or("request").to_owned();
        let answer = self.raw(request).await;
        // A request that failed took its time as well.
        if self.verbose > 0 {
            crate::ui::trace(&format!("{name}: {} ms", began.elapsed().as_millis()));
        }
        self.read(answer?)
    }

    fn read<Data: DeserializeOwned>(&self, answer: Json) -> Result<Data> {
        let response: GraphQlResponse<Data, Extensions> = serde_json::from_value(answer).map_err(|error| foreign(&error))?;
        if let Some(error) = response.errors.into_iter().flatten().next() {
            return Err(self.told(&error.message, error.extensions));
        }
        response.data.ok_or_else(|| Fault::new(Code::Foreign, "the answer has neither data nor errors"))
    }

    /// The first error of an answer that was taken as it came.
    pub(crate) fn first_error(&self, answer: &Json) -> Option<Fault> {
        let error = answer.get("errors")?.as_array()?.first()?;
        let extensions = error.get("extensions").and_then(|extensions| serde_json::from_value(extensions.clone()).ok());
        Some(self.told(error.get("message").and_then(Json::as_str).unwrap_or_default(), extensions))
    }

    fn told(&self, message: &str, extensions: Option<Extensions>) -> Fault {
        let Extensions { code, retry_after_seconds } = extensions.unwrap_or(Extensions { code: None, retry_after_seconds: None });
        let code = match &self.transport {
            // The server names what does not fit the schema; in this process the library speaks, and gives no code.
            Transport::Local(_) => code.or_else(|| Some(content::code::Code::Validation.text().to_owned())),
            Transport::Http(_) => code,
        };
        let Some(code) = code else { return Fault::new(Code::Foreign, message).next("greenroom doctor") };
        // How the token is sent is no concern of whoever signs in.
        let message = if code == "AUT-001" { "nobody is signed in here" } else { message };
        let fault = Fault::told(&code, message);
        match (code.as_str(), retry_after_seconds) {
            (_, Some(seconds)) => fault.line(format!("  Try again in {seconds} s.")),
            ("AUT-001" | "AUT-002" | "AUT-004" | "AUT-005" | "AUT-006", _) => fault.next(way_in(&self.target.name)),
            ("PER-001", _) => fault.next("greenroom auth status"),
            _ => fault,
        }
    }

    /// Who works here. At a server that needs a login it is asked once.
    pub(crate) async fn identity(&self) -> Result<Identity> {
        match &self.transport {
            Transport::Local(local) => {
                let name = self.target.act_as.clone().or_else(|| variable("USER")).unwrap_or_else(|| "operator".to_owned());
                Ok(Identity { address: local.database().to_owned(), name, role: "operator" })
            }
            Transport::Http(http) => {
                let known = http.keep.known();
                let (name, role) = if let Some(known) = known {
                    known
                } else {
                    let user = self.me().await?;
                    (user.email, user.role.word())
                };
                Ok(Identity { address: http.address().to_owned(), name, role })
            }
        }
    }

    /// The user who is signed in, at a server.
    pub(crate) async fn me(&self) -> Result<User> {
        let MeQuery { me } = self.ask(()).await?;
        me.ok_or_else(|| Fault::new(Code::SignedOut, "nobody is signed in").next(login_command(&self.target.name)))
    }

    /// Where the session of a server is kept.
    pub(crate) fn keep(&self) -> Option<&Keep> {
        match &self.transport {
            Transport::Http(http) => Some(&http.keep),
            Transport::Local(_) => None,
        }
    }
}

/// How a token that is refused is replaced. One from the environment would win over a login.
fn way_in(target: &str) -> String {
    match Keep::from_environment() {
        Ok(Some((_, variable))) => format!("unset {variable}, then {}", login_command(target)),
        Ok(None) | Err(_) => login_command(target),
    }
}

fn foreign(error: &serde_json::Error) -> Fault {
    Fault::new(Code::Foreign, format!("the answer cannot be understood: {error}"))
}

/// The settings of the server for a database of ours.
pub(crate) fn server_settings(url: Option<String>, starter_guides: bool) -> Result<ServerSettings> {
    let arguments = Arguments::of_tool(url, starter_guides);
    ServerSettings::read(arguments).map_err(|error| Fault::new(Code::Settings, error.to_string()))
}

/// Why a database cannot be worked on.
pub(crate) fn unopened(error: &StartError) -> Fault {
    let told = |code: Code| Fault::new(code, error.to_string());
    match error.exit_code() {
        2 => told(Code::Settings),
        3 => told(Code::BackupUnusable),
        6 => told(Code::DatabaseInUse),
        7 => told(Code::DatabaseMissing)
            .next("greenroom setup                       make one, with a first administrator")
            .next("greenroom auth login -p PROFILE       work on a server"),
        9 => told(Code::DatabaseUnusable).next("greenroom doctor"),
        13 => told(Code::DatabaseVersion).next("greenroom db migrate"),
        _ => told(Code::DatabaseFailed).next("greenroom doctor"),
    }
}
