//! Orders of lists.

use async_graphql::{Enum, InputObject};
use content::company::CompanyOrder as ByCompany;
use content::question::QuestionOrder as ByQuestion;
use content::salary_range::SalaryRangeOrder as BySalary;

/// Which way round a list is sorted.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum OrderDirection {
    /// The smallest first.
    Asc,
    /// The largest first.
    Desc,
}

macro_rules! order {
    ($(#[$doc:meta])* $order:ident, $(#[$field_doc:meta])* $field:ident { $($(#[$variant_doc:meta])* $variant:ident => $content:expr),* $(,)? } -> $target:ty) => {
        $(#[$field_doc])*
        #[derive(Enum, Clone, Copy, PartialEq, Eq)]
        pub enum $field { $($(#[$variant_doc])* $variant,)* }

        $(#[$doc])*
        #[derive(InputObject)]
        pub(crate) struct $order {
            /// What the list is sorted by.
            field: $field,
            /// Which way round; the smallest first if it is not said.
            direction: Option<OrderDirection>,
        }

        impl $order {
            /// The order in the words of `content`, and whether it is the other way round.
            pub(crate) fn into_content(self) -> ($target, bool) {
                let order = match self.field { $($field::$variant => $content),* };
                (order, self.direction == Some(OrderDirection::Desc))
            }
        }
    };
}

order! {
    /// The order of a list of companies.
    CompanyOrder,
    /// What a list of companies can be sorted by.
    CompanyOrderField {
        /// By name, without case and accents.
        Name => ByCompany::Name,
        /// By the time at which the revision was published.
        PublishedAt => ByCompany::PublishedAt,
    } -> ByCompany
}

order! {
    /// The order of a list of questions.
    QuestionOrder,
    /// What a list of questions can be sorted by.
    QuestionOrderField {
        /// By the company's name, and within a guide as its editors put them.
        Company => ByQuestion::Company,
        /// From easy to hard; questions without a difficulty come before easy ones.
        Difficulty => ByQuestion::Difficulty,
    } -> ByQuestion
}

order! {
    /// The order of a list of salary ranges.
    SalaryRangeOrder,
    /// What a list of salary ranges can be sorted by.
    SalaryRangeOrderField {
        /// By the company's name, and within a guide by seniority.
        Company => BySalary::Company,
        /// By the lower figure as a number: filter by one currency to compare like with like.
        MinAmount => BySalary::Min,
        /// By the upper figure as a number, or the lower one where there is no upper one.
        MaxAmount => BySalary::Max,
    } -> BySalary
}
