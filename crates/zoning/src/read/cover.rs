//! What is covered twice, and what not at all. What is no wider than the tolerance is a sliver and nothing.

use std::collections::BTreeSet;

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::simplify::SimplifyShape;
use i_overlay::float::single::SingleFloatOverlay;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::fault::{Faults, Wrong};
use super::shape::{Plane, Point, Ring, area, sides, width};
use super::touch::{Segment, around, to_side};

/// Names every pair of units that lie over each other.
pub(super) fn overlaps(
    shapes: &[Vec<Ring>],
    tolerance: f64,
    plane: Plane,
    names: &[(Option<usize>, String)],
    faults: &mut Faults,
) {
    let corners: Vec<(Point, Point)> = shapes.iter().map(|rings| corners(rings)).collect();
    let boxes =
        corners.iter().enumerate().map(|(i, (low, high))| GeomWithData::new(Rectangle::from_corners(*low, *high), i));
    let tree = RTree::bulk_load(boxes.collect());
    for (i, (low, high)) in corners.iter().enumerate() {
        let mut near: Vec<usize> = tree
            .locate_in_envelope_intersecting(AABB::from_corners(*low, *high))
            .map(|other| other.data)
            .filter(|other| *other > i)
            // Boxes that share no more than a sliver hold nothing in common.
            .filter(|other| {
                (0..2).all(|k| high[k].min(corners[*other].1[k]) - low[k].max(corners[*other].0[k]) > tolerance)
            })
            .collect();
        near.sort_unstable();
        for other in near {
            let both = shapes[i].overlay(&shapes[other], OverlayRule::Intersect, FillRule::NonZero);
            if let Some(piece) =
                both.iter().filter(|piece| width(piece) > tolerance).max_by(|a, b| area(a).total_cmp(&area(b)))
            {
                let wrong = Wrong::Overlap {
                    other: names[other].1.clone(),
                    at: plane.back(piece[0][0]),
                    area: plane.area(area(piece)),
                };
                faults.push(names[i].0, &names[i].1, wrong);
            }
        }
    }
}

/// Names every place between units that belongs to none.
pub(super) fn gaps(
    shapes: &[Vec<Ring>],
    segments: &RTree<Segment>,
    tolerance: f64,
    plane: Plane,
    names: &[(Option<usize>, String)],
    faults: &mut Faults,
) {
    let all: Vec<Ring> = shapes.iter().flatten().cloned().collect();
    let lands = all.simplify_shape(FillRule::NonZero);
    for hole in lands.iter().flat_map(|land| land.iter().skip(1)) {
        for gap in open(hole, &lands).into_iter().filter(|gap| width(gap) > tolerance) {
            let sides = gap.iter().flat_map(|ring| sides(ring));
            let around: BTreeSet<u32> = sides.flat_map(|(a, b)| beside(segments, a, b, tolerance)).collect();
            let ids: Vec<String> = around.iter().map(|unit| names[*unit as usize].1.clone()).collect();
            let (line, thing) =
                around.first().map_or((None, "the map"), |unit| (names[*unit as usize].0, &names[*unit as usize].1));
            let at = plane.back(gap[0][0]);
            faults.push(line, thing, Wrong::Gap { around: ids, at, area: plane.area(area(&gap).abs()) });
        }
    }
}

/// What is open of a hole in the land: other land may lie in it.
fn open(hole: &Ring, lands: &[Vec<Ring>]) -> Vec<Vec<Ring>> {
    let (low, high) = corners(std::slice::from_ref(hole));
    let inside = |land: &&Vec<Ring>| {
        let (least, most) = corners(land);
        (0..2).all(|k| least[k] >= low[k] && most[k] <= high[k])
    };
    let within: Vec<Vec<Ring>> = lands.iter().filter(inside).cloned().collect();
    let filled: Ring = hole.iter().rev().copied().collect();
    if within.is_empty() {
        vec![vec![filled]]
    } else {
        filled.overlay(&within, OverlayRule::Difference, FillRule::NonZero)
    }
}

/// Units with a side at the middle of this one.
fn beside(segments: &RTree<Segment>, a: Point, b: Point, tolerance: f64) -> Vec<u32> {
    let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let near = segments.locate_in_envelope_intersecting(around(middle, middle, tolerance));
    let at_it = near.filter(|side| to_side(middle, side.geom().from, side.geom().to).0 <= tolerance);
    at_it.map(|side| side.data).collect()
}

fn corners(rings: &[Ring]) -> (Point, Point) {
    let start = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    rings
        .iter()
        .flatten()
        .fold(start, |(low, high), [x, y]| ([low[0].min(*x), low[1].min(*y)], [high[0].max(*x), high[1].max(*y)]))
}
