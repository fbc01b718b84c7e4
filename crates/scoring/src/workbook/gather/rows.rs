//! Finds the tables on the sheets and reads their rows: which kind, whose, below what, and the filled cells.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::headings::{column_of, label, path, spreads, unknown};
use super::place::{Fault, spot};
use crate::pack::schema::Kind;
use crate::pack::{Problem, Spot};
use crate::workbook::cell::{Holds, Value, take};
use crate::workbook::plan::{AUTO, BELOW, Column, Owner, ROW, RowKind, TABLES_PLANNED, TEST_NUMBER, Table, What};
use crate::workbook::sheet::Sheet;
use crate::workbook::text::tidy;

/// How far down the headings are looked for.
const HEADINGS_WITHIN: usize = 40;
/// Sheets a pack cannot do without.
const NEEDED: [&str; 4] = ["说明", "指标", "职责", "评分"];

/// A filled cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filled<'s> {
    pub spot: Spot,
    pub value: &'s Value,
}

/// A row as it stands.
#[derive(Debug)]
pub(super) struct RawRow<'s> {
    /// The table.
    pub table: &'static str,
    /// The word that names its kind.
    pub name: String,
    /// Whose it is.
    pub owner: String,
    /// Its own number, for rows that are known by a number.
    pub own: String,
    /// What it stands below.
    pub below: String,
    /// Where it begins.
    pub spot: Spot,
    /// Heading → cells; several where a list has a column for each item.
    pub cells: BTreeMap<String, Vec<Filled<'s>>>,
    /// Heading → where its cell is, filled or not.
    pub places: BTreeMap<String, Spot>,
    /// Headings that were read.
    pub taken: RefCell<BTreeSet<String>>,
}

/// Every row of every table.
pub(super) fn rows<'s>(sheets: &'s [Sheet], faults: &mut Vec<Fault>) -> Vec<RawRow<'s>> {
    let mut rows = Vec::new();
    for table in TABLES_PLANNED.iter() {
        let Some(at) = sheets.iter().position(|sheet| tidy(&sheet.name) == table.sheet()) else {
            if NEEDED.contains(&table.sheet()) && table.title().is_none_or(|_| table.form) {
                let nearest = sheets.iter().map(|sheet| &sheet.name).find(|name| name.contains(table.sheet())).cloned();
                let problem = Problem::Unknown { what: "sheet".into(), name: table.sheet().into(), nearest };
                faults.push(Fault { spot: spot(sheets.len(), 0, 0), subject: None, problem });
            }
            continue;
        };
        let sheet = &sheets[at];
        let Some((from, to)) = region(sheet, table, at, faults) else { continue };
        if table.form {
            form(sheet, at, table, (from, to), faults, &mut rows);
        } else {
            of_table(sheet, at, table, (from, to), faults, &mut rows);
        }
    }
    rows
}

/// The lines of a table on its sheet, title and headings included.
fn region(sheet: &Sheet, table: &Table, at: usize, faults: &mut Vec<Fault>) -> Option<(usize, usize)> {
    let Some(title) = table.title() else { return Some((0, sheet.rows.len())) };
    let starts = |line: &usize| tidy(&sheet.cell(*line, 0).shown()).starts_with('■');
    let lines = 0..sheet.rows.len();
    let is_title = |line: &usize| tidy(sheet.cell(*line, 0).shown().trim_start_matches('■')) == title;
    let Some(from) = lines.clone().filter(starts).find(is_title) else {
        // Conventions may well be absent.
        if table.form || title == "领域" {
            let says = format!("the sheet {} has no part titled `■ {title}`", sheet.name);
            let write = format!("write `■ {title}` in the first column above its headings");
            faults.push(Fault { spot: spot(at, 0, 0), subject: None, problem: Problem::Unfit { says, write } });
        }
        return None;
    };
    let to = (from + 1..sheet.rows.len()).find(starts).unwrap_or(sheet.rows.len());
    Some((from + 1, to))
}

/// Reads a form: key, value, a line each.
fn form<'s>(
    sheet: &'s Sheet,
    at: usize,
    table: &'static Table,
    (from, to): (usize, usize),
    faults: &mut Vec<Fault>,
    rows: &mut Vec<RawRow<'s>>,
) {
    let mut row = RawRow::new(table, spot(at, from.saturating_sub(1), 0));
    row.name = table.rows.first().map_or(String::new(), |kind| kind.name.to_owned());
    for line in from..to {
        let (label, value) = (label(sheet.cell(line, 0)), sheet.cell(line, 1));
        if label.is_empty() || label == "项目" {
            continue;
        }
        if !table.columns.iter().any(|column| column.label == label) {
            if !value.is_empty() {
                faults.push(unknown(spot(at, line, 0), &label, table));
            }
            continue;
        }
        let place = spot(at, line, 1);
        if row.places.insert(label.clone(), place).is_some() {
            faults.push(Fault {
                spot: spot(at, line, 0),
                subject: None,
                problem: Problem::DuplicateKey { name: label },
            });
        } else if !value.is_empty() {
            row.cells.insert(label, vec![Filled { spot: place, value }]);
        }
    }
    rows.push(row);
}

fn of_table<'s>(
    sheet: &'s Sheet,
    at: usize,
    table: &'static Table,
    (from, to): (usize, usize),
    faults: &mut Vec<Fault>,
    rows: &mut Vec<RawRow<'s>>,
) {
    let known = |value: &Value| column_of(table, &label(value));
    let matches = |line: &usize| sheet.rows[*line].iter().filter(|value| known(value).is_some()).count();
    let wanted = table.columns.len().min(2);
    let Some(head) = (from..to.min(from + HEADINGS_WITHIN)).find(|line| matches(line) >= wanted) else {
        if (from..to).any(|line| sheet.rows[line].iter().any(|value| !value.is_empty())) {
            let labels: Vec<&str> = table.columns.iter().map(|column| column.label.as_str()).take(6).collect();
            let says = format!("the sheet {} has no row of headings", sheet.name);
            let write = format!("write the headings above the rows: {} ...", labels.join("、"));
            faults.push(Fault { spot: spot(at, from, 0), subject: None, problem: Problem::Unfit { says, write } });
        }
        return;
    };
    let mut columns: Vec<(usize, &'static Column)> = Vec::new();
    for (index, value) in sheet.rows[head].iter().enumerate().filter(|(_, value)| !value.is_empty()) {
        let heading = label(value);
        match column_of(table, &heading) {
            Some(column) if columns.iter().any(|(_, other)| other.label == column.label && !spreads(column)) => {
                let problem = Problem::Twice { what: "heading".into(), name: heading };
                faults.push(Fault { spot: spot(at, head, index), subject: None, problem });
            }
            Some(column) => columns.push((index, column)),
            None if heading.ends_with(AUTO) || heading.starts_with("备注") => {}
            None => faults.push(unknown(spot(at, head, index), &heading, table)),
        }
    }
    // A list with a column for each item is in the order of its numbers, wherever the columns stand.
    let number = |index: usize| {
        let heading = label(sheet.cell(head, index));
        let digits = heading.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse::<usize>().unwrap_or(usize::MAX)
    };
    columns.sort_by_key(|(index, column)| (if spreads(column) { number(*index) } else { 0 }, *index));
    let mut last = String::new();
    for line in head + 1..to {
        read_row(sheet, (at, line, head), table, &columns, &mut last, faults, rows);
    }
}

/// Reads a row; `last` is the owner of the row before.
fn read_row<'s>(
    sheet: &'s Sheet,
    (at, line, head): (usize, usize, usize),
    table: &'static Table,
    columns: &[(usize, &'static Column)],
    last: &mut String,
    faults: &mut Vec<Fault>,
    rows: &mut Vec<RawRow<'s>>,
) {
    let mut row = RawRow::new(table, spot(at, line, 0));
    row.places = table.columns.iter().map(|column| (column.label.clone(), spot(at, head, 0))).collect();
    let (mut owner, mut begun) = (None, false);
    for (index, column) in columns {
        let (place, value) = (spot(at, line, *index), sheet.cell(line, *index));
        row.places.insert(column.label.clone(), place);
        if value.is_empty() || matches!(column.what, What::Auto(_)) {
            continue;
        }
        let text = || take(Holds::Kind(Kind::Text), value).ok().flatten().unwrap_or_default();
        match &column.what {
            What::Owner => owner = Some(text()),
            What::Row => (row.name, begun) = (tidy(&value.shown()), true),
            What::Below => row.below = path(&value.shown()),
            _ => {
                begun = true;
                let filled = Filled { spot: place, value };
                row.cells.entry(column.label.clone()).or_default().push(filled);
            }
        }
    }
    if !begun {
        return;
    }
    if let Some(first) = row.cells.values().flatten().map(|filled| filled.spot).min_by_key(|spot| spot.column) {
        row.spot = first;
    }
    let kind: Option<&RowKind> = match table.rows.as_slice() {
        [only] => Some(only),
        kinds => kinds.iter().find(|kind| kind.name == row.name),
    };
    let Some(kind) = kind else {
        let words: BTreeSet<&str> = table.rows.iter().map(|kind| kind.name).collect();
        let place = row.places.get(ROW).copied().unwrap_or(row.spot);
        let problem = match row.name.is_empty() {
            true => Problem::MissingKey { name: ROW.into() },
            false => Problem::UnknownWord {
                name: ROW.into(),
                found: row.name.clone(),
                words: words.into_iter().map(str::to_owned).collect(),
            },
        };
        faults.push(Fault { spot: place, subject: owner, problem });
        return;
    };
    row.name = kind.name.to_owned();
    let numbered = crate::workbook::plan::owns(kind.shape) == Owner::Test;
    if kind.owner == Owner::None && !numbered {
        if let Some(owner) = owner {
            let place = columns.iter().find(|(_, column)| matches!(column.what, What::Owner));
            let says = format!("a row `{}` belongs to no indicator, and {owner} is named", row.name);
            let problem = Problem::Unfit { says, write: "empty this cell, or choose another kind of row".into() };
            let place = place.map_or(row.spot, |(index, _)| spot(at, line, *index));
            faults.push(Fault { spot: place, subject: Some(owner), problem });
        }
        last.clear();
    } else {
        // Merged cells and hurried hands leave it empty: it is the owner of the row above.
        let owner = owner.unwrap_or_else(|| last.clone());
        last.clone_from(&owner);
        if owner.is_empty() {
            let name = table.columns.first().map_or(TEST_NUMBER, |column| column.label.as_str());
            let place = row.places.get(name).copied().unwrap_or(row.spot);
            faults.push(Fault { spot: place, subject: None, problem: Problem::MissingKey { name: name.to_owned() } });
            return;
        }
        if numbered {
            row.own = owner;
        } else {
            row.owner = owner;
        }
    }
    if !row.below.is_empty() && !row.places.contains_key(BELOW) {
        row.below.clear();
    }
    rows.push(row);
}

impl<'s> RawRow<'s> {
    fn new(table: &'static Table, spot: Spot) -> Self {
        let (name, owner, own, below) = Default::default();
        let (cells, places, taken) = Default::default();
        RawRow { table: table.name, name, owner, own, below, spot, cells, places, taken }
    }
}
