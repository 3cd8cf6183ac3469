//! Access tokens: every way to make or bend one is refused with its code, and what others verify is what is verified here.

use api::access::{Claims, Keys, LIFETIME_S};
use api::http::Site;
use api::limits::Limits;
use content::Role;
use content::store::Store;
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde_json::{Value, json};
use tests::admin::{Hands, Tokens, knock, login, person, refresh, request, send};
use tests::{Server, Stage};

/// What stands before the 32 bytes of an Ed25519 private key in PKCS #8.
const PKCS8: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A server whose key is in a file that the test can read, with somebody who is in.
struct Forge {
    server: Server,
    store: Store,
    hands: Hands,
    tokens: Tokens,
    claims: Claims,
    header: Header,
    key: EncodingKey,
}

impl Forge {
    async fn of(stage: &Stage) -> Self {
        let hands = Hands::new();
        let store = hands.open(stage).await;
        let file = stage.folder().join("forge.key");
        let mut site = Site::new(store.clone(), Limits::default());
        site.keys = Keys::new(store.gate(), Some(file.clone()));
        let server = Server::serve(site);
        let nora = person(&store, "nora", Role::Reader).await;
        let tokens = login(&server, &nora).await;
        let seed = BASE64URL_NOPAD.decode(std::fs::read_to_string(file).unwrap().trim().as_bytes()).unwrap();
        let header = decode_header(&tokens.access).unwrap();
        let claims = jsonwebtoken::dangerous::insecure_decode::<Claims>(&tokens.access).unwrap().claims;
        Self { server, store, hands, tokens, claims, header, key: EncodingKey::from_ed_der(&[&PKCS8[..], &seed].concat()) }
    }

    fn sign(&self, header: &Header, claims: &impl serde::Serialize) -> String {
        encode(header, claims, &self.key).unwrap()
    }

    /// The claims with one of them changed; removed if the new value is null.
    fn claims_with(&self, name: &str, value: Value) -> Value {
        let mut claims = serde_json::to_value(&self.claims).unwrap();
        let fields = claims.as_object_mut().unwrap();
        if value.is_null() {
            fields.remove(name)
        } else {
            fields.insert(name.to_owned(), value)
        };
        claims
    }

    async fn refused(&self, token: &str, what: &str) {
        assert_eq!(knock(&self.server, token).await, (401, Some("AUT-002".to_owned())), "{what}: {token:.300}");
    }
}

fn part(json: &Value) -> String {
    BASE64URL_NOPAD.encode(json.to_string().as_bytes())
}

async fn jwks(server: &Server) -> JwkSet {
    let response = server.request("GET", "/.well-known/jwks.json").send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

tests::both! {
    async fn a_token_that_this_server_did_not_sign_is_not_known(stage) {
        let forge = Forge::of(&stage).await;
        let (header, payload) = (serde_json::to_value(&forge.header).unwrap(), part(&serde_json::to_value(&forge.claims).unwrap()));
        let resigned = forge.sign(&forge.header, &forge.claims);
        assert_eq!(knock(&forge.server, &resigned).await, (200, None), "the forge is as good as the server itself");
        for none in ["none", "None", "NONE", ""] {
            let mut header = header.clone();
            header["alg"] = json!(none);
            forge.refused(&format!("{}.{payload}.", part(&header)), "no algorithm").await;
            let signature = forge.tokens.access.rsplit_once('.').unwrap().1;
            forge.refused(&format!("{}.{payload}.{signature}", part(&header)), "no algorithm, with a signature").await;
        }
        let jwks = server_key(&forge).await;
        for secret in [BASE64URL_NOPAD.decode(jwks.as_bytes()).unwrap(), jwks.into_bytes()] {
            let header = Header { alg: Algorithm::HS256, ..forge.header.clone() };
            let token = encode(&header, &forge.claims, &EncodingKey::from_secret(&secret)).unwrap();
            forge.refused(&token, "the public key as a secret").await;
        }
        let other = EncodingKey::from_ed_der(&[&PKCS8[..], &[7; 32]].concat());
        forge.refused(&encode(&forge.header, &forge.claims, &other).unwrap(), "another key under the name of ours").await;
        let unknown = Header { kid: Some("nobody".to_owned()), ..forge.header.clone() };
        forge.refused(&forge.sign(&unknown, &forge.claims), "an unknown key").await;
        forge.refused(&forge.sign(&Header { kid: None, ..forge.header.clone() }, &forge.claims), "no key").await;
        for kind in [None, Some("JWT"), Some("jwt"), Some("refresh+jwt")] {
            let header = Header { typ: kind.map(str::to_owned), ..forge.header.clone() };
            forge.refused(&forge.sign(&header, &forge.claims), "another type").await;
        }
    }

    async fn a_token_with_other_claims_is_not_known(stage) {
        let forge = Forge::of(&stage).await;
        let other = person(&forge.store, "ada", Role::Admin).await;
        let others = login(&forge.server, &other).await.access;
        let others = jsonwebtoken::dangerous::insecure_decode::<Claims>(&others).unwrap().claims;
        for (name, value) in [
            ("iss", json!("greenroom2")), ("iss", Value::Null), ("aud", json!("greenroom:public")), ("aud", Value::Null),
            ("exp", Value::Null), ("exp", json!("soon")), ("sub", Value::Null), ("sub", json!(others.sub)), ("sid", json!(others.sid)),
            ("sid", json!(forge.claims.sub)), ("sid", json!("session_x")), ("sid", json!("")),
        ] {
            let what = format!("{name}: {value}");
            forge.refused(&forge.sign(&forge.header, &forge.claims_with(name, value)), &what).await;
        }
        let [header, _, signature]: [&str; 3] = forge.tokens.access.split('.').collect::<Vec<_>>().try_into().unwrap();
        for (name, value) in [("sub", json!(others.sub)), ("sid", json!(others.sid)), ("exp", json!(forge.claims.exp + 1_000_000))] {
            let token = format!("{header}.{}.{signature}", part(&forge.claims_with(name, value)));
            forge.refused(&token, "a payload under the signature of another").await;
        }
    }

    async fn what_is_no_token_is_not_known_either(stage) {
        let forge = Forge::of(&stage).await;
        let token = &forge.tokens.access;
        let long = "x".repeat(10_240);
        let headers = [
            String::new(), "Bearer".to_owned(), "Bearer ".to_owned(), token.clone(), format!("Basic {token}"), format!("Token {token}"),
            "Bearer x".to_owned(), "Bearer a.b.c".to_owned(), "Bearer ...".to_owned(), format!("Bearer {long}"), format!("Bearer {token}{long}"),
            format!("Bearer {}", token.replace('.', "")), format!("Bearer {}", &token[..token.len() - 2]), format!("Bearer {token} x"),
            format!("Bearer {}", forge.tokens.refresh),
        ];
        for header in headers {
            // Also a field that a stranger may ask for is not answered: who sends a token believes to be in.
            for query in ["{ me { email } }", "{ __typename }"] {
                let answer = send(request(&forge.server, "", query, json!({})).header("authorization", &header)).await;
                assert_eq!(answer.outcome(), (401, Some("AUT-002")), "{header:.60}");
                assert_eq!(answer.headers["www-authenticate"], "Bearer realm=\"greenroom\"");
                assert!(!answer.body.to_string().contains(&long[..100]), "what was sent is not sent back");
            }
        }
        let lower = request(&forge.server, "", "{ me { email } }", json!({})).header("authorization", format!("bearer {token}"));
        assert_eq!(send(lower).await.outcome(), (200, None), "the scheme is the same in small letters");
    }

    async fn a_token_lasts_a_quarter_of_an_hour(stage) {
        let forge = Forge::of(&stage).await;
        assert_eq!(forge.claims.exp - forge.claims.iat, LIFETIME_S);
        forge.hands.move_on(LIFETIME_S - 10);
        assert_eq!(knock(&forge.server, &forge.tokens.access).await, (200, None));
        forge.hands.move_on(10);
        assert_eq!(knock(&forge.server, &forge.tokens.access).await, (401, Some("AUT-004".to_owned())));
        let renewed = Tokens::of(&refresh(&forge.server, &forge.tokens.refresh).await);
        assert_eq!(knock(&forge.server, &renewed.access).await, (200, None));
        forge.hands.move_on(30 * 86_400);
        assert_eq!(refresh(&forge.server, &renewed.refresh).await.outcome().1, Some("AUT-004"), "a month without a renewal");
    }

    async fn a_token_of_another_installation_is_not_known(stage) {
        let other = Stage::empty(stage.backend).await;
        let (here, there) = (Server::of(&stage), Server::of(&other));
        let token = login(&there, &person(&other.store, "nora", Role::Admin).await).await.access;
        login(&here, &person(&stage.store, "nora", Role::Admin).await).await;
        assert_eq!(knock(&there, &token).await, (200, None));
        assert_eq!(knock(&here, &token).await, (401, Some("AUT-002".to_owned())));
    }

    async fn others_verify_a_token_with_the_public_keys(stage) {
        let forge = Forge::of(&stage).await;
        let keys = jwks(&forge.server).await;
        let key = keys.find(forge.header.kid.as_deref().unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&["greenroom"]);
        validation.set_audience(&["greenroom:admin"]);
        // The clock of the test is not the machine's.
        validation.validate_exp = false;
        let read = decode::<Claims>(&forge.tokens.access, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap();
        assert_eq!(read.claims, forge.claims);
        let text = serde_json::to_string(&keys).unwrap();
        assert!(!text.contains("\"d\""), "a public key has no private half: {text}");
    }
}

/// The public half of the key as it is given out.
async fn server_key(forge: &Forge) -> String {
    let text = serde_json::to_value(jwks(&forge.server).await).unwrap();
    text["keys"][0]["x"].as_str().unwrap().to_owned()
}
