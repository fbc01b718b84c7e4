//! Rivers and main roads: lines that bar the borders they run along.
//!
//! The rule that matters: a border is barred where half of it or more has a line within reach, so a river that only crosses a unit
//! or meets a border at one end bars nothing.

use rstar::RTree;
use rstar::primitives::{GeomWithData, Line as Side};

use super::geojson::Line;
use super::shape::{Point, distance};
use super::touch::{Contact, around, to_side};
use crate::problem::Barrier;

/// Places of a border that are looked at, at most for each part of it.
const MOST_PLACES: f64 = 64.0;

/// All lines, and how far they reach.
pub(super) struct Bars {
    sides: RTree<GeomWithData<Side<Point>, usize>>,
    barriers: Vec<Barrier>,
    reach: f64,
}

impl Bars {
    pub(super) fn new(lines: Vec<Line>, reach: f64) -> Bars {
        let sides = lines.iter().enumerate().flat_map(|(i, line)| {
            line.points.windows(2).map(move |ends| GeomWithData::new(Side::new(ends[0], ends[1]), i))
        });
        Bars {
            sides: RTree::bulk_load(sides.collect()),
            barriers: lines.iter().map(|line| line.barrier).collect(),
            reach,
        }
    }

    /// The barrier on a border: what forbids before what has a price, the highest price of several.
    pub(super) fn on(&self, contact: &Contact) -> Barrier {
        if self.barriers.is_empty() {
            return Barrier::None;
        }
        let (mut seen, mut barred, mut worst) = (0.0, 0.0, Barrier::None);
        for (a, b) in &contact.parts {
            let length = distance(*a, *b);
            let places = (length / self.reach).ceil().clamp(1.0, MOST_PLACES);
            for i in 0..places as usize {
                let share = (i as f64 + 0.5) / places;
                let place = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
                let weight = if contact.length > 0.0 { length / places } else { 1.0 };
                seen += weight;
                if let Some(barrier) = self.at(place) {
                    barred += weight;
                    worst = worse(worst, barrier);
                }
            }
        }
        if barred * 2.0 >= seen { worst } else { Barrier::None }
    }

    fn at(&self, place: Point) -> Option<Barrier> {
        self.sides
            .locate_in_envelope_intersecting(around(place, place, self.reach))
            .filter(|side| to_side(place, side.geom().from, side.geom().to).0 <= self.reach)
            .map(|side| self.barriers[side.data])
            .reduce(worse)
    }
}

fn worse(one: Barrier, other: Barrier) -> Barrier {
    match (one, other) {
        (Barrier::Forbids, _) | (_, Barrier::Forbids) => Barrier::Forbids,
        (Barrier::Price(a), Barrier::Price(b)) => Barrier::Price(a.max(b)),
        (Barrier::Price(_), Barrier::None) => one,
        (Barrier::None, _) => other,
    }
}
