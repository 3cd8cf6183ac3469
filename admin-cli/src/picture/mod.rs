//! Pictures in plain text, for where people would rather look than read: weights as bars, a loop as a time line, pay as bands. Each is lines of
//! at most the width that it is given; without colour they say the same.

mod pay;
mod time_line;
mod weights;

pub(crate) use pay::bands;
pub(crate) use time_line::time_line;
pub(crate) use weights::bars;

/// A share of a width, in whole columns; what is more than nothing is seen.
fn share(part: i64, whole: i64, width: usize) -> usize {
    if part <= 0 || whole <= 0 {
        return 0;
    }
    // Figures of money times columns do not fit into 64 bits.
    let (part, whole) = (i128::from(part), i128::from(whole));
    let columns = (part * i128::try_from(width).unwrap_or(i128::from(u32::MAX)) + whole / 2) / whole;
    usize::try_from(columns).unwrap_or(width).max(1)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_rounded_and_never_vanishes() {
        assert_eq!(share(50, 100, 30), 15);
        assert_eq!(share(1, 1_000, 30), 1);
        assert_eq!(share(0, 100, 30), 0);
        assert_eq!(share(i64::MAX, i64::MAX, 30), 30, "the largest figures do not overflow");
    }
}
