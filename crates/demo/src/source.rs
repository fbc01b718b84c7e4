//! The three data files as they stand, read into rows that still know their place. No meaning is given here.

use crate::Problem;
use crate::geometry::{Polygon, Ring};
use serde::Deserialize;
use std::collections::BTreeMap;

/// File name of the units.
pub const UNITS: &str = "wuling_units.csv";
/// File name of the committees' boundaries.
pub const COMMITTEES: &str = "wuling_committees.geojson";
/// File name of the departments.
pub const DEPARTMENTS: &str = "departments.yaml";

/// The texts of the data files; [`Sources::embedded`] gives those of `demo/`.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// Text of `wuling_units.csv`, UTF-8, with or without a byte-order mark.
    pub units: &'a str,
    /// Text of `wuling_committees.geojson`.
    pub committees: &'a str,
    /// Text of `departments.yaml`.
    pub departments: &'a str,
}

impl Sources<'static> {
    /// The files of `demo/`, compiled in.
    pub fn embedded() -> Self {
        Self {
            units: include_str!("../../../demo/wuling_units.csv"),
            committees: include_str!("../../../demo/wuling_committees.geojson"),
            departments: include_str!("../../../demo/departments.yaml"),
        }
    }
}

/// A row of `wuling_units.csv`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct UnitRow {
    #[serde(skip)]
    pub line: usize,
    pub unit_id: String,
    pub level: String,
    pub name_zh: String,
    pub parent_id: String,
    pub valid_from: String,
    pub valid_to: String,
    pub nbs_code: String,
    pub households: Option<u32>,
    pub population: Option<u32>,
    pub area_km2: Option<f64>,
    pub groups: Option<u32>,
    pub successor_id: String,
    pub name_status: String,
    pub value_status: String,
    pub mapping_status: String,
    pub key_community: String,
    pub model_community: String,
    pub charity_shop: String,
    pub premises_project: String,
    pub premises_m2: Option<u32>,
    pub source: String,
    pub note: String,
}

impl UnitRow {
    pub fn problem(&self, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
        Problem::new(UNITS, format!("line {} ({})", self.line, self.unit_id), what, remedy)
    }
}

/// Reads `wuling_units.csv`.
pub(crate) fn unit_rows(text: &str) -> Result<Vec<UnitRow>, Problem> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let fault = |error: csv::Error| {
        Problem::new(
            UNITS,
            format!("line {}", error.position().map_or(1, |at| line_of(text, at))),
            error.to_string(),
            "Correct the line; the head line names the columns",
        )
    };
    let head = reader.headers().map_err(fault)?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fault)?;
        let mut row: UnitRow = record
            .deserialize(Some(&head))
            .map_err(|error| cell_fault(&error, text, &record, &head).unwrap_or(fault(error)))?;
        row.line = record.position().map_or(1, |at| line_of(text, at));
        rows.push(row);
    }
    Ok(rows)
}

/// The line a record begins on, from 1. The reader's own count lags by one where lines end in CR LF: its position then
/// still stands on the LF before the record.
fn line_of(text: &str, at: &csv::Position) -> usize {
    let byte = usize::try_from(at.byte()).unwrap_or(usize::MAX).min(text.len());
    let start = byte + text.as_bytes()[byte..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    1 + text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count()
}

/// Names the column and the cell that would not be read.
fn cell_fault(error: &csv::Error, text: &str, record: &csv::StringRecord, head: &csv::StringRecord) -> Option<Problem> {
    let csv::ErrorKind::Deserialize { pos: Some(at), err } = error.kind() else { return None };
    let field = usize::try_from(err.field()?).ok()?;
    let (column, cell) = (head.get(field)?, record.get(field)?);
    let what = format!("{column} is “{cell}”: {}", err.kind());
    Some(Problem::new(UNITS, format!("line {}", line_of(text, at)), what, "Write a number or leave the cell empty"))
}

/// An entry of `departments.yaml`. What a department leads or supports is left there: the standard says it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct DepartmentRow {
    pub id: String,
    pub order: u32,
    pub name_zh: String,
    pub name_en: String,
    pub kind: crate::DepartmentKind,
    pub vertical_line: bool,
    pub duties_zh: String,
    pub duties_en: String,
    pub campaign_role: crate::CampaignRole,
    pub confidence: String,
}

#[derive(Deserialize)]
struct DepartmentFile {
    departments: Vec<DepartmentRow>,
}

/// Reads `departments.yaml`, in official order.
pub(crate) fn department_rows(text: &str) -> Result<Vec<DepartmentRow>, Problem> {
    let file: DepartmentFile = serde_saphyr::from_str(text).map_err(|error| {
        let place = error.location().map_or("the file".to_owned(), |at| format!("line {}", at.line()));
        Problem::new(DEPARTMENTS, place, error.without_snippet().to_string(), "Correct the entry")
    })?;
    let mut rows = file.departments;
    rows.sort_by_key(|row| row.order);
    for (place, row) in (1u32..).zip(&rows) {
        if row.order != place {
            let what = format!("its order is {}, but {place} comes next", row.order);
            let remedy = "Number the departments from 1 without gaps or doubles";
            return Err(Problem::new(DEPARTMENTS, format!("department {}", row.id), what, remedy));
        }
    }
    Ok(rows)
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    unit_id: String,
    geometry_status: String,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon { coordinates: Vec<Vec<[f64; 2]>> },
}

/// A committee's boundary with the words of its status.
pub(crate) type Boundary = (Polygon, String);

/// Reads the boundaries of the committees, by unit; rings are closed and turned the way [`Polygon`] wants them.
pub(crate) fn boundaries(text: &str) -> Result<BTreeMap<String, Boundary>, Problem> {
    let file: Collection = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Problem::new(COMMITTEES, place, error.to_string(), "Save the map as a GeoJSON collection of polygons")
    })?;
    let mut found = BTreeMap::new();
    for feature in file.features {
        let Geometry::Polygon { coordinates } = feature.geometry;
        let key = feature.properties.unit_id;
        let fault = |what: &str, remedy: &str| Problem::new(COMMITTEES, format!("feature {key}"), what, remedy);
        let mut polygon = Polygon::new();
        for (index, points) in coordinates.iter().enumerate() {
            if points.iter().flatten().any(|degree| !degree.is_finite() || degree.abs() > 180.0) {
                return Err(fault("a coordinate is not a longitude or latitude", "Save the map in degrees (WGS 84)"));
            }
            let mut ring: Ring = points.iter().map(|[x, y]| [exact(*x), exact(*y)]).collect();
            if ring.len() < 4 || ring.first() != ring.last() {
                return Err(fault("its ring is not closed", "Repeat the first point at the end"));
            }
            if (crate::geometry::twice_area(&ring) > 0) != (index == 0) {
                ring.reverse();
            }
            polygon.push(ring);
        }
        if polygon.is_empty() {
            return Err(fault("it has no ring", "Draw the boundary again"));
        }
        if found.contains_key(&key) {
            return Err(fault("it stands twice in the file", "Keep one of the two"));
        }
        found.insert(key, (polygon, feature.properties.geometry_status));
    }
    Ok(found)
}

/// Degrees to the whole number of 1e-7 degree that the file prints.
fn exact(degrees: f64) -> i64 {
    (degrees * 1e7).round() as i64
}
