//! The keys of access tokens. The private half of this server's key is in a file that only its user reads; the public halves of all servers are
//! in the database. So a copy of the database signs nothing, and a token of one server is good at every other.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use content::access::{Gate, secret};
use content::signing_key;
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use tokio::sync::RwLock;

use super::token::LIFETIME_S;

/// The one algorithm: Ed25519 (RFC 8037). A token that names another is not looked at.
pub(super) const ALGORITHM: Algorithm = Algorithm::EdDSA;

/// What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, 7).
const PKCS8: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// Why the key of a server cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("The file {path} for the key that signs logins cannot be used: {why}")]
    File {
        /// The file.
        path: String,
        /// What is in the way.
        why: String,
    },
    /// The token cannot be signed.
    #[error("A token cannot be signed: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
    /// The database does not take the public half.
    #[error(transparent)]
    Content(#[from] content::Error),
}

/// A key that signs.
pub(super) struct Signing {
    pub(super) id: String,
    pub(super) key: EncodingKey,
}

/// The key of this server with those of the others.
#[derive(Clone)]
pub struct Keys {
    gate: Gate,
    file: Option<PathBuf>,
    signing: Arc<RwLock<Option<Arc<Signing>>>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Keys {
    /// The keys of a server whose own is in this file; without a file it lasts as long as the process. Nothing is read or made yet.
    #[must_use]
    pub fn new(gate: Gate, file: Option<PathBuf>) -> Self {
        Self { gate, file, signing: Arc::default() }
    }

    /// Reads the key from its file, or makes both at the first start.
    ///
    /// # Errors
    ///
    /// If the file can be read by others, cannot be used, or the database fails.
    pub async fn ready(&self) -> Result<(), KeyError> {
        self.signing().await.map(drop)
    }

    /// Makes a new key and signs with it from now on. What the old one signed is valid until it expires.
    ///
    /// # Errors
    ///
    /// As [`Keys::ready`]. The old key goes on then.
    pub async fn rotate(&self) -> Result<String, KeyError> {
        // Held from the first look on: of two changes at the same time the second one retires what the first one made.
        let mut current = self.signing.write().await;
        let old = self.load(&mut current).await?;
        let seed = secret::random()?;
        let next = announce(&self.gate, &seed).await?;
        if let Some(path) = &self.file {
            replace(path, seed)?;
        }
        signing_key::retire(&self.gate, &old.id).await?;
        let id = next.id.clone();
        *current = Some(Arc::new(next));
        Ok(id)
    }

    /// The key that signs now. Another server with the same file may have changed it since the last look.
    pub(super) async fn signing(&self) -> Result<Arc<Signing>, KeyError> {
        let held = self.signing.read().await.clone();
        match held {
            Some(signing) if self.signs(&signing.id).await? => Ok(signing),
            Some(_) | None => self.load(&mut *self.signing.write().await).await,
        }
    }

    async fn load(&self, current: &mut Option<Arc<Signing>>) -> Result<Arc<Signing>, KeyError> {
        if let Some(signing) = current.as_ref()
            && self.signs(&signing.id).await?
        {
            return Ok(Arc::clone(signing));
        }
        let seed = match &self.file {
            None => secret::random()?,
            Some(path) => match read(path)? {
                Some(seed) => seed,
                None => create(path, secret::random()?)?,
            },
        };
        let signing = Arc::new(announce(&self.gate, &seed).await?);
        if let Some(path) = &self.file
            && !self.signs(&signing.id).await?
        {
            let why = "it holds a key that was retired. Move it away, and the next start makes a new one.";
            return Err(KeyError::File { path: path.display().to_string(), why: why.to_owned() });
        }
        *current = Some(Arc::clone(&signing));
        Ok(signing)
    }

    /// Whether a key is one of those that sign: what a retired one signs now would be good for minutes only.
    async fn signs(&self, id: &str) -> content::Result<bool> {
        Ok(signing_key::list(&self.gate, LIFETIME_S).await?.iter().any(|key| key.id == id && key.retired_at.is_none()))
    }

    /// The key of this name, if tokens that it signed may still be valid.
    pub(super) async fn verifying(&self, id: &str) -> content::Result<Option<DecodingKey>> {
        let keys = signing_key::list(&self.gate, LIFETIME_S).await?;
        let found = keys.into_iter().find(|key| key.id == id);
        Ok(found.and_then(|key| DecodingKey::from_ed_components(&key.public_key).ok()))
    }

    /// All public keys, as others fetch them (JWKS, RFC 7517).
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn public(&self) -> content::Result<JwkSet> {
        let keys = signing_key::list(&self.gate, LIFETIME_S).await?;
        let keys = keys.into_iter().filter_map(|key| {
            let json = serde_json::json!({ "kty": "OKP", "crv": "Ed25519", "x": key.public_key, "kid": key.id, "alg": "EdDSA" });
            let mut jwk: Jwk = serde_json::from_value(json).ok()?;
            jwk.common.public_key_use = Some(PublicKeyUse::Signature);
            Some(jwk)
        });
        Ok(JwkSet { keys: keys.collect() })
    }
}

/// Makes the public half known, and gives the key under its name: the thumbprint of the public half (RFC 7638), so that it is never mistaken.
async fn announce(gate: &Gate, seed: &[u8; 32]) -> Result<Signing, KeyError> {
    let unusable = |why: String| KeyError::File { path: "of the key".to_owned(), why };
    let key = EncodingKey::from_ed_der(&[&PKCS8[..], seed].concat());
    let jwk = Jwk::from_encoding_key(&key, ALGORITHM).map_err(|error| unusable(error.to_string()))?;
    let AlgorithmParameters::OctetKeyPair(pair) = &jwk.algorithm else { return Err(unusable("it is no Ed25519 key".to_owned())) };
    let id = jwk.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).map_err(|error| unusable(error.to_string()))?;
    signing_key::add(gate, &id, &pair.x).await?;
    Ok(Signing { id, key })
}

fn refused(path: &Path) -> impl Fn(std::io::Error) -> KeyError {
    move |error| KeyError::File { path: path.display().to_string(), why: error.to_string() }
}

fn read(path: &Path) -> Result<Option<[u8; 32]>, KeyError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(refused(path))?,
    };
    own(path, &file)?;
    let mut text = String::new();
    (&file).take(1_000).read_to_string(&mut text).map_err(refused(path))?;
    let seed = BASE64URL_NOPAD.decode(text.trim().as_bytes()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let why = "it holds no key. Move it away, and the next start makes a new one; everybody logs in again then.";
    seed.map(Some).ok_or_else(|| KeyError::File { path: path.display().to_string(), why: why.to_owned() })
}

/// A key that others can read is no secret.
#[cfg(unix)]
fn own(path: &Path, file: &File) -> Result<(), KeyError> {
    use std::os::unix::fs::MetadataExt;
    let mode = file.metadata().map_err(refused(path))?.mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 {
        return Ok(());
    }
    let why =
        format!("others may read it (mode {mode:03o}). If nobody did: chmod 600. Else move it away, and the next start makes a new one.");
    Err(KeyError::File { path: path.display().to_string(), why })
}

#[cfg(not(unix))]
fn own(_path: &Path, _file: &File) -> Result<(), KeyError> {
    Ok(())
}

/// Writes a new file that only its owner reads. If another process was faster, its key is taken.
fn create(path: &Path, seed: [u8; 32]) -> Result<[u8; 32], KeyError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(refused(path))?;
    }
    let temporary = write(path, seed)?;
    // A link fails where the file is already; a rename would replace the key of whoever came first.
    let linked = std::fs::hard_link(&temporary, path);
    std::fs::remove_file(&temporary).map_err(refused(path))?;
    match linked {
        Ok(()) => Ok(seed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => read(path)?.ok_or_else(|| refused(path)(error)),
        Err(error) => Err(refused(path)(error)),
    }
}

fn replace(path: &Path, seed: [u8; 32]) -> Result<(), KeyError> {
    let temporary = write(path, seed)?;
    std::fs::rename(temporary, path).map_err(refused(path))
}

/// The key in a file beside, whole on the disk before it gets its name. Its own name is nobody else's: another server that makes a key at the same
/// time, in a container with the same process id perhaps, must not write into it.
fn write(path: &Path, seed: [u8; 32]) -> Result<PathBuf, KeyError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", &secret::fingerprint(&secret::random()?)[..16]));
    let temporary = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary).map_err(refused(path))?;
    writeln!(file, "{}", BASE64URL_NOPAD.encode(&seed)).and_then(|()| file.sync_all()).map_err(refused(path))?;
    Ok(temporary)
}
