//! Some minimal sets, where there are too many to list them all: grown at random and trimmed until they are minimal.
//!
//! The rule that matters: what is not listed is not excluded. A pool serves to find packings; nothing is proven with it.

use std::collections::HashSet;

use crate::graph::{Graph, Node};
use crate::minimal::{self, Sets};
use crate::random::Random;

/// Sets tried at a unit each time.
const TRIES: usize = 60;
/// Sets kept for each unit.
const KEPT: usize = 80;

/// Grows sets, a few tries at every unit: over units that are cheap for their size rather than dear ones, as `favour` (less is
/// better) says. `keep` comes first, then those of `old` that waste least.
pub(crate) fn pool(
    graph: &Graph,
    threshold: i64,
    (keep, old): (&[u32], &Sets),
    waste: &[f32],
    favour: &[f32],
    random: &mut Random,
    stop: &mut dyn FnMut() -> bool,
) -> Sets {
    let mut sets = Sets::new();
    let mut seen: HashSet<Vec<Node>> = HashSet::new();
    let mut order: Vec<u32> = (0..old.len() as u32).collect();
    order.sort_by(|a, b| waste[*a as usize].total_cmp(&waste[*b as usize]).then(a.cmp(b)));
    for set in keep.iter().chain(order.iter().take(KEPT * graph.len())) {
        let set = old.get(*set as usize);
        if seen.insert(set.to_vec()) {
            sets.push(set);
        }
    }
    let mut grower = Grower::new(graph, threshold);
    for root in 0..graph.len() as Node {
        if root % 16 == 15 && stop() {
            break;
        }
        for _ in 0..TRIES {
            if let Some(set) = grower.grow(root, favour, random)
                && !seen.contains(set)
            {
                seen.insert(set.to_vec());
                sets.push(set);
            }
        }
    }
    sets
}

/// Disjoint sets grown one after the other over units not yet taken, each trimmed until it is minimal.
pub(crate) fn first(graph: &Graph, threshold: i64) -> Sets {
    let mut grower = Grower::new(graph, threshold);
    let mut sets = Sets::new();
    let mut taken = vec![false; graph.len()];
    for root in 0..graph.len() as Node {
        let Some(set) = minimal::grown(graph, threshold, root, &taken) else { continue };
        grower.round += 1;
        grower.set.clear();
        grower.near.clear();
        let size = set.iter().map(|node| grower.enter(*node)).sum();
        let set = grower.trimmed(size, 0);
        set.iter().for_each(|node| taken[*node as usize] = true);
        sets.push(set);
    }
    sets
}

struct Grower<'g> {
    graph: &'g Graph,
    threshold: i64,
    /// By unit: 2 × round + 1 in the set, 2 × round near it.
    inside: Vec<u64>,
    round: u64,
    set: Vec<Node>,
    near: Vec<Node>,
}

impl<'g> Grower<'g> {
    fn new(graph: &'g Graph, threshold: i64) -> Self {
        Grower { graph, threshold, inside: vec![0; graph.len()], round: 0, set: Vec::new(), near: Vec::new() }
    }

    fn grow(&mut self, root: Node, favour: &[f32], random: &mut Random) -> Option<&[Node]> {
        self.round += 1;
        self.set.clear();
        self.near.clear();
        let mut size = self.enter(root);
        while size < self.threshold {
            if self.near.is_empty() {
                return None;
            }
            let (a, b) = (random.below(self.near.len()), random.below(self.near.len()));
            let better = if favour[self.near[a] as usize] <= favour[self.near[b] as usize] { a } else { b };
            let node = self.near.swap_remove(better);
            size += self.enter(node);
        }
        let from = random.below(self.set.len());
        Some(self.trimmed(size, from))
    }

    /// Without units that are not needed, until all are; any may go.
    fn trimmed(&mut self, mut size: i64, mut at: usize) -> &[Node] {
        let mut kept = 0;
        while kept < self.set.len() {
            at = (at + 1) % self.set.len();
            let node = self.set[at];
            let rest = size - self.graph.size(node);
            if rest >= self.threshold && self.holds_without(node) {
                size = rest;
                self.inside[node as usize] = 0;
                self.set.swap_remove(at);
                kept = 0;
            } else {
                kept += 1;
            }
        }
        self.set.sort_unstable();
        &self.set
    }

    fn enter(&mut self, node: Node) -> i64 {
        self.inside[node as usize] = 2 * self.round + 1;
        self.set.push(node);
        for next in self.graph.neighbours(node) {
            if self.inside[*next as usize] < 2 * self.round {
                self.inside[*next as usize] = 2 * self.round;
                self.near.push(*next);
            }
        }
        self.graph.size(node)
    }

    fn holds_without(&self, without: Node) -> bool {
        let Some(start) = self.set.iter().copied().find(|node| *node != without) else { return false };
        let mut reached = vec![start];
        let mut at = 0;
        while at < reached.len() {
            for next in self.graph.neighbours(reached[at]) {
                let own = self.inside[*next as usize] == 2 * self.round + 1;
                if own && *next != without && !reached.contains(next) {
                    reached.push(*next);
                }
            }
            at += 1;
        }
        reached.len() + 1 == self.set.len()
    }
}
