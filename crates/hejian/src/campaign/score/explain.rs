//! The explanation as a tree of the page: points ← rule ← figures ← subdistricts ← units ← readings ← records.
//!
//! The rule that matters: every number opens down to the records it was counted from, at the version that was read; a record
//! outside the reader's scope is counted and not named.

use std::collections::BTreeMap;

use hejian_kernel::{
    i18n::{Lang, format::not_assessed, t, ta},
    register::RegisterDef,
    ui::tree::{TreeNode, Verdict as Mark},
};
use hejian_scoring::{
    evaluate::IndicatorScore,
    explain::{Label, Node, NodeKind, Verdict},
    pack::{Aggregation, Indicator, Level},
};

use super::{asked::Asked, facts::Place, scope::Seen};
use crate::campaign::standard::{
    Standard, rules,
    words::{expression, points, quantity, quantity_with_unit, unit},
};

/// All that is needed to put an explanation into words for one reader.
pub(super) struct Teller<'a> {
    pub standard: &'a Standard,
    pub lang: Lang,
    pub indicator: &'a Indicator,
    pub places: &'a BTreeMap<String, Place>,
    pub seen: &'a Seen,
    pub asked: &'a Asked,
    pub registers: Vec<&'static RegisterDef>,
}

impl Teller<'_> {
    /// The whole tree.
    pub(super) fn tree(&self, score: &IndicatorScore) -> TreeNode {
        let rule = score.explanation.children.first();
        let full = points(&score.max_points);
        let value = score.outcome.points().map_or_else(|| not_assessed(self.lang), points);
        TreeNode::new(self.t("score-points"), value)
            .strong()
            .open(true)
            .unit(format!("/ {}", full.trim_end_matches('0').trim_end_matches('.')))
            .op(rules::in_words(self.standard, self.lang, self.indicator))
            .how(rule.map(|rule| self.operation(rule)).unwrap_or_default())
            .children(rule.map(|rule| self.children(rule)).unwrap_or_default())
    }

    pub(super) fn t(&self, key: &str) -> String {
        t(self.lang, key)
    }

    pub(super) fn operation(&self, node: &Node) -> String {
        node.operation.as_deref().map(|text| expression(self.standard, self.lang, text)).unwrap_or_default()
    }

    pub(super) fn children(&self, node: &Node) -> Vec<TreeNode> {
        node.children.iter().map(|child| self.node(child)).collect()
    }

    /// Value and unit of a node; 未评 where it is not known.
    pub(super) fn valued(&self, title: impl Into<String>, node: &Node) -> TreeNode {
        match &node.value {
            None => TreeNode::new(title, not_assessed(self.lang)),
            Some(value) => {
                let word = unit(self.lang, value.unit.as_deref().unwrap_or_default());
                TreeNode::new(title, quantity(value)).unit(word)
            }
        }
    }

    pub(super) fn node(&self, node: &Node) -> TreeNode {
        match (&node.kind, &node.label) {
            (NodeKind::Figure, Label::Figure { name, measure, aggregation, level }) => {
                self.figure(node, name, measure, *aggregation, *level)
            }
            (NodeKind::Unit, _) => self.unit(node, None),
            (NodeKind::Formula, Label::Formula { expr }) => self
                .valued(self.t("score-formula"), node)
                .op(format!("= {}", expression(self.standard, self.lang, expr)))
                .how(self.operation(node)),
            (NodeKind::Veto, Label::Veto { expr }) => self
                .judged(TreeNode::new(self.t("score-veto"), String::new()), node)
                .op(expression(self.standard, self.lang, expr))
                .how(self.operation(node)),
            (NodeKind::Condition, Label::Condition { name, points: worth, expr, .. }) => {
                let name = self.standard.words(self.lang, "condition", name, name);
                // A condition that is only counted has no points of its own.
                let (earned, unit) = match worth {
                    None => (String::new(), String::new()),
                    Some(worth) => {
                        let earned =
                            if node.verdict == Some(Verdict::Met) { worth.to_string() } else { "0".to_owned() };
                        (earned, ta(self.lang, "score-worth", &[("points", worth.to_string().into())]))
                    }
                };
                self.judged(TreeNode::new(name, earned), node)
                    .unit(unit)
                    .op(expression(self.standard, self.lang, expr))
                    .how(self.operation(node))
            }
            (NodeKind::Method, Label::Method { method, weight }) => {
                let name = self.t(&format!("score-method-{}", method.word()));
                let title =
                    ta(self.lang, "score-way", &[("method", name.into()), ("weight", weight.to_string().into())]);
                self.valued(title, node).how(self.operation(node)).children(self.children(node))
            }
            (NodeKind::Rule, _) => {
                self.valued(self.t("score-inner-rule"), node).how(self.operation(node)).children(self.children(node))
            }
            (_, Label::Measure { measure, name }) => self.reading(node, measure, name.as_deref()),
            (_, Label::Sum { measure }) => {
                self.valued(self.standard.measure(self.lang, measure), node).op(self.t("score-sum-of"))
            }
            _ => self.valued(String::new(), node).how(self.operation(node)).children(self.children(node)),
        }
    }

    pub(super) fn judged(&self, tree: TreeNode, node: &Node) -> TreeNode {
        match node.verdict {
            Some(Verdict::Met) => tree.verdict(Mark::of(self.lang, true)),
            Some(Verdict::NotMet | Verdict::Partly) => tree.verdict(Mark::of(self.lang, false)),
            Some(Verdict::Unknown) => TreeNode { value: not_assessed(self.lang), unit: String::new(), ..tree },
            None => tree,
        }
    }

    fn figure(&self, node: &Node, name: &str, measure: &str, aggregation: Aggregation, level: Level) -> TreeNode {
        let main = name == hejian_scoring::pack::VALUE;
        let title = if main && aggregation == Aggregation::ShareOfUnits {
            self.t("score-share")
        } else {
            self.standard.measure(self.lang, measure)
        };
        let mut tree = TreeNode { strong: main, open: main, ..self.figure_value(node) };
        tree.title = title;
        tree.how = self.operation(node);
        let how = format!("score-aggregation-{}", aggregation.word());
        tree.op = match aggregation {
            Aggregation::DistrictValue => String::new(),
            _ => t(self.lang, &how),
        };
        let (units, parts): (Vec<&Node>, Vec<&Node>) =
            node.children.iter().partition(|child| child.kind == NodeKind::Unit);
        tree.children = match aggregation {
            Aggregation::ShareOfUnits => vec![self.meeting(node, &units, main, level), self.in_being(node, level)],
            Aggregation::DistrictValue => node.children.iter().map(|child| self.node(child)).collect(),
            _ => {
                let mut children: Vec<TreeNode> = parts.iter().map(|part| self.node(part)).collect();
                children.extend(self.worst(&units, level).filter(|_| main));
                children.extend(self.grouped(&units, None, level));
                children
            }
        };
        tree
    }

    /// A condition of the district itself is 是 or 否, not 1 or 0.
    fn figure_value(&self, node: &Node) -> TreeNode {
        match (&node.value, node.verdict) {
            (Some(value), Some(verdict)) if value.unit.as_deref() == Some("是/否") => {
                let word = if verdict == Verdict::Met { "score-yes" } else { "score-no" };
                self.judged(TreeNode::new(String::new(), self.t(word)), node)
            }
            (Some(value), _) if value.unit.as_deref() == Some("%") => {
                TreeNode::new(String::new(), quantity_with_unit(self.lang, value))
            }
            _ => self.valued(String::new(), node),
        }
    }

    /// 达标社区, opened by subdistrict.
    fn meeting(&self, node: &Node, units: &[&Node], main: bool, level: Level) -> TreeNode {
        let level_word = t(self.lang, &format!("standard-level-{}", level.word()));
        let condition = if main {
            self.indicator.unit_condition.as_ref()
        } else {
            let of = |also: &&hejian_scoring::pack::Also| matches!(&node.label, Label::Figure { name, .. } if *name == also.name);
            self.indicator.also.iter().find(of).and_then(|also| also.unit_condition.as_ref())
        };
        let met = node.coverage.and_then(|coverage| coverage.met).unwrap_or(0);
        let unknown = node.coverage.map_or(0, |coverage| coverage.units - coverage.known);
        let says = condition.map(|c| expression(self.standard, self.lang, &c.expr.to_string())).unwrap_or_default();
        let how =
            if unknown > 0 { ta(self.lang, "score-unknown-units", &[("n", unknown.into())]) } else { String::new() };
        TreeNode::new(
            ta(self.lang, "score-meeting", &[("level", level_word.into())]),
            self.met(met, unknown, units.len()),
        )
        .strong()
        .open(main)
        .op(says)
        .how(how)
        .children(self.grouped(units, condition, level))
    }

    /// How many units meet a condition: a lower bound while some are unknown, 未评 while all are.
    pub(super) fn met(&self, met: usize, unknown: usize, of: usize) -> String {
        let n = [("n", met.into())];
        match unknown {
            0 => ta(self.lang, "score-count", &n),
            unknown if unknown == of => not_assessed(self.lang),
            _ => ta(self.lang, "score-count-at-least", &n),
        }
    }

    fn in_being(&self, node: &Node, level: Level) -> TreeNode {
        let level_word = t(self.lang, &format!("standard-level-{}", level.word()));
        let n = node.coverage.map_or(0, |coverage| coverage.units);
        TreeNode::new(
            ta(self.lang, "score-in-being", &[("level", level_word.into())]),
            ta(self.lang, "score-count", &[("n", n.into())]),
        )
        .op(ta(self.lang, "score-in-being-on", &[("day", self.asked.day.to_string().into())]))
    }
}
