//! The one SQL statement with which a bare handler answers each operation, in the two databases' own ways side by side: JSON made by the database, of
//! the same parts as the API's answer.

use sea_orm::DatabaseBackend;

use crate::works::Work;

/// The companies behind one in the list.
const BEHIND: &str = "SELECT company_id, slug, name_folded, tier FROM published_guide \
    WHERE (name_folded, company_id) > (SELECT name_folded, company_id FROM published_guide WHERE slug = $1) ORDER BY name_folded, company_id LIMIT 20";

/// The statement; its parameter is a slug, or the words that are searched for.
pub(crate) fn statement(work: Work, backend: DatabaseBackend) -> String {
    let postgres = backend == DatabaseBackend::Postgres;
    let (object, list) = if postgres { ("json_build_object", "json_agg") } else { ("json_object", "json_group_array") };
    let statement = match work {
        // The document as it is stored; nothing is cheaper.
        Work::Page => "SELECT r.body FROM published_guide g JOIN revision r ON r.company_id = g.company_id AND r.number = g.revision \
            WHERE g.slug = $1"
            .to_owned(),
        Work::List => format!(
            "SELECT {} FROM (SELECT {object}('totalCount', (SELECT count(*) FROM published_guide), 'nodes', (SELECT {list}({object}('slug', p.slug, \
             'name', p.name_folded, 'tier', t.name)) FROM ({BEHIND}) p JOIN tier t ON t.key = p.tier)) AS body) b",
            text("b.body", postgres)
        ),
        Work::Twenty => format!(
            "SELECT {} FROM (SELECT {list}({object}('slug', p.slug, 'name', p.name_folded, \
             'questions', (SELECT {list}(q.text_folded) FROM (SELECT text_folded FROM published_question \
             WHERE company_id = p.company_id ORDER BY position LIMIT 5) q), \
             'salaryRanges', (SELECT {list}({object}('level', s.level_folded, 'min', s.min_amount, 'max', s.max_amount)) \
             FROM published_salary_range s WHERE s.company_id = p.company_id))) AS body FROM ({BEHIND}) p) b",
            text("b.body", postgres)
        ),
        Work::Search => {
            let found = if postgres {
                "SELECT text_folded, company_id FROM published_question WHERE search @@ plainto_tsquery('greenroom', $1) \
                 ORDER BY ts_rank(search, plainto_tsquery('greenroom', $1)) DESC LIMIT 10"
            } else {
                "SELECT q.text_folded, q.company_id FROM published_question_search JOIN published_question q ON q.row = published_question_search.rowid \
                 WHERE published_question_search MATCH $1 ORDER BY bm25(published_question_search) LIMIT 10"
            };
            format!(
                "SELECT {} FROM (SELECT {list}({object}('text', q.text_folded, 'slug', g.slug)) AS body FROM ({found}) q \
                 JOIN published_guide g ON g.company_id = q.company_id) b",
                text("b.body", postgres)
            )
        }
        Work::TwoFields => format!(
            "SELECT {} FROM (SELECT {object}('slug', slug, 'name', name_folded) AS body FROM published_guide WHERE slug = $1) b",
            text("b.body", postgres)
        ),
    };
    if postgres { statement } else { statement.replace("$1", "?1") }
}

fn text(column: &str, postgres: bool) -> String {
    if postgres { format!("{column}::text") } else { column.to_owned() }
}
