//! Full text, in the two databases' own ways side by side. Words come in folded, so no text that a reader types can be an operator.

use sea_orm::DatabaseBackend;
use sea_orm::sea_query::{Expr, JoinType, SelectStatement};

use crate::code::Code;
use crate::error::{Error, Result};
use crate::fold::fold;

/// The words that are looked for: all must be found, the last one as the beginning of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words(Vec<String>);

/// More words than this would only make the search slow.
const MAX_WORDS: usize = 20;
const MAX_CHARS: usize = 200;

impl Words {
    /// The words of a text; none if it has none, and then nothing is looked for.
    pub(crate) fn new(text: &str) -> Result<Option<Self>> {
        if text.chars().count() > MAX_CHARS {
            return Err(Error::refused(Code::Filter, format!("The search has more than {MAX_CHARS} characters.")));
        }
        let words: Vec<String> = fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if words.len() > MAX_WORDS {
            return Err(Error::refused(Code::Filter, format!("The search has {} words; at most {MAX_WORDS} are looked for.", words.len())));
        }
        Ok((!words.is_empty()).then_some(Self(words)))
    }

    /// Adds the search to a statement over a table, and gives the expression of the rank: a whole number, more is better.
    pub(crate) fn add_to(&self, statement: &mut SelectStatement, table: &str, backend: DatabaseBackend) -> Expr {
        if backend == DatabaseBackend::Postgres {
            let query = self.postgres();
            statement.and_where(Expr::cust_with_values(format!("{table}.search @@ to_tsquery('greenroom', $1)"), [query.clone()]));
            Expr::cust_with_values(format!("CAST(ts_rank({table}.search, to_tsquery('greenroom', $1)) * 1000000 AS bigint)"), [query])
        } else {
            let index = format!("{table}_search");
            let on = Expr::cust(format!("{index}.rowid = {table}.row"));
            statement.join(JoinType::InnerJoin, sea_orm::sea_query::Alias::new(&index), on);
            statement.and_where(Expr::cust_with_values(format!("{index} MATCH ?"), [self.sqlite()]));
            // A word that most rows have weighs a millionth (FTS5 lets no weight fall to zero): the scale keeps ranks apart even then.
            Expr::cust(format!("CAST(-bm25({index}, 10.0, 1.0) * 1000000000000 AS INTEGER)"))
        }
    }

    fn sqlite(&self) -> String {
        self.0.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ") + "*"
    }

    fn postgres(&self) -> String {
        self.0.join(" & ") + ":*"
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn what_a_reader_types_is_never_an_operator() {
        let words = Words::new("A/B OR \"x\" NEAR(* ): -cold").unwrap().unwrap();
        assert_eq!(words.sqlite(), "\"a\" \"b\" \"or\" \"x\" \"near\" \"cold\"*");
        assert_eq!(words.postgres(), "a & b & or & x & near & cold:*");
    }

    #[test]
    fn a_text_without_words_looks_for_nothing() {
        assert_eq!(Words::new(" !? ").unwrap(), None);
    }
}
