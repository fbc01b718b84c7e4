//! The clock of a run: when to stop, what to tell meanwhile, and how many regions there were when.

use std::{
    io::{IsTerminal as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use hejian_zoning::watch::{Progress, Watch};

/// Looks on while a map is solved.
pub(super) struct Clock {
    start: Instant,
    limit: Option<Duration>,
    stopped: Arc<AtomicBool>,
    /// Seconds and regions, whenever there were more.
    pub(super) trace: Vec<(f64, u64)>,
    /// Moves tried.
    pub(super) iterations: u64,
    told: Instant,
    terminal: bool,
}

impl Clock {
    pub(super) fn new(limit: Option<Duration>, stopped: Arc<AtomicBool>) -> Clock {
        let start = Instant::now();
        let terminal = std::io::stderr().is_terminal();
        Clock { start, limit, stopped, trace: Vec::new(), iterations: 0, told: start, terminal }
    }

    pub(super) fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Notes how many regions there are in the end, and leaves the line of progress.
    pub(super) fn end(&mut self, p: u64) {
        let seconds = self.seconds();
        if self.trace.last().is_none_or(|(_, last)| *last < p) {
            self.trace.push((seconds, p));
        }
        if self.terminal && self.told > self.start {
            eprintln!();
        }
    }
}

impl Watch for Clock {
    fn stop(&mut self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.limit.is_some_and(|limit| self.start.elapsed() >= limit)
    }

    /// Seven tenths of the time are for regions, the rest for the objective.
    fn enough(&mut self) -> bool {
        self.stop() || self.limit.is_some_and(|limit| self.start.elapsed() >= limit.mul_f64(0.7))
    }

    fn progress(&mut self, progress: Progress) {
        let now = Instant::now();
        self.iterations = self.iterations.max(progress.iterations);
        if self.trace.last().is_none_or(|(_, last)| *last < progress.p) {
            self.trace.push(((now - self.start).as_secs_f64(), progress.p));
        }
        let pause = Duration::from_millis(if self.terminal { 200 } else { 2000 });
        if now - self.told < pause {
            return;
        }
        self.told = now;
        let seconds = (now - self.start).as_secs_f64();
        let most = if progress.bound == u64::MAX { String::new() } else { format!(" of at most {}", progress.bound) };
        let moves = if progress.iterations == 0 { String::new() } else { format!(", {} moves", progress.iterations) };
        let line = format!("{seconds:.1} s: {} regions{most}{moves}", progress.p);
        if self.terminal {
            // Over the line before, which may have been longer.
            eprint!("\r{line:<70}");
            let _ = std::io::stderr().flush();
        } else {
            eprintln!("{line}");
        }
    }
}
