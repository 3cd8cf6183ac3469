//! Access tokens: who somebody is, for a quarter of an hour (JWT, RFC 7519; best practices of RFC 8725).
//!
//! A token says only which session it belongs to. What its user may do is looked up with every request, so nothing in a token can be out of date.

use content::access::session::{self, Opened, Standing};
use content::access::{Gate, secret::Secret};
use content::code::Code;
use content::{Kind, SessionId, Timestamp, WireId};
use jsonwebtoken::{Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

use super::key::{ALGORITHM, KeyError, Keys};

/// Seconds that a token is valid.
pub const LIFETIME_S: i64 = 900;
/// Who issues tokens, and for whom: this API and no other.
const ISSUER: &str = "greenroom";
const AUDIENCE: &str = "greenroom:admin";
/// What the header says it is (RFC 9068), so that no other JWT of ours can be taken for one.
const TYPE: &str = "at+jwt";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// For whom.
    pub aud: String,
    /// The user's id.
    pub sub: String,
    /// The session's id.
    pub sid: String,
    /// Since when it is valid, in seconds since 1970.
    pub iat: i64,
    /// Until when it is valid, in seconds since 1970.
    pub exp: i64,
}

/// Why somebody is not let in, as a code and a sentence.
pub type NotLetIn = (Code, String);

impl Keys {
    /// A token for a session, with the instant at which it expires.
    ///
    /// # Errors
    ///
    /// If the key cannot be had.
    pub async fn issue(&self, opened: &Opened, now: Timestamp) -> Result<(Secret, Timestamp), KeyError> {
        let signing = self.signing().await?;
        let iat = now.0.div_euclid(1_000_000);
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: WireId::from(opened.user.id).to_string(),
            sid: WireId::from(opened.session).to_string(),
            iat,
            exp: iat + LIFETIME_S,
        };
        let header = Header { kid: Some(signing.id.clone()), typ: Some(TYPE.to_owned()), ..Header::new(ALGORITHM) };
        let token = encode(&header, &claims, &signing.key)?;
        Ok((Secret::new(token), Timestamp((iat + LIFETIME_S) * 1_000_000)))
    }

    /// Who holds a token, as they stand now.
    ///
    /// # Errors
    ///
    /// [`Code::CredentialUnknown`] for what no key of ours has signed, [`Code::TokenExpired`], [`Code::SessionEnded`], [`Code::UserDisabled`],
    /// or if the database fails.
    pub async fn verify(&self, gate: &Gate, token: &str, now: Timestamp) -> Result<Standing, NotLetIn> {
        let unknown = || (Code::CredentialUnknown, "The token is not one of this server.".to_owned());
        let fault = |error: content::Error| (error.code(), error.to_string());
        let header = decode_header(token).map_err(|_| unknown())?;
        if header.alg != ALGORITHM || header.typ.as_deref() != Some(TYPE) {
            return Err(unknown());
        }
        let key = self.verifying(header.kid.as_deref().unwrap_or_default()).await.map_err(fault)?.ok_or_else(unknown)?;
        let mut validation = Validation::new(ALGORITHM);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // Compared below by the clock that everything here goes by.
        validation.validate_exp = false;
        let claims = decode::<Claims>(token, &key, &validation).map_err(|_| unknown())?.claims;
        if now.0 >= claims.exp.saturating_mul(1_000_000) {
            return Err((
                Code::TokenExpired,
                "The token has expired. Renew the session with its refresh token (refreshSession).".to_owned(),
            ));
        }
        let id = claims.sid.parse::<WireId>().ok().filter(|id| id.kind == Kind::Session).ok_or_else(unknown)?;
        let standing = session::find(gate, SessionId(id.uuid)).await.map_err(fault)?;
        if WireId::from(standing.user.id).to_string() == claims.sub { Ok(standing) } else { Err(unknown()) }
    }
}
