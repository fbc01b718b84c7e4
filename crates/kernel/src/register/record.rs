//! A record as it stands, and a draft of what it shall be.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{RegisterDef, Value};

/// A record of any register.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Who, when, which version.
    pub meta: Meta,
    /// The fields' values, in the order of the definition.
    pub values: Vec<Value>,
    /// The child rows, one list for each kind, in the order of the definition.
    pub children: Vec<Vec<Child>>,
}

/// What every record carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    /// Its id.
    pub id: Uuid,
    /// The unit it was written for.
    pub unit: Uuid,
    /// The state in its lifecycle; empty when the register has none.
    pub state: String,
    /// Its version; a save names the version it read.
    pub version: i64,
    /// When it was first written.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
    /// When it was last written.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
    /// Why it was taken out, if it was.
    pub removed: Option<String>,
}

/// A child row.
#[derive(Debug, Clone, PartialEq)]
pub struct Child {
    /// Its id; it stays with the row when others are added or removed.
    pub id: Uuid,
    /// Its values.
    pub values: Vec<Value>,
}

/// What a record shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The unit.
    pub unit: Uuid,
    /// The fields' values, in the order of the definition.
    pub values: Vec<Value>,
    /// The child rows.
    pub children: Vec<Vec<ChildDraft>>,
}

/// What a child row shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildDraft {
    /// The row it continues; a new row has none.
    pub id: Option<Uuid>,
    /// Its values.
    pub values: Vec<Value>,
}

impl Record {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, def: &RegisterDef, field: &str) -> &Value {
        const NULL: &Value = &Value::Null;
        def.field(field).and_then(|(at, _)| self.values.get(at)).unwrap_or(NULL)
    }

    /// What names the record.
    #[must_use]
    pub fn title(&self, def: &RegisterDef) -> String {
        def.field(def.title).map_or_else(String::new, |(at, f)| f.kind.text(&self.values[at]))
    }
}

impl Draft {
    /// An empty draft.
    #[must_use]
    pub fn empty(def: &RegisterDef, unit: Uuid) -> Self {
        Self { unit, values: vec![Value::Null; def.fields.len()], children: vec![Vec::new(); def.children.len()] }
    }

    /// A draft that changes nothing.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Self {
            unit: record.meta.unit,
            values: record.values.clone(),
            children: record
                .children
                .iter()
                .map(|rows| rows.iter().map(|r| ChildDraft { id: Some(r.id), values: r.values.clone() }).collect())
                .collect(),
        }
    }

    /// Sets a field by name; an unknown name is a programming error and changes nothing.
    #[must_use]
    pub fn with(mut self, def: &RegisterDef, field: &str, value: Value) -> Self {
        debug_assert!(def.field(field).is_some(), "{} has no field `{field}`", def.key);
        if let Some((at, _)) = def.field(field) {
            self.values[at] = value;
        }
        self
    }
}
