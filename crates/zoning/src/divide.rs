//! The best division of a small component into a given number of regions, by trying all of them that can be.
//!
//! The rule that matters: with as many regions as there can be little is left to spare. A region is at most the threshold and all
//! that is spare, so there are few candidates, and what is spare shrinks with each region chosen. Where there are too many after
//! all, that is said; nothing unproven is answered.

use std::collections::HashMap;

use crate::candidates::{Candidates, Limits};
use crate::graph::{Graph, Node};

/// Units of a component that can be divided so: the bits of a mask.
pub const WIDEST: usize = 64;

/// How much to try before it is too large.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Candidates listed at most.
    pub columns: usize,
    /// Open parts remembered at most.
    pub states: usize,
}

impl Default for Room {
    fn default() -> Self {
        Room { columns: 400_000, states: 2_000_000 }
    }
}

/// What trying all divisions came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Division {
    /// The best, as lists of units.
    Best(Vec<Vec<Node>>),
    /// There is none.
    None,
    /// Too many to try, or stopped.
    TooLarge,
}

/// The best division of a connected graph into `regions` that hold to the limits.
pub fn divide(
    graph: &Graph,
    limits: &Limits,
    regions: u64,
    cost: impl Fn(&[Node]) -> f64,
    room: Room,
    stop: &mut dyn FnMut() -> bool,
) -> Division {
    let n = graph.len();
    if n > WIDEST {
        return Division::TooLarge;
    }
    let spare = (0..n as Node).map(|node| i128::from(graph.size(node))).sum::<i128>()
        - i128::from(limits.low) * i128::from(regions);
    if n == 0 || regions == 0 || spare < 0 || regions > n as u64 {
        return Division::None;
    }
    let spare = i64::try_from(spare).unwrap_or(i64::MAX);
    let limits = Limits { high: limits.high.min(limits.low.saturating_add(spare)), ..limits.clone() };
    let Some(found) = Candidates::list(graph, &limits, room.columns, stop) else { return Division::TooLarge };
    let mut by_least: Vec<Vec<Column>> = (0..n).map(|_| Vec::new()).collect();
    for (mask, size) in found.masks {
        let column = Column { mask, size, cost: cost(&units(mask)) };
        by_least[mask.trailing_zeros() as usize].push(column);
    }
    by_least.iter_mut().for_each(|own| own.sort_by(|a, b| a.size.cmp(&b.size).then(a.mask.cmp(&b.mask))));
    let mut search = Search { by_least, threshold: limits.low, known: HashMap::new(), full: false, most: room.states };
    let all = all(n);
    let best = search.best(all, spare, regions as u32, stop);
    if search.full {
        return Division::TooLarge;
    }
    if best == f64::INFINITY {
        return Division::None;
    }
    let mut chosen = Vec::new();
    let (mut open, mut left) = (all, regions as u32);
    while open != 0 {
        let Some((_, column)) = search.known.get(&(open, left)) else { return Division::TooLarge };
        chosen.push(units(*column));
        open &= !column;
        left -= 1;
    }
    Division::Best(chosen)
}

/// The numbers of regions that divisions within the limits can have, as bits; `None` where there are too many to try.
pub fn counts(graph: &Graph, limits: &Limits, room: Room, stop: &mut dyn FnMut() -> bool) -> Option<u64> {
    let n = graph.len();
    if n == 0 || n >= WIDEST {
        return None;
    }
    let found = Candidates::list(graph, limits, room.columns, stop)?;
    let mut by_least: Vec<Vec<u64>> = vec![Vec::new(); n];
    for (mask, _) in found.masks {
        by_least[mask.trailing_zeros() as usize].push(mask);
    }
    let mut known = HashMap::from([(0, 1_u64)]);
    count(all(n), &by_least, &mut known, room.states, stop)
}

fn count(
    open: u64,
    by_least: &[Vec<u64>],
    known: &mut HashMap<u64, u64>,
    most: usize,
    stop: &mut dyn FnMut() -> bool,
) -> Option<u64> {
    if let Some(counts) = known.get(&open) {
        return Some(*counts);
    }
    if known.len() >= most || (known.len() % 4096 == 4095 && stop()) {
        return None;
    }
    let mut counts = 0;
    for mask in &by_least[open.trailing_zeros() as usize] {
        if mask & !open == 0 {
            counts |= count(open & !mask, by_least, known, most, stop)? << 1;
        }
    }
    known.insert(open, counts);
    Some(counts)
}

fn all(n: usize) -> u64 {
    if n == 64 { u64::MAX } else { (1 << n) - 1 }
}

fn units(mut mask: u64) -> Vec<Node> {
    let mut units = Vec::with_capacity(mask.count_ones() as usize);
    while mask != 0 {
        units.push(mask.trailing_zeros());
        mask &= mask - 1;
    }
    units
}

struct Column {
    mask: u64,
    size: i64,
    cost: f64,
}

struct Search {
    by_least: Vec<Vec<Column>>,
    threshold: i64,
    /// By open units and regions to make of them: the least cost and the first region.
    known: HashMap<(u64, u32), (f64, u64)>,
    full: bool,
    most: usize,
}

impl Search {
    fn best(&mut self, open: u64, spare: i64, regions: u32, stop: &mut dyn FnMut() -> bool) -> f64 {
        if regions == 0 || open == 0 {
            return if regions == 0 && open == 0 { 0.0 } else { f64::INFINITY };
        }
        if let Some((cost, _)) = self.known.get(&(open, regions)) {
            return *cost;
        }
        if self.full || self.known.len() >= self.most || (self.known.len() % 4096 == 4095 && stop()) {
            self.full = true;
            return f64::INFINITY;
        }
        let least = open.trailing_zeros() as usize;
        let mut best = (f64::INFINITY, 0);
        for i in 0..self.by_least[least].len() {
            let Column { mask, size, cost } = self.by_least[least][i];
            if size > self.threshold + spare {
                break;
            }
            if mask & !open == 0 {
                let cost = cost + self.best(open & !mask, spare - (size - self.threshold), regions - 1, stop);
                if cost < best.0 {
                    best = (cost, mask);
                }
            }
        }
        self.known.insert((open, regions), best);
        best.0
    }
}
