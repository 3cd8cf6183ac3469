//! The pages of what works on partners, their keys, and the audit record.

use super::{FINDS, HERE, Page, READS, Role, WRITES};

/// Writing with a secret that needs a place.
const MAKES: &[u8] = &[1, 3, 4, 5, 6, 7, 9, 11, 12, 13];

/// Writing what is read from files.
const REGISTERS: &[u8] = &[1, 3, 4, 5, 7, 9, 12, 13];

/// Each command.
pub(super) const PAGES: &[Page] = &[
    Page { path: "partner list", role: Role::Admin, exits: READS, examples: &["greenroom partner list"] },
    Page { path: "partner show", role: Role::Admin, exits: FINDS, examples: &["greenroom partner show aldermere"] },
    Page {
        path: "partner new",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom partner new aldermere --name Aldermere --contact keys@aldermere.example"],
    },
    Page {
        path: "partner set",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom partner set aldermere --contact web@aldermere.example"],
    },
    Page {
        path: "partner disable",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom partner disable aldermere -m \"Contract ended\""],
    },
    Page { path: "partner enable", role: Role::Admin, exits: WRITES, examples: &["greenroom partner enable aldermere"] },
    Page {
        path: "key list",
        role: Role::Admin,
        exits: FINDS,
        examples: &[
            "greenroom key list --partner aldermere",
            "greenroom key list --expiring 30d",
            "greenroom key list --unused 90d -o ids",
        ],
    },
    Page { path: "key show", role: Role::Admin, exits: FINDS, examples: &["greenroom key show key_aldermere_web"] },
    Page {
        path: "key create",
        role: Role::Admin,
        exits: MAKES,
        examples: &[
            "greenroom key create --partner aldermere --name web --scope companies:read --scope salaries:read --per-minute 600 --expires 365d --secret-file web.key",
            "greenroom key create --partner aldermere --name trial --scope companies:read --test -o json --reveal",
        ],
    },
    Page {
        path: "key set",
        role: Role::Admin,
        exits: WRITES,
        examples: &[
            "greenroom key set key_aldermere_web --per-minute 1200 --per-day 100000",
            "greenroom key set key_aldermere_web --no-expires",
        ],
    },
    Page {
        path: "key rotate",
        role: Role::Admin,
        exits: MAKES,
        examples: &[
            "greenroom key rotate key_aldermere_web --overlap 7d --secret-file new.key",
            "greenroom key rotate key_aldermere_web --finish",
            "greenroom key rotate key_aldermere_web --now --secret-file new.key",
        ],
    },
    Page {
        path: "key revoke",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom key revoke key_aldermere_web -m \"Found in a repository\""],
    },
    Page {
        path: "key verify",
        role: Role::Admin,
        exits: &[1, 4, 5, 9, 10, 12, 13],
        examples: &["greenroom key verify - < found-in-a-repository.txt", "greenroom key verify settings.env --offline"],
    },
    Page { path: "key usage", role: Role::Admin, exits: FINDS, examples: &["greenroom key usage key_aldermere_web --days 7"] },
    Page { path: "key scopes", role: Role::Anybody, exits: HERE, examples: &["greenroom key scopes"] },
    Page { path: "document list", role: Role::Admin, exits: FINDS, examples: &["greenroom document list aldermere"] },
    Page {
        path: "document register",
        role: Role::Admin,
        exits: REGISTERS,
        examples: &[
            "greenroom document register aldermere queries/*.graphql",
            "greenroom document register aldermere persisted-documents.json -m \"Release 4.2\"",
        ],
    },
    Page {
        path: "document remove",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom document remove aldermere 8a58b1f1e5f7b1c1a4e2e0a2d9d4ad5d1f8a1f3ce9a1c5f0d1b7c4d3e2f10a9b"],
    },
    Page { path: "usage", role: Role::Admin, exits: FINDS, examples: &["greenroom usage", "greenroom usage key_aldermere_web -o csv"] },
    Page {
        path: "audit",
        role: Role::Admin,
        exits: READS,
        examples: &["greenroom audit --since 7d --refused", "greenroom audit --user mira@guides.example --kind publish,rollBack"],
    },
];
