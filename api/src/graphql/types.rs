//! The types of the fields of a schema, as it is committed: what an answer may look like is known before it is made.

use std::collections::HashMap;
use std::sync::LazyLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, OperationType, Type, TypeDefinition, TypeKind, TypeSystemDefinition};

use super::admin::admin_sdl;
use super::public_sdl;

/// The types of the fields of a schema.
#[derive(Debug, Default)]
pub struct Types {
    fields: HashMap<String, HashMap<String, Type>>,
    /// The objects that an object of this type can be: itself, or those that implement the interface.
    possible: HashMap<String, Vec<String>>,
}

impl Types {
    /// Those of the public schema.
    #[must_use]
    pub fn public() -> &'static Self {
        static TYPES: LazyLock<Types> = LazyLock::new(|| Types::of(public_sdl()));
        &TYPES
    }

    /// Those of the admin schema.
    #[must_use]
    pub fn admin() -> &'static Self {
        static TYPES: LazyLock<Types> = LazyLock::new(|| Types::of(admin_sdl()));
        &TYPES
    }

    fn of(sdl: &str) -> Self {
        let mut types = Self::default();
        let Ok(schema) = parse_schema(sdl) else { return types };
        for definition in schema.definitions {
            if let TypeSystemDefinition::Type(definition) = definition {
                types.add(definition.node);
            }
        }
        types
    }

    fn add(&mut self, definition: TypeDefinition) {
        let name = definition.name.node.to_string();
        let fields = match definition.kind {
            TypeKind::Object(object) => {
                let interfaces = object.implements.iter().map(|interface| interface.node.to_string());
                for kind in interfaces.chain([name.clone()]) {
                    self.possible.entry(kind).or_default().push(name.clone());
                }
                object.fields
            }
            TypeKind::Interface(interface) => interface.fields,
            TypeKind::Scalar | TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::InputObject(_) => return,
        };
        let fields = fields.into_iter().map(|field| (field.node.name.node.to_string(), field.node.ty.node));
        self.fields.insert(name, fields.collect());
    }

    /// The type of a field; nothing for introspection, and for what the validation will not let through.
    pub(super) fn field(&self, parent: &str, field: &str) -> Option<&Type> {
        self.fields.get(parent)?.get(field)
    }

    /// The name of the type that a field gives, lists and all taken off; empty for a field that there is not.
    pub(super) fn named(&self, parent: &str, field: &str) -> &str {
        self.field(parent, field).map_or("", named)
    }

    /// The objects that an object of this type can be; none for a scalar.
    pub(super) fn possible(&self, kind: &str) -> &[String] {
        self.possible.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Every field that gives a list of objects, as its type, its name, and the type of what is in the list.
    pub fn lists(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let fields =
            self.fields.iter().flat_map(|(parent, fields)| fields.iter().map(move |(name, kind)| (parent.as_str(), name.as_str(), kind)));
        let lists = fields.filter(|(_, _, kind)| is_list(kind)).map(|(parent, name, kind)| (parent, name, named(kind)));
        lists.filter(|(_, _, kind)| !self.possible(kind).is_empty())
    }
}

/// The type at the root of an operation.
pub(super) const fn root(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// Whether a type is a list.
pub(super) const fn is_list(kind: &Type) -> bool {
    matches!(kind.base, BaseType::List(_))
}

/// The named type at the heart of a type, without its lists.
pub(super) fn named(kind: &Type) -> &str {
    match &kind.base {
        BaseType::Named(name) => name,
        BaseType::List(element) => named(element),
    }
}
