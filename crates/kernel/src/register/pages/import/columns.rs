//! Which column of a file is which field: by its label in either language or by the field's name.

use crate::{
    i18n::{Lang, t},
    register::{FieldDef, FieldKind, RegisterDef, Value, pages::csv::unguard},
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The unit's name or key.
    Unit,
    /// A field, by its position.
    Field(usize),
    /// The version the file was made from.
    Version,
    /// The record's id.
    Id,
    /// Nothing the import needs, but known: the state, the problems of an earlier preview.
    Known,
    /// Nothing known.
    Unused,
}

/// The columns of a head. Each thing is found once; the first column that fits it wins.
pub(super) fn of_head(def: &'static RegisterDef, head: &[String]) -> Vec<Column> {
    let mut out: Vec<Column> = Vec::with_capacity(head.len());
    for cell in head {
        let cell = plain(cell);
        let meta = |name: &str, key: &str| cell == name || Lang::ALL.iter().any(|l| plain(&t(*l, key)) == cell);
        let mut fits = Vec::new();
        if meta("unit", "register-field-unit") {
            fits.push(Column::Unit);
        }
        for (at, field) in def.fields.iter().enumerate() {
            if meta(field.name, &def.label(field.name)) {
                fits.push(Column::Field(at));
            }
        }
        if meta("version", "register-field-version") {
            fits.push(Column::Version);
        }
        if meta("id", "register-field-id") {
            fits.push(Column::Id);
        }
        let known = meta("state", "register-field-state") || meta("problem", "import-problem-column");
        let first = fits.into_iter().find(|c| !out.contains(c));
        out.push(first.unwrap_or(if known { Column::Known } else { Column::Unused }));
    }
    out
}

/// A head's cell without its star, its unit of measurement and its case.
fn plain(cell: &str) -> String {
    let cell = cell.trim().trim_start_matches(['*', '＊', '\u{feff}']).trim();
    let cut = [cell.rfind('（'), cell.rfind('(')].into_iter().flatten().max();
    let ends = cell.ends_with('）') || cell.ends_with(')');
    let cell = cut.filter(|at| ends && *at > 0).map_or(cell, |at| &cell[..at]);
    cell.trim().to_lowercase()
}

/// A cell as the form's text: a choice by its code, its label in either language; a stored secret that comes back masked is
/// an empty control, which leaves it as it stands.
pub(super) fn text(def: &'static RegisterDef, field: &'static FieldDef, cell: &str, stored: Option<&Value>) -> String {
    let cell = unguard(cell);
    let trimmed = cell.trim();
    match field.kind {
        FieldKind::Choice(codes) if !codes.contains(&trimmed) => {
            let fits = |code: &&&str| Lang::ALL.iter().any(|l| t(*l, &def.choice_label(field.name, code)) == trimmed);
            codes.iter().find(fits).map_or_else(|| trimmed.to_owned(), |code| (*code).to_owned())
        }
        FieldKind::Bool => {
            let says = |key: &str| Lang::ALL.iter().any(|l| t(*l, key).eq_ignore_ascii_case(trimmed));
            if says("register-yes") {
                "true".to_owned()
            } else if says("register-no") {
                "false".to_owned()
            } else {
                trimmed.to_owned()
            }
        }
        FieldKind::Secret if stored.is_some_and(|v| !v.is_null() && field.kind.text(v) == trimmed) => String::new(),
        FieldKind::LongText => cell.to_owned(),
        _ => trimmed.to_owned(),
    }
}
