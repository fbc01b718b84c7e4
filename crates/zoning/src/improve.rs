//! A packing improved: the sets of a small neighbourhood are taken out and the best packing of the units they leave is put in,
//! also when it is only as good.
//!
//! The rule that matters: a neighbourhood is solved exactly, so a packing never gets worse, and an equal one is taken so that the
//! free units wander until they meet. A detour gives one set up and is undone when it does not win it back.

use crate::graph::{Graph, Node};
use crate::minimal::Sets;
use crate::packing::{Index, Packing};
use crate::random::Random;

/// Units of a neighbourhood: the bits of a mask.
const WIDE: usize = 64;

/// Improves a packing.
pub struct Improver<'a> {
    graph: &'a Graph,
    sets: &'a Sets,
    by_least: Index,
    /// What units cost, so that every set costs 1 or more; only prunes.
    price: Vec<f64>,
    mark: Vec<u32>,
    local: Vec<u32>,
    round: u32,
    units: Vec<Node>,
    taken: Vec<u32>,
    masks: Vec<u64>,
    names: Vec<u32>,
    search: Search,
}

#[derive(Default)]
struct Search {
    /// Masks of candidates by their least bit.
    starts: Vec<u32>,
    masks: Vec<u64>,
    names: Vec<u32>,
    price: Vec<f64>,
    goal: usize,
    steps: usize,
    picked: Vec<u32>,
}

impl<'a> Improver<'a> {
    /// Ready to improve packings of these sets.
    pub fn new(graph: &'a Graph, sets: &'a Sets, price: Vec<f64>) -> Self {
        let n = graph.len();
        Improver {
            graph,
            sets,
            by_least: Index::by_least(n, sets),
            price,
            mark: vec![0; n],
            local: vec![0; n],
            round: 0,
            units: Vec::new(),
            taken: Vec::new(),
            masks: Vec::new(),
            names: Vec::new(),
            search: Search::default(),
        }
    }

    /// How many units there are.
    pub fn units(&self) -> usize {
        self.graph.len()
    }

    /// Replaces the prices.
    pub fn set_price(&mut self, price: Vec<f64>) {
        self.price = price;
    }

    /// One neighbourhood of about `around` sets; whether the packing gained one.
    pub fn step(&mut self, packing: &mut Packing, around: usize, random: &mut Random) -> bool {
        let start = random.below(self.graph.len()) as Node;
        self.step_at(packing, start, around, 0, random)
    }

    /// A detour: one set is given up somewhere and the place worked over until it is won back, or the detour is undone.
    pub fn kick(&mut self, packing: &mut Packing, around: usize, steps: usize, random: &mut Random) -> bool {
        let before = packing.count();
        packing.begin();
        let start = random.below(self.graph.len()) as Node;
        self.step_at(packing, start, around, 1, random);
        // Units near, in rings.
        let mut near = vec![start];
        self.round += 1;
        self.mark[start as usize] = self.round;
        let mut at = 0;
        while at < near.len() && near.len() < around * 8 {
            for other in self.graph.neighbours(near[at]) {
                if self.mark[*other as usize] != self.round {
                    self.mark[*other as usize] = self.round;
                    near.push(*other);
                }
            }
            at += 1;
        }
        for _ in 0..steps {
            let start = near[random.below(near.len())];
            self.step_at(packing, start, around, 0, random);
            if packing.count() > before {
                break;
            }
        }
        let lost = packing.count() < before;
        packing.end(self.sets, lost);
        packing.count() > before
    }

    fn step_at(&mut self, packing: &mut Packing, start: Node, around: usize, less: usize, random: &mut Random) -> bool {
        self.gather(packing, start, around, random);
        let before = self.taken.len().saturating_sub(less);
        self.candidates(random);
        let worth: f64 = self.search.price.iter().sum();
        let all = if self.units.len() == WIDE { u64::MAX } else { (1 << self.units.len()) - 1 };
        let mut better = false;
        if less == 0 && (worth + 1e-6).floor() as usize > before {
            better = self.search.run(all, worth, before + 1, 3_000);
        }
        if !better && !self.search.run(all, worth, before, 3_000) {
            return false;
        }
        for set in std::mem::take(&mut self.taken) {
            packing.take(self.sets, set);
        }
        for i in 0..self.search.picked.len() {
            packing.put(self.sets, self.search.picked[i]);
        }
        better
    }

    /// Units around a random one: those of some chosen sets, and free ones between them.
    fn gather(&mut self, packing: &Packing, start: Node, around: usize, random: &mut Random) {
        self.round += 1;
        self.units.clear();
        self.taken.clear();
        self.admit(packing, start);
        let mut at = 0;
        while at < self.units.len() && self.taken.len() < around {
            let node = self.units[at];
            at += 1;
            let next = self.graph.neighbours(node);
            if next.is_empty() {
                continue;
            }
            let turn = random.below(next.len());
            for i in 0..next.len() {
                let other = next[(i + turn) % next.len()];
                if self.mark[other as usize] != self.round && self.taken.len() < around && !self.admit(packing, other) {
                    return;
                }
            }
        }
        // Free units at the edge come along.
        for i in 0..self.units.len() {
            for other in self.graph.neighbours(self.units[i]) {
                let free = packing.set_of(*other).is_none() && self.mark[*other as usize] != self.round;
                if free && self.units.len() < WIDE {
                    self.mark[*other as usize] = self.round;
                    self.local[*other as usize] = self.units.len() as u32;
                    self.units.push(*other);
                }
            }
        }
    }

    /// Takes in a unit with its set; false when there is no room.
    fn admit(&mut self, packing: &Packing, node: Node) -> bool {
        let set = packing.set_of(node);
        let alone = [node];
        let nodes = set.map_or(&alone[..], |set| self.sets.get(set as usize));
        if self.units.len() + nodes.len() > WIDE {
            return false;
        }
        for node in nodes {
            self.mark[*node as usize] = self.round;
            self.local[*node as usize] = self.units.len() as u32;
            self.units.push(*node);
        }
        self.taken.extend(set);
        true
    }

    /// The sets that lie within the units, by their least bit, in random order.
    fn candidates(&mut self, random: &mut Random) {
        // A random order of the units makes ties fall differently each time.
        for i in (1..self.units.len()).rev() {
            self.units.swap(i, random.below(i + 1));
        }
        for (i, node) in self.units.iter().enumerate() {
            self.local[*node as usize] = i as u32;
        }
        self.masks.clear();
        self.names.clear();
        for node in &self.units {
            'sets: for set in self.by_least.of(*node) {
                let mut mask = 0_u64;
                for member in self.sets.get(*set as usize) {
                    if self.mark[*member as usize] != self.round {
                        continue 'sets;
                    }
                    mask |= 1 << self.local[*member as usize];
                }
                self.masks.push(mask);
                self.names.push(*set);
            }
        }
        let search = &mut self.search;
        search.price.clear();
        search.price.extend(self.units.iter().map(|node| self.price[*node as usize]));
        search.starts.clear();
        search.starts.resize(self.units.len() + 1, 0);
        for mask in &self.masks {
            search.starts[mask.trailing_zeros() as usize + 1] += 1;
        }
        for i in 0..self.units.len() {
            search.starts[i + 1] += search.starts[i];
        }
        let mut next: [u32; WIDE] = [0; WIDE];
        next[..self.units.len()].copy_from_slice(&search.starts[..self.units.len()]);
        search.masks.resize(self.masks.len(), 0);
        search.names.resize(self.masks.len(), 0);
        for (mask, name) in self.masks.iter().zip(&self.names) {
            let bit = mask.trailing_zeros() as usize;
            search.masks[next[bit] as usize] = *mask;
            search.names[next[bit] as usize] = *name;
            next[bit] += 1;
        }
    }
}

impl Search {
    /// Looks for `goal` disjoint candidates within the units; gives up after so many steps.
    fn run(&mut self, all: u64, worth: f64, goal: usize, steps: usize) -> bool {
        self.goal = goal;
        self.steps = steps;
        self.picked.clear();
        self.go(all, worth)
    }

    /// `worth` is what the open units cost together: no more sets fit into them.
    fn go(&mut self, open: u64, worth: f64) -> bool {
        if self.picked.len() == self.goal {
            return true;
        }
        if open == 0 || self.steps == 0 || (self.goal - self.picked.len()) as f64 > worth + 1e-6 {
            return false;
        }
        self.steps -= 1;
        let bit = open.trailing_zeros() as usize;
        for at in self.starts[bit] as usize..self.starts[bit + 1] as usize {
            let mask = self.masks[at];
            if mask & !open != 0 {
                continue;
            }
            let mut costs = 0.0;
            let mut rest = mask;
            while rest != 0 {
                costs += self.price[rest.trailing_zeros() as usize];
                rest &= rest - 1;
            }
            self.picked.push(self.names[at]);
            if self.go(open & !mask, worth - costs) {
                return true;
            }
            self.picked.pop();
        }
        self.go(open & (open - 1), worth - self.price[bit])
    }
}
