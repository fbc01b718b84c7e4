//! A rule must use bound names only, point the way of its measure, and be able to give exactly the indicator's points.

use super::{bound_names, disagrees};
use crate::exact::Exact;
use crate::pack::error::Problem;
use crate::pack::reader::Faults;
use crate::pack::tree::Node;
use crate::pack::{Direction, Indicator, Rule, RuleForm};

pub(super) fn check(rule: &Rule, indicator: &Indicator, names: &[String], node: &Node, faults: &mut Faults) {
    if let Some(of) = &rule.of {
        bound_names(of.names(), names, node.spot_of(&["of"]), faults);
    }
    let most = match &rule.form {
        RuleForm::AllOrNothing { .. } => None,
        RuleForm::Proportional { full_at, zero_at } => {
            let wanted = if indicator.measure.direction == Direction::AtLeast { "above" } else { "below" };
            let right = if wanted == "above" { full_at > zero_at } else { full_at < zero_at };
            if !right {
                let says = format!(
                    "full_at {full_at} is not {wanted} zero_at {zero_at}, as the direction of the measure asks"
                );
                faults.add(
                    node.spot_of(&["full_at"]),
                    Problem::Unfit { says, write: format!("write a full_at {wanted} zero_at") },
                );
            }
            None
        }
        RuleForm::Tiers { tiers } => {
            Some(tiers.iter().map(|tier| tier.points.clone()).max().unwrap_or_else(Exact::zero))
        }
        RuleForm::Conditions { each } => {
            let nodes = node.get("each").map_or(&[][..], Node::items);
            for (condition, condition_node) in each.iter().zip(nodes) {
                bound_names(condition.expr.names(), names, condition_node.spot_of(&["expr"]), faults);
            }
            Some(each.iter().map(|condition| &condition.points).sum())
        }
        RuleForm::Deduct { start, per_event } => {
            if *per_event <= Exact::zero() {
                faults.add(
                    node.spot_of(&["per_event"]),
                    disagrees("per_event".into(), per_event.to_string(), "a number above 0".into()),
                );
            }
            Some(start.clone())
        }
        RuleForm::VetoThen { veto, then } => {
            bound_names(veto.names(), names, node.spot_of(&["veto"]), faults);
            check(then, indicator, names, node.get("then").unwrap_or(node), faults);
            None
        }
    };
    if negative_points(&rule.form) {
        faults.add(
            node.spot,
            Problem::Unfit {
                says: "a part of the rule gives less than 0 points".into(),
                write: "write points from 0 up".into(),
            },
        );
    }
    if let Some(most) = most.filter(|most| *most != indicator.points) {
        let what = format!("the most points the rule can give ({})", rule.form.word());
        faults.add(node.spot, disagrees(what, most.to_string(), indicator.points.to_string()));
    }
}

fn negative_points(form: &RuleForm) -> bool {
    match form {
        RuleForm::Tiers { tiers } => tiers.iter().any(|tier| tier.points.is_negative()),
        RuleForm::Conditions { each } => each.iter().any(|condition| condition.points.is_negative()),
        _ => false,
    }
}
