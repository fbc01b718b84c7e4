//! The workbook as a plan: tables, the kinds of row each has, and its columns, all drawn from the schema of the pack.

mod open;
mod places;

use std::sync::LazyLock;

pub(crate) use open::{Child, ENTRY_KEY, ENTRY_VALUE, Field, Open, Shape, TYPE, open, variant};
pub(crate) use places::FILE_ROWS;
use places::TABLES;

use crate::pack::schema::{FILES, INDICATOR, TEST};

/// Whose rows they are, where a table holds rows of many owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Nobody's in particular.
    None,
    /// An indicator's, by its code.
    Indicator,
    /// A test's, by its number.
    Test,
}

/// A kind of row.
#[derive(Debug)]
pub(crate) struct RowKind {
    /// The word that names it.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether its owner stands in a column before it.
    pub owner: Owner,
    /// Whether it may stand below another row of its owner, which a column then names.
    pub nested: bool,
    /// Whether it holds the values of its owner's own row that stand in another table.
    pub beside: bool,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its heading.
    pub label: String,
    /// What stands in it.
    pub what: What,
}

/// What stands in a column.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// Code or number of the owner.
    Owner,
    /// The kind of row.
    Row,
    /// The row of the owner it stands below.
    Below,
    /// A value.
    Field(Box<Field>),
    /// Something made for the reader's eye; never read.
    Auto(Auto),
}

/// What is made for the reader's eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auto {
    /// The indicator's name.
    Name,
    /// Its lead.
    Lead,
    /// Its measure.
    Measure,
    /// Its rule in words.
    Rule,
    /// How many indicators an area has.
    Count,
    /// Their points.
    Points,
}

/// Ends the heading of a column that is never read.
pub(crate) const AUTO: &str = "（自动）";
/// Heading of the code of the indicator a row belongs to.
pub(crate) const INDICATOR_CODE: &str = "指标编号";
/// Heading of the number of the test a row belongs to.
pub(crate) const TEST_NUMBER: &str = "例号";
/// Heading of the kind of row.
pub(crate) const ROW: &str = "行类";
/// Heading of the row of the owner it stands below.
pub(crate) const BELOW: &str = "所属";

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    /// `sheet`, or `sheet/title`.
    pub name: &'static str,
    /// One key a line instead of one a column.
    pub form: bool,
    /// Its kinds of row.
    pub rows: Vec<RowKind>,
    /// Its columns; of a form, its lines.
    pub columns: Vec<Column>,
}

impl Table {
    /// The sheet it stands on.
    pub(crate) fn sheet(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(sheet, _)| sheet)
    }

    /// The title before it, where its sheet has several.
    pub(crate) fn title(&self) -> Option<&'static str> {
        self.name.split_once('/').map(|(_, title)| title)
    }
}

/// Whether rows below an object name it as their owner.
pub(crate) fn owns(shape: Shape) -> Owner {
    match shape {
        Shape::Object(object) if std::ptr::eq(object, &INDICATOR) => Owner::Indicator,
        Shape::Object(object) if std::ptr::eq(object, &TEST) => Owner::Test,
        _ => Owner::None,
    }
}

/// The tables, in the order of the workbook.
pub(crate) static TABLES_PLANNED: LazyLock<Vec<Table>> = LazyLock::new(plan);

fn plan() -> Vec<Table> {
    let bare = |at: &places::Where| Table { name: at.name, form: at.form, rows: Vec::new(), columns: Vec::new() };
    let mut tables: Vec<Table> = TABLES.iter().map(bare).collect();
    // Measures first: the definitions stand above their uses.
    for index in [1, 0, 2, 3] {
        let ((_, object), (table, row)) = (FILES[index], FILE_ROWS[index]);
        let kind =
            RowKind { name: row, shape: Shape::Object(object), owner: Owner::None, nested: false, beside: false };
        visit(&mut tables, table, kind, Owner::None);
    }
    for table in &mut tables {
        table.columns = columns(table);
    }
    tables
}

/// Every record a shape can be: one for each object of its variant.
fn all(shape: Shape, table: &'static str) -> Vec<Open> {
    match variant(shape) {
        Some((_, objects)) => objects.iter().map(|object| open(shape, Some(object.name), table)).collect(),
        None => vec![open(shape, None, table)],
    }
}

/// Adds a kind of row to its table, and those below it; `owner` is whose rows those below are.
fn visit(tables: &mut [Table], name: &'static str, kind: RowKind, owner: Owner) {
    let Some(at) = tables.iter().position(|table| table.name == name) else { return };
    let (shape, row) = (kind.shape, kind.name);
    if let Some(known) = tables[at].rows.iter_mut().find(|known| known.name == row && same(known.shape, shape)) {
        known.nested |= kind.nested;
        return;
    }
    let opened = all(shape, name);
    let owner = if owns(shape) == Owner::None { owner } else { owns(shape) };
    if opened.iter().any(|open| !open.fields.is_empty()) {
        tables[at].rows.push(kind);
    }
    for beside in opened.iter().flat_map(|open| &open.fields).filter_map(|field| field.beside) {
        if let Some(table) = tables.iter_mut().find(|table| table.name == beside && table.rows.is_empty()) {
            table.rows.push(RowKind { name: beside, shape, owner, nested: false, beside: true });
        }
    }
    for child in opened.into_iter().flat_map(|open| open.children) {
        let nested = owner != Owner::None && owns(shape) == Owner::None;
        let kind = RowKind { name: child.row, shape: child.shape, owner, nested, beside: false };
        visit(tables, child.table, kind, owner);
    }
}

fn same(one: Shape, other: Shape) -> bool {
    match (one, other) {
        (Shape::Object(one), Shape::Object(other)) => std::ptr::eq(one, other),
        (Shape::Variant(one), Shape::Variant(other)) => std::ptr::eq(one, other),
        (Shape::Entry(one), Shape::Entry(other)) => std::ptr::eq(one, other),
        _ => false,
    }
}

/// The columns of a table: owner, kind of row, row it stands below, then every value of its rows.
fn columns(table: &Table) -> Vec<Column> {
    let column = |label: &str, what| Column { label: label.to_owned(), what };
    let mut columns = Vec::new();
    match table.rows.iter().map(|row| row.owner).find(|owner| *owner != Owner::None) {
        // An indicator's own row begins with its code.
        Some(Owner::Indicator) => {
            columns.push(column(INDICATOR_CODE, What::Owner));
            columns.push(column(&format!("指标名称{AUTO}"), What::Auto(Auto::Name)));
        }
        Some(Owner::Test) => columns.push(column(TEST_NUMBER, What::Owner)),
        _ => {}
    }
    if table.rows.len() > 1 {
        columns.push(column(ROW, What::Row));
    }
    if table.rows.iter().any(|row| row.nested) {
        columns.push(column(BELOW, What::Below));
    }
    let opened = |row: &RowKind| -> Vec<Field> {
        let fields = all(row.shape, table.name).into_iter().flat_map(|open| open.fields);
        fields.filter(|field| field.beside == row.beside.then_some(table.name)).collect()
    };
    for field in table.rows.iter().flat_map(opened) {
        if !columns.iter().any(|column: &Column| column.label == field.label) {
            columns.push(Column { label: field.label.clone(), what: What::Field(Box::new(field)) });
        }
    }
    let autos = [
        ("指标", "分值", &[("牵头", Auto::Lead), ("口径", Auto::Measure)][..]),
        ("指标", "汇总", &[("规则说明", Auto::Rule)]),
        ("说明/领域", "分值", &[("指标合计", Auto::Count), ("分值合计", Auto::Points)]),
    ];
    for (_, after, made) in autos.into_iter().filter(|(name, _, _)| *name == table.name) {
        let at = columns.iter().position(|column| column.label == after).map_or(columns.len(), |at| at + 1);
        let made = made.iter().map(|(label, auto)| column(&format!("{label}{AUTO}"), What::Auto(*auto)));
        columns.splice(at..at, made);
    }
    columns
}
