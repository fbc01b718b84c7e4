//! One component on its way: its packing, its bound and proof, and what has been spent on them.
//!
//! The rule that matters: work comes in the same portions in the same order whatever the clock and the threads do. Only where it is
//! cut off depends on the clock.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::anneal::Annealer;
use crate::bound::{self, Company, Outcome, Root};
use crate::certificate::Proof;
use crate::graph::{Graph, Node};
use crate::minimal::{self, Sets};
use crate::packing;
use crate::prices::SCALE;
use crate::pulse::Pulse;
use crate::regions;
use crate::solve::Effort;

/// Minimal sets that are listed at most; a component with more of them is bounded by its size alone.
pub const MOST_SETS: usize = 2_000_000;
/// Moves before the first linear program, for each unit.
const QUICK: u64 = 50;
/// Moves made beside a linear program, for each of its sets.
const BESIDE: u64 = 60;
/// Moves between two attempts at a proof, for each unit.
const PORTION: u64 = 500;
/// Moves that polish a packing met while proving, for each unit.
const POLISH: u64 = 20;

/// A component.
pub(crate) struct Component {
    graph: Graph,
    threshold: i64,
    sets: Sets,
    annealer: Annealer,
    root: Option<Root>,
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
        let (sets, chosen, listed) = match minimal::minimal_sets(&graph, threshold, MOST_SETS) {
            Some(sets) => {
                let chosen = packing::greedy(n, &sets);
                (sets, chosen, true)
            }
            None => {
                let sets = packing::grown(&graph, threshold);
                let chosen = (0..sets.len() as u32).collect();
                (sets, chosen, false)
            }
        };
        let size = |set: &[Node]| set.iter().map(|node| graph.size(*node)).sum::<i64>();
        let waste = |set: &[Node]| size(set) as f64 / threshold as f64 - 1.0;
        let annealer = Annealer::new(n, &sets, &chosen, effort.seed, waste);
        pulse.bounded(0, bound);
        pulse.moved(0, chosen.len() as u64);
        Component {
            closed: chosen.len() as u64 == bound || !listed,
            graph,
            threshold,
            sets,
            annealer,
            root: None,
            moves: effort.steps.saturating_mul(n as u64),
            programs: effort.programs,
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
        if self.root.is_none() {
            self.first(pulse);
        }
        self.run(PORTION * self.graph.len() as u64, pulse);
        let mut programs = programs;
        while !self.closed && programs > 0 && !pulse.stop() {
            let goal = self.p() + 1;
            let Some(mut root) = self.root.take() else { break };
            let mut company = Beside {
                graph: &self.graph,
                sets: &self.sets,
                annealer: &mut self.annealer,
                bound: &mut self.bound,
                moves: &mut self.moves,
                programs: &mut self.programs,
                pulse: &mut *pulse,
                goal,
            };
            let outcome = bound::refute(self.graph.len(), &self.sets, goal, &mut root, &mut programs, &mut company);
            self.proof = root.proof();
            self.root = Some(root);
            match outcome {
                Outcome::Refuted(proof) => {
                    pulse.bounded(self.bound, goal - 1);
                    self.bound = goal - 1;
                    self.proof = proof;
                }
                Outcome::Reached(chosen) => {
                    let before = self.p();
                    self.annealer.set(&self.sets, &chosen);
                    pulse.moved(0, self.p() - before);
                }
                Outcome::Open if self.p() < goal => break,
                Outcome::Open => {}
            }
            self.closed = self.p() >= self.bound;
        }
        self.closed |= self.moves == 0 && self.programs == 0;
    }

    /// The first linear program: its bound, and its prices as a guide.
    fn first(&mut self, pulse: &mut Pulse<'_>) {
        let threshold = i128::from(self.threshold);
        let size = |set: &[Node]| set.iter().map(|node| i128::from(self.graph.size(*node))).sum::<i128>();
        let hint: Vec<i64> = self.sets.iter().map(|set| (size(set) * i128::from(SCALE) / threshold) as i64).collect();
        let mut company = Beside {
            graph: &self.graph,
            sets: &self.sets,
            annealer: &mut self.annealer,
            bound: &mut self.bound,
            moves: &mut self.moves,
            programs: &mut self.programs,
            pulse,
            goal: u64::MAX,
        };
        if let Some(root) = Root::new(self.graph.len(), &self.sets, &hint, &mut company) {
            company.tightened(&root);
            if root.bound() == self.bound {
                self.proof = root.proof();
            }
            self.root = Some(root);
        }
    }
}

/// Moves made beside the programs of a proof.
struct Beside<'a, 'w> {
    graph: &'a Graph,
    sets: &'a Sets,
    annealer: &'a mut Annealer,
    bound: &'a mut u64,
    moves: &'a mut u64,
    programs: &'a mut usize,
    pulse: &'a mut Pulse<'w>,
    /// The proof is over when there are so many.
    goal: u64,
}

impl Beside<'_, '_> {
    fn run(&mut self, moves: u64) {
        let moves = moves.min(*self.moves);
        *self.moves -= self.annealer.run(self.graph, self.sets, moves, self.goal, self.pulse);
    }

    fn reached(&self) -> bool {
        self.annealer.best().len() as u64 >= self.goal
    }
}

impl Company for Beside<'_, '_> {
    fn program(&mut self, sets: usize, program: &mut (dyn FnMut(&Arc<AtomicBool>) + Send)) -> bool {
        if (*self.programs == 0 && *self.moves == 0) || self.pulse.stop() {
            return false;
        }
        *self.programs = self.programs.saturating_sub(1);
        let moves = BESIDE * sets as u64;
        if self.pulse.threads() > 1 && sets >= 1_000 {
            let halt = self.pulse.halt();
            std::thread::scope(|scope| {
                let other = scope.spawn(|| program(&halt));
                self.pulse.lend(1);
                self.run(moves);
                self.pulse.wait(&other);
                self.pulse.lend(0);
            });
        } else {
            self.run(moves);
            if self.reached() {
                return false;
            }
            let halt = self.pulse.halt();
            if sets < 1_000 {
                program(&halt);
            } else {
                std::thread::scope(|scope| self.pulse.wait(&scope.spawn(|| program(&halt))));
            }
        }
        !self.reached() && !self.pulse.stop()
    }

    fn polish(&mut self, chosen: Vec<u32>) -> Vec<u32> {
        if chosen.len() as u64 >= self.goal {
            return chosen;
        }
        let before = self.annealer.now(self.sets);
        self.annealer.set(self.sets, &chosen);
        self.run(POLISH * self.graph.len() as u64);
        if self.reached() {
            return self.annealer.best().to_vec();
        }
        if self.annealer.now(self.sets).len() < before.len() {
            self.annealer.set(self.sets, &before);
        }
        chosen
    }

    fn tightened(&mut self, root: &Root) {
        self.annealer.guide(self.sets, root.waste());
        if root.bound() < *self.bound {
            self.pulse.bounded(*self.bound, root.bound());
            *self.bound = root.bound();
        }
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
