//! Moves made beside the linear programs of a proof, so that neither waits for the other.
//!
//! The rule that matters: how many moves go with a program depends on the program, not on how long it takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::anneal::Annealer;
use crate::bound::{Company, Root};
use crate::graph::Graph;
use crate::minimal::Sets;
use crate::pulse::Pulse;

/// Moves made beside a linear program, for each of its sets: about as long as it takes; fewer beside the first, whose prices they lack.
const BESIDE: u64 = 200;
const BEFORE: u64 = 40;
/// With so many sets a program takes about twice as long for each, and so on.
const LARGE: u64 = 8_000;
/// Moves in vain, for each unit, before a proof comes first.
const VAIN: u64 = 3_000;
/// Moves that polish a packing met while proving, for each unit.
const POLISH: u64 = 20;

/// What a component lends to its proof.
pub(crate) struct Beside<'a, 'w> {
    pub graph: &'a Graph,
    pub sets: &'a Sets,
    pub annealer: &'a mut Annealer,
    pub bound: &'a mut u64,
    pub moves: &'a mut u64,
    pub programs: &'a mut usize,
    pub pulse: &'a mut Pulse<'w>,
    /// The proof is over when there are so many.
    pub goal: u64,
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
        // One set more is all that could be, and is looked for in vain: the proof comes first.
        let vain = *self.bound == self.goal && self.annealer.idle() > VAIN * self.graph.len() as u64;
        let large = 1 + sets as u64 / LARGE;
        // The first begins far from its solution.
        let each = if self.goal == u64::MAX { BEFORE * large } else { BESIDE };
        let moves = each * large * sets as u64 / if vain { 4 } else { 1 };
        if self.pulse.threads() > 1 && sets >= 1_000 {
            // A flag of its own: where moves reach the goal, the program is not waited for.
            let leave = Arc::default();
            let lent = self.pulse.lend();
            std::thread::scope(|scope| {
                let other = scope.spawn(|| {
                    program(&leave);
                    lent.store(false, Relaxed);
                });
                self.run(moves);
                leave.store(self.reached(), Relaxed);
                self.pulse.wait(&other, &leave);
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
                std::thread::scope(|scope| self.pulse.wait(&scope.spawn(|| program(&halt)), &halt));
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
