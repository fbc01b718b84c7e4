//! The last steps of an explanation: a measure read at a unit, and the records it was counted from.

use hejian_kernel::{
    i18n::{t, ta},
    ui::tree::TreeNode,
};
use hejian_scoring::{
    Source,
    explain::{Node, NodeKind},
};

use super::{explain::Teller, words::period};

/// Where a record stands at the version that was read.
pub(super) fn address(source: &Source) -> String {
    format!("/registers/{}/{}?version={}", source.register, source.record, source.version)
}

impl Teller<'_> {
    pub(super) fn reading(&self, node: &Node, measure: &str, name: Option<&str>) -> TreeNode {
        let title = match name {
            Some(name) => self.standard.term(self.lang, name),
            None => self.standard.measure(self.lang, measure),
        };
        let title = if node.kind == NodeKind::Weight { format!("{title} {}", self.t("score-weight")) } else { title };
        let when = node.period.map(|p| period(self.lang, p)).unwrap_or_default();
        let mut tree = self.valued(title, node).op(when).how(self.operation(node));
        if node.value.is_none() {
            let says = node.reasons.first().map(|r| t(self.lang, &format!("score-reason-short-{}", r.kind.word())));
            tree.how = says.unwrap_or_default();
        }
        tree.children = self.children(node);
        let records = self.records(node, measure);
        match records.as_slice() {
            // A single record is opened by the reading itself.
            [only] if tree.children.is_empty() => {
                tree.href.clone_from(&only.href);
                tree.how = if only.href.is_some() { format!("{} {}", only.title, only.op) } else { only.title.clone() };
                tree
            }
            _ => {
                tree.children.extend(records);
                tree
            }
        }
    }

    /// The records under a reading: those this reader may open, and how many others there are.
    fn records(&self, node: &Node, measure: &str) -> Vec<TreeNode> {
        let mut leaves = Vec::new();
        let mut outside = 0_usize;
        for source in &node.sources {
            match self.seen.title(source) {
                None => outside += 1,
                Some(title) => {
                    let name = t(self.lang, &format!("register-{}", source.register.replace('_', "-")));
                    let title = if title.is_empty() { name.clone() } else { format!("{name}：{title}") };
                    let version = ta(self.lang, "score-version", &[("n", source.version.into())]);
                    leaves.push(TreeNode::new(title, String::new()).op(version).href(address(source)));
                }
            }
        }
        if outside > 0 {
            leaves.push(TreeNode::new(ta(self.lang, "score-outside", &[("n", outside.into())]), String::new()));
        }
        if node.sources.is_empty() && node.children.is_empty() && node.value.is_some() {
            let register = measure.split('.').next().unwrap_or_default();
            if self.registers.iter().any(|def| def.key == register && def.coverage.is_some()) {
                leaves.push(TreeNode::new(self.t("score-complete-none"), String::new()));
            }
        }
        leaves
    }
}
