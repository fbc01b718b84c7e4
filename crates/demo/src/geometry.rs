//! Boundaries on exact coordinates, and the dissolving of shared borders.
//!
//! The rule that matters: nothing is simplified and nothing is rounded. Coordinates are whole numbers of 1e-7 degree, as
//! the map file prints them, so two borders are the same or they are not, and areas add up exactly.

use std::collections::{BTreeMap, BTreeSet};

/// A point, `[longitude, latitude]` in units of 1e-7 degree.
pub type Point = [i64; 2];
/// A closed ring: the last point repeats the first. Exterior rings run anticlockwise, holes clockwise.
pub type Ring = Vec<Point>;
/// An exterior ring followed by its holes.
pub type Polygon = Vec<Ring>;

/// Twice the signed area of a closed ring in (1e-7 degree)²; positive when it runs anticlockwise. Shoelace formula.
pub fn twice_area(ring: &[Point]) -> i128 {
    ring.windows(2).map(|w| i128::from(w[0][0]) * i128::from(w[1][1]) - i128::from(w[1][0]) * i128::from(w[0][1])).sum()
}

/// Twice the area of polygons, holes taken off, in (1e-7 degree)².
pub fn twice_area_of(polygons: &[Polygon]) -> i128 {
    polygons.iter().flatten().map(|ring| twice_area(ring)).sum()
}

/// Joins polygons that do not overlap into their union.
///
/// Every border is cut wherever a vertex of any polygon lies on it (T-junctions); then two borders that run against each
/// other cancel, and what is left is chained into rings. Cost: borders × vertices, which is nothing at the size of a
/// district. Fails, in words, when polygons overlap or a ring is not closed.
pub fn dissolve<'a>(polygons: impl IntoIterator<Item = &'a Polygon>) -> Result<Vec<Polygon>, String> {
    let rings: Vec<&Ring> = polygons.into_iter().flatten().collect();
    if let Some(open) = rings.iter().find(|ring| ring.len() < 4 || ring.first() != ring.last()) {
        return Err(format!("a ring of {} points is not closed", open.len()));
    }
    let vertices: BTreeSet<Point> = rings.iter().flat_map(|ring| ring.iter().copied()).collect();
    let mut borders: BTreeSet<(Point, Point)> = BTreeSet::new();
    for ring in rings {
        for pair in ring.windows(2) {
            for (a, b) in cut(pair[0], pair[1], &vertices) {
                if borders.remove(&(b, a)) {
                    continue;
                }
                if !borders.insert((a, b)) {
                    return Err(format!("two polygons overlap along {a:?} to {b:?}"));
                }
            }
        }
    }
    nest(chain(borders))
}

/// The border from `a` to `b`, cut at the vertices that lie on it.
fn cut(a: Point, b: Point, vertices: &BTreeSet<Point>) -> Vec<(Point, Point)> {
    let (low, high) = (a[0].min(b[0]), a[0].max(b[0]));
    let mut on: Vec<(i128, Point)> = vertices
        .range([low, i64::MIN]..=[high, i64::MAX])
        .filter(|p| cross(a, b, **p) == 0)
        .map(|p| (dot(a, b, *p), *p))
        .filter(|(along, _)| *along > 0 && *along < dot(a, b, b))
        .collect();
    on.sort_unstable();
    let mut pieces = Vec::with_capacity(on.len() + 1);
    let mut from = a;
    for (_, point) in on {
        pieces.push((from, point));
        from = point;
    }
    pieces.push((from, b));
    pieces
}

fn cross(a: Point, b: Point, p: Point) -> i128 {
    i128::from(b[0] - a[0]) * i128::from(p[1] - a[1]) - i128::from(b[1] - a[1]) * i128::from(p[0] - a[0])
}

fn dot(a: Point, b: Point, p: Point) -> i128 {
    i128::from(p[0] - a[0]) * i128::from(b[0] - a[0]) + i128::from(p[1] - a[1]) * i128::from(b[1] - a[1])
}

/// Chains directed borders (area on the left) into rings that meet no point twice.
fn chain(borders: BTreeSet<(Point, Point)>) -> Vec<Ring> {
    let mut leaving: BTreeMap<Point, Vec<Point>> = BTreeMap::new();
    for (a, b) in borders {
        leaving.entry(a).or_default().push(b);
    }
    let mut rings = Vec::new();
    while let Some((&start, _)) = leaving.iter().next() {
        let mut path = vec![start];
        let mut previous = start;
        let mut here = start;
        while let Some(next) = take_next(&mut leaving, previous, here) {
            // A point met before closes a loop; it is cut out, so that no ring touches itself.
            if let Some(first) = path.iter().position(|p| *p == next) {
                let mut ring: Ring = path.drain(first..).collect();
                ring.push(next);
                rings.push(ring);
            }
            path.push(next);
            (previous, here) = (here, next);
        }
    }
    rings
}

/// Takes the border that leaves `here` first when turning clockwise from the way we came: the one that bounds the same
/// piece of area.
fn take_next(leaving: &mut BTreeMap<Point, Vec<Point>>, previous: Point, here: Point) -> Option<Point> {
    let choices = leaving.get_mut(&here)?;
    let angle = |to: Point| ((to[1] - here[1]) as f64).atan2((to[0] - here[0]) as f64);
    let back = angle(previous);
    let best = (0..choices.len()).min_by(|&i, &j| {
        let turn = |k: usize| (back - angle(choices[k])).rem_euclid(std::f64::consts::TAU);
        turn(i).total_cmp(&turn(j))
    })?;
    let next = choices.swap_remove(best);
    if choices.is_empty() {
        leaving.remove(&here);
    }
    Some(next)
}

/// Puts every hole into the smallest exterior ring around it.
fn nest(rings: Vec<Ring>) -> Result<Vec<Polygon>, String> {
    let (mut outer, holes): (Vec<Ring>, Vec<Ring>) = rings.into_iter().partition(|ring| twice_area(ring) > 0);
    outer.sort_by_key(|ring| (twice_area(ring), ring.iter().min().copied()));
    let mut polygons: Vec<Polygon> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in holes {
        let home = polygons
            .iter_mut()
            .find(|polygon| hole.iter().find(|p| !polygon[0].contains(p)).is_some_and(|p| inside(*p, &polygon[0])))
            .ok_or_else(|| format!("a hole at {:?} lies in no polygon", hole[0]))?;
        home.push(hole);
    }
    polygons.sort_by_key(|polygon| -twice_area(&polygon[0]));
    Ok(polygons)
}

/// Whether a point that is no vertex of the ring lies inside it (crossing number, exact).
pub fn inside(p: Point, ring: &[Point]) -> bool {
    let mut odd = false;
    for w in ring.windows(2) {
        let (a, b) = (w[0], w[1]);
        if (a[1] > p[1]) != (b[1] > p[1]) && (cross(a, b, p) > 0) == (b[1] > a[1]) {
            odd = !odd;
        }
    }
    odd
}

/// Degrees as the map file prints them, for GeoJSON: `[polygon][ring][point] = [longitude, latitude]`.
pub fn degrees(polygons: &[Polygon]) -> Vec<Vec<Vec<[f64; 2]>>> {
    let point = |p: &Point| [p[0] as f64 / 1e7, p[1] as f64 / 1e7];
    polygons.iter().map(|polygon| polygon.iter().map(|ring| ring.iter().map(point).collect()).collect()).collect()
}

#[cfg(test)]
#[path = "geometry_tests.rs"]
mod tests;
