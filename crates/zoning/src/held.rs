//! One plan that holds to every constraint, with as many regions as can be found, or as many as are asked for.
//!
//! The rule that matters: "never" is said only of what is proven; whoever has found nothing says just that.

use crate::candidates::{self, Limits};
use crate::certificate::Certificate;

use crate::fewer;
use crate::graph::{Edge, Graph, Node};
use crate::linked::{Linked, linked};
use crate::plan;
use crate::problem::{Problem, Wanted};
use crate::random::Random;
use crate::settle::{Settled, settle};
use crate::solve::{self, most_regions};
use crate::state::{Rules, State};
use crate::watch::{Counting, Watch};
use crate::worth::Worth;

/// What the constraints leave of a map.
pub(crate) struct Held {
    pub graph: Graph,
    pub limits: Limits,
    pub left_out: Vec<bool>,
    pub too_small: Vec<Vec<Node>>,
    pub islands: Vec<Node>,
    pub live: Vec<Vec<Node>>,
}

/// A plan, or why there is none.
pub(crate) enum Attempt {
    Found(Box<Found>),
    /// There is none; the component where that shows.
    Never(Vec<Node>),
    /// None was found.
    Unknown(Vec<Node>),
}

/// What a plan is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be answered.
    Plan,
    /// To know whether there is one.
    Whether,
}

pub(crate) struct Found {
    pub held: Held,
    pub labels: Vec<Option<u32>>,
    pub p: u64,
    pub bound: u64,
    pub certificate: Certificate,
    pub certified: u64,
    /// Whether no other spread of the regions over the components can be better.
    pub spread: bool,
    /// Moves tried while regions were looked for, and how many there were then.
    pub trace: Vec<(u64, u64)>,
}

impl Held {
    pub fn new(problem: &Problem, wanted: &Wanted, barriers: bool) -> Held {
        let graph = problem.joined_where(wanted.nested, barriers);
        let (too_small, islands) = plan::left_out(&graph, wanted.threshold);
        let mut left_out = vec![false; graph.len()];
        too_small.iter().flatten().for_each(|node| left_out[*node as usize] = true);
        let live = graph.components(|_, _| true).into_iter().filter(|part| !left_out[part[0] as usize]).collect();
        let limits = Limits {
            low: wanted.threshold,
            high: wanted.most.unwrap_or(i64::MAX),
            together: joined_lists(graph.len(), &wanted.together),
            apart: wanted.apart.clone(),
            prices: None,
        };
        Held { graph, limits, left_out, too_small, islands, live }
    }

    pub fn size(&self, nodes: &[Node]) -> i64 {
        nodes.iter().fold(0, |sum, node| sum.saturating_add(self.graph.size(*node)))
    }

    /// Contradictions that show without any search; the component of one. Locks that bind nothing are let go.
    fn contradiction(&mut self) -> Option<Vec<Node>> {
        let mut component = vec![None; self.graph.len()];
        for (i, part) in self.live.iter().enumerate() {
            part.iter().for_each(|node| component[*node as usize] = Some(i));
        }
        // Units of one component too small for a region are without one, whatever is locked there.
        let whole = self.too_small.clone();
        self.limits.together.retain(|list| !whole.iter().any(|part| list.iter().all(|node| part.contains(node))));
        self.limits
            .apart
            .retain(|(a, b)| component[*a as usize].is_some() && component[*a as usize] == component[*b as usize]);
        for list in &self.limits.together {
            let own = component[list[0] as usize];
            if own.is_none() || list.iter().any(|node| component[*node as usize] != own) {
                return Some(own.map_or_else(|| list.clone(), |own| self.live[own].clone()));
            }
            let apart = self.limits.apart.iter().any(|(a, b)| list.contains(a) && list.contains(b));
            if apart || self.size(list) > self.limits.high {
                return own.map(|own| self.live[own].clone());
            }
        }
        let (low, high) = (self.limits.low, self.limits.high);
        let large = self.live.iter().flatten().find(|node| self.graph.size(**node) > high);
        let tight = |part: &&Vec<Node>| fewest(self.size(part), high) > self.size(part) / low;
        let lost = || {
            let bound = high < i64::MAX || !self.limits.apart.is_empty();
            let all = self.live.iter().flatten().filter(|_| bound);
            all.copied().find(|node| candidates::lies_in_one(&self.graph, &self.limits, *node) == Some(false))
        };
        let large = large.copied().or_else(lost);
        large.map(|node| vec![node]).or_else(|| self.live.iter().find(tight).cloned())
    }
}

/// The fewest regions a size fits into.
pub(crate) fn fewest(size: i64, high: i64) -> i64 {
    size / high + i64::from(size % high > 0)
}

/// Lists that share a unit are one.
fn joined_lists(units: usize, lists: &[Vec<Node>]) -> Vec<Vec<Node>> {
    let edges: Vec<Edge> = lists
        .iter()
        .flat_map(|list| list.windows(2).map(|pair| Edge { a: pair[0], b: pair[1], border: 0.0 }))
        .collect();
    let parts = Graph::new(vec![0; units], &edges).components(|_, _| true);
    parts.into_iter().filter(|part| part.len() > 1).collect()
}

/// Looks for a plan.
pub(crate) fn attempt(
    problem: &Problem,
    wanted: &Wanted,
    barriers: bool,
    purpose: Purpose,
    effort: solve::Effort,
    watch: &mut dyn Watch,
) -> Attempt {
    let mut held = Held::new(problem, wanted, barriers);
    if let Some(place) = held.contradiction() {
        return Attempt::Never(place);
    }
    let fewest: i64 = held.live.iter().map(|part| fewest(held.size(part), held.limits.high)).sum();
    let trivial: i64 = held.live.iter().map(|part| held.size(part) / wanted.threshold).sum();
    if wanted.regions.is_some_and(|regions| regions < fewest as u64 || regions > trivial as u64) {
        return Attempt::Never(Vec::new());
    }
    let free = wanted.most.is_none() && held.limits.together.is_empty() && held.limits.apart.is_empty();
    let tells = free && wanted.regions.is_none();
    let goal = match purpose {
        Purpose::Plan => wanted.regions.filter(|_| free),
        Purpose::Whether => Some(wanted.regions.unwrap_or(0)),
    };
    let mut counting = Counting { watch, objective: !wanted.objective.is_empty(), tells, goal };
    let relaxed = most_regions(&held.graph, wanted.threshold, |_, _| true, effort, &mut counting);
    let certified = relaxed.bound;
    if wanted.regions.is_some_and(|regions| regions > certified) {
        return Attempt::Never(Vec::new());
    }
    let locked = !held.limits.together.is_empty();
    let linked =
        if locked { linked(&held, effort, watch) } else { Linked { labels: relaxed.labels, bounds: Vec::new() } };
    let worth = Worth::new(problem, wanted, wanted.regions.unwrap_or(certified), &held.left_out);
    let rules = Rules { graph: &held.graph, limits: &held.limits, worth: &worth };
    let mut state = State::new(rules, &linked.labels);
    let mut random = Random::new(effort.seed);
    let mut bounds = Vec::new();
    for (i, part) in held.live.iter().enumerate() {
        let own = relaxed.certificate.components.get(i).map_or(u64::MAX, |component| component.bound);
        let own = linked.bounds.get(i).map_or(own, |bound| own.min(*bound));
        match settle(&mut state, part, own, &mut random, watch) {
            Settled::Bound(bound) => bounds.push(bound),
            Settled::Never => return Attempt::Never(part.clone()),
            Settled::Unknown => return Attempt::Unknown(part.clone()),
        }
    }
    let bound = bounds.iter().sum();
    let mut p = names(&state, &held).iter().map(|names| names.len() as u64).sum();
    let mut spread = p == bound;
    if let Some(regions) = wanted.regions.filter(|regions| *regions != p) {
        match fewer::reach(&mut state, &held, regions, bound, &mut random, watch) {
            fewer::Reached::Yes { best } => (p, spread) = (regions, best),
            fewer::Reached::Never => return Attempt::Never(Vec::new()),
            fewer::Reached::Unknown => return Attempt::Unknown(Vec::new()),
        }
    }
    let mut labels = state.labels();
    crate::regions::renumber(&mut labels);
    let solve::Answer { certificate, trace, .. } = relaxed;
    Attempt::Found(Box::new(Found { held, labels, p, bound, certificate, certified, spread, trace }))
}

/// Names of the regions of each live component.
pub(crate) fn names(state: &State<'_>, held: &Held) -> Vec<Vec<u32>> {
    held.live.iter().map(|part| names_of(state, part)).collect()
}

/// Names of the regions of some units, rising.
pub(crate) fn names_of(state: &State<'_>, part: &[Node]) -> Vec<u32> {
    let mut names: Vec<u32> = part.iter().filter_map(|node| state.region(*node)).collect();
    names.sort_unstable();
    names.dedup();
    names
}
