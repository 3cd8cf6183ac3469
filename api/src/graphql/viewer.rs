//! Who asks, and what they may see.

use async_graphql::{Enum, SimpleObject};

/// Who asks.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum ViewerKind {
    /// Somebody who proved nothing.
    Anonymous,
}

/// A part of the content that a viewer may see.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "these are the names of the scopes; scopes that write belong to another schema")]
pub enum Scope {
    /// Companies, their loops, tips and plans.
    CompaniesRead,
    /// Questions and their categories.
    QuestionsRead,
    /// Salary ranges.
    SalariesRead,
}

/// Who asks, and what they may see.
#[derive(SimpleObject)]
pub(super) struct Viewer {
    /// Who asks.
    kind: ViewerKind,
    /// What they may see.
    scopes: Vec<Scope>,
}

impl From<&content::view::Viewer> for Viewer {
    fn from(viewer: &content::view::Viewer) -> Self {
        use content::view::Viewer as Content;
        match viewer {
            // The operator is never a caller of this schema: through it, everybody is a reader.
            Content::Anonymous | Content::Operator => {
                Self { kind: ViewerKind::Anonymous, scopes: vec![Scope::CompaniesRead, Scope::QuestionsRead, Scope::SalariesRead] }
            }
        }
    }
}
