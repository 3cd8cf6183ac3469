//! Quotas: what is taken, what is told, and that waiting as told helps.

use api::http::Site;
use api::limiter::{Account, Limiter, Owner, Verdict, Window};
use api::limits::Limits;
use content::{ApiKeyId, Role};
use reqwest::Response;
use serde_json::{Value, json};
use tests::admin::{self, Hands};
use tests::editing::fresh;
use tests::{Backend, Server, Stage};

pub(crate) const LEAST: &str = r#"{"query":"{ __typename }"}"#;

/// A site with so many points a minute, and the clock that they come back by.
async fn site(points: u32) -> (Site, Stage, Hands) {
    let stage = Stage::empty(Backend::Sqlite).await;
    let hands = Hands::new();
    let limits = Limits { anonymous_points_per_minute: points, ..Limits::default() };
    (Site::new(hands.open(&stage).await, limits), stage, hands)
}

pub(crate) fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

pub(crate) async fn code(response: Response) -> (u16, Option<String>, String) {
    let status = response.status().as_u16();
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    let error = &body["errors"][0];
    (status, error["extensions"]["code"].as_str().map(str::to_owned), error["message"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn who_waits_as_long_as_the_refusal_says_is_answered() {
    let (site, _stage, hands) = site(10).await;
    let server = Server::serve(site);
    let ask = async || server.ask_with("{ companies(first: 50) { nodes { name } } }", json!({})).await;
    let first = ask().await;
    assert_eq!((first.status().as_u16(), header(&first, "ratelimit-policy")), (200, "\"minute\";q=10;w=60"));
    assert_eq!(header(&first, "ratelimit"), "\"minute\";r=2;t=48");
    let refused = ask().await;
    assert_eq!(header(&refused, "retry-after"), "36", "eight points cost, two are left, and one comes every six seconds");
    assert_eq!(
        code(refused).await,
        (
            429,
            Some("LIM-013".to_owned()),
            "The request costs 8 points, and of 10 points a minute 2 are left; come again in 36 s.".to_owned()
        )
    );
    hands.move_on(34);
    assert_eq!(ask().await.status(), 429, "a refusal does not make the wait longer");
    hands.move_on(2);
    assert_eq!(ask().await.status(), 200);
    hands.move_on(3_600);
    assert_eq!(header(&ask().await, "ratelimit"), "\"minute\";r=2;t=48", "an hour fills the bucket once");
}

#[tokio::test]
async fn a_request_that_is_refused_early_costs_a_point_and_is_told_what_is_left() {
    let (site, _stage, _hands) = site(9).await;
    let server = Server::serve(site);
    let early = [
        server.body("{").send().await.unwrap(),
        server.body(r#"{"query":"{"}"#).send().await.unwrap(),
        server.body(LEAST).header("x-api-key", "grk_live_x").send().await.unwrap(),
        server.body(LEAST).header("accept", "text/html").send().await.unwrap(),
        server.body(LEAST).header("content-type", "text/plain").send().await.unwrap(),
        server.request("DELETE", "/graphql").send().await.unwrap(),
        server.request("GET", "/graphql").send().await.unwrap(),
        server.body(r#"{"query":"query Q($x: Int!) { __typename }"}"#).send().await.unwrap(),
        server.body(r#"{"query":"{ nothing }"}"#).send().await.unwrap(),
    ];
    for (spent, response) in (1..).zip(early) {
        let left = format!("\"minute\";r={};", 9 - spent);
        assert!(header(&response, "ratelimit").starts_with(&left), "{spent}: {response:?}");
        assert_ne!(response.status(), 429);
    }
    for body in ["{", LEAST] {
        assert_eq!(code(server.body(body).send().await.unwrap()).await.1.as_deref(), Some("LIM-013"), "{body}");
    }
}

#[tokio::test]
async fn a_page_in_a_browser_may_read_what_is_left() {
    let (site, _stage, _hands) = site(9).await;
    let answer = Server::serve(site).body(LEAST).header("origin", "https://prep.example").send().await.unwrap();
    let exposed = header(&answer, "access-control-expose-headers").to_ascii_lowercase();
    for name in ["ratelimit", "ratelimit-policy", "retry-after", "x-request-id"] {
        assert!(exposed.split(',').any(|each| each.trim() == name), "{name}: {exposed}");
    }
}

#[tokio::test]
async fn each_address_has_its_points_and_a_network_of_ipv6_shares_them() {
    let (mut site, _stage, _hands) = site(1).await;
    site.address_header = Some("x-forwarded-for".to_owned());
    let server = Server::serve(site);
    let from = async |address: &'static str| server.body(LEAST).header("x-forwarded-for", address).send().await.unwrap().status().as_u16();
    assert_eq!((from("192.0.2.1").await, from("192.0.2.1").await, from("192.0.2.2").await), (200, 429, 200));
    assert_eq!((from("2001:db8::1").await, from("2001:db8::ffff").await, from("2001:db8:0:1::1").await), (200, 429, 200));
}

#[tokio::test]
async fn strangers_at_the_desk_have_the_points_of_their_address_and_editors_are_not_counted() {
    let (site, stage, _hands) = site(3).await;
    let user = admin::person(&stage.store, "ada", Role::Author).await;
    let server = Server::serve(site);
    let tokens = admin::login(&server, &user).await;
    let guess = async |token: &str| admin::knock(&server, token).await;
    assert_eq!(guess("x.y.z").await.0, 401);
    assert_eq!(server.body(LEAST).send().await.unwrap().status(), 200, "the same bucket");
    let refused = guess("x.y.z").await;
    assert_eq!((refused.0, refused.1.as_deref()), (429, Some("LIM-013")));
    assert_eq!(admin::send(admin::login_request(&server, "ada@guides.example", "x")).await.headers["retry-after"], "20");
    for _ in 0..5 {
        assert_eq!(guess(&tokens.access).await, (200, None));
    }
}

/// The account of a key that nobody has.
pub(crate) fn account(points_per_minute: u32, requests_per_day: Option<u32>, spent_today: u32) -> Account {
    Account { owner: Owner::Key(ApiKeyId(fresh())), points_per_minute, requests_per_day, spent_today }
}

pub(crate) fn is_refused(verdict: Verdict) -> Option<(Window, u64)> {
    match verdict {
        Verdict::Granted(_) => None,
        Verdict::Refused { which, wait_s, .. } => Some((which, wait_s)),
        Verdict::TooBig => panic!("that fits into a minute"),
    }
}

#[tokio::test]
async fn a_day_has_so_many_requests_and_ends_at_midnight() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let hands = Hands::new();
    let limiter = Limiter::alone(hands.open(&stage).await.clock().clone());
    let account = account(100, Some(3), 1);
    assert_eq!(is_refused(limiter.take(&account, 1).await), None);
    assert_eq!(limiter.look(&account).await.day.unwrap().left, 1);
    assert_eq!(is_refused(limiter.take(&account, 1).await), None);
    let (which, wait_s) = is_refused(limiter.take(&account, 1).await).unwrap();
    let midnight = 86_400 - u64::try_from(hands.now().0).unwrap() / 1_000_000 % 86_400;
    assert!(which == Window::Day && wait_s.abs_diff(midnight) <= 1, "{wait_s} and {midnight}");
    assert_eq!(limiter.look(&account).await.points_left, 98, "what is refused costs nothing");
    hands.move_on(i64::try_from(wait_s).unwrap());
    let tomorrow = Account { spent_today: 0, ..account };
    assert_eq!(is_refused(limiter.take(&tomorrow, 1).await), None);
    assert_eq!(limiter.look(&tomorrow).await.day.unwrap().left, 2);
    assert_eq!(limiter.take(&tomorrow, 101).await, Verdict::TooBig);
}

#[tokio::test]
async fn who_comes_too_early_is_never_told_a_shorter_wait_and_who_waits_is_answered() {
    let (site, _stage, hands) = site(8).await;
    let server = Server::serve(site);
    let ask = async |status: u16| {
        let answer = server.ask_with("{ companies(first: 50) { nodes { name } } }", json!({})).await;
        assert_eq!(answer.status(), status);
        header(&answer, "retry-after").parse::<i64>().unwrap_or_default()
    };
    assert_eq!(ask(200).await, 0);
    let told = ask(429).await;
    assert_eq!(told, 60, "all of eight points, with none left");
    hands.move_on(5);
    assert_eq!(ask(429).await, told - 5, "at the door, too, the wait is the one for what was asked");
    hands.move_on(told - 5);
    assert_eq!(ask(200).await, 0);
}

#[tokio::test]
async fn who_has_nothing_left_is_refused_before_the_body_arrives() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (site, _stage, _hands) = site(1).await;
    let server = Server::serve(site);
    for status in [200, 429] {
        assert_eq!(server.body(LEAST).send().await.unwrap().status(), status);
    }
    let mut stream = tokio::net::TcpStream::connect(server.base.trim_start_matches("http://")).await.unwrap();
    stream.write_all(b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n").await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 429");
}
