//! The pages of what works on many guides: files of a folder, and tables.

use super::writing::{ASKS, SAVES};
use super::{FINDS, Page, Role};

/// What a run over many guides can end with.
const BULK: &[u8] = &[1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 130];

/// Each command.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: "export",
        role: Role::Reader,
        exits: &[1, 4, 5, 7, 9, 12, 13, 130],
        examples: &[
            "greenroom export --dir content",
            "greenroom export halden-systems --out -",
            "greenroom export --out guides.json --format json",
        ],
    },
    Page { path: "fmt", role: Role::Anybody, exits: &[1, 3, 10], examples: &["greenroom fmt content", "greenroom fmt --check content"] },
    Page {
        path: "check",
        role: Role::Anybody,
        exits: &[1, 3],
        examples: &["greenroom check content", "greenroom check content/companies/orrin.yaml"],
    },
    Page {
        path: "plan",
        role: Role::Author,
        exits: &[1, 3, 4, 5, 6, 7, 9, 10, 12, 13],
        examples: &["greenroom plan content", "greenroom plan content --out plan.json --exit-code"],
    },
    Page {
        path: "apply",
        role: Role::Author,
        exits: &[1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 130],
        examples: &[
            "greenroom apply content --publish -m \"PR 118\"",
            "greenroom apply plan.json --publish --yes",
            "greenroom apply - --dry-run",
        ],
    },
    Page { path: "schema", role: Role::Anybody, exits: &[1], examples: &["greenroom schema"] },
    Page { path: "schema install", role: Role::Anybody, exits: &[1], examples: &["greenroom schema install --dir content"] },
    Page {
        path: "salary list",
        role: Role::Reader,
        exits: FINDS,
        examples: &["greenroom salary list --company netflix", "greenroom salary list --tier big-tech -o csv"],
    },
    Page {
        path: "salary set",
        role: Role::Author,
        exits: SAVES,
        examples: &[
            "greenroom salary set halden-systems H5 --range 250k-330k --as-of 2026-10",
            "greenroom salary set orrin \"Staff engineer\" --range 480k+ --dry-run",
        ],
    },
    Page { path: "salary remove", role: Role::Author, exits: ASKS, examples: &["greenroom salary remove orrin intern"] },
    Page {
        path: "salary import",
        role: Role::Author,
        exits: BULK,
        examples: &[
            "greenroom salary import q4.csv --dry-run",
            "greenroom salary import q4.csv --skip-bad -m \"Salaries of the fourth quarter\"",
            "greenroom salary import --resume job_01m8cv4a36eysb7md5y7k4941h",
        ],
    },
    Page {
        path: "salary export",
        role: Role::Reader,
        exits: &[1, 4, 5, 7, 9, 12, 13],
        examples: &["greenroom salary export --out pay.csv", "greenroom salary export --tier big-tech --out -"],
    },
    Page { path: "salary template", role: Role::Anybody, exits: &[], examples: &["greenroom salary template"] },
    Page {
        path: "question list",
        role: Role::Reader,
        exits: FINDS,
        examples: &["greenroom question list --company orrin", "greenroom question list --search cache --difficulty hard"],
    },
    Page { path: "question show", role: Role::Reader, exits: FINDS, examples: &["greenroom question show orrin lru-ttl"] },
    Page {
        path: "question add",
        role: Role::Author,
        exits: SAVES,
        examples: &["greenroom question add orrin coding --text \"Merge k sorted logs.\" --difficulty medium --tag merging"],
    },
    Page {
        path: "question edit",
        role: Role::Author,
        exits: SAVES,
        examples: &["greenroom question edit orrin lru-ttl --difficulty hard"],
    },
    Page { path: "question move", role: Role::Author, exits: SAVES, examples: &["greenroom question move orrin lru-ttl --first"] },
    Page { path: "question remove", role: Role::Author, exits: ASKS, examples: &["greenroom question remove orrin lru-ttl"] },
    Page {
        path: "question import",
        role: Role::Author,
        exits: BULK,
        examples: &["greenroom question import questions.csv --dry-run", "greenroom question import questions.csv --skip-bad --yes"],
    },
];
