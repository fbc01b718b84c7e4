//! The filter of a list: read from the address, drawn as a bar over the table.
//!
//! The rule that matters: the address holds the whole filter, so that a list can be linked, exported and asked for by a program
//! with the same words. What an address names and nobody knows filters everything out or nothing, it never breaks a page.

use uuid::Uuid;

use super::{acts, units::Units, words::Words};
use crate::{
    register::{FieldDef, FieldKind, RegisterDef, Value, list::ListQuery},
    ui::{controls::Choice, filter::FilterBar, pager::PAGE_SIZES, query::Query},
};

/// Names of controls and of parts of an address that no field may bear.
pub(super) const RESERVED: [&str; 15] = [
    "unit", "state", "q", "sort", "page", "per", "size", "removed", "version", "id", "reason", "base", "all", "values",
    "children",
];

/// The filter an address asks for.
pub(super) fn read(def: &'static RegisterDef, units: &Units, query: &Query) -> ListQuery {
    let given = |name: &str| query.get(name).map(str::trim).filter(|text| !text.is_empty() && !text.contains('\0'));
    let number = |name: &str| given(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    let mut out = ListQuery {
        // A unit that is none, or outside the scope: nothing, not everything.
        under: given("unit").map(|text| units.by_key(text).map_or(Uuid::nil(), |u| u.id)),
        state: given("state").map(ToOwned::to_owned),
        text: given("q").unwrap_or_default().to_owned(),
        page: number("page").max(1),
        size: number("per").max(number("size")),
        removed: given("removed") == Some("1"),
        ..ListQuery::default()
    };
    if out.size == 0 {
        out.size = u32::try_from(PAGE_SIZES[0]).unwrap_or(20);
    }
    if let Some(sort) = given("sort") {
        out.descending = sort.starts_with('-');
        out.sort = Some(sort.trim_start_matches('-').to_owned());
    }
    for field in def.fields {
        if let Some(value) = given(field.name).and_then(|text| field.kind.parse(text).ok()).filter(|_| picks(field)) {
            out.equal.push((field.name.to_owned(), value));
        }
        if ranges(field) {
            let bound = |end: &str| {
                let text = given(&format!("{}-{end}", field.name));
                text.and_then(|text| field.kind.parse(text).ok()).unwrap_or(Value::Null)
            };
            let (from, to) = (bound("from"), bound("to"));
            if !(from.is_null() && to.is_null()) {
                out.between.push((field.name.to_owned(), from, to));
            }
        }
    }
    out
}

/// Whether a field is filtered by one of its values. Text can be asked for by address (a measure's key), it has no control.
fn picks(field: &FieldDef) -> bool {
    matches!(field.kind, FieldKind::Choice(_) | FieldKind::Bool | FieldKind::Text)
}

/// Whether a field is filtered by a range.
fn ranges(field: &FieldDef) -> bool {
    field.kind.is_number() || field.kind == FieldKind::Date
}

/// Whether the address filters at all.
pub(super) fn is_filtered(def: &RegisterDef, query: &Query) -> bool {
    query.pairs().iter().any(|(name, value)| {
        let base = name.trim_end_matches("-from").trim_end_matches("-to");
        !value.is_empty() && (["unit", "state", "q"].contains(&name.as_str()) || def.field(base).is_some())
    })
}

/// The bar: unit, choices, state, text; ranges among the further conditions.
pub(super) fn bar(w: &Words, units: &Units, today: chrono::NaiveDate, query: &Query) -> FilterBar {
    let def = w.def;
    let mut bar = FilterBar::new(w.lang, query);
    if units.iter().count() > 1 {
        bar = bar.select("unit", &w.t("register-field-unit"), &units.tree_choices(today));
    }
    let mut shown = 0;
    for field in def.fields {
        let choices: Vec<Choice> = match field.kind {
            FieldKind::Choice(codes) => codes.iter().map(|c| Choice::new(*c, w.choice(None, field, c))).collect(),
            FieldKind::Bool => [true, false].map(|yes| Choice::new(yes.to_string(), w.yes_no(yes))).to_vec(),
            _ => continue,
        };
        let label = w.field(None, field);
        // Three stand in the bar, the rest among the further conditions.
        bar = if shown < 3 {
            bar.select(field.name, &label, &choices)
        } else {
            bar.more_select(field.name, &label, &choices)
        };
        shown += 1;
    }
    let states = acts::state_choices(w);
    if !states.is_empty() {
        bar = bar.select("state", &w.t("register-field-state"), &states);
    }
    bar = bar.search("q", &w.t("register-search"), &search_hint(w));
    for field in def.fields.iter().filter(|f| f.list && ranges(f)) {
        let label = w.field_with_measure(field);
        let hint = if field.kind == FieldKind::Date { "2009-06-22" } else { "" };
        bar = bar.more_text(&format!("{}-from", field.name), &format!("{label} ≥"), hint);
        bar = bar.more_text(&format!("{}-to", field.name), &format!("{label} ≤"), hint);
    }
    bar
}

/// What the text is looked for in: 单位、名称、地址.
fn search_hint(w: &Words) -> String {
    let searched = w.def.fields.iter().filter(|f| f.search || f.name == w.def.title);
    let names = std::iter::once(w.t("register-field-unit")).chain(searched.map(|f| w.field(None, f)));
    names.take(4).collect::<Vec<_>>().join(&w.t("register-comma"))
}
