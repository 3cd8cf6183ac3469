//! The pages of what works on this computer alone.

use super::{HERE, Page, Role};

/// Each command.
pub(super) const PAGES: &[Page] = &[
    Page { path: "profile list", role: Role::Anybody, exits: HERE, examples: &["greenroom profile list"] },
    Page {
        path: "profile show",
        role: Role::Anybody,
        exits: HERE,
        examples: &["greenroom profile show", "greenroom profile show staging"],
    },
    Page {
        path: "profile add",
        role: Role::Anybody,
        exits: HERE,
        examples: &[
            "greenroom profile add production --api https://api.guides.example --protected",
            "greenroom profile add local --database sqlite:greenroom.db --act-as nora@guides.example --default",
        ],
    },
    Page { path: "profile use", role: Role::Anybody, exits: HERE, examples: &["greenroom profile use staging"] },
    Page {
        path: "profile set",
        role: Role::Anybody,
        exits: HERE,
        examples: &["greenroom profile set production --protected=false", "greenroom profile set staging --email mira@guides.example"],
    },
    Page { path: "profile remove", role: Role::Anybody, exits: HERE, examples: &["greenroom profile remove staging"] },
    Page { path: "config list", role: Role::Anybody, exits: HERE, examples: &["greenroom config list --show-origin"] },
    Page { path: "config get", role: Role::Anybody, exits: HERE, examples: &["greenroom config get editor"] },
    Page { path: "config set", role: Role::Anybody, exits: HERE, examples: &["greenroom config set editor=\"code --wait\""] },
    Page { path: "config unset", role: Role::Anybody, exits: HERE, examples: &["greenroom config unset editor pager"] },
    Page { path: "config path", role: Role::Anybody, exits: HERE, examples: &["greenroom config path"] },
    Page {
        path: "help",
        role: Role::Anybody,
        exits: HERE,
        examples: &["greenroom help company list", "greenroom help bulk", "greenroom help VAL-031"],
    },
    Page { path: "version", role: Role::Anybody, exits: HERE, examples: &["greenroom version"] },
    Page {
        path: "completion",
        role: Role::Anybody,
        exits: HERE,
        examples: &["greenroom completion zsh > ~/.local/share/zsh/site-functions/_greenroom", "greenroom completion bash --static"],
    },
    Page { path: "man", role: Role::Anybody, exits: HERE, examples: &["greenroom man | man -l -", "greenroom man --dir target/man"] },
    Page {
        path: "doctor",
        role: Role::Anybody,
        exits: &[1, 4, 7, 9, 13],
        examples: &["greenroom doctor", "greenroom doctor -p production --report report.txt"],
    },
    Page {
        path: "setup",
        role: Role::Anybody,
        exits: &[1, 9, 11, 13],
        examples: &[
            "greenroom setup",
            "greenroom setup --database sqlite:greenroom.db --admin-email nora@guides.example --password-file - --no-input",
            "greenroom setup --api https://api.guides.example -p production",
        ],
    },
];
