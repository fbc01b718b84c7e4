//! The most regions a map can hold: packings improved until the bound is met or the effort is spent, component by component.
//!
//! The rule that matters: the same effort and seed give the same answer. There is no clock here; whoever has one hands in `stop`,
//! and what comes out then is where the same sequence stood.

use crate::bound::{self, SCALE};
use crate::certificate::{Certificate, Component, Proof};
use crate::graph::{Graph, Node};
use crate::improve::Improver;
use crate::minimal::{self, Sets};
use crate::packing::{self, Index, Packing};
use crate::random::Random;
use crate::regions;

/// Minimal sets that are listed at most; a component with more of them is bounded by its size alone and not improved by packing.
pub const MOST_SETS: usize = 2_000_000;
/// Chosen sets of a neighbourhood.
const AROUND: usize = 6;
/// Steps between two looks at bound and effort.
const CHUNK: u64 = 256;
/// Steps of a detour.
const DETOUR: usize = 200;

/// Steps that polish a packing met while proving, for each unit.
const POLISH: usize = 10;

/// How long to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Neighbourhoods solved in each component, for each of its units.
    pub steps: u64,
    /// Linear programs solved in each component to prove what the first does not.
    pub programs: usize,
    /// Where chance starts.
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { steps: 2_000, programs: 2_000, seed: 1 }
    }
}

/// Regions, and what is proven of their number.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The region of each unit, in the order of the map; none where its component is too small.
    pub labels: Vec<Option<u32>>,
    /// How many regions.
    pub p: u64,
    /// No division has more.
    pub bound: u64,
    /// Why.
    pub certificate: Certificate,
}

/// As many connected regions of the threshold's size or more as can be found. `joined` says whether two adjoining units may share
/// a region (the same parent, no barrier between). `stop` is asked again and again.
///
/// # Panics
/// When the threshold is not above 0.
pub fn most_regions(
    graph: &Graph,
    threshold: i64,
    joined: impl Fn(Node, Node) -> bool,
    effort: Effort,
    stop: &mut dyn FnMut() -> bool,
) -> Answer {
    assert!(threshold > 0, "a threshold is above 0");
    let graph = &without(graph, &joined);
    let mut answer = Answer {
        labels: vec![None; graph.len()],
        p: 0,
        bound: 0,
        certificate: Certificate { scale: SCALE, components: Vec::new() },
    };
    for part in graph.components(|_, _| true) {
        if part.iter().map(|node| graph.size(*node)).sum::<i64>() < threshold {
            continue;
        }
        let own = graph.part(&part);
        let found = component(&own, threshold, effort, stop);
        for (node, label) in part.iter().zip(&found.labels) {
            answer.labels[*node as usize] = label.map(|label| label + answer.p as u32);
        }
        answer.p += found.p;
        answer.bound += found.bound;
        let proof = named(found.proof, &part);
        answer.certificate.components.push(Component { least: part[0], bound: found.bound, proof });
    }
    regions::renumber(&mut answer.labels);
    answer
}

/// The graph with only the borders that may lie within a region.
fn without(graph: &Graph, joined: &impl Fn(Node, Node) -> bool) -> Graph {
    let edges: Vec<_> = graph.edges().filter(|edge| joined(edge.a, edge.b)).collect();
    Graph::new((0..graph.len() as Node).map(|node| graph.size(node)).collect(), &edges)
}

struct Found {
    labels: Vec<Option<u32>>,
    p: u64,
    bound: u64,
    proof: Proof,
}

fn component(graph: &Graph, threshold: i64, effort: Effort, stop: &mut dyn FnMut() -> bool) -> Found {
    let n = graph.len();
    let Some(sets) = minimal::minimal_sets(graph, threshold, MOST_SETS) else {
        return by_size(graph, threshold);
    };
    let mut random = Random::new(effort.seed);
    let mut packing = packing::greedy(graph, &sets, &Index::by_unit(n, &sets), &mut random);
    let by_size = (0..n as Node).map(|node| graph.size(node) as f64 / threshold as f64).collect();
    let mut improver = Improver::new(graph, &sets, by_size);
    let budget = effort.steps.saturating_mul(n as u64);
    let mut spent =
        improve(&mut improver, &mut packing, u64::MAX, 0, (budget / 20).min(20 * n as u64), &mut random, stop);
    // The first linear program bounds, and its prices prune.
    let first = bound::prove(n, &sets, u64::MAX - 1, 0, &mut |chosen| chosen, &mut || false);
    improver.set_price(first.prices.iter().map(|price| price * (1.0 + 1e-6)).collect());
    if (packing.count() as u64) < first.bound {
        spent = improve(&mut improver, &mut packing, first.bound, spent, budget / 10, &mut random, stop);
    }
    let mut proven = first;
    let mut programs = effort.programs;
    while (packing.count() as u64) < proven.bound && programs > 0 && !stop() {
        let enough = packing.count() as u64;
        let mut polish = |chosen: Vec<u32>| {
            let mut packing = packing::of(graph, &sets, chosen);
            for _ in 0..POLISH * n {
                improver.step(&mut packing, AROUND, &mut random);
                if packing.count() as u64 > enough {
                    break;
                }
            }
            packing.chosen().to_vec()
        };
        let next = bound::prove(n, &sets, enough, programs, &mut polish, stop);
        programs = programs.saturating_sub(next.programs);
        match next.found {
            Some(found) => packing = packing::of(graph, &sets, found),
            None => programs = 0,
        }
        if next.bound < proven.bound {
            proven = bound::Proven { found: None, ..next };
        }
        // Pruned by the prices of the whole, whatever case was looked at last.
        let spend = if programs == 0 { budget } else { spent + budget / 10 };
        spent = improve(&mut improver, &mut packing, proven.bound, spent, spend, &mut random, stop);
    }
    let labels = regions::regions(graph, &sets, &packing);
    Found { labels, p: packing.count() as u64, bound: proven.bound, proof: proven.proof }
}

/// Steps until the bound is met, the budget is spent or `stop` says so; answers what is spent.
fn improve(
    improver: &mut Improver<'_>,
    packing: &mut Packing,
    bound: u64,
    mut spent: u64,
    budget: u64,
    random: &mut Random,
    stop: &mut dyn FnMut() -> bool,
) -> u64 {
    let patience = 50 * improver.units() as u64;
    let mut since = 0;
    while (packing.count() as u64) < bound && spent < budget && !stop() {
        let before = packing.count();
        if since < patience {
            for _ in 0..CHUNK {
                improver.step(packing, AROUND, random);
            }
            spent += CHUNK;
            since += CHUNK;
        } else {
            improver.kick(packing, AROUND, DETOUR, random);
            spent += DETOUR as u64;
        }
        if packing.count() > before {
            since = 0;
        }
    }
    spent
}

/// Where there are too many sets to list: regions grown greedily, and the bound that sizes alone give.
fn by_size(graph: &Graph, threshold: i64) -> Found {
    let price = |size: i64| {
        ((i128::from(size.min(threshold)) * i128::from(SCALE) + i128::from(threshold) - 1) / i128::from(threshold))
            as i64
    };
    let units: Vec<(Node, i64)> = (0..graph.len() as Node).map(|node| (node, price(graph.size(node)))).collect();
    let bound = (units.iter().map(|(_, price)| i128::from(*price)).sum::<i128>() / i128::from(SCALE)) as u64;
    let mut sets = Sets::new();
    let mut taken = vec![false; graph.len()];
    for root in 0..graph.len() as Node {
        if let Some(set) = minimal::grown(graph, threshold, root, &taken) {
            set.iter().for_each(|node| taken[*node as usize] = true);
            sets.push(&set);
        }
    }
    let packing = packing::of(graph, &sets, 0..sets.len() as u32);
    let labels = regions::regions(graph, &sets, &packing);
    Found { labels, p: sets.len() as u64, bound, proof: Proof::Prices { units, rows: Vec::new() } }
}

/// A proof over a component's own numbers in those of the whole map.
fn named(proof: Proof, part: &[Node]) -> Proof {
    let name = |node: Node| part[node as usize];
    let names = |units: Vec<(Node, i64)>| units.into_iter().map(|(node, price)| (name(node), price)).collect();
    let rows_named = |mut rows: Vec<(crate::certificate::Row, i64)>| {
        for (node, _) in rows.iter_mut().flat_map(|(row, _)| &mut row.units) {
            *node = name(*node);
        }
        rows
    };
    match proof {
        Proof::Prices { units, rows } => Proof::Prices { units: names(units), rows: rows_named(rows) },
        Proof::Dear { units, rows, then } => {
            Proof::Dear { units: names(units), rows: rows_named(rows), then: Box::new(named(*then, part)) }
        }
        Proof::Pair { units: (a, b), together, apart } => Proof::Pair {
            units: (name(a), name(b)),
            together: Box::new(named(*together, part)),
            apart: Box::new(named(*apart, part)),
        },
    }
}
