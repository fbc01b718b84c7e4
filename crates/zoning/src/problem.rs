//! What is asked: a map of units, what its regions must be, and how long to try.
//!
//! The rule that matters: whatever a plan must hold to is a field of [`Wanted`] or a border of the map, has a name
//! ([`crate::refused::Constraint`]), and is named when it cannot hold.

use crate::graph::{self, Graph, Node};
use crate::objective::{Facts, Objective};

/// A unit of the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// Its name in the file it came from.
    pub id: String,
    /// Its size (households) in units of 10^-`decimals` of the problem; not below 0.
    pub size: i64,
    /// How many people live there.
    pub population: f64,
    /// What it belongs to; `None` where it belongs to nothing.
    pub parent: Option<String>,
    /// Figures that units of a region should share, as many for every unit.
    pub attributes: Vec<f64>,
}

/// What lies on a border.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Barrier {
    /// Nothing.
    #[default]
    None,
    /// The two units do not count as adjoining.
    Forbids,
    /// They adjoin, but in the objectives [`Objective::Cut`] and [`Objective::Border`] a region that holds both pays this many times
    /// what it would cost to cut the border; 0 is no barrier, above 1 it is dearer to keep than to cut.
    Price(f64),
}

/// A border between two units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// One unit.
    pub a: Node,
    /// The other.
    pub b: Node,
    /// Length of the shared border, in the unit of the map; 0 where it is not known.
    pub border: f64,
    /// What lies on it.
    pub barrier: Barrier,
}

/// A map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// Units; a [`Node`] is a place in this list.
    pub units: Vec<Unit>,
    /// Borders, each pair of units once.
    pub edges: Vec<Edge>,
    /// Sizes, threshold and maximum are whole numbers of 10^-decimals, so that sums are exact.
    pub decimals: u8,
}

/// What the regions must be, and what is wanted of them beside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Least size of a region, above 0.
    pub threshold: i64,
    /// Whether a region stays inside one parent.
    pub nested: bool,
    /// Largest size of a region. Every unit of a component that can hold a region must then fit into one.
    pub most: Option<i64>,
    /// So many regions, not as many as can be.
    pub regions: Option<u64>,
    /// Units of one region, list by list.
    pub together: Vec<Vec<Node>>,
    /// Units of two regions.
    pub apart: Vec<(Node, Node)>,
    /// Wanted once the number of regions is as it should be: with one, that figure is made as small as can be, its weight says
    /// nothing. With more, the weighted sum of shares (see [`crate::worth`]). With none, any plan will do.
    pub objective: Vec<(f64, Objective)>,
    /// Population the deviations of a plan are counted from; where there is none, the target of the objective.
    pub target: Option<f64>,
    /// How many plans that differ from each other; 0 is 1.
    pub plans: usize,
}

/// How long to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Moves tried at most, over all components; `None` for as many as prove small maps at once and serve large ones.
    pub iterations: Option<u64>,
    /// Where chance starts.
    pub seed: u64,
    /// Threads at most. The answer does not depend on them.
    pub threads: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { iterations: None, seed: 1, threads: 1 }
    }
}

impl Problem {
    /// Units and the borders that may lie within a region: no barrier forbids them and, where regions stay inside their parent,
    /// both units have the same.
    pub fn joined(&self, nested: bool) -> Graph {
        self.joined_where(nested, true)
    }

    /// The same, where barriers may count for nothing.
    pub(crate) fn joined_where(&self, nested: bool, barriers: bool) -> Graph {
        let parent = |node: Node| &self.units[node as usize].parent;
        let may = |edge: &&Edge| {
            !(barriers && edge.barrier == Barrier::Forbids) && (!nested || parent(edge.a) == parent(edge.b))
        };
        let edges: Vec<graph::Edge> = self
            .edges
            .iter()
            .filter(may)
            .map(|edge| graph::Edge { a: edge.a, b: edge.b, border: edge.border })
            .collect();
        Graph::new(self.units.iter().map(|unit| unit.size).collect(), &edges)
    }

    /// Populations, and attributes standardised over all units.
    pub fn facts(&self) -> Facts {
        let attributes = self.units.first().map_or(0, |unit| unit.attributes.len());
        let of = |i: usize| self.units.iter().map(|unit| unit.attributes.get(i).copied().unwrap_or(0.0)).collect();
        Facts::new(self.units.iter().map(|unit| unit.population).collect(), (0..attributes).map(of).collect())
    }

    /// Names of units, for words.
    pub fn ids(&self, nodes: &[Node]) -> Vec<&str> {
        nodes.iter().map(|node| self.units[*node as usize].id.as_str()).collect()
    }
}

impl Wanted {
    /// The population that deviations are counted from.
    pub fn target(&self) -> Option<f64> {
        self.target.or_else(|| {
            self.objective.iter().find_map(|(_, objective)| match objective {
                Objective::Deviation { target } => Some(*target),
                _ => None,
            })
        })
    }
}

pub use crate::planner::solve;
