//! A given number of regions, fewer than there can be: neighbouring regions become one, where that costs least.

use crate::divide::{self, Division, Room, WIDEST};
use crate::held::{Held, names};
use crate::random::Random;
use crate::refine::{anew, near, units_of};
use crate::state::State;
use crate::watch::Watch;

/// Whether the number can be had.
pub(crate) enum Reached {
    /// `best`: no other spread over the components is better.
    Yes {
        best: bool,
    },
    Never,
    Unknown,
}

/// Candidates of a component whose every number of regions is tried.
const ROOM: Room = Room { columns: 100_000, states: 200_000 };

/// Brings a plan to `wanted` regions. `bound`: no plan has more.
pub(crate) fn reach(
    state: &mut State<'_>,
    held: &Held,
    wanted: u64,
    bound: u64,
    random: &mut Random,
    watch: &mut dyn Watch,
) -> Reached {
    if wanted > bound {
        return Reached::Never;
    }
    if let Some(reached) = by_counts(state, held, wanted, watch) {
        return reached;
    }
    let count = |state: &State<'_>| names(state, held).iter().map(Vec::len).sum::<usize>() as u64;
    let mut now = count(state);
    while now > wanted && !watch.stop() {
        let merged = merge(state, held, (now - wanted) as usize);
        now -= merged as u64;
        if merged == 0 && !narrow(state, held, random, watch) {
            break;
        }
        now = if merged == 0 { count(state) } else { now };
    }
    if now == wanted { Reached::Yes { best: false } } else { Reached::Unknown }
}

/// Where every component is small, all numbers of regions each can have are known, and with them all sums.
fn by_counts(state: &mut State<'_>, held: &Held, wanted: u64, watch: &mut dyn Watch) -> Option<Reached> {
    if held.live.iter().any(|part| part.len() >= WIDEST) {
        return None;
    }
    let mut counts = Vec::new();
    for part in &held.live {
        let limits = held.limits.part(part);
        let found = divide::counts(&held.graph.part(part), &limits, ROOM, &mut || watch.stop())?;
        counts.push((0..64).filter(|count| found >> count & 1 == 1).collect::<Vec<u64>>());
    }
    // Least worth of each sum over the components so far, with the number of the last.
    let width = wanted as usize + 1;
    let mut best: Vec<Vec<Option<(f64, u64)>>> = vec![vec![None; width]];
    best[0][0] = Some((0.0, 0));
    let mut parts = Vec::new();
    for (part, counts) in held.live.iter().zip(&counts) {
        let mut next = vec![None; width];
        let mut own = Vec::new();
        let last = best.last()?;
        for count in counts {
            let reachable = (0..width).any(|sum| last[sum].is_some() && sum + (*count as usize) < width);
            if !reachable {
                continue;
            }
            let Division::Best(division) = anew(state, part, *count, Room::default(), watch) else { return None };
            let worth: f64 = division.iter().map(|region| state.rules.worth.of(region)).sum();
            for (sum, before) in last.iter().enumerate() {
                let with = sum + *count as usize;
                if let Some((before, _)) = before.filter(|_| with < width) {
                    let old: Option<(f64, u64)> = next[with];
                    if old.is_none_or(|(old, _)| before + worth < old) {
                        next[with] = Some((before + worth, *count));
                    }
                }
            }
            own.push((*count, division));
        }
        parts.push(own);
        best.push(next);
    }
    let mut sum = wanted as usize;
    if best.last()?[sum].is_none() {
        return Some(Reached::Never);
    }
    let own = names(state, held);
    for (i, parts) in parts.iter().enumerate().rev() {
        let (_, count) = best[i + 1][sum]?;
        let (_, division) = parts.iter().find(|(own, _)| *own == count)?;
        state.replace(&own[i], division);
        sum -= count as usize;
    }
    Some(Reached::Yes { best: true })
}

/// Makes pairs of adjoining regions one, the cheapest first, each region once; how many.
fn merge(state: &mut State<'_>, held: &Held, most: usize) -> usize {
    let mut pairs = Vec::new();
    for name in names(state, held).into_iter().flatten() {
        for other in state.around(name).into_iter().filter(|other| *other > name) {
            let together: Vec<_> = state.members(name).iter().chain(state.members(other)).copied().collect();
            if held.limits.high.saturating_sub(state.size(name)) < state.size(other) {
                continue;
            }
            let (one, two) = (state.cost(name), state.cost(other));
            let after = state.would_cost(&together);
            if after.wrong == 0.0 {
                pairs.push((after.worth - one.worth - two.worth, state.size(name) + state.size(other), name, other));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2, a.3).cmp(&(b.1, b.2, b.3))));
    let mut used = std::collections::HashSet::new();
    let most = most.min(1 + pairs.len() / 20);
    let mut merged = 0;
    for (_, _, name, other) in pairs {
        if merged == most {
            break;
        }
        if used.contains(&name) || used.contains(&other) {
            continue;
        }
        used.extend([name, other]);
        let together = state.members(name).iter().chain(state.members(other)).copied().collect();
        state.replace(&[name, other], &[together]);
        merged += 1;
    }
    merged
}

/// Divides some neighbourhood into one region fewer.
fn narrow(state: &mut State<'_>, held: &Held, random: &mut Random, watch: &mut dyn Watch) -> bool {
    let all: Vec<u32> = names(state, held).into_iter().flatten().collect();
    for _ in 0..20 * all.len() {
        if watch.stop() {
            break;
        }
        let start = all[random.below(all.len())];
        let few = near(state, start, WIDEST / 2, 3 + random.below(4), random);
        let room = Room { columns: 10_000, states: 50_000 };
        if let Division::Best(parts) = anew(state, &units_of(state, &few), few.len() as u64 - 1, room, watch) {
            state.replace(&few, &parts);
            return true;
        }
    }
    false
}
