//! What is true, found by trying everything.

use hejian_zoning::graph::Graph;

/// By mask: whether the units are connected.
pub fn connected(graph: &Graph) -> Vec<bool> {
    let n = graph.len();
    let near: Vec<u32> = (0..n as u32).map(|a| graph.neighbours(a).iter().map(|b| 1 << b).sum()).collect();
    let is = |mask: u32| {
        let mut reached = mask & mask.wrapping_neg();
        loop {
            let next = (0..n).filter(|i| reached >> i & 1 == 1).fold(reached, |all, i| all | near[i] & mask);
            if next == reached {
                return reached == mask;
            }
            reached = next;
        }
    };
    (0..1_u32 << n).map(|mask| mask != 0 && is(mask)).collect()
}

pub fn sizes(graph: &Graph) -> Vec<i64> {
    let n = graph.len();
    (0..1_usize << n).map(|mask| (0..n).filter(|i| mask >> i & 1 == 1).map(|i| graph.size(i as u32)).sum()).collect()
}

/// Minimal sets, as sorted lists.
pub fn minimal(graph: &Graph, threshold: i64) -> Vec<Vec<u32>> {
    let (connected, sizes) = (connected(graph), sizes(graph));
    let feasible = |mask: usize| connected[mask] && sizes[mask] >= threshold;
    let holds_less = |mask: usize| {
        let mut part = (mask - 1) & mask;
        while part != 0 {
            if feasible(part) {
                return true;
            }
            part = (part - 1) & mask;
        }
        false
    };
    let units = |mask: usize| (0..graph.len() as u32).filter(|i| mask >> i & 1 == 1).collect::<Vec<u32>>();
    let mut found: Vec<_> =
        (1..connected.len()).filter(|mask| feasible(*mask) && !holds_less(*mask)).map(units).collect();
    found.sort();
    found
}

/// The most disjoint feasible connected sets.
pub fn most(graph: &Graph, threshold: i64) -> u64 {
    let (connected, sizes) = (connected(graph), sizes(graph));
    let mut best = vec![0_u64; connected.len()];
    for mask in 1..connected.len() {
        let low = mask & mask.wrapping_neg();
        let mut most = best[mask ^ low];
        let mut part = mask;
        while part != 0 {
            if part & low != 0 && connected[part] && sizes[part] >= threshold {
                most = most.max(1 + best[mask ^ part]);
            }
            part = (part - 1) & mask;
        }
        best[mask] = most;
    }
    best[connected.len() - 1]
}
