//! Units locked together as one unit, so that a plan starts with them in one region.
//!
//! The rule that matters: where the units of a list hold together by themselves, nothing is lost by it, and a bound on the joined map
//! is a bound on the map with these locks.

use crate::graph::{Edge, Graph, Node};
use crate::held::Held;
use crate::solve::{Effort, most_regions};
use crate::watch::{Counting, Watch};

/// A division of a map in which locked units are one.
pub(crate) struct Linked {
    pub labels: Vec<Option<u32>>,
    /// For each component that can hold a region a bound that holds for every division with these locks; empty where a way was chosen.
    pub bounds: Vec<u64>,
}

/// A division of the map in which units locked together are one, with the units of a shortest way between them.
pub(crate) fn linked(held: &Held, effort: Effort, watch: &mut dyn Watch) -> Linked {
    let graph = &held.graph;
    let mut links: Vec<Edge> = Vec::new();
    let mut chosen = false;
    for list in &held.limits.together {
        let mut reached = vec![list[0]];
        for node in &list[1..] {
            let way = way(graph, *node, list, &reached);
            chosen |= way.iter().any(|node| !list.contains(node));
            links.extend(way.windows(2).map(|pair| Edge { a: pair[0], b: pair[1], border: 0.0 }));
            reached.extend(way);
        }
    }
    let joined = Graph::new(vec![0; graph.len()], &links).components(|_, _| true);
    let mut of = vec![0; graph.len()];
    for (i, part) in joined.iter().enumerate() {
        part.iter().for_each(|node| of[*node as usize] = i as Node);
    }
    let edges: Vec<Edge> =
        graph.edges().map(|edge| Edge { a: of[edge.a as usize], b: of[edge.b as usize], border: 0.0 }).collect();
    let smaller = Graph::new(joined.iter().map(|part| held.size(part)).collect(), &edges);
    let answer = most_regions(
        &smaller,
        held.limits.low,
        |_, _| true,
        effort,
        &mut Counting { watch, objective: false, tells: false, goal: None },
    );
    let labels = of.iter().map(|place| answer.labels[*place as usize]).collect();
    let bounds = answer.certificate.components.iter().map(|component| component.bound);
    Linked { labels, bounds: if chosen { Vec::new() } else { bounds.collect() } }
}

/// A short way from a unit to one of those reached.
fn way(graph: &Graph, from: Node, own: &[Node], to: &[Node]) -> Vec<Node> {
    let mut before: Vec<Option<Node>> = vec![None; graph.len()];
    before[from as usize] = Some(from);
    let mut open = std::collections::VecDeque::from([from]);
    while let Some(node) = open.pop_front() {
        if to.contains(&node) {
            let mut way = vec![node];
            let mut at = node;
            while let Some(next) = before[at as usize].filter(|next| *next != at) {
                way.push(next);
                at = next;
            }
            return way;
        }
        for next in graph.neighbours(node) {
            if before[*next as usize].is_none() {
                before[*next as usize] = Some(node);
                // Through units of the list itself first: those come along anyhow.
                if own.contains(next) { open.push_front(*next) } else { open.push_back(*next) }
            }
        }
    }
    vec![from]
}
