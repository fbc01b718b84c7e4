//! Whoever looks on while a map is solved: is asked whether to stop and told how far it is.
//!
//! The rule that matters: the clock is the caller's. What was found when `stop` says so is the answer of the same sequence, cut off.

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Regions found so far, over all components.
    pub p: u64,
    /// No division has more, as far as is proven by now.
    pub bound: u64,
    /// Moves tried so far.
    pub iterations: u64,
}

/// Whoever looks on. `()` lets it run to its end and wants to know nothing.
pub trait Watch {
    /// Whether to stop here.
    fn stop(&mut self) -> bool;
    /// Asked while regions are still looked for and an objective comes after: whether to leave it at those found and go on.
    fn enough(&mut self) -> bool {
        self.stop()
    }
    /// Told now and then, and whenever there is one region more.
    fn progress(&mut self, progress: Progress);
}

impl Watch for () {
    fn stop(&mut self) -> bool {
        false
    }

    fn progress(&mut self, _: Progress) {}
}

/// Looks on for another while regions are looked for: it may say that those found are enough.
pub(crate) struct Counting<'w> {
    pub watch: &'w mut dyn Watch,
    /// Whether an objective comes after.
    pub objective: bool,
    /// Whether what is found will be a plan as it is, so that it may be told.
    pub tells: bool,
    /// So many regions are enough.
    pub goal: Option<u64>,
}

impl Watch for Counting<'_> {
    fn stop(&mut self) -> bool {
        self.goal == Some(0) || if self.objective { self.watch.enough() } else { self.watch.stop() }
    }

    fn progress(&mut self, progress: Progress) {
        if self.goal.is_some_and(|goal| progress.p >= goal) {
            self.goal = Some(0);
        }
        if self.tells {
            self.watch.progress(progress);
        }
    }
}
