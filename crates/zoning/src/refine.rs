//! A plan made better at the number of regions it has: units shifted between regions, and neighbouring regions divided anew, by
//! trying all divisions of their units.
//!
//! The rule that matters: nothing is taken that is worse, and what is wrong (a size, a lock) counts before the objective; a plan
//! without anything wrong never gets something wrong, and never fewer regions.

use crate::divide::{Division, Room, WIDEST, divide};
use crate::graph::Node;
use crate::random::Random;
use crate::state::{Cost, State};
use crate::watch::Watch;

/// A neighbourhood of few units; larger ones grow from it.
const ROOM: Room = Room { columns: 4_000, states: 20_000 };

/// Makes it better around the regions named until nothing helps for a while, the rounds are spent, or `watch` stops it; answers the rounds spent.
pub(crate) fn refine(
    state: &mut State<'_>,
    names: &[u32],
    rounds: u64,
    random: &mut Random,
    watch: &mut dyn Watch,
) -> u64 {
    shifts(state, random, watch);
    let mut wide = Wide { units: 24, regions: 8 };
    let (mut spent, mut since) = (0, 0);
    while spent < rounds && !watch.stop() {
        let patience = 20 * names.len() as u64 + 100;
        spent += 1;
        since += 1;
        let start = names[random.below(names.len())];
        if state.members(start).is_empty() {
            continue;
        }
        if again(state, start, &mut wide, random, watch) {
            since = 0;
        } else if since > patience {
            break;
        }
    }
    spent
}

/// How large neighbourhoods are: as large as can be tried.
struct Wide {
    units: usize,
    regions: usize,
}

/// Regions grown from one by those that adjoin, as long as they are not too many units.
pub(crate) fn near(state: &State<'_>, start: u32, units: usize, regions: usize, random: &mut Random) -> Vec<u32> {
    let mut names = vec![start];
    let mut held = state.members(start).len();
    let mut open = state.around(start);
    while names.len() < regions && !open.is_empty() {
        let next = open.swap_remove(random.below(open.len()));
        held += state.members(next).len();
        if held > units {
            break;
        }
        names.push(next);
        for other in state.around(next) {
            if !names.contains(&other) && !open.contains(&other) {
                open.push(other);
            }
        }
    }
    names
}

/// The units of regions, in rising order.
pub(crate) fn units_of(state: &State<'_>, names: &[u32]) -> Vec<Node> {
    let mut units: Vec<Node> = names.iter().flat_map(|name| state.members(*name)).copied().collect();
    units.sort_unstable();
    units
}

/// Divides some regions anew into `count`, none of which does anything wrong; the best there is.
pub(crate) fn anew(state: &State<'_>, units: &[Node], count: u64, room: Room, watch: &mut dyn Watch) -> Division {
    let rules = state.rules;
    let own = rules.graph.part(units);
    let limits = rules.limits.part(units);
    let global = |region: &[Node]| region.iter().map(|node| units[*node as usize]).collect::<Vec<Node>>();
    let found = divide(&own, &limits, count, |region| rules.worth.of(&global(region)), room, &mut || watch.stop());
    match found {
        Division::Best(parts) => Division::Best(parts.iter().map(|part| global(part)).collect()),
        other => other,
    }
}

/// Divides a neighbourhood anew; whether that made it better.
fn again(state: &mut State<'_>, start: u32, wide: &mut Wide, random: &mut Random, watch: &mut dyn Watch) -> bool {
    let names = near(state, start, wide.units.min(WIDEST), 2 + random.below(wide.regions - 1), random);
    if names.len() < 2 {
        return false;
    }
    let units = units_of(state, &names);
    let parts = match anew(state, &units, names.len() as u64, ROOM, watch) {
        Division::Best(parts) => parts,
        Division::TooLarge => {
            wide.units = (wide.units - 1).max(8);
            return false;
        }
        Division::None => return false,
    };
    // What succeeded may be tried a little larger.
    wide.units += usize::from(random.below(16) == 0 && wide.units < WIDEST);
    let before = names.iter().fold(Cost::default(), |sum, name| sum.plus(state.cost(*name)));
    let after = parts.iter().fold(Cost::default(), |sum, part| sum.plus(state.would_cost(part)));
    let better = after.beats(before);
    if better {
        state.replace(&names, &parts);
    }
    better
}

/// Shifts units between regions as long as one makes things better.
pub(crate) fn shifts(state: &mut State<'_>, random: &mut Random, watch: &mut dyn Watch) -> bool {
    let n = state.rules.graph.len();
    let mut order: Vec<Node> = (0..n as Node).filter(|node| state.region(*node).is_some()).collect();
    let mut ever = false;
    loop {
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        let mut any = false;
        for (i, node) in order.iter().enumerate() {
            if i % 256 == 255 && watch.stop() {
                return ever;
            }
            any |= shift_one(state, *node);
        }
        if !any {
            return ever;
        }
        ever = true;
    }
}

/// Gives a unit to the region where it serves best, if that is better than its own.
fn shift_one(state: &mut State<'_>, node: Node) -> bool {
    let Some(from) = state.region(node) else { return false };
    let graph = state.rules.graph;
    let mut to: Vec<u32> =
        graph.neighbours(node).iter().filter_map(|other| state.region(*other)).filter(|name| *name != from).collect();
    to.sort_unstable();
    to.dedup();
    let mut best: Option<(u32, Cost)> = None;
    for name in to {
        let before = state.cost(from).plus(state.cost(name));
        if let Some(after) = state.shifted(node, name) {
            let gain = Cost { wrong: after.wrong - before.wrong, worth: after.worth - before.worth };
            if gain.beats(best.map_or(Cost::default(), |(_, gain)| gain)) {
                best = Some((name, gain));
            }
        }
    }
    if let Some((name, _)) = best {
        state.shift(node, name);
    }
    best.is_some()
}
