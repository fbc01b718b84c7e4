//! A CSV text as rows under known columns. Owns the place of a row: its line in the file as an editor counts.

use std::borrow::Cow;

use super::File;
use super::error::{Faults, Note};
use super::fault::{Remark, TableFault, shown};
use super::text;
use crate::pack::nearest;

/// The columns of a file.
pub(super) struct Columns {
    /// Those that must be there.
    pub needed: &'static [&'static str],
    /// Those that may.
    pub optional: &'static [&'static str],
}

/// A row with its place.
pub(super) struct Row<'r> {
    /// 1-based line on which it begins.
    pub line: u64,
    cells: &'r csv::StringRecord,
    places: &'r [(&'static str, usize)],
}

impl Row<'_> {
    /// The cell of a column without blanks around it; empty where the column is not there.
    pub(super) fn cell(&self, column: &str) -> &str {
        let place = self.places.iter().find(|(name, _)| *name == column).map(|(_, place)| *place);
        // A spreadsheet takes a text that begins like a formula for one: such a text carries an apostrophe.
        let text = place.and_then(|place| self.cells.get(place)).unwrap_or_default().trim();
        let armed = |rest: &&str| rest.trim_start_matches('\'').starts_with(super::write::FORMULA);
        text.strip_prefix('\'').filter(armed).unwrap_or(text)
    }
}

/// Reads a file row by row. Rows that do not fit the head are faults and not handed on; how many they are is the answer.
pub(super) fn read(
    file: File<'_>,
    columns: &Columns,
    faults: &mut Faults,
    notes: &mut Vec<Note>,
    mut each: impl FnMut(&Row<'_>, &mut Faults),
) -> usize {
    let text = match text::decode(file.bytes) {
        Ok((text, encoding)) => {
            let remark = encoding.map(|encoding| Remark::Encoding { encoding: encoding.to_owned() });
            notes.extend(remark.map(|remark| Note { file: file.name.to_owned(), remark }));
            text
        }
        Err(fault) => {
            faults.at(file.name, fault.0, None, fault.1);
            return 0;
        }
    };
    let text = one_line_end(text);
    let first = text.lines().next().unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    let delimiter = if count('\t') > count(',') { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let (mut head, mut record, mut rows, mut refused) = (None, csv::StringRecord::new(), 0, 0);
    // The text is in memory and whole: reading it cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some((places, wanted)) = &head else {
            match read_head(file.name, line, &record, columns, faults, notes) {
                Some(places) => head = Some((places, record.len())),
                None => return 0,
            }
            continue;
        };
        rows += 1;
        let beyond = record.iter().skip(*wanted).any(|cell| !cell.trim().is_empty());
        if record.len() < *wanted || beyond {
            faults.at(file.name, line, None, TableFault::CellCount { found: record.len(), wanted: *wanted });
            refused += 1;
            continue;
        }
        each(&Row { line, cells: &record, places }, faults);
    }
    if head.is_none() {
        faults.at(file.name, 1, None, TableFault::NoHead);
    } else if rows == 0 {
        notes.push(Note { file: file.name.to_owned(), remark: Remark::NoRows });
    }
    refused
}

/// Line ends of old systems as those of today; those of Windows the reader knows.
fn one_line_end(text: Cow<'_, str>) -> Cow<'_, str> {
    let alone = text.contains('\r') && !text.contains('\n');
    if alone { Cow::Owned(text.replace('\r', "\n")) } else { text }
}

fn read_head(
    file: &str,
    line: u64,
    head: &csv::StringRecord,
    columns: &Columns,
    faults: &mut Faults,
    notes: &mut Vec<Note>,
) -> Option<Vec<(&'static str, usize)>> {
    let before = faults.count();
    let names: Vec<&str> = head.iter().map(str::trim).collect();
    let known = || columns.needed.iter().chain(columns.optional).copied();
    let mut places = Vec::new();
    for name in known() {
        let mut at = names.iter().enumerate().filter(|(_, found)| **found == name).map(|(place, _)| place);
        places.extend(at.next().map(|place| (name, place)));
        if at.next().is_some() {
            faults.at(file, line, Some(name), TableFault::ColumnTwice { name: name.to_owned() });
        }
    }
    let strange = || names.iter().copied().filter(|name| !name.is_empty() && !known().any(|known| known == *name));
    let is_there = |name: &str| places.iter().any(|(there, _)| *there == name);
    for name in columns.needed.iter().filter(|name| !is_there(name)) {
        let fault = TableFault::MissingColumn { name: (*name).to_owned(), nearest: nearest(name, strange()) };
        faults.at(file, line, Some(name), fault);
    }
    let missing = || known().filter(|name| !is_there(name));
    notes.extend(strange().take(20).map(|name| {
        let remark = Remark::Unread { name: shown(name), nearest: nearest(name, missing()) };
        Note { file: file.to_owned(), remark }
    }));
    (faults.count() == before).then_some(places)
}

/// Counts lines forward. The reader's own count lags where rows are parted by two characters or blank lines.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the row found at this byte begins; rows come in order.
    fn of(&mut self, byte: u64) -> u64 {
        let found = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.at, self.text.len());
        let between = self.text[found..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = found + between;
        self.line += self.text[self.at..start].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = start;
        self.line
    }
}
