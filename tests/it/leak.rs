//! What a stolen copy of the database is worth: nothing in it opens anything. The test takes every text out of it and tries all of them.

use std::collections::BTreeSet;

use content::access::secret::Secret;
use content::{KeyMode, Role};
use serde_json::json;
use tests::admin::{PASSWORD, login, login_request, person, request, send};
use tests::edits::bytes;
use tests::partners::{ask, key, open_terms};
use tests::{Server, both};

const NAMES: &str = "{ companies(first: 1) { nodes { name } } }";

/// Everything in the database that could be a secret: words without blanks, of a length that a secret could have.
fn words(all: &[Vec<u8>]) -> BTreeSet<String> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.$=+/,:".contains(byte);
    let mut found = BTreeSet::new();
    for text in all {
        for word in text.split(|byte| !plain(byte)).filter(|word| (16..=200).contains(&word.len())) {
            let word = String::from_utf8_lossy(word).into_owned();
            // A file of SQLite has values side by side; a fingerprint may have a neighbour at either end.
            for length in [43, 55, 64] {
                if word.len() > length {
                    found.insert(word[..length].to_owned());
                    found.insert(word[word.len() - length..].to_owned());
                }
            }
            found.insert(word);
        }
    }
    found
}

both! {
    async fn nothing_in_a_copy_of_the_database_opens_anything(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let ada = person(&stage.store, "ada", Role::Admin).await;
        let tokens = login(&server, &ada).await;
        let made = key(&stage, "web", KeyMode::Live, open_terms()).await;
        assert_eq!(ask(&server, &made.secret, NAMES).await.status, 200, "the key itself works");
        let copy = bytes(&stage).await;
        let has = |text: &str| copy.iter().any(|part| part.windows(text.len()).any(|window| window == text.as_bytes()));
        assert!(has("ada@guides.example") && has("aldermere"), "what is looked through is the database");
        let refresh_body = tokens.refresh.trim_start_matches("grr_");
        let secret_body = made.secret.reveal().split('_').nth(3).unwrap().to_owned();
        for secret in [made.secret.reveal(), &secret_body, &tokens.refresh, refresh_body, &tokens.access, PASSWORD] {
            assert!(!has(secret), "{secret} stands in the database");
        }
        let words = words(&copy);
        let fingerprint = made.secret.fingerprint();
        assert!(words.contains(&fingerprint), "the fingerprint is found, so the rest would be too");
        // A copy of the rows is tried where a secret is asked for; guesses are slowed, so passwords are tried by the likeliest words.
        for word in words.iter().filter(|word| word.len() >= 40 || word.starts_with("grk_")) {
            let by_key = ask(&server, &Secret::new(word.as_str()), NAMES).await;
            assert_eq!(by_key.status, 401, "{word} opened the public API");
        }
        for word in words.iter().filter(|word| word.len() >= 43) {
            let query = "mutation R($t: String!) { refreshSession(refreshToken: $t) { accessToken } }";
            for token in [word.clone(), format!("grr_{word}")] {
                let renewed = send(request(&server, "", query, json!({ "t": token }))).await;
                assert!(renewed.body["data"]["refreshSession"].is_null(), "{token} renewed a session");
            }
            let editor = send(request(&server, word, "{ me { email } }", json!({}))).await;
            assert_eq!(editor.status, 401, "{word} was taken for a login");
        }
        let hash = words.iter().find(|word| word.contains("$argon2id$")).expect("the hash of a password is there");
        for guess in [hash.as_str(), &hash[hash.len() - 43..]] {
            let answer = send(login_request(&server, "ada@guides.example", guess)).await;
            assert!(answer.body["data"]["login"].is_null(), "the hash is no password");
        }
    }
}
