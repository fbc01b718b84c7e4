//! Constraints that contradict each other, as few as can be: each is left out in turn, and what is still impossible goes on without.
//!
//! The rule that matters: a constraint is named only when leaving it out may help, and "least" is said only when every set of one
//! constraint fewer has a plan.

use crate::graph::Node;
use crate::held::{Attempt, Purpose, attempt};
use crate::problem::{Barrier, Problem, Wanted};
use crate::refused::{Constraint, Refused};
use crate::solve::Effort;
use crate::watch::Watch;

/// Sets of constraints tried at most to show that none is smaller.
const MOST_TRIES: usize = 400;

/// Why a question that has no plan has none. `place` is where that showed.
pub(crate) fn explain(
    problem: &Problem,
    wanted: &Wanted,
    place: Vec<Node>,
    effort: Effort,
    watch: &mut dyn Watch,
) -> Refused {
    let all = constraints(problem, wanted);
    let mut asked = Asked { problem, wanted, effort, watch, place, unsure: false };
    let mut named = all.clone();
    let near = asked.near(&all);
    if near.len() < all.len() && asked.possible(&near) == Some(false) {
        named = near;
    }
    asked.without_needless(&mut named);
    let mut least = named.len() <= 1;
    let mut tries = 0;
    // Where every set of one fewer has a plan, every smaller one has.
    'shorter: while named.len() > 1 {
        for set in subsets(&all, named.len() - 1, MOST_TRIES) {
            tries += 1;
            if tries > MOST_TRIES {
                break 'shorter;
            }
            if asked.possible(&set) == Some(false) {
                named = set;
                asked.without_needless(&mut named);
                continue 'shorter;
            }
        }
        least = subsets(&all, named.len() - 1, MOST_TRIES).len() < MOST_TRIES;
        break;
    }
    let least = (least || named.len() <= 1) && !asked.unsure;
    // The place belongs to the constraints named.
    asked.possible(&named);
    let mut place = asked.place;
    place.sort_unstable();
    Refused::Conflict { constraints: named, least, place }
}

/// All that a question sets, locks first: what is left out first is named least.
fn constraints(problem: &Problem, wanted: &Wanted) -> Vec<Constraint> {
    let mut all: Vec<Constraint> = (0..wanted.together.len()).map(Constraint::Together).collect();
    all.extend((0..wanted.apart.len()).map(Constraint::Apart));
    if problem.edges.iter().any(|edge| edge.barrier == Barrier::Forbids) {
        all.push(Constraint::Barriers);
    }
    if wanted.nested {
        all.push(Constraint::Nested);
    }
    all.extend(wanted.most.map(|_| Constraint::Most));
    all.extend(wanted.regions.map(|_| Constraint::Regions));
    all
}

struct Asked<'a> {
    problem: &'a Problem,
    wanted: &'a Wanted,
    effort: Effort,
    watch: &'a mut dyn Watch,
    place: Vec<Node>,
    unsure: bool,
}

impl Asked<'_> {
    /// Whether there is a plan that holds to these; `None` where that is not known.
    fn possible(&mut self, set: &[Constraint]) -> Option<bool> {
        let has = |constraint: Constraint| set.contains(&constraint);
        let wanted = self.wanted;
        let chosen = Wanted {
            threshold: wanted.threshold,
            nested: has(Constraint::Nested),
            most: wanted.most.filter(|_| has(Constraint::Most)),
            regions: wanted.regions.filter(|_| has(Constraint::Regions)),
            together: kept(&wanted.together, |i| has(Constraint::Together(i))),
            apart: kept(&wanted.apart, |i| has(Constraint::Apart(i))),
            ..Wanted::default()
        };
        match attempt(self.problem, &chosen, has(Constraint::Barriers), Purpose::Whether, self.effort, self.watch) {
            Attempt::Found(_) => Some(true),
            Attempt::Never(place) => {
                self.place = place;
                Some(false)
            }
            Attempt::Unknown(_) => {
                self.unsure = true;
                None
            }
        }
    }

    /// Of the locks only those that touch the place.
    fn near(&self, all: &[Constraint]) -> Vec<Constraint> {
        let here = |node: &Node| self.place.is_empty() || self.place.contains(node);
        let touches = |constraint: &&Constraint| match constraint {
            Constraint::Together(i) => self.wanted.together[*i].iter().any(here),
            Constraint::Apart(i) => here(&self.wanted.apart[*i].0) || here(&self.wanted.apart[*i].1),
            _ => true,
        };
        all.iter().filter(touches).copied().collect()
    }

    /// Leaves out whatever the contradiction does without.
    fn without_needless(&mut self, named: &mut Vec<Constraint>) {
        for constraint in named.clone() {
            let rest: Vec<Constraint> = named.iter().copied().filter(|other| *other != constraint).collect();
            if self.possible(&rest) == Some(false) {
                *named = rest;
            }
        }
    }
}

fn kept<T: Clone>(list: &[T], keeps: impl Fn(usize) -> bool) -> Vec<T> {
    list.iter().enumerate().filter(|(i, _)| keeps(*i)).map(|(_, one)| one.clone()).collect()
}

/// The sets of so many, at most so many of them.
fn subsets(all: &[Constraint], size: usize, most: usize) -> Vec<Vec<Constraint>> {
    let mut found = vec![Vec::new()];
    for _ in 0..size {
        let mut longer = Vec::new();
        for set in &found {
            let after = set.last().map_or(0, |last| all.iter().position(|one| one == last).map_or(0, |at| at + 1));
            for constraint in &all[after..] {
                let mut with: Vec<Constraint> = set.clone();
                with.push(*constraint);
                longer.push(with);
                if longer.len() >= most {
                    break;
                }
            }
        }
        found = longer;
        found.truncate(most);
    }
    found
}
