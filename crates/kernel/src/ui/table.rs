//! Data tables.
//!
//! Owns [`Table`]: columns declared once, rows of cells, groups, totals. The rule that matters: what a column is — a number, sortable,
//! dropped or named on the phone — is said at the column, so that the rows stay plain and every cell of a column looks alike. The unit
//! of a number stands in the head; the totals are those of the whole filter, not of the page.

use maud::{Markup, Render, html};

use super::query::Query;
use crate::i18n::{Lang, ta};

/// What a column becomes in the phone's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phone {
    /// A line of its own, without the column's name: the title of the row.
    #[default]
    Line,
    /// In a line with others, with the column's name before it.
    Named,
    /// In a line with others, without name.
    Inline,
    /// Left out.
    Hidden,
}

/// Order of a sorted column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Ascending,
    Descending,
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    label: String,
    unit: String,
    classes: Vec<&'static str>,
    phone: Phone,
    sort: Option<(String, Option<Order>)>,
    quiet_head: bool,
}

impl Column {
    /// A column of text.
    pub fn text(label: impl Into<String>) -> Self {
        Column { label: label.into(), ..Column::default() }
    }
    /// A column of figures, at the right; on the phone named, in line.
    pub fn num(label: impl Into<String>) -> Self {
        Column { label: label.into(), classes: vec!["num"], phone: Phone::Named, ..Column::default() }
    }
    /// The unit, shown in the head: m², 万元.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }
    /// No wider than its content: marks, buttons.
    pub fn tight(mut self) -> Self {
        self.classes.push("tight");
        self
    }
    /// Centred.
    pub fn centre(mut self) -> Self {
        self.classes.push("c");
        self
    }
    /// Further classes: `nowrap`, `dim`, `b`; `cd1`, `cd2` hide while the drawer is open.
    pub fn class(mut self, class: &'static str) -> Self {
        self.classes.push(class);
        self
    }
    /// What it becomes on the phone.
    pub fn phone(mut self, phone: Phone) -> Self {
        self.phone = phone;
        self
    }
    /// The head is for screen readers only (a column of buttons).
    pub fn quiet_head(mut self) -> Self {
        self.quiet_head = true;
        self
    }
    /// Sortable by `key`: the head becomes a link that sets `sort=key` or `sort=-key` in `query` and goes back to the first page.
    pub fn sort(mut self, query: &Query, key: &str) -> Self {
        let present = match query.get("sort") {
            Some(sort) if sort == key => Some(Order::Ascending),
            Some(sort) if sort.strip_prefix('-') == Some(key) => Some(Order::Descending),
            _ => None,
        };
        let next = if present == Some(Order::Ascending) { format!("-{key}") } else { key.to_owned() };
        self.sort = Some((query.without("page").with("sort", next).href(), present));
        self
    }

    fn full_label(&self) -> String {
        if self.unit.is_empty() { self.label.clone() } else { format!("{} {}", self.label, self.unit) }
    }

    fn head(&self, lang: Lang) -> Markup {
        let classes = self.classes.iter().filter(|c| ["num", "c", "tight", "cd1", "cd2"].contains(c)).copied();
        let class = classes.collect::<Vec<_>>().join(" ");
        let order = self.sort.as_ref().and_then(|(_, order)| *order);
        let aria = order.map(|o| if o == Order::Ascending { "ascending" } else { "descending" });
        html! {
            th scope="col" class=[(!class.is_empty()).then_some(class)] aria-sort=[aria] {
                @if let Some((href, _)) = &self.sort {
                    a href=(href) title=(ta(lang, "table-sort", &[("column", self.label.clone().into())])) {
                        (self.full_label())
                        @match order { Some(Order::Ascending) => " ↑", Some(Order::Descending) => " ↓", None => "" }
                    }
                } @else if self.quiet_head { span.sr { (self.label) } } @else { (self.full_label()) }
            }
        }
    }

    fn cell(&self, cell: &Cell, cards: bool) -> Markup {
        let phone = match self.phone {
            _ if !cards => None,
            Phone::Line => None,
            Phone::Named | Phone::Inline => Some("inl"),
            Phone::Hidden => Some("no-phone"),
        };
        let classes: Vec<&str> = self
            .classes
            .iter()
            .copied()
            .chain(phone)
            .chain((!cell.class.is_empty()).then_some(cell.class.as_str()))
            .collect();
        let class = classes.join(" ");
        let name = (cards && self.phone == Phone::Named).then(|| self.full_label());
        html! { td class=[(!class.is_empty()).then_some(class)] data-l=[name] { (cell.content) } }
    }
}

/// A cell: its content, and classes where it differs from its column (`down` for a figure short of its norm).
#[derive(Debug, Clone, Default)]
pub struct Cell {
    content: Markup,
    class: String,
    span: Option<usize>,
}

impl Cell {
    /// Further classes of this cell alone.
    pub fn class(mut self, class: impl Into<String>) -> Self {
        self.class = class.into();
        self
    }
    /// Takes the room of several columns; for totals.
    pub fn span(mut self, columns: usize) -> Self {
        self.span = Some(columns);
        self
    }
    /// A title with a link and a quiet second line, which may be empty.
    pub fn title(text: &str, href: &str, sub: &str) -> Self {
        html! { a.title href=(href) { (text) } @if !sub.is_empty() { span.sub { (sub) } } }.into()
    }
}

impl From<Markup> for Cell {
    fn from(content: Markup) -> Self {
        Cell { content, ..Cell::default() }
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        html! { (text) }.into()
    }
}
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        html! { (text) }.into()
    }
}

/// A row of cells, one a column.
#[derive(Debug, Clone, Default)]
pub struct Row {
    cells: Vec<Cell>,
    id: Option<String>,
    class: String,
    selected: bool,
    check: Option<(String, String)>,
}

impl Row {
    /// One cell a column.
    pub fn new(cells: Vec<Cell>) -> Self {
        Row { cells, ..Row::default() }
    }
    /// Id of the element, so that an act can swap the row alone: `row-…`.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
    /// Classes of the row: `err`, `new`, `chg` in an import.
    pub fn class(mut self, class: impl Into<String>) -> Self {
        self.class = class.into();
        self
    }
    /// Whether it is the one shown in the drawer, or ticked.
    pub fn selected(mut self, yes: bool) -> Self {
        self.selected = yes;
        self
    }
    /// Value and name of the row's tick box; only in a table that is [`Table::selectable`].
    pub fn check(mut self, value: impl Into<String>, name: impl Into<String>) -> Self {
        self.check = Some((value.into(), name.into()));
        self
    }
}

/// What stands between head and totals.
#[derive(Debug, Clone)]
enum Line {
    Row(Row),
    Group(Markup),
}

/// A table: `(Table::new(lang, "社区用房登记表", columns).row(…).foot(…))` within `html!`.
#[derive(Debug, Clone)]
pub struct Table {
    lang: Lang,
    caption: String,
    columns: Vec<Column>,
    lines: Vec<Line>,
    foot: Vec<Cell>,
    class: String,
    cards: bool,
    form: Option<String>,
}

impl Table {
    /// A table named by `caption` for screen readers.
    pub fn new(lang: Lang, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        let (caption, class) = (caption.into(), "hj-t".to_owned());
        Table { lang, caption, columns, lines: Vec::new(), foot: Vec::new(), class, cards: true, form: None }
    }
    /// Adds a row.
    pub fn row(mut self, row: Row) -> Self {
        self.lines.push(Line::Row(row));
        self
    }
    /// Adds rows.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.lines.extend(rows.into_iter().map(Line::Row));
        self
    }
    /// Begins a group of rows: 已逾期 · 2 件.
    pub fn group(mut self, label: &str, count: &str) -> Self {
        self.lines.push(Line::Group(html! { (label) @if !count.is_empty() { span.dim.xs { " · " (count) } } }));
        self
    }
    /// The totals of the whole filter; cells may [`Cell::span`] columns.
    pub fn foot(mut self, cells: Vec<Cell>) -> Self {
        self.foot = cells;
        self
    }
    /// The head sticks under the top bar; not within a box that scrolls by itself.
    pub fn stick(mut self) -> Self {
        self.class.push_str(" stick");
        self
    }
    /// Stays a table on the phone instead of turning rows into cards; for narrow tables.
    pub fn no_cards(mut self) -> Self {
        self.cards = false;
        self
    }
    /// Further classes of the table.
    pub fn class(mut self, class: &str) -> Self {
        self.class.push(' ');
        self.class.push_str(class);
        self
    }
    /// Rows get tick boxes named `id` that belong to the form with this id (see [`super::pager::batch_bar`]).
    pub fn selectable(mut self, form: impl Into<String>) -> Self {
        self.form = Some(form.into());
        self
    }

    fn render_row(&self, row: &Row) -> Markup {
        html! {
            tr id=[row.id.as_deref()] class=[(!row.class.is_empty()).then_some(&row.class)]
                aria-selected=[row.selected.then_some("true")] {
                @if let Some(form) = &self.form {
                    td.tight.no-phone {
                        @if let Some((value, name)) = &row.check {
                            input.form-check-input type="checkbox" name="id" value=(value) form=(form) data-row-check
                                aria-label=(ta(self.lang, "table-select", &[("row", name.clone().into())]));
                        }
                    }
                }
                @for (column, cell) in self.columns.iter().zip(&row.cells) { (column.cell(cell, self.cards)) }
            }
        }
    }

    fn render_foot(&self) -> Markup {
        // The column a cell of the totals begins at; cells may span several.
        let starts = self.foot.iter().scan(0, |next, cell| {
            let at = *next;
            *next += cell.span.unwrap_or(1);
            Some(at)
        });
        // A figure stands at the right; a column that hides beside the drawer takes its total along.
        let class = |at: usize, cell: &Cell| {
            let own =
                self.columns.get(at).filter(|_| cell.span.is_none()).map(|c| c.classes.as_slice()).unwrap_or_default();
            let kept = own.iter().filter(|class| ["num", "c", "cd1", "cd2"].contains(class)).copied();
            let class =
                kept.chain((!cell.class.is_empty()).then_some(cell.class.as_str())).collect::<Vec<_>>().join(" ");
            (!class.is_empty()).then_some(class)
        };
        html! {
            tfoot class=[self.cards.then_some("no-phone")] {
                tr {
                    @if self.form.is_some() { td {} }
                    @for (at, cell) in starts.zip(&self.foot) {
                        td colspan=[cell.span] class=[class(at, cell)] { (cell.content) }
                    }
                }
            }
        }
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        let width = self.columns.len() + usize::from(self.form.is_some());
        html! {
            table class={ (self.class) @if self.cards { " cards" } } {
                caption.sr { (self.caption) }
                thead {
                    tr {
                        @if self.form.is_some() {
                            th.tight scope="col" {
                                input.form-check-input type="checkbox" data-check-all
                                    aria-label=(crate::i18n::t(self.lang, "table-select-all"));
                            }
                        }
                        @for column in &self.columns { (column.head(self.lang)) }
                    }
                }
                tbody {
                    @for line in &self.lines {
                        @match line {
                            Line::Row(row) => (self.render_row(row)),
                            Line::Group(label) => tr.grp { td colspan=(width) { (label) } },
                        }
                    }
                }
                @if !self.foot.is_empty() { (self.render_foot()) }
            }
        }
    }
}

/// The box around a table with what belongs to it: a bar above, the pager and the batch bar below. `id` is the target of swaps (`list`).
pub fn table_box(id: &str, table: Markup, below: Markup) -> Markup {
    html! { div.hj-tw id=(id) { div.hj-scroll { (table) } (below) } }
}
