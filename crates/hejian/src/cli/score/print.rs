//! A score in lines of text: what a terminal shows of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hejian_scoring::{
    Outcome, Pack, Scores,
    evaluate::{IndicatorScore, UnitScore},
    explain::{Node, Reason},
    table::Tables,
};
use serde_json::Value;

/// Units named in one reason; the rest is counted.
const NAMED: usize = 3;

/// The district: the total, the areas, each indicator.
pub(super) fn district(pack: &Pack, tables: &Tables, scores: &Scores) {
    head(pack, tables, &scores.unit, scores.as_of);
    say!(
        "{} of {} points; {} of {} points assessed",
        scores.points,
        scores.assessed_points,
        scores.assessed_points,
        scores.total_points
    );
    for area in &scores.areas {
        let name = pack.area(&area.code).map_or("", |area| area.name_zh.as_str());
        let (all, assessed) = (area.indicators, area.assessed);
        say!("{}  {} of {} points, {assessed} of {all} assessed  {name}", area.code, area.points, area.assessed_points);
    }
    for score in &scores.indicators {
        say!("{}", line(pack, tables, &score.code, &score.max_points.to_string(), &score.outcome));
    }
    if !scores.blocked_by.is_empty() {
        say!("Vetoed by {}: the title cannot be applied for. 一票否决。", scores.blocked_by.join(", "));
    }
}

/// A unit below the district.
pub(super) fn unit(pack: &Pack, tables: &Tables, score: &UnitScore, day: NaiveDate) {
    head(pack, tables, &score.unit, day);
    let percent = score.score.as_ref().map_or("not assessed".to_owned(), ToString::to_string);
    say!(
        "{percent} ({} of {} points; {} of {} points assessed)",
        score.points,
        score.assessed_points,
        score.assessed_points,
        score.total_points
    );
    for found in &score.indicators {
        let line = line(pack, tables, &found.code, &found.max_points.to_string(), &found.outcome);
        say!("{line}{}", if found.counts { "" } else { "  (shown, not counted)" });
    }
}

/// One indicator with the tree under it.
pub(super) fn explained(pack: &Pack, tables: &Tables, score: &IndicatorScore) {
    say!("{}", line(pack, tables, &score.code, &score.max_points.to_string(), &score.outcome));
    tree(tables, &score.explanation, 1);
}

fn head(pack: &Pack, tables: &Tables, unit: &str, day: NaiveDate) {
    let standard = &pack.standard;
    say!("{} version {}, {}, {day}", standard.id, standard.version, named(tables, unit));
}

fn line(pack: &Pack, tables: &Tables, code: &str, most: &str, outcome: &Outcome) -> String {
    let name = pack.indicator(code).map_or("", |indicator| indicator.name_zh.as_str());
    match outcome {
        Outcome::Assessed { points } => format!("{code}  {points} of {most}  {name}"),
        Outcome::NotAssessed { reasons } => {
            let reasons: Vec<String> = reasons.iter().map(|reason| why(tables, reason)).collect();
            format!("{code}  not assessed (of {most})  {name}: {}", reasons.join("; "))
        }
    }
}

fn why(tables: &Tables, reason: &Reason) -> String {
    let units: Vec<String> = reason.units.iter().take(NAMED).map(|unit| named(tables, unit)).collect();
    let more = reason.units.len().saturating_sub(NAMED);
    let place = match (units.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(" of {}", units.join(", ")),
        (false, more) => format!(" of {} and {more} more", units.join(", ")),
    };
    format!("{} {}{place}", reason.kind.word().replace('_', " "), reason.measure.as_deref().unwrap_or_default())
}

/// The unit's name where the file gives one, and its id.
fn named(tables: &Tables, unit: &str) -> String {
    match tables.units.get(unit).and_then(|unit| unit.name.as_deref()) {
        Some(name) => format!("{name} ({unit})"),
        None => unit.to_owned(),
    }
}

/// A node and all below it: what it is, the calculation, the result, the records.
fn tree(tables: &Tables, node: &Node, depth: usize) {
    let mut parts = vec![label(node)];
    parts.extend(node.unit.as_ref().map(|unit| named(tables, unit)));
    parts.extend(node.period.map(|period| period.to_string()));
    let shown = node.value.as_ref().map(|value| {
        let unit = value.unit.as_deref().unwrap_or_default();
        format!("{}{}{unit}", value.text, if unit.is_empty() { "" } else { " " })
    });
    let result = match (&node.operation, shown) {
        (Some(operation), Some(value)) if operation.contains(" = ") || *operation == value => Some(operation.clone()),
        (Some(operation), Some(value)) => Some(format!("{operation} = {value}")),
        (operation, value) => operation.clone().or(value),
    };
    parts.extend(result);
    parts.extend(node.coverage.map(|of| format!("{} of {} known", of.known, of.units)));
    parts.extend(node.verdict.map(|verdict| verdict.word().replace('_', " ")));
    let mut text = parts.join(" · ");
    for source in &node.sources {
        text.push_str(&format!(" ← {}:{}@{}", source.register, source.record, source.version));
    }
    say!("{:indent$}{text}", "", indent = depth * 2);
    for reason in &node.reasons {
        say!("{:indent$}? {}", "", why(tables, reason), indent = depth * 2 + 2);
    }
    node.children.iter().for_each(|child| tree(tables, child, depth + 1));
}

/// The key of a label with its plain arguments, in the words of the pack.
fn label(node: &Node) -> String {
    let written = serde_json::to_value(&node.label).unwrap_or_default();
    let fields: BTreeMap<String, Value> =
        written.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let key = text("key").unwrap_or_default().replace('_', " ");
    let rest = ["code", "form", "measure", "name", "expr"].into_iter().filter_map(text);
    std::iter::once(key).chain(rest).collect::<Vec<_>>().join(" ")
}
