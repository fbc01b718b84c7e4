//! A component put right where regions are too large or locks are broken: neighbourhoods of what is wrong are divided anew, with a
//! region more or less where that helps, then regions are won back.

use crate::divide::{Division, Room, WIDEST};
use crate::graph::Node;
use crate::random::Random;
use crate::refine::{anew, near, shifts, units_of};
use crate::state::{Cost, State};
use crate::watch::Watch;

const ROOM: Room = Room { columns: 10_000, states: 50_000 };

/// Whether nothing is wrong in the component any more. `bound`: no division has more regions there.
pub(crate) fn repair(
    state: &mut State<'_>,
    part: &[Node],
    bound: u64,
    tries: u64,
    random: &mut Random,
    watch: &mut dyn Watch,
) -> bool {
    shifts(state, random, watch);
    let own = |state: &State<'_>| {
        let mut own: Vec<u32> = part.iter().filter_map(|node| state.region(*node)).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    let mut names = own(state);
    let budget = tries * names.len() as u64;
    for spent in 0..budget {
        if watch.stop() {
            break;
        }
        let wrong: Vec<u32> = names.iter().copied().filter(|name| state.cost(*name).wrong > 0.0).collect();
        if wrong.is_empty() {
            break;
        }
        let start = wrong[random.below(wrong.len())];
        // Wider the longer it takes.
        let regions = 2 + random.below(3 + (spent * 6 / budget) as usize);
        let fresh = names.len() as u64;
        if once(state, start, regions, &[0, 1, -1], bound.saturating_sub(fresh), random, watch) {
            names = own(state);
        } else if random.below(4) == 0 {
            wander(state, start, random);
        }
    }
    names = own(state);
    if names.iter().any(|name| state.cost(*name).wrong > 0.0) {
        return false;
    }
    // Regions given up on the way are won back where they can be.
    for _ in 0..budget / 4 {
        let spare = bound.saturating_sub(names.len() as u64);
        if spare == 0 || watch.stop() {
            break;
        }
        let start = names[random.below(names.len())];
        let regions = 2 + random.below(5);
        if once(state, start, regions, &[1], spare, random, watch) {
            names = own(state);
        }
    }
    true
}

/// Divides a neighbourhood anew; `more` says how many regions more or less may come out, the best first.
fn once(
    state: &mut State<'_>,
    start: u32,
    regions: usize,
    more: &[i64],
    spare: u64,
    random: &mut Random,
    watch: &mut dyn Watch,
) -> bool {
    let names = near(state, start, WIDEST / 2, regions, random);
    let units = units_of(state, &names);
    let before = names.iter().fold(Cost::default(), |sum, name| sum.plus(state.cost(*name)));
    for more in more {
        let count = names.len() as i64 + more;
        if count < 1 || (*more > 0 && spare == 0) {
            continue;
        }
        if let Division::Best(parts) = anew(state, &units, count as u64, ROOM, watch) {
            let after = parts.iter().fold(Cost::default(), |sum, part| sum.plus(state.would_cost(part)));
            if after.wrong < before.wrong || (*more > 0 && after.wrong <= before.wrong) {
                state.replace(&names, &parts);
                return true;
            }
        }
    }
    false
}

/// Shifts a unit at the edge of a region where it makes nothing more wrong, so that things move.
fn wander(state: &mut State<'_>, region: u32, random: &mut Random) {
    let mut near = state.around(region);
    near.push(region);
    let from = near[random.below(near.len())];
    if state.members(from).is_empty() {
        return;
    }
    let node = state.members(from)[random.below(state.members(from).len())];
    let others = state.rules.graph.neighbours(node);
    let other = others.get(random.below(others.len())).and_then(|other| state.region(*other));
    let Some(to) = other.filter(|to| *to != from) else { return };
    let before = state.cost(from).plus(state.cost(to));
    if state.shifted(node, to).is_some_and(|after| after.wrong <= before.wrong + 1e-9) {
        state.shift(node, to);
    }
}
