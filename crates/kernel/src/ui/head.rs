//! Head of a page, tabs and panels.
//!
//! The rule that matters: one h1, one line about the page, at most four acts, the main one last.

use maud::{Markup, Render, html};

use super::shell::demo_mark;
use crate::i18n::Lang;

/// Head of a page: `(PageHead::new(lang, "社区用房").meta("…").act(link_button(…)))` within `html!`.
#[derive(Debug, Clone)]
pub struct PageHead {
    lang: Lang,
    title: String,
    code: String,
    marks: Vec<Markup>,
    demo: bool,
    meta: Option<Markup>,
    acts: Vec<Markup>,
}

impl PageHead {
    /// The h1.
    pub fn new(lang: Lang, title: impl Into<String>) -> Self {
        PageHead {
            lang,
            title: title.into(),
            code: String::new(),
            marks: Vec::new(),
            demo: false,
            meta: None,
            acts: Vec::new(),
        }
    }
    /// A code before the title: D02.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }
    /// A lamp or tag after the title.
    pub fn mark(mut self, mark: Markup) -> Self {
        self.marks.push(mark);
        self
    }
    /// Marks the page's figures as synthetic.
    pub fn demo(mut self, yes: bool) -> Self {
        self.demo = yes;
        self
    }
    /// The line about the page.
    pub fn meta(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.meta = (!text.is_empty()).then(|| html! { (text) });
        self
    }
    /// The line about the page with links or marks in it.
    pub fn meta_markup(mut self, meta: Markup) -> Self {
        self.meta = Some(meta);
        self
    }
    /// An act at the right; the main one is added last.
    pub fn act(mut self, act: Markup) -> Self {
        self.acts.push(act);
        self
    }
}

impl Render for PageHead {
    fn render(&self) -> Markup {
        html! {
            div.hj-head {
                h1 {
                    @if !self.code.is_empty() { span.code { (self.code) } }
                    (self.title)
                    @for mark in &self.marks { " " (mark) }
                    @if self.demo { " " (demo_mark(self.lang)) }
                }
                @if let Some(meta) = &self.meta { span.meta { (meta) } }
                @if !self.acts.is_empty() { div.hj-acts { @for act in &self.acts { (act) } } }
            }
        }
    }
}

/// One tab or saved view.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    /// What it shows.
    pub label: String,
    /// Its address.
    pub href: String,
    /// How many it shows.
    pub count: Option<String>,
    /// Whether it is the one shown.
    pub selected: bool,
}

impl Tab {
    /// A tab without count.
    pub fn new(label: impl Into<String>, href: impl Into<String>, selected: bool) -> Self {
        Tab { label: label.into(), href: href.into(), count: None, selected }
    }
    /// With a count.
    pub fn count(mut self, n: impl ToString) -> Self {
        self.count = Some(n.to_string());
        self
    }
}

/// A row of tabs, each an address of its own; `label` names the row for screen readers.
pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    tabs_with(label, tabs, html! {})
}

/// The same with something at the end of the row, such as 存为视图.
pub fn tabs_with(label: &str, tabs: &[Tab], end: Markup) -> Markup {
    html! {
        div.hj-tabs role="tablist" aria-label=(label) {
            @for tab in tabs {
                a role="tab" aria-selected=(tab.selected.to_string()) href=(tab.href) {
                    (tab.label) @if let Some(n) = &tab.count { span.n { (n) } }
                }
            }
            (end)
        }
    }
}

/// A panel with its heading. `acts` stand at the right of the heading and may be empty; `body` fills the panel to its edges.
pub fn panel(title: &str, acts: Markup, body: Markup) -> Markup {
    html! {
        section.hj-panel {
            header { h2 { (title) } @if !acts.0.is_empty() { span.acts { (acts) } } }
            (body)
        }
    }
}

/// A panel whose body keeps a distance from the edges.
pub fn panel_pad(title: &str, acts: Markup, body: Markup) -> Markup {
    panel(title, acts, html! { div.pad { (body) } })
}

/// A panel with a quiet line at its foot: the source, the rule, the limit.
pub fn panel_foot(title: &str, acts: Markup, body: Markup, foot: Markup) -> Markup {
    panel(title, acts, html! { (body) footer { (foot) } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_has_one_h1_a_line_and_acts_in_order() {
        let head = PageHead::new(Lang::ZhCn, "社区用房")
            .code("D02")
            .demo(true)
            .meta("每个社区一行")
            .act(html! { a { "导出 Excel" } })
            .act(html! { a { "新增" } });
        let html = head.render().into_string();
        assert_eq!(html.matches("<h1>").count(), 1);
        assert!(html.contains(r#"<span class="code">D02</span>社区用房 <span class="hj-demo""#));
        assert!(html.find("导出 Excel") < html.find("新增"));
    }

    #[test]
    fn an_empty_line_and_no_acts_leave_nothing_behind() {
        let html = PageHead::new(Lang::En, "To-dos").meta("").render().into_string();
        assert_eq!(html, r#"<div class="hj-head"><h1>To-dos</h1></div>"#);
    }

    #[test]
    fn tabs_are_links_and_name_the_selected_one() {
        let html =
            tabs("视图", &[Tab::new("全部", "/a", true).count(51), Tab::new("未达标", "/b", false)]).into_string();
        assert!(html.contains(r#"<a role="tab" aria-selected="true" href="/a">全部<span class="n">51</span></a>"#));
        assert!(html.contains(r#"aria-selected="false" href="/b">未达标</a>"#));
    }

    #[test]
    fn a_panel_without_acts_has_no_empty_box() {
        assert_eq!(
            panel_pad("责任", html! {}, html! { "x" }).into_string(),
            r#"<section class="hj-panel"><header><h2>责任</h2></header><div class="pad">x</div></section>"#
        );
    }
}
