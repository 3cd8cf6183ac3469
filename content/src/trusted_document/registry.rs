//! Which documents a partner has, as the pass of a key carries it: hashes alone. The texts stay in the database until somebody asks for one.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};

use entity::{PartnerId, trusted_document};

use super::Hash;
use crate::error::{Doing, Result};
use crate::room::Takes;

/// The hashes of a partner's documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    hashes: BTreeSet<Hash>,
    digest: String,
}

impl Takes for Registry {
    fn beside(&self) -> usize {
        // Nodes of a tree are two thirds full.
        self.hashes.len() * size_of::<Hash>() * 3 / 2 + self.digest.len()
    }
}

impl Registry {
    fn new(hashes: BTreeSet<Hash>) -> Self {
        let all = hashes.iter().fold(Sha256::new(), |all, hash| all.chain_update(hash.bytes()));
        Self { hashes, digest: HEXLOWER.encode(&all.finalize()) }
    }

    /// Whether a document is among them.
    #[must_use]
    pub fn has(&self, hash: &Hash) -> bool {
        self.hashes.contains(hash)
    }

    /// A word for the whole set: two sets have the same one only if they are the same.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The documents of a partner as they are now. One statement.
    pub(crate) async fn read(database: &impl ConnectionTrait, partner: PartnerId) -> Result<Self> {
        Ok(Self::new(hashes(database, partner).await?))
    }
}

/// The hashes of a partner's documents.
pub(super) async fn hashes(database: &impl ConnectionTrait, partner: PartnerId) -> Result<BTreeSet<Hash>> {
    let rows = trusted_document::Entity::find().select_only().column(trusted_document::Column::Hash);
    let rows = rows.filter(trusted_document::Column::PartnerId.eq(partner)).into_tuple();
    let rows: Vec<String> = rows.all(database).await.doing("list the hashes of documents")?;
    Ok(rows.iter().filter_map(|text| Hash::read(text)).collect())
}

#[cfg(test)]
mod tests {
    use super::{Hash, Registry};

    #[test]
    fn two_sets_have_the_same_word_only_if_they_are_the_same() {
        let of = |texts: &[&str]| Registry::new(texts.iter().map(|text| Hash::of(text)).collect());
        assert_eq!(of(&["a", "b"]).digest(), of(&["b", "a", "a"]).digest());
        let mut words: Vec<String> = [&[][..], &["a"], &["b"], &["a", "b"]].iter().map(|texts| of(texts).digest().to_owned()).collect();
        words.dedup();
        assert_eq!(words.len(), 4);
        assert!(of(&["a"]).has(&Hash::of("a")) && !of(&["a"]).has(&Hash::of("b")));
    }
}
