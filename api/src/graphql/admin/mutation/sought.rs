//! The companies that an edit is about. Those that are not there are told all at once, and only when the edit is carried out: a retry of one that
//! was done is answered although its company is gone since.

use async_graphql::{Context, Result};
use content::code::Code;
use content::company;
use content::finding::{Findings, Level, Path};
use content::{CompanyId, Error};

use crate::graphql::admin::desk;
use crate::graphql::fault::fault;
use crate::graphql::query::CompanyBy;

/// Companies that were looked for, each with what is wanted of it.
pub(super) struct Sought<T> {
    found: Vec<(CompanyId, T)>,
    missing: Findings,
}

impl Sought<()> {
    /// One company.
    pub(super) async fn one(context: &Context<'_>, company: CompanyBy) -> Result<Self> {
        let mut sought = Self { found: Vec::with_capacity(1), missing: Findings::default() };
        sought.look(context, Path::root().at("company"), (company, ())).await?;
        Ok(sought)
    }

    /// The company, if it is there.
    pub(super) fn it(self) -> content::Result<CompanyId> {
        self.all()?.first().map(|(id, ())| *id).ok_or_else(|| Error::Findings(Findings::default()))
    }
}

impl<T> Sought<T> {
    /// Several companies.
    pub(super) async fn each(context: &Context<'_>, companies: impl IntoIterator<Item = (CompanyBy, T)>) -> Result<Self> {
        let mut sought = Self { found: Vec::new(), missing: Findings::default() };
        for (wanted, number) in companies.into_iter().zip(1..) {
            sought.look(context, Path::root().at("companies").at(number).at("company"), wanted).await?;
        }
        Ok(sought)
    }

    async fn look(&mut self, context: &Context<'_>, path: Path, (company, wanted): (CompanyBy, T)) -> Result<()> {
        let found = match company.into_content()? {
            Some(by) => company::locate(desk(context)?, &by).await.map_err(|error| fault(context, &error))?,
            None => None,
        };
        match found {
            Some(id) => self.found.push((id, wanted)),
            None => self.missing.add(Level::Saving, Code::NotFound, path, ("none", "the id or the slug of a company")),
        }
        Ok(())
    }

    /// The companies that are there.
    pub(super) fn ids(&self) -> Vec<CompanyId> {
        self.found.iter().map(|(id, _)| *id).collect()
    }

    /// All of them, if all are there.
    pub(super) fn all(self) -> content::Result<Vec<(CompanyId, T)>> {
        if self.missing.0.is_empty() { Ok(self.found) } else { Err(Error::Findings(self.missing)) }
    }
}
