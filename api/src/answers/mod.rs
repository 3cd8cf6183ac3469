//! Answers as they were sent, in memory within a bound of bytes. Whoever asks the same question about the same content, and may see as much, gets the
//! same bytes; and as the version of the catalogue is part of what an answer is kept under, nobody has to take one away.

mod asked;
mod cause;
mod flights;
mod parts;

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use content::room::{Room, Takes};
use xxhash_rust::xxh3::xxh3_128;

use self::asked::Asked;
use self::cause::Name;
use self::flights::Flights;

use crate::metrics::Line;

pub use cause::Cause;
pub use flights::Flight;
pub use parts::{Part, PartName, Parts};

/// Bytes of answers, and of parts of them, that are kept if nobody says otherwise.
pub const ANSWER_BYTES: u64 = 128 * 1_024 * 1_024;

/// How long an answer that is being made is waited for. It is none of the expensive ones, so it takes as long only if the database does.
const PATIENCE: Duration = Duration::from_secs(1);

/// The answers of one server. A clone holds the same ones.
#[derive(Clone, Debug)]
pub struct Answers {
    kept: Room<Name, Arc<Answer>>,
    /// Of the fingerprints by which they are kept; nobody else knows it.
    seed: u64,
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

/// An answer that was given.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it depends on.
    pub cause: Cause<'static>,
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
}

impl Takes for Name {}

impl Takes for Answer {
    fn beside(&self) -> usize {
        let name = self.operation.as_ref().map_or(0, |name| name.len());
        self.cause.bytes() + self.body.len() + self.tag.len() + self.tags.len() + name
    }
}

impl Answers {
    /// Room for answers of about so many bytes in all: half of it for whole ones, half for parts.
    #[must_use]
    pub fn within(bytes: u64) -> Self {
        Self {
            kept: Room::within(bytes - bytes / 2, 8 * 1_024),
            seed: RandomState::new().hash_one(()),
            parts: Parts::within(bytes / 2),
            asked: Asked::default(),
            flights: Flights::default(),
        }
    }

    /// Whether there is no room for any.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.kept.is_none()
    }

    /// The answer to a question, if it is there. Waits for nobody.
    #[must_use]
    pub fn kept(&self, cause: &Cause<'_>) -> Option<Arc<Answer>> {
        self.kept.find(&cause.name(self.seed)).filter(|answer| answer.cause == *cause)
    }

    /// The answer to a question. If it is being made, it is waited for, for a second; if it is not kept then, whoever waited makes one of their own.
    pub async fn find(&self, cause: &Cause<'_>) -> Found {
        if let Some(answer) = self.kept(cause) {
            return Found::Kept(answer);
        }
        match self.flights.begin(cause.name(self.seed)) {
            Ok(flight) => Found::Nothing(Some(flight)),
            Err(mut under_way) => {
                // Nothing is sent: it ends with an error when the flight is over.
                tokio::time::timeout(PATIENCE, under_way.changed()).await.ok();
                self.kept(cause).map_or(Found::Nothing(None), Found::Kept)
            }
        }
    }

    /// Keeps an answer, if its question was asked before, or others wait for it.
    pub fn keep(&self, flight: Option<&Flight>, answer: &Arc<Answer>) {
        let name = answer.cause.name(self.seed);
        if self.asked.again(name.print()) || flight.is_some_and(Flight::is_awaited) {
            self.kept.keep(name, Arc::clone(answer));
        }
    }

    /// Bytes of all answers, and their number.
    #[cfg(test)]
    fn size(&self) -> (u64, u64) {
        (self.kept.bytes(), self.kept.count())
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::sync::Arc;

    use actix_web::http::header::HeaderValue;
    use actix_web::web::Bytes;
    use content::CatalogueVersion;

    use super::{Answer, Answers, Cause, Line};

    pub(super) const CAUSE: Cause<'_> = Cause {
        version: CatalogueVersion(7),
        epoch: 0,
        sight: Cow::Borrowed("anonymous"),
        limit: 1_000,
        media: "application/json",
        encoding: "identity",
        way: "body",
        question: Cow::Borrowed(b"{}"),
    };

    fn answer(version: i64, bytes: usize) -> Arc<Answer> {
        let body = Bytes::from(vec![0; bytes]);
        Arc::new(Answer {
            cause: Cause { version: CatalogueVersion(version), ..CAUSE },
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
    fn the_bytes_stay_within_the_bound_and_a_small_one_keeps_nothing_large() {
        let answers = Answers::within(64 * 1_024);
        for version in 0..1_000 {
            let answer = answer(version, 2_000);
            // The first time it is only noted.
            answers.keep(None, &answer);
            assert!(answers.kept(&answer.cause).is_none());
            answers.keep(None, &answer);
        }
        let (bytes, count) = answers.size();
        assert!(bytes <= 64 * 1_024 && count > 10, "{count} answers of {bytes} bytes");
        let none = Answers::within(0);
        (0..2).for_each(|_| none.keep(None, &answer(7, 0)));
        assert_eq!((none.size(), none.are_none(), answers.are_none()), ((0, 0), true, false));
    }

    #[test]
    fn an_answer_to_another_question_of_the_same_name_is_not_given() {
        let answers = Answers::within(64 * 1_024);
        let (own, other) = (answer(7, 2), answer(8, 2));
        // As if both had the same fingerprint.
        answers.kept.keep(own.cause.name(answers.seed), other);
        assert!(answers.kept(&own.cause).is_none());
        (0..2).for_each(|_| answers.keep(None, &own));
        assert!(answers.kept(&own.cause).is_some());
    }
}
