//! One file for each noun.

pub(crate) mod db;
