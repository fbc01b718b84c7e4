//! Proofs of how many sets a packing holds at most: the linear program with rows, and the tree of cases where prices alone do not do.
//!
//! The rule that matters: a proof is only what sound prices say ([`crate::prices`]), case by case.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::certificate::Proof;
use crate::cuts::{self, Row};
use crate::graph::Node;
use crate::minimal::Sets;
use crate::prices::{Priced, SCALE, price};

/// Who runs the linear programs of a proof, and has other work to do beside them.
pub(crate) trait Company {
    /// So many sets are to be refuted: one more than the best packing has. It may rise while the proof goes on, and what was refuted
    /// or found too dear for fewer holds for more.
    fn goal(&self) -> u64;
    /// Runs a program over so many sets with so many rows, which ends early where the flag is set; false when the proof is to be given up.
    fn program(&mut self, sets: usize, rows: usize, program: &mut (dyn FnMut(&Arc<AtomicBool>) + Send)) -> bool;
    /// Is shown a packing met on the way.
    fn met(&mut self, chosen: &[u32]);
    /// Is told of tighter prices over all sets.
    fn tightened(&mut self, root: &Root);
}

/// Prices over all sets, the best so far.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    priced: Priced,
}

impl Root {
    /// The first linear program, without rows; `hint` as for [`price`].
    pub fn new(units: usize, sets: &Sets, hint: &[i64], company: &mut dyn Company) -> Option<Root> {
        let all: Vec<u32> = (0..sets.len() as u32).collect();
        let mut priced = None;
        let run = company.program(sets.len(), 0, &mut |halt| priced = price(units, sets, &all, &[], Some(hint), halt));
        priced.filter(|_| run).map(|priced| Root { priced })
    }

    /// No packing holds more.
    pub fn bound(&self) -> u64 {
        self.priced.bound()
    }

    /// Why.
    pub fn proof(&self) -> Proof {
        self.priced.proof()
    }

    /// What a unit costs.
    pub fn price(&self, node: Node) -> f64 {
        self.priced.units[node as usize] as f64 / SCALE as f64
    }

    /// What each set costs beyond 1.
    pub fn waste(&self) -> Vec<f32> {
        self.priced.costs.iter().map(|cost| (*cost - SCALE) as f32 / SCALE as f32).collect()
    }
}

/// Tries to refute that a packing holds as many sets as the goal, with so many linear programs, which are counted down. The prices
/// over all sets are tightened on the way. `None` where it is neither refuted nor reached in so many programs, or given up.
pub(crate) fn refute(
    units: usize,
    sets: &Sets,
    root: &mut Root,
    programs: &mut usize,
    company: &mut dyn Company,
) -> Option<Proof> {
    let all: Vec<u32> = (0..sets.len() as u32).collect();
    let first = root.priced.clone();
    let rows = first.rows.iter().map(|(row, _)| row.clone()).collect();
    Prover { units, sets, left: programs, root, company }.refute(all, first, rows, true)
}

/// So far above the goal no tree is begun.
const HOPELESS: f64 = 0.9;
/// Pairs of which both cases are priced before one is chosen.
const TRIED: usize = 5;

/// How much telling two units apart gains, the units, and the sets and prices of both cases.
type Cases = (f64, (Node, Node), [(Vec<u32>, Priced); 2]);

struct Prover<'a> {
    units: usize,
    sets: &'a Sets,
    left: &'a mut usize,
    root: &'a mut Root,
    company: &'a mut dyn Company,
}

impl Prover<'_> {
    /// Prices, unless the programs are spent or it is time to give up.
    fn price(&mut self, allowed: &[u32], rows: &[Row], hint: Option<&[i64]>) -> Option<Priced> {
        *self.left = self.left.checked_sub(1)?;
        let mut priced = None;
        let (units, sets) = (self.units, self.sets);
        let go = self
            .company
            .program(allowed.len(), rows.len(), &mut |halt| priced = price(units, sets, allowed, rows, hint, halt));
        priced.filter(|_| go)
    }

    /// The number of sets that is refuted.
    fn goal(&self) -> u64 {
        self.company.goal()
    }

    /// Shows the packing that the sets taken most make.
    fn show(&mut self, allowed: &[u32], shares: &[f64]) {
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
        self.company.met(&chosen);
    }

    /// Refutes that a packing of the allowed sets holds as many as the goal.
    fn refute(&mut self, allowed: Vec<u32>, mut priced: Priced, mut rows: Vec<Row>, at_root: bool) -> Option<Proof> {
        let mut allowed = allowed;
        let mut dear: Vec<Priced> = Vec::new();
        let wrap = |dear: Vec<Priced>, proof: Proof| {
            dear.into_iter().rev().fold(proof, |then, priced| {
                let Proof::Prices { units, rows } = priced.proof() else { return then };
                Proof::Dear { units, rows, then: Box::new(then) }
            })
        };
        loop {
            self.show(&allowed, &priced.shares);
            if priced.bound() < self.goal() {
                return Some(wrap(dear, priced.proof()));
            }
            // Sets too dear for the goal are in no packing that reaches it.
            let spare = priced.total() - i128::from(self.goal()) * i128::from(SCALE);
            let keep: Vec<bool> = priced.costs.iter().map(|cost| i128::from(*cost - SCALE) <= spare).collect();
            let kept = keep.iter().filter(|keep| **keep).count();
            let fewer = kept * 100 < allowed.len() * 97;
            if fewer {
                dear.push(priced.clone());
                let mut turn = keep.iter();
                allowed.retain(|_| turn.next().copied().unwrap_or(true));
                let mut turn = keep.iter();
                priced.shares.retain(|_| turn.next().copied().unwrap_or(true));
                let mut turn = keep.iter();
                priced.costs.retain(|_| turn.next().copied().unwrap_or(true));
            }
            let sets = allowed.iter().map(|set| self.sets.get(*set as usize)).zip(priced.shares.iter().copied());
            let known: std::collections::HashSet<&Row> = rows.iter().collect();
            let mut more = cuts::overdrawn(sets, self.units.clamp(20, 600));
            more.retain(|row| !known.contains(row));
            if more.is_empty() && !fewer {
                break;
            }
            // Rows that cost nothing are left behind.
            rows = priced.rows.iter().filter(|(_, price)| *price > 0).map(|(row, _)| row.clone()).collect();
            rows.extend(more);
            let next = self.price(&allowed, &rows, Some(&priced.costs))?;
            let gained = priced.value() - next.value();
            if at_root && dear.is_empty() && next.value() < self.root.priced.value() {
                self.root.priced = next.clone();
                self.company.tightened(self.root);
            }
            priced = next;
            if gained < 0.002 && !fewer {
                break;
            }
        }
        if priced.bound() < self.goal() {
            return Some(wrap(dear, priced.proof()));
        }
        if priced.value() > self.goal() as f64 + HOPELESS {
            return None;
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
                let with_hint = allowed.iter().zip(&priced.costs).filter(|(set, _)| held(set) != not);
                let (case, hint): (Vec<u32>, Vec<i64>) = with_hint.map(|(set, cost)| (*set, *cost)).unzip();
                let priced_case = self.price(&case, &rows, Some(&hint))?;
                gain *= (priced.value() - priced_case.value().max(self.goal() as f64 - 0.001)).max(1e-6);
                cases.push((case, priced_case));
            }
            if let Ok(cases) = <[_; 2]>::try_from(cases)
                && best.as_ref().is_none_or(|(most, ..)| gain > *most)
            {
                best = Some((gain, (a, b), cases));
            }
        }
        let (_, units, [(together, one), (apart, two)]) = best?;
        let together = self.refute(together, one, rows.clone(), false)?;
        let apart = self.refute(apart, two, rows, false)?;
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
