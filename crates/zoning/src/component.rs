//! One component on its way: its packing, its bound and proof, and what has been spent on them.
//!
//! The rule that matters: work comes in the same portions in the same order whatever the clock and the threads do. Only where it is
//! cut off depends on the clock.

use std::collections::HashMap;

use crate::anneal::Annealer;
use crate::beside::Beside;
use crate::bound::{self, Root};
use crate::certificate::Proof;
use crate::graph::{Graph, Node};
use crate::minimal::{self, Sets};
use crate::packing;
use crate::pool;
use crate::prices::SCALE;
use crate::pulse::Pulse;
use crate::random::Random;
use crate::regions;
use crate::solve::Effort;

/// Minimal sets that are listed at most, and so many more for each unit; a component with more of them is bounded by its size alone
/// and works on a pool of them.
const MOST_SETS: usize = 100_000;
const MOST_EACH: usize = 150;
/// Units up to which a component has all linear programs of the effort.
const FULL: usize = 400;
/// Moves before the first linear program, for each unit.
const QUICK: u64 = 50;
/// Moves between two pools, for each unit.
const POOLED: u64 = 2_000;
/// Moves between two attempts at a proof, for each unit.
const PORTION: u64 = 500;

/// A component.
pub(crate) struct Component {
    graph: Graph,
    threshold: i64,
    sets: Sets,
    annealer: Annealer,
    root: Option<Root>,
    /// Whether the sets are all there are.
    listed: bool,
    random: Random,
    /// Moves left.
    moves: u64,
    /// Linear programs left that are solved even when no move is.
    programs: usize,
    pub bound: u64,
    pub proof: Proof,
    /// Nothing more to be done.
    pub closed: bool,
}

impl Component {
    /// A first packing, at once, and the bound of sizes.
    pub fn new(graph: Graph, threshold: i64, effort: Effort, pulse: &mut Pulse<'_>) -> Component {
        let n = graph.len();
        let (bound, proof) = by_size(&graph, threshold);
        // Something to show while sets are listed.
        let first = pool::first(&graph, threshold);
        pulse.bounded(0, bound);
        pulse.moved(0, first.len() as u64);
        let most = MOST_SETS + MOST_EACH * n;
        let all = minimal::minimal_sets_until(&graph, threshold, most, &mut || pulse.stop());
        let listed = all.is_some();
        let (sets, chosen) = match all {
            Some(sets) => {
                let greedy = packing::greedy(n, &sets);
                let chosen = if greedy.len() > first.len() { greedy } else { packing::numbers(&sets, &first) };
                (sets, chosen)
            }
            None => {
                let chosen = (0..first.len() as u32).collect();
                (first.clone(), chosen)
            }
        };
        let size = |set: &[Node]| set.iter().map(|node| graph.size(*node)).sum::<i64>();
        let waste = |set: &[Node]| size(set) as f64 / threshold as f64 - 1.0;
        let annealer = Annealer::new(n, &sets, &chosen, effort.seed, waste);
        pulse.moved(0, (chosen.len() - first.len()) as u64);
        Component {
            closed: chosen.len() as u64 == bound,
            listed,
            random: Random::new(effort.seed),
            graph,
            threshold,
            sets,
            annealer,
            root: None,
            moves: effort.steps.saturating_mul(n as u64),
            programs: effort.programs.saturating_mul(FULL) / n.max(FULL),
            bound,
            proof,
        }
    }

    /// How many regions there are by now.
    pub fn p(&self) -> u64 {
        self.annealer.best().len() as u64
    }

    /// A label for every unit.
    pub fn labels(&self) -> Vec<Option<u32>> {
        regions::regions(&self.graph, &self.sets, self.annealer.best())
    }

    /// The first moves, at the prices of sizes.
    pub fn quick(&mut self, pulse: &mut Pulse<'_>) {
        if !self.closed {
            if !self.listed {
                self.refresh(pulse);
            }
            self.run(QUICK * self.graph.len() as u64, pulse);
        }
    }

    fn run(&mut self, moves: u64, pulse: &mut Pulse<'_>) {
        let moves = moves.min(self.moves);
        self.moves -= self.annealer.run(&self.graph, &self.sets, moves, self.bound, pulse);
        self.closed |= self.p() >= self.bound;
    }

    /// One portion: moves, and up to so many linear programs.
    pub fn portion(&mut self, programs: usize, pulse: &mut Pulse<'_>) {
        if self.closed {
            return;
        }
        if !self.listed {
            self.pooled(pulse);
            return;
        }
        if self.root.is_none() {
            self.first(pulse);
        }
        self.run(PORTION * self.graph.len() as u64, pulse);
        let mut programs = programs;
        if !self.closed
            && let Some(mut root) = self.root.take()
        {
            let mut company = Beside {
                graph: &self.graph,
                sets: &self.sets,
                annealer: &mut self.annealer,
                bound: &mut self.bound,
                moves: &mut self.moves,
                programs: &mut self.programs,
                pulse: &mut *pulse,
                first: false,
            };
            let proof = bound::refute(self.graph.len(), &self.sets, &mut root, &mut programs, &mut company);
            if let Some(proof) = proof {
                pulse.bounded(self.bound, self.p());
                self.bound = self.p();
                self.proof = proof;
            } else if root.bound() <= self.bound {
                self.proof = root.proof();
            }
            self.root = Some(root);
        }
        self.closed |= self.p() >= self.bound;
        self.closed |= self.moves == 0 && self.programs == 0;
    }

    /// The first linear program: its bound, and its prices as a guide.
    fn first(&mut self, pulse: &mut Pulse<'_>) {
        let Some(root) = self.program(pulse) else { return };
        self.annealer.guide(&self.sets, root.waste());
        if root.bound() < self.bound {
            pulse.bounded(self.bound, root.bound());
            self.bound = root.bound();
            self.proof = root.proof();
        }
        self.root = Some(root);
        self.closed = self.p() >= self.bound;
    }

    /// The linear program of the sets at hand.
    fn program(&mut self, pulse: &mut Pulse<'_>) -> Option<Root> {
        let hint: Vec<i64> = self.sets.iter().map(|set| (self.share(set) * SCALE as f64) as i64).collect();
        let mut company = Beside {
            graph: &self.graph,
            sets: &self.sets,
            annealer: &mut self.annealer,
            bound: &mut self.bound,
            moves: &mut self.moves,
            programs: &mut self.programs,
            pulse,
            first: true,
        };
        Root::new(self.graph.len(), &self.sets, &hint, &mut company)
    }

    /// The size of a set in parts of the threshold.
    fn share(&self, set: &[Node]) -> f64 {
        set.iter().map(|node| self.graph.size(*node)).sum::<i64>() as f64 / self.threshold as f64
    }

    /// A portion where not all sets are listed: prices of the pool guide moves and what comes into the pool next.
    fn pooled(&mut self, pulse: &mut Pulse<'_>) {
        self.root = self.program(pulse);
        if let Some(root) = &self.root {
            self.annealer.guide(&self.sets, root.waste());
        }
        self.run(POOLED * self.graph.len() as u64, pulse);
        if !self.closed && self.moves > 0 && !pulse.stop() {
            self.refresh(pulse);
        }
        self.closed |= self.moves == 0;
    }

    /// Other sets in the pool; those chosen stay.
    fn refresh(&mut self, pulse: &mut Pulse<'_>) {
        let mut keep = self.annealer.now(&self.sets);
        keep.extend(self.annealer.best());
        let favour: Vec<f32> = (0..self.graph.len() as Node)
            .map(|node| {
                let price = self.root.as_ref().map_or(0.0, |root| root.price(node) - self.share(&[node]));
                price as f32
            })
            .collect();
        let (graph, threshold) = (&self.graph, self.threshold);
        let old = (&keep[..], &self.sets);
        let waste = self.annealer.waste();
        let sets = pool::pool(graph, threshold, old, waste, &favour, &mut self.random, &mut || pulse.stop());
        let place: HashMap<&[Node], u32> = sets.iter().zip(0..).collect();
        let names: Vec<u32> = self.sets.iter().map(|set| place.get(set).copied().unwrap_or(u32::MAX)).collect();
        self.annealer.rename(&names);
        self.sets = sets;
        let cost = |set: &[Node]| match &self.root {
            Some(root) => set.iter().map(|node| root.price(*node)).sum::<f64>(),
            None => self.share(set),
        };
        let waste = self.sets.iter().map(|set| (cost(set) - 1.0) as f32).collect();
        self.annealer.guide(&self.sets, waste);
    }
}

/// The bound that sizes alone give.
fn by_size(graph: &Graph, threshold: i64) -> (u64, Proof) {
    let price = |size: i64| {
        ((i128::from(size.min(threshold)) * i128::from(SCALE) + i128::from(threshold) - 1) / i128::from(threshold))
            as i64
    };
    let units: Vec<(Node, i64)> = (0..graph.len() as Node).map(|node| (node, price(graph.size(node)))).collect();
    let bound = (units.iter().map(|(_, price)| i128::from(*price)).sum::<i128>() / i128::from(SCALE)) as u64;
    (bound, Proof::Prices { units, rows: Vec::new() })
}
