//! Which outlines adjoin, and along how much: sides of two units that run against each other within the tolerance.
//!
//! The rule that matters: points need not match. A side that meets two others (a T-junction) or lies a sliver away from its
//! counterpart counts as far as it runs beside it.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use super::shape::{Plane, Point, Ring, distance, sides};

/// Two sides run against each other where their directions differ from opposite by less than about 18 degrees.
const OPPOSITE: f64 = -0.95;
/// A border shorter than this many tolerances, between sides that do not match exactly, is a corner.
const CORNER: f64 = 4.0;

/// A side and its unit.
pub(super) type Segment = GeomWithData<Line<Point>, u32>;

/// All sides of all outlines.
pub(super) fn segments(shapes: &[Vec<Ring>]) -> RTree<Segment> {
    let of = |(i, rings): (usize, &Vec<Ring>)| {
        let all: Vec<_> = rings.iter().flat_map(|ring| sides(ring)).collect();
        all.into_iter().map(move |(a, b)| GeomWithData::new(Line::new(a, b), i as u32))
    };
    RTree::bulk_load(shapes.iter().enumerate().flat_map(of).collect())
}

/// Two units that touch.
#[derive(Clone, Debug, Default)]
pub(super) struct Contact {
    /// The lower unit.
    pub(super) a: u32,
    /// The other.
    pub(super) b: u32,
    /// Length of what they share.
    pub(super) length: f64,
    /// Whether two sides match exactly.
    exact: bool,
    /// What they share: parts of sides, or a point.
    pub(super) parts: Vec<(Point, Point)>,
}

impl Contact {
    /// Whether it is more than a corner.
    pub(super) fn shares_border(&self, tolerance: f64) -> bool {
        self.exact || self.length > CORNER * tolerance
    }
}

/// All pairs that touch, in order.
pub(super) fn contacts(segments: &RTree<Segment>, tolerance: f64, plane: Plane) -> Vec<Contact> {
    let mut found: BTreeMap<(u32, u32), Contact> = BTreeMap::new();
    for one in segments {
        let (from, to) = (one.geom().from, one.geom().to);
        // By unit: the parts of this side along which the other's runs.
        let mut along: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
        for other in segments.locate_in_envelope_intersecting(around(from, to, tolerance)) {
            if other.data <= one.data {
                continue;
            }
            let (low, high) = (other.geom().from, other.geom().to);
            if !within(from, to, low, high, tolerance) {
                continue;
            }
            let contact = found.entry((one.data, other.data)).or_insert_with(|| Contact {
                a: one.data,
                b: other.data,
                ..Contact::default()
            });
            contact.exact |= from == high && to == low;
            if contact.parts.is_empty() {
                contact.parts.push(nearest(from, to, low, high));
            }
            along.entry(other.data).or_default().extend(beside(from, to, low, high, tolerance));
        }
        for (other, mut parts) in along {
            parts.sort_by(|one, other| one.0.total_cmp(&other.0));
            let Some(contact) = found.get_mut(&(one.data, other)) else { continue };
            let mut done = 0.0_f64;
            for (start, end) in parts {
                let start = start.max(done);
                if end > start {
                    let part = (between(from, to, start), between(from, to, end));
                    let length = plane.length(part.0, part.1);
                    if contact.length == 0.0 {
                        contact.parts.clear();
                    }
                    contact.length += length;
                    contact.parts.push(part);
                    done = end;
                }
            }
        }
    }
    found.into_values().collect()
}

/// The box around a side.
pub(super) fn around(a: Point, b: Point, by: f64) -> AABB<Point> {
    let low = [a[0].min(b[0]) - by, a[1].min(b[1]) - by];
    AABB::from_corners(low, [a[0].max(b[0]) + by, a[1].max(b[1]) + by])
}

fn between(a: Point, b: Point, share: f64) -> Point {
    [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
}

/// The part of side ab, in shares of it, that has side cd beside it, running against it, no farther than the tolerance.
fn beside(a: Point, b: Point, c: Point, d: Point, tolerance: f64) -> Option<(f64, f64)> {
    let (length, other) = (distance(a, b), distance(c, d));
    let along = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    let cosine = (along[0] * (d[0] - c[0]) + along[1] * (d[1] - c[1])) / other;
    if cosine > OPPOSITE {
        return None;
    }
    // c and d by how far along ab they lie and how far off it; d comes first, since the sides run against each other.
    let of = |p: Point| {
        let (x, y) = (p[0] - a[0], p[1] - a[1]);
        (x * along[0] + y * along[1], y * along[0] - x * along[1])
    };
    let ((start, off), (end, off_end)) = (of(d), of(c));
    // Where the distance between the two lines is within the tolerance.
    let slope = (off_end - off) / (end - start);
    let (mut low, mut high) = (start.max(0.0), end.min(length));
    if slope.abs() > 1e-12 {
        let at = |distance: f64| start + (distance - off) / slope;
        let (one, two) = (at(-tolerance), at(tolerance));
        low = low.max(one.min(two));
        high = high.min(one.max(two));
    } else if off.abs() > tolerance {
        return None;
    }
    (high > low).then_some((low / length, high / length))
}

/// The distance from a point to a side, and the nearest point of it.
pub(super) fn to_side(p: Point, a: Point, b: Point) -> (f64, Point) {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    let squared = x * x + y * y;
    let share = if squared > 0.0 { ((p[0] - a[0]) * x + (p[1] - a[1]) * y) / squared } else { 0.0 };
    let near = between(a, b, share.clamp(0.0, 1.0));
    (distance(p, near), near)
}

/// The shortest way between two sides that do not cross, from one to the other.
fn nearest(a: Point, b: Point, c: Point, d: Point) -> (Point, Point) {
    let ways = [(a, to_side(a, c, d)), (b, to_side(b, c, d)), (c, to_side(c, a, b)), (d, to_side(d, a, b))];
    let shortest = ways.into_iter().min_by(|one, other| one.1.0.total_cmp(&other.1.0));
    shortest.map_or((a, c), |(point, (_, near))| (point, near))
}

/// Whether two sides come as near as the tolerance. Sides that cross do, too.
fn within(a: Point, b: Point, c: Point, d: Point, tolerance: f64) -> bool {
    let (one, other) = nearest(a, b, c, d);
    distance(one, other) <= tolerance || crosses(a, b, c, d)
}

fn crosses(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
