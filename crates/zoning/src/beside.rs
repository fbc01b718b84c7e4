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
/// With as many rows as units it takes longer by so many times.
const ROWS: u64 = 2;
/// A program over fewer sets is over before the watch need be asked.
const SMALL: usize = 1_000;
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
    /// Whether it is the first program, which begins far from its solution.
    pub first: bool,
}

impl Beside<'_, '_> {
    fn run(&mut self, moves: u64) {
        let moves = moves.min(*self.moves);
        *self.moves -= self.annealer.run(self.graph, self.sets, moves, *self.bound, self.pulse);
    }

    /// Nothing is left to be proven.
    fn closed(&self) -> bool {
        self.goal() > *self.bound
    }
}

impl Company for Beside<'_, '_> {
    fn goal(&self) -> u64 {
        self.annealer.best().len() as u64 + 1
    }

    fn program(&mut self, sets: usize, rows: usize, program: &mut (dyn FnMut(&Arc<AtomicBool>) + Send)) -> bool {
        if (*self.programs == 0 && *self.moves == 0) || self.pulse.stop() {
            return false;
        }
        *self.programs = self.programs.saturating_sub(1);
        // One set more is all that could be, and is looked for in vain: the proof comes first.
        let vain = *self.bound == self.goal() && self.annealer.idle() > VAIN * self.graph.len() as u64;
        let large = 1 + sets as u64 / LARGE;
        let slow = large.max(1 + ROWS * rows as u64 / self.graph.len() as u64);
        let each = if self.first {
            BEFORE * large
        } else if vain {
            BESIDE * large / 4
        } else {
            BESIDE * slow
        };
        let moves = each * sets as u64;
        if sets < SMALL {
            self.run(moves);
            if !self.closed() {
                program(&self.pulse.halt());
            }
        } else if self.pulse.threads() > 1 {
            // A flag of its own: where moves close the gap, the program is not waited for.
            let leave = Arc::default();
            let lent = self.pulse.lend();
            let job = || {
                program(&leave);
                lent.store(false, Relaxed);
            };
            let (graph, all, annealer, left) = (self.graph, self.sets, &mut *self.annealer, &mut *self.moves);
            let bound = *self.bound;
            self.pulse.beside(job, &leave, |pulse| {
                *left -= annealer.run(graph, all, moves.min(*left), bound, pulse);
                leave.store(annealer.best().len() as u64 >= bound, Relaxed);
            });
        } else {
            self.run(moves);
            if !self.closed() {
                let halt = self.pulse.halt();
                self.pulse.beside(|| program(&halt), &halt, |_| {});
            }
        }
        !self.closed() && !self.pulse.stop()
    }

    fn met(&mut self, chosen: &[u32]) {
        let before = self.annealer.now(self.sets);
        let best = self.annealer.best().len();
        self.annealer.set(self.sets, chosen);
        self.pulse.moved(0, (self.annealer.best().len() - best) as u64);
        self.run(POLISH * self.graph.len() as u64);
        if self.annealer.now(self.sets).len() < before.len() {
            self.annealer.set(self.sets, &before);
        }
    }

    fn tightened(&mut self, root: &Root) {
        self.annealer.guide(self.sets, root.waste());
        if root.bound() < *self.bound {
            self.pulse.bounded(*self.bound, root.bound());
            *self.bound = root.bound();
        }
    }
}
