//! What can be wrong with a file of units or facts, and what to do about it.

use serde::Serialize;

use crate::facts::FactFault;

/// What is worth knowing; `Display` says it. Serialises as `{"key": ..., ...}` for other languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum Remark {
    /// Not UTF-8, but whole and readable.
    #[error("is {encoding}, not UTF-8, and was read as such; save it as UTF-8 to be sure of every character")]
    Encoding {
        /// Name of the encoding.
        encoding: String,
    },
    /// A head and nothing below.
    #[error("has no rows: nothing is known")]
    NoRows,
    /// A column nobody asked for.
    #[error("has a column `{name}`, which is not read{}", did_you_mean(.nearest.as_ref()))]
    Unread {
        /// Its name.
        name: String,
        /// The column that may be meant.
        nearest: Option<String>,
    },
}

/// What is wrong; `Display` says it, [`TableFault::remedy`] says what to do. Serialises as `{"key": ..., ...}` for other languages.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum TableFault {
    /// An Excel file.
    #[error("the file is a workbook, not CSV")]
    Workbook,
    /// Bytes that are no text.
    #[error("the text is neither UTF-8 nor GB18030 from here on: a character is cut off or damaged")]
    NotText,
    /// Two encodings in one file.
    #[error("line {utf8_line} is UTF-8 and line {gb_line} GB18030: two files were put together")]
    MixedEncodings {
        /// First line that can only be UTF-8.
        utf8_line: u64,
        /// First line that can only be GB18030.
        gb_line: u64,
    },
    /// Not even a head.
    #[error("the file is empty")]
    NoHead,
    /// A needed column is not there.
    #[error("the column `{name}` is missing")]
    MissingColumn {
        /// Its name.
        name: String,
        /// A column of the file that may be meant.
        nearest: Option<String>,
    },
    /// Two columns of one name.
    #[error("the column `{name}` stands there twice")]
    ColumnTwice {
        /// Its name.
        name: String,
    },
    /// A row that does not fit its head.
    #[error("the row has {found} cells, its head {wanted}")]
    CellCount {
        /// Cells of the row.
        found: usize,
        /// Columns.
        wanted: usize,
    },
    /// Nothing where something is needed.
    #[error("the cell is empty")]
    Empty,
    /// A spreadsheet's short form of a long number, whose digits are lost.
    #[error("`{found}` is how a spreadsheet writes a long number: its last digits are lost")]
    Scientific {
        /// What stands there.
        found: String,
    },
    /// No plain decimal.
    #[error("`{found}` is not a number")]
    NotANumber {
        /// What stands there.
        found: String,
    },
    /// No day.
    #[error("`{found}` is not a day")]
    NotADay {
        /// What stands there.
        found: String,
    },
    /// No period.
    #[error("`{found}` is not a period")]
    NotAPeriod {
        /// What stands there.
        found: String,
    },
    /// No source.
    #[error("`{found}` is not a source")]
    NotASource {
        /// What stands there.
        found: String,
    },
    /// A row without a figure, with half a ratio, or with both.
    #[error("the row has {found}")]
    NoOneFigure {
        /// What it has.
        found: String,
    },
    /// A unit ends before it begins.
    #[error("the unit ends on or before the day it begins, {from}")]
    NoDays {
        /// Its first day.
        from: String,
    },
    /// The unit above is not listed.
    #[error("the unit above, `{parent}`, is not listed")]
    NoParent {
        /// What stands there.
        parent: String,
        /// The unit that may be meant.
        nearest: Option<String>,
    },
    /// Units in a circle.
    #[error("the unit stands under itself, or more than 32 levels deep")]
    Circle,
    /// Two rows for the same thing.
    #[error("the row says again what line {first} says")]
    DuplicateRow {
        /// The first of them.
        first: u64,
    },
    /// Two rows of one unit for the same day.
    #[error("the days of the unit overlap with those in line {other}")]
    Overlap {
        /// The other row.
        other: u64,
    },
    /// The unit of a fact is not listed.
    #[error("the unit `{unit}` is not listed in the file of units")]
    UnknownUnit {
        /// What stands there.
        unit: String,
        /// The unit that may be meant.
        nearest: Option<String>,
    },
    /// The measure of a fact is not in the standard.
    #[error("the standard has no measure `{measure}`")]
    UnknownMeasure {
        /// What stands there.
        measure: String,
        /// The measure that may be meant.
        nearest: Option<String>,
    },
    /// Any other fault of a fact.
    #[error("{0}")]
    Fact(FactFault),
}

fn did_you_mean(nearest: Option<&String>) -> String {
    nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

impl TableFault {
    /// What to do about it; empty where the fault itself says so.
    pub fn remedy(&self) -> String {
        use TableFault as F;
        let nearest = |near: &Option<String>, other: &str| match near {
            Some(near) => format!("write `{near}`, or {other}"),
            None => other.to_owned(),
        };
        match self {
            F::Workbook => "save the sheet as CSV UTF-8 in the spreadsheet".into(),
            F::NotText => "save the file again as CSV UTF-8 from where it was made".into(),
            F::MixedEncodings { .. } => "save both parts as UTF-8, then put them together".into(),
            F::NoHead => "begin with a head of column names".into(),
            F::MissingColumn { name, nearest: Some(near) } => format!("rename the column `{near}` to `{name}`"),
            F::MissingColumn { name, nearest: None } => format!("add the column `{name}`; its cells may be empty"),
            F::ColumnTwice { .. } => "keep one of them".into(),
            F::CellCount { .. } => "correct the commas, or the quotes around a text with a comma".into(),
            F::Empty => "fill it in, or remove the row".into(),
            F::Scientific { .. } => {
                "format the column as text in the spreadsheet and enter the number again from its source".into()
            }
            F::NotANumber { .. } => {
                "write digits with an optional sign and point, such as 4.5, without separators, units or %".into()
            }
            F::NotADay { .. } => "write year-month-day, such as 2009-06-22".into(),
            F::NotAPeriod { .. } => {
                "write 2009, 2009-H1, 2009-Q1, 2009-03 or term-2009-06; format the column as text in a spreadsheet"
                    .into()
            }
            F::NotASource { .. } => {
                "write register:record@version, several with ; between; a spreadsheet cuts cells off after 32,767 \
                 characters, so edit such a file as text"
                    .into()
            }
            F::NoOneFigure { .. } => {
                "enter value, or numerator and denominator; remove the row where nothing is known".into()
            }
            F::NoDays { .. } => "correct valid_from or valid_to; valid_to is the first day it is no more".into(),
            F::NoParent { nearest: near, .. } => nearest(near, "add a row for it"),
            F::Circle => "correct the parent".into(),
            F::DuplicateRow { .. } => "keep the right one".into(),
            F::Overlap { .. } => "end one the day the other begins, or give the second unit its own id".into(),
            F::UnknownUnit { nearest: near, .. } => nearest(near, "add the unit to the file of units"),
            F::UnknownMeasure { nearest: near, .. } => nearest(near, "remove the row"),
            F::Fact(_) => String::new(),
        }
    }

    /// The word of the fault, for programs.
    pub fn key(&self) -> String {
        let written = serde_json::to_value(self).unwrap_or_default();
        written.get("key").and_then(|key| key.as_str()).unwrap_or("fact").to_owned()
    }
}

/// Text of a message: cut, so that a hostile cell does not fill a screen.
pub(super) fn shown(text: &str) -> String {
    let cut: String = text.chars().take(60).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}
