//! A row as JSON and back, by the columns of its table: whole or not at all, and each value of the type that its column has.

use sea_orm::sea_query::{ArrayType, Value};
use sea_orm::{ActiveModelTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, TryIntoModel};
use serde_json::{Map, Value as Json};

/// The columns of a row with their values.
pub(super) type Row = Map<String, Json>;

/// A row as it is written. Fails with the name of a column whose type no backup knows.
pub(super) fn to_json<E: EntityTrait>(row: &E::Model) -> Result<Row, &'static str> {
    let columns = E::Column::iter();
    columns.map(|column| Ok((column.as_str().to_owned(), json(&row.get(column)).ok_or(column.as_str())?))).collect()
}

/// A row as it is read. Fails with what is wrong.
pub(super) fn from_json<E>(mut row: Row) -> Result<E::Model, String>
where
    E: EntityTrait<ActiveModel: TryIntoModel<E::Model>>,
{
    let mut read = E::ActiveModel::default();
    for column in E::Column::iter() {
        let name = column.as_str();
        let found = row.remove(name).ok_or_else(|| format!("{name} is missing"))?;
        let value = value(&E::Model::get_value_type(column), &found).ok_or_else(|| format!("{name} is of another type"))?;
        read.try_set(column, value).map_err(|error| format!("{name}: {error}"))?;
    }
    match row.keys().next() {
        Some(name) => Err(format!("there is no column {name}")),
        None => read.try_into_model().map_err(|error| error.to_string()),
    }
}

fn json(value: &Value) -> Option<Json> {
    if let Value::Bool(found) = value {
        return Some(Json::from(*found));
    }
    if let Value::Int(found) = value {
        return Some(Json::from(*found));
    }
    if let Value::BigInt(found) = value {
        return Some(Json::from(*found));
    }
    if let Value::String(found) = value {
        return Some(Json::from(found.clone()));
    }
    if let Value::Uuid(found) = value {
        return Some(Json::from(found.map(|uuid| uuid.to_string())));
    }
    None
}

/// A value of this type, or its absence; nothing if the text holds another one.
fn value(kind: &ArrayType, json: &Json) -> Option<Value> {
    if *kind == ArrayType::Bool {
        return maybe(json, Json::as_bool).map(Value::Bool);
    }
    if *kind == ArrayType::Int {
        return maybe(json, |json| json.as_i64()?.try_into().ok()).map(Value::Int);
    }
    if *kind == ArrayType::BigInt {
        return maybe(json, Json::as_i64).map(Value::BigInt);
    }
    if *kind == ArrayType::String {
        return maybe(json, |json| json.as_str().map(str::to_owned)).map(Value::String);
    }
    if *kind == ArrayType::Uuid {
        return maybe(json, |json| json.as_str()?.parse().ok()).map(Value::Uuid);
    }
    None
}

#[expect(clippy::option_option, reason = "a value that cannot be read is something else than one that is absent")]
fn maybe<T>(json: &Json, read: impl FnOnce(&Json) -> Option<T>) -> Option<Option<T>> {
    if json.is_null() { Some(None) } else { read(json).map(Some) }
}
