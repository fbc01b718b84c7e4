//! Packs as workbooks: nothing lost, one cell is one value, hands and spreadsheets are understood, faults have cells.

mod faults;
mod hands;
mod hostile;
mod lossless;
mod random;

use hejian_scoring::Pack;
use hejian_scoring::pack::PackTexts;
use hejian_scoring::workbook::{self, Sheet, Value, cell_name};

use crate::support::folder;

/// The sheets of a pack, to be edited as an official would.
#[derive(Clone)]
pub struct Book(pub Vec<Sheet>);

impl Book {
    /// The district pack.
    pub fn district() -> Book {
        Book(workbook::sheets(&district()).unwrap_or_else(|errors| panic!("{errors}")))
    }

    /// The district pack with its tests.
    pub fn tested() -> Book {
        Book(workbook::sheets(&folder("cn-mca-2008-142-district")).unwrap_or_else(|errors| panic!("{errors}")))
    }

    pub fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.0.iter_mut().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
    }

    /// The place of a cell: the first row that shows all of `row`, under `heading`.
    pub fn find(&mut self, sheet: &str, row: &[&str], heading: &str) -> (usize, usize) {
        let sheet = self.sheet(sheet);
        let shows = |cells: &[Value], text: &str| cells.iter().any(|cell| cell.shown() == text);
        let at = sheet.rows.iter().position(|cells| row.iter().all(|text| shows(cells, text)));
        let at = at.unwrap_or_else(|| panic!("no row {row:?}"));
        let column = sheet.rows.iter().find_map(|cells| cells.iter().position(|cell| cell.shown() == heading));
        (at, column.unwrap_or_else(|| panic!("no heading {heading}")))
    }

    /// Writes a value into that cell and says its name.
    pub fn set(&mut self, sheet: &str, row: &[&str], heading: &str, value: Value) -> String {
        let (line, column) = self.find(sheet, row, heading);
        self.put(sheet, line, column, value)
    }

    pub fn put(&mut self, sheet: &str, line: usize, column: usize, value: Value) -> String {
        let rows = &mut self.sheet(sheet).rows;
        if rows.len() <= line {
            rows.resize(line + 1, Vec::new());
        }
        if rows[line].len() <= column {
            rows[line].resize(column + 1, Value::Empty);
        }
        rows[line][column] = value;
        format!("{sheet}!{}", cell_name(line, column))
    }

    /// What is read after it was written as a file.
    pub fn read(&self) -> PackTexts {
        let bytes = workbook::xlsx_of_sheets(&self.0).unwrap();
        workbook::read("book.xlsx", &bytes).unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// The errors of reading the sheets.
    pub fn errors(&self) -> Vec<String> {
        let errors = workbook::texts("book.xlsx", &self.0).expect_err("the workbook was read");
        errors.0.iter().map(ToString::to_string).collect()
    }
}

/// The canonical texts of the district pack, without its tests: they would refuse most edits of a rule.
pub fn district() -> PackTexts {
    PackTexts { tests: None, ..canonical(&folder("cn-mca-2008-142-district")) }
}

pub fn canonical(texts: &PackTexts) -> PackTexts {
    Pack::from_texts(texts).unwrap_or_else(|errors| panic!("{errors}")).write()
}

/// Lines that differ: of the first, of the second.
pub fn differing(before: &PackTexts, after: &PackTexts) -> (Vec<String>, Vec<String>) {
    let all = |texts: &PackTexts| {
        let files = [Some(&texts.standard), Some(&texts.measures), texts.migration.as_ref(), texts.tests.as_ref()];
        files.into_iter().flatten().flat_map(|text| text.lines().map(str::to_owned)).collect::<Vec<_>>()
    };
    let (before, after) = (all(before), all(after));
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let tail = before[same..].iter().rev().zip(after[same..].iter().rev()).take_while(|(one, other)| one == other);
    let tail = tail.count();
    (before[same..before.len() - tail].to_vec(), after[same..after.len() - tail].to_vec())
}

/// The text an official types.
pub fn typed(text: &str) -> Value {
    Value::text(text)
}
