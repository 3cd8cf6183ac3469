//! A process that writes and is ended in the middle of it.

fn main() {}
