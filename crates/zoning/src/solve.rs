//! The most regions a map can hold: packings improved until the bound is met or the effort is spent, component by component in turn.
//!
//! The rule that matters: the same effort and seed give the same answer. There is no clock here; whoever has one says stop, and what
//! comes out then is where the same sequence stood.

use crate::certificate::{self, Certificate, Proof};
use crate::component::Component;
use crate::graph::{Graph, Node};
use crate::prices::SCALE;
use crate::pulse::Pulse;
use crate::regions;
use crate::watch::Watch;

/// Linear programs of a component's first portion, where there are several; each next one has four times as many.
const PROGRAMS: usize = 8;

/// How long to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Moves tried in each component, for each of its units.
    pub steps: u64,
    /// Linear programs solved in each component even when no move is left, fewer in those above 400 units; as long as moves are left, so
    /// are programs.
    pub programs: usize,
    /// Where chance starts.
    pub seed: u64,
    /// Threads at most. The answer does not depend on them.
    pub threads: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { steps: 20_000, programs: 200, seed: 1, threads: 1 }
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
    /// Moves tried, and how many regions there were then; an entry for each gain.
    pub trace: Vec<(u64, u64)>,
}

/// As many connected regions of the threshold's size or more as can be found. `joined` says whether two adjoining units may share
/// a region (the same parent, no barrier between). The watch is asked again and again whether to stop.
///
/// # Panics
/// When the threshold is not above 0.
pub fn most_regions(
    graph: &Graph,
    threshold: i64,
    joined: impl Fn(Node, Node) -> bool,
    effort: Effort,
    watch: &mut dyn Watch,
) -> Answer {
    assert!(threshold > 0, "a threshold is above 0");
    let graph = &without(graph, &joined);
    let mut pulse = Pulse::new(watch, effort.threads);
    let mut parts: Vec<(Vec<Node>, Component)> = Vec::new();
    for part in graph.components(|_, _| true) {
        if part.iter().map(|node| graph.size(*node)).sum::<i64>() >= threshold {
            let component = Component::new(graph.part(&part), threshold, effort, &mut pulse);
            parts.push((part, component));
        }
    }
    for (_, component) in &mut parts {
        component.quick(&mut pulse);
    }
    let mut programs = PROGRAMS;
    while !pulse.stop() {
        let open = parts.iter().filter(|(_, component)| !component.closed).count();
        match open {
            0 => break,
            1 => programs = usize::MAX,
            _ => {}
        }
        for (_, component) in &mut parts {
            component.portion(programs, &mut pulse);
        }
        programs = programs.saturating_mul(4);
    }
    let mut answer = Answer {
        labels: vec![None; graph.len()],
        p: 0,
        bound: 0,
        certificate: Certificate { scale: SCALE, components: Vec::new() },
        trace: pulse.trace,
    };
    for (part, component) in parts {
        for (node, label) in part.iter().zip(component.labels()) {
            answer.labels[*node as usize] = label.map(|label| label + answer.p as u32);
        }
        answer.p += component.p();
        answer.bound += component.bound;
        let proof = named(component.proof, &part);
        answer.certificate.components.push(certificate::Component { least: part[0], bound: component.bound, proof });
    }
    regions::renumber(&mut answer.labels);
    answer
}

/// The graph with only the borders that may lie within a region.
fn without(graph: &Graph, joined: &impl Fn(Node, Node) -> bool) -> Graph {
    let edges: Vec<_> = graph.edges().filter(|edge| joined(edge.a, edge.b)).collect();
    Graph::new((0..graph.len() as Node).map(|node| graph.size(node)).collect(), &edges)
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
