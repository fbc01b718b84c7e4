//! Headings and paths as hands write them, and the columns they mean.

use super::place::Fault;
use crate::pack::{Problem, Spot};
use crate::workbook::cell::Value;
use crate::workbook::plan::{Column, Table, What};
use crate::workbook::text::halfwidth;

/// A path of rows, however it is spaced.
pub(super) fn path(shown: &str) -> String {
    let steps = halfwidth(shown);
    let steps = steps.split('/').map(|step| step.split_whitespace().collect::<Vec<_>>().join(" "));
    steps.collect::<Vec<_>>().join(" / ")
}

/// A heading without what hands add: spaces, an asterisk for needed columns.
pub(super) fn label(value: &Value) -> String {
    value
        .shown()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊'))
        .collect::<String>()
        .replace('(', "（")
        .replace(')', "）")
}

pub(super) fn spreads(column: &Column) -> bool {
    matches!(&column.what, What::Field(field) if field.spread)
}

/// The column of a heading; `配合3` is one of the columns `配合`.
pub(super) fn column_of(table: &'static Table, heading: &str) -> Option<&'static Column> {
    let bare = heading.trim_end_matches(|c: char| c.is_ascii_digit());
    let exact = table.columns.iter().find(|column| column.label == heading);
    exact.or_else(|| table.columns.iter().find(|column| spreads(column) && column.label == bare))
}

pub(super) fn unknown(spot: Spot, heading: &str, table: &Table) -> Fault {
    let known: Vec<String> = table.columns.iter().map(|column| column.label.clone()).collect();
    let near = |label: &&String| label.contains(heading) || heading.contains(label.as_str());
    let nearest = known.iter().find(near).cloned();
    Fault { spot, subject: None, problem: Problem::UnknownKey { name: heading.to_owned(), nearest, known } }
}
