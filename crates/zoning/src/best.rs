//! The plan with the least objective, at the number of regions that each component has.
//!
//! The rule that matters: small components are tried whole; in others a good plan is found first, then all regions that can lie in a
//! better one are listed, where prices leave few enough. "Closed" is said only where one of the two came to its end.

use std::collections::HashMap;

use crate::columns;
use crate::divide::{Division, Room, WIDEST};
use crate::dual::Listed;
use crate::graph::Node;
use crate::held::{Found, names_of};
use crate::objective::Objective;
use crate::partition::partition;
use crate::problem::{Barrier, Effort, Problem, Wanted};
use crate::random::Random;
use crate::refine::{anew, refine, units_of};
use crate::regions;
use crate::state::{Rules, State};
use crate::watch::Watch;
use crate::worth::Worth;

/// Components tried whole for the best objective.
const WHOLE: Room = Room { columns: 200_000, states: 500_000 };
/// Regions listed of a component at most.
const MOST_COLUMNS: usize = 400_000;
/// Units of a component whose regions are listed at most.
const WIDE: usize = 1_500;
/// A part of the objective that counts as nothing where its least difference is not known.
const MILLIONTH: f64 = 1e-6;

/// The plan with the least objective that is found at its number of regions in each component, and whether none there has less.
/// `least`: the least difference that counts, where it is known.
pub(crate) fn best(
    found: &Found,
    worth: &Worth,
    least: Option<f64>,
    effort: Effort,
    watch: &mut dyn Watch,
) -> (Vec<Option<u32>>, bool) {
    let rules = Rules { graph: &found.held.graph, limits: &found.held.limits, worth };
    let mut state = State::new(rules, &found.labels);
    let mut open: Vec<&Vec<Node>> = found.held.live.iter().collect();
    open.retain(|part| !whole(&mut state, part, watch));
    if !open.is_empty() {
        let rounds = effort.iterations.unwrap_or(u64::MAX);
        let names: Vec<u32> = open.iter().flat_map(|part| names_of(&state, part)).collect();
        refine(&mut state, &names, rounds, &mut Random::new(effort.seed), watch);
        let grain = least.unwrap_or_else(|| MILLIONTH * worth.total(&state.labels()).abs());
        open.retain(|part| part.len() > WIDE || watch.stop() || !close(&mut state, part, grain, watch));
    }
    let closed = open.is_empty();
    let mut labels = state.labels();
    regions::renumber(&mut labels);
    (labels, closed)
}

/// Divides a component into as many regions as it has, at the least cost; whether that is proven.
fn whole(state: &mut State<'_>, part: &[Node], watch: &mut dyn Watch) -> bool {
    let names = names_of(state, part);
    if part.len() > WIDEST {
        return false;
    }
    match anew(state, part, names.len() as u64, WHOLE, watch) {
        Division::Best(parts) => {
            state.replace(&names, &parts);
            true
        }
        _ => false,
    }
}

/// Looks for a better division of a component among all that the prices of the packing leave; whether there is none better than
/// the one it has now.
fn close(state: &mut State<'_>, part: &[Node], grain: f64, watch: &mut dyn Watch) -> bool {
    let rules = state.rules;
    let names = names_of(state, part);
    let own = rules.graph.part(part);
    let Some(limits) = columns::priced(&own, &rules.limits.part(part), names.len() as u64) else { return false };
    let Some(sets) = columns::list(&own, &limits, MOST_COLUMNS, &mut || watch.stop()) else { return false };
    let global = |set: &[Node]| set.iter().map(|node| part[*node as usize]).collect::<Vec<Node>>();
    let place: HashMap<&[Node], u32> = sets.iter().enumerate().map(|(i, set)| (set, i as u32)).collect();
    let known: Option<Vec<u32>> = names
        .iter()
        .map(|name| {
            let local: Option<Vec<Node>> = units_of(state, &[*name])
                .iter()
                .map(|node| part.binary_search(node).ok().map(|at| at as Node))
                .collect();
            place.get(local?.as_slice()).copied()
        })
        .collect();
    let Some(known) = known else { return false };
    let costs = sets.iter().map(|set| rules.worth.of(&global(set))).collect();
    let listed = Listed { units: part.len(), sets: &sets, costs, regions: names.len() as u64, grain };
    let solved = partition(&listed, &known, &mut || watch.stop());
    if let Some(better) = solved.better {
        let parts: Vec<Vec<Node>> = better.iter().map(|set| global(sets.get(*set as usize))).collect();
        state.replace(&names, &parts);
    }
    solved.proven
}

/// The least difference there can be between two values of the objective, where it is known; a little less, as sums are not exact.
pub(crate) fn least_difference(problem: &Problem, wanted: &Wanted, regions: u64) -> Option<f64> {
    let priced = problem.edges.iter().any(|edge| matches!(edge.barrier, Barrier::Price(_)));
    let whole = |value: f64| value.fract() == 0.0 && value.abs() < 1e12;
    let least = match wanted.objective[..] {
        [(_, Objective::Cut)] if !priced => 1.0,
        [(_, Objective::Deviation { target })]
            if whole(target) && problem.units.iter().all(|unit| whole(unit.population)) =>
        {
            1.0 / (target * regions as f64)
        }
        _ => return None,
    };
    Some(least * (1.0 - 1e-3))
}
