//! Who looks. A reader looks through a `View`, and a draft is not filtered out of it: no function that reads drafts takes one.
//! An editor sits at a `Desk`.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use entity::{CatalogueVersion, CompanyId, KeyMode, Role, Scope, published_guide};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, QueryResult};

use crate::access::session::Standing;
use crate::access::{Caller, Gate};
use crate::api_key::Pass;
use crate::code::Code;
use crate::company::Pointer;
use crate::edit::Author;
use crate::error::{Doing, Error, Result};
use crate::published::Guide;
use crate::shelf::Place;
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
    /// What of the content is shown to this viewer, in words: to viewers with the same words the same is shown. Where only registered documents are
    /// answered, which ones these are is among the words.
    #[must_use]
    pub fn sight(&self) -> Cow<'static, str> {
        match self {
            Self::Anonymous => "anonymous".into(),
            Self::Operator => "operator".into(),
            Self::Partner(pass) => {
                let words = pass.scopes.iter().fold(pass.mode.word().to_owned(), |words, scope| words + " " + scope.word());
                if pass.trusted_only { (words + " only " + pass.documents.digest()).into() } else { words.into() }
            }
        }
    }
}

/// Published content, as one viewer may see it.
#[derive(Clone, Debug)]
pub struct View {
    pub(crate) store: Store,
    viewer: Viewer,
    shown: Shown,
}

/// How long a copy of the database may take before the database itself is asked.
const COPY_PATIENCE: Duration = Duration::from_secs(1);

/// What a reader was shown through a view, as far as it can change: a clone sees the same.
#[derive(Clone, Debug, Default)]
pub struct Shown(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    companies: BTreeSet<CompanyId>,
    catalogue: bool,
}

impl Shown {
    /// The companies whose guides were shown, in the order of their ids.
    #[must_use]
    pub fn companies(&self) -> Vec<CompanyId> {
        self.lock().companies.iter().copied().collect()
    }

    /// Whether something was shown that any company can change: a list, a count, or that something is not there.
    #[must_use]
    pub fn catalogue(&self) -> bool {
        self.lock().catalogue
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl View {
    pub(crate) fn new(store: Store, viewer: Viewer) -> Self {
        Self { store, viewer, shown: Shown::default() }
    }

    /// What is shown through it, now and later.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.shown.clone()
    }

    /// Whether this view may look at what was remembered or copied. Whoever runs the database sees the database itself, also after a restore.
    pub(crate) fn may_remember(&self) -> bool {
        match self.viewer {
            Viewer::Anonymous | Viewer::Partner(_) => true,
            Viewer::Operator => false,
        }
    }

    /// The copy of the database, if this view may look at it and it has all that is known just now.
    async fn replica(&self) -> Option<&DatabaseConnection> {
        if !self.may_remember() || !self.store.has_replica() || self.store.beat().await.is_err() {
            return None;
        }
        self.store.replica()
    }

    /// The rows of a statement, never of an older state than was seen before: where the copy is behind or fails, the database itself is asked.
    pub(crate) async fn rows(&self, statement: &SelectStatement, what: &'static str) -> Result<Vec<QueryResult>> {
        if let Some(replica) = self.replica().await {
            let known = self.store.pulse.version();
            let is_current = |row: &QueryResult| row.try_get::<CatalogueVersion>("", Pointer::SEEN).is_ok_and(|seen| seen >= known);
            match tokio::time::timeout(COPY_PATIENCE, replica.query_all(statement)).await {
                // That nothing is there says no version.
                Ok(Ok(rows)) if rows.is_empty() => {}
                Ok(Ok(rows)) if rows.iter().all(is_current) => return Ok(rows),
                Ok(_) | Err(_) => self.store.pulse.replica_failed(),
            }
        }
        self.store.reader().query_all(statement).await.doing(what)
    }

    /// The guides at these places, from memory or with one statement.
    pub(crate) async fn guides(&self, places: &[Place]) -> Result<HashMap<Place, Arc<Guide>>> {
        if let Some(replica) = self.replica().await {
            match tokio::time::timeout(COPY_PATIENCE, self.store.shelf.take(replica, places)).await {
                Ok(Ok(guides)) => return Ok(guides),
                Ok(Err(_)) | Err(_) => self.store.pulse.replica_failed(),
            }
        }
        self.store.shelf.take(self.store.reader(), places).await
    }

    /// Notes companies whose guides are shown.
    pub(crate) fn shows(&self, companies: impl IntoIterator<Item = CompanyId>) {
        self.shown.lock().companies.extend(companies);
    }

    /// Notes that something is shown that any company can change.
    pub(crate) fn shows_catalogue(&self) {
        self.shown.lock().catalogue = true;
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

    /// Which parts of the content may be read: a bit for each scope, in their order.
    #[must_use]
    pub fn reach(&self) -> u64 {
        Scope::ALL.iter().enumerate().fold(0, |bits, (place, scope)| bits | u64::from(self.has(*scope)) << place)
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
