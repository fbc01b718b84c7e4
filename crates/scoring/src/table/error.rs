//! The faults of a file with their places: each names the file, the line, the column, the fault and the remedy.

use std::fmt;

use serde::Serialize;

use super::fault::{Remark, TableFault};

/// The most faults that are listed; the rest is counted.
pub const MAX_ERRORS: usize = 100;

/// One fault, with its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableError {
    /// Name of the file as given.
    pub file: String,
    /// 1-based line.
    pub line: u64,
    /// Name of the column, where it is one.
    pub column: Option<String>,
    /// The measure or unit concerned, where there is one.
    pub subject: Option<String>,
    /// What is wrong.
    pub fault: TableFault,
}

/// All faults found, those of the units first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableErrors {
    /// The first [`MAX_ERRORS`].
    pub errors: Vec<TableError>,
    /// How many more there are.
    pub more: usize,
}

/// Something worth knowing about a file that can be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// Name of the file as given.
    pub file: String,
    /// What it is.
    pub remark: Remark,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        if let Some(subject) = &self.subject {
            write!(f, "{subject}: ")?;
        }
        let remedy = self.fault.remedy();
        write!(f, "{}{}{remedy}", self.fault, if remedy.is_empty() { "" } else { "; " })
    }
}

impl fmt::Display for TableErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.errors.iter().enumerate() {
            write!(f, "{}{error}", if i == 0 { "" } else { "\n" })?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.file, self.remark)
    }
}

impl std::error::Error for TableError {}
impl std::error::Error for TableErrors {}

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    errors: Vec<TableError>,
    more: usize,
}

impl Faults {
    pub(super) fn add(&mut self, error: TableError) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        } else {
            self.more += 1;
        }
    }

    pub(super) fn at(&mut self, file: &str, line: u64, column: Option<&str>, fault: TableFault) {
        let (file, column) = (file.to_owned(), column.map(str::to_owned));
        self.add(TableError { file, line, column, subject: None, fault });
    }

    /// Those of another part of the reading, after these.
    pub(super) fn take(&mut self, other: Faults) {
        self.more += other.more;
        other.errors.into_iter().for_each(|error| self.add(error));
    }

    /// Whether more are only counted: then nothing costly is to be said about them.
    pub(super) fn is_full(&self) -> bool {
        self.errors.len() >= MAX_ERRORS
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.errors.len() + self.more
    }

    /// # Errors
    /// All of them.
    pub(super) fn none_or_all(self) -> Result<(), TableErrors> {
        let Faults { errors, more } = self;
        if errors.is_empty() { Ok(()) } else { Err(TableErrors { errors, more }) }
    }
}
