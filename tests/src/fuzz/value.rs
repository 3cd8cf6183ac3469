//! Values of a type: such as exist, such as could exist, and strange ones of the right type.

use async_graphql::Name;
use async_graphql::Value;
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{BaseType, Type};

use super::shape::{Argument, Kind};
use super::{Dice, Known, Shape, strange};

/// Input objects inside of each other, after which nothing is given that can be left out.
const DEEP: usize = 4;

/// What is mostly wrong when it is made up, and would hide everything behind it.
pub const RARE: &[&str] = &["operationId", "job", "after", "before"];

/// Where values come from.
#[derive(Debug)]
pub struct Values<'a> {
    /// The schema.
    pub shape: &'a Shape,
    /// What exists.
    pub known: &'a Known,
}

impl Values<'_> {
    /// A value for an argument of a field or an input of this name.
    pub fn of(&self, dice: &mut Dice, owner: &str, argument: &Argument) -> Value {
        self.typed(dice, (owner, &argument.name), &argument.ty, 0)
    }

    fn typed(&self, dice: &mut Dice, place: (&str, &str), ty: &Type, depth: usize) -> Value {
        if ty.nullable && dice.chance(4) {
            return Value::Null;
        }
        match &ty.base {
            BaseType::List(inner) => {
                let count = if dice.chance(3) { dice.below(130) } else { dice.below(4) };
                Value::List((0..count).map(|_| self.typed(dice, place, inner, depth)).collect())
            }
            BaseType::Named(name) => self.named(dice, place, name, depth),
        }
    }

    fn named(&self, dice: &mut Dice, (owner, field): (&str, &str), name: &str, depth: usize) -> Value {
        if dice.chance(75) {
            let fits = |value: &&serde_json::Value| match name {
                "StampInput" | "GuideInput" => value.is_object(),
                "Int" | "Long" => value.is_number(),
                _ => value.is_string() && matches!(self.shape.kind(name), Kind::Scalar),
            };
            let field = if field == "expect" && name == "Int" { "version" } else { field };
            let known: Vec<_> = self.known.of(owner, field).iter().filter(fits).collect();
            if !known.is_empty() {
                return Value::from_json((*dice.pick(&known)).clone()).unwrap_or_default();
            }
        }
        match self.shape.kind(name) {
            Kind::Enum(values) => Value::Enum(Name::new(dice.pick(values))),
            Kind::Input(fields, one_of) => self.object(dice, (name, fields, *one_of), depth),
            Kind::Object(_) | Kind::Abstract(..) | Kind::Scalar => scalar(dice, name),
        }
    }

    fn object(&self, dice: &mut Dice, (name, fields, one_of): (&str, &[Argument], bool), depth: usize) -> Value {
        let one = one_of.then(|| dice.below(fields.len()));
        let often = if depth >= DEEP { 0 } else { 40 / (depth + 1) };
        let mut object = IndexMap::new();
        for (number, field) in fields.iter().enumerate() {
            let often = if RARE.contains(&field.name.as_str()) { often / 5 } else { often };
            let given = one.map_or_else(|| field.required || dice.chance(often), |one| one == number);
            if given {
                let ty = Type { base: field.ty.base.clone(), nullable: field.ty.nullable && !one_of };
                // What is given as the only one can hold itself without an end.
                let value = if depth > DEEP * 2 { Value::Null } else { self.typed(dice, (name, &field.name), &ty, depth + 1) };
                object.insert(Name::new(&field.name), value);
            }
        }
        Value::Object(object)
    }
}

fn scalar(dice: &mut Dice, name: &str) -> Value {
    let day = format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28));
    match name {
        "Int" | "Long" if dice.chance(6) => serde_json::from_str(strange::number(dice)).map_or(Value::Null, Value::Number),
        "Int" | "Long" => Value::from(dice.below(6)),
        "Float" => Value::from(0.5),
        "Boolean" => Value::from(dice.chance(50)),
        "ID" if dice.chance(60) => Value::from(format!("{:08x}-0000-7000-8000-{:012x}", dice.below(1 << 30), dice.below(1 << 40))),
        _ if dice.chance(12) => Value::from(strange::text(dice)),
        "DateTime" => Value::from(format!("{day}T00:00:00Z")),
        "Date" => Value::from(day),
        "YearMonth" => Value::from(&day[..7]),
        "CurrencyCode" => Value::from(*dice.pick(&["USD", "EUR", "JPY"])),
        _ => Value::from(*dice.pick(&["netflix", "ranking", "a", "How would you", "Größe", "staff-engineer", "none of this"])),
    }
}

/// A value as it stands in a document.
#[must_use]
pub fn literal(value: &Value) -> String {
    let list = |items: &[Value]| items.iter().map(literal).collect::<Vec<_>>().join(", ");
    match value {
        // The escapes of JSON are those of GraphQL.
        Value::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        Value::List(items) => format!("[{}]", list(items)),
        Value::Object(fields) => {
            let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {}", literal(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => value.to_string(),
    }
}
