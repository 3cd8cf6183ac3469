//! What administrators do with the documents of a partner.

use async_graphql::{Context, InputObject, Object, Result};
use content::OperationKind;
use content::code::Code;
use content::edit::Edit;
use content::finding::{Findings, Level, Path, quoted};
use content::partner::Named;
use content::trusted_document::{self as documents, Hash, NewDocument};

use super::partners::{PartnerEdit, found, there};
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::admin::partner::PartnerBy;
use crate::graphql::check;
use crate::limits::Limits;

/// Documents to be registered.
#[derive(InputObject)]
pub(super) struct RegisterDocuments {
    /// For which partner.
    partner: PartnerBy,
    /// Their texts. Each is a document that the public API answers; one that is registered already stays as it is.
    documents: Vec<String>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Documents to be taken off.
#[derive(InputObject)]
pub(super) struct UnregisterDocuments {
    /// Of which partner.
    partner: PartnerBy,
    /// Their hashes: SHA-256 in 64 hexadecimal digits.
    documents: Vec<String>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// The documents, if the public API answers all of them.
async fn checked(texts: &[String], limits: &Limits) -> Result<Vec<NewDocument>, Findings> {
    let (mut right, mut findings) = (Vec::with_capacity(texts.len()), Findings::default());
    for (text, number) in texts.iter().zip(1..) {
        match check(text, limits).await {
            Ok(document) => right.push(document),
            Err(wrong) => {
                let path = Path::root().at("documents").at(number);
                for error in wrong {
                    findings.add(Level::Saving, Code::DocumentWrong, path.clone(), (error, "a document that it answers"));
                }
            }
        }
    }
    if findings.0.is_empty() { Ok(right) } else { Err(findings) }
}

fn hashes(texts: &[String]) -> Result<Vec<Hash>, Findings> {
    let (mut right, mut findings) = (Vec::with_capacity(texts.len()), Findings::default());
    for (text, number) in texts.iter().zip(1..) {
        let Some(hash) = Hash::read(text) else {
            let path = Path::root().at("documents").at(number);
            findings.add(Level::Saving, Code::DocumentHash, path, (quoted(text), "64 hexadecimal digits"));
            continue;
        };
        right.push(hash);
    }
    if findings.0.is_empty() { Ok(right) } else { Err(findings) }
}

/// What administrators do with the documents of a partner.
#[derive(Default)]
pub(super) struct TrustedDocuments;

/// What administrators do with the documents of a partner.
#[Object]
impl TrustedDocuments {
    /// Registers documents for a partner: keys can be for these alone, and every server knows them by their hash within a second. Needs the role admin.
    async fn register_documents(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The documents.")] input: RegisterDocuments,
    ) -> Result<PartnerEdit> {
        let request = request("registerDocuments", &input);
        let RegisterDocuments { partner, documents: texts, order } = input;
        let id = found(context, partner).await?;
        // Before the transaction: it should not wait for the reading of hundreds of documents.
        let checked = checked(&texts, context.data::<Limits>()?).await;
        let act = async |edit: &mut Edit| documents::register(edit, there(id)?, checked?).await;
        let answer = order.perform(context, (OperationKind::Partners, request), act).await?;
        PartnerEdit::of(context, answer, id.map(Named::Id)).await
    }

    /// Takes documents of a partner off its list; keys that are for these alone are refused for them within a second. Needs the role admin.
    async fn unregister_documents(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The documents.")] input: UnregisterDocuments,
    ) -> Result<PartnerEdit> {
        let request = request("unregisterDocuments", &input);
        let UnregisterDocuments { partner, documents: texts, order } = input;
        let id = found(context, partner).await?;
        let act = async |edit: &mut Edit| documents::unregister(edit, there(id)?, &hashes(&texts)?).await;
        let answer = order.perform(context, (OperationKind::Partners, request), act).await?;
        PartnerEdit::of(context, answer, id.map(Named::Id)).await
    }
}
