//! Who looks. A reader looks through a `View`, and a draft is not filtered out of it: no function that reads drafts takes one.
//! An editor sits at a `Desk`.

use std::borrow::Cow;
use std::sync::Arc;

use entity::{KeyMode, Role, Scope, published_guide};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::access::session::Standing;
use crate::access::{Caller, Gate};
use crate::api_key::Pass;
use crate::code::Code;
use crate::edit::Author;
use crate::error::{Error, Result};
use crate::store::Store;

/// Who asks to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody who proved nothing.
    Anonymous,
    /// Somebody who proved an API key.
    Partner(Arc<Pass>),
    /// Who runs the database.
    Operator,
}

impl Viewer {
    /// What of the content is shown to this viewer, in words: to viewers with the same words the same is shown.
    #[must_use]
    pub fn sight(&self) -> Cow<'static, str> {
        match self {
            Self::Anonymous => "anonymous".into(),
            Self::Operator => "operator".into(),
            Self::Partner(pass) => pass.scopes.iter().fold(pass.mode.word().to_owned(), |words, scope| words + " " + scope.word()).into(),
        }
    }
}

/// Published content, as one viewer may see it.
#[derive(Clone, Debug)]
pub struct View {
    pub(crate) store: Store,
    viewer: Viewer,
}

impl View {
    pub(crate) const fn new(store: Store, viewer: Viewer) -> Self {
        Self { store, viewer }
    }

    /// Who looks.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Whether this part of the content may be read.
    #[must_use]
    pub fn has(&self, scope: Scope) -> bool {
        match &self.viewer {
            Viewer::Partner(pass) => pass.scopes.contains(&scope),
            Viewer::Anonymous | Viewer::Operator => true,
        }
    }

    /// Refuses whoever may not read this part of the content.
    ///
    /// # Errors
    ///
    /// [`Code::ScopeMissing`], with the scope that it takes and those that the key has.
    pub fn require(&self, scope: Scope) -> Result<()> {
        match &self.viewer {
            Viewer::Partner(pass) if !pass.scopes.contains(&scope) => {
                let has: Vec<&str> = pass.scopes.iter().map(|scope| scope.word()).collect();
                let message = format!("This needs the scope {scope}; {} has {}.", pass.label, has.join(", "));
                Err(Error::refused(Code::ScopeMissing, message))
            }
            Viewer::Partner(_) | Viewer::Anonymous | Viewer::Operator => Ok(()),
        }
    }

    /// Whether this viewer sees a company that is a sample, or one that is none.
    pub(crate) fn sees(&self, sample: bool) -> bool {
        match &self.viewer {
            Viewer::Partner(pass) if pass.mode == KeyMode::Test => sample,
            Viewer::Partner(_) | Viewer::Anonymous | Viewer::Operator => true,
        }
    }

    /// Narrows a statement to the companies that this viewer sees, by a column with their identity.
    pub(crate) fn narrow(&self, statement: &mut SelectStatement, company: Expr) {
        match &self.viewer {
            Viewer::Partner(pass) if pass.mode == KeyMode::Test => {
                let samples = published_guide::Column::Sample.eq(true);
                let samples =
                    Query::select().column(published_guide::Column::CompanyId).from(published_guide::Entity).and_where(samples).take();
                statement.and_where(company.in_subquery(samples));
            }
            Viewer::Partner(_) | Viewer::Anonymous | Viewer::Operator => {}
        }
    }
}

/// All content, open to one author for reading and for edits.
#[derive(Clone, Debug)]
pub struct Desk {
    pub(crate) store: Store,
    author: Author,
    role: Role,
    standing: Option<Standing>,
    caller: Caller,
}

impl Desk {
    /// The operator's: who holds the database may do everything, and is recorded under the name given.
    pub(crate) fn new(store: Store, author: Author) -> Self {
        Self { store, author, role: Role::Admin, standing: None, caller: Caller::default() }
    }

    /// That of somebody who logged in.
    pub(crate) fn of(store: Store, standing: Standing) -> Self {
        let author = Author::new(standing.user.email.as_str());
        Self { store, author, role: standing.role(), standing: Some(standing), caller: Caller::default() }
    }

    /// The same desk, for a request that comes from there.
    #[must_use]
    pub fn called_by(self, caller: Caller) -> Self {
        Self { caller, ..self }
    }

    /// Where the request comes from.
    #[must_use]
    pub const fn caller(&self) -> &Caller {
        &self.caller
    }

    /// What whoever sits here may do.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The session of whoever sits here; nothing for the operator, who needs none.
    #[must_use]
    pub const fn standing(&self) -> Option<&Standing> {
        self.standing.as_ref()
    }

    /// Who sits here.
    #[must_use]
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// The door beside the desk: sessions and the keys of their tokens.
    #[must_use]
    pub fn gate(&self) -> Gate {
        self.store.gate()
    }

    /// What the readers see.
    #[must_use]
    pub fn view(&self) -> View {
        View::new(self.store.clone(), Viewer::Operator)
    }
}
