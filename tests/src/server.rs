//! The whole application over a stage, on a free port of this machine, as the binary serves it.

use std::net::TcpListener;
use std::sync::mpsc;

use actix_web::dev::ServerHandle;
use api::connections;
use api::http::Site;
use api::limits::Limits;
use api::settings::{Arguments, Settings};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::Stage;

/// A running server. It stops when the value is dropped.
pub struct Server {
    /// Its address: `http://127.0.0.1:PORT`.
    pub base: String,
    client: Client,
    handle: ServerHandle,
}

impl Drop for Server {
    fn drop(&mut self) {
        // The stop is sent at once; nobody waits for what is under way when a test is over.
        drop(self.handle.stop(false));
    }
}

impl Server {
    /// Serves the content of a stage with the usual limits, but for the points of a minute: a test asks more than a reader does.
    ///
    /// # Panics
    ///
    /// If no port is free.
    #[must_use]
    pub fn of(stage: &Stage) -> Self {
        let limits = Limits { anonymous_points_per_minute: 1_000_000, ..Limits::default() };
        Self::serve(Site::new(stage.store.clone(), limits))
    }

    /// Serves a site.
    ///
    /// # Panics
    ///
    /// If no port is free.
    #[must_use]
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub fn serve(site: Site) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("the port has an address"));
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let settings = Settings::read(Arguments::of_tool(None, false)).expect("the usual settings are good");
                let settings = Settings { workers: 1, limits: site.limits, ..settings };
                let server = connections::listen(&settings, site, listener).expect("the port is free").disable_signals().run();
                sender.send(server.handle()).expect("the test waits for the server");
                server.await.expect("the server ends in order");
            });
        });
        Self { base, client: Client::new(), handle: receiver.recv().expect("the server starts") }
    }

    /// A request of any kind.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap_or_default(), format!("{}{path}", self.base))
    }

    /// A JSON body sent to the API.
    pub fn body(&self, body: impl Into<reqwest::Body>) -> RequestBuilder {
        self.request("POST", "/graphql").header("content-type", "application/json").body(body)
    }

    /// A query with variables, answered.
    ///
    /// # Panics
    ///
    /// If the server does not answer.
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub async fn ask_with(&self, query: &str, variables: Value) -> Response {
        self.body(json!({ "query": query, "variables": variables }).to_string()).send().await.expect("the server answers")
    }

    /// A query's answer as JSON.
    ///
    /// # Panics
    ///
    /// If the server does not answer with JSON.
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub async fn ask(&self, query: &str) -> Value {
        let text = self.ask_with(query, json!({})).await.text().await.expect("the answer arrives");
        serde_json::from_str(&text).expect("the answer is JSON")
    }

    /// The code of the first error that a query gives.
    pub async fn code(&self, query: &str) -> Option<String> {
        let answer = self.ask(query).await;
        answer["errors"][0]["extensions"]["code"].as_str().map(str::to_owned)
    }
}
