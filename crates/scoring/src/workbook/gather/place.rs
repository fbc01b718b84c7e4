//! Cells as places of the pack's tree, and faults at them.

use std::collections::BTreeSet;

use super::Gathered;
use crate::pack::{Cell, PackError, PackErrors, Problem, Spot};
use crate::workbook::sheet::{Sheet, cell_name};

/// Lines of one sheet among the lines of a tree.
const LINES: usize = 1 << 21;
/// The most faults of a workbook that are reported.
const MAX_FAULTS: usize = 400;

/// The place of a cell; all counted from 0.
pub(super) fn spot(sheet: usize, row: usize, column: usize) -> Spot {
    Spot { line: sheet * LINES + row + 1, column: column + 1 }
}

/// A fault found before the tree is read.
#[derive(Debug)]
pub(super) struct Fault {
    pub spot: Spot,
    pub subject: Option<String>,
    pub problem: Problem,
}

/// Faults of the cells and of the tree as one list, in the order of the workbook, each at its cell.
pub(crate) fn errors(name: &str, sheets: &[Sheet], cells: Gathered, tree: Vec<PackError>) -> PackErrors {
    let missing = |error: &PackError| match &error.problem {
        Problem::MissingKey { name } => Some((error.line, error.column, name.clone())),
        _ => None,
    };
    let said = |(line, column, name): (usize, usize, String)| cells.said.contains(&(Spot { line, column }, &name));
    let unsaid = tree.into_iter().filter(|error| !missing(error).is_some_and(said));
    let mut all: Vec<PackError> = cells.errors.into_iter().chain(unsaid).collect();
    all.sort_by_key(|error| (error.line, error.column));
    // A column that is not there is missing in every row, and said once.
    let mut seen = BTreeSet::new();
    all.retain(|error| missing(error).is_none_or(|key| seen.insert(key)));
    all.truncate(MAX_FAULTS);
    for error in &mut all {
        error.file = name.to_owned();
        let (sheet, row) = (error.line.saturating_sub(1) / LINES, error.line.saturating_sub(1) % LINES);
        let column = error.column.saturating_sub(1);
        if let Problem::UnknownWord { words, .. } = &mut error.problem {
            *words = crate::workbook::words::shown(words);
        }
        error.line = row + 1;
        let sheet = sheets.get(sheet).map(|sheet| sheet.name.clone()).unwrap_or_default();
        error.cell = Some(Cell { sheet, cell: cell_name(row, column) });
    }
    PackErrors(all)
}

/// An error of the pack from a fault of a cell.
pub(super) fn error(fault: Fault) -> PackError {
    let Fault { spot, subject, problem } = fault;
    PackError { file: String::new(), line: spot.line, column: spot.column, cell: None, subject, problem }
}
