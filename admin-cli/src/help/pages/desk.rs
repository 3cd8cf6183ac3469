//! The pages of what works on users, tiers, sessions and the database.

use super::{FINDS, Page, READS, Role, WRITES};

/// Each command.
pub(super) const PAGES: &[Page] = &[
    Page {
        path: "db status",
        role: Role::Operator,
        exits: &[9],
        examples: &["greenroom db status", "greenroom db status --database-url sqlite:greenroom.db -o json"],
    },
    Page { path: "db migrate", role: Role::Operator, exits: &[1, 9, 13], examples: &["greenroom db migrate"] },
    Page {
        path: "db admin",
        role: Role::Operator,
        exits: &[3, 6, 9, 11, 13],
        examples: &["greenroom db admin nora@guides.example", "printf %s \"$PASSWORD\" | greenroom db admin nora@guides.example"],
    },
    Page {
        path: "db seed",
        role: Role::Operator,
        exits: &[8, 9, 13],
        examples: &["greenroom db seed", "greenroom db seed --synthetic 400"],
    },
    Page {
        path: "auth login",
        role: Role::Anybody,
        exits: &[1, 4, 9, 11, 12, 13],
        examples: &[
            "greenroom auth login -p production",
            "printf %s \"$PASSWORD\" | greenroom auth login --email ci@guides.example --password-stdin",
        ],
    },
    Page { path: "auth logout", role: Role::Reader, exits: &[1, 13], examples: &["greenroom auth logout -p production"] },
    Page { path: "auth status", role: Role::Anybody, exits: &[1], examples: &["greenroom auth status"] },
    Page {
        path: "auth token",
        role: Role::Reader,
        exits: &[4, 9, 13],
        examples: &["greenroom auth token", "(umask 077; greenroom auth token > ~/.greenroom-token)"],
    },
    Page { path: "auth password", role: Role::Reader, exits: &[3, 4, 9, 11, 12, 13], examples: &["greenroom auth password"] },
    Page { path: "user list", role: Role::Admin, exits: READS, examples: &["greenroom user list --fields email,role"] },
    Page { path: "user show", role: Role::Admin, exits: FINDS, examples: &["greenroom user show mira@guides.example"] },
    Page {
        path: "user new",
        role: Role::Admin,
        exits: WRITES,
        examples: &[
            "greenroom user new tomas@guides.example --name \"Tomas Lind\" --role author",
            "printf %s \"$PASSWORD\" | greenroom user new ci@guides.example --name CI --role publisher --password-stdin",
        ],
    },
    Page {
        path: "user set-role",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom user set-role tomas@guides.example publisher -m \"Reviews the big tech guides\""],
    },
    Page {
        path: "user set-name",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom user set-name tomas@guides.example \"Tomas Berg\""],
    },
    Page {
        path: "user disable",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom user disable tomas@guides.example -m \"Left the team\""],
    },
    Page { path: "user enable", role: Role::Admin, exits: WRITES, examples: &["greenroom user enable tomas@guides.example"] },
    Page {
        path: "user reset-password",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom user reset-password tomas@guides.example"],
    },
    Page {
        path: "user sessions",
        role: Role::Reader,
        exits: &[4, 5, 7, 9, 11, 12, 13],
        examples: &[
            "greenroom user sessions",
            "greenroom user sessions tomas@guides.example",
            "greenroom user sessions --revoke session_01m8cv49axeafb2q5aa20w1csv",
        ],
    },
    Page { path: "tier list", role: Role::Reader, exits: READS, examples: &["greenroom tier list"] },
    Page { path: "tier new", role: Role::Admin, exits: WRITES, examples: &["greenroom tier new scale-up \"Scale-up\" --position 3"] },
    Page { path: "tier set", role: Role::Admin, exits: WRITES, examples: &["greenroom tier set scale-up --name \"Scale-ups\""] },
    Page {
        path: "tier move",
        role: Role::Admin,
        exits: WRITES,
        examples: &["greenroom tier move scale-up --after startup", "greenroom tier move scale-up --first"],
    },
    Page { path: "tier remove", role: Role::Admin, exits: WRITES, examples: &["greenroom tier remove scale-up --dry-run"] },
    Page {
        path: "api",
        role: Role::Reader,
        exits: &[1, 3, 4, 5, 6, 7, 9, 12, 13],
        examples: &[
            "greenroom api -f queries/coverage.graphql -F tier=big-tech",
            "echo '{ tiers { tiers { key } } }' | greenroom api -f -",
        ],
    },
    Page { path: "status", role: Role::Reader, exits: READS, examples: &["greenroom status", "greenroom status -o json"] },
];
