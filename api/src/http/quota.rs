//! Quotas at the door: each request takes its points before it runs, and each answer says what is left
//! (draft-ietf-httpapi-ratelimit-headers-10, and Retry-After of RFC 9110, 10.2.3).

use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{RequestHead, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use content::Timestamp;
use content::api_key::Pass;
use content::code::Code;
use content::view::Viewer;

use super::{Site, address, answer};
use crate::graphql::Allowance;
use crate::limiter::{Account, Owner, Standing, Verdict, Window};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// Points of a request that was refused before its cost was known, and of an estimate.
const LEAST: u64 = 1;

/// Meters the requests of an address of the site: what its handler did not charge for is charged here, and all answers say what is left.
pub(super) async fn meter(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let response = next.call(request).await?;
    let asked = response.request().clone();
    let Some(site) = asked.app_data::<Data<Site>>() else { return Ok(response.map_into_left_body()) };
    let charged = asked.extensions().get::<Standing>().is_some();
    let refused = if charged { None } else { take(site, &asked, LEAST).await.err() };
    let mut response = match refused {
        Some(refused) => response.into_response(refused).map_into_right_body(),
        None => response.map_into_left_body(),
    };
    if let (Some(pass), Some(taken)) = (asked.extensions().get::<Arc<Pass>>(), asked.extensions().get::<Taken>()) {
        site.ring.count(pass, taken.points, taken.refused);
    }
    let standing = asked.extensions().get::<Standing>().copied();
    if let Some(standing) = standing {
        tell(response.headers_mut(), &account(site, &asked), &standing);
    }
    Ok(response)
}

/// Whose quota a request is counted on: the one that its credentials stand for, else that of its address. Made out once for each request.
pub(super) fn account(site: &Site, request: &HttpRequest) -> Arc<Account> {
    if let Some(account) = request.extensions().get::<Arc<Account>>() {
        return Arc::clone(account);
    }
    let account = Arc::new(of_address(site, request.head()));
    request.extensions_mut().insert(Arc::clone(&account));
    account
}

/// From now on the quota that a request is counted on is that of a key.
pub(super) fn count_on(pass: &Pass, request: &HttpRequest, now: Timestamp) {
    request.extensions_mut().insert(Arc::new(of_pass(pass, now)));
}

/// The most points that one operation of a request may cost.
pub(super) fn limit(site: &Site, request: &HttpRequest) -> u64 {
    limit_of(site, &account(site, request))
}

/// The most points that one operation of an account may cost.
pub(super) fn limit_of(site: &Site, account: &Account) -> u64 {
    u64::from(site.limits.cost.min(account.points_per_minute))
}

/// Whose quota a request of this viewer is counted on.
pub(super) fn account_of(site: &Site, viewer: &Viewer, request: &RequestHead) -> Account {
    match viewer {
        Viewer::Partner(pass) => of_pass(pass, site.store.now()),
        Viewer::Anonymous | Viewer::Operator => of_address(site, request),
    }
}

/// The account of an address.
fn of_address(site: &Site, request: &RequestHead) -> Account {
    Account {
        owner: Owner::at(address::of(site, request)),
        points_per_minute: site.limits.anonymous_points_per_minute,
        requests_per_day: None,
        spent_today: 0,
    }
}

/// The account of a key.
fn of_pass(pass: &Pass, now: Timestamp) -> Account {
    Account {
        owner: Owner::Key(pass.key),
        points_per_minute: pass.points_per_minute,
        requests_per_day: pass.requests_per_day,
        spent_today: pass.spent_on(now),
    }
}

/// What the caller of a request that is paid for may spend, and what is left.
pub(super) fn allowance(site: &Site, request: &HttpRequest) -> Option<Allowance> {
    let standing = request.extensions().get::<Standing>().copied()?;
    Some(Allowance { account: account(site, request), standing })
}

/// Whether the address that a request comes from has nothing left, was told when to come again, and did not wait.
pub(super) fn is_too_early(site: &Site, request: &HttpRequest) -> bool {
    site.limiter.too_early(&of_address(site, request.head())).is_some()
}

/// What a request of a key took from its quota, to be counted when it is answered.
#[derive(Clone, Copy)]
struct Taken {
    points: u32,
    refused: bool,
}

/// Refuses a request of somebody who has nothing left and did not wait as they were told, before its body is read: a flood at the door pays for
/// no parser.
pub(super) fn knock(site: &Site, request: &HttpRequest) -> Result<(), HttpResponse> {
    let account = account(site, request);
    match site.limiter.too_early(&account) {
        Some(verdict) => settle(site, request, (&account, 1), verdict),
        None => Ok(()),
    }
}

/// Takes the points of a request, once; gives the refusal if there are too few.
pub(super) async fn take(site: &Site, request: &HttpRequest, points: u64) -> Result<(), HttpResponse> {
    let account = account(site, request);
    let points = u32::try_from(points).unwrap_or(u32::MAX);
    let verdict = site.limiter.take(&account, points).await;
    settle(site, request, (&account, points), verdict)
}

/// Keeps with the request what is left, and writes the refusal if it is one.
fn settle(site: &Site, request: &HttpRequest, (account, points): (&Account, u32), verdict: Verdict) -> Result<(), HttpResponse> {
    site.metrics.decisions(match &verdict {
        Verdict::Granted(_) => "granted",
        Verdict::Refused { which: Window::Minute, .. } | Verdict::TooBig => "refused_minute",
        Verdict::Refused { which: Window::Day, .. } => "refused_day",
    });
    let (standing, (code, message), wait_s) = match verdict {
        Verdict::Granted(standing) => {
            request.extensions_mut().insert(standing);
            request.extensions_mut().insert(Taken { points, refused: false });
            return Ok(());
        }
        Verdict::Refused { which, standing, wait_s } => (Some(standing), refusal(account, points, (which, &standing, wait_s)), wait_s),
        Verdict::TooBig => {
            let most = account.points_per_minute;
            (None, (Code::QuotaMinute, format!("The request costs {points} points, and a whole minute has {most}.")), 60)
        }
    };
    request.extensions_mut().insert(Taken { points: 0, refused: true });
    if let Some(standing) = standing {
        request.extensions_mut().insert(standing);
    }
    let mut response = answer::refusal(request, code, &message);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait_s));
    Err(response)
}

fn refusal(account: &Account, points: u32, (which, standing, wait_s): (Window, &Standing, u64)) -> (Code, String) {
    match which {
        Window::Minute => {
            let (most, left) = (account.points_per_minute, standing.points_left);
            let message =
                format!("The request costs {points} points, and of {most} points a minute {left} are left; come again in {wait_s} s.");
            (Code::QuotaMinute, message)
        }
        Window::Day => {
            let most = account.requests_per_day.unwrap_or_default();
            (Code::QuotaDay, format!("The {most} requests of this day are used up; come again at midnight UTC, in {wait_s} s."))
        }
    }
}

/// Says on an answer what an account may spend and what is left of it.
pub(super) fn tell(headers: &mut HeaderMap, account: &Account, standing: &Standing) {
    let mut policy = window("minute", [("q", account.points_per_minute.into()), ("w", 60)]);
    let mut left = window("minute", [("r", standing.points_left.into()), ("t", standing.points_reset_s)]);
    if let (Some(most), Some(day)) = (account.requests_per_day, standing.day) {
        policy.extend([", ", &window("day", [("q", most.into()), ("w", 86_400)])]);
        left.extend([", ", &window("day", [("r", day.left.into()), ("t", day.reset_s)])]);
    }
    for (name, value) in [(POLICY, policy), (LEFT, left)] {
        if let Ok(value) = HeaderValue::from_maybe_shared(Bytes::from(value)) {
            headers.insert(name, value);
        }
    }
}

/// A window of a quota with two figures of it: `"minute";q=60000;w=60`. It stands on every answer.
fn window(name: &str, figures: [(&str, u64); 2]) -> String {
    const USUAL: usize = 64;
    let mut text = String::with_capacity(USUAL);
    text.extend(["\"", name, "\""]);
    for (letter, figure) in figures {
        text.extend([";", letter, "=", itoa::Buffer::new().format(figure)]);
    }
    text
}
