//! What a division is worth beside its number of regions. Every objective is a sum over regions, smaller is better.

use crate::graph::{Graph, Node};

/// What is wanted of regions, once there are as many as can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// Mean deviation of a region's population from a target, in parts of it.
    Deviation {
        /// The target population.
        target: f64,
    },
    /// Borders between regions, counted.
    Cut,
    /// Borders between regions, by their length.
    Border,
    /// Sum of squares of standardised attributes within regions.
    Squares,
}

/// What objectives are computed from, by unit.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Population.
    pub populations: Vec<f64>,
    /// Attributes, each standardised to mean 0 and deviation 1 over all units.
    pub attributes: Vec<Vec<f64>>,
}

impl Facts {
    /// Facts with attributes still to be standardised, given by attribute.
    pub fn new(populations: Vec<f64>, attributes: Vec<Vec<f64>>) -> Facts {
        let standardised = attributes.into_iter().map(|values| {
            let n = values.len().max(1) as f64;
            let mean = values.iter().sum::<f64>() / n;
            let spread = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
            values.into_iter().map(|value| if spread > 0.0 { (value - mean) / spread } else { 0.0 }).collect()
        });
        Facts { populations, attributes: standardised.collect() }
    }

    /// Those of some units, in their order.
    pub fn part(&self, nodes: &[Node]) -> Facts {
        let of = |values: &Vec<f64>| nodes.iter().map(|node| values[*node as usize]).collect();
        Facts { populations: of(&self.populations), attributes: self.attributes.iter().map(of).collect() }
    }
}

impl Objective {
    /// What a region adds. For borders it is minus what lies inside: what is cut is all less that.
    pub fn of(self, graph: &Graph, facts: &Facts, region: &[Node]) -> f64 {
        match self {
            Objective::Deviation { target } => {
                let population: f64 = region.iter().map(|node| facts.populations[*node as usize]).sum();
                (population / target - 1.0).abs()
            }
            Objective::Cut => -self.inside(graph, region, |_| 1.0),
            Objective::Border => -self.inside(graph, region, |border| border),
            Objective::Squares => {
                let n = region.len() as f64;
                let squares = |values: &Vec<f64>| {
                    let own = region.iter().map(|node| values[*node as usize]);
                    let (sum, squares) = own.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
                    squares - sum * sum / n
                };
                facts.attributes.iter().map(squares).sum()
            }
        }
    }

    fn inside(self, graph: &Graph, region: &[Node], worth: impl Fn(f64) -> f64) -> f64 {
        let own = |node: &Node| {
            graph.neighbours(*node).iter().zip(graph.borders(*node)).map(|(b, w)| (*b, *w)).collect::<Vec<_>>()
        };
        let pairs = region.iter().flat_map(|node| own(node).into_iter().filter(move |(other, _)| other > node));
        pairs.filter(|(other, _)| region.contains(other)).map(|(_, border)| worth(border)).sum()
    }

    /// Of all regions of a division: the mean deviation, the borders cut, or the sum of squares.
    pub fn total(self, graph: &Graph, facts: &Facts, labels: &[Option<u32>]) -> f64 {
        let count = labels.iter().flatten().max().map_or(0, |most| *most as usize + 1);
        let mut regions: Vec<Vec<Node>> = vec![Vec::new(); count];
        for (node, label) in labels.iter().enumerate() {
            if let Some(label) = label {
                regions[*label as usize].push(node as Node);
            }
        }
        let sum: f64 = regions.iter().map(|region| self.of(graph, facts, region)).sum();
        match self {
            Objective::Deviation { .. } => sum / (count.max(1) as f64),
            Objective::Cut => graph.edges().count() as f64 + sum,
            Objective::Border => graph.edges().map(|edge| edge.border).sum::<f64>() + sum,
            Objective::Squares => sum,
        }
    }
}
