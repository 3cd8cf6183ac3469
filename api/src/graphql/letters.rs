//! Texts, ids and terms of what is in memory: put onto the sheet as they are (`here`), without a value made of each first. A type that has fields of
//! these is always in a `Here` or an `All`, so that its braces are written, too.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::EnumType;
use async_graphql::{ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value};

use content::WireId;

use super::here::{self, as_in_schema};

/// A text.
pub(crate) struct Text<T>(pub(crate) T);

/// Texts.
pub(crate) struct Texts<'a>(pub(crate) &'a [String]);

/// An id, which is made of letters, digits and underscores.
pub(crate) struct Id(pub(crate) WireId);

/// One of the terms of an enum.
pub(crate) struct Term<T>(pub(crate) T);

impl<T: AsRef<str> + Send + Sync> OutputType for Text<T> {
    as_in_schema!(String);

    async fn resolve(&self, _context: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        let text = self.0.as_ref();
        Ok(if here::put_text(text) { Value::Null } else { Value::from(text) })
    }
}

impl OutputType for Texts<'_> {
    as_in_schema!(Vec<String>);

    async fn resolve(&self, _context: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        Ok(if here::put_texts(self.0) { Value::Null } else { self.0.iter().map(String::as_str).collect() })
    }
}

impl OutputType for Id {
    as_in_schema!(ID);

    async fn resolve(&self, _context: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        Ok(if here::put_id(&self.0) { Value::Null } else { Value::from(self.0.to_string()) })
    }
}

impl<T: EnumType + OutputType> OutputType for Term<T> {
    as_in_schema!(T);

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match T::items().iter().find(|item| item.value == self.0) {
            Some(item) if here::put_text(item.name) => Ok(Value::Null),
            Some(_) | None => self.0.resolve(context, field).await,
        }
    }
}
