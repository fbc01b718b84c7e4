//! Stat tiles: a label, a figure, and what it is measured against.
//!
//! The rule that matters: a figure is shown with its unit and its measure; *not assessed* is a word, never 0; a tile that is a link
//! filters the list below it.

use maud::{Markup, html};

use super::lamp::{LampKind, lamp};

/// One tile.
#[derive(Debug, Clone, Default)]
pub struct Tile {
    label: String,
    mark: Option<Markup>,
    value: String,
    unit: String,
    sub: String,
    bad: bool,
    words: bool,
    href: Option<String>,
    current: bool,
}

impl Tile {
    /// A figure as written, with what it is.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Tile { label: label.into(), value: value.into(), ..Tile::default() }
    }
    /// The same under a lamp instead of a plain label.
    pub fn lamp(kind: LampKind, word: &str, value: impl Into<String>) -> Self {
        Tile { mark: Some(lamp(kind, word)), value: value.into(), ..Tile::default() }
    }
    /// The same under a tag.
    pub fn tag(mark: Markup, value: impl Into<String>) -> Self {
        Tile { mark: Some(mark), value: value.into(), ..Tile::default() }
    }
    /// Unit after the figure: %, 个社区, / 3.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }
    /// What it is measured against: 39 / 51 个社区.
    pub fn against(mut self, text: impl Into<String>) -> Self {
        self.sub = text.into();
        self
    }
    /// The measure is missed: its line is red.
    pub fn bad(mut self, yes: bool) -> Self {
        self.bad = yes;
        self
    }
    /// The value is words, not a figure: set smaller.
    pub fn words(mut self) -> Self {
        self.words = true;
        self
    }
    /// A tile that filters the list below.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
    /// The filter in force.
    pub fn current(mut self, yes: bool) -> Self {
        self.current = yes;
        self
    }

    fn label(&self) -> Markup {
        html! { @match &self.mark { Some(mark) => (mark), None => (self.label) } }
    }
    fn value(&self) -> Markup {
        html! { (self.value) @if !self.unit.is_empty() { small { (self.unit) } } }
    }
    fn sub_class(&self) -> &'static str {
        if self.bad { "s down" } else { "s" }
    }
}

/// A row of tiles.
pub fn tiles(tiles: &[Tile]) -> Markup {
    html! {
        @if tiles.iter().any(|tile| tile.href.is_some()) { div.hj-tiles { (linked(tiles)) } }
        @else {
            dl.hj-tiles {
                @for tile in tiles {
                    div.hj-tile aria-current=[tile.current.then_some("true")] {
                        dt { (tile.label()) }
                        dd class=[tile.words.then_some("txt")] { (tile.value()) }
                        @if !tile.sub.is_empty() { div class=(tile.sub_class()) { (tile.sub) } }
                    }
                }
            }
        }
    }
}

/// Four tiles under lamps above a list; `label` names the group for screen readers.
pub fn lamp_tiles(label: &str, tiles: &[Tile]) -> Markup {
    html! { div.hj-lamps role="group" aria-label=(label) { (linked(tiles)) } }
}

fn linked(tiles: &[Tile]) -> Markup {
    let inner = |tile: &Tile| {
        html! {
            @match &tile.mark { Some(mark) => (mark), None => span.k { (tile.label) } }
            span.v { (tile.value()) }
            " "
            @if !tile.sub.is_empty() { span class=(tile.sub_class()) { (tile.sub) } }
        }
    };
    html! {
        @for tile in tiles {
            @match &tile.href {
                Some(href) => a.hj-tile href=(href) aria-current=[tile.current.then_some("true")] { (inner(tile)) },
                None => div.hj-tile { (inner(tile)) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_has_label_figure_unit_and_measure() {
        let html = tiles(&[Tile::new("现值", "76.5").unit("%").against("39 / 51 个社区").bad(true)]).into_string();
        assert_eq!(
            html,
            r#"<dl class="hj-tiles"><div class="hj-tile"><dt>现值</dt><dd>76.5<small>%</small></dd><div class="s down">39 / 51 个社区</div></div></dl>"#
        );
    }

    #[test]
    fn tiles_that_filter_are_links_and_show_the_filter_in_force() {
        let html = tiles(&[Tile::tag(html! { "错误" }, "5").href("?kind=err").current(true)]).into_string();
        assert!(html.contains(r#"<a class="hj-tile" href="?kind=err" aria-current="true">"#));
        assert!(!html.contains("<dl"));
    }

    #[test]
    fn lamp_tiles_carry_colour_shape_and_word() {
        let html = lamp_tiles("按灯号筛选", &[Tile::lamp(LampKind::Red, "逾期", "2").unit("件").href("?lamp=red")])
            .into_string();
        assert!(html.contains("hj-lamp red") && html.contains("逾期"));
    }
}
