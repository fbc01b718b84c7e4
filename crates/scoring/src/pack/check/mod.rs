//! What must hold between the entries of a pack: codes unique, points adding up, measures known and described alike in both
//! files, every name bound, and every rule able to give exactly the indicator's points.

mod cases;
mod examine;
mod figure;
mod rule;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use cases::tests;

use super::error::Problem;
use super::load::Read;
use super::reader::{Faults, nearest};
use super::tree::{Node, Spot};
use super::{Indicator, IndicatorKind, Measure, MeasureKind, VALUE};
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
        let (count, points): (usize, Exact) = (of_area().count(), basic_points(of_area()));
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
    let Some((standard, node)) = &read.standard else { return };
    let points = basic_points(read.indicators.iter());
    if standard.total_points != points {
        let found = standard.total_points.to_string();
        faults.add(node.spot_of(&["total_points"]), disagrees("total_points".into(), found, points.to_string()));
    }
    let bonus = read.indicators.iter().any(|(indicator, _)| indicator.kind == IndicatorKind::Bonus);
    if bonus != (standard.bonus_points > Exact::zero()) {
        let wanted =
            if bonus { "a number above 0, as there are bonus indicators" } else { "0, as no indicator is bonus" };
        let found = standard.bonus_points.to_string();
        faults.add(node.spot_of(&["bonus_points"]), disagrees("bonus_points".into(), found, wanted.into()));
    }
}

fn basic_points<'a>(indicators: impl Iterator<Item = &'a (Indicator, &'a Node)>) -> Exact {
    let basic = indicators.filter(|(indicator, _)| indicator.kind == IndicatorKind::Basic);
    basic.map(|(indicator, _)| &indicator.points).sum()
}

fn check_indicator(indicator: &Indicator, node: &Node, known: Option<&BTreeMap<String, Measure>>, faults: &mut Faults) {
    let (fits, wanted) = match indicator.kind {
        IndicatorKind::Basic | IndicatorKind::Bonus => (indicator.points > Exact::zero(), "a number above 0"),
        IndicatorKind::Veto => (indicator.points.is_zero(), "0, as a veto has no points"),
        IndicatorKind::Reference => (!indicator.points.is_negative(), "a number from 0 up"),
    };
    if !fits {
        let what = format!("points of a {} indicator", indicator.kind.word());
        faults.add(node.spot_of(&["points"]), disagrees(what, indicator.points.to_string(), wanted.into()));
    }
    figure::check(
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
        figure::check(
            also.level,
            also.aggregation,
            &also.measure,
            also.unit_condition.as_ref(),
            also_node,
            known,
            faults,
        );
        if also.same_period && also.measure.period != indicator.measure.period {
            let what = "period of a value with same_period".to_owned();
            let (found, wanted) = (also.measure.period.word(), indicator.measure.period.word());
            faults.add(also_node.spot_of(&["measure", "period"]), disagrees(what, found.into(), wanted.into()));
        }
    }
    let rule_node = node.get("rule").unwrap_or(node);
    rule::check(&indicator.rule, indicator, &names, rule_node, faults);
    examine::check(indicator, node, faults);
}

fn unfit(spot: Spot, says: String, write: &str, faults: &mut Faults) {
    faults.add(spot, Problem::Unfit { says, write: write.to_owned() });
}

fn bound_names(used: Vec<&str>, bound: &[String], spot: Spot, faults: &mut Faults) {
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
