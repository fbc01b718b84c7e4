//! The detail of a record: the drawer beside its list, and lists of terms.
//!
//! The rule that matters: the drawer is not modal where there is room — the list beside it stays usable — and everything in it can be
//! had on a page of its own; its cross is a link to the list, so it closes without script.

use maud::{Markup, Render, html};

use super::icon;
use crate::i18n::{Lang, t};

/// The drawer: `(Drawer::new(lang, "detail", "军民村社区用房", close_href).section(…))` within `html!`. The page's
/// [`super::shell::Shell::body_class`] is `has-drawer`.
#[derive(Debug, Clone)]
pub struct Drawer {
    lang: Lang,
    id: String,
    over: String,
    title: String,
    close: String,
    acts: Vec<Markup>,
    tabs: Option<Markup>,
    sections: Vec<Markup>,
    foot: Option<Markup>,
}

impl Drawer {
    /// A drawer with the element's id, its title, and the address of the list without it.
    pub fn new(lang: Lang, id: impl Into<String>, title: impl Into<String>, close: impl Into<String>) -> Self {
        Drawer {
            lang,
            id: id.into(),
            over: String::new(),
            title: title.into(),
            close: close.into(),
            acts: Vec::new(),
            tabs: None,
            sections: Vec::new(),
            foot: None,
        }
    }
    /// A quiet line over the title: YF-0031 · 城北街道.
    pub fn over(mut self, text: impl Into<String>) -> Self {
        self.over = text.into();
        self
    }
    /// A button beside the title.
    pub fn act(mut self, act: Markup) -> Self {
        self.acts.push(act);
        self
    }
    /// Tabs under the title (see [`super::head::tabs`]).
    pub fn tabs(mut self, tabs: Markup) -> Self {
        self.tabs = Some(tabs);
        self
    }
    /// A part of the body without heading; the first says the fact against its norm.
    pub fn part(mut self, body: Markup) -> Self {
        self.sections.push(html! { section { (body) } });
        self
    }
    /// A part of the body with a heading.
    pub fn section(mut self, title: &str, body: Markup) -> Self {
        self.sections.push(html! { section { h3 { (title) } (body) } });
        self
    }
    /// Buttons at the foot, one of them primary.
    pub fn foot(mut self, acts: Markup) -> Self {
        self.foot = Some(acts);
        self
    }
}

impl Render for Drawer {
    fn render(&self) -> Markup {
        let title_id = format!("{}-title", self.id);
        html! {
            aside.hj-drawer id=(self.id) data-wide aria-labelledby=(title_id) {
                header {
                    div.grow {
                        @if !self.over.is_empty() { div.xs.dim { (self.over) } }
                        h2 id=(title_id) { (self.title) }
                    }
                    @for act in &self.acts { (act) }
                    a.btn.btn-sm.btn-quiet href=(self.close) data-close=(self.id) aria-label=(t(self.lang, "drawer-close")) { (icon("x")) }
                }
                @if let Some(tabs) = &self.tabs { div.dtabs { (tabs) } }
                div.body { @for section in &self.sections { (section) } }
                @if let Some(foot) = &self.foot { footer { (foot) } }
            }
        }
    }
}

/// A list of terms with what they are; text becomes [`Markup`] by `html! { (text) }`.
pub fn definitions(items: &[(&str, Markup)]) -> Markup {
    html! { dl.hj-dl { @for (term, value) in items { dt { (term) } dd { (value) } } } }
}

/// A narrow list of figures with their names: 距合格线 −4.70.
pub fn key_figures(items: &[(&str, Markup)]) -> Markup {
    html! { dl.kv { @for (term, value) in items { div { dt { (term) } dd { (value) } } } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawer_is_named_by_its_title_and_closes_without_script() {
        let drawer = Drawer::new(Lang::ZhCn, "detail", "军民村社区用房", "/premises?sub=S4")
            .over("YF-0031 · 城北街道")
            .section("记录", html! { "x" })
            .foot(html! { "y" });
        let html = drawer.render().into_string();
        assert!(html.starts_with(r#"<aside class="hj-drawer" id="detail" data-wide aria-labelledby="detail-title">"#));
        assert!(html.contains(r#"href="/premises?sub=S4" data-close="detail" aria-label="关闭""#));
        assert!(html.contains("<section><h3>记录</h3>x</section>"));
        assert!(html.ends_with("<footer>y</footer></aside>"));
    }

    #[test]
    fn terms_stand_beside_what_they_are() {
        let items = [("状态", html! { "已验收" })];
        assert_eq!(definitions(&items).into_string(), r#"<dl class="hj-dl"><dt>状态</dt><dd>已验收</dd></dl>"#);
        assert_eq!(key_figures(&items).into_string(), r#"<dl class="kv"><div><dt>状态</dt><dd>已验收</dd></div></dl>"#);
    }
}
