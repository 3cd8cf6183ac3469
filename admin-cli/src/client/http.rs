//! Over HTTP to a server: the token of whoever is signed in goes along, and a session is renewed before it ends.

use std::time::Duration;

use content::access::secret::Secret;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, LOCATION};
use serde_json::{Value as Json, json};

use super::session::{Keep, Kept};
use crate::code::Code;
use crate::documents::session::{RefreshMutation, RefreshVariables};
use crate::fault::{Fault, Result};
use crate::settings::login_command;

/// What a server says of itself to anybody.
pub(crate) struct Probe {
    /// Whether its database answers.
    pub(crate) well: bool,
    /// Its clock, as HTTP writes it.
    pub(crate) date: Option<String>,
    /// Its admin schema.
    pub(crate) schema: Option<String>,
    /// Its version, if it tells it to everybody.
    pub(crate) version: Option<String>,
}

/// A server.
pub(super) struct Http {
    address: String,
    client: reqwest::Client,
    pub(super) keep: Keep,
    timeout: Duration,
}

impl Http {
    pub(super) fn new(address: &str, keep: Keep, timeout: Duration) -> Result<Self> {
        let agent = concat!("greenroom/", env!("CARGO_PKG_VERSION"));
        // Whoever redirects would choose where passwords go: they go to the address that was named, or nowhere.
        let client = reqwest::Client::builder().user_agent(agent).redirect(reqwest::redirect::Policy::none());
        let client = client.connect_timeout(Duration::from_secs(10)).timeout(timeout).build();
        let client = client.map_err(|error| Fault::new(Code::Unreachable, format!("no connection can be made: {error}")))?;
        Ok(Self { address: address.to_owned(), client, keep, timeout })
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends a request with the token that there is. A session about to end is renewed before.
    pub(super) async fn send(&self, request: &Json) -> Result<Json> {
        let token = self.token().await?;
        let (status, answer) = self.post(request, token.as_ref()).await?;
        if status == 401 && self.keep.can_renew() {
            let token = self.renew(token.as_ref()).await?;
            return self.post(request, Some(&token)).await.map(|(_, answer)| answer);
        }
        Ok(answer)
    }

    /// Sends a request as somebody who is not known yet.
    pub(super) async fn send_anonymously(&self, request: &Json) -> Result<Json> {
        self.post(request, None).await.map(|(_, answer)| answer)
    }

    /// Whether the server is well, and what its clock says.
    pub(super) async fn probe(&self) -> Result<Probe> {
        let ready = self.client.get(format!("{}/readyz", self.address)).send().await.map_err(|error| self.lost(&error))?;
        self.direct(&ready)?;
        let date = ready.headers().get(DATE).and_then(|date| date.to_str().ok()).map(str::to_owned);
        let well = ready.status().is_success();
        let schema = self.read("/admin/schema.graphql").await?;
        let told = self.read("/graphql?query=%7Bservice%7Bversion%7D%7D").await?;
        let told: Option<Json> = told.and_then(|text| serde_json::from_str(&text).ok());
        let version = told.and_then(|answer| answer.pointer("/data/service/version")?.as_str().map(str::to_owned));
        Ok(Probe { well, date, schema, version })
    }

    /// What anybody can read there.
    async fn read(&self, path: &str) -> Result<Option<String>> {
        let call = self.client.get(format!("{}{path}", self.address)).header(ACCEPT, "application/graphql-response+json, */*");
        let answer = call.send().await.map_err(|error| self.lost(&error))?;
        self.direct(&answer)?;
        Ok(if answer.status().is_success() { answer.text().await.ok() } else { None })
    }

    /// The token that there is, renewed if it must be.
    pub(super) async fn token(&self) -> Result<Option<Secret>> {
        match self.keep.access()? {
            Kept::None => Ok(None),
            Kept::Fresh(token) => Ok(Some(token)),
            Kept::Stale => self.renew(None).await.map(Some),
        }
    }

    /// Renews the session. A refresh token is good once, so of several programs that want to one does it and the others take what it got.
    async fn renew(&self, refused: Option<&Secret>) -> Result<Secret> {
        let turn = self.keep.turn()?;
        if let Kept::Fresh(token) = self.keep.access()?
            && refused.is_none_or(|refused| refused.reveal() != token.reveal())
        {
            return Ok(token);
        }
        let token = self.keep.refresh_token()?;
        let operation = <RefreshMutation as cynic::MutationBuilder<RefreshVariables>>::build(RefreshVariables { token });
        let body = serde_json::to_value(&operation).map_err(|error| Fault::new(Code::Foreign, error.to_string()))?;
        let (_, answer) = self.post(&body, None).await?;
        let response: cynic::GraphQlResponse<RefreshMutation, super::Extensions> =
            serde_json::from_value(answer).map_err(|error| Fault::new(Code::Foreign, error.to_string()))?;
        if let Some(renewed) = response.data {
            return self.keep.put_in_turn(&turn, &renewed.refresh_session);
        }
        let error = response.errors.into_iter().flatten().next();
        let code = error.as_ref().and_then(|error| error.extensions.as_ref()?.code.clone());
        let words = error.map_or_else(|| "the session has ended".to_owned(), |error| error.message);
        let fault = match code {
            Some(code) => Fault::told(&code, words),
            None => Fault::new(Code::SignedOut, words),
        };
        Err(fault.next(login_command(self.keep.profile())))
    }

    async fn post(&self, request: &Json, token: Option<&Secret>) -> Result<(u16, Json)> {
        let mut call = self.client.post(format!("{}/admin/graphql", self.address));
        call = call.header(CONTENT_TYPE, "application/json").header(ACCEPT, "application/graphql-response+json, application/json");
        if let Some(token) = token {
            call = call.header(AUTHORIZATION, format!("Bearer {}", token.reveal()));
        }
        let answer = call.body(request.to_string()).send().await.map_err(|error| self.lost(&error))?;
        self.direct(&answer)?;
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await.map_err(|error| self.lost(&error))?;
        match serde_json::from_slice::<Json>(&bytes) {
            Ok(json) if json.get("data").is_some() || json.get("errors").is_some() => Ok((status, json)),
            Ok(_) | Err(_) if matches!(status, 502..=504) => {
                Err(Fault::new(Code::Silent, format!("{} answers with {status}: it is not well", self.address))
                    .details(json!({ "status": status })))
            }
            Ok(_) | Err(_) => {
                let message = format!("{} does not answer as Greenroom does (status {status})", self.address);
                Err(Fault::new(Code::Foreign, message).next("greenroom doctor").details(json!({ "status": status })))
            }
        }
    }

    /// Refuses an answer that points elsewhere.
    fn direct(&self, answer: &reqwest::Response) -> Result {
        if !answer.status().is_redirection() {
            return Ok(());
        }
        let elsewhere = answer.headers().get(LOCATION).and_then(|place| place.to_str().ok()).unwrap_or("another address");
        let status = answer.status().as_u16();
        let fault = Fault::new(Code::Foreign, format!("{} redirects to {elsewhere} (status {status}), and is not followed", self.address));
        let fault = fault.details(json!({ "status": status, "location": elsewhere }));
        Err(fault.next("the address itself in the profile: greenroom profile set PROFILE --api URL"))
    }

    fn lost(&self, error: &reqwest::Error) -> Fault {
        if error.is_timeout() {
            let message = format!("{} did not answer within {} s", self.address, self.timeout.as_secs());
            return Fault::new(Code::Silent, message).next("the same command with --timeout 120s");
        }
        let mut cause: &dyn std::error::Error = error;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        Fault::new(Code::Unreachable, format!("{} cannot be reached: {cause}", self.address)).next("greenroom doctor")
    }
}
