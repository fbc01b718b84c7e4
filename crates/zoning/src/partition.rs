//! The best division of a component into a given number of regions out of a list of all that can be, by prices and by trying.
//!
//! The rule that matters: prices of units, of any sign, and one of being a region bound what any division costs; a region that costs
//! more above its prices than the best division known lies above the bound is in no better one. Of what is left all divisions are
//! tried. Whatever the linear program says is only a hint: the bound is computed from its prices over the whole list.

use crate::graph::Node;
use crate::lp;
use crate::minimal::Sets;

/// Smaller differences are noise of sums.
const NOISE: f64 = 1e-9;
/// Linear programs solved at most.
const PROGRAMS: usize = 60;
/// Regions that come into the linear program at once.
const FRESH: usize = 400;
/// Partial divisions looked at.
const MOST_STEPS: usize = 400_000;

/// A list of regions and what they cost.
pub(crate) struct Listed<'a> {
    pub units: usize,
    pub sets: &'a Sets,
    pub costs: Vec<f64>,
    pub regions: u64,
    /// The least difference between two divisions that cost differently, where one is known; else 0.
    pub grain: f64,
}

/// What came of it.
pub(crate) struct Solved {
    /// A better division than the one known, by numbers of the list.
    pub better: Option<Vec<u32>>,
    /// No division costs less than the best now known.
    pub proven: bool,
}

impl Listed<'_> {
    /// Looks for a division that costs less than one known, given by numbers of the list.
    pub fn solve(&self, known: &[u32], stop: &mut dyn FnMut() -> bool) -> Solved {
        let mut top: f64 = known.iter().map(|set| self.costs[*set as usize]).sum();
        let Some(priced) = self.price(known, top, stop) else { return Solved { better: None, proven: false } };
        if self.closed(priced.bound, top) {
            return Solved { better: None, proven: true };
        }
        let gap = top - priced.bound;
        let mut left: Vec<(f64, u32)> = (0..self.sets.len() as u32)
            .map(|set| (self.above(&priced.prices, priced.region, set), set))
            .filter(|(above, _)| *above < gap)
            .collect();
        left.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut search = Search {
            listed: self,
            bound: priced.bound,
            top: &mut top,
            covered: vec![false; self.units],
            open: self.units,
            picked: Vec::new(),
            best: None,
            steps: MOST_STEPS,
            stop,
        };
        let done = search.go(0.0, &left);
        Solved { better: search.best, proven: done }
    }

    /// Whether nothing below `top` can lie above the bound.
    fn closed(&self, bound: f64, top: f64) -> bool {
        bound > top - self.grain.max(2.0 * NOISE) + NOISE
    }

    fn above(&self, prices: &[f64], region: f64, set: u32) -> f64 {
        let own: f64 = self.sets.get(set as usize).iter().map(|node| prices[*node as usize]).sum();
        self.costs[set as usize] - own - region
    }

    /// The best prices found, by programs over a part of the list that grows by what its prices leave too cheap.
    fn price(&self, known: &[u32], top: f64, stop: &mut dyn FnMut() -> bool) -> Option<Priced> {
        let mut held: Vec<u32> = known.to_vec();
        let mut inside = vec![false; self.sets.len()];
        let step = (self.sets.len() / FRESH).max(1);
        held.extend((0..self.sets.len() as u32).step_by(step));
        held.sort_unstable();
        held.dedup();
        held.iter().for_each(|set| inside[*set as usize] = true);
        let mut worth = vec![1.0; self.units];
        worth.push(self.regions as f64);
        let widest = 10.0 * self.costs.iter().fold(0.0_f64, |most, cost| most.max(cost.abs())) + 1.0;
        let mut best: Option<Priced> = None;
        for _ in 0..PROGRAMS {
            let row = |set: &u32| {
                let nodes = self.sets.get(*set as usize).iter().copied().chain([self.units as Node]);
                (nodes.collect(), self.costs[*set as usize])
            };
            let rows: Vec<(Vec<u32>, f64)> = held.iter().map(row).collect();
            let mut prices = lp::divide(&worth, &rows, widest)?.prices;
            let region = prices.pop()?;
            let least = self.consider(&mut best, &prices, region);
            let stands = best.as_ref()?;
            if least > -NOISE || self.closed(stands.bound, top) || stop() {
                break;
            }
            // What is too cheap, the cheapest of each unit first.
            let mut cheap: Vec<(f64, u32)> = (0..self.sets.len() as u32)
                .filter(|set| !inside[*set as usize])
                .map(|set| (self.above(&prices, region, set), set))
                .filter(|(above, _)| *above < -NOISE)
                .collect();
            if cheap.is_empty() {
                break;
            }
            if cheap.len() > FRESH {
                cheap.select_nth_unstable_by(FRESH, |a, b| a.0.total_cmp(&b.0));
                cheap.truncate(FRESH);
            }
            for (_, set) in cheap {
                inside[set as usize] = true;
                held.push(set);
            }
        }
        best
    }

    /// The bound that prices give, kept where it is the best; answers by how much they leave the cheapest region too cheap.
    fn consider(&self, best: &mut Option<Priced>, prices: &[f64], region: f64) -> f64 {
        let least =
            (0..self.sets.len() as u32).map(|set| self.above(prices, region, set)).fold(f64::INFINITY, f64::min);
        let region = region + least;
        let bound = prices.iter().sum::<f64>() + region * self.regions as f64;
        if best.as_ref().is_none_or(|best| bound > best.bound) {
            *best = Some(Priced { prices: prices.to_vec(), region, bound });
        }
        least
    }
}

struct Priced {
    prices: Vec<f64>,
    region: f64,
    bound: f64,
}

struct Search<'a> {
    listed: &'a Listed<'a>,
    bound: f64,
    top: &'a mut f64,
    covered: Vec<bool>,
    open: usize,
    picked: Vec<u32>,
    best: Option<Vec<u32>>,
    steps: usize,
    stop: &'a mut dyn FnMut() -> bool,
}

impl Search<'_> {
    /// All divisions that go on from what is picked, which costs `spent` above the prices; false when there are too many.
    fn go(&mut self, spent: f64, left: &[(f64, u32)]) -> bool {
        if self.open == 0 {
            if self.picked.len() as u64 == self.listed.regions {
                let cost: f64 = self.picked.iter().map(|set| self.listed.costs[*set as usize]).sum();
                if cost < *self.top - NOISE {
                    *self.top = cost;
                    self.best = Some(self.picked.clone());
                }
            }
            return true;
        }
        if self.picked.len() as u64 == self.listed.regions {
            return true;
        }
        if self.steps == 0 || (self.steps.is_multiple_of(1024) && (self.stop)()) {
            self.steps = 0;
            return false;
        }
        self.steps -= 1;
        // The open unit with the fewest ways to cover it.
        let mut ways = vec![0_u32; self.listed.units];
        for (_, set) in left {
            self.listed.sets.get(*set as usize).iter().for_each(|node| ways[*node as usize] += 1);
        }
        let open = (0..self.listed.units).filter(|unit| !self.covered[*unit]);
        let Some(unit) = open.min_by_key(|unit| ways[*unit]) else { return true };
        for (above, set) in left {
            let now = spent + above;
            if self.listed.closed(self.bound + now, *self.top) {
                break;
            }
            let nodes = self.listed.sets.get(*set as usize);
            if nodes.binary_search(&(unit as Node)).is_err() {
                continue;
            }
            nodes.iter().for_each(|node| self.covered[*node as usize] = true);
            self.open -= nodes.len();
            self.picked.push(*set);
            let room = *self.top - self.bound - now;
            let fits = |one: &&(f64, u32)| {
                one.0 < room && !self.listed.sets.get(one.1 as usize).iter().any(|node| self.covered[*node as usize])
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
