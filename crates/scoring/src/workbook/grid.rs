//! From rows to sheets: headings, looks, notes, drop-downs, and the columns made for the reader's eye.

use std::collections::BTreeMap;

use super::cell::{Holds, Value};
use super::lay::Row;
use super::look::{style, width};
use super::made::{Made, made};
use super::plan::{Column, Field, INDICATOR_CODE, TABLES_PLANNED, Table, What};
use super::sheet::{Drop, List, Look, Sheet, Style};
use super::{guide, words};
use crate::pack::Pack;
use crate::pack::schema::{Kind, Need};

/// Rows kept ready below the last one: drop-downs and formats reach so far.
const SPARE: usize = 300;
/// Empty columns kept ready after a list with a column for each item.
const SPARE_ITEMS: usize = 2;

/// The sheets of a pack.
pub(crate) fn sheets(pack: &Pack, rows: &BTreeMap<&'static str, Vec<Row>>) -> Vec<Sheet> {
    let mut sheets = vec![front(pack)];
    for table in TABLES_PLANNED.iter() {
        let none = Vec::new();
        let rows = rows.get(table.name).unwrap_or(&none);
        let at = sheets.iter().position(|sheet| sheet.name == table.sheet()).unwrap_or_else(|| {
            sheets.push(Sheet { name: table.sheet().to_owned(), ..Sheet::default() });
            sheets.len() - 1
        });
        match table.title() {
            Some(title) if table.form => form(&mut sheets[at], title, table, rows),
            Some(title) => titled(&mut sheets[at], title, table, rows, pack),
            None => whole(&mut sheets[at], table, rows, pack),
        }
    }
    sheets
}

/// A sheet that is one table.
fn whole(sheet: &mut Sheet, table: &Table, rows: &[Row], pack: &Pack) {
    let columns = spread(&table.columns, rows);
    fill(sheet, &columns, table, rows, pack);
    let look = &mut sheet.look;
    look.widths = columns.iter().map(width).collect();
    look.columns = columns.iter().map(style).collect();
    let still = columns.iter().take_while(|column| !matches!(&column.what, What::Field(_))).count();
    look.frozen = (1, if still == 0 { 1 } else { still.min(4) });
    look.filter = Some((0, columns.len() - 1));
}

/// A table below others of its sheet, with its title.
fn titled(sheet: &mut Sheet, title: &str, table: &Table, rows: &[Row], pack: &Pack) {
    heading(sheet, title);
    fill(sheet, &spread(&table.columns, rows), table, rows, pack);
    sheet.rows.push(Vec::new());
}

/// A row with the title of a table.
fn heading(sheet: &mut Sheet, title: &str) {
    let row = sheet.rows.len();
    sheet.look.rows.resize(row, Vec::new());
    sheet.look.rows.push(vec![Some(Style::Title)]);
    sheet.rows.push(vec![Value::text(format!("■ {title}"))]);
}

/// A record as lines: key, value, help.
fn form(sheet: &mut Sheet, title: &str, table: &Table, rows: &[Row]) {
    heading(sheet, title);
    let heads = ["项目", "内容", "填写说明（自动）"];
    sheet.look.rows.push(vec![Some(Style::Heading); 3]);
    sheet.rows.push(heads.into_iter().map(Value::text).collect());
    for column in &table.columns {
        let What::Field(field) = &column.what else { continue };
        let at = sheet.rows.len();
        let value = rows.first().and_then(|row| row.cells.get(&field.label)).cloned().unwrap_or_default();
        sheet.rows.push(vec![Value::text(&column.label), value, Value::text(help(field))]);
        sheet.look.rows.push(vec![Some(Style::Made), Some(style(column)), Some(Style::Made)]);
        if let Some(list) = list(field) {
            sheet.look.drops.push(Drop { rows: (at, at), column: 1, list });
        }
    }
    sheet.rows.push(Vec::new());
}

/// Headings and rows of a table at the end of a sheet.
fn fill(sheet: &mut Sheet, columns: &[Column], table: &Table, rows: &[Row], pack: &Pack) {
    let head = sheet.rows.len();
    sheet.look.rows.resize(head, Vec::new());
    sheet.look.rows.push(vec![Some(Style::Heading); columns.len()]);
    sheet.rows.push(columns.iter().map(|column| Value::text(&column.label)).collect());
    let titled = table.title().is_some();
    let last = head + rows.len() + if titled { 0 } else { SPARE };
    for (at, column) in columns.iter().enumerate() {
        sheet.look.notes.push((head, at, note(column, table)));
        let list = match &column.what {
            What::Row => Some(List::Words(row_words(table))),
            What::Owner if table.rows.iter().any(|row| row.nested) || table.name != "测试" => owners(table),
            What::Field(field) => list(field).or_else(|| range(field)),
            What::Auto(_) => Some(List::Nothing),
            _ => None,
        };
        if let (Some(list), true) = (list, last > head) {
            sheet.look.drops.push(Drop { rows: (head + 1, last), column: at, list });
        }
    }
    let columns_made: Vec<Option<Made>> = columns.iter().map(|column| made_of(column, pack)).collect();
    for row in rows {
        let line = sheet.rows.len();
        let value = |(column, made): (&Column, &Option<Made>)| match &column.what {
            What::Owner => owner(row, &column.label),
            What::Row => Value::text(row.name),
            What::Below => Value::text(&row.below),
            What::Field(field) if field.spread => spread_item(row, field, &column.label),
            What::Field(field) => row.cells.get(&field.label).cloned().unwrap_or_default(),
            What::Auto(_) => made.as_ref().map(|made| made.cell(row, line)).unwrap_or_default(),
        };
        let cells = columns.iter().zip(&columns_made).map(value).collect();
        sheet.rows.push(cells);
        sheet.look.rows.push(if titled {
            columns.iter().map(|column| Some(style(column))).collect()
        } else {
            Vec::new()
        });
    }
}

fn made_of(column: &Column, pack: &Pack) -> Option<Made> {
    match column.what {
        What::Auto(auto) => Some(made(auto, pack)),
        _ => None,
    }
}

/// A code as text; the number of a test as a number.
fn owner(row: &Row, label: &str) -> Value {
    if row.owner.is_empty() {
        return Value::Empty;
    }
    let holds = if label == INDICATOR_CODE { Holds::Kind(Kind::Text) } else { Holds::Any };
    super::cell::put(holds, &row.owner).unwrap_or_default()
}

/// The columns with one for each item of a spread list.
fn spread(columns: &[Column], rows: &[Row]) -> Vec<Column> {
    let each = |column: &Column| match &column.what {
        What::Field(field) if field.spread => {
            let longest = rows.iter().filter_map(|row| row.spread.get(&field.label)).map(Vec::len).max().unwrap_or(0);
            let item = |number: usize| Column { label: format!("{}{number}", field.label), ..column.clone() };
            (1..=longest + SPARE_ITEMS).map(item).collect()
        }
        _ => vec![column.clone()],
    };
    columns.iter().flat_map(each).collect()
}

fn spread_item(row: &Row, field: &Field, label: &str) -> Value {
    let number = label.strip_prefix(field.label.as_str()).and_then(|number| number.parse::<usize>().ok()).unwrap_or(0);
    let item = row.spread.get(&field.label).and_then(|items| items.get(number.saturating_sub(1)));
    item.cloned().unwrap_or_default()
}

fn row_words(table: &Table) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for row in &table.rows {
        if !words.iter().any(|word| word == row.name) {
            words.push(row.name.to_owned());
        }
    }
    words
}

/// What the drop-down of a value offers.
fn list(field: &Field) -> Option<List> {
    match field.holds {
        Holds::Kind(Kind::Choice(among)) => {
            Some(List::Words(among.iter().map(|word| words::label(among, word).to_owned()).collect()))
        }
        Holds::Kind(Kind::YesNo) => Some(List::Words(vec!["是".into(), "否".into()])),
        _ => None,
    }
}

/// The codes of indicators, for the owner of a row.
fn owners(table: &Table) -> Option<List> {
    let indicators = table.columns.iter().any(|column| column.label == INDICATOR_CODE);
    indicators.then(|| List::Range("指标!$A$2:$A$1000".to_owned()))
}

/// The marks, for the mark of a figure.
fn range(field: &Field) -> Option<List> {
    let marks = |name: &str| name == "confidence" || name.ends_with("_confidence");
    marks(field.name).then(|| List::Range(format!("\"{}\"", guide::MARKS.map(|(mark, _)| mark).join(","))))
}

fn note(column: &Column, table: &Table) -> String {
    match &column.what {
        What::Owner => "这一行属于哪一项；空着的归上一行".into(),
        What::Row => format!("这一行是什么：{}", row_words(table).join("、")),
        What::Below => "空着表示直接属于该项；否则写上一级的行类和名称".into(),
        What::Auto(_) => "由程序生成，不读取".into(),
        What::Field(field) => help(field),
    }
}

/// What to write, whether it must be there, and the key in the files.
fn help(field: &Field) -> String {
    let need = match field.need {
        Need::Required => "必填".to_owned(),
        Need::Optional => "可不填".to_owned(),
        Need::Default(meant) => match field.holds {
            Holds::Kind(Kind::Choice(among)) => format!("不填即为{}", words::label(among, meant)),
            Holds::Kind(Kind::YesNo) => format!("不填即为{}", words::yes_no(meant)),
            _ => format!("不填即为 {meant}"),
        },
    };
    let mut help = field.help.to_owned();
    if let Holds::Kind(Kind::Choice(among)) = field.holds {
        // The help names the words of the files; here their names stand in the cells.
        for word in among {
            help = help.replace(&format!("{word} "), "");
        }
    }
    if matches!(field.holds, Holds::Kind(Kind::YesNo)) {
        help = help.replace("true", "是").replace("false", "否");
    }
    format!("{help}（{need}；{}）", field.name)
}

/// The first sheet up to its tables: how to use the workbook, the marks, which pack this is.
fn front(pack: &Pack) -> Sheet {
    let look = Look {
        widths: vec![22.0, 60.0, 44.0, 10.0, 10.0, 14.0, 14.0],
        columns: vec![Style::Text; 7],
        ..Look::default()
    };
    let mut sheet = Sheet { name: guide::FRONT.to_owned(), look, ..Sheet::default() };
    let line = |sheet: &mut Sheet, cells: Vec<String>, over: Option<usize>| {
        let row = sheet.rows.len();
        sheet.look.rows.resize(row, Vec::new());
        sheet.look.rows.push(vec![Some(Style::Words); cells.len()]);
        sheet.look.merged.extend(over.map(|last| (row, last)));
        sheet.rows.push(cells.into_iter().map(Value::text).collect());
    };
    let [how, marks, version] = guide::TITLES;
    heading(&mut sheet, how);
    for (number, words) in guide::USE.iter().enumerate() {
        line(&mut sheet, vec![format!("{}. {words}", number + 1)], Some(2));
    }
    sheet.rows.push(Vec::new());
    heading(&mut sheet, marks);
    for (mark, means) in guide::MARKS {
        line(&mut sheet, vec![mark.to_string(), means.to_string()], None);
    }
    sheet.rows.push(Vec::new());
    heading(&mut sheet, version);
    let facts = [
        ("标准", format!("{} 第 {} 版", pack.standard.id, pack.standard.version)),
        ("写出时的指纹", pack.fingerprint()),
        ("写出时的指标数", pack.indicators.len().to_string()),
    ];
    for (name, value) in facts {
        line(&mut sheet, vec![name.to_owned(), value], None);
    }
    sheet.rows.push(Vec::new());
    sheet
}
