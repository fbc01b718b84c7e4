//! Prices of units and of rows that prove how many sets a packing holds at most, and the tree of cases where prices alone do not.
//!
//! The rule that matters: what the linear program says is rounded to whole numbers and made sound over every set before it is
//! used. A solver that fails costs tightness, never truth.

use crate::certificate::Proof;
use crate::cuts::{self, Row};
use crate::graph::Node;
use crate::lp;
use crate::minimal::Sets;

/// Prices are whole numbers over this.
pub const SCALE: i64 = 1_000_000_000;

/// Sound prices over some sets.
#[derive(Clone, Debug)]
pub(crate) struct Priced {
    pub units: Vec<i64>,
    pub rows: Vec<(Row, i64)>,
    /// The share of each set in a fractional packing, in their order.
    pub shares: Vec<f64>,
    /// What each set costs, in their order.
    pub costs: Vec<i64>,
}

impl Priced {
    /// What all units cost, and all rows as often as they can fall.
    fn total(&self) -> i128 {
        let units: i128 = self.units.iter().map(|price| i128::from(*price)).sum();
        let rows: i128 = self.rows.iter().map(|(row, price)| i128::from(row.most()) * i128::from(*price)).sum();
        units + rows
    }

    /// No packing of these sets holds more.
    pub fn bound(&self) -> u64 {
        (self.total() / i128::from(SCALE)) as u64
    }

    /// The bound before it is rounded down.
    pub fn value(&self) -> f64 {
        self.total() as f64 / SCALE as f64
    }

    fn proof(&self) -> Proof {
        let units = self.units.iter().enumerate().filter(|(_, price)| **price > 0);
        Proof::Prices {
            units: units.map(|(node, price)| (node as Node, *price)).collect(),
            rows: self.rows.iter().filter(|(_, price)| *price > 0).cloned().collect(),
        }
    }
}

/// Prices over the sets and rows given, for `units` units.
pub(crate) fn price(units: usize, sets: &Sets, allowed: &[u32], extra: &[Row]) -> Priced {
    // Rows by one of their units: a set is looked at only against those it can touch.
    let mut near: Vec<Vec<u32>> = vec![Vec::new(); units];
    for (i, row) in extra.iter().enumerate() {
        for (node, _) in &row.units {
            near[*node as usize].push(i as u32);
        }
    }
    let mut met = Vec::new();
    let rows: Vec<Vec<(u32, u32)>> = allowed
        .iter()
        .map(|set| {
            let set = sets.get(*set as usize);
            met.clear();
            met.extend(set.iter().flat_map(|node| &near[*node as usize]).copied());
            met.sort_unstable();
            met.dedup();
            let weigh = met.iter().map(|i| (units as u32 + i, extra[*i as usize].weighs(set)));
            set.iter().map(|node| (*node, 1)).chain(weigh.filter(|(_, weight)| *weight > 0)).collect()
        })
        .collect();
    let mut worth = vec![1.0; units];
    worth.extend(extra.iter().map(|row| f64::from(row.most())));
    let solved = lp::cover(&worth, &rows);
    let round = |price: &f64| (price.clamp(0.0, 1.0) * SCALE as f64).round() as i64;
    let mut whole: Vec<i64> = match &solved {
        Some(covering) => covering.prices.iter().map(round).collect(),
        None => vec![0; worth.len()],
    };
    // Noise of the solver: what costs next to nothing costs nothing.
    whole.iter_mut().filter(|price| **price < SCALE / 1_000_000).for_each(|price| *price = 0);
    make_sound(&mut whole, &rows);
    let shares = solved.map_or_else(|| vec![0.0; rows.len()], |covering| covering.shares);
    let costs = rows.iter().map(|row| cost(&whole, row)).collect();
    let rows = extra.iter().cloned().zip(whole.split_off(units)).collect();
    Priced { units: whole, rows, shares, costs }
}

fn cost(prices: &[i64], row: &[(u32, u32)]) -> i64 {
    row.iter().map(|(column, weight)| prices[*column as usize] * i64::from(*weight)).sum()
}

/// Raises prices until every row costs the scale or more.
fn make_sound(prices: &mut [i64], rows: &[Vec<(u32, u32)>]) {
    let least = rows.iter().map(|row| cost(prices, row)).min().unwrap_or(SCALE);
    // A little short everywhere, as a solver of floating numbers leaves it: all together by the same factor.
    if least < SCALE && least > SCALE / 10 * 9 {
        for price in prices.iter_mut() {
            *price = ((i128::from(*price) * i128::from(SCALE) + i128::from(least) - 1) / i128::from(least)) as i64;
        }
    }
    for row in rows {
        let short = SCALE - cost(prices, row);
        if let (true, Some((first, _))) = (short > 0, row.first()) {
            prices[*first as usize] += short;
        }
    }
}

/// What a proof came to.
#[derive(Debug)]
pub struct Proven {
    /// No packing holds more sets.
    pub bound: u64,
    /// Why.
    pub proof: Proof,
    /// Prices of units before any case was told apart, for whoever prunes by them.
    pub prices: Vec<f64>,
    /// Linear programs solved.
    pub programs: usize,
    /// A packing of more than `enough` sets, where one was met on the way.
    pub found: Option<Vec<u32>>,
}

/// Proves an upper bound: that of the linear program with rows, and `enough` where so many linear programs can refute more.
/// `polish` is shown packings met on the way and answers one no smaller; `stop` is asked between programs.
pub fn prove(
    units: usize,
    sets: &Sets,
    enough: u64,
    programs: usize,
    polish: &mut dyn FnMut(Vec<u32>) -> Vec<u32>,
    stop: &mut dyn FnMut() -> bool,
) -> Proven {
    let all: Vec<u32> = (0..sets.len() as u32).collect();
    let root = price(units, sets, &all, &[]);
    let prices = root.units.iter().map(|price| *price as f64 / SCALE as f64).collect();
    let mut prover = Prover {
        units,
        sets,
        goal: enough + 1,
        left: programs,
        used: 1,
        root: root.clone(),
        found: None,
        polish,
        stop,
    };
    if root.bound() <= enough {
        return Proven { bound: root.bound(), proof: root.proof(), prices, programs: 1, found: None };
    }
    let refuted = prover.refute(all, Some(root), Vec::new(), true);
    let (bound, proof) = match refuted {
        Some(proof) => (enough, proof),
        None => (prover.root.bound(), prover.root.proof()),
    };
    Proven { bound, proof, prices, programs: prover.used, found: prover.found }
}

/// Pairs of which both cases are priced before one is chosen.
const TRIED: usize = 5;

/// How much telling two units apart gains, the units, and the sets and prices of both cases.
type Cases = (f64, (Node, Node), [(Vec<u32>, Priced); 2]);

struct Prover<'a> {
    units: usize,
    sets: &'a Sets,
    /// The number of sets that is refuted.
    goal: u64,
    left: usize,
    used: usize,
    /// The best prices over all sets.
    root: Priced,
    found: Option<Vec<u32>>,
    polish: &'a mut dyn FnMut(Vec<u32>) -> Vec<u32>,
    stop: &'a mut dyn FnMut() -> bool,
}

impl Prover<'_> {
    fn may(&mut self) -> bool {
        if self.left == 0 || (self.stop)() {
            self.left = 0;
            return false;
        }
        self.left -= 1;
        self.used += 1;
        true
    }

    /// Whether the sets taken most make a packing that reaches the goal: then there is nothing to refute.
    fn reached(&mut self, allowed: &[u32], shares: &[f64]) -> bool {
        let mut order: Vec<(f64, u32)> = shares.iter().copied().zip(allowed.iter().copied()).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut taken = vec![false; self.units];
        let mut chosen = Vec::new();
        for (_, set) in order {
            let nodes = self.sets.get(set as usize);
            if nodes.iter().all(|node| !taken[*node as usize]) {
                nodes.iter().for_each(|node| taken[*node as usize] = true);
                chosen.push(set);
            }
        }
        let chosen = (self.polish)(chosen);
        let reached = chosen.len() as u64 >= self.goal;
        if reached {
            self.found = Some(chosen);
        }
        reached
    }

    /// Refutes that a packing of the allowed sets holds as many as the goal.
    fn refute(
        &mut self,
        allowed: Vec<u32>,
        priced: Option<Priced>,
        mut rows: Vec<Row>,
        at_root: bool,
    ) -> Option<Proof> {
        let mut allowed = allowed;
        let mut dear: Vec<Priced> = Vec::new();
        let mut priced = match priced {
            Some(priced) => priced,
            None => {
                if !self.may() {
                    return None;
                }
                price(self.units, self.sets, &allowed, &rows)
            }
        };
        let wrap = |dear: Vec<Priced>, proof: Proof| {
            dear.into_iter().rev().fold(proof, |then, priced| {
                let Proof::Prices { units, rows } = priced.proof() else { return then };
                Proof::Dear { units, rows, then: Box::new(then) }
            })
        };
        loop {
            if priced.bound() < self.goal {
                return Some(wrap(dear, priced.proof()));
            }
            if self.reached(&allowed, &priced.shares) {
                return None;
            }
            // Sets too dear for the goal are in no packing that reaches it.
            let spare = priced.total() - i128::from(self.goal) * i128::from(SCALE);
            let keep: Vec<bool> = priced.costs.iter().map(|cost| i128::from(*cost - SCALE) <= spare).collect();
            let kept = keep.iter().filter(|keep| **keep).count();
            let fewer = kept * 100 < allowed.len() * 97;
            if fewer {
                dear.push(priced.clone());
                let mut turn = keep.iter();
                allowed.retain(|_| turn.next().copied().unwrap_or(true));
                let mut turn = keep.iter();
                priced.shares.retain(|_| turn.next().copied().unwrap_or(true));
            }
            let sets = allowed.iter().map(|set| self.sets.get(*set as usize)).zip(priced.shares.iter().copied());
            let known: std::collections::HashSet<&Row> = rows.iter().collect();
            let mut more = cuts::overdrawn(sets, self.units.clamp(20, 600));
            more.retain(|row| !known.contains(row));
            if more.is_empty() && !fewer {
                break;
            }
            if !self.may() {
                return None;
            }
            // Rows that cost nothing are left behind.
            rows = priced.rows.iter().filter(|(_, price)| *price > 0).map(|(row, _)| row.clone()).collect();
            rows.extend(more);
            let next = price(self.units, self.sets, &allowed, &rows);
            let gained = priced.value() - next.value();
            if at_root && dear.is_empty() && next.value() < self.root.value() {
                self.root = next.clone();
            }
            priced = next;
            if gained < 0.002 && !fewer {
                break;
            }
        }
        if priced.bound() < self.goal {
            return Some(wrap(dear, priced.proof()));
        }
        let rows: Vec<Row> = priced.rows.iter().filter(|(_, price)| *price > 0).map(|(row, _)| row.clone()).collect();
        // Of the pairs least clear the one whose two cases both cost most.
        let mut best: Option<Cases> = None;
        for (a, b) in self.undecided(&allowed, &priced.shares, if at_root { 12 } else { TRIED }) {
            let held = |set: &u32| {
                let set = self.sets.get(*set as usize);
                usize::from(set.binary_search(&a).is_ok()) + usize::from(set.binary_search(&b).is_ok())
            };
            let mut cases = Vec::new();
            let mut gain = 1.0;
            for not in [1, 2] {
                if !self.may() {
                    return None;
                }
                let case: Vec<u32> = allowed.iter().copied().filter(|set| held(set) != not).collect();
                let priced_case = price(self.units, self.sets, &case, &rows);
                gain *= (priced.value() - priced_case.value().max(self.goal as f64 - 0.001)).max(1e-6);
                cases.push((case, priced_case));
            }
            if let Ok(cases) = <[_; 2]>::try_from(cases)
                && best.as_ref().is_none_or(|(most, ..)| gain > *most)
            {
                best = Some((gain, (a, b), cases));
            }
        }
        let (_, units, [(together, one), (apart, two)]) = best?;
        let together = self.refute(together, Some(one), rows.clone(), false)?;
        let apart = self.refute(apart, Some(two), rows, false)?;
        Some(wrap(dear, Proof::Pair { units, together: Box::new(together), apart: Box::new(apart) }))
    }

    /// The pairs of units of which it is least clear whether one set holds both.
    fn undecided(&self, allowed: &[u32], shares: &[f64], most: usize) -> Vec<(Node, Node)> {
        let mut pairs: std::collections::HashMap<(Node, Node), f64> = std::collections::HashMap::new();
        for (set, share) in allowed.iter().zip(shares).filter(|(_, share)| **share > 1e-6) {
            let set = self.sets.get(*set as usize);
            for i in 0..set.len() {
                for j in i + 1..set.len() {
                    *pairs.entry((set[i], set[j])).or_default() += share;
                }
            }
        }
        let unclear = |share: f64| (share - 0.5).abs();
        let mut pairs: Vec<_> = pairs.into_iter().filter(|(_, share)| (0.01..0.99).contains(share)).collect();
        pairs.sort_by(|a, b| unclear(a.1).total_cmp(&unclear(b.1)).then(a.0.cmp(&b.0)));
        pairs.into_iter().take(most).map(|(pair, _)| pair).collect()
    }
}
