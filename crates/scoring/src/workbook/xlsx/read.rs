//! Bytes to sheets: values only, with dates and per cent as the cells show them.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};

use super::guard::bearable;
use crate::workbook::cell::Value;
use crate::workbook::sheet::Sheet;

/// The most rows and columns of a sheet that are read.
const MAX_ROWS: u32 = 50_000;
const MAX_COLUMNS: u32 = 500;
/// The most cells of a workbook, empty ones between filled ones included.
const MAX_CELLS: usize = 4_000_000;
/// The most sheets.
const MAX_SHEETS: usize = 60;

/// The sheets of a workbook, without looks.
///
/// # Errors
/// What is wrong with the file as a whole.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    bearable(bytes)?;
    let says = |error: XlsxError| format!("the workbook cannot be read: {error}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(says)?;
    let names = book.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err("the workbook has more sheets than a pack may have".into());
    }
    let mut left = MAX_CELLS;
    let mut sheets = Vec::new();
    for name in names {
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A chart on a sheet of its own has no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(says(error)),
        };
        let mut rows: Vec<Vec<Value>> = Vec::new();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(says)? {
            let ((line, column), value) = (cell.get_position(), cell.get_value());
            let format = || reader.styles().get(style).and_then(|style| style.number_format.as_ref());
            let value = of(value, &|| format().map(|format| format.format_code.clone()).unwrap_or_default());
            if value.is_empty() {
                continue;
            }
            if line >= MAX_ROWS || column >= MAX_COLUMNS {
                return Err(format!("the sheet {name} reaches further than a pack may"));
            }
            let (line, column) = (line as usize, column as usize);
            if rows.len() <= line {
                rows.resize(line + 1, Vec::new());
            }
            if rows[line].len() <= column {
                let more = column + 1 - rows[line].len();
                left = left.checked_sub(more).ok_or("the workbook has more cells than a pack may have")?;
                rows[line].resize(column + 1, Value::Empty);
            }
            rows[line][column] = value;
        }
        sheets.push(Sheet { name, rows, ..Sheet::default() });
    }
    Ok(sheets)
}

fn of(value: &DataRef<'_>, format: &dyn Fn() -> String) -> Value {
    let owned: Data = value.clone().into();
    match owned {
        Data::Empty => Value::Empty,
        Data::String(text) => Value::Text(text),
        Data::Int(number) => Value::Number(number as f64),
        Data::Float(number) if format().contains('%') => Value::Percent(number),
        Data::Float(number) => Value::Number(number),
        Data::Bool(yes) => Value::Yes(yes),
        Data::DateTime(date) => Value::Date(date_as_shown(&date, &format())),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Date(text),
        Data::Error(error) => Value::Fault(error.to_string()),
    }
}

/// `2009-06-22`; `2009-06` where the format shows no day; with the time where there is one.
fn date_as_shown(date: &ExcelDateTime, format: &str) -> String {
    let (year, month, day, hour, minute, _, _) = date.to_ymd_hms_milli();
    if hour != 0 || minute != 0 {
        return format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}");
    }
    if day == 1 && !format.is_empty() && !shows_day(format) {
        return format!("{year}-{month:02}");
    }
    format!("{year}-{month:02}-{day:02}")
}

/// Whether a number format shows the day: a `d` outside quotes and brackets.
fn shows_day(format: &str) -> bool {
    let (mut quoted, mut bracketed) = (false, false);
    format.to_lowercase().chars().any(|c| {
        match c {
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ => {}
        }
        c == 'd' && !quoted && !bracketed
    })
}
