//! Objects of what is in memory already. The library makes a task of every field, because one may wait for something, and a tree of the values, because
//! fields come in any order. Nothing of a guide waits: its fields are resolved one after the other and written as they come.
//!
//! Where that does not go (a field fails or waits after all, or a fragment is for another type) the library does it, which can do everything.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Display;
use std::io::Write as _;
use std::pin::pin;
use std::task::{Poll, Waker};

use actix_web::web::Bytes;

use super::budget::Budget;
use super::ground::PRESENT;
use super::parts::Prepared;
use async_graphql::parser::types::{Field, Selection};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::{ContainerType, resolve_container};
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

/// An object.
pub(crate) struct Here<T>(pub(crate) T);

/// A list of objects.
pub(crate) struct All<T>(pub(crate) Vec<T>);

/// What is being written on a thread. No field waits meanwhile, so no other request comes in between.
#[derive(Default)]
struct Sheet {
    json: Vec<u8>,
    writing: bool,
    /// Something cannot be written: all of it is done by the library.
    failed: bool,
}

impl Sheet {
    fn text(&mut self, text: &str) -> bool {
        // Into memory, which cannot fail; if it did, the library would do it all.
        self.failed |= serde_json::to_writer(&mut self.json, text).is_err();
        true
    }
}

/// Bytes of room that a thread keeps for the next answer.
const MOST_ROOM: usize = 256 * 1_024;

thread_local! {
    static SHEET: RefCell<Sheet> = RefCell::default();
}

/// The shape of a type in the schema is that of another one.
macro_rules! as_in_schema {
    ($kind:ty) => {
        fn type_name() -> Cow<'static, str> {
            <$kind as OutputType>::type_name()
        }

        fn qualified_type_name() -> String {
            <$kind as OutputType>::qualified_type_name()
        }

        fn create_type_info(registry: &mut Registry) -> String {
            <$kind as OutputType>::create_type_info(registry)
        }
    };
}
pub(super) use as_in_schema;

impl<T> FromIterator<T> for All<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> FromIterator<Here<T>> for All<T> {
    fn from_iter<I: IntoIterator<Item = Here<T>>>(items: I) -> Self {
        items.into_iter().map(|Here(item)| item).collect()
    }
}

impl<T: ContainerType> OutputType for Here<T> {
    as_in_schema!(T);

    async fn resolve(&self, context: &ContextSelectionSet<'_>, _field: &Positioned<Field>) -> ServerResult<Value> {
        match write(context, || object(context, &self.0)) {
            Some(value) => Ok(value),
            None => resolve_container(context, &self.0).await,
        }
    }
}

impl<T: ContainerType> OutputType for All<T> {
    as_in_schema!(Vec<T>);

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match write(context, || list(context, &self.0, object)) {
            Some(value) => Ok(value),
            None => self.0.resolve(context, field).await,
        }
    }
}

/// Writes something. The outermost gives what was written; what is inside of it goes to its place and gives nothing.
pub(super) fn write(context: &ContextSelectionSet<'_>, put: impl FnOnce() -> Option<()>) -> Option<Value> {
    if SHEET.with_borrow(|sheet| sheet.writing) {
        if put().is_none() {
            SHEET.with_borrow_mut(|sheet| sheet.failed = true);
        }
        return Some(Value::Null);
    }
    context.data_opt::<Prepared>()?;
    let budget = context.data_opt::<Budget>();
    let before = budget.map(Budget::left);
    let writing = Writing::begin();
    let put = put();
    let written = writing.end().filter(|_| put.is_some());
    if let (None, Some(budget), Some(before)) = (&written, budget, before) {
        // It is all done once more.
        budget.set(before);
    }
    written
}

/// The time for which a sheet is written on, also if a resolver panics.
struct Writing(());

impl Writing {
    fn begin() -> Self {
        SHEET.with_borrow_mut(|sheet| {
            sheet.json.clear();
            sheet.json.shrink_to(MOST_ROOM);
            (sheet.writing, sheet.failed) = (true, false);
        });
        Self(())
    }

    /// What was written, if all of it was.
    fn end(&self) -> Option<Value> {
        let Self(()) = self;
        SHEET.with_borrow(|sheet| (!sheet.failed).then(|| Value::Binary(sheet.json.as_slice().to_vec().into())))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        SHEET.with_borrow_mut(|sheet| sheet.writing = false);
    }
}

/// Puts something there that is written already.
pub(super) fn put(bytes: &[u8]) {
    SHEET.with_borrow_mut(|sheet| sheet.json.extend_from_slice(bytes));
}

/// Puts a text onto the sheet, if one is being written.
pub(super) fn put_text(text: &str) -> bool {
    SHEET.with_borrow_mut(|sheet| sheet.writing && sheet.text(text))
}

/// Puts a list of texts there.
pub(super) fn put_texts(texts: &[String]) -> bool {
    SHEET.with_borrow_mut(|sheet| {
        if !sheet.writing {
            return false;
        }
        sheet.json.push(b'[');
        for (place, text) in texts.iter().enumerate() {
            if place > 0 {
                sheet.json.push(b',');
            }
            sheet.text(text);
        }
        sheet.json.push(b']');
        true
    })
}

/// Puts something there that needs no escapes.
pub(super) fn put_id(id: &impl Display) -> bool {
    SHEET.with_borrow_mut(|sheet| sheet.writing && write!(sheet.json, "\"{id}\"").is_ok())
}

/// Where the next is put.
pub(super) fn place() -> usize {
    SHEET.with_borrow(|sheet| sheet.json.len())
}

/// What was put there since a place.
pub(super) fn since(start: usize) -> Bytes {
    SHEET.with_borrow(|sheet| sheet.json[start..].to_vec().into())
}

/// Writes a list, each of its items by this.
pub(super) fn list<T>(
    context: &ContextSelectionSet<'_>,
    items: &[T],
    write: impl Fn(&ContextSelectionSet<'_>, &T) -> Option<()>,
) -> Option<()> {
    put(b"[");
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            put(b",");
        }
        write(&context.with_index(place), item)?;
    }
    put(b"]");
    Some(())
}

/// Writes the fields of an object that are asked for.
pub(super) fn object<T: ContainerType>(context: &ContextSelectionSet<'_>, object: &T) -> Option<()> {
    put(b"{");
    let start = place();
    fields(context, object, start)?;
    put(b"}");
    Some(())
}

fn fields<T: ContainerType>(context: &ContextSelectionSet<'_>, object: &T, start: usize) -> Option<()> {
    for item in &context.item.node.items {
        let (condition, inner) = match &item.node {
            Selection::Field(positioned) => {
                field(context, object, positioned, start)?;
                continue;
            }
            Selection::InlineFragment(fragment) => (fragment.node.type_condition.as_ref(), &fragment.node.selection_set),
            Selection::FragmentSpread(spread) => {
                let fragment = context.query_env.fragments.get(&spread.node.fragment_name.node)?;
                (Some(&fragment.node.type_condition), &fragment.node.selection_set)
            }
        };
        if condition.is_some_and(|condition| condition.node.on.node != T::type_name().as_ref()) {
            return None;
        }
        fields(&context.with_selection_set(inner), object, start)?;
    }
    Some(())
}

fn field<T: ContainerType>(context: &ContextSelectionSet<'_>, object: &T, field: &Positioned<Field>, start: usize) -> Option<()> {
    let key = field.node.response_key().node.as_str();
    if key == PRESENT {
        return Some(());
    }
    // A key is a GraphQL name: nothing in it is to be escaped.
    SHEET.with_borrow_mut(|sheet| {
        let begin: &[u8] = if sheet.json.len() > start { b",\"" } else { b"\"" };
        for part in [begin, key.as_bytes(), b"\":"] {
            sheet.json.extend_from_slice(part);
        }
    });
    let before = place();
    let value = if field.node.name.node == "__typename" {
        Value::String(T::type_name().into_owned())
    } else {
        let context = context.with_field(field);
        // Polled where it is: what a field would need if it waited is large, and moving it costs more than the field.
        let resolving = pin!(object.resolve_field(&context));
        match resolving.poll(&mut std::task::Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value.ok()?.unwrap_or_default(),
            Poll::Pending => return None,
        }
    };
    SHEET.with_borrow_mut(|sheet| {
        if sheet.json.len() == before {
            if is_made(&value) {
                return None;
            }
            serde_json::to_writer(&mut sheet.json, &value).ok()?;
        } else if value != Value::Null {
            // What is an object or a list of them stands there already, unless parts of it were written for something that the library made.
            return None;
        }
        (!sheet.failed).then_some(())
    })
}

/// Whether there is something in a value that the library made of fields: nobody has looked after the form of it.
fn is_made(value: &Value) -> bool {
    match value {
        Value::Object(_) | Value::Binary(_) => true,
        Value::List(values) => values.iter().any(is_made),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Enum(_) => false,
    }
}
