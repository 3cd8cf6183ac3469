//! A connection with a clock: when the server has had nothing to send for too long, it is over, whatever trickles in meanwhile.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::rt::net::TcpStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// A connection that is held for a while only.
pub(super) struct Patient {
    stream: TcpStream,
    patience: Duration,
    /// When something was sent last.
    sent: Instant,
    /// Rings when it may be over, and not for each answer anew: to set a clock costs more than to look at one.
    clock: Pin<Box<Sleep>>,
}

impl Patient {
    pub(super) fn new(stream: TcpStream, patience: Duration) -> Self {
        Self { stream, patience, sent: Instant::now(), clock: Box::pin(tokio::time::sleep(patience)) }
    }

    /// An error once the time is over. Until then whoever waits here is woken when it is.
    fn look(&mut self, context: &mut Context<'_>) -> std::io::Result<()> {
        while self.clock.as_mut().poll(context).is_ready() {
            let end = self.sent + self.patience;
            if Instant::now() >= end {
                return Err(Error::new(ErrorKind::TimedOut, "nothing was sent for too long"));
            }
            self.clock.as_mut().reset(end);
        }
        Ok(())
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        self.look(context)?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        self.look(context)?;
        let sent = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.sent = Instant::now();
        Poll::Ready(Ok(sent))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
