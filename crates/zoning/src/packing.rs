//! First packings of disjoint sets.
//!
//! The rule that matters: they are there at once, so that whoever is in a hurry has a plan.

use crate::graph::{Graph, Node};
use crate::minimal::{self, Sets};

/// Chooses sets one after the other, those that keep the fewest others out first.
pub(crate) fn greedy(units: usize, sets: &Sets) -> Vec<u32> {
    let mut holding = vec![0_u64; units];
    sets.iter().flatten().for_each(|node| holding[*node as usize] += 1);
    let others = |set: &u32| sets.get(*set as usize).iter().map(|node| holding[*node as usize]).sum::<u64>();
    let mut order: Vec<u32> = (0..sets.len() as u32).collect();
    order.sort_by_cached_key(|set| (others(set), *set));
    let mut taken = vec![false; units];
    order.retain(|set| {
        let nodes = sets.get(*set as usize);
        let open = nodes.iter().all(|node| !taken[*node as usize]);
        if open {
            nodes.iter().for_each(|node| taken[*node as usize] = true);
        }
        open
    });
    order
}

/// Sets grown one after the other where there are too many to list.
pub(crate) fn grown(graph: &Graph, threshold: i64) -> Sets {
    let mut sets = Sets::new();
    let mut taken = vec![false; graph.len()];
    for root in 0..graph.len() as Node {
        if let Some(set) = minimal::grown(graph, threshold, root, &taken) {
            set.iter().for_each(|node| taken[*node as usize] = true);
            sets.push(&set);
        }
    }
    sets
}
