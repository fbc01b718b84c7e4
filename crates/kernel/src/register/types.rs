//! The types a register struct may use for its fields, and the traits that tie them to values.

use chrono::NaiveDate;

use super::{ChildDef, ChildDraft, Draft, FieldKind, Record, RegisterDef, Value};

/// A type that can be a field. Implemented here; a register picks from these and its own [`Choice`] enums.
pub trait FieldType: Sized {
    /// What the column holds.
    const KIND: FieldKind;
    /// Whether it may be left empty.
    const OPTIONAL: bool = false;
    /// From a value; `None` when it is of another kind or missing where it must not be.
    fn from_value(value: &Value) -> Option<Self>;
    /// To a value.
    fn to_value(&self) -> Value;
}

/// An enum with a fixed list of codes. Derived.
pub trait Choice: Sized + Copy + 'static {
    /// The codes in their order, snake case.
    const CODES: &'static [&'static str];
    /// The code of this one.
    fn code(self) -> &'static str;
    /// The one of this code.
    fn from_code(code: &str) -> Option<Self>;
}

/// A struct that is a register. Derived.
pub trait Register: Sized {
    /// Its one definition.
    const DEF: &'static RegisterDef;
    /// From a stored record; `None` when a required value is missing (an older, laxer version).
    fn from_record(record: &Record) -> Option<Self>;
    /// As a draft for a unit.
    fn to_draft(&self, unit: uuid::Uuid) -> Draft;
}

/// A struct that is a child row. Derived.
pub trait Rows: Sized {
    /// Its table.
    const TABLE: &'static str;
    /// Its fields.
    const FIELDS: &'static [super::FieldDef];
    /// From the values of one row.
    fn from_values(values: &[Value]) -> Option<Self>;
    /// To the values of one row.
    fn to_row(&self) -> ChildDraft;
    /// The definition under a name.
    #[must_use]
    fn def(name: &'static str) -> ChildDef {
        ChildDef { name, table: Self::TABLE, fields: Self::FIELDS }
    }
}

/// A decimal with `D` places, kept as a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Scaled<const D: u8>(pub i64);

/// The same, shown without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Decimal<const D: u8>(pub i64);

/// Money in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fen(pub i64);

/// A secret in the clear, in memory only. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

macro_rules! field_type {
    ($type:ty, $kind:expr, $value:ident => $from:expr, $this:ident => $to:expr) => {
        impl FieldType for $type {
            const KIND: FieldKind = $kind;
            fn from_value($value: &Value) -> Option<Self> {
                $from
            }
            fn to_value(&self) -> Value {
                let $this = self;
                $to
            }
        }
    };
}

field_type!(String, FieldKind::Text, v => v.as_text().map(ToOwned::to_owned), s => Value::Text(s.clone()));
field_type!(i64, FieldKind::Int, v => v.as_int(), n => Value::Int(*n));
field_type!(bool, FieldKind::Bool, v => if let Value::Bool(b) = v { Some(*b) } else { None }, b => Value::Bool(*b));
field_type!(NaiveDate, FieldKind::Date, v => v.as_date(), d => Value::Date(*d));
field_type!(Fen, FieldKind::Money, v => v.as_int().map(Fen), f => Value::Int(f.0));
field_type!(Secret, FieldKind::Secret, v => if let Value::Secret(s) = v { Some(Secret(s.clone())) } else { None }, s => Value::Secret(s.0.clone()));

impl<const D: u8> FieldType for Scaled<D> {
    const KIND: FieldKind = FieldKind::Scaled(D);
    fn from_value(value: &Value) -> Option<Self> {
        value.as_int().map(Scaled)
    }
    fn to_value(&self) -> Value {
        Value::Int(self.0)
    }
}

impl<const D: u8> FieldType for Decimal<D> {
    const KIND: FieldKind = FieldKind::Decimal(D);
    fn from_value(value: &Value) -> Option<Self> {
        value.as_int().map(Decimal)
    }
    fn to_value(&self) -> Value {
        Value::Int(self.0)
    }
}

impl<T: FieldType> FieldType for Option<T> {
    const KIND: FieldKind = T::KIND;
    const OPTIONAL: bool = true;
    fn from_value(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::from_value(value).map(Some) }
    }
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, FieldType::to_value)
    }
}
