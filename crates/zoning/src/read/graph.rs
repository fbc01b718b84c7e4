//! A graph: `nodes` with `id`, `size`, `pop`, and if there are any `parent` and `attrs`; `edges` as `[node, node, length]`, where a
//! fourth value is a barrier: `"forbids"` or a price.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::fault::{Faults, Wrong};
use super::{Raw, Read, Reading, Text, problem, value};
use crate::problem::{Barrier, Edge};

pub(super) fn read(
    text: Text<'_>,
    nodes: &[&RawValue],
    edges: &[&RawValue],
    reading: &Reading,
) -> Result<Read, Faults> {
    let mut faults = Faults::default();
    if nodes.is_empty() {
        return Err(Faults::of_file(Wrong::NoUnits));
    }
    let mut units: Vec<Raw> = Vec::with_capacity(nodes.len());
    let mut first: HashMap<String, usize> = HashMap::new();
    for (i, node) in nodes.iter().enumerate() {
        let mut thing = format!("node {i}");
        match unit(node, reading, &mut thing) {
            Ok(unit) => {
                if let Some(before) = first.insert(unit.id.clone(), i) {
                    let wrong = Wrong::TwoIds { id: unit.id.clone(), first: format!("node {before}") };
                    faults.push(text.line(node), &thing, wrong);
                }
                let wanted = units.first().map_or(unit.attributes.len(), |first| first.attributes.len());
                if unit.attributes.len() != wanted {
                    faults.push(text.line(node), &thing, Wrong::Attributes { found: unit.attributes.len(), wanted });
                }
                units.push(unit);
            }
            Err(wrong) => wrong.into_iter().for_each(|wrong| faults.push(text.line(node), &thing, wrong)),
        }
    }
    let mut seen: HashMap<(u32, u32), usize> = HashMap::new();
    let mut found = Vec::with_capacity(edges.len());
    for (i, edge) in edges.iter().enumerate() {
        let done = joined(edge, nodes.len()).and_then(|edge| {
            let pair = (edge.a.min(edge.b), edge.a.max(edge.b));
            seen.insert(pair, i).map_or(Ok(edge), |before| Err(Wrong::Twice(before)))
        });
        match done {
            Ok(edge) => found.push(edge),
            Err(wrong) => faults.push(text.line(edge), format!("edge {i}"), wrong),
        }
    }
    let units = faults.or(units)?;
    Ok(Read { problem: problem(units, found)?, notes: Vec::new() })
}

fn unit(node: &RawValue, reading: &Reading, thing: &mut String) -> Result<Raw, Vec<Wrong>> {
    let Ok(Value::Object(node)) = serde_json::from_str(node.get()) else {
        return Err(vec![Wrong::Kind {
            property: "the node".into(),
            found: node.get().chars().take(40).collect(),
            wanted: "an object with id, size and pop",
        }]);
    };
    let mut wrong = Vec::new();
    let id = keep(value::name(&node, "id"), &mut wrong);
    if let Some(id) = &id {
        *thing = format!("{thing} ({id})");
    }
    let size = keep(value::size(&node, "size"), &mut wrong);
    let population = keep(value::amount(&node, "pop"), &mut wrong);
    let parent =
        if reading.nested { value::name(&node, "parent").map(Some) } else { value::optional_name(&node, "parent") };
    let parent = keep(parent, &mut wrong);
    let attributes = keep(attributes(node.get("attrs")), &mut wrong);
    match (id, size, population, parent, attributes) {
        (Some(id), Some(size), Some(population), Some(parent), Some(attributes)) => {
            Ok(Raw { id, size, population, parent, attributes })
        }
        _ => Err(wrong),
    }
}

/// The value, or its fault among the others.
pub(super) fn keep<T>(value: Result<T, Wrong>, wrong: &mut Vec<Wrong>) -> Option<T> {
    value.map_err(|fault| wrong.push(fault)).ok()
}

fn attributes(value: Option<&Value>) -> Result<Vec<f64>, Wrong> {
    let fault = |found: &Value| match found {
        Value::String(text) => Wrong::TextForNumber { property: "attrs".into(), text: text.clone() },
        other => Wrong::Kind { property: "attrs".into(), found: value::shown(other), wanted: "a list of numbers" },
    };
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().map(|one| one.as_f64().ok_or_else(|| fault(one))).collect(),
        Some(other) => Err(fault(other)),
    }
}

fn joined(edge: &RawValue, nodes: usize) -> Result<Edge, Wrong> {
    let shown = || Wrong::Edge(edge.get().chars().take(60).collect());
    let Ok(Value::Array(list)) = serde_json::from_str::<Value>(edge.get()) else { return Err(shown()) };
    let (a, b, rest) = match list.as_slice() {
        [a, b, rest @ ..] if rest.len() <= 2 => (a, b, rest),
        _ => return Err(shown()),
    };
    let node = |value: &Value| value.as_i64().ok_or_else(shown);
    let (a, b) = (node(a)?, node(b)?);
    let there = |node: i64| {
        let fits = u32::try_from(node).ok().filter(|node| (*node as usize) < nodes);
        fits.ok_or(Wrong::NoNode { node, last: nodes.saturating_sub(1) })
    };
    if a == b {
        return Err(Wrong::Loop(a));
    }
    let border = match rest.first() {
        None | Some(Value::Null) => 0.0,
        Some(length) => length.as_f64().filter(|length| *length >= 0.0).ok_or_else(shown)?,
    };
    Ok(Edge { a: there(a)?, b: there(b)?, border, barrier: barrier(rest.get(1))? })
}

/// What a value says of a barrier.
pub(super) fn barrier(value: Option<&Value>) -> Result<Barrier, Wrong> {
    match value {
        None | Some(Value::Null) => Ok(Barrier::None),
        Some(Value::String(word)) if word == "forbids" => Ok(Barrier::Forbids),
        Some(other) => match other.as_f64().filter(|price| *price >= 0.0) {
            Some(price) => Ok(Barrier::Price(price)),
            None => Err(Wrong::Barrier(value::shown(other))),
        },
    }
}
