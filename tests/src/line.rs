//! A line between a server and its database that a test can cut and mend: to the server it looks as if the database were stopped and started again.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// A line to an address. It ends when the value is dropped.
#[derive(Debug)]
pub struct Line {
    /// Where it begins.
    pub address: SocketAddr,
    to: String,
    open: Option<tokio::task::JoinHandle<()>>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.cut();
    }
}

impl Line {
    /// A line to a host and port.
    ///
    /// # Panics
    ///
    /// If no port is free.
    pub async fn to(host: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mut line = Self { address: listener.local_addr().expect("the port has an address"), to: host.to_owned(), open: None };
        line.carry(listener);
        line
    }

    /// Ends all connections and takes no more: whoever connects is refused.
    pub fn cut(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
        }
    }

    /// Carries on.
    ///
    /// # Panics
    ///
    /// If somebody else took the port meanwhile.
    pub async fn mend(&mut self) {
        let mut tries = 0;
        // What was cut may need a moment until it has let the port go.
        let listener = loop {
            match TcpListener::bind(self.address).await {
                Ok(listener) => break listener,
                Err(error) => assert!(tries < 50, "the port is taken: {error}"),
            }
            tries += 1;
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        self.carry(listener);
    }

    fn carry(&mut self, listener: TcpListener) {
        let to = self.to.clone();
        self.open = Some(tokio::spawn(async move {
            // With the set all connections end.
            let mut connections = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                let to = to.clone();
                connections.spawn(async move {
                    if let Ok(mut far) = TcpStream::connect(&to).await {
                        drop(copy_bidirectional(&mut near, &mut far).await);
                    }
                });
            }
        }));
    }
}
