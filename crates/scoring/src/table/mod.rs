//! Units and facts as two CSV files: bytes in, checked [`Units`] and [`Facts`] or every fault with its place out. Owns the files'
//! columns and their faults; the rule that matters: nothing is guessed and nothing is passed over. A row that cannot be used
//! stops the work, with file, line, column and remedy, and all faults of both files are found in one run.
//!
//! `units.csv` has the columns `unit,parent,kind,valid_from,valid_to` and may have `name`; a unit may stand there in several rows
//! whose days do not overlap (it moved under another one). `facts.csv` has `unit,period,measure,value,numerator,denominator` and
//! may have `sources`, the records a figure was counted from: `register:record@version`, several with `;` between. Other columns
//! are not read, and a note says so. Text is UTF-8 (a byte-order mark is no part of it), UTF-16 with a mark, or GB18030, with commas or tabs.

mod cell;
mod error;
mod facts;
mod fault;
mod sheet;
mod text;
mod units;
mod write;

use chrono::NaiveDate;

pub use error::{MAX_ERRORS, Note, TableError, TableErrors};
pub use fault::{Remark, TableFault};
pub use write::{facts_csv, units_csv};

use crate::facts::Facts;
use crate::pack::Pack;
use crate::units::Units;
use error::Faults;

/// A file as it was found.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What two files hold.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The units, each under the one it stood under on the day.
    pub units: Units,
    /// The facts.
    pub facts: Facts,
    /// How many rows of facts.
    pub rows: usize,
    /// What the reader should know, although nothing is wrong.
    pub notes: Vec<Note>,
}

/// Reads both files for a score on a day.
///
/// # Errors
/// Every fault of both files, in their order; beyond [`MAX_ERRORS`] they are only counted.
pub fn read(pack: &Pack, units: File<'_>, facts: File<'_>, as_of: NaiveDate) -> Result<Tables, TableErrors> {
    let (mut faults, mut notes) = (Faults::default(), Vec::new());
    let listed = units::read(units, as_of, &mut faults, &mut notes);
    let (facts, rows) = facts::read(pack, &listed, facts, &mut faults, &mut notes);
    faults.none_or_all()?;
    Ok(Tables { units: listed.units, facts, rows, notes })
}
