//! A schema, as far as a document needs it: which type has which fields, and which arguments they take.

use std::collections::BTreeMap;

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition};

/// The types of a schema by their names.
#[derive(Debug)]
pub struct Shape(BTreeMap<String, Kind>);

/// A type.
#[derive(Debug)]
pub enum Kind {
    /// An object with its fields.
    Object(Vec<Field>),
    /// An interface or a union, with the fields that can be selected at once and the objects that it may be.
    Abstract(Vec<Field>, Vec<String>),
    /// An input object; of some exactly one field is given.
    Input(Vec<Argument>, bool),
    /// The values of an enum.
    Enum(Vec<String>),
    /// A scalar.
    Scalar,
}

/// A field.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it gives.
    pub ty: Type,
    /// What it takes.
    pub arguments: Vec<Argument>,
}

/// An argument, or a field of an input object.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
}

impl Shape {
    /// Reads a schema.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[must_use]
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub fn of(sdl: &str) -> Self {
        let (mut kinds, mut members) = (BTreeMap::new(), BTreeMap::<String, Vec<String>>::new());
        for definition in parse_schema(sdl).expect("a schema").definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            if let TypeKind::Object(object) = &definition.node.kind {
                for interface in &object.implements {
                    members.entry(interface.node.to_string()).or_default().push(definition.node.name.node.to_string());
                }
            }
            kinds.insert(definition.node.name.node.to_string(), kind(&definition.node));
        }
        for (interface, objects) in members {
            if let Some(Kind::Abstract(_, known)) = kinds.get_mut(&interface) {
                known.extend(objects);
            }
        }
        Self(kinds)
    }

    /// The type of this name; a scalar of the language itself is none of the schema's.
    #[must_use]
    pub fn kind(&self, name: &str) -> &Kind {
        self.0.get(name).unwrap_or(&Kind::Scalar)
    }

    /// Whether there is a type of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether something of a type has fields of its own.
    #[must_use]
    pub fn is_composite(&self, name: &str) -> bool {
        matches!(self.kind(name), Kind::Object(_) | Kind::Abstract(..))
    }
}

/// The name within all lists.
#[must_use]
pub fn innermost(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => innermost(inner),
    }
}

fn kind(definition: &TypeDefinition) -> Kind {
    match &definition.kind {
        TypeKind::Scalar => Kind::Scalar,
        TypeKind::Object(object) => Kind::Object(fields(&object.fields)),
        TypeKind::Interface(interface) => Kind::Abstract(fields(&interface.fields), Vec::new()),
        TypeKind::Union(union) => Kind::Abstract(Vec::new(), union.members.iter().map(|name| name.node.to_string()).collect()),
        TypeKind::Enum(values) => Kind::Enum(values.values.iter().map(|value| value.node.value.node.to_string()).collect()),
        TypeKind::InputObject(input) => {
            let one_of = definition.directives.iter().any(|directive| directive.node.name.node == "oneOf");
            Kind::Input(arguments(&input.fields), one_of)
        }
    }
}

fn fields(fields: &[Positioned<FieldDefinition>]) -> Vec<Field> {
    let field = |field: &FieldDefinition| Field {
        name: field.name.node.to_string(),
        ty: field.ty.node.clone(),
        arguments: arguments(&field.arguments),
    };
    fields.iter().map(|one| field(&one.node)).collect()
}

fn arguments(arguments: &[Positioned<InputValueDefinition>]) -> Vec<Argument> {
    let argument = |argument: &InputValueDefinition| Argument {
        name: argument.name.node.to_string(),
        ty: argument.ty.node.clone(),
        required: !argument.ty.node.nullable && argument.default_value.is_none(),
    };
    arguments.iter().map(|one| argument(&one.node)).collect()
}
