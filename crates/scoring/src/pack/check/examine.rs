//! Veto, ways of examination and codes: what an indicator says of itself must go with its rule, and every code stands once.

use std::collections::BTreeSet;

use super::{disagrees, unfit, unique};
use crate::exact::Exact;
use crate::pack::reader::Faults;
use crate::pack::tree::{Node, Spot};
use crate::pack::{Indicator, IndicatorKind, Method, MethodRule, Rule, RuleForm, VetoEffect};

pub(super) fn check(indicator: &Indicator, node: &Node, faults: &mut Faults) {
    veto(indicator, node, faults);
    methods(indicator, node, faults);
    codes(indicator, node, faults);
}

fn veto(indicator: &Indicator, node: &Node, faults: &mut Faults) {
    let kind_veto = indicator.kind == IndicatorKind::Veto;
    let rule_veto = matches!(indicator.rule.form, RuleForm::Veto { .. });
    if kind_veto != rule_veto {
        let says = "the kind veto needs a rule of type veto, and only that kind has one".to_owned();
        unfit(node.spot_of(&["rule", "type"]), says, "write `kind: veto` and `type: veto`, or neither", faults);
    }
    let Some(veto) = &indicator.veto else {
        if kind_veto {
            let says = "a veto must say what it does to the total".to_owned();
            unfit(node.spot, says, "add `veto: {effect: zero | block | cap}`", faults);
        }
        return;
    };
    let can_be_true = rule_veto || matches!(indicator.rule.form, RuleForm::VetoThen { .. });
    if !can_be_true {
        let says = "the rule has no veto, so the effect can never come about".to_owned();
        unfit(node.spot_of(&["veto"]), says, "write a rule of type veto_then or veto, or remove `veto`", faults);
    }
    if indicator.kind == IndicatorKind::Reference {
        let says = "an indicator that is never counted cannot act on the total".to_owned();
        unfit(node.spot_of(&["veto"]), says, "remove `veto`, or write another kind", faults);
    }
    if (veto.effect == VetoEffect::Cap) != veto.cap.is_some() {
        let says = "the effect cap needs the most points left, and only that effect has them".to_owned();
        unfit(node.spot_of(&["veto", "effect"]), says, "write `effect: cap` and `cap: ...`, or neither", faults);
    }
    if let Some(cap) = veto.cap.as_ref().filter(|cap| cap.is_negative()) {
        let what = "cap of the veto".to_owned();
        faults.add(node.spot_of(&["veto", "cap"]), disagrees(what, cap.to_string(), "a number from 0 up".into()));
    }
}

/// Ways stand once each; under a rule of form methods they carry the weights of the rule, and otherwise none.
fn methods(indicator: &Indicator, node: &Node, faults: &mut Faults) {
    let nodes = node.get("methods").map_or(&[][..], Node::items);
    let listed = || indicator.methods.iter().zip(nodes);
    unique(listed().map(|(method, node)| (method.method.word(), node.spot_of(&["method"]))), "method", faults);
    let RuleForm::Methods { each } = &indicator.rule.form else {
        for (_, node) in listed().filter(|(method, _)| method.weight.is_some()) {
            let says = "a way of examination has a weight only where the rule weighs ways".to_owned();
            unfit(node.spot_of(&["weight"]), says, "remove `weight`, or write a rule of type methods", faults);
        }
        return;
    };
    let rule_nodes = node.get("rule").and_then(|rule| rule.get("each")).map_or(&[][..], Node::items);
    let spots = each.iter().zip(rule_nodes).map(|(way, node)| (way.method.word(), node.spot_of(&["method"])));
    unique(spots, "method", faults);
    let weights: Exact = each.iter().map(|way| &way.weight).sum();
    let hundred = Exact::from(100_i64);
    if weights != hundred || each.iter().any(|way| way.weight <= Exact::zero()) {
        let wanted = "100, with every weight above 0".to_owned();
        let what = "the sum of the weights".to_owned();
        faults.add(node.spot_of(&["rule", "each"]), disagrees(what, weights.to_string(), wanted));
    }
    let told = |method: &Method| Some((method.method, method.weight.clone()?));
    let weighed = |way: &MethodRule| Some((way.method, way.weight.clone()));
    if !indicator.methods.is_empty() && indicator.methods.iter().map(told).ne(each.iter().map(weighed)) {
        let says = "the ways of examination and their weights are not those of the rule".to_owned();
        unfit(node.spot_of(&["methods"]), says, "list the ways of the rule in its order, with its weights", faults);
    }
}

/// Conditions and lines of the checklist: `D03.1`, `D03.c1`, each once in its indicator.
fn codes(indicator: &Indicator, node: &Node, faults: &mut Faults) {
    let mut found = Vec::new();
    of_rule(&indicator.rule, node.get("rule").unwrap_or(node), &mut found);
    for (check, node) in indicator.checklist.iter().zip(node.get("checklist").map_or(&[][..], Node::items)) {
        found.push((check.code.as_str(), node.spot_of(&["code"])));
    }
    let mut seen = BTreeSet::new();
    let start = format!("{}.", indicator.code);
    for (code, spot) in found {
        if code.strip_prefix(&start).is_none_or(str::is_empty) {
            let wanted = format!("a code that begins with `{start}`");
            faults.add(spot, disagrees("the code".into(), code.to_owned(), wanted));
        }
        if !seen.insert(code) {
            unique([(code, spot), (code, spot)].into_iter(), "code", faults);
        }
    }
}

fn of_rule<'a>(rule: &'a Rule, node: &Node, found: &mut Vec<(&'a str, Spot)>) {
    let nodes = node.get("each").map_or(&[][..], Node::items);
    match &rule.form {
        RuleForm::Conditions { each } => {
            found.extend(
                each.iter().zip(nodes).map(|(condition, node)| (condition.code.as_str(), node.spot_of(&["code"]))),
            );
        }
        RuleForm::KOfN { each, .. } => {
            found.extend(
                each.iter().zip(nodes).map(|(condition, node)| (condition.code.as_str(), node.spot_of(&["code"]))),
            );
        }
        RuleForm::VetoThen { then, .. } => of_rule(then, node.get("then").unwrap_or(node), found),
        RuleForm::Methods { each } => {
            for (way, node) in each.iter().zip(nodes) {
                of_rule(&way.then, node.get("then").unwrap_or(node), found);
            }
        }
        _ => {}
    }
}
