//! Divisions that are best among all there are.

use hejian_zoning::candidates::Limits;
use hejian_zoning::divide::{Division, Room, divide};
use hejian_zoning::graph::{Edge, Graph, Node};
use hejian_zoning::objective::{Facts, Objective};
use hejian_zoning::random::Random;

use crate::{brute, random};

const OBJECTIVES: [Objective; 4] =
    [Objective::Deviation { target: 30.0 }, Objective::Cut, Objective::Border, Objective::Squares];

/// What a region adds. For borders it is minus what lies inside: what is cut is all less that.
fn of(objective: Objective, graph: &Graph, facts: &Facts, region: &[Node]) -> f64 {
    let inside = |worth: fn(f64) -> f64| -> f64 {
        let both = |edge: &Edge| region.contains(&edge.a) && region.contains(&edge.b);
        graph.edges().filter(both).map(|edge| worth(edge.border)).sum()
    };
    match objective {
        Objective::Deviation { target } => {
            let population: f64 = region.iter().map(|node| facts.populations[*node as usize]).sum();
            (population / target - 1.0).abs()
        }
        Objective::Cut => -inside(|_| 1.0),
        Objective::Border => -inside(|border| border),
        Objective::Squares => {
            let squares = |values: &Vec<f64>| {
                let mean = region.iter().map(|node| values[*node as usize]).sum::<f64>() / region.len() as f64;
                region.iter().map(|node| (values[*node as usize] - mean).powi(2)).sum::<f64>()
            };
            facts.attributes.iter().map(squares).sum()
        }
    }
}

/// The least cost of each number of regions, over every division of all units.
fn least(graph: &Graph, facts: &Facts, threshold: i64, objective: Objective) -> Vec<f64> {
    let (connected, sizes) = (brute::connected(graph), brute::sizes(graph));
    let units = |mask: usize| (0..graph.len() as Node).filter(|i| mask >> i & 1 == 1).collect::<Vec<_>>();
    let n = graph.len();
    let mut best = vec![vec![f64::INFINITY; n + 1]; connected.len()];
    best[0][0] = 0.0;
    for mask in 1..connected.len() {
        let low = mask & mask.wrapping_neg();
        let mut part = mask;
        while part != 0 {
            if part & low != 0 && connected[part] && sizes[part] >= threshold {
                let cost = of(objective, graph, facts, &units(part));
                for regions in 1..=n {
                    let with = cost + best[mask ^ part][regions - 1];
                    best[mask][regions] = best[mask][regions].min(with);
                }
            }
            part = (part - 1) & mask;
        }
    }
    best.pop().expect("at least nothing")
}

#[test]
fn a_division_costs_the_least_of_all_with_as_many_regions() {
    let (mut compared, mut none) = (0, 0);
    for seed in 0..250 {
        let (graph, threshold) = random::any(seed);
        let mut random = Random::new(seed);
        let mut figures = || (0..graph.len()).map(|_| random.below(40) as f64).collect::<Vec<f64>>();
        let facts = Facts::new(figures(), vec![figures(), figures()]);
        for objective in OBJECTIVES {
            let least = least(&graph, &facts, threshold, objective);
            for regions in 1..=graph.len() as u64 {
                let limits = Limits::sizes(threshold, i64::MAX);
                let cost = |region: &[Node]| of(objective, &graph, &facts, region);
                let found = divide(&graph, &limits, regions, cost, Room::default(), &mut || false);
                let truth = least[regions as usize];
                let Division::Best(found) = found else {
                    assert_eq!(found, Division::None);
                    assert_eq!(truth, f64::INFINITY, "seed {seed}, {objective:?}, {regions} regions");
                    none += 1;
                    continue;
                };
                assert_eq!(found.len() as u64, regions);
                let cost: f64 = found.iter().map(|region| of(objective, &graph, &facts, region)).sum();
                assert!((cost - truth).abs() < 1e-9, "seed {seed}, {objective:?}: {cost} instead of {truth}");
                let mut all: Vec<Node> = found.into_iter().flatten().collect();
                all.sort_unstable();
                assert_eq!(all, (0..graph.len() as Node).collect::<Vec<_>>());
                compared += 1;
            }
        }
    }
    assert!(compared > 1_000 && none > 1_000, "{compared} compared, {none} impossible");
}
