//! Child rows in a form: a table of controls. Without script there are blank rows at the end and a box that removes a row;
//! with script a button adds further rows (`data-rows`).

use super::{
    typed::{TypedRow, cell_name},
    words::{Words, wrong},
};
use crate::{
    error::FieldProblem,
    i18n::ta,
    register::{ChildDef, FieldDef, FieldKind},
    ui::{
        Markup,
        form::{Field, hidden},
        head::panel,
        html, icon,
    },
};

/// Blank rows offered at the end.
const BLANK: usize = 2;

/// The table of one kind of child row.
pub(super) fn editor(w: &Words, child: &'static ChildDef, rows: &[TypedRow], problems: &[FieldProblem]) -> Markup {
    let name = w.child(child);
    let blank = TypedRow { cells: vec![String::new(); child.fields.len()], ..TypedRow::default() };
    // Rows stand at their numbers; what was left blank between them stays blank.
    let count = rows.iter().map(|r| r.at + 1).max().unwrap_or(0).max(rows.len()) + BLANK;
    let shown = (0..count).map(|n| (n, rows.iter().find(|r| r.at == n).unwrap_or(&blank)));
    let add = html! {
        button.btn.btn-sm type="button" hidden data-add-row=(child.name) { (icon("plus")) (w.t("register-row-add")) }
    };
    panel(
        &name,
        add,
        html! {
            @if let Some(words) = wrong(w.lang, problems, child.name) {
                p.hj-note.red id=(Field::id_of(child.name)) tabindex="-1" { (words) }
            }
            div.hj-scroll {
                table.hj-t.hj-rows data-rows=(child.name) {
                    caption.sr { (name) }
                    thead {
                        tr {
                            @for field in child.fields {
                                th scope="col" class=[field.kind.is_number().then_some("num")] {
                                    @if field.required { span.req aria-hidden="true" { "*" } }
                                    (w.field(Some(child), field))
                                    @if !w.measure(field).is_empty() { " " span.dim { (w.measure(field)) } }
                                }
                            }
                            th.tight scope="col" { (w.t("register-row-drop")) }
                        }
                    }
                    tbody {
                        @for (n, row) in shown { (line(w, child, n, row, problems)) }
                    }
                }
            }
        },
    )
}

fn line(w: &Words, child: &'static ChildDef, n: usize, row: &TypedRow, problems: &[FieldProblem]) -> Markup {
    let drop = ta(w.lang, "register-row-drop-n", &[("n", (n + 1).into())]);
    html! {
        tr {
            @for (at, field) in child.fields.iter().enumerate() {
                td class=[field.kind.is_number().then_some("num")] {
                    @if at == 0 { (hidden(&cell_name(child, n, "id"), &row.id)) }
                    (control(w, child, field, n, &row.cells[at], row, problems))
                }
            }
            td.tight.c {
                input.form-check-input type="checkbox" name=(cell_name(child, n, "drop")) value="true" aria-label=(drop);
            }
        }
    }
}

fn control(
    w: &Words,
    child: &'static ChildDef,
    field: &'static FieldDef,
    n: usize,
    text: &str,
    row: &TypedRow,
    problems: &[FieldProblem],
) -> Markup {
    let name = cell_name(child, n, field.name);
    let id = Field::id_of(&name);
    let error = wrong(w.lang, problems, &name);
    let label = ta(
        w.lang,
        "register-row-field",
        &[("rows", w.child(child).into()), ("n", (n + 1).into()), ("field", w.field(Some(child), field).into())],
    );
    let bad = error.is_some().then_some("true");
    let by = error.is_some().then(|| format!("{id}e"));
    let class = |base: &str| {
        format!(
            "{base}{}{}",
            if field.kind.is_number() { " num" } else { "" },
            if bad.is_some() { " is-bad" } else { "" }
        )
    };
    let options: Option<Vec<(String, String)>> = match field.kind {
        FieldKind::Choice(codes) => {
            Some(codes.iter().map(|c| ((*c).to_owned(), w.choice(Some(child), field, c))).collect())
        }
        FieldKind::Bool => Some([true, false].map(|yes| (yes.to_string(), w.yes_no(yes))).to_vec()),
        _ => None,
    };
    let keyboard = match field.kind {
        kind if kind.is_number() => Some("decimal"),
        FieldKind::Date => Some("numeric"),
        _ => None,
    };
    let secret = field.kind == FieldKind::Secret;
    let hint = match field.kind {
        FieldKind::Date => Some("2009-06-22".to_owned()),
        FieldKind::Secret if !row.id.is_empty() => Some(w.t("register-secret-unchanged")),
        _ => None,
    };
    html! {
        @if let Some(options) = options {
            select id=(id) name=(name) class=(class("form-select")) aria-label=(label) aria-invalid=[bad] aria-describedby=[by.as_deref()] {
                option value="" { (w.t("word-none")) }
                @for (value, shown) in &options { option value=(value) selected[value == text] { (shown) } }
            }
        } @else {
            input id=(id) name=(name) type="text" class=(class("form-control")) value=(text) inputmode=[keyboard] placeholder=[hint]
                autocomplete=[secret.then_some("off")] data-secret[secret] aria-label=(label) aria-invalid=[bad] aria-describedby=[by.as_deref()];
        }
        @if let Some(error) = error { div.err id={ (id) "e" } { (error) } }
    }
}
