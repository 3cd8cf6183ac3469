//! The admin schema without a server: whoever holds the database asks in the same process, and is answered the same.

use content::access::Caller;
use content::edit::Author;
use content::view::Desk;
use serde_json::Value as Json;

use crate::graphql::Budget;
use crate::graphql::admin::{Now, brought_by};
use crate::graphql::fault::RequestId;
use crate::http::Site;
use crate::settings::Settings;
use crate::startup::{self, StartError};

/// An operator at a database that is up to date.
#[derive(Clone)]
pub struct Local {
    site: Site,
    desk: Desk,
    shown: String,
}

impl std::fmt::Debug for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Local").field("database", &self.shown).finish_non_exhaustive()
    }
}

impl Local {
    /// Opens the database that the settings name. What is done is recorded under the author's name.
    ///
    /// # Errors
    ///
    /// If the database is not there, is not up to date, or cannot be used. Nothing is made or changed.
    pub async fn open(settings: &Settings, author: &str) -> Result<Self, StartError> {
        let (place, store) = startup::open(settings).await?;
        let site = Site::new(store, settings.limits);
        let desk = site.store.desk(Author::new(author));
        Ok(Self { site, desk, shown: place.shown })
    }

    /// The database, without a password.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.shown
    }

    /// Answers a request in the form of GraphQL over HTTP: `query`, `variables`, `operationName`.
    ///
    /// # Errors
    ///
    /// If the request is no such object.
    pub async fn ask(&self, request: Json) -> Result<Json, serde_json::Error> {
        let request: async_graphql::Request = serde_json::from_value(request)?;
        let id = self.site.store.request_id();
        let caller = Caller::new("", "greenroom").with_request(id.as_str());
        let desk = self.desk.clone().called_by(caller.clone());
        let gate = desk.gate();
        let request = brought_by(request, &gate, Some(desk));
        let request = request.data(self.site.keys.clone()).data(caller).data(Now(self.site.store.now()));
        // There is nobody to protect against but oneself, so an answer may have any number of entries.
        let request = request.data(RequestId(id)).data(Budget::new(usize::MAX));
        serde_json::to_value(self.site.admin.execute(request).await)
    }
}
