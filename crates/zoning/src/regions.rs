//! From a packing to regions: what is left over attaches to a region it adjoins, the smallest first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::graph::{Graph, Node};
use crate::minimal::Sets;

/// A label for every unit: numbers from 0 in the order of each region's least unit. Units that no region can reach stay without.
pub fn regions(graph: &Graph, sets: &Sets, chosen: &[u32]) -> Vec<Option<u32>> {
    let mut label: Vec<Option<u32>> = vec![None; graph.len()];
    let mut size = vec![0_i64; chosen.len()];
    for (region, set) in chosen.iter().enumerate() {
        for node in sets.get(*set as usize) {
            label[*node as usize] = Some(region as u32);
            size[region] += graph.size(*node);
        }
    }
    // Smallest region first takes a free neighbour; an entry that is no longer true is put right when it comes up.
    let mut open: BinaryHeap<Reverse<(i64, u32, Node)>> = BinaryHeap::new();
    let offer = |open: &mut BinaryHeap<_>, label: &[Option<u32>], size: &[i64], node: Node, region: u32| {
        for next in graph.neighbours(node).iter().filter(|next| label[**next as usize].is_none()) {
            open.push(Reverse((size[region as usize], region, *next)));
        }
    };
    for node in 0..graph.len() as Node {
        if let Some(region) = label[node as usize] {
            offer(&mut open, &label, &size, node, region);
        }
    }
    while let Some(Reverse((was, region, node))) = open.pop() {
        if label[node as usize].is_some() {
            continue;
        }
        let now = size[region as usize];
        if now != was {
            open.push(Reverse((now, region, node)));
            continue;
        }
        label[node as usize] = Some(region);
        size[region as usize] += graph.size(node);
        offer(&mut open, &label, &size, node, region);
    }
    renumber(&mut label);
    label
}

/// Numbers regions in the order in which they first appear.
pub fn renumber(label: &mut [Option<u32>]) {
    let mut new = std::collections::HashMap::new();
    for label in label.iter_mut().flatten() {
        let next = new.len() as u32;
        *label = *new.entry(*label).or_insert(next);
    }
}
