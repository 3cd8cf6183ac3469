//! The pages of what works on guides.

use super::{FINDS, Page, READS, Role, WRITES};

/// Each command.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: "list",
        role: Role::Reader,
        exits: READS,
        examples: &[
            "greenroom list --tier big-tech --state draft",
            "greenroom list --stale 180d",
            "greenroom list --state draft --by me -o ids | greenroom publish - -m \"November review\"",
        ],
    },
    Page {
        path: "show",
        role: Role::Reader,
        exits: FINDS,
        examples: &["greenroom show halden-systems", "greenroom show halden-systems --section loop,questions --ids"],
    },
    Page {
        path: "publish",
        role: Role::Publisher,
        exits: WRITES,
        examples: &["greenroom publish halden-systems -m \"Longer phone screen\"", "greenroom publish halden-systems orrin --dry-run"],
    },
    Page {
        path: "diff",
        role: Role::Reader,
        exits: &[4, 5, 7, 9, 10, 12, 13],
        examples: &["greenroom diff halden-systems", "greenroom diff halden-systems --from r41 --to r42 --words"],
    },
    Page {
        path: "rollback",
        role: Role::Publisher,
        exits: WRITES,
        examples: &["greenroom rollback halden-systems --to r41 -m \"Wrong source for the phone screen\""],
    },
    Page {
        path: "company list",
        role: Role::Reader,
        exits: READS,
        examples: &["greenroom company list --incomplete", "greenroom company list --changed-since 7d --sort changed -o json"],
    },
    Page {
        path: "company show",
        role: Role::Reader,
        exits: FINDS,
        examples: &["greenroom company show orrin --published", "greenroom company show orrin --revision r3 -o yaml"],
    },
    Page {
        path: "company publish",
        role: Role::Publisher,
        exits: WRITES,
        examples: &["greenroom company publish orrin -m \"First version\" --yes"],
    },
    Page {
        path: "company diff",
        role: Role::Reader,
        exits: &[4, 5, 7, 9, 10, 12, 13],
        examples: &["greenroom company diff orrin --stat", "greenroom company diff orrin --exit-code"],
    },
    Page {
        path: "company rollback",
        role: Role::Publisher,
        exits: WRITES,
        examples: &["greenroom company rollback orrin --to r2 --dry-run"],
    },
    Page {
        path: "undo",
        role: Role::Author,
        exits: WRITES,
        examples: &["greenroom undo", "greenroom undo operation_01m8cv4a36eysb7md5y7k4941h --dry-run"],
    },
    Page { path: "log", role: Role::Reader, exits: READS, examples: &["greenroom log --mine", "greenroom log --company orrin --since 7d"] },
    Page { path: "log show", role: Role::Reader, exits: FINDS, examples: &["greenroom log show operation_01m8cv4a36eysb7md5y7k4941h"] },
];
