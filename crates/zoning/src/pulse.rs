//! Between whoever looks on and the engine: whether to stop, how far it is, how many threads there are.
//!
//! The rule that matters: the watch is asked from the thread that called, often; the others read what it said.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Acquire, Ordering::Relaxed, Ordering::Release};
use std::time::Duration;

use crate::watch::{Progress, Watch};

/// Between two questions while another thread is waited for.
const TURN: Duration = Duration::from_millis(5);

/// How it stands, over all components.
pub(crate) struct Pulse<'w> {
    watch: &'w mut dyn Watch,
    halt: Arc<AtomicBool>,
    now: Progress,
    threads: usize,
    /// Whether one of them works on something else.
    lent: Arc<AtomicBool>,
    /// Moves made, and how many regions there were then.
    pub trace: Vec<(u64, u64)>,
}

impl<'w> Pulse<'w> {
    pub fn new(watch: &'w mut dyn Watch, threads: usize) -> Self {
        let halt = Arc::new(AtomicBool::new(false));
        Pulse {
            watch,
            halt,
            now: Progress::default(),
            threads: threads.max(1),
            lent: Arc::default(),
            trace: Vec::new(),
        }
    }

    /// Whether to stop. Once it is so it stays so.
    pub fn stop(&mut self) -> bool {
        if !self.halt.load(Relaxed) && self.watch.stop() {
            self.halt.store(true, Relaxed);
        }
        self.halt.load(Relaxed)
    }

    /// What other threads read.
    pub fn halt(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.halt)
    }

    pub fn threads(&self) -> usize {
        self.threads.saturating_sub(usize::from(self.lent.load(Relaxed))).max(1)
    }

    /// One thread works on something else, until it clears this flag.
    pub fn lend(&mut self) -> Arc<AtomicBool> {
        self.lent.store(true, Relaxed);
        Arc::clone(&self.lent)
    }

    /// Does a job on another thread and something else meanwhile on this one, which then waits and asks the watch: what it says sets the
    /// flag that the job looks at.
    pub fn beside(&mut self, job: impl FnOnce() + Send, leave: &AtomicBool, meanwhile: impl FnOnce(&mut Self)) {
        let here = std::thread::current();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                job();
                done.store(true, Release);
                here.unpark();
            });
            meanwhile(self);
            while !done.load(Acquire) && !other.is_finished() {
                if self.stop() {
                    leave.store(true, Relaxed);
                }
                std::thread::park_timeout(TURN);
            }
        });
    }

    /// Moves were made, and so many regions found.
    pub fn moved(&mut self, moves: u64, regions: u64) {
        self.now.iterations += moves;
        if regions > 0 {
            self.now.p += regions;
            self.trace.push((self.now.iterations, self.now.p));
        }
        self.watch.progress(self.now);
    }

    /// A bound was found, or replaced by a lower one.
    pub fn bounded(&mut self, before: u64, after: u64) {
        self.now.bound = self.now.bound + after - before;
        self.watch.progress(self.now);
    }
}
