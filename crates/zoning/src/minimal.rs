//! Inclusion-minimal feasible sets: connected, of size T or more, and no connected part of them is.
//!
//! The rule that matters: a largest number of regions is a largest packing of disjoint minimal sets. Every region holds one, and
//! in a connected component whatever is left over attaches to a region it adjoins.

use crate::graph::{Graph, Node};

/// Minimal sets, each in rising order, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    starts: Vec<u32>,
    nodes: Vec<Node>,
}

impl Sets {
    /// None.
    pub fn new() -> Sets {
        Sets { starts: vec![0], nodes: Vec::new() }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One set.
    pub fn get(&self, i: usize) -> &[Node] {
        &self.nodes[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &[Node]> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// Adds one, which must be in rising order.
    pub fn push(&mut self, nodes: &[Node]) {
        self.nodes.extend_from_slice(nodes);
        self.starts.push(self.nodes.len() as u32);
    }
}

/// All minimal sets of a graph; `None` where there are more than `most`.
///
/// Connected sets are grown from their least unit so that each is met once (the ESU order of Wernicke 2006), and only while they
/// are below T; the unit that brings one to T or more ends it.
pub fn minimal_sets(graph: &Graph, threshold: i64, most: usize) -> Option<Sets> {
    minimal_sets_until(graph, threshold, most, &mut || false)
}

/// Sets looked at for each that may be found, before it is too much.
const LOOKS: usize = 60;
/// Sets looked at between two questions whether to stop.
const ASKED: usize = 16_384;

/// The same; `None` also where `stop` says so.
pub(crate) fn minimal_sets_until(
    graph: &Graph,
    threshold: i64,
    most: usize,
    stop: &mut dyn FnMut() -> bool,
) -> Option<Sets> {
    let mut walk = Walk {
        looks: most.saturating_mul(LOOKS),
        stop,
        graph,
        threshold,
        most,
        sets: Sets::new(),
        chosen: Vec::new(),
        inside: vec![false; graph.len()],
        near: vec![0; graph.len()],
        sorted: Vec::new(),
        reach: Vec::new(),
        mark: vec![0; graph.len()],
        round: 0,
    };
    for root in 0..graph.len() as Node {
        if graph.size(root) >= threshold {
            walk.sets.push(&[root]);
            if walk.sets.len() > most {
                return None;
            }
            continue;
        }
        walk.enter(root);
        let ahead: Vec<Node> = graph.neighbours(root).iter().copied().filter(|next| *next > root).collect();
        let sound = walk.grow(root, graph.size(root), &ahead);
        walk.leave(root);
        if !sound {
            return None;
        }
    }
    Some(walk.sets)
}

/// A feasible set grown from a unit over units that are not taken, always by the neighbour with the fewest open neighbours;
/// `None` where there is not enough.
pub fn grown(graph: &Graph, threshold: i64, root: Node, taken: &[bool]) -> Option<Vec<Node>> {
    if taken[root as usize] {
        return None;
    }
    let mut set = vec![root];
    let mut size = graph.size(root);
    while size < threshold {
        let open = |node: &Node| !taken[*node as usize] && !set.contains(node);
        let ways = |node: Node| graph.neighbours(node).iter().filter(|next| open(next)).count();
        let near = set.iter().flat_map(|node| graph.neighbours(*node)).copied().filter(open);
        let next = near.min_by_key(|node| (ways(*node), *node))?;
        size += graph.size(next);
        set.push(next);
    }
    set.sort_unstable();
    Some(set)
}

struct Walk<'g> {
    graph: &'g Graph,
    looks: usize,
    stop: &'g mut dyn FnMut() -> bool,
    threshold: i64,
    most: usize,
    sets: Sets,
    chosen: Vec<Node>,
    inside: Vec<bool>,
    /// How many chosen units are this unit or adjoin it.
    near: Vec<u32>,
    sorted: Vec<Node>,
    reach: Vec<Node>,
    mark: Vec<u32>,
    round: u32,
}

impl Walk<'_> {
    fn enter(&mut self, node: Node) {
        self.chosen.push(node);
        self.inside[node as usize] = true;
        self.near[node as usize] += 1;
        for next in self.graph.neighbours(node) {
            self.near[*next as usize] += 1;
        }
    }

    fn leave(&mut self, node: Node) {
        self.chosen.pop();
        self.inside[node as usize] = false;
        self.near[node as usize] -= 1;
        for next in self.graph.neighbours(node) {
            self.near[*next as usize] -= 1;
        }
    }

    /// Grows the chosen set, which is below T, by each unit of `ahead`; false when there are too many sets.
    fn grow(&mut self, root: Node, size: i64, ahead: &[Node]) -> bool {
        self.looks = self.looks.saturating_sub(ahead.len());
        if self.looks == 0 || (self.looks / ASKED != (self.looks + ahead.len()) / ASKED && (self.stop)()) {
            return false;
        }
        for (i, node) in ahead.iter().enumerate() {
            let with = size + self.graph.size(*node);
            // A unit that is a set by itself is in no other.
            if self.graph.size(*node) >= self.threshold {
                continue;
            }
            if with >= self.threshold {
                if self.is_minimal(*node, with) {
                    self.sorted.clear();
                    self.sorted.extend_from_slice(&self.chosen);
                    self.sorted.push(*node);
                    self.sorted.sort_unstable();
                    self.sets.push(&self.sorted);
                    if self.sets.len() > self.most {
                        return false;
                    }
                }
                continue;
            }
            // Units that only this one brings near.
            let mut next_ahead: Vec<Node> = ahead[i + 1..].to_vec();
            let fresh = |next: &&Node| **next > root && self.near[**next as usize] == 0;
            next_ahead.extend(self.graph.neighbours(*node).iter().filter(fresh));
            self.enter(*node);
            let sound = self.grow(root, with, &next_ahead);
            self.leave(*node);
            if !sound {
                return false;
            }
        }
        true
    }

    /// Whether the chosen units with `last`, together `size`, hold no smaller feasible set: every unit whose absence would leave
    /// T or more must be one that holds the others together.
    fn is_minimal(&mut self, last: Node, size: i64) -> bool {
        self.chosen.push(last);
        self.inside[last as usize] = true;
        let mut minimal = true;
        for i in 0..self.chosen.len() {
            let without = self.chosen[i];
            if size - self.graph.size(without) >= self.threshold && self.holds_without(without) {
                minimal = false;
                break;
            }
        }
        self.chosen.pop();
        self.inside[last as usize] = false;
        minimal
    }

    /// Whether the chosen units stay connected without one of them.
    fn holds_without(&mut self, without: Node) -> bool {
        self.round += 1;
        let Some(start) = self.chosen.iter().copied().find(|node| *node != without) else { return true };
        self.mark[start as usize] = self.round;
        self.mark[without as usize] = self.round;
        self.reach.clear();
        self.reach.push(start);
        let mut seen = 1;
        while let Some(node) = self.reach.pop() {
            for next in self.graph.neighbours(node) {
                if self.inside[*next as usize] && self.mark[*next as usize] != self.round {
                    self.mark[*next as usize] = self.round;
                    self.reach.push(*next);
                    seen += 1;
                }
            }
        }
        seen == self.chosen.len() - 1
    }
}
