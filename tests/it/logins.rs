//! Coming in: what a failure tells, how those who guess are slowed down, and how a password is changed.

use std::collections::BTreeSet;

use api::http::Site;
use api::limits::Limits;
use content::edit::Edit;
use content::user::{self, User};
use content::{OperationKind, Role};
use entity::login_failure;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tests::admin::{Answer, Hands, PASSWORD, knock, login, login_request, person, refresh, request, send};
use tests::{Server, Stage};

const WRONG: &str = "four words and a point.";

/// A server with a clock of the test, behind a proxy that says where requests come from.
async fn server(stage: &Stage) -> (Server, Hands) {
    let hands = Hands::new();
    let mut site = Site::new(hands.open(stage).await, Limits::default());
    site.address_header = Some("x-forwarded-for".to_owned());
    (Server::serve(site), hands)
}

async fn try_from(server: &Server, address: &str, email: &str, password: &str) -> Answer {
    send(login_request(server, email, password).header("x-forwarded-for", address)).await
}

/// Fails until somebody has to wait, and gives how often that was free, and the seconds.
async fn until_slowed(server: &Server, address: &str, email: &str) -> (u32, u64) {
    for free in 0..50 {
        let answer = try_from(server, address, email, WRONG).await;
        if answer.outcome() == (200, Some("AUT-003")) {
            continue;
        }
        assert_eq!(answer.outcome(), (429, Some("LIM-011")), "{}", answer.body);
        let seconds = answer.body["errors"][0]["extensions"]["retryAfterSeconds"].as_u64().unwrap();
        assert_eq!(answer.headers["retry-after"], seconds.to_string().as_str());
        return (free, seconds);
    }
    panic!("nobody is slowed down")
}

/// A body without what differs in any two answers.
fn without_id(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    body["errors"][0]["extensions"]["requestId"] = Value::Null;
    (answer.status, body)
}

async fn change_password(server: &Server, token: &str, (old, new): (&str, &str)) -> Answer {
    let query = "mutation Change($old: String!, $new: String!) { changePassword(oldPassword: $old, newPassword: $new) { done } }";
    send(request(server, token, query, json!({ "old": old, "new": new }))).await
}

async fn disable(stage: &Stage, user: &User) {
    let mut edit = Edit::begin(&stage.desk("operator"), OperationKind::Users, "A test").await.unwrap();
    user::set_disabled(&mut edit, user.id, true, None).await.unwrap();
    edit.commit().await.unwrap();
}

tests::both! {
    async fn a_failed_login_does_not_tell_what_was_wrong(stage) {
        let (server, _) = server(&stage).await;
        person(&stage.store, "nora", Role::Author).await;
        disable(&stage, &person(&stage.store, "out", Role::Author).await).await;
        let wrong = without_id(&try_from(&server, "192.0.2.1", "nora@guides.example", WRONG).await);
        assert_eq!((wrong.0, &wrong.1["errors"][0]["extensions"]["code"]), (200, &json!("AUT-003")));
        let long = "x".repeat(10_000);
        for (email, password) in [
            ("nobody@guides.example", PASSWORD),
            ("out@guides.example", PASSWORD),
            ("out@guides.example", WRONG),
            ("nora@guides.example", ""),
            ("nora@guides.example", &long),
            ("no address", PASSWORD),
            ("", PASSWORD),
            ("nora@guides.example\0", PASSWORD),
            (&long, PASSWORD),
        ] {
            assert_eq!(without_id(&try_from(&server, "192.0.2.1", email, password).await), wrong, "{email:.30} {password:.30}");
        }
    }

    async fn the_address_of_a_user_is_the_same_in_capitals_and_between_blanks(stage) {
        let (server, _) = server(&stage).await;
        person(&stage.store, "nora", Role::Author).await;
        for email in ["nora@guides.example", "NORA@Guides.Example", " nora@guides.example\n"] {
            let answer = try_from(&server, "192.0.2.1", email, PASSWORD).await;
            assert_eq!(answer.body["data"]["login"]["user"], json!({ "email": "nora@guides.example", "role": "AUTHOR" }));
        }
        let mut counted = BTreeSet::new();
        for email in ["eve@guides.example", "EVE@guides.example", " eve@guides.example "] {
            try_from(&server, "192.0.2.1", email, WRONG).await;
            counted.extend(login_failure::Entity::find().all(stage.store.writer()).await.unwrap().into_iter().map(|row| row.id));
        }
        assert_eq!(counted.len(), 3, "one pair, one address, one account");
    }

    async fn who_guesses_has_to_wait_longer_and_longer_whether_there_is_such_a_user_or_not(stage) {
        let (server, hands) = server(&stage).await;
        person(&stage.store, "nora", Role::Author).await;
        for (address, email) in [("192.0.2.1", "nora@guides.example"), ("192.0.2.2", "nobody@guides.example")] {
            assert_eq!(until_slowed(&server, address, email).await, (4, 1));
            for seconds in [2, 4, 8] {
                hands.move_on(seconds / 2);
                assert_eq!(try_from(&server, address, email, WRONG).await.outcome(), (200, Some("AUT-003")), "after the wait");
                let (free, wait) = until_slowed(&server, address, email).await;
                assert_eq!((free, i64::try_from(wait).unwrap()), (0, seconds));
            }
        }
        let right = || try_from(&server, "192.0.2.1", "nora@guides.example", PASSWORD);
        hands.move_on(-20);
        assert_eq!(right().await.outcome(), (429, Some("LIM-011")), "the right password has to wait, too");
        hands.move_on(40);
        assert_eq!(right().await.outcome(), (200, None));
        assert_eq!(until_slowed(&server, "192.0.2.1", "nora@guides.example").await, (4, 1), "and then all is forgiven");
    }

    async fn an_attacker_elsewhere_does_not_lock_out_who_was_here_before(stage) {
        let (server, _) = server(&stage).await;
        person(&stage.store, "nora", Role::Author).await;
        let email = "nora@guides.example";
        assert_eq!(try_from(&server, "192.0.2.1", email, PASSWORD).await.outcome(), (200, None));
        for attacker in 0..5 {
            until_slowed(&server, &format!("198.51.100.{attacker}"), email).await;
        }
        let stranger = try_from(&server, "203.0.113.7", email, PASSWORD).await;
        assert_eq!(stranger.outcome(), (429, Some("LIM-011")), "the account is slowed for those who come from elsewhere");
        assert_eq!(try_from(&server, "192.0.2.1", email, PASSWORD).await.outcome(), (200, None));
        assert_eq!(try_from(&server, "203.0.113.8, 192.0.2.1", email, PASSWORD).await.outcome(), (200, None), "the proxy's own entry is the last");
        let forged = try_from(&server, "192.0.2.1, 198.51.100.1", email, PASSWORD).await;
        assert_eq!(forged.outcome(), (429, Some("LIM-011")), "what the caller wrote before it is not believed");
    }

    async fn guesses_at_the_same_time_are_counted_one_by_one(stage) {
        let (server, _) = server(&stage).await;
        person(&stage.store, "nora", Role::Author).await;
        let guesses = (0..30).map(|_| {
            let request = login_request(&server, "nora@guides.example", WRONG).header("x-forwarded-for", "192.0.2.1");
            tokio::spawn(send(request))
        });
        let mut outcomes = Vec::new();
        for guess in guesses.collect::<Vec<_>>() {
            outcomes.push(guess.await.unwrap().outcome().1.map(str::to_owned).unwrap());
        }
        let looked_at = outcomes.iter().filter(|code| *code == "AUT-003").count();
        let slowed = outcomes.iter().filter(|code| *code == "LIM-011").count();
        assert_eq!(looked_at + slowed, 30, "{outcomes:?}");
        assert_eq!(looked_at, 4, "as many as one after the other");
        let counted = login_failure::Entity::find().all(stage.store.writer()).await.unwrap();
        assert_eq!(counted.iter().map(|row| row.failures).collect::<Vec<_>>(), [4, 4, 4]);
        let right = try_from(&server, "192.0.2.1", "nora@guides.example", PASSWORD).await;
        assert_eq!(right.outcome(), (429, Some("LIM-011")));
    }

    async fn good_logins_are_no_failures_and_old_failures_are_forgotten(stage) {
        let (server, hands) = server(&stage).await;
        person(&stage.store, "nora", Role::Author).await;
        for _ in 0..25 {
            assert_eq!(try_from(&server, "192.0.2.1", "nora@guides.example", PASSWORD).await.outcome(), (200, None));
        }
        assert_eq!(until_slowed(&server, "192.0.2.1", "nora@guides.example").await, (4, 1));
        hands.move_on(86_401);
        assert_eq!(until_slowed(&server, "192.0.2.1", "nora@guides.example").await, (4, 1), "the day after it begins anew");
    }

    async fn a_password_is_changed_for_the_old_one_and_ends_the_other_sessions(stage) {
        let (server, _) = server(&stage).await;
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let (here, there) = (login(&server, &nora).await, login(&server, &nora).await);
        let new = "a thing of beauty";
        assert_eq!(change_password(&server, &here.access, (WRONG, new)).await.outcome(), (200, Some("AUT-003")));
        for weak in ["short", "aaaaaaaaaaaaaaa", "nora@guides.example", &"long ".repeat(60)] {
            assert_eq!(change_password(&server, &here.access, (PASSWORD, weak)).await.outcome(), (200, Some("VAL-050")), "{weak}");
        }
        assert_eq!(knock(&server, &there.access).await, (200, None), "nothing has happened yet");
        assert_eq!(change_password(&server, &here.access, (PASSWORD, new)).await.outcome(), (200, None));
        assert_eq!(knock(&server, &here.access).await, (200, None));
        assert_eq!(knock(&server, &there.access).await, (401, Some("AUT-005".to_owned())));
        assert_eq!(refresh(&server, &there.refresh).await.outcome().1, Some("AUT-005"));
        assert_eq!(refresh(&server, &here.refresh).await.outcome(), (200, None));
        assert_eq!(send(login_request(&server, &nora.email, PASSWORD)).await.outcome().1, Some("AUT-003"));
        assert_eq!(send(login_request(&server, &nora.email, new)).await.outcome(), (200, None));
    }

    async fn who_holds_a_session_cannot_guess_the_password_with_it(stage) {
        let (server, hands) = server(&stage).await;
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let token = login(&server, &nora).await.access;
        for _ in 0..4 {
            assert_eq!(change_password(&server, &token, (WRONG, "a thing of beauty")).await.outcome(), (200, Some("AUT-003")));
        }
        let slowed = change_password(&server, &token, (PASSWORD, "a thing of beauty")).await;
        assert_eq!(slowed.outcome(), (429, Some("LIM-011")));
        hands.move_on(2);
        assert_eq!(change_password(&server, &token, (PASSWORD, "a thing of beauty")).await.outcome(), (200, None));
    }

    async fn a_password_that_is_reset_ends_all_sessions_of_its_user(stage) {
        let (server, _) = server(&stage).await;
        let nora = person(&stage.store, "nora", Role::Admin).await;
        let ada = person(&stage.store, "ada", Role::Author).await;
        let (admin, tokens) = (login(&server, &nora).await.access, login(&server, &ada).await);
        let reset = |password: &'static str| {
            let query = "mutation Reset($password: String!) { resetPassword(input: { user: { email: \"ada@guides.example\" }, newPassword: $password }) \
                { userErrors { code } user { email } } }";
            send(request(&server, &admin, query, json!({ "password": password })))
        };
        assert_eq!(reset("weak").await.body["data"]["resetPassword"]["userErrors"][0]["code"], "VAL-050");
        assert_eq!(knock(&server, &tokens.access).await, (200, None));
        let done = reset("a thing of beauty").await;
        assert_eq!(done.body["data"]["resetPassword"]["userErrors"], json!([]), "{}", done.body);
        assert_eq!(knock(&server, &tokens.access).await, (401, Some("AUT-005".to_owned())));
        assert_eq!(refresh(&server, &tokens.refresh).await.outcome().1, Some("AUT-005"));
        assert_eq!(knock(&server, &admin).await, (200, None));
        assert_eq!(send(login_request(&server, &ada.email, PASSWORD)).await.outcome().1, Some("AUT-003"));
        assert_eq!(send(login_request(&server, &ada.email, "a thing of beauty")).await.outcome(), (200, None));
    }
}
