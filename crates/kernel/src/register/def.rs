//! The definition of a register: static data emitted by the derive macro.

use super::{FieldKind, Record};
use crate::{error::FieldProblem, lifecycle::Lifecycle};

/// Everything the engine knows of a register.
#[derive(Debug)]
pub struct RegisterDef {
    /// Stable key: permission prefix, label prefix, address, audit subject.
    pub key: &'static str,
    /// The table.
    pub table: &'static str,
    /// The kinds of unit a record may belong to.
    pub levels: &'static [&'static str],
    /// The fields, in the order of form and file.
    pub fields: &'static [FieldDef],
    /// The kinds of child row.
    pub children: &'static [ChildDef],
    /// The field that names a record.
    pub title: &'static str,
    /// The states a record goes through, if any.
    pub lifecycle: Option<&'static Lifecycle>,
    /// The kinds of file a record may carry.
    pub attachments: &'static [&'static str],
    /// The grain in which units report this register complete (`month`, `quarter`, `year`), if they do.
    pub coverage: Option<&'static str>,
    /// Field lists that, together with the unit, may not repeat among live records.
    pub unique: &'static [&'static [&'static str]],
    /// How records follow when their unit is merged into another.
    pub merge: MergeRule,
    /// What may be done with it.
    pub permissions: Permissions,
    /// Invariants over the whole record, beyond one field.
    pub check: fn(&Record, &mut Vec<FieldProblem>),
}

/// What happens to a record when its unit has a successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeRule {
    /// The record moves on: a new version names the successor, the old version keeps the old unit.
    Follow,
    /// The record stays with the unit it was written for (a figure of the past).
    Stay,
}

/// The permissions of a register, each `<key>.<verb>`.
#[derive(Debug, Clone, Copy)]
pub struct Permissions {
    /// See records.
    pub read: &'static str,
    /// Create and change records.
    pub write: &'static str,
    /// Take a record out, with a reason.
    pub remove: &'static str,
    /// Declare a unit and period complete.
    pub report: &'static str,
}

/// A field.
#[derive(Debug)]
pub struct FieldDef {
    /// Column, form name and JSON name; the label key is `<register>-<name with dashes>`.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
    /// Whether its text is found by search.
    pub search: bool,
    /// Whether the list shows it.
    pub list: bool,
    /// Whether the list's totals line adds it up.
    pub sum: bool,
    /// The unit of measurement, as printed.
    pub unit: Option<&'static str>,
    /// The least value, in stored units.
    pub min: Option<i64>,
    /// The greatest value, in stored units.
    pub max: Option<i64>,
}

/// A kind of child row.
#[derive(Debug)]
pub struct ChildDef {
    /// Name in forms and JSON; label key `<register>-<name>`.
    pub name: &'static str,
    /// Its table.
    pub table: &'static str,
    /// Its fields.
    pub fields: &'static [FieldDef],
}

impl RegisterDef {
    /// The field of that name and its position.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(usize, &'static FieldDef)> {
        self.fields.iter().enumerate().find(|(_, f)| f.name == name)
    }

    /// The label key of a field: `premises-floor-area`.
    #[must_use]
    pub fn label(&self, field: &str) -> String {
        format!("{}-{}", self.key.replace('_', "-"), field.replace('_', "-"))
    }

    /// The label key of one code of a choice: `premises-works-new-build`.
    #[must_use]
    pub fn choice_label(&self, field: &str, code: &str) -> String {
        format!("{}-{}", self.label(field), code.replace('_', "-"))
    }

    /// The label key of a child's field: `premises-rooms-floor-area`.
    #[must_use]
    pub fn child_label(&self, child: &ChildDef, field: &str) -> String {
        format!("{}-{}", self.label(child.name), field.replace('_', "-"))
    }

    /// Every label key the register needs, for the test that none is missing.
    #[must_use]
    pub fn label_keys(&self) -> Vec<String> {
        let key = self.key.replace('_', "-");
        let mut keys = vec![format!("register-{key}"), format!("register-{key}-about")];
        for field in self.fields {
            keys.push(self.label(field.name));
            if let FieldKind::Choice(codes) = field.kind {
                keys.extend(codes.iter().map(|c| self.choice_label(field.name, c)));
            }
        }
        for child in self.children {
            keys.push(self.label(child.name));
            for field in child.fields {
                keys.push(self.child_label(child, field.name));
                if let FieldKind::Choice(codes) = field.kind {
                    let base = self.child_label(child, field.name);
                    keys.extend(codes.iter().map(|c| format!("{base}-{}", c.replace('_', "-"))));
                }
            }
        }
        keys.extend(self.attachments.iter().map(|a| format!("{key}-attachment-{}", a.replace('_', "-"))));
        keys
    }
}
