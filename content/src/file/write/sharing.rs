//! What salary levels share, so that it is written once.

use crate::guide::SalaryRange;

/// The terms of figures as texts: of all levels, or of one where it differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms([Option<String>; 5]);

const NAMES: [&str; 5] = ["currency", "period", "basis", "as_of", "source"];

impl Terms {
    fn of(range: &SalaryRange) -> Self {
        let SalaryRange { currency, period, basis, as_of, source, .. } = range;
        let basis = basis.map(|basis| basis.to_string());
        Self([
            currency.map(|currency| currency.to_string()),
            Some(period.to_string()),
            basis,
            as_of.map(|month| month.to_string()),
            source.clone(),
        ])
    }

    /// The terms with the names of their fields.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        NAMES.into_iter().zip(self.0.iter().map(Option::as_deref))
    }
}

/// For each term the value that most levels have, the first of them where several do. A term that a level lacks cannot be shared: it would get it.
pub(super) fn shared(ranges: &[SalaryRange]) -> Terms {
    let all: Vec<Terms> = ranges.iter().map(Terms::of).collect();
    Terms(std::array::from_fn(|term| {
        let values: Option<Vec<&String>> = all.iter().map(|terms| terms.0.get(term)?.as_ref()).collect();
        let values = values?;
        let count = |value: &String| values.iter().filter(|other| **other == value).count();
        let most = values.iter().rev().max_by_key(|value| count(value))?;
        (count(most) > 1 || values.len() == 1).then(|| (*most).clone())
    }))
}

/// What a level has that is not shared.
pub(super) fn own(range: &SalaryRange, shared: &Terms) -> Terms {
    let Terms(mut terms) = Terms::of(range);
    for (own, shared) in terms.iter_mut().zip(&shared.0) {
        if own == shared {
            *own = None;
        }
    }
    Terms(terms)
}
