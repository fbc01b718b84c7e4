//! What cannot be had, and why: constraints that contradict each other, named.
//!
//! The rule that matters: what is named is enough. Contiguity and the threshold always hold; of the constraints named none can be
//! left out, and without any one of them there is a plan (as far as `least` says that was proven).

use crate::graph::Node;

/// A constraint of [`crate::problem::Wanted`], or all barriers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constraint {
    /// Regions stay inside one parent.
    Nested,
    /// Borders that barriers forbid.
    Barriers,
    /// The largest size.
    Most,
    /// The number of regions.
    Regions,
    /// A list of units of one region, by its place.
    Together(usize),
    /// A pair of units of two regions, by its place.
    Apart(usize),
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refused {
    /// The question itself cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// Constraints that cannot hold together, whatever the plan.
    #[error("no plan holds to all of these together: {constraints:?}")]
    Conflict {
        /// None of them can be left out of the conflict.
        constraints: Vec<Constraint>,
        /// Whether it is proven that no fewer constraints conflict, and that any one left out leaves a plan.
        least: bool,
        /// Where they conflict: a unit, a list of units locked together, or the units of a component; empty for the whole map.
        place: Vec<Node>,
    },
    /// No plan was found and no contradiction proven; more effort may help.
    #[error(
        "no plan was found that holds to all constraints, and none was proven impossible; more iterations may find one"
    )]
    NotFound {
        /// The units of the component that could not be divided.
        place: Vec<Node>,
    },
}
