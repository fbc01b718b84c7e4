//! A first packing of disjoint sets.
//!
//! The rule that matters: it is there at once, so whoever is in a hurry has a plan.

use std::collections::HashSet;

use crate::graph::Node;
use crate::minimal::Sets;

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

/// The numbers of some sets among all.
pub(crate) fn numbers(all: &Sets, some: &Sets) -> Vec<u32> {
    let wanted: HashSet<&[Node]> = some.iter().collect();
    (0..all.len() as u32).filter(|set| wanted.contains(all.get(*set as usize))).collect()
}
