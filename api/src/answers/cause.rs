//! What an answer depends on, and the fingerprint by which it is looked for.

use std::borrow::Cow;

use content::CatalogueVersion;
use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128_with_seed};

/// All that an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause<'a> {
    /// The version of the catalogue.
    pub version: CatalogueVersion,
    /// Which database it is a version of.
    pub epoch: u64,
    /// What of the content the caller may see.
    pub sight: Cow<'static, str>,
    /// The most points that the caller may spend on one operation: the answer tells it.
    pub limit: u64,
    /// The media type of the answer.
    pub media: &'static str,
    /// The encoding that is asked for.
    pub encoding: &'static str,
    /// How the question came: a body and an address with the same bytes are not the same question.
    pub way: &'static str,
    /// The question, byte by byte.
    pub question: Cow<'a, [u8]>,
}

/// The fingerprint of a cause. It is quick to make and proves nothing (XXH3 of 128 bits), so what is found by it is compared with the cause itself; and as each server has a
/// seed of its own, nobody can look for a question with the fingerprint of another one, to take its place or to have others wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name(u128);

impl Cause<'_> {
    pub(super) fn name(&self, seed: u64) -> Name {
        let mut numbers = [0; 24];
        for (place, number) in
            numbers.chunks_exact_mut(8).zip([self.version.0.to_ne_bytes(), self.epoch.to_ne_bytes(), self.limit.to_ne_bytes()])
        {
            place.copy_from_slice(&number);
        }
        let texts = [&*self.sight, self.media, self.encoding, self.way];
        let seed = texts.iter().fold(xxh3_64_with_seed(&numbers, seed), |seed, text| xxh3_64_with_seed(text.as_bytes(), seed));
        Name(xxh3_128_with_seed(&self.question, seed))
    }

    /// The same, with a question of its own.
    #[must_use]
    pub fn into_owned(self) -> Cause<'static> {
        Cause { question: Cow::Owned(self.question.into_owned()), ..self }
    }

    /// Bytes that it takes beside itself.
    pub(super) fn bytes(&self) -> usize {
        self.sight.len() + self.question.len()
    }
}

impl Name {
    /// A shorter fingerprint, for what may be wrong once in a while.
    #[expect(clippy::cast_possible_truncation, reason = "a part of a hash is one")]
    pub(super) const fn print(self) -> u64 {
        self.0 as u64
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::tests::CAUSE;
    use super::{CatalogueVersion, Cause, Name};

    #[test]
    fn whatever_an_answer_depends_on_gives_it_another_name() {
        let others = [
            CAUSE,
            Cause { version: CatalogueVersion(8), ..CAUSE },
            Cause { epoch: 1, ..CAUSE },
            Cause { sight: "live companies:read".into(), ..CAUSE },
            Cause { limit: 2_000, ..CAUSE },
            Cause { media: "application/graphql-response+json", ..CAUSE },
            Cause { encoding: "br", ..CAUSE },
            Cause { way: "address", ..CAUSE },
            Cause { question: b"{} ".into(), ..CAUSE },
            Cause { way: "body{", question: b"}".into(), ..CAUSE },
        ];
        let names: HashSet<Name> = others.iter().map(|cause| cause.name(7)).collect();
        assert_eq!(names.len(), others.len());
        assert_eq!(CAUSE.name(7), CAUSE.into_owned().name(7));
        assert_ne!(CAUSE.name(7), CAUSE.name(8));
    }
}
