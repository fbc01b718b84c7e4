//! A pack as an Excel workbook and back, without loss: bytes in, bytes out.
//!
//! Two layers. The lower one lays the trees of a pack out as [`Sheet`]s and gathers them again, driven by the table of
//! [`crate::pack::schema`]: a new key has its column without new code, and only what a reader would look for on another
//! sheet is named in a short list of places. The upper one turns sheets into the bytes of a file and back.
//!
//! The rule that matters: what is written reads back as the same canonical texts, and a changed cell changes its own value
//! and nothing else. What spreadsheets and hands do to cells (numbers for codes, full-width digits, dates for months, 是 and
//! 否) is read; everything else is an error at its cell, with what to write.

mod cell;
mod gather;
mod grid;
mod guide;
mod lay;
mod look;
mod made;
mod plan;
mod sentence;
mod sheet;
mod text;
mod words;
mod xlsx;

pub use cell::Value;
pub use sheet::{Drop, List, Look, Sheet, Style, cell_name, column_name};
pub use xlsx::{Beside, annotate as xlsx_with_words, read as sheets_of_xlsx, write as xlsx_of_sheets};

use crate::pack::{Cell, Pack, PackError, PackErrors, PackTexts, Problem};

/// The workbook of a pack.
///
/// # Errors
/// What is wrong with the pack, in its files; a text too long for a cell (32,767 characters).
pub fn write(texts: &PackTexts) -> Result<Vec<u8>, PackErrors> {
    let sheets = sheets(texts)?;
    xlsx_of_sheets(&sheets).map_err(|error| whole(&texts.name, error.to_string(), "shorten what it names"))
}

/// The pack of a workbook; `name` is what errors call the file.
///
/// # Errors
/// Everything wrong, each with sheet and cell.
pub fn read(name: &str, bytes: &[u8]) -> Result<PackTexts, PackErrors> {
    let remedy = "save the file as .xlsx, and start from a workbook that was written by `pack convert`";
    let sheets = sheets_of_xlsx(bytes).map_err(|says| whole(name, says, remedy))?;
    texts(name, &sheets)
}

/// The sheets of a pack.
///
/// # Errors
/// As [`write()`].
pub fn sheets(texts: &PackTexts) -> Result<Vec<Sheet>, PackErrors> {
    let pack = Pack::from_texts(texts)?;
    let laid = lay::lay(&pack.nodes());
    if let Some((label, begins)) = laid.too_long.first() {
        let says = format!("the text of `{label}` that begins `{begins}` does not fit into a cell");
        return Err(whole(&texts.name, says, "shorten it to 32,767 characters"));
    }
    Ok(grid::sheets(&pack, &laid.tables))
}

/// The canonical texts of the pack on sheets; `name` is what errors call the file.
///
/// # Errors
/// As [`read()`].
pub fn texts(name: &str, sheets: &[Sheet]) -> Result<PackTexts, PackErrors> {
    let gathered = gather::gather(sheets);
    match Pack::from_nodes(name, &gathered.nodes) {
        Ok(pack) if gathered.errors.is_empty() => Ok(pack.write()),
        read => {
            let tree = read.err().map(|errors| errors.0).unwrap_or_default();
            Err(gather::errors(name, sheets, gathered, tree))
        }
    }
}

/// An error of a file as a whole.
fn whole(file: &str, says: String, write: &str) -> PackErrors {
    let problem = Problem::Unfit { says, write: write.to_owned() };
    let cell: Option<Cell> = None;
    PackErrors(vec![PackError { file: file.to_owned(), line: 1, column: 1, cell, subject: None, problem }])
}
