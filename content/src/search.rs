//! Full text, in the two databases' own ways side by side. Words come in folded, so no text that a reader types can be an operator.

use sea_orm::DatabaseBackend;
use sea_orm::sea_query::{Alias, Expr, JoinType, SelectStatement};

use crate::code::Code;
use crate::error::{Error, Result};
use crate::fold::fold;

/// The words that are looked for: all must be found, the last one as the beginning of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words(Vec<String>);

/// The order of a search: best first.
pub(crate) struct Ranking {
    /// Its name. The words are part of it: a score means nothing in another search.
    pub(crate) name: String,
    /// A whole number, more is better.
    pub(crate) rank: Expr,
}

/// Adds a search to a statement, if the text has words to look for.
pub(crate) fn ranked(
    statement: &mut SelectStatement,
    searched: &Searched,
    text: Option<&str>,
    backend: DatabaseBackend,
) -> Result<Option<Ranking>> {
    let words = text.map(Words::new).transpose()?.flatten();
    Ok(words.map(|words| Ranking {
        name: format!("{}.relevance.{}", searched.noun, words.0.join(" ")),
        rank: words.add_to(statement, searched, backend),
    }))
}

/// More words than this would only make the search slow.
pub const MAX_WORDS: usize = 20;
const MAX_CHARS: usize = 200;

impl Words {
    /// The words of a text; none if it has none, and then nothing is looked for.
    fn new(text: &str) -> Result<Option<Self>> {
        if text.chars().count() > MAX_CHARS {
            return Err(Error::refused(Code::Filter, format!("The search has more than {MAX_CHARS} characters.")));
        }
        let words: Vec<String> = fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if words.len() > MAX_WORDS {
            return Err(Error::refused(Code::Filter, format!("The search has {} words; at most {MAX_WORDS} are looked for.", words.len())));
        }
        Ok((!words.is_empty()).then_some(Self(words)))
    }

    /// Adds the search over a table to a statement, and gives the expression of the rank: a whole number, more is better.
    fn add_to(&self, statement: &mut SelectStatement, searched: &Searched, backend: DatabaseBackend) -> Expr {
        let table = searched.table;
        if backend == DatabaseBackend::Postgres {
            let (query, values) = self.postgres();
            statement.and_where(Expr::cust_with_values(format!("{table}.search @@ {query}"), values.clone()));
            Expr::cust_with_values(format!("CAST(ts_rank({table}.search, {query}) * 1000000 AS bigint)"), values)
        } else {
            let index = format!("{table}_search");
            let on = Expr::cust(format!("{index}.rowid = {table}.row"));
            statement.join(JoinType::InnerJoin, Alias::new(&index), on);
            statement.and_where(Expr::cust_with_values(format!("{index} MATCH ?"), [self.sqlite(searched.title)]));
            // A word that most rows have weighs a millionth (FTS5 lets no weight fall to zero): the scale keeps ranks apart even then.
            Expr::cust(format!("CAST(-bm25({index}, 10.0, 1.0, 10.0, 1.0) * 1000000000000 AS INTEGER)"))
        }
    }

    /// All words by their stems; the last one by its stem or by how it begins.
    fn sqlite(&self, title: &str) -> String {
        let stems = self.0.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
        let Some((last, before)) = stems.split_last() else { return String::new() };
        let mut parts: Vec<&str> = before.iter().map(String::as_str).collect();
        let either = format!("({last} OR {{{title}_begin words_begin}} : {last} *)");
        parts.push(&either);
        parts.join(" AND ")
    }

    /// The same for PostgreSQL: an expression and its values.
    fn postgres(&self) -> (&'static str, Vec<String>) {
        const LAST: &str = "(to_tsquery('greenroom', $1) || to_tsquery('simple', $2))";
        const ALL: &str = "((to_tsquery('greenroom', $1) || to_tsquery('simple', $2)) && to_tsquery('greenroom', $3))";
        let Some((last, before)) = self.0.split_last() else { return (LAST, Vec::new()) };
        let mut values = vec![last.clone(), format!("{last}:*")];
        if before.is_empty() {
            return (LAST, values);
        }
        values.push(before.join(" & "));
        (ALL, values)
    }
}

/// A table that can be searched, the column of it that weighs most, and what its entries are called.
pub(crate) struct Searched {
    pub(crate) noun: &'static str,
    pub(crate) table: &'static str,
    pub(crate) title: &'static str,
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn what_a_reader_types_is_never_an_operator() {
        let words = Words::new("A/B OR \"x\" NEAR(* ): -cold").unwrap().unwrap();
        assert!(words.0.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())), "{words:?}");
        let expected = r#""a" AND "b" AND "or" AND "x" AND "near" AND ("cold" OR {t_begin words_begin} : "cold" *)"#;
        assert_eq!(words.sqlite("t"), expected);
    }

    #[test]
    fn a_text_without_words_looks_for_nothing() {
        assert_eq!(Words::new(" !? ").unwrap(), None);
    }
}
