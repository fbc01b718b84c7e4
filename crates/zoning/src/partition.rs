//! The best division of a component into a given number of regions out of a list of all that can be: by prices, rows, cases and by
//! trying what is left.
//!
//! The rule that matters: a region that costs more above its prices than the best division known lies above the bound is in no
//! better one. What is left is tried whole where it is little; otherwise rows tighten the prices, and pairs of units are told apart
//! into two cases.

use std::collections::{HashMap, HashSet};

use crate::cuts::{self, Row};
use crate::dual::{Listed, NOISE, Priced};
use crate::graph::Node;

/// Prices computed at most.
const PRICINGS: usize = 400;
/// Partial divisions looked at in one case, before rows or cases are tried.
const STEPS: usize = 20_000;
/// Rows added at once.
const ROWS: usize = 80;

/// What came of it.
pub(crate) struct Solved {
    /// A better division than the one known, by numbers of the list.
    pub better: Option<Vec<u32>>,
    /// No division costs less than the best now known, by more than the grain.
    pub proven: bool,
}

/// Looks for a division that costs less than one known, given by numbers of the list.
pub(crate) fn partition(listed: &Listed<'_>, known: &[u32], stop: &mut dyn FnMut() -> bool) -> Solved {
    let top = known.iter().map(|set| listed.costs[*set as usize]).sum();
    let mut tree = Tree { listed, top, best: None, left: PRICINGS, stop };
    // What is known is likely.
    let mut active: Vec<u32> = known.to_vec();
    let inside: HashSet<u32> = known.iter().copied().collect();
    active.extend((0..listed.sets.len() as u32).filter(|set| !inside.contains(set)));
    let proven = tree.closes(active, Vec::new());
    Solved { better: tree.best, proven }
}

/// Looks for any division; what it costs says nothing.
pub(crate) fn first(listed: &Listed<'_>, stop: &mut dyn FnMut() -> bool) -> Solved {
    let mut tree = Tree { listed, top: 1.0, best: None, left: PRICINGS, stop };
    let proven = tree.closes((0..listed.sets.len() as u32).collect(), Vec::new());
    Solved { better: tree.best, proven }
}

struct Tree<'a> {
    listed: &'a Listed<'a>,
    top: f64,
    best: Option<Vec<u32>>,
    left: usize,
    stop: &'a mut dyn FnMut() -> bool,
}

impl Tree<'_> {
    /// Whether no division into these regions is better than the best known.
    fn closes(&mut self, mut active: Vec<u32>, mut rows: Vec<Row>) -> bool {
        let mut before = f64::NEG_INFINITY;
        let shares = loop {
            if self.left == 0 || (self.stop)() {
                return false;
            }
            self.left -= 1;
            let Some(priced) = self.listed.price(&active, &rows, self.top, self.stop) else { return false };
            if self.listed.closed(priced.bound, self.top) {
                return true;
            }
            let shares = self.keep(&mut active, &priced);
            let left: Vec<(f64, u32)> = shares.iter().map(|(above, set, _)| (*above, *set)).collect();
            let mut trying = Trying::new(self, priced.bound);
            if trying.go(0.0, &left) || self.listed.closed(priced.bound, self.top) {
                return true;
            }
            let fractional = shares.iter().map(|(_, set, share)| (self.listed.sets.get(*set as usize), *share));
            let mut more = cuts::overdrawn(fractional, ROWS);
            rows = priced.rows.iter().filter(|(_, price)| *price > NOISE).map(|(row, _)| row.clone()).collect();
            let known: HashSet<Row> = rows.iter().cloned().collect();
            more.retain(|row| !known.contains(row));
            let gained = priced.bound - before;
            before = priced.bound;
            if more.is_empty() || gained < (self.top - priced.bound) / 50.0 {
                break shares;
            }
            rows.extend(more);
        };
        let Some((a, b)) = self.undecided(&shares) else { return false };
        let held = |set: &u32| {
            let set = self.listed.sets.get(*set as usize);
            usize::from(set.binary_search(&a).is_ok()) + usize::from(set.binary_search(&b).is_ok())
        };
        let together = active.iter().copied().filter(|set| held(set) != 1).collect();
        let apart = active.iter().copied().filter(|set| held(set) != 2).collect();
        self.closes(together, rows.clone()) && self.closes(apart, rows)
    }

    /// Keeps the regions that may be in a better division, the likely ones first; with what they cost above their prices and
    /// their shares.
    fn keep(&self, active: &mut Vec<u32>, priced: &Priced) -> Vec<(f64, u32, f64)> {
        let gap = self.top - priced.bound - self.listed.grain.max(NOISE);
        let with = priced.above.iter().zip(active.iter()).zip(&priced.shares);
        let mut kept: Vec<(f64, u32, f64)> =
            with.map(|((above, set), share)| (*above, *set, *share)).filter(|(above, ..)| *above <= gap).collect();
        kept.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        *active = kept.iter().map(|(_, set, _)| *set).collect();
        kept
    }

    /// The pair of units of which it is least clear whether one region holds both.
    fn undecided(&self, shares: &[(f64, u32, f64)]) -> Option<(Node, Node)> {
        let mut pairs: HashMap<(Node, Node), f64> = HashMap::new();
        for (_, set, share) in shares.iter().filter(|(_, _, share)| *share > 1e-6) {
            let set = self.listed.sets.get(*set as usize);
            for i in 0..set.len() {
                for j in i + 1..set.len() {
                    *pairs.entry((set[i], set[j])).or_default() += share;
                }
            }
        }
        let unclear = |share: f64| (share - 0.5).abs();
        let open = pairs.into_iter().filter(|(_, share)| (0.01..0.99).contains(share));
        open.min_by(|a, b| unclear(a.1).total_cmp(&unclear(b.1)).then(a.0.cmp(&b.0))).map(|(pair, _)| pair)
    }
}

/// Tries all divisions that the regions left make.
struct Trying<'t, 'a> {
    tree: &'t mut Tree<'a>,
    bound: f64,
    covered: Vec<bool>,
    open: usize,
    picked: Vec<u32>,
    steps: usize,
}

impl<'t, 'a> Trying<'t, 'a> {
    fn new(tree: &'t mut Tree<'a>, bound: f64) -> Self {
        let units = tree.listed.units;
        Trying { tree, bound, covered: vec![false; units], open: units, picked: Vec::new(), steps: STEPS }
    }

    /// All divisions that go on from what is picked, which costs `spent` above the prices; false when there are too many.
    fn go(&mut self, spent: f64, left: &[(f64, u32)]) -> bool {
        let listed = self.tree.listed;
        if self.open == 0 || self.picked.len() as u64 == listed.regions {
            let cost: f64 = self.picked.iter().map(|set| listed.costs[*set as usize]).sum();
            let whole = self.open == 0 && self.picked.len() as u64 == listed.regions;
            if whole && cost < self.tree.top - NOISE {
                self.tree.top = cost;
                self.tree.best = Some(self.picked.clone());
            }
            return true;
        }
        if self.steps == 0 || (self.steps.is_multiple_of(1024) && (self.tree.stop)()) {
            self.steps = 0;
            return false;
        }
        self.steps -= 1;
        // The open unit with the fewest ways to cover it.
        let mut ways = vec![0_u32; listed.units];
        for (_, set) in left {
            listed.sets.get(*set as usize).iter().for_each(|node| ways[*node as usize] += 1);
        }
        let open = (0..listed.units).filter(|unit| !self.covered[*unit]);
        let Some(unit) = open.min_by_key(|unit| ways[*unit]) else { return true };
        for (above, set) in left {
            let now = spent + above;
            if listed.closed(self.bound + now, self.tree.top) {
                break;
            }
            let nodes = listed.sets.get(*set as usize);
            if nodes.binary_search(&(unit as Node)).is_err() {
                continue;
            }
            nodes.iter().for_each(|node| self.covered[*node as usize] = true);
            self.open -= nodes.len();
            self.picked.push(*set);
            let room = self.tree.top - self.bound - now;
            let fits = |one: &&(f64, u32)| {
                one.0 <= room && !listed.sets.get(one.1 as usize).iter().any(|node| self.covered[*node as usize])
            };
            let rest: Vec<(f64, u32)> = left.iter().filter(fits).copied().collect();
            let done = self.go(now, &rest);
            self.picked.pop();
            self.open += nodes.len();
            nodes.iter().for_each(|node| self.covered[*node as usize] = false);
            if !done {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Limits;
    use crate::columns;
    use crate::divide::{Division, Room, divide};
    use crate::graph::{Edge, Graph};
    use crate::random::Random;

    /// A grid of four by five, units of any size.
    fn grid(random: &mut Random) -> Graph {
        let edge = |a, b| Edge { a, b, border: 1.0 };
        let across = (0..20).filter(|a| a % 5 < 4).map(|a| edge(a, a + 1));
        let edges: Vec<Edge> = across.chain((0..15).map(|a| edge(a, a + 5))).collect();
        Graph::new((0..20).map(|_| 1 + random.below(9) as i64).collect(), &edges)
    }

    #[test]
    fn prices_rows_and_cases_find_what_trying_everything_finds() {
        let (mut better, mut none) = (0, 0);
        for seed in 0..80 {
            let mut random = Random::new(seed);
            let graph = grid(&mut random);
            let threshold = 8 + random.below(8) as i64;
            let size: i64 = (0..20).map(|node| graph.size(node)).sum();
            let regions = (size / threshold) as u64 - random.below(2) as u64;
            let high = threshold * 2 + random.below(10) as i64;
            let mut pair = || (random.below(20) as Node, random.below(20) as Node);
            let (one, two) = (pair(), pair());
            let mut limits = Limits::sizes(threshold, high);
            limits.apart.extend(Some(one).filter(|(a, b)| a != b && seed % 2 == 0));
            limits.together.extend(Some(vec![two.0, two.1]).filter(|list| list[0] != list[1] && seed % 3 == 0));
            let worth: Vec<f64> = (0..20).map(|_| random.below(100) as f64).collect();
            let cost = |region: &[Node]| {
                let sum: f64 = region.iter().map(|node| worth[*node as usize]).sum();
                (sum - 100.0).abs() + region.len() as f64 * sum.sqrt()
            };
            let truth = divide(&graph, &limits, regions, cost, Room::default(), &mut || false);
            let priced = columns::priced(&graph, &limits, regions).expect("few sets");
            let sets = columns::list(&graph, &priced, 400_000, &mut || false).expect("few regions");
            let costs: Vec<f64> = sets.iter().map(cost).collect();
            let mut listed = Listed { units: 20, sets: &sets, costs: vec![0.0; sets.len()], regions, grain: 0.0 };
            let any = first(&listed, &mut || false);
            listed.costs = costs;
            let Division::Best(parts) = truth else {
                assert!(any.proven && any.better.is_none(), "seed {seed}: {truth:?}");
                none += 1;
                continue;
            };
            let least: f64 = parts.iter().map(|part| cost(part)).sum();
            let known = any.better.unwrap_or_else(|| panic!("seed {seed}: nothing is found"));
            let before: f64 = known.iter().map(|set| listed.costs[*set as usize]).sum();
            let solved = partition(&listed, &known, &mut || false);
            let best = solved.better.unwrap_or(known);
            let value: f64 = best.iter().map(|set| listed.costs[*set as usize]).sum();
            assert!(solved.proven && (value - least).abs() < 1e-6, "seed {seed}: {value}, least {least}");
            better += usize::from(value < before);
        }
        assert!(better > 20 && none > 8, "{better} {none}");
    }
}
