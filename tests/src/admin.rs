//! The admin door as the client of an editor uses it, and people of every role who come in by it.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a harness fails loudly")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use content::access::secret::Secret;
use content::clock::Clock;
use content::edit::{Author, Edit};
use content::store::{Options, Store};
use content::user::{self, NewUser, User};
use content::{OperationKind, Role, Timestamp};
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::{Server, Stage};

/// The password of everybody whom [`person`] makes.
pub const PASSWORD: &str = "four words and a comma,";

/// An answer of the admin API.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The status with the code of the first error, if there is one.
    #[must_use]
    pub fn outcome(&self) -> (u16, Option<&str>) {
        (self.status, self.body["errors"][0]["extensions"]["code"].as_str())
    }
}

/// What a login gives.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The access token.
    pub access: String,
    /// The refresh token.
    pub refresh: String,
}

impl Tokens {
    /// The tokens in an answer to a login or a renewal.
    ///
    /// # Panics
    ///
    /// If there are none.
    #[must_use]
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        let field = if answer.body["data"]["login"].is_object() { "login" } else { "refreshSession" };
        let text = |name: &str| answer.body["data"][field][name].as_str().map(str::to_owned);
        assert!(text("accessToken").is_some(), "nobody came in: {}", answer.body);
        Self { access: text("accessToken").unwrap_or_default(), refresh: text("refreshToken").unwrap_or_default() }
    }
}

/// A request to the admin API; with an empty token, a stranger's.
pub fn request(server: &Server, token: &str, query: &str, variables: Value) -> RequestBuilder {
    let mut body = json!({ "query": query });
    body["variables"] = variables;
    let request = server.request("POST", "/admin/graphql").header("content-type", "application/json").body(body.to_string());
    if token.is_empty() { request } else { request.bearer_auth(token) }
}

/// Sends a request.
///
/// # Panics
///
/// If the answer does not arrive, or is not JSON.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.expect("the answer arrives");
    Answer { status, headers, body: serde_json::from_str(&text).expect("the answer is JSON") }
}

/// A document without variables, answered.
///
/// # Panics
///
/// As [`send`].
pub async fn ask(server: &Server, token: &str, query: &str) -> Answer {
    send(request(server, token, query, json!({}))).await
}

/// A request to log in.
pub fn login_request(server: &Server, email: &str, password: &str) -> RequestBuilder {
    let query = "mutation Login($email: String!, $password: String!) { login(input: { email: $email, password: $password }) \
        { accessToken refreshToken user { email role } } }";
    request(server, "", query, json!({ "email": email, "password": password }))
}

/// Logs somebody in whom [`person`] made.
///
/// # Panics
///
/// If they are not let in.
pub async fn login(server: &Server, user: &User) -> Tokens {
    Tokens::of(&send(login_request(server, &user.email, PASSWORD)).await)
}

/// Renews a session, or tries to.
///
/// # Panics
///
/// As [`send`].
pub async fn refresh(server: &Server, token: &str) -> Answer {
    let query = "mutation Renew($token: String!) { refreshSession(refreshToken: $token) { accessToken refreshToken } }";
    send(request(server, "", query, json!({ "token": token }))).await
}

/// How somebody with this token is answered: the status, and the code if they are refused.
///
/// # Panics
///
/// As [`send`].
pub async fn knock(server: &Server, token: &str) -> (u16, Option<String>) {
    let answer = ask(server, token, "{ me { email } }").await;
    let (status, code) = answer.outcome();
    (status, code.map(str::to_owned))
}

/// Makes somebody who may come in: `name@guides.example`.
///
/// # Panics
///
/// If that fails.
pub async fn person(store: &Store, name: &str, role: Role) -> User {
    let desk = store.desk(Author::new("operator"));
    let mut edit = Edit::begin(&desk, OperationKind::Users, "A test").await.expect("an edit begins");
    let email = format!("{name}@guides.example").parse().expect("an address");
    let new = NewUser { email, name: name.to_owned(), role, password: Secret::new(PASSWORD) };
    let user = user::create(&mut edit, new).await.expect("a user is made");
    edit.commit().await.expect("the user stays");
    user
}

/// A clock in the hand of a test: it moves by a millisecond at every look, and as the test likes.
#[derive(Clone, Debug, Default)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    /// A clock that shows a day of the year 2027.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_800_000_000_000_000)))
    }

    /// Moves on by so many seconds.
    pub fn move_on(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }

    /// The database of a stage, opened once more with this clock.
    ///
    /// # Panics
    ///
    /// If it does not open.
    pub async fn open(&self, stage: &Stage) -> Store {
        let options = Options { clock: Clock::Counting(Arc::clone(&self.0)), readers: 2, ..Options::new(stage.url.as_str()) };
        Store::open(options).await.expect("the test's database opens again")
    }
}
