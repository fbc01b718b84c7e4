//! A plan: which unit belongs to which region, what that comes to, and what is proven of it.

use crate::certificate::Certificate;
use crate::graph::{Graph, Node};
use crate::problem::{Problem, Wanted};
use crate::worth::{all_squares, regions_of};

/// A division of a map into regions.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The region of each unit, in the order of the map, numbered from 0; none where its component is too small.
    pub labels: Vec<Option<u32>>,
    /// How many regions.
    pub p: u64,
    /// No division has more.
    pub p_upper_bound: u64,
    /// Whether `p` is what is wanted: the most there can be, or the number asked for.
    pub proven: bool,
    /// Why no division has more than [`Plan::certified`].
    pub certificate: Certificate,
    /// The bound that the certificate shows. It speaks of threshold, parents and barriers alone: where a largest size or locks allow
    /// fewer, or a small component was tried whole, `p_upper_bound` is below it, and only the search shows that.
    pub certified: u64,
    /// The objective wanted, see [`crate::worth`]; none where none is.
    pub objective: Option<f64>,
    /// Whether no division into as many regions has one that is smaller by more than a millionth part.
    pub objective_proven: bool,
    /// What it comes to.
    pub figures: Figures,
    /// Components too small for a region: their units are without one.
    pub too_small: Vec<Vec<Node>>,
    /// Units that adjoin no other, or none they may share a region with.
    pub islands: Vec<Node>,
    /// Moves tried, and how many regions there were then.
    pub trace: Vec<(u64, u64)>,
}

/// Figures of a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Mean over regions of how far their population is from the target, in parts of it; none without target or regions.
    pub mean_deviation: Option<f64>,
    /// The largest of them.
    pub max_deviation: Option<f64>,
    /// Borders between regions, counted.
    pub cut_edges: u64,
    /// Borders between regions, by their length.
    pub cut_border: f64,
    /// Sum of squares of standardised attributes within regions, in parts of that of all units; none without attributes that differ.
    pub wss_ratio: Option<f64>,
    /// Borders inside regions on which a barrier has a price.
    pub barriers_kept: u64,
    /// Least size of a region.
    pub least_size: Option<i64>,
    /// Largest size of a region.
    pub most_size: Option<i64>,
}

impl Figures {
    /// Those of these labels.
    pub fn of(problem: &Problem, wanted: &Wanted, labels: &[Option<u32>]) -> Figures {
        let regions: Vec<_> = regions_of(labels).into_iter().filter(|region| !region.is_empty()).collect();
        let sum = |region: &Vec<Node>, of: &dyn Fn(Node) -> f64| region.iter().map(|node| of(*node)).sum::<f64>();
        let population = |node: Node| problem.units[node as usize].population;
        let deviation = |target: f64| {
            let each = regions.iter().map(|region| (sum(region, &population) / target - 1.0).abs());
            each.collect::<Vec<f64>>()
        };
        let deviations = wanted.target().map(deviation).filter(|each| !each.is_empty());
        let facts = problem.facts();
        let all = all_squares(&facts);
        let within = regions.iter().flat_map(|region| {
            facts.attributes.iter().map(move |values| {
                let mean = region.iter().map(|node| values[*node as usize]).sum::<f64>() / region.len() as f64;
                region.iter().map(|node| (values[*node as usize] - mean).powi(2)).sum::<f64>()
            })
        });
        let sizes: Vec<i64> = regions
            .iter()
            .map(|region| region.iter().map(|node| problem.units[*node as usize].size).sum::<i64>())
            .collect();
        let same = |edge: &&crate::problem::Edge| labels[edge.a as usize] == labels[edge.b as usize];
        let priced = |edge: &&crate::problem::Edge| matches!(edge.barrier, crate::problem::Barrier::Price(_));
        let kept = |edge: &&crate::problem::Edge| same(edge) && labels[edge.a as usize].is_some();
        Figures {
            mean_deviation: deviations.as_ref().map(|each| each.iter().sum::<f64>() / each.len() as f64),
            max_deviation: deviations.map(|each| each.into_iter().fold(0.0, f64::max)),
            cut_edges: problem.edges.iter().filter(|edge| !same(edge)).count() as u64,
            cut_border: problem.edges.iter().filter(|edge| !same(edge)).map(|edge| edge.border).sum(),
            wss_ratio: (all > 0.0).then(|| within.sum::<f64>() / all),
            barriers_kept: problem.edges.iter().filter(priced).filter(kept).count() as u64,
            least_size: sizes.iter().min().copied(),
            most_size: sizes.iter().max().copied(),
        }
    }
}

/// Components too small for a region, and units that adjoin no other.
pub(crate) fn left_out(graph: &Graph, threshold: i64) -> (Vec<Vec<Node>>, Vec<Node>) {
    let size = |part: &Vec<Node>| part.iter().map(|node| graph.size(*node)).sum::<i64>();
    let too_small = graph.components(|_, _| true).into_iter().filter(|part| size(part) < threshold).collect();
    let alone = |node: &Node| graph.neighbours(*node).is_empty();
    (too_small, (0..graph.len() as Node).filter(alone).collect())
}
