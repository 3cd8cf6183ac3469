//! The load: connections that each send one request after the other, as fast as they are answered, and look at every answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use memchr::memchr_iter;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::shot::Shot;

/// Threads that send. Two, as many as the machines that this is made for have to spare at most.
const THREADS: usize = 2;
/// How the length of a body is said, by the framework of all servers here.
const LENGTH: &[u8] = b"content-length: ";
/// Of so many answers, one is read and compared in full; of all, the status, the length and the beginning. In full they are read when the time is over:
/// that is work of the load, and what the API is compared with has nothing to be read.
const IN_FULL: u64 = 64;
/// So many of a connection are put aside for that.
const ASIDE: usize = 256;

/// Whether a body is the right answer to the request at a place.
pub(crate) type Look = Box<dyn Fn(usize, &[u8]) -> bool + Send + Sync>;

/// In which order requests are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// At random, until the time is over.
    Random(Duration),
    /// One after the other, so many times each.
    Through(usize),
}

/// Requests and how answers to them are looked at.
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) shots: Vec<Shot>,
    /// Looks at the whole answer to one of them.
    pub(crate) is_right: Look,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// What each answered request took, in nanoseconds, sorted.
    pub(crate) taken_ns: Vec<u32>,
    /// How long it went on.
    pub(crate) elapsed: Duration,
    /// Bytes of the last body.
    pub(crate) bytes: usize,
    /// Requests with their answers, to be read.
    aside: Vec<(usize, Vec<u8>)>,
}

/// Sends requests over so many connections.
///
/// # Errors
///
/// The first answer that is not right, or a connection that breaks.
pub(crate) fn run(target: &Arc<Target>, connections: usize, order: Order, seed: u64) -> Result<Outcome, String> {
    let began = Instant::now();
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let target = Arc::clone(target);
            let own = connections / THREADS;
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
                let tasks = tokio::task::LocalSet::new();
                tasks.block_on(&runtime, async {
                    let sending = (0..own).map(|number| {
                        let number = thread * own + number;
                        let seed = seed.wrapping_mul(1_000).wrapping_add(u64::try_from(number).unwrap_or_default());
                        let places = Places::of(order, (began, seed), (number, own * THREADS), target.shots.len());
                        tokio::task::spawn_local(send(Arc::clone(&target), places, seed))
                    });
                    let mut whole = Outcome::default();
                    for task in sending.collect::<Vec<_>>() {
                        let part = task.await.map_err(|error| error.to_string())??;
                        whole.take(part);
                    }
                    Ok::<_, String>(whole)
                })
            })
        })
        .collect();
    let mut whole = Outcome::default();
    for thread in threads {
        let part = thread.join().map_err(|_| "a thread that sends broke".to_owned())??;
        whole.take(part);
    }
    whole.elapsed = began.elapsed();
    if let Some((place, body)) = whole.aside.iter().find(|(place, body)| !(target.is_right)(*place, body)) {
        return Err(wrong(*place, body));
    }
    whole.taken_ns.sort_unstable();
    Ok(whole)
}

impl Outcome {
    fn take(&mut self, part: Self) {
        self.taken_ns.extend(part.taken_ns);
        self.bytes = part.bytes;
        self.aside.extend(part.aside);
    }
}

fn wrong(place: usize, body: &[u8]) -> String {
    format!("a wrong answer to request {place}: {}", String::from_utf8_lossy(&body[..body.len().min(600)]))
}

/// What one connection sends, one after the other.
enum Places {
    Random { random: Box<ChaCha8Rng>, count: u64, end: Instant },
    Through(Vec<usize>),
}

impl Places {
    fn of(order: Order, (began, seed): (Instant, u64), (number, connections): (usize, usize), count: usize) -> Self {
        match order {
            Order::Random(length) => Self::Random {
                random: Box::new(ChaCha8Rng::seed_from_u64(seed)),
                count: u64::try_from(count).unwrap_or(1).max(1),
                end: began + length,
            },
            Order::Through(times) => Self::Through((0..times).flat_map(|_| (number..count).step_by(connections)).rev().collect()),
        }
    }

    fn next(&mut self) -> Option<usize> {
        match self {
            Self::Random { random, count, end } => {
                (Instant::now() < *end).then(|| usize::try_from(random.next_u64() % *count).unwrap_or_default())
            }
            Self::Through(places) => places.pop(),
        }
    }
}

async fn send(target: Arc<Target>, mut places: Places, seed: u64) -> Result<Outcome, String> {
    let broken = |error: std::io::Error| format!("a connection broke: {error}");
    let mut stream = TcpStream::connect(target.address).await.map_err(broken)?;
    stream.set_nodelay(true).map_err(broken)?;
    let (mut request, mut buffer) = (Vec::new(), Vec::with_capacity(64 * 1_024));
    let (mut outcome, mut sent) = (Outcome::default(), 0_u64);
    while let Some(place) = places.next() {
        let began = Instant::now();
        let shot = &target.shots[place];
        // No two requests of a run have the same number, nor of two runs: that is what makes a question a new one.
        shot.write(&mut request, seed.wrapping_mul(10_000_000).wrapping_add(sent));
        stream.write_all(&request).await.map_err(broken)?;
        let body = answer(&mut stream, &mut buffer).await?;
        outcome.taken_ns.push(u32::try_from(began.elapsed().as_nanos()).unwrap_or(u32::MAX));
        let body = &buffer[body..];
        if !body.starts_with(shot.beginning.as_bytes()) {
            return Err(wrong(place, body));
        }
        if sent % IN_FULL == 0 && outcome.aside.len() < ASIDE {
            outcome.aside.push((place, body.to_vec()));
        }
        outcome.bytes = body.len();
        sent += 1;
    }
    Ok(outcome)
}

/// Reads one answer into the buffer. Gives where its body begins.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<usize, String> {
    buffer.clear();
    let mut whole = None;
    loop {
        if stream.read_buf(buffer).await.map_err(|error| format!("a connection broke: {error}"))? == 0 {
            return Err("the server closed a connection".to_owned());
        }
        if whole.is_none() {
            whole = head(buffer)?;
        }
        if let Some((begin, length)) = whole
            && buffer.len() >= begin + length
        {
            return if buffer.len() == begin + length { Ok(begin) } else { Err("more than one answer came".to_owned()) };
        }
    }
}

/// Where the body begins and how long it is, once the head is there. Nothing else of the head is read: what it says beside that would be work of the load,
/// and what the API is compared with says less.
fn head(buffer: &[u8]) -> Result<Option<(usize, usize)>, String> {
    let (mut line, mut length) = (0, None);
    for end in memchr_iter(b'\n', buffer) {
        let text = &buffer[line..end];
        if text == b"\r" {
            if !buffer.starts_with(b"HTTP/1.1 200 ") {
                return Err(format!("not status 200: {}", String::from_utf8_lossy(buffer)));
            }
            return length.map(|length| Some((end + 1, length))).ok_or_else(|| "an answer without a length".to_owned());
        }
        if let Some(digits) = text.strip_prefix(LENGTH) {
            let digits = digits.iter().take_while(|sign| sign.is_ascii_digit());
            length = Some(digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0')));
        }
        line = end + 1;
    }
    Ok(None)
}
