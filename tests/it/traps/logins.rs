//! What the time of a login tells.

use super::*;
use tests::admin::{login_request, person};

/// Tries of each kind. The median of so many stands still on a machine with other work.
const TRIES: usize = 15;

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_takes_as_long_as_a_wrong_password() {
    let stage = Stage::empty(tests::Backend::Sqlite).await;
    let mut site = Site::new(stage.store.clone(), Limits::default());
    site.address_header = Some("x-forwarded-for".to_owned());
    let server = Server::serve(site);
    let mut known = Vec::new();
    for number in 0..TRIES {
        known.push(person(&stage.store, &format!("p{number}"), content::Role::Author).await.email);
    }
    let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
    // Each try has an address of its own, so that none is slowed down, and both kinds take turns, so that other work meets both.
    for (number, email) in known.iter().enumerate() {
        let stranger = format!("q{number}@guides.example");
        let kinds = [(email.as_str(), &mut wrong), (stranger.as_str(), &mut unknown)];
        for (kind, (email, times)) in kinds.into_iter().enumerate() {
            let begun = Instant::now();
            let request =
                login_request(&server, email, "not the password, at all").header("x-forwarded-for", format!("10.{kind}.0.{number}"));
            assert_eq!(outcome(request).await, refused(200, "AUT-003"));
            times.push(begun.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[TRIES / 2].as_secs_f64()
    };
    let (wrong, unknown) = (median(&mut wrong), median(&mut unknown));
    assert!(wrong / unknown < 1.5 && unknown / wrong < 1.5, "{wrong} s with a wrong password, {unknown} s with an unknown address");
}
