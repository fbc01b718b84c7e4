//! Every set of units that can be a region of a small component.
//!
//! The rule that matters: none is missing. A set is grown from its least unit and met once; a branch ends only where no larger set
//! can be within the limits.

use std::collections::HashSet;

use crate::cuts::Row;
use crate::graph::{Graph, Node};

/// What a region must hold to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Least size.
    pub low: i64,
    /// Largest size.
    pub high: i64,
    /// Lists of units of which a region holds all or none.
    pub together: Vec<Vec<Node>>,
    /// Pairs of units of which a region holds one at most.
    pub apart: Vec<(Node, Node)>,
    /// What a region must not cost more than; see `columns`.
    pub prices: Option<Prices>,
}

/// Prices of units and of rows (see [`crate::certificate`]), and the most that those of a region may make.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prices {
    /// By unit.
    pub units: Vec<i64>,
    /// Rows and their prices.
    pub rows: Vec<(Row, i64)>,
    /// The most.
    pub most: i64,
}

impl Limits {
    /// No more than a size from `low` to `high`.
    pub fn sizes(low: i64, high: i64) -> Limits {
        Limits { low, high, ..Limits::default() }
    }

    /// Those of some units (rising), renumbered in their order, without prices; of a list with units elsewhere those that are here.
    pub fn part(&self, nodes: &[Node]) -> Limits {
        let place = |node: &Node| nodes.binary_search(node).ok().map(|place| place as Node);
        Limits {
            low: self.low,
            high: self.high,
            together: self.together.iter().map(|list| list.iter().filter_map(place).collect()).collect(),
            apart: self.apart.iter().filter_map(|(a, b)| place(a).zip(place(b))).collect(),
            prices: None,
        }
    }

    /// Whether a region may hold these units: size and locks, not that they are connected.
    pub fn allow(&self, size: i64, holds: impl Fn(Node) -> bool) -> bool {
        let whole = |list: &Vec<Node>| {
            let held = list.iter().filter(|node| holds(**node)).count();
            held == 0 || held == list.len()
        };
        (self.low..=self.high).contains(&size)
            && self.together.iter().all(whole)
            && !self.apart.iter().any(|(a, b)| holds(*a) && holds(*b))
    }
}

/// Candidates as masks, with their size.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub masks: Vec<(u64, i64)>,
}

/// Sets looked at for each that may be listed, before it is too much.
const LOOKS: usize = 16;

impl Candidates {
    /// All connected sets within the limits, of a graph of 64 units or fewer; `None` when there are more than `most`.
    pub fn list(graph: &Graph, limits: &Limits, most: usize, stop: &mut dyn FnMut() -> bool) -> Option<Candidates> {
        let n = graph.len();
        let bits = |list: &[Node]| list.iter().map(|node| 1_u64 << node).fold(0, |all, bit| all | bit);
        let mut conflicts = vec![0; n];
        for (a, b) in &limits.apart {
            conflicts[*a as usize] |= 1 << b;
            conflicts[*b as usize] |= 1 << a;
        }
        let prices = limits.prices.as_ref().map_or_else(|| vec![0; n], |prices| prices.units.clone());
        let dearest = limits.prices.as_ref().map_or(i64::MAX, |prices| prices.most);
        let mut grow = Grow {
            near: (0..n as Node).map(|node| bits(graph.neighbours(node))).collect(),
            sizes: (0..n as Node).map(|node| graph.size(node)).collect(),
            conflicts,
            together: limits.together.iter().map(|list| bits(list)).filter(|list| list.count_ones() > 1).collect(),
            limits,
            prices,
            dearest,
            most,
            looks: most.saturating_mul(LOOKS).max(1 << 16),
            stop,
            found: Candidates::default(),
        };
        for root in 0..n {
            let higher = if root + 1 == 64 { 0 } else { u64::MAX << (root + 1) };
            let own = Grown { set: 1 << root, size: grow.sizes[root], price: grow.prices[root] };
            if own.size <= limits.high && own.price <= grow.dearest {
                grow.from(own, grow.near[root] & higher, grow.near[root] | !higher | 1 << root)?;
            }
        }
        Some(grow.found)
    }
}

#[derive(Clone, Copy)]
struct Grown {
    set: u64,
    size: i64,
    price: i64,
}

struct Grow<'a> {
    near: Vec<u64>,
    sizes: Vec<i64>,
    conflicts: Vec<u64>,
    together: Vec<u64>,
    limits: &'a Limits,
    prices: Vec<i64>,
    dearest: i64,
    most: usize,
    looks: usize,
    stop: &'a mut dyn FnMut() -> bool,
    found: Candidates,
}

impl Grow<'_> {
    /// All connected sets from this one on by the units ahead, each once; `seen` are units that no branch below may add.
    fn from(&mut self, own: Grown, mut ahead: u64, seen: u64) -> Option<()> {
        self.looks -= 1;
        if self.looks == 0 || (self.looks.is_multiple_of(65_536) && (self.stop)()) {
            return None;
        }
        if own.size >= self.limits.low
            && self.together.iter().all(|list| own.set & list == 0 || own.set & list == *list)
        {
            self.found.masks.push((own.set, own.size));
            if self.found.masks.len() > self.most {
                return None;
            }
        }
        while ahead != 0 {
            let unit = ahead.trailing_zeros() as usize;
            ahead &= ahead - 1;
            let with = Grown {
                set: own.set | 1 << unit,
                size: own.size.saturating_add(self.sizes[unit]),
                price: own.price.saturating_add(self.prices[unit]),
            };
            if with.size <= self.limits.high && with.price <= self.dearest && self.conflicts[unit] & own.set == 0 {
                self.from(with, ahead | (self.near[unit] & !seen), seen | self.near[unit])?;
            }
        }
        Some(())
    }
}

/// Sets looked at for one unit.
const TRIES: usize = 5_000;

/// Whether a unit lies in any set within the limits; `None` where too many would have to be looked at.
pub(crate) fn lies_in_one(graph: &Graph, limits: &Limits, node: Node) -> Option<bool> {
    let mut looking = Looking { graph, limits, chosen: vec![node], seen: HashSet::from([node]), tries: TRIES };
    looking.seen.extend(graph.neighbours(node));
    if graph.size(node) > limits.high {
        return Some(false);
    }
    looking.grow(graph.size(node), graph.neighbours(node).to_vec())
}

struct Looking<'a> {
    graph: &'a Graph,
    limits: &'a Limits,
    chosen: Vec<Node>,
    /// Units chosen, ahead or left behind.
    seen: HashSet<Node>,
    tries: usize,
}

impl Looking<'_> {
    fn grow(&mut self, size: i64, mut ahead: Vec<Node>) -> Option<bool> {
        if self.limits.allow(size, |node| self.chosen.contains(&node)) {
            return Some(true);
        }
        self.tries = self.tries.checked_sub(1)?;
        while let Some(node) = ahead.pop() {
            let with = size.saturating_add(self.graph.size(node));
            let apart = |(a, b): &(Node, Node)| {
                (*a == node && self.chosen.contains(b)) || (*b == node && self.chosen.contains(a))
            };
            if with > self.limits.high || self.limits.apart.iter().any(apart) {
                continue;
            }
            let fresh: Vec<Node> =
                self.graph.neighbours(node).iter().copied().filter(|next| !self.seen.contains(next)).collect();
            self.seen.extend(&fresh);
            self.chosen.push(node);
            let found = self.grow(with, ahead.iter().chain(&fresh).copied().collect());
            self.chosen.pop();
            fresh.iter().for_each(|next| {
                self.seen.remove(next);
            });
            if found != Some(false) {
                return found;
            }
        }
        Some(false)
    }
}
