//! A file is read, written and read again; nothing of it gets lost, and everything that is wrong with it is found in its place.

mod coming_back;
mod comments;
mod reading;
mod writing;
