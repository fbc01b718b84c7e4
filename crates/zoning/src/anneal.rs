//! A packing improved by many small moves: a set is put in and those it meets are taken out, sometimes also at a loss (simulated
//! annealing, Kirkpatrick and others 1983).
//!
//! The rule that matters: what a set costs beyond 1 at the prices of the linear program is what it wastes. A packing is worth its
//! number of sets less what they waste, so that moves which gain no set still lead to where one can be gained. Prices only guide;
//! nothing is proven here.

use std::sync::atomic::Ordering::Relaxed;

use crate::graph::{Graph, Node};
use crate::minimal::Sets;
use crate::pulse::Pulse;
use crate::random::Random;
use crate::tiles;

const NONE: u32 = u32::MAX;
/// The tile of a unit that lies in a set of two tiles: it stays as it is for the round.
const FIXED: u32 = u32::MAX;
/// Sets that waste more than this are left out.
const DEAR: f32 = 0.5;
/// Moves of a round, for each unit.
const ROUND: u64 = 100;
/// Moves between two looks at the pulse.
const LOOK: u64 = 8192;
/// One move in so many starts at any unit, not at a free one.
const ANYWHERE: usize = 32;
/// Sets that are taken out for one at most.
const MET: usize = 3;

/// Chances of going uphill, by steps of 1/64 of the temperature.
static CHANCES: std::sync::LazyLock<[u64; 1024]> = std::sync::LazyLock::new(|| {
    // exp(-1/64), multiplied up: the same on every machine.
    let step = 0.984_496_437_005_408_3_f64;
    let mut chance = 9_007_199_254_740_992.0;
    std::array::from_fn(|_| {
        let now = chance;
        chance *= step;
        now as u64
    })
});

/// A packing on the move, and the best there was.
#[derive(Debug)]
pub(crate) struct Annealer {
    /// Sets by unit, the least wasteful first.
    starts: Vec<u32>,
    by_unit: Vec<u32>,
    /// What a set wastes.
    waste: Vec<f32>,
    /// The set a unit is in.
    of: Vec<u32>,
    /// The tile a unit is in, and its number there.
    spot: Vec<(u32, u32)>,
    count: usize,
    best: Vec<u32>,
    rounds: u64,
    seed: u64,
    /// Moves since there were last more sets than ever.
    idle: u64,
}

impl Annealer {
    /// With these disjoint sets chosen; `waste` says what a set costs beyond 1.
    pub fn new(units: usize, sets: &Sets, chosen: &[u32], seed: u64, waste: impl Fn(&[Node]) -> f64) -> Annealer {
        let mut annealer = Annealer {
            starts: Vec::new(),
            by_unit: Vec::new(),
            waste: Vec::new(),
            of: vec![NONE; units],
            spot: vec![(0, 0); units],
            count: 0,
            best: Vec::new(),
            rounds: 0,
            seed,
            idle: 0,
        };
        annealer.guide(sets, sets.iter().map(|set| waste(set) as f32).collect());
        annealer.set(sets, chosen);
        annealer
    }

    /// The most sets that were chosen at a time.
    pub fn best(&self) -> &[u32] {
        &self.best
    }

    /// Moves since there were last more sets than ever.
    pub fn idle(&self) -> u64 {
        self.idle
    }

    /// Goes on from other sets; remembered where there are more than ever before.
    pub fn set(&mut self, sets: &Sets, chosen: &[u32]) {
        self.of.fill(NONE);
        for set in chosen {
            for node in sets.get(*set as usize) {
                self.of[*node as usize] = *set;
            }
        }
        self.count = chosen.len();
        if chosen.len() > self.best.len() {
            self.best = chosen.to_vec();
        }
    }

    /// Goes over to other sets; `names` says how each of the old is called there, all that is chosen among them.
    pub fn rename(&mut self, names: &[u32]) {
        let name = |set: u32| if set == NONE { NONE } else { names[set as usize] };
        self.of.iter_mut().for_each(|of| *of = name(*of));
        self.best.iter_mut().for_each(|set| *set = name(*set));
    }

    /// What sets waste.
    pub fn waste(&self) -> &[f32] {
        &self.waste
    }

    /// Replaces what sets waste.
    pub fn guide(&mut self, sets: &Sets, waste: Vec<f32>) {
        let units = self.of.len();
        let mut order: Vec<u32> = (0..sets.len() as u32).filter(|set| waste[*set as usize] <= DEAR).collect();
        order.sort_by(|a, b| waste[*a as usize].total_cmp(&waste[*b as usize]).then(a.cmp(b)));
        let mut starts = vec![0_u32; units + 1];
        for node in order.iter().flat_map(|set| sets.get(*set as usize)) {
            starts[*node as usize + 1] += 1;
        }
        for i in 0..units {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        self.by_unit = vec![0; starts[units] as usize];
        for set in order {
            for node in sets.get(set as usize) {
                self.by_unit[next[*node as usize] as usize] = set;
                next[*node as usize] += 1;
            }
        }
        self.starts = starts;
        self.waste = waste;
    }

    fn list(&self, node: Node) -> &[u32] {
        &self.by_unit[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// Rounds until so many moves are made, there are `enough` sets or the pulse says stop; answers the moves made.
    pub fn run(&mut self, graph: &Graph, sets: &Sets, moves: u64, enough: u64, pulse: &mut Pulse<'_>) -> u64 {
        let mut made = 0;
        while made < moves && (self.best.len() as u64) < enough && !pulse.stop() {
            let now = (ROUND * graph.len() as u64).min(moves - made);
            let before = self.best.len();
            self.round(graph, sets, now, pulse);
            made += now;
            self.idle = if self.best.len() > before { 0 } else { self.idle + now };
            pulse.moved(now, (self.best.len() - before) as u64);
        }
        made
    }

    fn round(&mut self, graph: &Graph, sets: &Sets, moves: u64, pulse: &mut Pulse<'_>) {
        let mut random = Random::new(self.seed ^ self.rounds.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let temperature = heat(self.rounds, graph.len());
        self.rounds += 1;
        let tiles = tiles::cut(graph, &mut random);
        for (name, units) in tiles.iter().enumerate() {
            units.iter().zip(0..).for_each(|(node, at)| self.spot[*node as usize] = (name as u32, at));
        }
        if tiles.len() > 1 {
            self.fix(sets);
        }
        let jobs: Vec<(Vec<Node>, u64, u64)> = tiles
            .into_iter()
            .map(|units| {
                let share = moves * units.len() as u64 / graph.len() as u64;
                (units, share, random.number())
            })
            .collect();
        let halt = pulse.halt();
        let threads = pulse.threads();
        let this = &*self;
        // A tile is worked on apart, so that threads do not wait for each other's memory.
        let worked = tiles::each(
            threads,
            &jobs,
            &mut |i, job| this.work(sets, i as u32, job, temperature, &mut || pulse.stop()),
            &|i, job| this.work(sets, i as u32, job, temperature, &mut || halt.load(Relaxed)),
        );
        let mut gained = 0;
        for ((units, ..), (of, more)) in jobs.iter().zip(worked) {
            units.iter().zip(of).for_each(|(node, of)| self.of[*node as usize] = of);
            gained += more;
        }
        self.count = (self.count as i64 + gained) as usize;
        if self.count > self.best.len() {
            self.best = self.now(sets);
        }
    }

    /// Units in a set of two tiles stay.
    fn fix(&mut self, sets: &Sets) {
        for node in 0..self.of.len() {
            let set = self.of[node];
            if set == NONE || sets.get(set as usize)[0] as usize != node {
                continue;
            }
            let nodes = sets.get(set as usize);
            if nodes.iter().any(|other| self.spot[*other as usize].0 != self.spot[node].0) {
                nodes.iter().for_each(|other| self.spot[*other as usize].0 = FIXED);
            }
        }
    }

    /// What is chosen now.
    pub fn now(&self, sets: &Sets) -> Vec<u32> {
        let of = self.of.iter().enumerate();
        of.filter(|(node, set)| **set != NONE && sets.get(**set as usize)[0] as usize == *node)
            .map(|(_, set)| *set)
            .collect()
    }

    /// Moves inside one tile; answers the set of each of its units and how many sets more there are.
    fn work(
        &self,
        sets: &Sets,
        tile: u32,
        (units, moves, seed): &(Vec<Node>, u64, u64),
        temperature: f32,
        stop: &mut dyn FnMut() -> bool,
    ) -> (Vec<u32>, i64) {
        let mut random = Random::new(*seed);
        let mut in_set: Vec<u32> = units.iter().map(|node| self.of[*node as usize]).collect();
        // Where a free unit stands in the list of them.
        let mut place = vec![0_u32; units.len()];
        let at = |node: Node| self.spot[node as usize].1 as usize;
        let mut free: Vec<Node> = Vec::with_capacity(units.len());
        for (node, i) in units.iter().zip(0_usize..) {
            let open = in_set[i] == NONE && self.spot[*node as usize].0 == tile;
            if open && !self.list(*node).is_empty() {
                place[i] = free.len() as u32;
                free.push(*node);
            }
        }
        let chances = &*CHANCES;
        let colder = 64.0 / temperature;
        let mut gained = 0;
        for made in 0..*moves {
            if made % LOOK == LOOK - 1 && stop() {
                break;
            }
            let number = random.number();
            let from = if free.is_empty() || number as usize & (ANYWHERE - 1) == 0 { units } else { &free };
            let node = from[below(number >> 40, from.len())];
            let list = self.list(node);
            if list.is_empty() {
                continue;
            }
            let set = list[below(number >> 8 & 0xff_ffff, list.len())];
            let nodes = sets.get(set as usize);
            let mut met = [NONE; MET];
            let mut meets = 0;
            let mut open = true;
            for node in nodes {
                let (own, at) = self.spot[*node as usize];
                if own != tile {
                    open = false;
                    break;
                }
                let of = in_set[at as usize];
                if of != NONE && !met[..meets].contains(&of) {
                    if meets == MET || of == set {
                        open = false;
                        break;
                    }
                    met[meets] = of;
                    meets += 1;
                }
            }
            if !open {
                continue;
            }
            let wasted: f32 = met[..meets].iter().map(|set| self.waste[*set as usize]).sum();
            let loss = meets as f32 - 1.0 + self.waste[set as usize] - wasted;
            if loss > 0.0 {
                let step = (loss * colder) as usize;
                if step >= chances.len() || random.number() >> 11 >= chances[step] {
                    continue;
                }
            }
            for set in &met[..meets] {
                for node in sets.get(*set as usize) {
                    in_set[at(*node)] = NONE;
                    if !self.list(*node).is_empty() {
                        place[at(*node)] = free.len() as u32;
                        free.push(*node);
                    }
                }
            }
            for node in nodes {
                in_set[at(*node)] = set;
                let hole = place[at(*node)] as usize;
                free.swap_remove(hole);
                if let Some(moved) = free.get(hole) {
                    place[at(*moved)] = hole as u32;
                }
            }
            gained += 1 - meets as i64;
        }
        (in_set, gained)
    }
}

/// A number below `end` from 24 random bits.
fn below(bits: u64, end: usize) -> usize {
    ((bits * end as u64) >> 24) as usize
}

/// The temperature of a round: cooling again and again, each time more slowly; a small map is kept warmer, it has fewer ways out.
fn heat(round: u64, units: usize) -> f32 {
    const COOLING: [f32; 8] = [0.08, 0.065, 0.055, 0.045, 0.035, 0.028, 0.02, 0.015];
    const SLOWEST: u64 = 32;
    const SMALL: usize = 200;
    let (mut start, mut held) = (0, 1);
    while round >= start + 8 * held {
        start += 8 * held;
        held = (held * 2).min(SLOWEST);
    }
    let warmer = if units <= SMALL { 1.5 } else { 1.0 };
    warmer * COOLING[((round - start) / held) as usize]
}
