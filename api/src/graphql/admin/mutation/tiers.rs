//! Changing the list of tiers.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use content::code::Code;
use content::edit::Edit;
use content::finding::{Findings, quoted};
use content::tier::{self, Tier};
use content::{Key, OperationKind};

use crate::graphql::admin::answer::Answer;
use crate::graphql::admin::desk;
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::admin::tier::TierList;
use crate::graphql::fault::fault;

/// What came of an edit of the list of tiers.
#[derive(SimpleObject)]
pub(super) struct TierEdit {
    #[graphql(flatten)]
    answer: Answer,
    /// The list as it is now.
    tiers: TierList,
}

impl TierEdit {
    async fn of(context: &Context<'_>, answer: Answer) -> Result<Self> {
        let tiers = tier::list(&desk(context)?.view()).await.map_err(|error| fault(context, &error))?;
        Ok(Self { answer, tiers: tiers.into() })
    }
}

/// A tier to put into the list, or to change.
#[derive(InputObject)]
pub(super) struct SetTier {
    /// Its name in guides and filters. It never changes.
    key: String,
    /// Its name for people.
    name: String,
    /// Its place in the list, from 1; a new tier without one comes last, another one stays where it is.
    position: Option<i32>,
    /// What the writer saw: the `stamp` of the list.
    expect: Option<String>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// The order of the list.
#[derive(InputObject)]
pub(super) struct ArrangeTiers {
    /// The keys in their new order. Those that are not named follow as they stand.
    keys: Vec<String>,
    /// What the writer saw: the `stamp` of the list.
    expect: Option<String>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A tier to take off the list.
#[derive(InputObject)]
pub(super) struct RemoveTier {
    /// Its key. No guide and no draft may name it.
    key: String,
    /// What the writer saw: the `stamp` of the list.
    expect: Option<String>,
    #[graphql(flatten)]
    order: OrderInput,
}

fn key(text: &str) -> content::Result<Key> {
    text.parse::<Key>().map_err(|error| Findings::one(Code::NameMalformed, "key", (quoted(text), error.to_string())).into())
}

/// Changing the list of tiers.
#[derive(Default)]
pub(super) struct Tiers;

/// Changing the list of tiers.
#[Object]
impl Tiers {
    /// Puts a tier into the list, or gives it another name and place. Needs the role admin.
    async fn set_tier(&self, context: &Context<'_>, #[graphql(desc = "The tier.")] input: SetTier) -> Result<TierEdit> {
        let request = request("setTier", &input);
        let SetTier { key: text, name, position, expect, order } = input;
        let act = async |edit: &mut Edit| {
            tier::expect(edit, expect.as_deref()).await?;
            let (key, position) = (key(&text)?, tier::place(edit, &text, position).await?);
            tier::put(edit, Tier { key, name, position }).await
        };
        TierEdit::of(context, order.perform(context, (OperationKind::Tiers, request), act).await?).await
    }

    /// Puts the tiers into another order. Needs the role admin.
    async fn arrange_tiers(&self, context: &Context<'_>, #[graphql(desc = "The order.")] input: ArrangeTiers) -> Result<TierEdit> {
        let request = request("arrangeTiers", &input);
        let ArrangeTiers { keys, expect, order } = input;
        let act = async |edit: &mut Edit| {
            tier::expect(edit, expect.as_deref()).await?;
            tier::arrange(edit, &keys.iter().map(|text| key(text)).collect::<content::Result<Vec<_>>>()?).await
        };
        TierEdit::of(context, order.perform(context, (OperationKind::Tiers, request), act).await?).await
    }

    /// Takes a tier off the list. Refused while a guide or a draft is in it (CON-008). Needs the role admin.
    async fn remove_tier(&self, context: &Context<'_>, #[graphql(desc = "The tier.")] input: RemoveTier) -> Result<TierEdit> {
        let request = request("removeTier", &input);
        let RemoveTier { key: text, expect, order } = input;
        let act = async |edit: &mut Edit| {
            tier::expect(edit, expect.as_deref()).await?;
            tier::remove(edit, &key(&text)?).await
        };
        TierEdit::of(context, order.perform(context, (OperationKind::Tiers, request), act).await?).await
    }
}
