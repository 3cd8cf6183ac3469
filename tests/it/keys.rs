//! The keys that sign logins: their file, their change, several servers on one database, and that no secret is anywhere else.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use api::access::{Keys, LIFETIME_S};
use api::http::Site;
use api::limits::Limits;
use content::Role;
use content::access::Caller;
use content::access::secret::Secret;
use content::access::session::{self, Login};
use content::store::Store;
use content::user::{self, Email, NewUser};
use jsonwebtoken::decode_header;
use serde_json::Value;
use tests::admin::{Hands, PASSWORD, Tokens, ask, knock, login, person, refresh};
use tests::{Server, portrait};

fn site(store: &Store, key: Option<PathBuf>) -> Site {
    let mut site = Site::new(store.clone(), Limits::default());
    site.keys = Keys::new(store.gate(), key);
    site
}

/// The name of the key that signed a token.
fn signer(token: &str) -> String {
    decode_header(token).unwrap().kid.unwrap()
}

async fn known(server: &Server) -> Vec<String> {
    let keys: Value = server.request("GET", "/.well-known/jwks.json").send().await.unwrap().json().await.unwrap();
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn rotate(server: &Server, token: &str) -> String {
    let answer = ask(server, token, "mutation { rotateSigningKey { id } }").await;
    answer.body["data"]["rotateSigningKey"]["id"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

/// The files of a folder that begin with this name.
fn files(folder: &Path, name: &str) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|file| file.starts_with(name)).collect()
}

tests::both! {
    async fn a_key_that_is_changed_is_good_for_what_it_signed_until_that_expires(stage) {
        let hands = Hands::new();
        let store = hands.open(&stage).await;
        let file = stage.folder().join("signing.key");
        let server = Server::serve(site(&store, Some(file.clone())));
        let nora = person(&store, "nora", Role::Admin).await;
        let old = login(&server, &nora).await;
        let held = std::fs::read_to_string(&file).unwrap();
        hands.move_on(60);
        let id = rotate(&server, &old.access).await;
        assert_ne!(id, signer(&old.access));
        assert_ne!(std::fs::read_to_string(&file).unwrap(), held, "the new key is in the file");
        assert_eq!(std::fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
        assert_eq!(knock(&server, &old.access).await, (200, None));
        let new = Tokens::of(&refresh(&server, &old.refresh).await);
        assert_eq!(signer(&new.access), id);
        assert_eq!(known(&server).await, [id.clone(), signer(&old.access)]);
        let listed = ask(&server, &new.access, "{ signingKeys { id retiredAt } }").await;
        assert!(listed.body["data"]["signingKeys"][0]["retiredAt"].is_null() && listed.body["data"]["signingKeys"][1]["retiredAt"].is_string());
        hands.move_on(LIFETIME_S - 1);
        let new = Tokens::of(&refresh(&server, &new.refresh).await);
        assert_eq!(knock(&server, &old.access).await, (401, Some("AUT-004".to_owned())), "it is still known, but expired");
        hands.move_on(2);
        assert_eq!(known(&server).await, std::slice::from_ref(&id));
        assert_eq!(knock(&server, &old.access).await, (401, Some("AUT-002".to_owned())), "its key is not known any more");
        assert_eq!(knock(&server, &new.access).await, (200, None));
        let again = Server::serve(site(&store, Some(file)));
        assert_eq!(signer(&login(&again, &nora).await.access), id, "the next start signs with it");
    }

    async fn of_keys_that_are_changed_at_the_same_time_one_signs(stage) {
        let file = stage.folder().join("signing.key");
        let keys = Keys::new(stage.store.gate(), Some(file.clone()));
        let (first, second, third) = tokio::join!(keys.rotate(), keys.rotate(), keys.rotate());
        let made = [first.unwrap(), second.unwrap(), third.unwrap()];
        let open: Vec<String> = content::signing_key::list(&stage.store.gate(), LIFETIME_S).await.unwrap().into_iter()
            .filter(|key| key.retired_at.is_none()).map(|key| key.id).collect();
        assert_eq!(open.len(), 1, "all others are retired");
        assert!(made.contains(&open[0]));
        let server = Server::serve(site(&stage.store, Some(file)));
        assert_eq!(signer(&login(&server, &person(&stage.store, "nora", Role::Reader).await).await.access), open[0], "and it is in the file");
    }

    async fn a_key_that_was_retired_does_not_come_back_with_an_old_file(stage) {
        let file = stage.folder().join("signing.key");
        let keys = Keys::new(stage.store.gate(), Some(file.clone()));
        keys.ready().await.unwrap();
        let old = std::fs::read_to_string(&file).unwrap();
        keys.rotate().await.unwrap();
        std::fs::write(&file, old).unwrap();
        let refused = Keys::new(stage.store.gate(), Some(file)).ready().await.unwrap_err().to_string();
        assert!(refused.contains("retired") && refused.contains("signing.key"), "{refused}");
    }

    async fn two_servers_with_a_key_each_let_the_same_people_in(stage) {
        let (one, two) = (stage.folder().join("one.key"), stage.folder().join("two.key"));
        let (first, second) = (Server::serve(site(&stage.store, Some(one))), Server::serve(site(&stage.open_again().await, Some(two))));
        let nora = person(&stage.store, "nora", Role::Admin).await;
        let (here, there) = (login(&first, &nora).await, login(&second, &nora).await);
        assert_ne!(signer(&here.access), signer(&there.access));
        for token in [&here.access, &there.access] {
            assert_eq!(knock(&first, token).await, (200, None));
            assert_eq!(knock(&second, token).await, (200, None));
        }
        let id = rotate(&first, &there.access).await;
        let renewed = Tokens::of(&refresh(&first, &there.refresh).await);
        assert_eq!(signer(&renewed.access), id);
        assert_eq!(knock(&second, &renewed.access).await, (200, None));
        assert_eq!(known(&second).await.len(), 3);
    }

    async fn servers_that_share_a_key_all_sign_with_the_new_one(stage) {
        let hands = Hands::new();
        let store = hands.open(&stage).await;
        let file = stage.folder().join("signing.key");
        let (first, second) = (Server::serve(site(&store, Some(file.clone()))), Server::serve(site(&store, Some(file))));
        let nora = person(&store, "nora", Role::Admin).await;
        let (here, there) = (login(&first, &nora).await, login(&second, &nora).await);
        assert_eq!(signer(&here.access), signer(&there.access));
        let id = rotate(&first, &here.access).await;
        let there = Tokens::of(&refresh(&second, &there.refresh).await);
        assert_eq!(signer(&there.access), id);
        hands.move_on(LIFETIME_S + 1);
        let there = Tokens::of(&refresh(&second, &there.refresh).await);
        assert_eq!(knock(&second, &there.access).await, (200, None));
    }

    async fn the_file_of_the_key_is_made_at_the_first_start_for_its_owner_alone(stage) {
        let file = stage.folder().join("below").join("signing.key");
        let keys = || Keys::new(stage.store.gate(), Some(file.clone()));
        keys().ready().await.unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
        let held = std::fs::read_to_string(&file).unwrap();
        keys().ready().await.unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), held);
        assert_eq!(content::signing_key::list(&stage.store.gate(), 0).await.unwrap().len(), 1);
        assert_eq!(files(file.parent().unwrap(), "signing").len(), 1, "nothing is left beside it");
        for mode in [0o640, 0o604, 0o660, 0o644] {
            std::fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            let refused = keys().ready().await.unwrap_err().to_string();
            assert!(refused.contains("chmod 600") && refused.contains(&format!("{mode:o}")) && refused.contains("signing.key"), "{refused}");
        }
        std::fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        for damaged in ["", "x", "AAAA", &held[..20], &held.repeat(2)] {
            std::fs::write(&file, damaged).unwrap();
            let refused = keys().ready().await.unwrap_err().to_string();
            assert!(refused.contains("it holds no key") && refused.contains("signing.key"), "{refused}");
            assert!(damaged.len() < 10 || !refused.contains(damaged), "what is in it is not told");
        }
        std::fs::write(&file, [0xff; 40]).unwrap();
        assert!(keys().ready().await.unwrap_err().to_string().contains("signing.key"));
        std::fs::write(&file, held).unwrap();
        keys().ready().await.unwrap();
    }

    async fn servers_that_start_at_the_same_time_end_with_one_key(stage) {
        let file = stage.folder().join("signing.key");
        let starts = (0..8).map(|_| {
            let (gate, file) = (stage.store.gate(), file.clone());
            tokio::spawn(async move { Keys::new(gate, Some(file)).ready().await })
        });
        for start in starts.collect::<Vec<_>>() {
            start.await.unwrap().unwrap();
        }
        assert_eq!(content::signing_key::list(&stage.store.gate(), 0).await.unwrap().len(), 1);
        assert_eq!(files(stage.folder(), "signing"), ["signing.key"]);
    }

    async fn no_secret_is_in_the_database_or_prints_itself(stage) {
        let file = stage.folder().join("signing.key");
        let server = Server::serve(site(&stage.store, Some(file.clone())));
        let nora = person(&stage.store, "nora", Role::Admin).await;
        let tokens = login(&server, &nora).await;
        let renewed = Tokens::of(&refresh(&server, &tokens.refresh).await);
        let new = "a thing of beauty";
        let reset = format!(
            "mutation {{ createUser(input: {{ email: \"ada@guides.example\", name: \"Ada\", role: READER, password: \"{new}\", \
            operationId: \"0190d5c8-7a2b-7c3d-8e4f-5a6b7c8d9e0f\" }}) {{ userErrors {{ code }} operation {{ id }} }} }}"
        );
        let answer = ask(&server, &renewed.access, &reset).await;
        assert!(answer.body["data"]["createUser"]["operation"].is_object(), "{}", answer.body);
        let key = std::fs::read_to_string(&file).unwrap().trim().to_owned();
        let rows = portrait::everything(&stage.store).await.join("\n");
        assert!(rows.contains("ada@guides.example") && rows.contains("$argon2id$"));
        let caller = Caller::new("192.0.2.1", "");
        let login = Login { email: nora.email.clone(), password: Secret::new(PASSWORD), caller };
        let mut printed = vec![format!("{login:?}")];
        let opened = session::open(&stage.store.gate(), login).await.unwrap();
        let email: Email = "eve@guides.example".parse().unwrap();
        let made = NewUser { email, name: "Eve".to_owned(), role: Role::Reader, password: Secret::new(new) };
        printed.push(format!("{opened:?} {made:?} {:?} {:?}", site(&stage.store, Some(file)).keys, stage.store.gate()));
        printed.push(format!("{:?}", user::list(&stage.desk("operator")).await.unwrap()));
        let printed = printed.join("\n");
        let refresh = opened.refresh.reveal().to_owned();
        for secret in [PASSWORD, new, &key, &tokens.refresh, &renewed.refresh, &tokens.access, &renewed.access, &refresh] {
            assert!(!rows.contains(secret), "it is in the database: {secret}");
            assert!(!printed.contains(secret), "it is printed: {secret}");
            assert!(!secret.starts_with("grr_") || !rows.contains(&secret[4..]));
        }
        assert!(!printed.contains("$argon2id$"), "{printed}");
    }
}
