//! What ends a session, and that it is felt at once: also by whoever holds a token that is good for minutes.

use content::edit::Edit;
use content::user::{self, User, UserChange};
use content::{OperationKind, Role, WireId};
use serde_json::{Value, json};
use tests::admin::{Answer, Hands, PASSWORD, Tokens, ask, knock, login, login_request, person, refresh, request, send};
use tests::{Server, Stage, portrait};

const REVOKE: &str = "mutation Revoke($id: ID!) { revokeSession(id: $id) { done } }";

fn ended() -> (u16, Option<String>) {
    (401, Some("AUT-005".to_owned()))
}

/// The sessions that somebody sees of themselves.
async fn sessions(server: &Server, token: &str) -> Vec<Value> {
    let answer = ask(server, token, "{ me { sessions { id current address agent createdAt usedAt expiresAt } } }").await;
    answer.body["data"]["me"]["sessions"].as_array().cloned().unwrap_or_default()
}

async fn current(server: &Server, token: &str) -> String {
    let sessions = sessions(server, token).await;
    let current: Vec<&Value> = sessions.iter().filter(|session| session["current"] == true).collect();
    assert_eq!(current.len(), 1, "{sessions:?}");
    current[0]["id"].as_str().unwrap().to_owned()
}

async fn revoke(server: &Server, token: &str, id: &str) -> Answer {
    send(request(server, token, REVOKE, json!({ "id": id }))).await
}

async fn change(stage: &Stage, user: &User, role: Role) {
    let mut edit = Edit::begin(&stage.desk("operator"), OperationKind::Users, "A test").await.unwrap();
    user::change(&mut edit, user.id, UserChange { role: Some(role), name: None }, None).await.unwrap();
    edit.commit().await.unwrap();
}

async fn shut_out(stage: &Stage, user: &User, disabled: bool) {
    let mut edit = Edit::begin(&stage.desk("operator"), OperationKind::Users, "A test").await.unwrap();
    user::set_disabled(&mut edit, user.id, disabled, None).await.unwrap();
    edit.commit().await.unwrap();
}

tests::both! {
    async fn a_logout_ends_one_session_at_once(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let (here, there) = (login(&server, &nora).await, login(&server, &nora).await);
        assert_eq!(ask(&server, &here.access, "mutation { logout { done } }").await.body, json!({ "data": { "logout": { "done": true } } }));
        assert_eq!(knock(&server, &here.access).await, ended());
        assert_eq!(refresh(&server, &here.refresh).await.outcome(), (200, Some("AUT-005")));
        assert_eq!(knock(&server, &there.access).await, (200, None));
        assert_eq!(ask(&server, &here.access, "mutation { logout { done } }").await.outcome(), (401, Some("AUT-005")));
    }

    async fn a_user_who_is_shut_out_is_out_at_once_and_stays_out_of_old_sessions(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let tokens = login(&server, &nora).await;
        shut_out(&stage, &nora, true).await;
        assert_eq!(knock(&server, &tokens.access).await, (401, Some("AUT-007".to_owned())));
        assert_eq!(refresh(&server, &tokens.refresh).await.outcome(), (200, Some("AUT-007")));
        shut_out(&stage, &nora, false).await;
        assert_eq!(knock(&server, &tokens.access).await, ended(), "who is let in again logs in again");
        assert_eq!(refresh(&server, &tokens.refresh).await.outcome(), (200, Some("AUT-005")));
        login(&server, &nora).await;
    }

    async fn another_role_is_felt_with_the_same_token(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let token = login(&server, &nora).await.access;
        let users = "{ users { email } }";
        assert_eq!(ask(&server, &token, users).await.outcome(), (403, Some("PER-001")));
        change(&stage, &nora, Role::Admin).await;
        assert_eq!(ask(&server, &token, users).await.outcome(), (200, None));
        person(&stage.store, "ada", Role::Admin).await;
        change(&stage, &nora, Role::Author).await;
        assert_eq!(ask(&server, &token, users).await.outcome(), (403, Some("PER-001")));
    }

    async fn a_refresh_token_is_used_once_and_its_second_use_ends_the_session(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let (first, other) = (login(&server, &nora).await, login(&server, &nora).await);
        let second = Tokens::of(&refresh(&server, &first.refresh).await);
        assert_ne!(first.refresh, second.refresh);
        for access in [&first.access, &second.access] {
            assert_eq!(knock(&server, access).await, (200, None));
        }
        assert_eq!(refresh(&server, &first.refresh).await.outcome(), (200, Some("AUT-006")));
        for access in [&first.access, &second.access] {
            assert_eq!(knock(&server, access).await, ended());
        }
        assert_eq!(refresh(&server, &second.refresh).await.outcome(), (200, Some("AUT-005")));
        assert_eq!(refresh(&server, &first.refresh).await.outcome(), (200, Some("AUT-006")), "and stays ended");
        assert_eq!(knock(&server, &other.access).await, (200, None), "the user's other sessions go on");
        assert_eq!(refresh(&server, &other.refresh).await.outcome(), (200, None));
    }

    async fn an_old_refresh_token_of_a_long_chain_ends_the_session_too(stage) {
        let server = Server::of(&stage);
        let first = login(&server, &person(&stage.store, "nora", Role::Reader).await).await;
        let mut last = first.clone();
        for _ in 0..3 {
            last = Tokens::of(&refresh(&server, &last.refresh).await);
        }
        assert_eq!(refresh(&server, &first.refresh).await.outcome(), (200, Some("AUT-006")));
        assert_eq!(knock(&server, &last.access).await, ended());
    }

    async fn of_two_renewals_at_once_one_wins_at_most_and_the_session_ends(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Reader).await;
        for _ in 0..5 {
            let tokens = login(&server, &nora).await;
            let both = tokio::join!(refresh(&server, &tokens.refresh), refresh(&server, &tokens.refresh));
            let won: Vec<&Answer> = [&both.0, &both.1].into_iter().filter(|answer| answer.body["data"].is_object()).collect();
            let refused: Vec<_> = [&both.0, &both.1].into_iter().filter_map(|answer| answer.outcome().1).collect();
            assert!(won.len() == 1 && refused == ["AUT-006"], "{both:?}");
            assert_eq!(knock(&server, &tokens.access).await, ended());
            let winner = Tokens::of(won[0]);
            assert_eq!(knock(&server, &winner.access).await, ended());
            assert_eq!(refresh(&server, &winner.refresh).await.outcome().1, Some("AUT-005"));
        }
    }

    async fn a_refresh_token_that_nobody_gave_ends_nothing(stage) {
        let server = Server::of(&stage);
        let tokens = login(&server, &person(&stage.store, "nora", Role::Reader).await).await;
        let before = portrait::everything(&stage.store).await;
        let cut = &tokens.refresh[..tokens.refresh.len() - 1];
        let long = "x".repeat(10_000);
        for unknown in ["", "grr_", "grr_x\0", cut, &tokens.access, &tokens.refresh.to_uppercase(), &format!("{} ", tokens.refresh), &long] {
            assert_eq!(refresh(&server, unknown).await.outcome(), (200, Some("AUT-002")), "{unknown:.50}");
        }
        assert_eq!(portrait::everything(&stage.store).await, before);
        assert_eq!(refresh(&server, &tokens.refresh).await.outcome(), (200, None));
    }

    async fn who_is_in_sees_their_sessions_and_the_one_that_asks(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let phone = login_request(&server, &nora.email, PASSWORD).header("user-agent", "Phone/1.0");
        let (phone, desk) = (Tokens::of(&send(phone).await), login(&server, &nora).await);
        login(&server, &person(&stage.store, "ada", Role::Reader).await).await;
        let seen = sessions(&server, &phone.access).await;
        assert_eq!(seen.len(), 2, "one's own only: {seen:?}");
        assert_eq!((seen[1]["agent"].as_str(), seen[1]["current"].as_bool()), (Some("Phone/1.0"), Some(true)));
        assert_eq!((seen[0]["address"].as_str(), seen[0]["current"].as_bool()), (Some("127.0.0.1"), Some(false)));
        refresh(&server, &phone.refresh).await;
        assert_eq!(sessions(&server, &desk.access).await[0]["agent"], "Phone/1.0", "the one that was renewed last comes first");
        let query = "mutation { login(input: { email: \"nora@guides.example\", password: \"four words and a comma,\" }) \
            { user { sessions { current } } } }";
        let answer = ask(&server, "", query).await;
        assert_eq!(answer.body["data"]["login"]["user"]["sessions"].as_array().map(Vec::len), Some(3), "{}", answer.body);
    }

    async fn a_session_is_ended_by_its_user_or_an_administrator_and_by_nobody_else(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let eve = login(&server, &person(&stage.store, "eve", Role::Publisher).await).await;
        let admin = login(&server, &person(&stage.store, "admin", Role::Admin).await).await;
        let (here, there, last) = (login(&server, &nora).await, login(&server, &nora).await, login(&server, &nora).await);
        let (at_there, at_last) = (current(&server, &there.access).await, current(&server, &last.access).await);
        let before = portrait::everything(&stage.store).await;
        let unknown = WireId::from(content::SessionId(nora.id.0)).to_string();
        let missing: Vec<_> = [revoke(&server, &eve.access, &at_there).await, revoke(&server, &eve.access, &unknown).await].map(|answer| {
            (answer.status, answer.body["errors"][0]["extensions"]["code"].clone(), answer.body["errors"][0]["message"].clone())
        }).into();
        assert_eq!(missing[0].1, "NOT-001");
        assert_eq!(missing[0], missing[1], "whether somebody has a session is not told");
        for nothing in [&unknown, "", "x", &WireId::from(nora.id).to_string()] {
            assert_eq!(revoke(&server, &admin.access, nothing).await.outcome().1, Some("NOT-001"), "{nothing}");
        }
        assert_eq!(portrait::everything(&stage.store).await, before);
        assert_eq!(revoke(&server, &here.access, &at_there).await.outcome(), (200, None));
        assert_eq!(knock(&server, &there.access).await, ended());
        assert_eq!(refresh(&server, &there.refresh).await.outcome().1, Some("AUT-005"));
        assert_eq!(revoke(&server, &admin.access, &at_last).await.outcome(), (200, None));
        assert_eq!(knock(&server, &last.access).await, ended());
        assert_eq!(knock(&server, &here.access).await, (200, None));
        assert_eq!(sessions(&server, &here.access).await.len(), 1);
    }

    async fn the_session_that_was_renewed_longest_ago_makes_room(stage) {
        let hands = Hands::new();
        let store = hands.open(&stage).await;
        let server = Server::serve(api::http::Site::new(store, api::limits::Limits::default()));
        let nora = person(&stage.store, "nora", Role::Reader).await;
        let (first, second) = (login(&server, &nora).await, login(&server, &nora).await);
        let first = Tokens::of(&refresh(&server, &first.refresh).await);
        for _ in 2..=content::access::session::MOST {
            login(&server, &nora).await;
        }
        assert_eq!(knock(&server, &first.access).await, (200, None));
        assert_eq!(knock(&server, &second.access).await, ended());
        assert_eq!(sessions(&server, &first.access).await.len(), 50);
    }
}
