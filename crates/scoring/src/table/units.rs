//! `units.csv`. A unit may have several rows, one for each time it stood under another unit; their days must not overlap.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::File;
use super::cell::Cells;
use super::error::{Faults, Note, TableError};
use super::fault::{TableFault, shown};
use super::sheet::{self, Columns};
use crate::pack::nearest;
use crate::units::{Unit, UnitError, Units};

const COLUMNS: Columns = Columns { needed: &["unit", "parent", "kind", "valid_from", "valid_to"], optional: &["name"] };

/// The units of a file.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// Each once, as on the day.
    pub units: Units,
    /// Ids whose rows have a fault: facts about them are not judged.
    pub faulty: BTreeSet<String>,
    /// Whether there are rows that tell no id: a unit that is not known may stand in one of them.
    pub incomplete: bool,
}

/// Reads the units as they stood on a day.
pub(super) fn read(file: File<'_>, as_of: NaiveDate, faults: &mut Faults, notes: &mut Vec<Note>) -> Listed {
    let mut rows: Vec<(u64, Unit)> = Vec::new();
    let mut faulty = BTreeSet::new();
    let before = faults.count();
    let mut nameless = 0;
    let refused = sheet::read(file, &COLUMNS, faults, notes, |row, faults| {
        let mut cells = Cells { file: file.name, row, faults };
        let (id, parent) = (cells.id("unit"), cells.id_or_none("parent"));
        let (level, from, to) = (cells.word("kind"), cells.day("valid_from"), cells.day("valid_to"));
        if let (Some(Some(first)), Some(Some(end))) = (from, to)
            && end <= first
        {
            let _: Option<()> = cells.fault("valid_to", TableFault::NoDays { from: first.to_string() });
            faulty.extend(id);
            return;
        }
        match (id, parent, level, from, to) {
            (Some(id), Some(parent), Some(level), Some(valid_from), Some(valid_to)) => {
                let name = Some(row.cell("name")).filter(|name| !name.is_empty()).map(str::to_owned);
                rows.push((row.line, Unit { id, name, level, parent, valid_from, valid_to }));
            }
            (Some(id), ..) => _ = faulty.insert(id),
            _ => nameless += 1,
        }
    });
    let incomplete = refused + nameless > 0 || rows.is_empty();
    overlaps(file.name, &rows, faults);
    if !incomplete {
        parents(file.name, &rows, &faulty, faults);
    }
    let chosen = on_the_day(rows, as_of);
    let alone = |unit: &Unit| Unit { parent: None, ..unit.clone() };
    let alone = || Units::new(chosen.iter().map(|(_, unit)| alone(unit)).collect()).unwrap_or_default();
    if faults.count() > before {
        return Listed { units: alone(), faulty, incomplete };
    }
    let units = Units::new(chosen.iter().map(|(_, unit)| unit.clone()).collect()).unwrap_or_else(|errors| {
        for error in errors {
            circle(file.name, &chosen, &error, faults);
        }
        alone()
    });
    Listed { units, faulty, incomplete }
}

/// Every other fault was found row by row before.
fn circle(file: &str, chosen: &[(u64, Unit)], error: &UnitError, faults: &mut Faults) {
    let (UnitError::Circle(id) | UnitError::Twice(id) | UnitError::NoDays(id) | UnitError::NoParent { unit: id, .. }) =
        error;
    let line = chosen.iter().find(|(_, unit)| unit.id == *id).map_or(1, |(line, _)| *line);
    faults.add(TableError {
        file: file.to_owned(),
        line,
        column: Some("parent".to_owned()),
        subject: Some(shown(id)),
        fault: TableFault::Circle,
    });
}

fn overlaps(file: &str, rows: &[(u64, Unit)], faults: &mut Faults) {
    let mut by_id: BTreeMap<&str, Vec<&(u64, Unit)>> = BTreeMap::new();
    for row in rows {
        by_id.entry(&row.1.id).or_default().push(row);
    }
    let mut found = Vec::new();
    for group in by_id.values_mut().filter(|group| group.len() > 1) {
        group.sort_by_key(|(line, unit)| (unit.valid_from, *line));
        // Rows by their first day: each is held against the one that reaches furthest before it.
        let mut reach = group[0];
        for row in &group[1..] {
            let ((other, before), (line, unit)) = (reach, *row);
            if before == unit {
                found.push((*line.max(other), unit, TableFault::DuplicateRow { first: *line.min(other) }));
            } else if before.valid_to.is_none_or(|end| unit.valid_from.is_none_or(|first| first < end)) {
                found.push((*line.max(other), unit, TableFault::Overlap { other: *line.min(other) }));
            }
            if before.valid_to.is_some_and(|end| unit.valid_to.is_none_or(|later| later > end)) {
                reach = row;
            }
        }
    }
    found.sort_by_key(|(line, ..)| *line);
    for (line, unit, fault) in found {
        let column = matches!(fault, TableFault::Overlap { .. }).then(|| "valid_from".to_owned());
        faults.add(TableError { file: file.to_owned(), line, column, subject: Some(shown(&unit.id)), fault });
    }
}

fn parents(file: &str, rows: &[(u64, Unit)], faulty: &BTreeSet<String>, faults: &mut Faults) {
    let known: BTreeSet<&str> = rows.iter().map(|(_, unit)| unit.id.as_str()).collect();
    for (line, unit) in rows {
        let Some(parent) = unit.parent.as_deref() else { continue };
        if !known.contains(parent) && !faulty.contains(parent) {
            let nearest = (!faults.is_full()).then(|| nearest(parent, known.iter().copied())).flatten();
            faults.at(file, *line, Some("parent"), TableFault::NoParent { parent: shown(parent), nearest });
        }
    }
}

/// Each unit once, where it was first listed: the row in force on the day, else the last before it, else the first after.
fn on_the_day(rows: Vec<(u64, Unit)>, as_of: NaiveDate) -> Vec<(u64, Unit)> {
    let rank = |unit: &Unit| {
        let begun = unit.valid_from.is_none_or(|from| from <= as_of);
        (unit.in_being(as_of), begun)
    };
    let mut place: HashMap<String, usize> = HashMap::new();
    let mut chosen: Vec<(u64, Unit)> = Vec::new();
    for row in rows {
        let Some(at) = place.get(&row.1.id).copied() else {
            place.insert(row.1.id.clone(), chosen.len());
            chosen.push(row);
            continue;
        };
        let (old, new) = (rank(&chosen[at].1), rank(&row.1));
        let later = row.1.valid_from > chosen[at].1.valid_from;
        // Among rows before the day the last counts, among rows after it the first.
        if new > old || (new == old && later == new.1) {
            chosen[at] = row;
        }
    }
    chosen
}
