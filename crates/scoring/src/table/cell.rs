//! What one cell holds: an id, a number, a day, a period, sources. A cell that holds something else is a fault with its place.

use chrono::NaiveDate;

use super::error::Faults;
use super::fault::{TableFault, shown};
use super::sheet::Row;
use crate::exact::Exact;
use crate::facts::Source;
use crate::period::Period;

/// A row whose cells are read, with the file it stands in.
pub(super) struct Cells<'r, 's> {
    pub file: &'r str,
    pub row: &'r Row<'s>,
    pub faults: &'r mut Faults,
}

impl Cells<'_, '_> {
    /// Says what is wrong with a cell.
    pub(super) fn fault<T>(&mut self, column: &str, fault: TableFault) -> Option<T> {
        self.faults.at(self.file, self.row.line, Some(column), fault);
        None
    }

    /// A word that must be there.
    pub(super) fn word(&mut self, column: &str) -> Option<String> {
        match self.row.cell(column) {
            "" => self.fault(column, TableFault::Empty),
            text => Some(text.to_owned()),
        }
    }

    /// The id of a unit that must be there.
    pub(super) fn id(&mut self, column: &str) -> Option<String> {
        let id = self.word(column)?;
        if is_scientific(&id) { self.fault(column, TableFault::Scientific { found: shown(&id) }) } else { Some(id) }
    }

    /// As [`Cells::id`]; `Some(None)` for an empty cell.
    pub(super) fn id_or_none(&mut self, column: &str) -> Option<Option<String>> {
        if self.row.cell(column).is_empty() { Some(None) } else { self.id(column).map(Some) }
    }

    /// A number; `Some(None)` for an empty cell, which is not 0.
    pub(super) fn number(&mut self, column: &str) -> Option<Option<Exact>> {
        let text = self.row.cell(column);
        if text.is_empty() {
            return Some(None);
        }
        match Exact::parse(text) {
            Ok(number) => Some(Some(number)),
            Err(_) if is_scientific(text) => self.fault(column, TableFault::Scientific { found: shown(text) }),
            Err(_) => self.fault(column, TableFault::NotANumber { found: shown(text) }),
        }
    }

    /// A day; `Some(None)` for an empty cell.
    pub(super) fn day(&mut self, column: &str) -> Option<Option<NaiveDate>> {
        let text = self.row.cell(column);
        if text.is_empty() {
            return Some(None);
        }
        // Exactly ten characters: the parser itself takes 2009-6-1 and more.
        match text.parse().ok().filter(|_| text.len() == 10) {
            Some(day) => Some(Some(day)),
            None => self.fault(column, TableFault::NotADay { found: shown(text) }),
        }
    }

    /// A period that must be there.
    pub(super) fn period(&mut self, column: &str) -> Option<Period> {
        let text = self.word(column)?;
        match text.parse() {
            Ok(period) => Some(period),
            Err(_) => self.fault(column, TableFault::NotAPeriod { found: shown(&text) }),
        }
    }

    /// The records a figure was counted from; none for an empty cell.
    pub(super) fn sources(&mut self, column: &str) -> Option<Vec<Source>> {
        let text = self.row.cell(column);
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        let mut sources = Vec::new();
        for part in parts {
            match source(part) {
                Some(source) => sources.push(source),
                None => return self.fault(column, TableFault::NotASource { found: shown(part) }),
            }
        }
        Some(sources)
    }
}

/// `register:record@version`
fn source(text: &str) -> Option<Source> {
    let (register, rest) = text.split_once(':')?;
    let (record, version) = rest.rsplit_once('@')?;
    let version = version.parse().ok().filter(|_| version.bytes().all(|byte| byte.is_ascii_digit()))?;
    let whole = !register.is_empty() && !record.is_empty();
    whole.then(|| Source { register: register.to_owned(), record: record.to_owned(), version })
}

/// `4.3E+17`: a decimal, an E, a signed exponent.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or_default();
    Exact::parse(mantissa).is_ok() && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
