//! The first minute: from settings to a site that answers, and one clear line for everything that can be in the way.

mod chores;
mod error;
mod first_admin;
mod place;
mod serving;

use std::net::TcpListener;

use content::company::{self, Selection};
use content::edit::Author;
use content::page::{Asked, Window};
use content::question;
use content::store::Store;
use content::view::{Desk, Viewer};
use migration::Standing;

use crate::access::Keys;
use crate::answers::Answers;
use crate::http::Site;
use crate::limiter::{Limiter, Patience};
use crate::metrics::Metrics;
use crate::settings::{self, Settings, SettingsError};
use crate::traces::Traces;

pub use chores::{Chores, chores};
pub use error::StartError;
pub use first_admin::{Users, email, first_admin};
pub(crate) use place::{Place, beside};
pub(crate) use serving::alone;
pub use serving::{Serving, serving};

/// What the start did, to be told to whoever started it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// The database, without a password.
    pub database: String,
    /// Steps by which it was brought up to date.
    pub migrated: usize,
    /// Starter guides that were put in.
    pub planted: usize,
    /// Whether anybody can log in.
    pub users: Users,
}

/// Takes the port before anything else is touched.
///
/// # Errors
///
/// If the address is taken or not one of this machine.
pub fn listen(settings: &Settings) -> Result<TcpListener, StartError> {
    let listen = settings.listen.to_string();
    TcpListener::bind(settings.listen).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AddrInUse {
            StartError::Taken { listen }
        } else {
            StartError::Address { listen, why: error.to_string() }
        }
    })
}

/// Opens the database, brings it up to date, and puts the starter guides into an empty one. Of several that start at once, one does it.
///
/// # Errors
///
/// If the database cannot be reached, made, written, or is newer than this program.
pub async fn site(settings: &Settings) -> Result<(Site, Started), StartError> {
    let place = Place::of(settings)?;
    let _file = place.prepare().await?;
    let mut store = place.open(settings).await?;
    let traces = settings.otlp_endpoint.as_deref().map(Traces::to).transpose().map_err(|why| StartError::Collector { why })?;
    let metrics = Metrics::new(&store);
    watch(&mut store, &metrics, traces.as_ref());
    let _turn = migration::turn(store.writer()).await.map_err(|error| place.unusable(&error))?;
    let migrated = up_to_date(&place, &store).await?;
    let planted = if settings.starter_guides {
        seed::starter::plant(&store.desk(Author::new("greenroom-api"))).await.map_err(|error| place.unusable(&error))?
    } else {
        0
    };
    let desk = store.desk(Author::new("greenroom-api"));
    let users = first_admin(&desk, settings.first_admin.as_ref(), settings::first_admin_password()).await?;
    let gate = store.gate();
    if let Err(error) = gate.tidy().await {
        tracing::warn!(error = %error, "old sessions were not removed");
    }
    store.open_all().await.map_err(|error| place.unusable(&error))?;
    let mut site = Site::new(store, settings.limits);
    site.keys = Keys::new(gate, Some(place.signing_key(settings)?));
    site.keys.ready().await?;
    if let Some(url) = &settings.redis_url {
        let limiter = Limiter::shared(url, site.store.clock().clone(), Patience::default()).await;
        site.limiter = limiter.map_err(|why| SettingsError(vec![why]))?;
    }
    site.address_header.clone_from(&settings.address_header);
    site.answers = Answers::within(settings.answer_bytes);
    site.anonymous = settings.anonymous;
    site.origins.clone_from(&settings.cors_origins);
    site.metrics = metrics;
    site.metrics_readers.clone_from(&settings.metrics);
    site.traces = traces;
    Ok((site, Started { database: place.shown, migrated, planted, users }))
}

/// Lets every statement be counted, and told to the collector of traces.
fn watch(store: &mut Store, metrics: &Metrics, traces: Option<&Traces>) {
    let (metrics, traces) = (metrics.clone(), traces.cloned());
    store.on_statement(move |statement| {
        metrics.statement(statement.elapsed, statement.failed);
        if let Some(traces) = &traces {
            traces.statement(&statement.statement.sql, statement.elapsed, statement.failed);
        }
    });
}

/// Brings a database up to date. Gives the steps that were missing.
pub(crate) async fn up_to_date(place: &Place, store: &Store) -> Result<usize, StartError> {
    match migration::standing(store.writer()).await.map_err(|error| place.unusable(&error))? {
        Standing::Current => Ok(0),
        Standing::Newer(steps) => Err(newer(&steps)),
        Standing::Behind(steps) => {
            migration::apply(store.writer()).await.map_err(|error| place.unusable(&error))?;
            Ok(steps)
        }
    }
}

pub(crate) fn newer(steps: &[String]) -> StartError {
    StartError::Newer { count: steps.len(), last: steps.last().cloned().unwrap_or_default() }
}

/// A database that is there and up to date. Nothing is made or changed.
pub(crate) async fn open(settings: &Settings) -> Result<(Place, Store), StartError> {
    let place = Place::of(settings)?;
    if place.file.as_ref().is_some_and(|file| !file.exists()) {
        return Err(StartError::Missing { database: place.shown });
    }
    let store = place.open(settings).await?;
    match migration::look(store.writer()).await.map_err(|error| place.unusable(&error))? {
        Standing::Current => Ok((place, store)),
        Standing::Behind(steps) => Err(StartError::Behind { database: place.shown, steps }),
        Standing::Newer(steps) => Err(newer(&steps)),
    }
}

/// What is found in a database by looking only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// There is no database yet.
    Nothing,
    /// It is not as this program needs it.
    Outdated(usize),
    /// It was made by a newer program.
    Newer(usize),
    /// It holds this much.
    Ready(Counts),
}

/// Looks at a database without making or changing anything. Gives its address, without a password, and what was found.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn look(settings: &Settings) -> Result<(String, Found), StartError> {
    let place = Place::of(settings)?;
    if place.file.as_ref().is_some_and(|file| !file.exists()) {
        return Ok((place.shown, Found::Nothing));
    }
    let store = place.open(settings).await?;
    let found = match migration::look(store.writer()).await.map_err(|error| place.unusable(&error))? {
        Standing::Behind(steps) => Found::Outdated(steps),
        Standing::Newer(steps) => Found::Newer(steps.len()),
        Standing::Current => {
            let site = Site::new(store, settings.limits);
            Found::Ready(counts(&site).await.map_err(|why| StartError::Database { database: place.shown.clone(), why })?)
        }
    };
    Ok((place.shown, found))
}

/// How much there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Companies with a published guide.
    pub companies: u64,
    /// Questions in all of them.
    pub questions: u64,
}

/// Counts what readers can see.
///
/// # Errors
///
/// What the database says when it fails.
pub async fn counts(site: &Site) -> Result<Counts, String> {
    let view = site.store.view(Viewer::Anonymous);
    let count = async {
        let none = || Window::new(Asked { first: Some(0), ..Asked::default() }, 1);
        let companies = company::list(&view, &Selection::default(), none()?).await?.total(&view).await?;
        let questions = question::list(&view, &Selection::default(), none()?).await?.total(&view).await?;
        content::Result::<Counts>::Ok(Counts { companies, questions })
    };
    count.await.map_err(|error| error.to_string())
}

/// The desk of whoever runs the database: everything they do is recorded under this name.
#[must_use]
pub fn operator(site: &Site, name: &str) -> Desk {
    site.store.desk(Author::new(name))
}
