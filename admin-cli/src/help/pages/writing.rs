//! The pages of what changes guides, and of what keeps the database safe.

use super::{FINDS, Page, Role, WRITES};

/// What a command can end with that saves a draft without a question.
pub(super) const SAVES: &[u8] = &[1, 3, 4, 5, 6, 7, 9, 12, 13];

/// What a command can end with that saves a draft, and asks where somebody sits.
pub(super) const ASKS: &[u8] = &[1, 3, 4, 5, 6, 7, 9, 11, 12, 13];

/// What an edit can end with.
const EDITS: &[u8] = &[1, 3, 4, 5, 6, 7, 9, 11, 12, 13, 130];

/// Each command.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: "edit",
        role: Role::Author,
        exits: EDITS,
        examples: &[
            "greenroom edit halden-systems",
            "greenroom edit halden-systems --section loop",
            "greenroom edit halden-systems --resume",
        ],
    },
    Page { path: "company edit", role: Role::Author, exits: EDITS, examples: &["greenroom company edit orrin --editor \"code --wait\""] },
    Page {
        path: "company new",
        role: Role::Author,
        exits: SAVES,
        examples: &[
            "greenroom company new \"Halden Systems\" --tier big-tech --edit",
            "greenroom company new \"Orrin\" --from halden-systems --dry-run",
        ],
    },
    Page {
        path: "company set",
        role: Role::Author,
        exits: SAVES,
        examples: &[
            "greenroom company set halden-systems loop.tech-screen.duration=75m name=\"Halden Systems\"",
            "greenroom company set orrin questions.coding.weight=30% verified_on:=",
        ],
    },
    Page {
        path: "company add",
        role: Role::Author,
        exits: SAVES,
        examples: &[
            "greenroom company add orrin tips --text \"Ask which team the role is for.\" --first",
            "greenroom company add orrin loop --title \"Lunch\" --duration 45m --after tech-screen",
        ],
    },
    Page { path: "company move", role: Role::Author, exits: SAVES, examples: &["greenroom company move orrin loop.lunch --last"] },
    Page {
        path: "company remove",
        role: Role::Author,
        exits: ASKS,
        examples: &["greenroom company remove orrin loop.lunch", "greenroom company remove orrin plan.6 --dry-run"],
    },
    Page {
        path: "company weights",
        role: Role::Author,
        exits: SAVES,
        examples: &[
            "greenroom company weights halden-systems",
            "greenroom company weights halden-systems --balance --dry-run",
            "greenroom company weights halden-systems --set coding=30,ai=20",
        ],
    },
    Page {
        path: "company check",
        role: Role::Reader,
        exits: &[3, 4, 5, 7, 9, 12, 13],
        examples: &["greenroom company check orrin", "greenroom list --state draft -o ids | greenroom company check -"],
    },
    Page {
        path: "company unpublish",
        role: Role::Publisher,
        exits: WRITES,
        examples: &["greenroom company unpublish orrin -m \"Asked to\""],
    },
    Page {
        path: "company discard",
        role: Role::Author,
        exits: WRITES,
        examples: &["greenroom company discard orrin", "greenroom company discard orrin --dry-run"],
    },
    Page { path: "company history", role: Role::Reader, exits: FINDS, examples: &["greenroom company history halden-systems --all"] },
    Page { path: "company rename", role: Role::Publisher, exits: WRITES, examples: &["greenroom company rename orrin orrin-labs"] },
    Page { path: "company archive", role: Role::Publisher, exits: WRITES, examples: &["greenroom company archive orrin"] },
    Page { path: "company restore", role: Role::Publisher, exits: WRITES, examples: &["greenroom company restore orrin"] },
    Page {
        path: "company delete",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom company delete orrin", "greenroom company delete orrin --confirm orrin"],
    },
    Page {
        path: "import text",
        role: Role::Author,
        exits: WRITES,
        examples: &[
            "greenroom import text page.txt --company orrin --dry-run",
            "greenroom import text - --new \"Orrin\" --accept-unsure --yes",
        ],
    },
    Page {
        path: "db backup",
        role: Role::Operator,
        exits: &[1, 7, 9, 13],
        examples: &["greenroom db backup --out greenroom.jsonl", "greenroom db backup --out - | age -r \"$KEY\" > greenroom.age"],
    },
    Page {
        path: "db restore",
        role: Role::Operator,
        exits: &[1, 3, 6, 7, 9, 11, 13],
        examples: &["greenroom db restore greenroom.jsonl --dry-run", "greenroom db restore greenroom.jsonl"],
    },
    Page { path: "db check", role: Role::Operator, exits: &[3, 7, 9, 13], examples: &["greenroom db check"] },
];
