//! A rule must use bound names only, point the way of its measure, and be able to give exactly the indicator's points.

use super::{bound_names, disagrees, unfit};
use crate::exact::Exact;
use crate::pack::reader::Faults;
use crate::pack::tree::Node;
use crate::pack::{Direction, Indicator, Rule, RuleForm, Step};

pub(super) fn check(rule: &Rule, indicator: &Indicator, names: &[String], node: &Node, faults: &mut Faults) {
    if let Some(of) = &rule.of {
        bound_names(of.names(), names, node.spot_of(&["of"]), faults);
    }
    let items = node.get("each").map_or(&[][..], Node::items);
    let most = match &rule.form {
        RuleForm::AllOrNothing { .. } => None,
        RuleForm::Proportional { full_at, zero_at, floor } => {
            direction(indicator, full_at, zero_at, node, faults);
            self::floor(floor.as_ref(), indicator, node, faults);
            None
        }
        RuleForm::Tiers { tiers } => tiers.iter().map(|tier| &tier.points).max().cloned(),
        RuleForm::Conditions { each } => {
            for (condition, item) in each.iter().zip(items) {
                bound_names(condition.expr.names(), names, item.spot_of(&["expr"]), faults);
            }
            Some(each.iter().map(|condition| &condition.points).sum())
        }
        RuleForm::KOfN { each, steps } => {
            for (condition, item) in each.iter().zip(items) {
                bound_names(condition.expr.names(), names, item.spot_of(&["expr"]), faults);
            }
            self::steps(steps, each.len(), node, faults);
            steps.last().map(|step| step.points.clone())
        }
        RuleForm::Deduct { start, per_event, floor } => {
            above_zero("per_event", per_event, node, faults);
            self::floor(floor.as_ref(), indicator, node, faults);
            Some(start.clone())
        }
        RuleForm::VetoThen { veto, then } => {
            bound_names(veto.names(), names, node.spot_of(&["veto"]), faults);
            check(then, indicator, names, node.get("then").unwrap_or(node), faults);
            None
        }
        RuleForm::Veto { when } => {
            bound_names(when.names(), names, node.spot_of(&["when"]), faults);
            None
        }
        RuleForm::Manual { step } => {
            if let Some(step) = step {
                above_zero("step", step, node, faults);
                if indicator.points.divide(step).is_some_and(|parts| !parts.is_whole()) {
                    let wanted = format!("a number of which {} is a multiple", indicator.points);
                    faults.add(node.spot_of(&["step"]), disagrees("step".into(), step.to_string(), wanted));
                }
            }
            None
        }
        RuleForm::Methods { each } => {
            for (way, item) in each.iter().zip(items) {
                check(&way.then, indicator, names, item.get("then").unwrap_or(item), faults);
            }
            None
        }
    };
    if negative_points(&rule.form) {
        unfit(node.spot, "a part of the rule gives less than 0 points".into(), "write points from 0 up", faults);
    }
    if let Some(most) = most.filter(|most| *most != indicator.points) {
        let what = format!("the most points the rule can give ({})", rule.form.word());
        faults.add(node.spot, disagrees(what, most.to_string(), indicator.points.to_string()));
    }
}

fn direction(indicator: &Indicator, full_at: &Exact, zero_at: &Exact, node: &Node, faults: &mut Faults) {
    let wanted = if indicator.measure.direction == Direction::AtLeast { "above" } else { "below" };
    let right = if wanted == "above" { full_at > zero_at } else { full_at < zero_at };
    if !right {
        let says = format!("full_at {full_at} is not {wanted} zero_at {zero_at}, as the direction of the measure asks");
        unfit(node.spot_of(&["full_at"]), says, &format!("write a full_at {wanted} zero_at"), faults);
    }
}

fn floor(floor: Option<&Exact>, indicator: &Indicator, node: &Node, faults: &mut Faults) {
    if let Some(floor) = floor.filter(|floor| **floor < Exact::zero() || **floor >= indicator.points) {
        let wanted = format!("a number from 0 to less than {}", indicator.points);
        faults.add(node.spot_of(&["floor"]), disagrees("floor".into(), floor.to_string(), wanted));
    }
}

fn above_zero(key: &str, number: &Exact, node: &Node, faults: &mut Faults) {
    if *number <= Exact::zero() {
        faults.add(node.spot_of(&[key]), disagrees(key.into(), number.to_string(), "a number above 0".into()));
    }
}

/// More conditions never bring fewer points, so that unknown ones can be decided from both ends.
fn steps(steps: &[Step], conditions: usize, node: &Node, faults: &mut Faults) {
    let rising = steps.windows(2).all(|pair| pair[0].k < pair[1].k && pair[0].points < pair[1].points);
    let inside = steps.iter().all(|step| step.k > 0 && step.k as usize <= conditions);
    if !rising || !inside {
        let says = format!("the steps do not rise from 1 to at most {conditions} conditions, each with more points");
        unfit(node.spot_of(&["steps"]), says, "list the steps from few conditions to many, with rising points", faults);
    }
}

fn negative_points(form: &RuleForm) -> bool {
    match form {
        RuleForm::Tiers { tiers } => tiers.iter().any(|tier| tier.points.is_negative()),
        RuleForm::Conditions { each } => each.iter().any(|condition| condition.points.is_negative()),
        RuleForm::KOfN { steps, .. } => steps.iter().any(|step| step.points.is_negative()),
        _ => false,
    }
}
