//! `facts.csv`. What a row says is judged by [`Facts`] itself; this room finds the row again and names its line and column.

use std::collections::BTreeMap;

use super::File;
use super::cell::Cells;
use super::error::{Faults, Note, TableError};
use super::fault::{TableFault, shown};
use super::sheet::{self, Columns};
use super::units::Listed;
use crate::facts::{Amount, FactError, FactFault, FactRow, Facts};
use crate::pack::{Pack, nearest};
use crate::period::Period;

const COLUMNS: Columns =
    Columns { needed: &["unit", "period", "measure", "value", "numerator", "denominator"], optional: &["sources"] };

/// Reads the facts and how many rows they are.
pub(super) fn read(
    pack: &Pack,
    listed: &Listed,
    file: File<'_>,
    faults: &mut Faults,
    notes: &mut Vec<Note>,
) -> (Facts, usize) {
    let mut rows = Vec::new();
    let mut found = Faults::default();
    sheet::read(file, &COLUMNS, &mut found, notes, |row, faults| {
        rows.extend(fact(&mut Cells { file: file.name, row, faults }));
    });
    let count = rows.len();
    // Where the list of units itself is wrong, a fact of such a unit is not.
    let is_known = |unit: &str| listed.units.get(unit).is_some();
    rows.retain(|row: &FactRow| is_known(&row.unit) || !(listed.incomplete || listed.faulty.contains(&row.unit)));
    let (facts, errors) = Facts::new(pack, &listed.units, rows);
    faults.take(found);
    if !errors.is_empty() {
        located(pack, listed, file, errors, faults);
    }
    (facts, count)
}

/// One row, when every cell can be read.
fn fact(cells: &mut Cells<'_, '_>) -> Option<FactRow> {
    let (unit, period, measure) = (cells.id("unit"), cells.period("period"), cells.word("measure"));
    let (amount, sources) = (amount(cells), cells.sources("sources"));
    Some(FactRow { unit: unit?, period: period?, measure: measure?, amount: amount?, sources: sources? })
}

fn amount(cells: &mut Cells<'_, '_>) -> Option<Amount> {
    let (value, upper, lower) = (cells.number("value"), cells.number("numerator"), cells.number("denominator"));
    let none = |cells: &mut Cells<'_, '_>, column, found: &str| {
        cells.fault(column, TableFault::NoOneFigure { found: found.to_owned() })
    };
    match (value?, upper?, lower?) {
        (Some(value), None, None) => Some(Amount::Value { value }),
        (None, Some(numerator), Some(denominator)) => Some(Amount::Ratio { numerator, denominator }),
        (None, None, None) => none(cells, "value", "no figure"),
        (None, Some(_), None) => none(cells, "denominator", "a numerator without a denominator"),
        (None, None, Some(_)) => none(cells, "numerator", "a denominator without a numerator"),
        (Some(_), ..) => none(cells, "value", "a value beside a numerator or denominator"),
    }
}

/// Measure, unit, period.
type Key = (String, String, Period);

/// Finds the rows of the faults by reading the file once more: only a file with faults pays for it.
fn located(pack: &Pack, listed: &Listed, file: File<'_>, errors: Vec<FactError>, faults: &mut Faults) {
    let key = |measure: &str, error: &FactError| (measure.to_owned(), error.unit.clone(), error.period);
    // A ratio may be wrong in the rows of its components alone.
    let component = |error: &FactError| {
        let ratio = pack.measure(&error.measure)?.ratio.as_ref()?;
        Some(key(&ratio.numerator, error))
    };
    let mut lines: BTreeMap<Key, Vec<u64>> = BTreeMap::new();
    for error in &errors {
        let keys = [Some(key(&error.measure, error)), component(error)];
        lines.extend(keys.into_iter().flatten().map(|key| (key, Vec::new())));
    }
    let (mut again, mut notes) = (Faults::default(), Vec::new());
    sheet::read(file, &COLUMNS, &mut again, &mut notes, |row, faults| {
        let Some(fact) = fact(&mut Cells { file: file.name, row, faults }) else { return };
        if let Some(found) = lines.get_mut(&(fact.measure, fact.unit, fact.period)) {
            found.push(row.line);
        }
    });
    let mut told: BTreeMap<Key, usize> = BTreeMap::new();
    let mut placed: Vec<(u64, u64, &FactError)> = Vec::new();
    for error in &errors {
        let own = key(&error.measure, error);
        let found = lines.get(&own).filter(|found| !found.is_empty());
        let found = found.or_else(|| lines.get(&component(error)?)).map(Vec::as_slice).unwrap_or_default();
        // The n-th fault of a place is its n-th row's; of equal rows the first stands and the others say it again.
        let n = told.entry(own).or_insert(usize::from(error.fault == FactFault::Duplicate));
        let first = found.first().copied().unwrap_or(1);
        placed.push((found.get(*n).copied().unwrap_or(first), first, error));
        *n += 1;
    }
    placed.sort_by_key(|(line, ..)| *line);
    for (line, first, error) in placed {
        let (column, fault) = place(pack, listed, error, first, faults.is_full());
        let (file, column) = (file.name.to_owned(), column.map(str::to_owned));
        faults.add(TableError { file, line, column, subject: Some(shown(&error.measure)), fault });
    }
}

/// The column of a fault, and the fault in the words of a file; without a likely word where that is `brief`.
fn place(
    pack: &Pack,
    listed: &Listed,
    error: &FactError,
    first: u64,
    brief: bool,
) -> (Option<&'static str>, TableFault) {
    let fact = || TableFault::Fact(error.fault.clone());
    let by_kind = |ratio, value| {
        if pack.measure(&error.measure).is_some_and(|measure| measure.ratio.is_some()) { ratio } else { value }
    };
    match &error.fault {
        FactFault::UnknownMeasure => {
            let entered = pack.measures.values().filter(|measure| measure.fact && !brief);
            let nearest = nearest(&error.measure, entered.map(|measure| measure.id.as_str()));
            (Some("measure"), TableFault::UnknownMeasure { measure: shown(&error.measure), nearest })
        }
        FactFault::UnknownUnit => {
            let units = listed.units.iter().filter(|_| !brief).map(|unit| unit.id.as_str());
            let fault = TableFault::UnknownUnit { unit: shown(&error.unit), nearest: nearest(&error.unit, units) };
            (Some("unit"), fault)
        }
        FactFault::Duplicate => (None, TableFault::DuplicateRow { first }),
        FactFault::Computed => (Some("measure"), fact()),
        FactFault::WrongLevel { .. } => (Some("unit"), fact()),
        FactFault::WrongGrain { .. } => (Some("period"), fact()),
        FactFault::PartExceedsWhole { .. } => (Some("numerator"), fact()),
        FactFault::WrongShape | FactFault::Disagrees { .. } => (Some(by_kind("numerator", "value")), fact()),
        FactFault::BelowZero { .. } => (Some(by_kind("denominator", "value")), fact()),
    }
}
