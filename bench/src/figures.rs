//! What is measured: in one pass, and of all passes together.

use serde::Serialize;

use crate::way::Way;
use crate::works::Work;

/// What was measured of one way: the median of each figure over the passes, and of ratios the median of what they were within one pass. The time of the processor, which is counted
/// roughly, is that of all passes together; bytes are those of the last one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) database: &'static str,
    pub(crate) work: &'static str,
    pub(crate) way: Way,
    pub(crate) requests: usize,
    pub(crate) per_second: f64,
    /// Requests for one of static bytes.
    pub(crate) of_static: Option<f64>,
    /// Requests for one of the bare handler.
    pub(crate) of_bare: Option<f64>,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    /// So many times that of static bytes.
    pub(crate) p99_of_static: Option<f64>,
    /// Processor time of the server for one request.
    pub(crate) cpu_us: f64,
    pub(crate) bytes: usize,
    /// Memory of the server afterwards.
    pub(crate) memory_bytes: u64,
}

/// What was measured of one way in one pass.
#[derive(Clone, Debug)]
pub(crate) struct Pass {
    pub(crate) requests: usize,
    pub(crate) per_second: f64,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    /// Seconds of a processor that the server used.
    pub(crate) used: f64,
    pub(crate) bytes: usize,
    pub(crate) memory_bytes: u64,
}

impl Row {
    /// All passes of one way, with those of what it is compared with.
    pub(crate) fn of(
        (database, work, way): (&'static str, Work, Way),
        passes: &[Pass],
        (fixed, bare): (Option<&[Pass]>, Option<&[Pass]>),
    ) -> Self {
        let middle = |figure: fn(&Pass) -> f64| median(passes.iter().map(figure));
        let ratio = |others: Option<&[Pass]>, figure: fn(&Pass) -> f64| {
            others.map(|others| median(passes.iter().zip(others).map(|(pass, other)| figure(pass) / figure(other))))
        };
        let requests = passes.iter().map(|pass| pass.requests).sum();
        let used: f64 = passes.iter().map(|pass| pass.used).sum();
        let last = passes.last();
        Self {
            database,
            work: work.name(),
            way,
            requests,
            per_second: middle(|pass| pass.per_second),
            of_static: ratio(fixed, |pass| pass.per_second),
            of_bare: ratio(bare, |pass| pass.per_second),
            p50_us: middle(|pass| pass.p50_us),
            p99_us: middle(|pass| pass.p99_us),
            p99_of_static: ratio(fixed, |pass| pass.p99_us),
            cpu_us: used / count(requests) * 1_000_000.0,
            bytes: last.map_or(0, |pass| pass.bytes),
            memory_bytes: last.map_or(0, |pass| pass.memory_bytes),
        }
    }
}

/// The figure in the middle, or between the two there.
fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    let (low, high) = (figures.len().saturating_sub(1) / 2, figures.len() / 2);
    figures.get(low).zip(figures.get(high)).map(|(low, high)| f64::midpoint(*low, *high)).unwrap_or_default()
}

/// A count as a figure; never none, so that it can be divided by.
#[expect(clippy::cast_precision_loss, reason = "requests of seconds")]
pub(crate) fn count(requests: usize) -> f64 {
    requests.max(1) as f64
}
