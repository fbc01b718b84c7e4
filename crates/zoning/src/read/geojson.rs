//! GeoJSON: a feature for each unit, its outline a Polygon or MultiPolygon; lines with a property `barrier` bar the borders they
//! run along.

use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::fault::{Faults, Wrong};
use super::graph::keep;
use super::shape::{self, Plane, Ring};
use super::{Contiguity, Raw, Read, Reading, Text, barrier, cover, graph, problem, touch, value};
use crate::graph::Graph;
use crate::problem::{Barrier, Edge};

/// What a line of the file bars.
pub(super) struct Line {
    pub(super) points: Ring,
    pub(super) barrier: Barrier,
}

enum Feature {
    Unit(Raw, Vec<(bool, Ring)>),
    Lines(Vec<Line>),
}

pub(super) fn read(
    text: Text<'_>,
    features: &[&RawValue],
    crs: Option<&RawValue>,
    reading: &Reading,
) -> Result<Read, Faults> {
    let mut faults = Faults::default();
    let (mut units, mut outlines, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    // The place of each unit in the file.
    let mut names: Vec<(Option<usize>, String)> = Vec::new();
    let mut first: HashMap<String, String> = HashMap::new();
    for (i, feature) in features.iter().enumerate() {
        let mut thing = format!("feature {}", i + 1);
        match one(feature, reading, &mut thing) {
            Ok(Feature::Unit(unit, rings)) => {
                if let Some(first) = first.get(&unit.id) {
                    let wrong = Wrong::TwoIds { id: unit.id.clone(), first: first.clone() };
                    faults.push(text.line(feature), &thing, wrong);
                }
                first.entry(unit.id.clone()).or_insert_with(|| format!("feature {}", i + 1));
                units.push(unit);
                outlines.push(rings);
                names.push((text.line(feature), thing));
            }
            Ok(Feature::Lines(more)) => lines.extend(more),
            Err(wrong) => wrong.into_iter().for_each(|wrong| faults.push(text.line(feature), &thing, wrong)),
        }
    }
    if units.is_empty() && faults.is_empty() {
        return Err(Faults::of_file(Wrong::NoUnits));
    }
    // Without a property everywhere no unit is whole.
    if units.is_empty() {
        let names = [&reading.id, &reading.size, &reading.population, &reading.parent];
        let everywhere = |name: &&String| !features.iter().any(|feature| has(feature, name));
        names.into_iter().chain(&reading.attributes).filter(everywhere).for_each(|name| faults.absent(name));
    }
    let (units, outlines) = faults.or((units, outlines))?;
    let bare: Vec<Vec<Ring>> =
        outlines.iter().map(|rings| rings.iter().map(|(_, ring)| ring.clone()).collect()).collect();
    let plane = Plane::of(&bare, reading.coordinates, crs.is_some_and(other_system));
    let swapped =
        !plane.in_metres() && bare.iter().flatten().flatten().all(|[x, y]| x.abs() <= 90.0 && y.abs() <= 180.0);
    drop(bare);
    let placed = |ring: Ring| ring.into_iter().map(|point| plane.place(point)).collect::<Ring>();
    let shapes: Vec<Vec<Ring>> = outlines
        .into_iter()
        .map(|rings| rings.into_iter().map(|(outside, ring)| shape::turned((outside, placed(ring)))).collect())
        .collect();
    let tolerance = reading.tolerance.unwrap_or_else(|| usual(&shapes));
    let mut faults = Faults::default();
    for (rings, (line, thing)) in shapes.iter().zip(&names) {
        if let Some(wrong) = shape::unsound(rings, tolerance, plane) {
            faults.push(*line, thing, wrong);
        }
    }
    faults.or(())?;
    let mut faults = Faults::default();
    let segments = touch::segments(&shapes);
    cover::overlaps(&shapes, tolerance, plane, &names, &mut faults);
    if !reading.allow_gaps {
        cover::gaps(&shapes, &segments, tolerance, plane, &names, &mut faults);
    }
    faults.or(())?;
    let contacts = touch::contacts(&segments, tolerance, plane);
    let lines = lines.into_iter().map(|line| Line { points: placed(line.points), barrier: line.barrier }).collect();
    let bars = barrier::Bars::new(lines, reading.reach.unwrap_or(50.0 * tolerance));
    let edges: Vec<Edge> = contacts
        .iter()
        .filter(|contact| contact.shares_border(tolerance) || reading.contiguity == Contiguity::Queen)
        .map(|contact| Edge { a: contact.a, b: contact.b, border: contact.length, barrier: bars.on(contact) })
        .collect();
    let notes = notes(&units, &edges, tolerance, plane, reading, swapped);
    Ok(Read { problem: problem(units, edges)?, notes })
}

/// Whether a feature has a property of this name.
fn has(feature: &RawValue, name: &str) -> bool {
    let feature: Value = serde_json::from_str(feature.get()).unwrap_or_default();
    feature.get("properties").and_then(|all| all.get(name)).is_some()
}

/// One feature, or all that is wrong with it.
fn one(feature: &RawValue, reading: &Reading, thing: &mut String) -> Result<Feature, Vec<Wrong>> {
    let whole = |found: String| {
        vec![Wrong::Kind { property: "the feature".into(), found, wanted: "an object of type Feature" }]
    };
    let Ok(Value::Object(feature)) = serde_json::from_str(feature.get()) else {
        return Err(whole(feature.get().chars().take(40).collect()));
    };
    let none = Map::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let geometry = feature.get("geometry").unwrap_or(&Value::Null);
    if let (Some("LineString" | "MultiLineString"), Some(_)) = (geometry["type"].as_str(), properties.get("barrier")) {
        return barring(geometry, properties).map(Feature::Lines).map_err(|wrong| vec![wrong]);
    }
    let mut wrong = Vec::new();
    // A feature without the property may have its id where GeoJSON puts one.
    let own =
        if properties.contains_key(&reading.id) { None } else { value::optional_name(&feature, "id").ok().flatten() };
    let id = keep(own.map_or_else(|| value::name(properties, &reading.id), Ok), &mut wrong);
    if let Some(id) = &id {
        *thing = format!("{thing} ({id})");
    }
    let size = keep(value::size(properties, &reading.size), &mut wrong);
    let population = keep(value::amount(properties, &reading.population), &mut wrong);
    let parent = if reading.nested {
        value::name(properties, &reading.parent).map(Some)
    } else {
        value::optional_name(properties, &reading.parent)
    };
    let parent = keep(parent, &mut wrong);
    let mut attributes = Vec::with_capacity(reading.attributes.len());
    for name in &reading.attributes {
        attributes.extend(keep(value::number(properties, name), &mut wrong));
    }
    let rings = keep(shape::rings(geometry), &mut wrong);
    match (id, size, population, parent, rings) {
        (Some(id), Some(size), Some(population), Some(parent), Some(rings)) if wrong.is_empty() => {
            Ok(Feature::Unit(Raw { id, size, population, parent, attributes }, rings))
        }
        _ => Err(wrong),
    }
}

fn barring(geometry: &Value, properties: &Map<String, Value>) -> Result<Vec<Line>, Wrong> {
    let barrier = graph::barrier(properties.get("barrier"))?;
    let coordinates = &geometry["coordinates"];
    let parts = match (geometry["type"].as_str(), coordinates.as_array()) {
        (Some("MultiLineString"), Some(parts)) => parts.clone(),
        _ => vec![coordinates.clone()],
    };
    parts.iter().map(|part| Ok(Line { points: shape::line(part)?, barrier })).collect()
}

/// Whether the file names a system of coordinates other than longitude and latitude.
fn other_system(crs: &RawValue) -> bool {
    let name = crs.get();
    !(name == "null" || name.contains("CRS84") || name.contains("4326") || name.contains("4490"))
}

/// A thousandth of the side of a square as large as the median unit.
fn usual(shapes: &[Vec<Ring>]) -> f64 {
    let mut areas: Vec<f64> = shapes.iter().map(|rings| shape::area(rings).abs()).collect();
    areas.sort_by(f64::total_cmp);
    areas[areas.len() / 2].sqrt() / 1000.0
}

fn notes(units: &[Raw], edges: &[Edge], tolerance: f64, plane: Plane, reading: &Reading, swapped: bool) -> Vec<String> {
    let way = match reading.contiguity {
        Contiguity::Rook => "a border of some length",
        Contiguity::Queen => "a border or a point",
    };
    let (numbers, unit) = if plane.in_metres() { ("degrees", "m") } else { ("lengths in a plane", "units of the map") };
    let mut notes = vec![format!(
        "{} units, {} pairs share {way}; coordinates are read as {numbers}, slivers up to {} {unit} count as nothing",
        units.len(),
        edges.len(),
        rounded(tolerance),
    )];
    if swapped {
        notes.push("the second number of every point could be its longitude: longitude comes first".to_owned());
    }
    let barred = edges.iter().filter(|edge| edge.barrier != Barrier::None).count();
    if barred > 0 {
        notes.push(format!("{barred} of them lie along a barrier"));
    }
    let plain: Vec<crate::graph::Edge> =
        edges.iter().map(|edge| crate::graph::Edge { a: edge.a, b: edge.b, border: edge.border }).collect();
    let mut parts = Graph::new(vec![0; units.len()], &plain).components(|_, _| true);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    for part in parts.iter().skip(1) {
        let ids: Vec<&str> = part.iter().take(5).map(|node| units[*node as usize].id.as_str()).collect();
        let more = if part.len() > 5 { format!(" and {} more", part.len() - 5) } else { String::new() };
        let verb = if part.len() == 1 { "adjoins" } else { "adjoin" };
        notes.push(format!("{}{more} {verb} no unit of the others: an island", ids.join(", ")));
    }
    notes
}

/// Two digits that count.
fn rounded(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let unit = 10_f64.powf(value.log10().floor() - 1.0);
    ((value / unit).round() * unit * 1e9).round() / 1e9
}
