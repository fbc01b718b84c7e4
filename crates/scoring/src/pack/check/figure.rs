//! A named value of a rule: aggregation, level, measure and condition must go together, and agree with the measures file.

use std::collections::BTreeMap;

use super::{bound_names, disagrees, unknown};
use crate::pack::error::Problem;
use crate::pack::reader::Faults;
use crate::pack::tree::Node;
use crate::pack::{Aggregation, Level, Measure, MeasureKind, MeasureUse, UnitCondition};

/// A main or further value: aggregation, level, measure and condition must go together.
pub(super) fn check(
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
