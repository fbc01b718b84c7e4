//! The explanation tree: how a figure came about, down to the records.
//!
//! The rule that matters: every number opens. A branch shows its rule and its arithmetic, a leaf is a record with its verdict and a link;
//! what is not assessed says so and is never 0.

use maud::{Markup, html};

use crate::i18n::{Lang, t};

/// A verdict on a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the norm is met.
    pub good: bool,
    /// In words, with its sign: ✓ 达标, ✕ 未达.
    pub word: String,
}

impl Verdict {
    /// The usual words.
    pub fn of(lang: Lang, good: bool) -> Self {
        Verdict { good, word: t(lang, if good { "verdict-met" } else { "verdict-missed" }) }
    }
}

/// A step of the explanation; without children it is a leaf.
#[derive(Debug, Clone, Default)]
pub struct TreeNode {
    /// What it is: 达标率, 军民村社区.
    pub title: String,
    /// Its rule: = 达标社区 ÷ 社区总数.
    pub op: String,
    /// Its arithmetic: 39 ÷ 51.
    pub how: String,
    /// Its value as written: 76.47%, 未评.
    pub value: String,
    /// Unit of the value.
    pub unit: String,
    /// Whether the norm is met, where there is one.
    pub verdict: Option<Verdict>,
    /// Where the record or the figure opens.
    pub href: Option<String>,
    /// The steps below.
    pub children: Vec<TreeNode>,
    /// Whether the branch is shown open.
    pub open: bool,
    /// Whether the title is set bold: the steps of the score rather than places and records.
    pub strong: bool,
    /// Name of its place on the page, for an address that leads to it.
    pub id: Option<String>,
}

impl TreeNode {
    /// A step with its value.
    pub fn new(title: impl Into<String>, value: impl Into<String>) -> Self {
        TreeNode { title: title.into(), value: value.into(), ..TreeNode::default() }
    }
    /// Its rule.
    pub fn op(mut self, op: impl Into<String>) -> Self {
        self.op = op.into();
        self
    }
    /// Its arithmetic.
    pub fn how(mut self, how: impl Into<String>) -> Self {
        self.how = how.into();
        self
    }
    /// Unit of the value.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }
    /// Whether the norm is met.
    pub fn verdict(mut self, verdict: Verdict) -> Self {
        self.verdict = Some(verdict);
        self
    }
    /// Where it opens.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
    /// The steps below.
    pub fn children(mut self, children: Vec<TreeNode>) -> Self {
        self.children = children;
        self
    }
    /// Shown open.
    pub fn open(mut self, yes: bool) -> Self {
        self.open = yes;
        self
    }
    /// Shown open with everything below it.
    pub fn open_whole(mut self) -> Self {
        self.open = true;
        self.children = self.children.into_iter().map(Self::open_whole).collect();
        self
    }
    /// Name of its place on the page.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
    /// Title set bold.
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }
}

/// Draws the tree; `roots` is mostly one step, the points.
pub fn tree(lang: Lang, roots: &[TreeNode]) -> Markup {
    html! { div.hj-tree role="group" aria-label=(t(lang, "tree-label")) { @for root in roots { (node(root)) } } }
}

/// The buttons that open and close all branches, for the panel's heading (they need script).
pub fn tree_buttons(lang: Lang) -> Markup {
    html! {
        button.btn.btn-sm.btn-quiet type="button" data-tree="open" { (t(lang, "tree-open")) }
        button.btn.btn-sm.btn-quiet type="button" data-tree="close" { (t(lang, "tree-close")) }
    }
}

fn node(n: &TreeNode) -> Markup {
    html! {
        @if n.children.is_empty() { div.leaf id=[n.id.as_deref()] { (columns(n)) } }
        @else {
            details open[n.open] id=[n.id.as_deref()] {
                summary { (columns(n)) }
                ul { @for child in &n.children { li { (node(child)) } } }
            }
        }
    }
}

fn columns(n: &TreeNode) -> Markup {
    let title = html! { @if n.strong { b { (n.title) } } @else { (n.title) } };
    html! {
        span {
            @match &n.href { Some(href) => a href=(href) { (title) }, None => (title) }
            @if !n.op.is_empty() { " " span.op { (n.op) } }
        }
        span.how { (n.how) }
        span.val {
            (n.value)
            @if !n.unit.is_empty() { " " small { (n.unit) } }
            @if let Some(verdict) = &n.verdict { span class=(if verdict.good { "ok good" } else { "ok bad" }) { (verdict.word) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_that_an_address_leads_to_is_open_down_to_its_records() {
        let leaf = TreeNode::new("户数", "2,446").href("/registers/series/1");
        let branch = TreeNode::new("军民村社区", "").children(vec![TreeNode::new("标准", "").children(vec![leaf])]);
        let html = tree(Lang::ZhCn, &[branch.open_whole().id("how-D02")]).into_string();
        assert!(html.contains(r#"<details open id="how-D02">"#), "{html}");
        assert_eq!(html.matches("<details open").count(), 2);
    }

    #[test]
    fn a_branch_shows_rule_arithmetic_value_and_opens_to_its_records() {
        let leaf = TreeNode::new("军民村社区", "459.0")
            .unit("m²")
            .how("标准 489.2")
            .href("/p/31")
            .verdict(Verdict::of(Lang::ZhCn, false));
        let root = TreeNode::new("达标率", "76.47%")
            .strong()
            .op("= 达标社区 ÷ 社区总数")
            .how("39 ÷ 51")
            .open(true)
            .children(vec![leaf]);
        let html = tree(Lang::ZhCn, &[root]).into_string();
        assert!(html.contains(
            r#"<details open><summary><span><b>达标率</b> <span class="op">= 达标社区 ÷ 社区总数</span></span><span class="how">39 ÷ 51</span><span class="val">76.47%</span></summary>"#
        ));
        assert!(html.contains(
            r#"<li><div class="leaf"><span><a href="/p/31">军民村社区</a></span><span class="how">标准 489.2</span><span class="val">459.0 <small>m²</small><span class="ok bad">✕ 未达</span></span></div></li>"#
        ));
    }

    #[test]
    fn a_step_without_children_is_a_leaf_even_at_the_root() {
        let html = tree(Lang::En, &[TreeNode::new("Points", "not assessed")]).into_string();
        assert!(!html.contains("<details") && html.contains("not assessed"));
    }
}
