//! Reads a map from text: GeoJSON with contiguity found from the outlines, or a graph with its borders listed.
//!
//! The rule that matters: a map with a fault is not handed on. Every fault of a run is named with its feature; what is only
//! remarkable (islands, the tolerance used) is a note.

mod barrier;
mod cover;
mod fault;
mod geojson;
mod graph;
mod shape;
mod touch;
mod value;
mod wrong;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use fault::{Fault, Faults, Wrong};

use crate::problem::{Edge, Problem, Unit};
use value::Number;

/// When two outlines adjoin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contiguity {
    /// They share a border of some length.
    #[default]
    Rook,
    /// They share a border or a point.
    Queen,
}

/// What the numbers of an outline are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coordinates {
    /// Degrees where all of them can be, else lengths in a plane.
    #[default]
    Auto,
    /// Longitude and latitude; lengths are then in metres.
    Degrees,
    /// Lengths in a plane.
    Planar,
}

/// How a file is to be read. A graph needs only `nested`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Property with the id.
    pub id: String,
    /// Property with the size.
    pub size: String,
    /// Property with the population.
    pub population: String,
    /// Property with the parent.
    pub parent: String,
    /// Properties with attributes.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// Whether each unit must have a parent.
    #[serde(default)]
    pub nested: bool,
    /// When two outlines adjoin.
    #[serde(default)]
    pub contiguity: Contiguity,
    /// What the numbers of an outline are.
    #[serde(default)]
    pub coordinates: Coordinates,
    /// Slivers up to this width are nothing, in metres or in the unit of the plane; where none is given, a thousandth of the side of
    /// a square as large as the median unit.
    #[serde(default)]
    pub tolerance: Option<f64>,
    /// How far from a border a line may lie that bars it; where none is given, fifty times the tolerance.
    #[serde(default)]
    pub reach: Option<f64>,
    /// Whether places between units that belong to none are left alone.
    #[serde(default)]
    pub allow_gaps: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Reading {
            id: "unit_id".into(),
            size: "households".into(),
            population: "population".into(),
            parent: "subdistrict_id".into(),
            attributes: Vec::new(),
            nested: false,
            contiguity: Contiguity::Rook,
            coordinates: Coordinates::Auto,
            tolerance: None,
            reach: None,
            allow_gaps: false,
        }
    }
}

/// A map that was read, and what is remarkable about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// Units and borders.
    pub problem: Problem,
    /// Each a sentence.
    pub notes: Vec<String>,
}

/// The parts of either form, each thing as it is written.
#[derive(Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    nodes: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    edges: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    crs: Option<&'a RawValue>,
}

/// Reads a map.
///
/// # Errors
/// Every fault found; geometry is looked at once all features can be read.
pub fn read(bytes: &[u8], reading: &Reading) -> Result<Read, Faults> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text =
        std::str::from_utf8(bytes).map_err(|error| Faults::of_file(Wrong::NotText { byte: error.valid_up_to() }))?;
    if text.trim().is_empty() {
        return Err(Faults::of_file(Wrong::Empty));
    }
    let top: Top<'_> = serde_json::from_str(text).map_err(|error| {
        Faults::of_file(if error.is_data() { Wrong::Form } else { Wrong::NotJson(error.to_string()) })
    })?;
    let text = Text(text);
    match (top.features, top.nodes, top.edges) {
        (Some(features), ..) => geojson::read(text, &features, top.crs, reading),
        (_, Some(nodes), Some(edges)) => graph::read(text, &nodes, &edges, reading),
        _ => Err(Faults::of_file(Wrong::Form)),
    }
}

/// The whole text, to say on which line a part of it stands.
#[derive(Clone, Copy)]
struct Text<'a>(&'a str);

impl Text<'_> {
    /// The line of a part; none on the first, where most files have everything.
    fn line(self, part: &RawValue) -> Option<usize> {
        let at = (part.get().as_ptr() as usize).checked_sub(self.0.as_ptr() as usize)?;
        let before = self.0.as_bytes().get(..at)?.iter().filter(|byte| **byte == b'\n').count();
        (before > 0).then_some(before + 1)
    }
}

/// A unit as it is written.
struct Raw {
    id: String,
    size: Number,
    population: f64,
    parent: Option<String>,
    attributes: Vec<f64>,
}

/// Units with sizes as whole numbers of the same power of ten.
fn problem(raw: Vec<Raw>, edges: Vec<Edge>) -> Result<Problem, Faults> {
    let decimals = raw.iter().map(|unit| unit.size.decimals()).max().unwrap_or(0);
    let mut sum = 0_i64;
    let mut units = Vec::with_capacity(raw.len());
    for unit in raw {
        let size = unit.size.scaled(decimals);
        // Room to spare: the solver multiplies and adds sizes.
        sum = size.and_then(|size| sum.checked_add(size)).filter(|sum| *sum < i64::MAX / 1_000_000).unwrap_or(i64::MAX);
        let (Some(size), true) = (size, sum < i64::MAX) else { return Err(Faults::of_file(Wrong::TooMuch)) };
        units.push(Unit {
            id: unit.id,
            size,
            population: unit.population,
            parent: unit.parent,
            attributes: unit.attributes,
        });
    }
    Ok(Problem { units, edges, decimals })
}
