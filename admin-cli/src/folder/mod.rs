//! Guides as files in a folder: which files there are, what each says, which state of its guide it was exported from, what it would change, and the
//! run that changes it. The form of one file is `content::file`.

pub(crate) mod compare;
pub(crate) mod examine;
pub(crate) mod export;
pub(crate) mod files;
pub(crate) mod item;
pub(crate) mod lock;
pub(crate) mod plan;
pub(crate) mod prune;
pub(crate) mod rehearsal;
pub(crate) mod run;
pub(crate) mod show;
pub(crate) mod stop;
pub(crate) mod stream;
pub(crate) mod survey;
