//! Scalars that GraphQL does not have: whole numbers beyond 32 bits, days, months, currencies.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use content::calendar::{Day, YearMonth};
use content::money::Currency;

/// A whole number of up to 53 bits, as a JSON number: every number that JavaScript holds exactly.
pub(super) struct Long(pub i64);

/// A day of the calendar, without a time and without a zone: `2026-10-14` (ISO 8601).
pub(super) struct Date(pub Day);

/// A month of a year: `2026-10` (ISO 8601).
pub(super) struct YearMonthScalar(pub YearMonth);

/// The code of a currency: three capital letters (ISO 4217).
pub(super) struct CurrencyCode(pub Currency);

/// A whole number of up to 53 bits, as a JSON number: every number that JavaScript holds exactly.
#[Scalar]
impl ScalarType for Long {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::Number(number) = &value else { return Err(InputValueError::expected_type(value)) };
        let whole = number.as_i64().filter(|number| number.unsigned_abs() < 1 << 53);
        whole.map(Self).ok_or_else(|| InputValueError::custom("a whole number of up to 53 bits is expected"))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

macro_rules! text_scalar {
    ($(#[$doc:meta])* $scalar:ident($inner:ty), $name:literal) => {
        $(#[$doc])*
        #[Scalar(name = $name)]
        impl ScalarType for $scalar {
            fn parse(value: Value) -> InputValueResult<Self> {
                match &value {
                    Value::String(text) => text.parse::<$inner>().map(Self).map_err(|error| InputValueError::custom(format!("{error} is expected"))),
                    _ => Err(InputValueError::expected_type(value)),
                }
            }

            fn to_value(&self) -> Value {
                Value::from(self.0.to_string())
            }
        }
    };
}

text_scalar! {
    /// A day of the calendar, without a time and without a zone: `2026-10-14` (ISO 8601).
    Date(Day), "Date"
}
text_scalar! {
    /// A month of a year: `2026-10` (ISO 8601).
    YearMonthScalar(YearMonth), "YearMonth"
}
text_scalar! {
    /// The code of a currency: three capital letters (ISO 4217).
    CurrencyCode(Currency), "CurrencyCode"
}
