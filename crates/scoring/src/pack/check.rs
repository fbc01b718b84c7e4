//! What must hold between the entries of a pack: codes unique, points adding up, measures known and described alike in both
//! files, every name bound, and every rule able to give exactly the indicator's points.

use std::collections::{BTreeMap, BTreeSet};

use super::error::Problem;
use super::load::Read;
use super::reader::{Faults, nearest};
use super::rule::{Rule, RuleForm};
use super::tree::{Node, Spot};
use super::{Aggregation, Direction, Indicator, Level, Measure, MeasureKind, MeasureUse, UnitCondition, VALUE};
use crate::exact::Exact;

/// Checks the measures among themselves.
pub(super) fn measures(read: &[(Measure, &Node)], faults: &mut Faults) {
    let mut ids = BTreeSet::new();
    for (measure, node) in read {
        faults.subject = Some(measure.id.clone());
        if !ids.insert(measure.id.as_str()) {
            faults.add(node.spot_of(&["id"]), Problem::Twice { what: "measure".into(), name: measure.id.clone() });
        }
    }
    for (measure, node) in read {
        let Some(ratio) = &measure.ratio else { continue };
        faults.subject = Some(measure.id.clone());
        for (key, id) in [("numerator", &ratio.numerator), ("denominator", &ratio.denominator)] {
            let spot = node.spot_of(&[key]);
            match read.iter().find(|(other, _)| other.id == *id) {
                None => faults.add(spot, unknown("measure", id, ids.iter().copied())),
                Some((part, _)) if !matches!(part.kind, MeasureKind::Value | MeasureKind::Count) => {
                    let found = part.kind.word().to_owned();
                    faults.add(spot, disagrees(format!("the kind of `{id}`"), found, "count or value".into()));
                }
                Some(_) => {}
            }
        }
        if ratio.scale <= Exact::zero() {
            faults.add(
                node.spot_of(&["scale"]),
                disagrees("scale".into(), ratio.scale.to_string(), "a number above 0".into()),
            );
        }
    }
    faults.subject = None;
}

/// Checks the standard file; sums only when every entry could be read, references only when every measure could.
pub(super) fn standard(
    read: &Read<'_>,
    known: &BTreeMap<String, Measure>,
    all_measures_read: bool,
    faults: &mut Faults,
) {
    unique(read.areas.iter().map(|(area, node)| (area.code.as_str(), node.spot_of(&["code"]))), "area", faults);
    unique(read.indicators.iter().map(|(ind, node)| (ind.code.as_str(), node.spot_of(&["code"]))), "indicator", faults);
    for (indicator, node) in &read.indicators {
        faults.subject = Some(indicator.code.clone());
        if read.complete && !read.areas.iter().any(|(area, _)| area.code == indicator.area) {
            let codes = read.areas.iter().map(|(area, _)| area.code.as_str());
            faults.add(node.spot_of(&["area"]), unknown("area", &indicator.area, codes));
        }
        check_indicator(indicator, node, all_measures_read.then_some(known), faults);
    }
    faults.subject = None;
    if read.complete {
        sums(read, faults);
    }
}

fn unique<'a>(codes: impl Iterator<Item = (&'a str, Spot)>, what: &str, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (code, spot) in codes {
        if !seen.insert(code) {
            faults.add(spot, Problem::Twice { what: what.to_owned(), name: code.to_owned() });
        }
    }
}

fn sums(read: &Read<'_>, faults: &mut Faults) {
    for (area, node) in &read.areas {
        let of_area = || read.indicators.iter().filter(|(indicator, _)| indicator.area == area.code);
        let (count, points): (usize, Exact) = (of_area().count(), of_area().map(|(ind, _)| &ind.points).sum());
        faults.subject = Some(area.code.clone());
        if count != area.indicators {
            let what = "the number of indicators of the area".to_owned();
            faults.add(node.spot_of(&["indicators"]), disagrees(what, area.indicators.to_string(), count.to_string()));
        }
        if points != area.points {
            let what = "the points of the area".to_owned();
            faults.add(node.spot_of(&["points"]), disagrees(what, area.points.to_string(), points.to_string()));
        }
    }
    faults.subject = None;
    let points: Exact = read.indicators.iter().map(|(indicator, _)| &indicator.points).sum();
    if let Some((standard, node)) = &read.standard
        && standard.total_points != points
    {
        let found = standard.total_points.to_string();
        faults.add(node.spot_of(&["total_points"]), disagrees("total_points".into(), found, points.to_string()));
    }
}

fn check_indicator(indicator: &Indicator, node: &Node, known: Option<&BTreeMap<String, Measure>>, faults: &mut Faults) {
    if indicator.points <= Exact::zero() {
        faults.add(
            node.spot_of(&["points"]),
            disagrees("points".into(), indicator.points.to_string(), "a number above 0".into()),
        );
    }
    figure(
        indicator.level,
        indicator.aggregation,
        &indicator.measure,
        indicator.unit_condition.as_ref(),
        node,
        known,
        faults,
    );
    let mut names = vec![VALUE.to_owned()];
    let also_nodes = node.get("also").map_or(&[][..], Node::items);
    for (also, also_node) in indicator.also.iter().zip(also_nodes) {
        if names.contains(&also.name) {
            faults.add(also_node.spot_of(&["name"]), Problem::Twice { what: "name".into(), name: also.name.clone() });
        }
        names.push(also.name.clone());
        figure(also.level, also.aggregation, &also.measure, also.unit_condition.as_ref(), also_node, known, faults);
        if also.same_period && also.measure.period != indicator.measure.period {
            let what = "period of a value with same_period".to_owned();
            let (found, wanted) = (also.measure.period.word(), indicator.measure.period.word());
            faults.add(also_node.spot_of(&["measure", "period"]), disagrees(what, found.into(), wanted.into()));
        }
    }
    let rule_node = node.get("rule").unwrap_or(node);
    check_rule(&indicator.rule, indicator, &names, rule_node, faults);
}

/// A main or further value: aggregation, level, measure and condition must go together.
fn figure(
    level: Level,
    aggregation: Aggregation,
    measure: &MeasureUse,
    condition: Option<&UnitCondition>,
    node: &Node,
    known: Option<&BTreeMap<String, Measure>>,
    faults: &mut Faults,
) {
    let kind = measure.kind;
    let fits = match aggregation {
        Aggregation::DistrictValue => true,
        Aggregation::RatioOfSums | Aggregation::WeightedSurvey => kind == MeasureKind::Ratio,
        Aggregation::ShareOfUnits => kind == MeasureKind::ConditionSet,
        Aggregation::Mean | Aggregation::WeightedMean | Aggregation::Min => kind != MeasureKind::ConditionSet,
        Aggregation::Sum => matches!(kind, MeasureKind::Value | MeasureKind::Count),
    };
    let mut unfit = |path: &[&str], says: String, write: &str| {
        faults.add(node.spot_of(path), Problem::Unfit { says, write: write.to_owned() });
    };
    if !fits {
        let says = format!("{} cannot be made of a measure of kind {}", aggregation.word(), kind.word());
        unfit(
            &["aggregation"],
            says,
            "write ratio_of_sums or weighted_survey for a ratio, share_of_units for a condition-set, sum for a count or value",
        );
    }
    if aggregation == Aggregation::DistrictValue && level != Level::District {
        unfit(
            &["level"],
            format!("district_value cannot be read at the level {}", level.word()),
            "write `level: district`, or another aggregation",
        );
    }
    if (kind == MeasureKind::ConditionSet) != condition.is_some() {
        unfit(
            &["measure", "kind"],
            "a condition-set needs a unit_condition, and only a condition-set has one".into(),
            "give both, or neither",
        );
    }
    let survey = aggregation == Aggregation::WeightedSurvey;
    if survey && measure.plan.is_none() {
        unfit(
            &["measure"],
            "weighted_survey needs the sampling plan".into(),
            "add `plan: {id: ...}` inside the measure",
        );
    }
    if (survey || aggregation == Aggregation::WeightedMean) && measure.weight.is_none() {
        unfit(
            &["measure"],
            format!("{} needs a weight", aggregation.word()),
            "add `weight: {id: ...}` inside the measure",
        );
    }
    if let Some(condition) = condition {
        let bound: Vec<String> = condition.names.keys().cloned().collect();
        bound_names(condition.expr.names(), &bound, node.spot_of(&["unit_condition", "expr"]), faults);
    }
    if let Some(known) = known {
        references(level, measure, condition, node, known, faults);
    }
}

fn references(
    level: Level,
    measure: &MeasureUse,
    condition: Option<&UnitCondition>,
    node: &Node,
    known: &BTreeMap<String, Measure>,
    faults: &mut Faults,
) {
    let find = |id: &str, path: &[&str], carries_rows: bool, faults: &mut Faults| -> Option<Measure> {
        let spot = node.spot_of(path);
        let Some(found) = known.get(id) else {
            faults.add(spot, unknown("measure", id, known.keys().map(String::as_str)));
            return None;
        };
        if carries_rows && !found.fact {
            faults.add(spot, disagrees(format!("fact of `{id}`"), "false".into(), "a measure with fact: true".into()));
        }
        if carries_rows && !found.level.admits(level.word()) {
            faults.add(spot, disagrees(format!("the level of `{id}`"), found.level.word().into(), level.word().into()));
        }
        Some(found.clone())
    };
    let set = measure.kind == MeasureKind::ConditionSet;
    if let Some(found) = find(&measure.id, &["measure", "id"], !set, faults) {
        agree(measure, &found, node, faults);
    }
    if let Some(ratio) = &measure.ratio {
        for (key, part) in [("numerator", &ratio.numerator), ("denominator", &ratio.denominator)] {
            find(&part.id, &["measure", key, "id"], !set, faults);
        }
    }
    for (key, part) in [("weight", &measure.weight), ("plan", &measure.plan)] {
        if let Some(part) = part {
            find(&part.id, &["measure", key, "id"], true, faults);
        }
    }
    for (name, id) in condition.iter().flat_map(|condition| &condition.names) {
        find(id, &["unit_condition", "names", name.as_str()], true, faults);
    }
}

/// The indicator's description of a measure must be the one of the measures file.
fn agree(measure: &MeasureUse, known: &Measure, node: &Node, faults: &mut Faults) {
    let mut pairs = vec![
        ("kind", measure.kind.word().to_owned(), known.kind.word().to_owned()),
        ("period", measure.period.word().to_owned(), known.period.word().to_owned()),
        ("window", measure.window.word().to_owned(), known.window.word().to_owned()),
        ("stale_after", measure.stale_after.to_string(), known.stale_after.to_string()),
    ];
    if let (Some(said), Some(ratio)) = (&measure.ratio, &known.ratio) {
        pairs.push(("scale", said.scale.to_string(), ratio.scale.to_string()));
        pairs.push(("numerator", said.numerator.id.clone(), ratio.numerator.clone()));
        pairs.push(("denominator", said.denominator.id.clone(), ratio.denominator.clone()));
    }
    if measure.kind != MeasureKind::ConditionSet {
        pairs.push(("unit", measure.unit.clone(), known.unit.clone()));
    }
    for (key, said, wanted) in pairs.into_iter().filter(|(_, said, wanted)| said != wanted) {
        faults.add(
            node.spot_of(&["measure", key]),
            disagrees(format!("{key} of `{}`", known.id), said, format!("{wanted} (as in the measures file)")),
        );
    }
}

fn check_rule(rule: &Rule, indicator: &Indicator, names: &[String], node: &Node, faults: &mut Faults) {
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
            check_rule(then, indicator, names, node.get("then").unwrap_or(node), faults);
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

fn bound_names(used: BTreeSet<&str>, bound: &[String], spot: Spot, faults: &mut Faults) {
    for name in used.into_iter().filter(|name| !bound.iter().any(|word| word == name)) {
        faults.add(spot, Problem::UnboundName { name: name.to_owned(), bound: bound.to_vec() });
    }
}

fn unknown<'a>(what: &str, name: &str, candidates: impl Iterator<Item = &'a str>) -> Problem {
    Problem::Unknown { what: what.to_owned(), name: name.to_owned(), nearest: nearest(name, candidates) }
}

fn disagrees(what: String, found: String, expected: String) -> Problem {
    Problem::Disagrees { what, found, expected }
}
