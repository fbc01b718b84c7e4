//! Columns and cells of a [`super::table::Table`].
//!
//! The rule that matters: what a column is stands at the column; a cell says only where it differs.

use maud::{Markup, html};

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
    pub(super) classes: Vec<&'static str>,
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

    /// Name with unit.
    pub(super) fn full_label(&self) -> String {
        if self.unit.is_empty() { self.label.clone() } else { format!("{} {}", self.label, self.unit) }
    }

    /// The head's cell.
    pub(super) fn head(&self, lang: Lang) -> Markup {
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

    /// A body's cell; `cards` where the table turns rows into cards.
    pub(super) fn cell(&self, cell: &Cell, cards: bool) -> Markup {
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
    pub(super) content: Markup,
    pub(super) class: String,
    pub(super) span: Option<usize>,
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
