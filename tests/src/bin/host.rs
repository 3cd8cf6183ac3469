//! The server in a process of its own, over a database that a test has made: its memory is its own, and what would end it does not end the test.
//!
//! It says its address on its standard output, and ends when its standard input does.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a tool of the tests, which fails loudly and speaks to them")]

use std::io::{Read, Write};

use api::http::Site;
use api::limits::Limits;
use content::store::{Options, Store};
use tests::Server;

#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).expect("host URL");
    // What is kept on purpose would look like memory that is lost.
    let options = Options { shelf_bytes: 8 * 1_024 * 1_024, ..Options::new(url) };
    let store = Store::open(options).await.expect("the database opens");
    // A machine that is busy with other tests is slow, and a test asks more than a reader does.
    let limits = Limits { anonymous_points_per_minute: 100_000_000, time_ms: 120_000, ..Limits::default() };
    let mut site = Site::new(store, limits);
    // Whose logins fail too often has to wait; a test goes on from another address.
    site.address_header = Some("x-forwarded-for".to_owned());
    let server = Server::serve(site);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", server.base).and_then(|()| out.flush()).expect("somebody listens");
    std::io::stdin().read_to_end(&mut Vec::new()).expect("somebody speaks");
}
