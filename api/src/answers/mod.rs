//! Answers as they were sent, in memory within a bound of bytes. Whoever asks the same question about the same content, and may see as much, gets the
//! same bytes; and as the version of the catalogue is part of what an answer is kept under, nobody has to take one away.

mod asked;
mod flights;
mod parts;

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use content::CatalogueVersion;
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_128;

use self::asked::Asked;
use self::flights::Flights;

use crate::metrics::Line;

pub use flights::Flight;
pub use parts::{Part, PartName, Parts};

/// Bytes of answers, and of parts of them, that are kept if nobody says otherwise.
pub const ANSWER_BYTES: u64 = 128 * 1_024 * 1_024;

/// How long an answer that is being made is waited for. It is none of the expensive ones, so it takes as long only if the database does.
const PATIENCE: Duration = Duration::from_secs(1);

/// What an entry takes besides its body: its name, its tag, and the counters and links of the cache.
const ENTRY: usize = 512;

/// The answers of one server. A clone holds the same ones.
#[derive(Clone, Debug)]
pub struct Answers {
    kept: Cache<Name, Arc<Answer>>,
    /// Parts of which answers are made.
    pub parts: Parts,
    asked: Asked,
    flights: Flights,
}

/// What is found for a question.
#[derive(Debug)]
pub enum Found {
    /// The answer that was given before.
    Kept(Arc<Answer>),
    /// Nothing: whoever asked makes the answer, and others wait for it while the flight lasts. Who has waited once waits for nobody again.
    Nothing(Option<Flight>),
}

/// All that an answer depends on, as a fingerprint of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name([u8; 32]);

/// What an answer depends on.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    /// The version of the catalogue.
    pub version: CatalogueVersion,
    /// Which database it is a version of.
    pub epoch: u64,
    /// What of the content the caller may see.
    pub sight: &'a str,
    /// The most points that the caller may spend on one operation: the answer tells it.
    pub limit: u64,
    /// The media type of the answer.
    pub media: &'static str,
    /// The encoding that is asked for.
    pub encoding: &'static str,
    /// How the question came: a body and an address with the same bytes are not the same question.
    pub way: &'static str,
    /// The question, byte by byte.
    pub question: &'a [u8],
}

impl Name {
    /// The name of what these cause. No two causes have the same one (SHA-256).
    #[must_use]
    pub fn of(cause: &Cause<'_>) -> Self {
        let Cause { version, epoch, sight, limit, media, encoding, way, question } = *cause;
        let mut hash = Sha256::new();
        hash.update(version.0.to_be_bytes());
        hash.update(epoch.to_be_bytes());
        hash.update(limit.to_be_bytes());
        for part in [sight.as_bytes(), media.as_bytes(), encoding.as_bytes(), way.as_bytes(), question] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// A shorter fingerprint, for what may be wrong once in a while.
    fn print(&self) -> u64 {
        // A name is a hash, so a part of it is one.
        self.0[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// An answer that was given.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its body, as it is sent.
    pub body: Bytes,
    /// How the body is encoded, if it is.
    pub encoding: Option<&'static str>,
    /// A fingerprint of the body, as it stands in `ETag`.
    pub tag: HeaderValue,
    /// The names of what is in it, as they stand in `Cache-Tag`.
    pub tags: HeaderValue,
    /// What the operation costs.
    pub points: u64,
    /// The name of the operation, for those who watch.
    pub operation: Option<Arc<str>>,
    /// Where it is counted when it is given again.
    pub line: Line,
}

impl Answer {
    /// The fingerprint of a body that is sent in some encoding: another one for each, as their bytes are others. XXH3 of 128 bits: nobody gains by two
    /// contents of one guide that have the same one.
    #[must_use]
    pub fn tag(plain: &[u8], encoding: Option<&str>) -> HeaderValue {
        let (hash, separator, encoding) = (xxh3_128(plain), if encoding.is_some() { "-" } else { "" }, encoding.unwrap_or_default());
        let tag = format!("\"{hash:032x}{separator}{encoding}\"");
        HeaderValue::from_maybe_shared(Bytes::from(tag)).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
    }

    fn weight(&self) -> u32 {
        u32::try_from(self.body.len() + self.tags.len() + self.operation.as_ref().map_or(0, |name| name.len()) + ENTRY).unwrap_or(u32::MAX)
    }
}

impl Answers {
    /// Room for answers of about so many bytes in all: half of it for whole ones, half for parts.
    #[must_use]
    pub fn within(bytes: u64) -> Self {
        let kept = Cache::builder().max_capacity(bytes - bytes / 2).weigher(|_, answer: &Arc<Answer>| answer.weight()).build();
        Self { kept, parts: Parts::within(bytes / 2), asked: Asked::default(), flights: Flights::default() }
    }

    /// Whether there is no room for any.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.kept.policy().max_capacity() == Some(0)
    }

    /// The answer of a name, if it is there. Waits for nobody.
    #[must_use]
    pub fn kept(&self, name: &Name) -> Option<Arc<Answer>> {
        self.kept.get(name)
    }

    /// The answer of a name. If it is being made, it is waited for, for a second; if it is not kept then, whoever waited makes one of their own.
    pub async fn find(&self, name: &Name) -> Found {
        if let Some(answer) = self.kept.get(name) {
            return Found::Kept(answer);
        }
        match self.flights.begin(*name) {
            Ok(flight) => Found::Nothing(Some(flight)),
            Err(mut under_way) => {
                // Nothing is sent: it ends with an error when the flight is over.
                tokio::time::timeout(PATIENCE, under_way.changed()).await.ok();
                self.kept.get(name).map_or(Found::Nothing(None), Found::Kept)
            }
        }
    }

    /// Keeps an answer, if its question was asked before, or others wait for it.
    pub fn keep(&self, name: Name, flight: Option<&Flight>, answer: &Arc<Answer>) {
        if self.asked.again(name.print()) || flight.is_some_and(Flight::is_awaited) {
            self.kept.insert(name, Arc::clone(answer));
        }
    }

    /// Bytes of all answers, and their number.
    #[cfg(test)]
    fn size(&self) -> (u64, u64) {
        self.kept.run_pending_tasks();
        (self.kept.weighted_size(), self.kept.entry_count())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use actix_web::http::header::HeaderValue;
    use actix_web::web::Bytes;
    use content::CatalogueVersion;

    use super::{Answer, Answers, Cause, Line, Name};

    const CAUSE: Cause<'_> = Cause {
        version: CatalogueVersion(7),
        epoch: 0,
        sight: "anonymous",
        limit: 1_000,
        media: "application/json",
        encoding: "identity",
        way: "body",
        question: b"{}",
    };

    fn answer(bytes: usize) -> Arc<Answer> {
        let body = Bytes::from(vec![0; bytes]);
        Arc::new(Answer {
            tag: Answer::tag(&body, None),
            body,
            encoding: None,
            tags: HeaderValue::from_static("companies"),
            points: 1,
            operation: None,
            line: Line::default(),
        })
    }

    #[test]
    fn whatever_an_answer_depends_on_gives_it_another_name() {
        let others = [
            Cause { version: CatalogueVersion(8), ..CAUSE },
            Cause { epoch: 1, ..CAUSE },
            Cause { sight: "live companies:read", ..CAUSE },
            Cause { limit: 2_000, ..CAUSE },
            Cause { media: "application/graphql-response+json", ..CAUSE },
            Cause { encoding: "br", ..CAUSE },
            Cause { way: "address", ..CAUSE },
            Cause { question: b"{} ", ..CAUSE },
            Cause { way: "body{", question: b"}", ..CAUSE },
        ];
        let names: HashSet<Name> = others.iter().chain([&CAUSE]).map(Name::of).collect();
        assert_eq!(names.len(), 10);
        assert_eq!(Name::of(&CAUSE), Name::of(&CAUSE.clone()));
    }

    #[test]
    fn the_bytes_stay_within_the_bound_and_a_small_one_keeps_nothing_large() {
        let answers = Answers::within(64 * 1_024);
        for number in 0..1_000_i64 {
            let name = Name::of(&Cause { version: CatalogueVersion(number), ..CAUSE });
            // The first time it is only noted.
            answers.keep(name, None, &answer(2_000));
            assert!(answers.kept(&name).is_none());
            answers.keep(name, None, &answer(2_000));
        }
        let (bytes, count) = answers.size();
        assert!(bytes <= 64 * 1_024 && count > 10, "{count} answers of {bytes} bytes");
        let none = Answers::within(0);
        (0..2).for_each(|_| none.keep(Name::of(&CAUSE), None, &answer(0)));
        assert_eq!((none.size(), none.are_none(), answers.are_none()), ((0, 0), true, false));
    }
}
