//! A map cut into tiles that can be worked on at the same time, and the threads that do so.
//!
//! The rule that matters: what is done in a tile depends on the map, the seed and the round, never on who does it or when. So the
//! answer is the same whatever the number of threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::graph::{Graph, Node};
use crate::random::Random;

/// Maps of up to so many units are one tile.
const WHOLE: usize = 400;
/// Units of a tile at most, where there are more.
const LARGEST: usize = 300;

/// The units in tiles of about the same size, cut anew each time: halves of an order that spreads from a random unit, and halves of those.
pub(crate) fn cut(graph: &Graph, random: &mut Random) -> Vec<Vec<Node>> {
    let all: Vec<Node> = (0..graph.len() as Node).collect();
    if all.len() <= WHOLE {
        return vec![all];
    }
    let mut open = vec![all];
    let mut tiles = Vec::new();
    // Which part a unit is in now, so that an order spreads inside its part only.
    let mut part = vec![0_u32; graph.len()];
    let mut parts = 1;
    while let Some(units) = open.pop() {
        if units.len() <= LARGEST {
            tiles.push(units);
            continue;
        }
        let mut order = spread(graph, &mut part, &units, random);
        let second = order.split_off(order.len() / 2);
        for half in [order, second] {
            half.iter().for_each(|node| part[*node as usize] = parts);
            parts += 1;
            open.push(half);
        }
    }
    tiles
}

/// The units of a part in the order in which they are met from a random one of them.
fn spread(graph: &Graph, part: &mut [u32], units: &[Node], random: &mut Random) -> Vec<Node> {
    const MET: u32 = u32::MAX;
    let own = part[units[0] as usize];
    let start = random.below(units.len());
    let mut order = Vec::with_capacity(units.len());
    let mut at = 0;
    for first in units[start..].iter().chain(&units[..start]) {
        if part[*first as usize] != own {
            continue;
        }
        part[*first as usize] = MET;
        order.push(*first);
        while at < order.len() {
            let node: Node = order[at];
            at += 1;
            for next in graph.neighbours(node) {
                if part[*next as usize] == own {
                    part[*next as usize] = MET;
                    order.push(*next);
                }
            }
        }
    }
    order
}

/// Does all jobs on so many threads; answers what they came to, in their order. The thread that calls does its share with `here`, the
/// others with `there`.
pub(crate) fn each<J: Sync, R: Send>(
    threads: usize,
    jobs: &[J],
    here: &mut dyn FnMut(usize, &J) -> R,
    there: &(dyn Fn(usize, &J) -> R + Sync),
) -> Vec<R> {
    let helpers = threads.min(jobs.len()).saturating_sub(1);
    if helpers == 0 {
        return jobs.iter().enumerate().map(|(i, job)| here(i, job)).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(jobs.len()));
    let keep = |i: usize, result: R| done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((i, result));
    std::thread::scope(|scope| {
        for _ in 0..helpers {
            scope.spawn(|| {
                while let Some((i, job)) = take(&next, jobs) {
                    keep(i, there(i, job));
                }
            });
        }
        while let Some((i, job)) = take(&next, jobs) {
            keep(i, here(i, job));
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}

fn take<'j, J>(next: &AtomicUsize, jobs: &'j [J]) -> Option<(usize, &'j J)> {
    let i = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(i).map(|job| (i, job))
}
