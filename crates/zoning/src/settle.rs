//! One component put right: within its sizes and locks, with as many regions as can be found.
//!
//! The rule that matters: a small component is tried whole. In a larger one what is wrong is repaired, and only where that fails, or
//! stays a little below the bound, all regions there can be are listed.

use crate::candidates::Limits;
use crate::columns;
use crate::divide::{self, Division, Room, WIDEST};
use crate::dual::Listed;
use crate::graph::Node;
use crate::held::{fewest, names_of};
use crate::partition;
use crate::random::Random;
use crate::refine::anew;
use crate::repair::repair;
use crate::state::State;
use crate::watch::Watch;

/// Candidates of a component whose every number of regions is tried.
const COUNTED: Room = Room { columns: 100_000, states: 200_000 };
/// Neighbourhoods tried to put a component right, for each of its regions.
const REPAIRS: u64 = 200;
/// Regions listed at most.
const MOST_COLUMNS: usize = 60_000;
/// A bound this far above what is found may be reached by lists.
const CLOSE: u64 = 4;

pub(crate) enum Settled {
    /// It is divided, and into no more than so many regions can it be.
    Bound(u64),
    Never,
    Unknown,
}

/// Puts a component right with as many regions as can be. `bound`: into no more can it be divided.
pub(crate) fn settle(
    state: &mut State<'_>,
    part: &[Node],
    bound: u64,
    random: &mut Random,
    watch: &mut dyn Watch,
) -> Settled {
    let mut own = names_of(state, part);
    let right = |state: &State<'_>, own: &[u32]| own.iter().all(|name| state.cost(*name).wrong == 0.0);
    if right(state, &own) && own.len() as u64 == bound {
        return Settled::Bound(bound);
    }
    let limits = state.rules.limits.part(part);
    let free = limits.high == i64::MAX && limits.apart.is_empty() && limits.together.iter().all(Vec::is_empty);
    if free && part.len() >= WIDEST {
        return Settled::Bound(bound);
    }
    let graph = state.rules.graph.part(part);
    let size = (0..part.len() as Node).fold(0_i64, |sum, node| sum.saturating_add(graph.size(node)));
    let bound = bound.min((size / limits.low) as u64);
    let least = fewest(size, limits.high).max(1) as u64;
    if part.len() < WIDEST {
        if let Some(counts) = divide::counts(&graph, &limits, COUNTED, &mut || watch.stop()) {
            if counts == 0 {
                return Settled::Never;
            }
            let most = u64::from(counts.ilog2());
            return match anew(state, part, most, Room::default(), watch) {
                Division::Best(parts) => {
                    state.replace(&own, &parts);
                    Settled::Bound(most)
                }
                _ => Settled::Unknown,
            };
        }
        for regions in (least..=bound).rev() {
            match anew(state, part, regions, Room::default(), watch) {
                Division::Best(parts) => {
                    state.replace(&own, &parts);
                    return Settled::Bound(regions);
                }
                Division::None if regions == least => return Settled::Never,
                Division::None => {}
                Division::TooLarge => break,
            }
        }
    }
    let repaired = right(state, &own) || repair(state, part, bound, REPAIRS, random, watch);
    own = names_of(state, part);
    let found = if repaired { own.len() as u64 } else { least - 1 };
    if repaired && (found == bound || bound > found + CLOSE) {
        return Settled::Bound(bound);
    }
    listed(state, part, &limits, (found, bound, least), watch)
}

/// Tries numbers of regions from the most on, each by a list of all regions there can be. `known`: so many are found already (one
/// fewer than the least where none is), and no more than so many can be.
fn listed(
    state: &mut State<'_>,
    part: &[Node],
    limits: &Limits,
    (found, bound, least): (u64, u64, u64),
    watch: &mut dyn Watch,
) -> Settled {
    let own = state.rules.graph.part(part);
    let names = names_of(state, part);
    let mut most = bound;
    for regions in (found + 1..=bound).rev() {
        let priced = columns::priced(&own, limits, regions);
        let sets = priced.and_then(|limits| columns::list(&own, &limits, MOST_COLUMNS, &mut || watch.stop()));
        let Some(sets) = sets else { break };
        let listed = Listed { units: part.len(), costs: vec![0.0; sets.len()], sets: &sets, regions, grain: 0.0 };
        let solved = partition::first(&listed, &mut || watch.stop());
        if let Some(chosen) = solved.better {
            let global = |set: &u32| sets.get(*set as usize).iter().map(|node| part[*node as usize]).collect();
            state.replace(&names, &chosen.iter().map(global).collect::<Vec<Vec<Node>>>());
            return Settled::Bound(most);
        }
        if !solved.proven {
            break;
        }
        most = regions - 1;
    }
    match found + 1 > least {
        true => Settled::Bound(most),
        false if most < least => Settled::Never,
        false => Settled::Unknown,
    }
}
