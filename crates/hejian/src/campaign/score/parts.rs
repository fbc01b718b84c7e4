//! The units under a figure: by subdistrict, each down to its records; of an average those that pull it down first.
//!
//! The rule that matters: whoever looks for the record behind a lost point finds it lying open; everything else is folded.

use hejian_kernel::{
    i18n::{format::not_assessed, t, ta},
    ui::tree::TreeNode,
};
use hejian_scoring::{
    Exact,
    explain::{Label, Node, NodeKind, Verdict},
    expr::{BoolExpr, NumExpr},
    pack::{Direction, Level, UnitCondition},
};

use super::{explain::Teller, gaps::exact, records::address};

/// How many units of an average lie open, and how many records of each.
const WORST: usize = 5;

impl Teller<'_> {
    /// The units that pull a pooled figure to its bad side, the worst first, open down to their records; none where there are
    /// so few units that all are seen at once.
    pub(super) fn worst(&self, units: &[&Node], level: Level) -> Option<TreeNode> {
        let most_is_bad = self.indicator.measure.direction == Direction::AtMost;
        let mut known: Vec<(Exact, &Node)> = units.iter().filter_map(|unit| Some((value(unit)?, *unit))).collect();
        if known.len() <= WORST {
            return None;
        }
        known.sort_by(|a, b| if most_is_bad { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
        let level = t(self.lang, &format!("standard-level-{}", level.word()));
        let title = if most_is_bad { "score-worst-highest" } else { "score-worst-lowest" };
        let open = known.iter().take(WORST).map(|(_, unit)| self.first_records(self.unit(unit, None))).collect();
        let says = ta(self.lang, title, &[("n", WORST.into()), ("level", level.into())]);
        Some(TreeNode::new(says, String::new()).op(self.t("score-worst-too")).open(true).children(open))
    }

    /// A unit with its first records in sight and the others folded.
    fn first_records(&self, unit: TreeNode) -> TreeNode {
        let mut unit = unit.open_whole();
        if unit.children.len() > WORST + 1 {
            let rest = unit.children.split_off(WORST);
            let says = ta(self.lang, "score-more-records", &[("n", rest.len().into())]);
            unit.children.push(TreeNode::new(says, String::new()).children(rest));
        }
        unit
    }

    /// Communities under their subdistricts; units of other levels as they come.
    pub(super) fn grouped(&self, units: &[&Node], condition: Option<&UnitCondition>, level: Level) -> Vec<TreeNode> {
        if level != Level::Community {
            return units.iter().map(|node| self.unit(node, condition)).collect();
        }
        let mut groups: Vec<(Option<&str>, Vec<&Node>)> = Vec::new();
        for node in units {
            let above =
                node.unit.as_deref().and_then(|id| self.places.get(id)).and_then(|place| place.parent.as_deref());
            match groups.iter_mut().find(|(parent, _)| *parent == above) {
                Some((_, list)) => list.push(node),
                None => groups.push((above, vec![node])),
            }
        }
        // Of a condition the first subdistrict that is short; of an average the worst lie open above.
        let first = groups.iter().position(|(_, list)| list.iter().any(|node| is_short(node))).unwrap_or(0);
        let open = |at: usize| units.len() <= WORST || condition.is_some() && at == first;
        let each = groups.into_iter().enumerate();
        each.map(|(at, (above, list))| self.group(above, &list, condition).open(open(at))).collect()
    }

    fn group(&self, above: Option<&str>, list: &[&Node], condition: Option<&UnitCondition>) -> TreeNode {
        let count = |verdict| list.iter().filter(|node| node.verdict == Some(verdict)).count();
        let name = above.and_then(|id| self.places.get(id)).map_or_else(String::new, |place| place.name.clone());
        let (met, short) = (count(Verdict::Met), count(Verdict::NotMet));
        let open = list.iter().filter(|node| !node.reasons.is_empty()).count();
        let mut says = Vec::new();
        if condition.is_some() && short > 0 {
            says.push(ta(self.lang, "score-short-units", &[("n", short.into())]));
        }
        if open > 0 {
            says.push(ta(self.lang, "score-unknown-units", &[("n", open.into())]));
        }
        let value = if condition.is_some() { self.met(met, open, list.len()) } else { String::new() };
        TreeNode::new(name, value)
            .op(ta(self.lang, "score-communities", &[("n", list.len().into())]))
            .how(says.join(&t(self.lang, "score-list-comma")))
            .children(list.iter().map(|node| self.unit(node, condition)).collect())
    }

    pub(super) fn unit(&self, node: &Node, condition: Option<&UnitCondition>) -> TreeNode {
        let place = node.unit.as_deref().and_then(|id| self.places.get(id));
        let name = place.map_or_else(|| node.unit.clone().unwrap_or_default(), |place| place.name.clone());
        let main = condition.and_then(|condition| main_name(&condition.expr));
        let shown = main.and_then(|name| reading_of(node, name)).filter(|_| node.verdict != Some(Verdict::Unknown));
        let base = match (shown, node.verdict) {
            (Some(reading), _) => self.valued(name, reading),
            (None, Some(Verdict::Unknown)) => TreeNode::new(name, not_assessed(self.lang)),
            (None, Some(_)) => TreeNode::new(name, String::new()),
            (None, None) => self.valued(name, node),
        };
        let how = self.operation(node);
        // One comparison: what is asked; the figure itself stands at the right.
        let how = match (main, how.find(['≥', '≤'])) {
            (Some(_), Some(at)) => ta(self.lang, "score-asked-of", &[("what", how[at..].to_owned().into())]),
            _ => how,
        };
        let mut tree = self.judged(base, node).how(how);
        if let Some(reading) = main.and_then(|name| reading_of(node, name)) {
            tree.children = self.children(node);
            match reading.sources.as_slice() {
                [] if reading.value.is_some() => tree.op = self.t("score-no-record"),
                // The one record behind the figure opens from the unit's name as well.
                [only] if self.seen.title(only).is_some() => tree.href = Some(address(only)),
                _ => {}
            }
            return tree;
        }
        match node.children.as_slice() {
            // A pooled figure: its row is the reading, so the records of the reading stand directly under the unit.
            [only] if condition.is_none() && only.kind == NodeKind::Reading => {
                let reading = self.node(only);
                let how = if tree.how.is_empty() { reading.how } else { tree.how };
                TreeNode { how, op: reading.op, href: reading.href, children: reading.children, ..tree }
            }
            _ => tree.children(self.children(node)),
        }
    }
}

/// The value of a unit as a number.
fn value(unit: &Node) -> Option<Exact> {
    exact(unit.value.as_ref()?)
}

fn is_short(node: &Node) -> bool {
    matches!(node.verdict, Some(Verdict::NotMet | Verdict::Unknown))
}

/// The name on the left of a condition that is one comparison: what the units are compared by.
pub(super) fn main_name(expr: &BoolExpr) -> Option<&str> {
    match expr {
        BoolExpr::Compare(_, NumExpr::Name(name), _) => Some(name),
        _ => None,
    }
}

/// The reading of a name under a unit.
pub(super) fn reading_of<'n>(unit: &'n Node, wanted: &str) -> Option<&'n Node> {
    let is = |node: &&Node| matches!(&node.label, Label::Measure { name: Some(name), .. } if name == wanted);
    unit.children.iter().find(is)
}
