//! The best division of a small component into a given number of regions, by trying all of them that can be.
//!
//! The rule that matters: with as many regions as there can be little is left to spare. A region is at most the threshold and all
//! that is spare, so there are few candidates, and what is spare shrinks with each region chosen. Where there are too many after
//! all, nothing is answered rather than something unproven.

use std::collections::HashMap;

use crate::graph::{Graph, Node};

/// Units of a component that can be divided so: the bits of a mask.
pub const WIDEST: usize = 64;
/// Candidates listed at most.
const MOST_COLUMNS: usize = 400_000;
/// Open parts remembered at most.
const MOST_STATES: usize = 2_000_000;

/// The best division of a connected graph into `regions`, as lists of units; `None` where it is too large for this or there is none.
pub fn divide(
    graph: &Graph,
    threshold: i64,
    regions: u64,
    cost: impl Fn(&[Node]) -> f64,
    stop: &mut dyn FnMut() -> bool,
) -> Option<Vec<Vec<Node>>> {
    let n = graph.len();
    if n == 0 || n > WIDEST || regions == 0 {
        return None;
    }
    let sizes: Vec<i64> = (0..n as Node).map(|node| graph.size(node)).collect();
    let spare = sizes.iter().sum::<i64>() - threshold * regions as i64;
    if spare < 0 {
        return None;
    }
    let near = (0..n as Node).map(|node| graph.neighbours(node).iter().map(|other| 1_u64 << other).sum()).collect();
    let mut grow = Grow { near, sizes: &sizes, low: threshold, high: threshold + spare, found: Vec::new() };
    let mut by_least: Vec<Vec<Column>> = Vec::with_capacity(n);
    let mut columns = 0;
    for (root, size) in sizes.iter().enumerate() {
        grow.found.clear();
        let higher = if root + 1 == 64 { 0 } else { u64::MAX << (root + 1) };
        if !grow.from(1 << root, *size, grow.near[root] & higher, grow.near[root] | !higher) || stop() {
            return None;
        }
        columns += grow.found.len();
        if columns > MOST_COLUMNS {
            return None;
        }
        let mut own: Vec<Column> = grow
            .found
            .iter()
            .map(|(mask, size)| Column { mask: *mask, size: *size, cost: cost(&units(*mask)) })
            .collect();
        own.sort_by(|a, b| a.size.cmp(&b.size).then(a.mask.cmp(&b.mask)));
        by_least.push(own);
    }
    let mut search = Search { by_least, threshold, known: HashMap::new(), full: false };
    let all = if n == 64 { u64::MAX } else { (1 << n) - 1 };
    let best = search.best(all, spare, regions as u32, stop);
    if search.full || best == f64::INFINITY {
        return None;
    }
    let mut chosen = Vec::new();
    let (mut open, mut left) = (all, regions as u32);
    while open != 0 {
        let (_, column) = *search.known.get(&(open, left))?;
        chosen.push(units(column));
        open &= !column;
        left -= 1;
    }
    Some(chosen)
}

fn units(mask: u64) -> Vec<Node> {
    (0..64).filter(|bit| mask >> bit & 1 == 1).collect()
}

struct Column {
    mask: u64,
    size: i64,
    cost: f64,
}

struct Grow<'a> {
    near: Vec<u64>,
    sizes: &'a [i64],
    low: i64,
    high: i64,
    found: Vec<(u64, i64)>,
}

impl Grow<'_> {
    /// All connected sets from this one on by the units ahead, each once; `seen` are units that no branch below may add. False
    /// when there are too many.
    fn from(&mut self, set: u64, size: i64, mut ahead: u64, seen: u64) -> bool {
        if size >= self.low {
            self.found.push((set, size));
            if self.found.len() > MOST_COLUMNS {
                return false;
            }
        }
        while ahead != 0 {
            let unit = ahead.trailing_zeros() as usize;
            ahead &= ahead - 1;
            let with = size + self.sizes[unit];
            if with <= self.high {
                let fresh = self.near[unit] & !seen & !set;
                if !self.from(set | 1 << unit, with, ahead | fresh, seen | self.near[unit]) {
                    return false;
                }
            }
        }
        true
    }
}

struct Search {
    by_least: Vec<Vec<Column>>,
    threshold: i64,
    /// By open units and regions to make of them: the least cost and the first region.
    known: HashMap<(u64, u32), (f64, u64)>,
    full: bool,
}

impl Search {
    fn best(&mut self, open: u64, spare: i64, regions: u32, stop: &mut dyn FnMut() -> bool) -> f64 {
        if regions == 0 || open == 0 {
            return if regions == 0 && open == 0 { 0.0 } else { f64::INFINITY };
        }
        if let Some((cost, _)) = self.known.get(&(open, regions)) {
            return *cost;
        }
        if self.full || self.known.len() >= MOST_STATES || (self.known.len() % 4096 == 4095 && stop()) {
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
