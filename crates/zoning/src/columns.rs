//! Every region that a division with nearly as many regions as can be may hold, in a component of any width.
//!
//! The rule that matters: prices of the packing make the list short. Every region costs 1 or more, all units together cost
//! `total`; so in a division into `p` regions none costs more than `1 + total − p`, and where the prices are good that is little more
//! than 1. What costs nothing can go anywhere, and is listed everywhere.

use std::collections::HashSet;
use std::sync::Arc;

use crate::candidates::{Limits, Prices};
use crate::cuts::{self, Row};
use crate::graph::{Graph, Node};
use crate::minimal::{self, Sets};
use crate::prices::{self, Priced, SCALE};

/// Minimal sets that prices are computed over at most.
const MOST_SETS: usize = 200_000;
/// Sets looked at for each that may be listed, before it is too much.
const LOOKS: usize = 8;

/// Prices this good need no rows.
const GOOD: i128 = SCALE as i128 / 4;
/// Linear programs with rows solved at most, and rows added by each.
const ROUNDS: usize = 8;
const ROWS: usize = 100;

/// The limits with prices that hold for divisions into so many regions; `None` where there are too many minimal sets.
pub(crate) fn priced(graph: &Graph, limits: &Limits, regions: u64) -> Option<Limits> {
    let sets = minimal::minimal_sets(graph, limits.low, MOST_SETS)?;
    let all: Vec<u32> = (0..sets.len() as u32).collect();
    let mut best = prices::price(graph.len(), &sets, &all, &[], None, &Arc::default())?;
    let spare = |priced: &Priced| priced.total() - i128::from(regions) * i128::from(SCALE);
    let mut last = best.clone();
    for _ in 0..ROUNDS {
        if spare(&best) < GOOD {
            break;
        }
        let mut rows: Vec<Row> = last.rows.iter().filter(|(_, price)| *price > 0).map(|(row, _)| row.clone()).collect();
        let known: HashSet<Row> = rows.iter().cloned().collect();
        let mut more = cuts::overdrawn(sets.iter().zip(last.shares.iter().copied()), ROWS);
        more.retain(|row| !known.contains(row));
        if more.is_empty() {
            break;
        }
        rows.extend(more);
        last = prices::price(graph.len(), &sets, &all, &rows, Some(&last.costs), &Arc::default())?;
        if last.total() < best.total() {
            best = last.clone();
        }
    }
    let most = i64::try_from(i128::from(SCALE) + spare(&best).max(0)).unwrap_or(i64::MAX);
    let size: i128 = (0..graph.len() as Node).map(|node| i128::from(graph.size(node))).sum();
    let left = size - i128::from(limits.low) * (i128::from(regions) - 1);
    let high = limits.high.min(i64::try_from(left).unwrap_or(i64::MAX));
    let rows = best.rows.into_iter().filter(|(_, price)| *price > 0).collect();
    Some(Limits { high, prices: Some(Prices { units: best.units, rows, most }), ..limits.clone() })
}

/// All connected sets within the limits; `None` when there are more than `most`.
pub(crate) fn list(graph: &Graph, limits: &Limits, most: usize, stop: &mut dyn FnMut() -> bool) -> Option<Sets> {
    let n = graph.len();
    let mut apart = vec![Vec::new(); n];
    for (a, b) in &limits.apart {
        apart[*a as usize].push(*b);
        apart[*b as usize].push(*a);
    }
    let none = Prices { units: vec![0; n], rows: Vec::new(), most: i64::MAX };
    let prices = limits.prices.as_ref().unwrap_or(&none);
    let mut rows = vec![Vec::new(); n];
    for (i, (row, _)) in prices.rows.iter().enumerate() {
        row.units.iter().for_each(|(node, weight)| rows[*node as usize].push((i as u32, *weight)));
    }
    let looks = most.saturating_mul(LOOKS);
    let mut walk = Walk {
        graph,
        limits,
        prices,
        rows,
        weighs: vec![0; prices.rows.len()],
        apart,
        found: Sets::new(),
        most,
        looks,
        stop,
        chosen: Vec::new(),
        inside: vec![false; n],
        near: vec![0; n],
        sorted: Vec::new(),
    };
    for root in 0..n as Node {
        if !walk.may(root, 0, 0) {
            continue;
        }
        let ahead: Vec<Node> = graph.neighbours(root).iter().copied().filter(|next| *next > root).collect();
        let price = walk.price_with(root, 0);
        walk.enter(root);
        walk.grow(root, graph.size(root), price, &ahead)?;
        walk.leave(root);
    }
    Some(walk.found)
}

struct Walk<'a> {
    graph: &'a Graph,
    limits: &'a Limits,
    prices: &'a Prices,
    /// Rows of each unit, with its weight there.
    rows: Vec<Vec<(u32, u32)>>,
    /// What the chosen units weigh in each row.
    weighs: Vec<u32>,
    apart: Vec<Vec<Node>>,
    found: Sets,
    most: usize,
    looks: usize,
    stop: &'a mut dyn FnMut() -> bool,
    chosen: Vec<Node>,
    inside: Vec<bool>,
    /// How many chosen units are this unit or adjoin it.
    near: Vec<u32>,
    sorted: Vec<Node>,
}

impl Walk<'_> {
    fn may(&self, node: Node, size: i64, price: i64) -> bool {
        size.saturating_add(self.graph.size(node)) <= self.limits.high
            && self.price_with(node, price) <= self.prices.most
            && !self.apart[node as usize].iter().any(|other| self.inside[*other as usize])
    }

    /// What the chosen units, which cost `price`, cost with one more.
    fn price_with(&self, node: Node, price: i64) -> i64 {
        let falls = self.rows[node as usize].iter().map(|(row, weight)| {
            let (of, worth) = &self.prices.rows[*row as usize];
            let held = self.weighs[*row as usize];
            i64::from((held + weight) / of.over - held / of.over).saturating_mul(*worth)
        });
        falls.fold(price.saturating_add(self.prices.units[node as usize]), i64::saturating_add)
    }

    fn enter(&mut self, node: Node) {
        self.rows[node as usize].iter().for_each(|(row, weight)| self.weighs[*row as usize] += weight);
        self.chosen.push(node);
        self.inside[node as usize] = true;
        self.near[node as usize] += 1;
        self.graph.neighbours(node).iter().for_each(|next| self.near[*next as usize] += 1);
    }

    fn leave(&mut self, node: Node) {
        self.rows[node as usize].iter().for_each(|(row, weight)| self.weighs[*row as usize] -= weight);
        self.chosen.pop();
        self.inside[node as usize] = false;
        self.near[node as usize] -= 1;
        self.graph.neighbours(node).iter().for_each(|next| self.near[*next as usize] -= 1);
    }

    /// The chosen set, and all that grow from it by the units ahead, each once.
    fn grow(&mut self, root: Node, size: i64, price: i64, ahead: &[Node]) -> Option<()> {
        self.looks = self.looks.checked_sub(1)?;
        if self.looks.is_multiple_of(65_536) && (self.stop)() {
            return None;
        }
        if self.limits.allow(size, |node| self.inside[node as usize]) {
            self.sorted.clone_from(&self.chosen);
            self.sorted.sort_unstable();
            self.found.push(&self.sorted);
            if self.found.len() > self.most {
                return None;
            }
        }
        for (i, node) in ahead.iter().enumerate() {
            if !self.may(*node, size, price) {
                continue;
            }
            let mut further: Vec<Node> = ahead[i + 1..].to_vec();
            let fresh = |next: &&Node| **next > root && self.near[**next as usize] == 0;
            further.extend(self.graph.neighbours(*node).iter().filter(fresh));
            let with = self.price_with(*node, price);
            self.enter(*node);
            self.grow(root, size + self.graph.size(*node), with, &further)?;
            self.leave(*node);
        }
        Some(())
    }
}
