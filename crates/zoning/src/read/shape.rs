//! Outlines: rings in a plane, turned so that the inside lies on the left, and what can be wrong with one.

use std::collections::HashMap;

use i_overlay::core::fill_rule::FillRule;
use i_overlay::float::simplify::SimplifyShape;
use robust::{Coord, orient2d};
use serde_json::Value;

use super::Coordinates;
use super::fault::Wrong;
use super::value::shown;

/// A place.
pub(super) type Point = [f64; 2];
/// Points in order, the first not repeated.
pub(super) type Ring = Vec<Point>;

/// Coordinates are below this: beyond it nothing is left of their decimals.
const LARGEST: f64 = 1e12;
/// Metres of one degree of latitude.
const DEGREE: f64 = 111_195.0;

/// From the numbers of the file to a plane and back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    /// The latitude that is true to scale; `None` where the numbers are lengths already.
    latitude: Option<f64>,
}

impl Plane {
    /// For these places, as they are written.
    pub(super) fn of(shapes: &[Vec<Ring>], coordinates: Coordinates, other_system: bool) -> Plane {
        let points = || shapes.iter().flatten().flatten();
        let degrees = match coordinates {
            Coordinates::Degrees => true,
            Coordinates::Planar => false,
            Coordinates::Auto => !other_system && points().all(|[x, y]| x.abs() <= 180.0 && y.abs() <= 90.0),
        };
        let (low, high) =
            points().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), [_, y]| (low.min(*y), high.max(*y)));
        Plane { latitude: degrees.then_some((low + high) / 2.0) }
    }

    /// Whether lengths are metres.
    pub(super) fn in_metres(self) -> bool {
        self.latitude.is_some()
    }

    pub(super) fn place(self, [x, y]: Point) -> Point {
        match self.latitude {
            Some(latitude) => [x * DEGREE * latitude.to_radians().cos(), y * DEGREE],
            None => [x, y],
        }
    }

    /// As the file writes it, to the centimetre.
    pub(super) fn back(self, [x, y]: Point) -> Point {
        match self.latitude {
            Some(latitude) => [x / (DEGREE * latitude.to_radians().cos()), y / DEGREE].map(|v| (v * 1e7).round() / 1e7),
            None => [x, y].map(|v| (v * 1e3).round() / 1e3),
        }
    }

    /// How long a way is: true to scale at its own latitude.
    pub(super) fn length(self, [x, y]: Point, [u, v]: Point) -> f64 {
        let stretch = self
            .latitude
            .map_or(1.0, |latitude| ((y + v) / 2.0 / DEGREE).to_radians().cos() / latitude.to_radians().cos());
        ((x - u) * stretch).hypot(y - v)
    }

    /// An area in words.
    pub(super) fn area(self, area: f64) -> String {
        let digits = if area.abs() < 100.0 { 2 } else { 0 };
        let unit = if self.in_metres() { " m²" } else { " square units" };
        format!("{area:.digits$}{unit}")
    }
}

/// The rings of a Polygon or MultiPolygon, first outside then holes for each polygon, as they are written.
pub(super) fn rings(geometry: &Value) -> Result<Vec<(bool, Ring)>, Wrong> {
    let coordinates = &geometry["coordinates"];
    let list = |value: &Value| value.as_array().cloned();
    let polygons: Vec<Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![coordinates.clone()],
        Some("MultiPolygon") => list(coordinates).ok_or_else(|| Wrong::Geometry(shown(coordinates)))?,
        Some(other) => return Err(Wrong::Geometry(format!("a {other}"))),
        None => return Err(Wrong::Geometry(shown(geometry))),
    };
    let mut found = Vec::new();
    for polygon in &polygons {
        for (i, ring) in list(polygon).ok_or_else(|| Wrong::Geometry(shown(polygon)))?.iter().enumerate() {
            let number = found.len() + 1;
            let mut points = line(ring)?;
            if points.len() > 1 && points.first() != points.last() {
                return Err(Wrong::Open { ring: number });
            }
            points.pop();
            points.dedup();
            while points.len() > 1 && points.first() == points.last() {
                points.pop();
            }
            if points.len() < 3 {
                return Err(Wrong::Short { ring: number, points: points.len() });
            }
            found.push((i == 0, points));
        }
    }
    if found.is_empty() {
        return Err(Wrong::Geometry("empty".into()));
    }
    Ok(found)
}

/// The points of one list of positions.
pub(super) fn line(positions: &Value) -> Result<Ring, Wrong> {
    let fault = |found: &Value| Wrong::Kind {
        property: "a position of its geometry".into(),
        found: shown(found),
        wanted: "[number, number]",
    };
    let list = positions.as_array().ok_or_else(|| fault(positions))?;
    list.iter()
        .map(|position| {
            let number = |i: usize| position.get(i).and_then(Value::as_f64).filter(|value| value.abs() < LARGEST);
            Ok([number(0).ok_or_else(|| fault(position))?, number(1).ok_or_else(|| fault(position))?])
        })
        .collect()
}

/// Twice the area, above 0 where the inside lies on the left.
fn twice_area(ring: &[Point]) -> f64 {
    let origin = ring[0];
    sides(ring).map(|(a, b)| (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1])).sum()
}

/// The area of rings whose inside lies on the left.
pub(super) fn area(rings: &[Ring]) -> f64 {
    rings.iter().map(|ring| twice_area(ring)).sum::<f64>() / 2.0
}

/// How wide a place with this outline is: twice its area over its boundary's length.
pub(super) fn width(rings: &[Ring]) -> f64 {
    let boundary: f64 = rings.iter().flat_map(|ring| sides(ring)).map(|(a, b)| distance(a, b)).sum();
    if boundary > 0.0 { 2.0 * area(rings).abs() / boundary } else { 0.0 }
}

pub(super) fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Its sides, the last back to the first point.
pub(super) fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// Turns a ring so that the inside of its polygon lies on the left.
pub(super) fn turned((outside, mut ring): (bool, Ring)) -> Ring {
    if (twice_area(&ring) > 0.0) != outside {
        ring.reverse();
    }
    ring
}

/// What is wrong with an outline whose rings are turned: it crosses itself, or a ring has no inside.
pub(super) fn unsound(rings: &[Ring], tolerance: f64, plane: Plane) -> Option<Wrong> {
    // What it covers, and what its rings say it covers, are the same where no part crosses or lies over another.
    let covers: f64 = rings.to_vec().simplify_shape(FillRule::NonZero).iter().map(|shape| area(shape)).sum();
    let says = area(rings);
    if (covers - says).abs() > (tolerance * tolerance).max(1e-6 * says.abs()) {
        let at = crossing(rings).unwrap_or(rings[0][0]);
        return Some(Wrong::Crosses { at: plane.back(at) });
    }
    let flat = |ring: &Ring| {
        twice_area(ring).abs() <= 1e-12 * ring.iter().map(|p| p[0].abs().max(p[1].abs())).fold(1.0, f64::max)
    };
    if let Some(ring) = rings.iter().position(flat) {
        return Some(match crossing(rings) {
            Some(at) => Wrong::Crosses { at: plane.back(at) },
            None => Wrong::Flat { ring: ring + 1 },
        });
    }
    None
}

/// A place where two sides cross, or else a point that a ring passes twice.
fn crossing(rings: &[Ring]) -> Option<Point> {
    let mut all: Vec<(Point, Point)> = rings.iter().flat_map(|ring| sides(ring)).collect();
    let low = |(a, b): &(Point, Point)| a[0].min(b[0]);
    all.sort_by(|one, other| low(one).total_cmp(&low(other)));
    for (i, one) in all.iter().enumerate() {
        let end = one.0[0].max(one.1[0]);
        for other in all[i + 1..].iter().take_while(|other| low(other) <= end) {
            if let Some(at) = proper_crossing(*one, *other) {
                return Some(at);
            }
        }
    }
    let mut seen = HashMap::new();
    rings.iter().flatten().find(|point| seen.insert(point.map(f64::to_bits), ()).is_some()).copied()
}

/// Where two sides cross, each strictly between its ends.
fn proper_crossing((a, b): (Point, Point), (c, d): (Point, Point)) -> Option<Point> {
    let coord = |p: Point| Coord { x: p[0], y: p[1] };
    let side = |p: Point, q: Point, r: Point| orient2d(coord(p), coord(q), coord(r));
    let (of_c, of_d) = (side(a, b, c), side(a, b, d));
    let crosses = of_c * of_d < 0.0 && side(c, d, a) * side(c, d, b) < 0.0;
    let share = of_c / (of_c - of_d);
    crosses.then(|| [c[0] + share * (d[0] - c[0]), c[1] + share * (d[1] - c[1])])
}
