//! Who runs the installation: the first administrator, and that there always is one.

use api::startup::{StartError, Users, first_admin};
use content::access::secret::Secret;
use content::user::{self, Email};
use content::{Role, WireId};
use serde_json::{Value, json};
use tests::admin::{Answer, PASSWORD, ask, knock, login, login_request, person, request, send};
use tests::{Server, portrait};

fn address(text: &str) -> Email {
    text.parse().unwrap()
}

/// What the start says that is in the way.
fn why(refused: Result<Users, StartError>) -> String {
    let error = refused.unwrap_err();
    assert_eq!(error.exit_code(), 2);
    error.to_string()
}

const DISABLE: &str =
    "mutation Disable($user: UserBy!) { disableUser(input: { user: $user }) { userErrors { code } user { disabledAt } } }";
const DEMOTE: &str =
    "mutation Demote($user: UserBy!) { changeUser(input: { user: $user, role: PUBLISHER }) { userErrors { code } user { role } } }";

const ENABLE: &str = "mutation Enable($user: UserBy!) { enableUser(input: { user: $user }) { userErrors { code } } }";

/// The first code of what is in the way of an edit.
fn in_the_way(answer: &Answer) -> Value {
    let data = &answer.body["data"];
    let field = if data["disableUser"].is_object() { "disableUser" } else { "changeUser" };
    assert!(data[field].is_object(), "{}", answer.body);
    data[field]["userErrors"][0]["code"].clone()
}

tests::both! {
    async fn the_first_administrator_is_made_while_there_is_no_user(stage) {
        let desk = stage.desk("greenroom-api");
        let password = || Some(Secret::new(PASSWORD));
        assert_eq!(first_admin(&desk, None, password()).await.unwrap(), Users::None);
        let nora = address("Nora@Guides.Example");
        let before = portrait::everything(&stage.store).await;
        assert!(why(first_admin(&desk, Some(&nora), None).await).contains("GREENROOM_FIRST_ADMIN_PASSWORD"));
        for (weak, words) in [("short", "5 characters"), ("aaaaaaaaaaaaaaaa", "easy to guess"), ("nora@guides.example", "easy to guess")] {
            let why = why(first_admin(&desk, Some(&nora), Some(Secret::new(weak))).await);
            assert!(why.contains(words) && why.contains("nora@guides.example"), "{why}");
        }
        assert_eq!(portrait::everything(&stage.store).await, before, "nobody was made");
        assert_eq!(first_admin(&desk, Some(&nora), password()).await.unwrap(), Users::Made("nora@guides.example".to_owned()));
        assert_eq!(first_admin(&desk, Some(&nora), password()).await.unwrap(), Users::Some);
        assert_eq!(first_admin(&desk, Some(&address("eve@guides.example")), None).await.unwrap(), Users::Some);
        let [nora] = &user::list(&desk).await.unwrap()[..] else { panic!("one user") };
        assert_eq!((nora.email.as_str(), nora.name.as_str(), nora.role), ("nora@guides.example", "nora", Role::Admin));
        login(&Server::of(&stage), nora).await;
    }

    async fn the_last_administrator_stays_one(stage) {
        let server = Server::of(&stage);
        let nora = person(&stage.store, "nora", Role::Admin).await;
        let out = person(&stage.store, "out", Role::Admin).await;
        let token = login(&server, &nora).await.access;
        let act = |query: &'static str, email: &str| send(request(&server, &token, query, json!({ "user": { "email": email } })));
        assert_eq!(in_the_way(&act(DISABLE, &out.email).await), Value::Null);
        assert_eq!(in_the_way(&act(DISABLE, &nora.email).await), "CON-006", "an administrator who is shut out is none");
        assert_eq!(in_the_way(&act(DEMOTE, &nora.email).await), "CON-006");
        assert_eq!(knock(&server, &token).await, (200, None));
        person(&stage.store, "ada", Role::Admin).await;
        assert_eq!(in_the_way(&act(DEMOTE, &nora.email).await), Value::Null, "with another one it may go");
        assert_eq!(act(DISABLE, "ada@guides.example").await.outcome(), (403, Some("PER-001")), "and is felt at once");
    }

    async fn two_administrators_who_shut_each_other_out_at_once_leave_one(stage) {
        let server = Server::of(&stage);
        let users = [person(&stage.store, "nora", Role::Admin).await, person(&stage.store, "ada", Role::Admin).await];
        for _ in 0..3 {
            let tokens = [login(&server, &users[0]).await.access, login(&server, &users[1]).await.access];
            let act = |by: usize, query: &'static str, whom: usize| {
                let id = WireId::from(users[whom].id).to_string();
                send(request(&server, &tokens[by], query, json!({ "user": { "id": id } })))
            };
            let both = tokio::join!(act(0, DISABLE, 1), act(1, DISABLE, 0));
            let left = user::admins(&stage.desk("operator")).await.unwrap();
            assert_eq!(left.len(), 1, "{both:?}");
            let (inside, outside) = if left[0].id == users[0].id { (0, 1) } else { (1, 0) };
            assert_eq!(knock(&server, &tokens[inside]).await, (200, None));
            assert_eq!(knock(&server, &tokens[outside]).await, (401, Some("AUT-007".to_owned())));
            assert_eq!(in_the_way(&act(inside, DEMOTE, inside).await), "CON-006");
            let enabled = act(inside, ENABLE, outside).await;
            assert_eq!(enabled.body["data"]["enableUser"]["userErrors"], json!([]), "{}", enabled.body);
        }
    }

    async fn a_user_who_is_made_at_the_door_logs_in_and_an_address_is_taken_once(stage) {
        let server = Server::of(&stage);
        let token = login(&server, &person(&stage.store, "nora", Role::Admin).await).await.access;
        let create = |email: &str, password: &str| {
            let query = "mutation Create($email: String!, $password: String!) { createUser(input: { email: $email, name: \"Ada\", role: AUTHOR, \
                password: $password }) { userErrors { code path } user { email role } } }";
            send(request(&server, &token, query, json!({ "email": email, "password": password })))
        };
        let made = create("ADA@guides.example ", PASSWORD).await;
        assert_eq!(made.body["data"]["createUser"]["user"], json!({ "email": "ada@guides.example", "role": "AUTHOR" }), "{}", made.body);
        assert_eq!(send(login_request(&server, "ada@guides.example", PASSWORD)).await.status, 200);
        for (email, password, code) in [("ada@guides.example", PASSWORD, "CON-007"), ("ada", PASSWORD, "VAL-051"), ("b@guides.example", "weak", "VAL-050")] {
            let refused = create(email, password).await;
            assert_eq!(refused.body["data"]["createUser"]["userErrors"][0]["code"], code, "{}", refused.body);
            assert!(!refused.body.to_string().contains(PASSWORD));
        }
        let users = ask(&server, &token, "{ users { email } }").await;
        assert_eq!(users.body["data"]["users"].as_array().unwrap().len(), 2);
    }
}
