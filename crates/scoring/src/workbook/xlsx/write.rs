//! Sheets to bytes.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Note, Workbook, Worksheet, XlsxError,
};

use crate::workbook::cell::Value;
use crate::workbook::sheet::{Drop, List, Sheet, Style};

/// Narrowest sum of widths that takes a second page across.
const PAGE: f64 = 210.0;

/// The bytes of a workbook with these sheets.
///
/// # Errors
/// What the format cannot hold: too many rows, a name no sheet may have.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same pack gives the same bytes: no clock.
    let made = ExcelDateTime::from_ymd(2009, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let looks = Looks::new();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        fill(page, sheet, &looks)?;
    }
    book.save_to_buffer()
}

struct Looks {
    text: Format,
    number: Format,
    day: Format,
    heading: Format,
    title: Format,
    made: Format,
    words: Format,
}

impl Looks {
    fn new() -> Looks {
        let bare = || Format::new().set_align(FormatAlign::Top);
        let cell = || bare().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBFBFBF)).set_text_wrap();
        Looks {
            text: cell().set_num_format("@"),
            number: cell(),
            day: cell().set_num_format("yyyy-mm-dd"),
            heading: cell().set_bold().set_background_color(Color::RGB(0xDDEBF7)),
            title: bare().set_bold().set_font_size(13),
            made: cell().set_background_color(Color::RGB(0xF2F2F2)).set_font_color(Color::RGB(0x595959)),
            words: bare().set_text_wrap(),
        }
    }

    fn of(&self, style: Style) -> &Format {
        match style {
            Style::Text => &self.text,
            Style::Number => &self.number,
            Style::Day => &self.day,
            Style::Heading => &self.heading,
            Style::Title => &self.title,
            Style::Made => &self.made,
            Style::Words => &self.words,
        }
    }
}

fn fill(page: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    let look = &sheet.look;
    for (column, width) in look.widths.iter().enumerate() {
        page.set_column_width(column as u16, *width)?;
        // Cells to come are as their column, so that what is typed there stays as typed.
        if let Some(style) = look.columns.get(column) {
            page.set_column_format(column as u16, &looks.of(*style).clone().set_border(FormatBorder::None))?;
        }
    }
    for (line, cells) in sheet.rows.iter().enumerate() {
        for (column, value) in cells.iter().enumerate() {
            let own = look.rows.get(line).and_then(|row| row.get(column)).copied().flatten();
            let style = own.or_else(|| look.columns.get(column).copied()).unwrap_or_default();
            put(page, line as u32, column as u16, value, looks.of(style))?;
        }
    }
    for (line, last) in &look.merged {
        let text = sheet.cell(*line, 0).shown();
        page.merge_range(*line as u32, 0, *line as u32, *last as u16, &text, &looks.words)?;
    }
    for (line, cells) in sheet.rows.iter().enumerate() {
        let over = look.merged.iter().find(|(merged, _)| *merged == line).map_or(0, |(_, last)| *last);
        let width = |column: usize| match column {
            0 => look.widths.iter().take(over + 1).sum(),
            column => look.widths.get(column).copied().unwrap_or(8.0),
        };
        let lines = cells.iter().enumerate().map(|(column, cell)| lines(&cell.shown(), width(column))).max();
        // Not every program makes room for wrapped text by itself.
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            page.set_row_height(line as u32, (15.0 * lines as f64).min(400.0))?;
        }
    }
    for (line, column, text) in &look.notes {
        page.insert_note(*line as u32, *column as u16, &Note::new(text).add_author_prefix(false))?;
    }
    for drop in &look.drops {
        limit(page, drop)?;
    }
    page.set_landscape().set_paper_size(9).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    let across = (look.widths.iter().sum::<f64>() / PAGE).ceil().max(1.0) as u16;
    page.set_print_fit_to_pages(across, 0).set_footer("&L&A&C&P / &N");
    if let Some((line, last)) = look.filter {
        page.autofilter(line as u32, 0, (sheet.rows.len().max(2) as u32 - 1).max(line as u32 + 1), last as u16)?;
        page.set_repeat_rows(line as u32, line as u32)?;
        if across > 1 && look.frozen.1 > 0 {
            page.set_repeat_columns(0, look.frozen.1 as u16 - 1)?;
        }
    }
    page.set_freeze_panes(look.frozen.0 as u32, look.frozen.1 as u16)?;
    Ok(())
}

/// Lines of a wrapped text in a column of a width in characters; a Chinese character is as wide as two.
fn lines(text: &str, width: f64) -> usize {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    text.lines().map(|line| (wide(line) * 1.1 / width).ceil().max(1.0) as usize).sum()
}

fn put(page: &mut Worksheet, line: u32, column: u16, value: &Value, look: &Format) -> Result<(), XlsxError> {
    match value {
        Value::Empty => page.write_blank(line, column, look)?,
        Value::Text(text) | Value::Fault(text) => page.write_string_with_format(line, column, text, look)?,
        Value::Number(number) => page.write_number_with_format(line, column, *number, look)?,
        Value::Percent(number) => {
            page.write_number_with_format(line, column, *number, &look.clone().set_num_format("0%"))?
        }
        Value::Yes(yes) => page.write_boolean_with_format(line, column, *yes, look)?,
        Value::Date(date) => match day(date) {
            Some((day, format)) => {
                page.write_datetime_with_format(line, column, &day, &look.clone().set_num_format(format))?
            }
            None => page.write_string_with_format(line, column, date, look)?,
        },
        Value::Formula { formula, shown } => {
            let formula = Formula::new(formula).set_result(shown.shown());
            page.write_formula_with_format(line, column, formula, look)?
        }
    };
    Ok(())
}

/// A day as the spreadsheet counts it, from 1900 on, and how it is shown.
fn day(text: &str) -> Option<(ExcelDateTime, &'static str)> {
    let mut parts = text.split('-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (day, format) = match parts.next() {
        Some(day) => (day.parse().ok()?, "yyyy-mm-dd"),
        None => (1, "yyyy-mm"),
    };
    // Spreadsheets count a 29 February 1900 that never was.
    let kept = year > 1900 && text.len() <= 10;
    ExcelDateTime::from_ymd(year, month, day).ok().filter(|_| kept).map(|day| (day, format))
}

fn limit(page: &mut Worksheet, drop: &Drop) -> Result<(), XlsxError> {
    let validation = match &drop.list {
        List::Words(words) => DataValidation::new()
            .allow_list_strings(words)?
            .set_error_title("不在可选之列")?
            .set_error_message("请从下拉框中选择。")?,
        List::Range(range) => DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .set_error_style(DataValidationErrorStyle::Information)
            .set_error_title("请核对")?
            .set_error_message("不在现有之列，请核对后确认。")?,
        List::Nothing => DataValidation::new()
            .allow_custom(Formula::new("FALSE"))
            .set_error_title("自动生成")?
            .set_error_message("这一列由程序生成，不读取；请到它所出自的表中修改。")?,
    };
    let (first, last, column) = (drop.rows.0 as u32, drop.rows.1 as u32, drop.column as u16);
    page.add_data_validation(first, column, last, column, &validation)?;
    Ok(())
}
