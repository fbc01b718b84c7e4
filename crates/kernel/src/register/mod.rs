//! A register is described once. It owns the definition, the values, and everything the engine does with them.
//!
//! The rule that matters: one struct with `#[derive(Register)]` gives one static [`RegisterDef`]; list, form, detail,
//! history, JSON, audit diff, search text, permissions and burden count are ordinary code over that data.

pub mod attached;
mod def;
mod diff;
pub mod digest;
pub mod list;
pub mod pages;
mod record;
mod rows;
pub mod store;
mod types;
mod unique;
mod validate;
mod value;
pub mod versions;

pub use def::{ChildDef, FieldDef, MergeRule, Permissions, RegisterDef};
pub use diff::{Change, changes};
pub use hejian_register_derive::{Child, Choice, Register};
pub use record::{Child as ChildRow, ChildDraft, Draft, Meta, Record};
pub use types::{Choice, Decimal, Fen, FieldType, Register, Rows, Scaled, Secret};
pub use value::{FieldKind, Value, scaled_text};
