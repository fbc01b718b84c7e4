//! Random small maps: nothing infeasible, no bound below the truth, no proof that the checker refuses.

use hejian_zoning::check::{self, Map};
use hejian_zoning::graph::{Edge, Graph, Node};
use hejian_zoning::minimal::minimal_sets;
use hejian_zoning::random::Random;
use hejian_zoning::solve::{Effort, most_regions};

use crate::brute;

/// A map of up to ten units, mostly connected, with a threshold that a few of them make.
pub fn any(seed: u64) -> (Graph, i64) {
    let mut random = Random::new(seed);
    let n = 1 + random.below(10);
    let sizes: Vec<i64> = (0..n).map(|_| random.below(9) as i64).collect();
    let mut edges = Vec::new();
    for b in 1..n {
        if random.below(12) > 0 {
            edges.push((random.below(b), b));
        }
        if random.below(2) == 0 {
            edges.push((random.below(b), b));
        }
    }
    let edges: Vec<Edge> = edges.into_iter().map(|(a, b)| Edge { a: a as Node, b: b as Node, border: 1.0 }).collect();
    let threshold = 1 + random.below(1 + sizes.iter().sum::<i64>() as usize / 2) as i64;
    (Graph::new(sizes, &edges), threshold)
}

fn map(graph: &Graph) -> Map {
    let units = 0..graph.len() as Node;
    Map {
        sizes: units.clone().map(|node| graph.size(node)).collect(),
        neighbours: units.map(|node| graph.neighbours(node).to_vec()).collect(),
    }
}

pub fn cases() -> u64 {
    std::env::var("ZONING_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000)
}

#[test]
fn the_minimal_sets_are_those_that_brute_force_finds() {
    for seed in 0..cases() {
        let (graph, threshold) = any(seed);
        let found = minimal_sets(&graph, threshold, usize::MAX).expect("few");
        let mut found: Vec<Vec<Node>> = found.iter().map(<[Node]>::to_vec).collect();
        found.sort();
        assert_eq!(found, brute::minimal(&graph, threshold), "seed {seed}, threshold {threshold}");
    }
}

#[test]
fn no_plan_is_infeasible_no_bound_below_the_truth_and_no_proof_wrong() {
    let effort = Effort { steps: 50, programs: 50, seed: 1, threads: 1 };
    let mut proven = 0;
    for seed in 0..cases() {
        let (graph, threshold) = any(seed);
        let answer = most_regions(&graph, threshold, |_, _| true, effort, &mut ());
        let truth = brute::most(&graph, threshold);
        assert!(answer.p <= truth && truth <= answer.bound, "seed {seed}: {} ≤ {truth} ≤ {}", answer.p, answer.bound);
        let checked = check::check(&map(&graph), threshold, &answer.certificate);
        assert_eq!(checked, Ok(answer.bound), "seed {seed}");
        feasible(&graph, threshold, &answer.labels, answer.p, seed);
        proven += u64::from(answer.p == answer.bound);
    }
    assert_eq!(proven, cases(), "maps of ten units are closed");
}

fn feasible(graph: &Graph, threshold: i64, labels: &[Option<u32>], p: u64, seed: u64) {
    let same = |a: Node, b: Node| labels[a as usize].is_some() && labels[a as usize] == labels[b as usize];
    let regions = graph.components(same);
    let mut seen = std::collections::BTreeSet::new();
    for region in &regions {
        let size: i64 = region.iter().map(|node| graph.size(*node)).sum();
        match labels[region[0] as usize] {
            Some(label) => {
                assert!(seen.insert(label), "seed {seed}: region {label} falls apart");
                assert!(size >= threshold, "seed {seed}: region {label} has {size}");
            }
            None => {
                let whole = graph.components(|_, _| true);
                let part = whole.iter().find(|part| part.contains(&region[0])).expect("a component");
                assert!(part.iter().map(|node| graph.size(*node)).sum::<i64>() < threshold, "seed {seed}: left out");
            }
        }
    }
    assert_eq!(seen.len() as u64, p, "seed {seed}");
}

#[test]
fn a_certificate_with_anything_cheaper_or_claiming_more_is_refused() {
    let effort = Effort { steps: 50, programs: 50, seed: 1, threads: 1 };
    let mut refused = 0;
    for seed in 0..300 {
        let (graph, threshold) = any(seed);
        let answer = most_regions(&graph, threshold, |_, _| true, effort, &mut ());
        for i in 0..answer.certificate.components.len() {
            let mut claimed = answer.certificate.clone();
            claimed.components[i].bound -= 1;
            let truth = check::check(&map(&graph), threshold, &claimed);
            assert!(truth.is_err(), "seed {seed}: a bound below the regions there are was believed");
            refused += 1;
        }
        let mut missing = answer.certificate.clone();
        if missing.components.pop().is_some() {
            assert!(check::check(&map(&graph), threshold, &missing).is_err(), "seed {seed}");
        }
    }
    assert!(refused > 200);
}

#[test]
fn the_same_effort_and_seed_give_the_same_answer() {
    for seed in 0..50 {
        let (graph, threshold) = any(seed);
        let solve = || most_regions(&graph, threshold, |_, _| true, Effort::default(), &mut ());
        assert_eq!(solve(), solve(), "seed {seed}");
    }
}
