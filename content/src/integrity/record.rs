//! The records of operations: the states of a company make one chain, from its absence to how it stands.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ConnectionTrait;
use sha2::{Digest as _, Sha256};

use entity::{CompanyId, OperationId, WireId, operation, operation_change, operation_subject};

use super::Found;
use super::company::Companies;
use crate::error::Result;
use crate::operation::State;
use crate::row::Sound;
use crate::tier;
use crate::walk::Walk;

/// Stands for a state: two that are the same have the same, and the text is not held.
pub(super) type Digest = [u8; 32];

/// What an operation was seen to touch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    companies: bool,
    tiers: bool,
    others: bool,
}

/// The operations, with what each touched.
pub(super) type Operations = BTreeMap<OperationId, Seen>;

/// The digest of a state, or of the absence of a company.
pub(super) fn digest(state: Option<&State>) -> Result<Digest> {
    Ok(Sha256::digest(State::to_json(state)?).into())
}

/// Reads all operations: their answers can be read, and what they took back is there.
pub(super) async fn operations(database: &impl ConnectionTrait, found: &mut Found) -> Result<Operations> {
    let (mut operations, mut walk) = (Operations::new(), Walk::<operation::Entity>::new());
    let mut undone = Vec::new();
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            found.sound(None, operation::Entity::sound(&row));
            undone.extend(row.undoes.map(|of| (row.id, of)));
            operations.insert(row.id, Seen::default());
        }
    }
    for (id, of) in undone.iter().filter(|(_, of)| !operations.contains_key(of)) {
        found.add(None, format!("{} took back {}, which is not there", WireId::from(*id), WireId::from(*of)));
    }
    Ok(operations)
}

/// Compares the states before and after with each other and with how companies stand. Gives the number of operations that touched the tiers and no
/// company: each of them has a version of the catalogue without a change in the feed.
pub(super) async fn check(
    database: &impl ConnectionTrait,
    (companies, mut operations): (&Companies, Operations),
    found: &mut Found,
) -> Result<usize> {
    let mut chain = Chain::default();
    let mut walk = Walk::<operation_change::Entity>::new();
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            touched(&mut operations, (row.operation_id, |seen| seen.companies = true), found);
            if let Err(error) = operation_change::Entity::sound(&row) {
                found.of(row.company_id, error.to_string());
                continue;
            }
            let (before, after) = (State::from_json(&row.before)?, State::from_json(&row.after)?);
            let edits = after.as_ref().and_then(|state| state.draft.as_ref()).map(|draft| draft.edits);
            if edits != row.edits_after {
                let what = format!("the record of {} counts save {:?} as {edits:?}", WireId::from(row.operation_id), row.edits_after);
                found.of(row.company_id, what);
            }
            chain.step(row.company_id, (before, after))?;
        }
    }
    chain.end(companies, found)?;
    let mut walk = Walk::<operation_subject::Entity>::new();
    loop {
        let page = walk.next(database).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            found.sound(None, operation_subject::Entity::sound(&row));
            let note =
                if row.subject == tier::SUBJECT { |seen: &mut Seen| seen.tiers = true } else { |seen: &mut Seen| seen.others = true };
            touched(&mut operations, (row.operation_id, note), found);
        }
    }
    for (id, _) in operations.iter().filter(|(_, seen)| !(seen.companies || seen.tiers || seen.others)) {
        found.add(None, format!("{} changed nothing", WireId::from(*id)));
    }
    Ok(operations.values().filter(|seen| seen.tiers && !seen.companies).count())
}

fn touched(operations: &mut Operations, (id, note): (OperationId, fn(&mut Seen)), found: &mut Found) {
    match operations.get_mut(&id) {
        Some(seen) => note(seen),
        None => found.add(None, format!("there are changes of {}, which is not there", WireId::from(id))),
    }
}

/// States that were left by something and not yet found by something else (1), or the other way round (-1).
#[derive(Default)]
struct Chain {
    open: BTreeMap<(CompanyId, Digest), i64>,
    companies: BTreeSet<CompanyId>,
}

impl Chain {
    /// An operation found a company in one state and left it in another.
    fn step(&mut self, company: CompanyId, (before, after): (Option<State>, Option<State>)) -> Result<()> {
        self.companies.insert(company);
        // What a deletion takes along is seen by no other operation.
        let before = before.map(|state| State { kept: None, ..state });
        self.count((company, digest(before.as_ref())?), -1);
        self.count((company, digest(after.as_ref())?), 1);
        Ok(())
    }

    /// At first no company is there, and in the end each is as it stands.
    fn end(mut self, companies: &Companies, found: &mut Found) -> Result<()> {
        let absent = digest(None)?;
        for id in self.companies.iter().copied().chain(companies.keys().copied()).collect::<BTreeSet<_>>() {
            self.count((id, absent), 1);
            self.count((id, companies.get(&id).map_or(absent, |firm| firm.state)), -1);
        }
        for id in self.open.keys().map(|(id, _)| *id).collect::<BTreeSet<_>>() {
            found.of(id, "the record of what was done to it has a gap: what one operation left is not what the next one found");
        }
        Ok(())
    }

    fn count(&mut self, state: (CompanyId, Digest), by: i64) {
        let open = self.open.entry(state).or_default();
        *open += by;
        if *open == 0 {
            self.open.remove(&state);
        }
    }
}
