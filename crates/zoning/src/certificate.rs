//! What proves an upper bound, in a form that a program of a few lines can check.
//!
//! A packing is any number of disjoint *minimal sets*: connected, of the threshold's size or more, and holding no smaller such
//! set. A certificate of a component is a tree. An inner node names two units: either some set of the packing holds both, and then
//! no set holds exactly one of them, or no set holds both; one branch for each. A leaf carries prices, whole numbers over
//! `scale`, of units and of *rows*. A row is a few units with weights, and a divisor: its price falls on a set as often as the
//! weights of the units it holds make, over the divisor, rounded down; on disjoint sets together no more often than all its weights
//! make, over the divisor, rounded down. Where every set that the branches above allow costs `scale` or more, no packing holds more
//! sets than the prices of all units and of all rows, as often as they can fall, make together over `scale`, rounded down. The
//! bound of an inner node is the larger of its branches.

use serde::{Deserialize, Serialize};

pub use crate::cuts::Row;
use crate::graph::Node;

/// The proof of a whole plan: one for each component that can hold a region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Prices are whole numbers over this.
    pub scale: i64,
    /// One for each component, in the order of their least unit.
    pub components: Vec<Component>,
}

/// The proof of one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// The least unit: names the component.
    pub least: Node,
    /// No packing of the component holds more sets.
    pub bound: u64,
    /// Why.
    pub proof: Proof,
}

/// A tree of decisions with prices at its leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Prices.
    Prices {
        /// Units and their prices; the others cost nothing.
        units: Vec<(Node, i64)>,
        /// Rows and their prices.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rows: Vec<(Row, i64)>,
    },
    /// Sets that cost too much for one more than the bound are in no packing that holds so many; then it goes on without them.
    Dear {
        /// Units and their prices.
        units: Vec<(Node, i64)>,
        /// Rows and their prices.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rows: Vec<(Row, i64)>,
        /// What holds of the others.
        then: Box<Proof>,
    },
    /// Two cases.
    Pair {
        /// The units.
        units: (Node, Node),
        /// No set holds exactly one of them.
        together: Box<Proof>,
        /// No set holds both.
        apart: Box<Proof>,
    },
}
