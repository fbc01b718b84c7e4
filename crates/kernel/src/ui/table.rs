//! Data tables.
//!
//! Owns [`Table`]: columns declared once, rows of cells, groups, totals. The rule that matters: what a column is — a number, sortable,
//! dropped or named on the phone — is said at the column, so that the rows stay plain and every cell of a column looks alike. The unit
//! of a number stands in the head; the totals are those of the whole filter, not of the page.

use maud::{Markup, Render, html};

pub use super::column::{Cell, Column, Phone};
use crate::i18n::{Lang, t, ta};

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
                                    aria-label=(t(self.lang, "table-select-all"));
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
