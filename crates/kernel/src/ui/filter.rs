//! The filter bar over a list.
//!
//! Owns [`FilterBar`], a form sent by GET: the address holds the filters. The rule that matters: changes apply at once with script and
//! by a button without; whatever else stands in the query — the sorting, the view — is kept, and the page begins again at the first.

use maud::{Markup, Render, html};

use super::controls::Choice;
use super::icon;
use super::query::Query;
use crate::i18n::{Lang, t};

/// A filter bar: `(FilterBar::new(lang, &query).select(…).search(…))` within `html!`, just above the [`super::table::table_box`].
#[derive(Debug, Clone)]
pub struct FilterBar {
    lang: Lang,
    query: Query,
    names: Vec<String>,
    items: Vec<Markup>,
    more: Vec<Markup>,
    target: String,
}

impl FilterBar {
    /// A bar that filters the address of `query`; present values are read from it.
    pub fn new(lang: Lang, query: &Query) -> Self {
        let (items, more, target) = (Vec::new(), Vec::new(), "list".to_owned());
        FilterBar { lang, query: query.clone(), names: vec!["page".into()], items, more, target }
    }

    /// Id of the part of the page that a change swaps; `list` unless said.
    pub fn target(mut self, id: impl Into<String>) -> Self {
        self.target = id.into();
        self
    }

    /// A list of choices; “all” (nothing sent) comes first.
    pub fn select(mut self, name: &str, label: &str, choices: &[Choice]) -> Self {
        let item = self.select_item(name, label, choices);
        self.items.push(item);
        self.names.push(name.to_owned());
        self
    }

    /// The same among 更多条件.
    pub fn more_select(mut self, name: &str, label: &str, choices: &[Choice]) -> Self {
        let item = self.select_item(name, label, choices);
        self.more.push(item);
        self.names.push(name.to_owned());
        self
    }

    /// A day or figure among 更多条件.
    pub fn more_text(mut self, name: &str, label: &str, placeholder: &str) -> Self {
        let value = self.query.get(name).unwrap_or_default();
        self.more.push(html! {
            label { span.lt { (label) } input.form-control type="text" name=(name) value=(value) placeholder=(placeholder); }
        });
        self.names.push(name.to_owned());
        self
    }

    /// A field of free text; `hint` says what it looks through: 社区、地址、编号.
    pub fn search(mut self, name: &str, label: &str, hint: &str) -> Self {
        let value = self.query.get(name).unwrap_or_default();
        self.items.push(html! {
            label.grow.q {
                span.sr { (label) }
                input.form-control type="search" name=(name) value=(value) placeholder=(hint) autocomplete="off";
            }
        });
        self.names.push(name.to_owned());
        self
    }

    fn select_item(&self, name: &str, label: &str, choices: &[Choice]) -> Markup {
        let present = self.query.get(name).unwrap_or_default();
        html! {
            label {
                span.lt { (label) }
                select.form-select name=(name) {
                    option value="" { (t(self.lang, "filter-all")) }
                    @for choice in choices { option value=(choice.value) selected[choice.value == present] { (choice.label) } }
                }
            }
        }
    }

    fn filtered(&self) -> bool {
        self.names.iter().any(|name| name != "page" && self.query.get(name).is_some_and(|value| !value.is_empty()))
    }
}

impl Render for FilterBar {
    fn render(&self) -> Markup {
        let target = format!("#{}", self.target);
        let cleared = self.names.iter().fold(self.query.clone(), |query, name| query.without(name));
        html! {
            form.hj-filter method="get" action=(self.query.path()) hx-get=(self.query.path()) hx-target=(target) hx-select=(target)
                hx-swap="outerHTML" hx-push-url="true" hx-indicator="#bar"
                hx-trigger="change, input delay:300ms from:find input[type=search]" {
                @for (name, value) in self.query.pairs() {
                    @if !self.names.contains(name) { input type="hidden" name=(name) value=(value); }
                }
                @for item in &self.items { (item) }
                @if !self.more.is_empty() {
                    details.hj-menu { summary.btn { (icon("filter")) (t(self.lang, "filter-more")) } div.hj-pop.more { @for item in &self.more { (item) } } }
                }
                noscript { button.btn type="submit" { (t(self.lang, "filter-apply")) } }
                @if self.filtered() { a.btn.btn-quiet href=(cleared.href()) { (t(self.lang, "filter-clear")) } }
            }
            div.hj-line.htmx-indicator id="bar" aria-hidden="true" {}
        }
    }
}
