//! A sheet as values and looks: what a test or a page can change cell by cell before it becomes a file.

use super::cell::Value;

/// A sheet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its cells, row by row from the top left.
    pub rows: Vec<Vec<Value>>,
    /// How it looks; nothing of it is read.
    pub look: Look,
}

/// How a sheet looks.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Look {
    /// Width of each column, in characters.
    pub widths: Vec<f64>,
    /// What a new cell of each column looks like.
    pub columns: Vec<Style>,
    /// What the cells of a row look like, where not as their column does.
    pub rows: Vec<Vec<Option<Style>>>,
    /// Rows and columns that stay in sight.
    pub frozen: (usize, usize),
    /// The heading row with its last column, to filter by and to repeat on every page.
    pub filter: Option<(usize, usize)>,
    /// Notes on cells: row, column, text.
    pub notes: Vec<(usize, usize, String)>,
    /// Cells limited to a list.
    pub drops: Vec<Drop>,
    /// Rows whose first cell reaches over so many columns.
    pub merged: Vec<(usize, usize)>,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Style {
    /// A text, kept as typed.
    #[default]
    Text,
    /// A number.
    Number,
    /// A day.
    Day,
    /// A heading.
    Heading,
    /// The title of a table.
    Title,
    /// Made by the program, not read.
    Made,
    /// Words for the reader.
    Words,
}

/// Cells limited to a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    /// First and last row.
    pub rows: (usize, usize),
    /// Column.
    pub column: usize,
    /// What the list is.
    pub list: List,
}

/// What a drop-down offers.
#[derive(Clone, Debug, PartialEq)]
pub enum List {
    /// These words, and nothing else.
    Words(Vec<String>),
    /// The cells of a range; something else may be written too.
    Range(String),
    /// Nothing may be written.
    Nothing,
}

impl Sheet {
    /// The value of a cell, both counted from 0.
    pub fn cell(&self, row: usize, column: usize) -> &Value {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&Value::Empty)
    }
}

/// The name of a cell, `F12`, from row and column counted from 0.
pub fn cell_name(row: usize, column: usize) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The name of a column, `F`, counted from 0.
pub fn column_name(column: usize) -> String {
    let mut rest = column;
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + (rest % 26) as u8));
        if rest < 26 {
            return name;
        }
        rest = rest / 26 - 1;
    }
}
