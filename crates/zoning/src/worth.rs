//! What a region adds to the objective wanted: one figure, or a weighted sum of several. Smaller is better.
//!
//! The rule that matters: every objective is a sum over regions, so regions can be weighed one by one. With one objective the sum is
//! its figure itself. With more, each figure is first made a share: the mean deviation is one already, borders cut are divided by all
//! borders (by number or by length), squares within regions by all squares.

use crate::graph::{self, Graph, Node};
use crate::objective::{Facts, Objective};
use crate::problem::{Barrier, Problem, Wanted};

/// Weighs regions.
#[derive(Clone, Debug)]
pub struct Worth {
    /// All borders, also those no region may hold; their "length" is what keeping one inside a region saves.
    near: Graph,
    facts: Facts,
    /// Weights of a region's deviation, with the target.
    deviations: Vec<(f64, f64)>,
    squares: f64,
    /// What it costs to cut every border.
    all: f64,
}

/// What a region's worth is computed from, kept while units come and go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// How many units.
    pub units: usize,
    population: f64,
    saved: f64,
    sums: Vec<f64>,
    squares: f64,
}

impl Worth {
    /// For plans of `regions` regions in which the units `left_out` have none.
    pub fn new(problem: &Problem, wanted: &Wanted, regions: u64, left_out: &[bool]) -> Worth {
        let facts = problem.facts();
        let share = |weight: f64, of: f64| match wanted.objective.len() {
            1 => 1.0,
            _ if of > 0.0 => weight / of,
            _ => 0.0,
        };
        let counted = problem.edges.iter().filter(|edge| !(left_out[edge.a as usize] && left_out[edge.b as usize]));
        let borders: f64 = problem.edges.iter().map(|edge| edge.border).sum();
        let all_squares = all_squares(&facts);
        let (mut deviations, mut squares, mut cut, mut border) = (Vec::new(), 0.0, 0.0, 0.0);
        for (weight, objective) in &wanted.objective {
            match objective {
                Objective::Deviation { target } => {
                    deviations.push((share(*weight, 1.0) / regions.max(1) as f64, *target));
                }
                Objective::Cut => cut += share(*weight, problem.edges.len() as f64),
                Objective::Border => border += share(*weight, borders),
                Objective::Squares => squares += share(*weight, all_squares),
            }
        }
        let price = |barrier: Barrier| if let Barrier::Price(price) = barrier { price } else { 0.0 };
        let costs = |edge: &crate::problem::Edge| cut + border * edge.border;
        let all = counted.map(costs).sum();
        let near = problem.edges.iter().map(|edge| graph::Edge {
            a: edge.a,
            b: edge.b,
            border: costs(edge) * (1.0 - price(edge.barrier)),
        });
        let near = Graph::new(problem.units.iter().map(|unit| unit.size).collect(), &near.collect::<Vec<_>>());
        Worth { near, facts, deviations, squares, all }
    }

    /// The same, where each border inside a region of a plan costs so much more when it is inside one again.
    pub(crate) fn unlike(&self, labels: &[Option<u32>], by: f64) -> Worth {
        let again = |edge: &graph::Edge| {
            let label = labels[edge.a as usize];
            label.is_some() && label == labels[edge.b as usize]
        };
        let edges: Vec<graph::Edge> = self
            .near
            .edges()
            .map(|edge| graph::Edge { border: edge.border - if again(&edge) { by } else { 0.0 }, ..edge })
            .collect();
        let sizes = (0..self.near.len() as Node).map(|node| self.near.size(node)).collect();
        Worth { near: Graph::new(sizes, &edges), ..self.clone() }
    }

    /// Takes a unit into a region; `inside` says which units are in it.
    pub fn add(&self, totals: &mut Totals, node: Node, inside: impl Fn(Node) -> bool) {
        self.change(totals, node, 1.0, inside);
        totals.units += 1;
    }

    /// Takes a unit out of a region; `inside` says which units are in it, and may or may not count the unit itself.
    pub fn remove(&self, totals: &mut Totals, node: Node, inside: impl Fn(Node) -> bool) {
        self.change(totals, node, -1.0, inside);
        totals.units -= 1;
    }

    fn change(&self, totals: &mut Totals, node: Node, sign: f64, inside: impl Fn(Node) -> bool) {
        totals.population += sign * self.facts.populations[node as usize];
        let with = self.near.neighbours(node).iter().zip(self.near.borders(node));
        totals.saved += sign * with.filter(|(other, _)| inside(**other)).map(|(_, saved)| saved).sum::<f64>();
        if self.squares != 0.0 {
            totals.sums.resize(self.facts.attributes.len(), 0.0);
            for (sum, values) in totals.sums.iter_mut().zip(&self.facts.attributes) {
                let value = values[node as usize];
                *sum += sign * value;
                totals.squares += sign * value * value;
            }
        }
    }

    /// What a region of these totals adds. For borders it is minus what lies inside.
    pub fn of_totals(&self, totals: &Totals) -> f64 {
        if totals.units == 0 {
            return 0.0;
        }
        let deviation = |(weight, target): &(f64, f64)| weight * (totals.population / target - 1.0).abs();
        let means = totals.sums.iter().map(|sum| sum * sum).sum::<f64>() / totals.units as f64;
        self.deviations.iter().map(deviation).sum::<f64>() + self.squares * (totals.squares - means) - totals.saved
    }

    /// What a region adds.
    pub fn of(&self, region: &[Node]) -> f64 {
        let mut totals = Totals::default();
        for (i, node) in region.iter().enumerate() {
            self.add(&mut totals, *node, |other| region[..i].contains(&other));
        }
        self.of_totals(&totals)
    }

    /// The objective of a whole plan.
    pub fn total(&self, labels: &[Option<u32>]) -> f64 {
        self.all + regions_of(labels).iter().map(|region| self.of(region)).sum::<f64>()
    }
}

/// Sum of squares of all units around the mean of all.
pub(crate) fn all_squares(facts: &Facts) -> f64 {
    facts.attributes.iter().flatten().map(|value| value * value).sum()
}

/// The units of each region, by its label.
pub fn regions_of(labels: &[Option<u32>]) -> Vec<Vec<Node>> {
    let count = labels.iter().flatten().max().map_or(0, |most| *most as usize + 1);
    let mut regions = vec![Vec::new(); count];
    for (node, label) in labels.iter().enumerate() {
        if let Some(label) = label {
            regions[*label as usize].push(node as Node);
        }
    }
    regions
}
