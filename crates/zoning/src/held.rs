//! One plan that holds to every constraint, with as many regions as can be found, or as many as are asked for.
//!
//! The rule that matters: "never" is said only of what is proven; whoever has found nothing says just that.

use crate::candidates::Limits;
use crate::certificate::Certificate;
use crate::divide::{self, Division, Room, WIDEST};
use crate::fewer;
use crate::graph::{Edge, Graph, Node};
use crate::plan;
use crate::problem::{Problem, Wanted};
use crate::random::Random;
use crate::refine::anew;
use crate::repair::repair;
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

/// Candidates of a component whose every number of regions is tried.
const COUNTED: Room = Room { columns: 100_000, states: 200_000 };
/// Neighbourhoods tried to put a component right, for each of its regions.
const REPAIRS: u64 = 200;

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

    fn size(&self, nodes: &[Node]) -> i64 {
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
        large.map(|node| vec![*node]).or_else(|| self.live.iter().find(tight).cloned())
    }
}

/// The fewest regions a size fits into.
fn fewest(size: i64, high: i64) -> i64 {
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
    let tells = wanted.most.is_none() && wanted.regions.is_none() && held.limits.together.is_empty();
    let tells = tells && wanted.apart.is_empty();
    let mut counting = Counting { watch, objective: !wanted.objective.is_empty(), tells };
    let relaxed = most_regions(&held.graph, wanted.threshold, |_, _| true, effort, &mut counting);
    let certified = relaxed.bound;
    if wanted.regions.is_some_and(|regions| regions > certified) {
        return Attempt::Never(Vec::new());
    }
    let start = if held.limits.together.is_empty() { relaxed.labels.clone() } else { linked(&held, effort, watch) };
    let worth = Worth::new(problem, wanted, wanted.regions.unwrap_or(certified), &held.left_out);
    let rules = Rules { graph: &held.graph, limits: &held.limits, worth: &worth };
    let mut state = State::new(rules, &start);
    let mut random = Random::new(effort.seed);
    let mut bounds = Vec::new();
    for (i, part) in held.live.iter().enumerate() {
        let own = relaxed.certificate.components.get(i).map_or(u64::MAX, |component| component.bound);
        match component(&mut state, part, own, &mut random, watch) {
            Component::Bound(bound) => bounds.push(bound),
            Component::Never => return Attempt::Never(part.clone()),
            Component::Unknown => return Attempt::Unknown(part.clone()),
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
    let of = |part: &Vec<Node>| {
        let mut names: Vec<u32> = part.iter().filter_map(|node| state.region(*node)).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    held.live.iter().map(of).collect()
}

enum Component {
    /// It is divided, and into no more than so many regions can it be.
    Bound(u64),
    Never,
    Unknown,
}

/// Puts a component right with as many regions as can be. `bound`: into no more can it be divided.
fn component(
    state: &mut State<'_>,
    part: &[Node],
    bound: u64,
    random: &mut Random,
    watch: &mut dyn Watch,
) -> Component {
    let mut own: Vec<u32> = part.iter().filter_map(|node| state.region(*node)).collect();
    own.sort_unstable();
    own.dedup();
    let right = |state: &State<'_>, own: &[u32]| own.iter().all(|name| state.cost(*name).wrong == 0.0);
    if right(state, &own) && own.len() as u64 == bound {
        return Component::Bound(bound);
    }
    let limits = state.rules.limits.part(part);
    let graph = state.rules.graph.part(part);
    let size = part.iter().fold(0_i64, |sum, node| sum.saturating_add(graph_size(state, *node)));
    let bound = bound.min((size / limits.low) as u64);
    if part.len() < WIDEST {
        let least = fewest(size, limits.high).max(1) as u64;
        if let Some(counts) = divide::counts(&graph, &limits, COUNTED, &mut || watch.stop()) {
            if counts == 0 {
                return Component::Never;
            }
            let most = u64::from(counts.ilog2());
            return match anew(state, part, most, Room::default(), watch) {
                Division::Best(parts) => {
                    state.replace(&own, &parts);
                    Component::Bound(most)
                }
                _ => Component::Unknown,
            };
        }
        for regions in (least..=bound).rev() {
            match anew(state, part, regions, Room::default(), watch) {
                Division::Best(parts) => {
                    state.replace(&own, &parts);
                    return Component::Bound(regions);
                }
                Division::None if regions == least => return Component::Never,
                Division::None => {}
                Division::TooLarge => break,
            }
        }
    }
    if repair(state, part, bound, REPAIRS, random, watch) { Component::Bound(bound) } else { Component::Unknown }
}

fn graph_size(state: &State<'_>, node: Node) -> i64 {
    state.rules.graph.size(node)
}

/// A division of the map in which units locked together are one, with the units of a shortest way between them.
fn linked(held: &Held, effort: solve::Effort, watch: &mut dyn Watch) -> Vec<Option<u32>> {
    let graph = &held.graph;
    let mut links: Vec<Edge> = Vec::new();
    for list in &held.limits.together {
        let mut reached = vec![list[0]];
        for node in &list[1..] {
            let way = way(graph, *node, &reached);
            links.extend(way.windows(2).map(|pair| Edge { a: pair[0], b: pair[1], border: 0.0 }));
            reached.extend(way);
        }
    }
    let joined = Graph::new(vec![0; graph.len()], &links).components(|_, _| true);
    let mut of = vec![0; graph.len()];
    for (i, part) in joined.iter().enumerate() {
        part.iter().for_each(|node| of[*node as usize] = i as Node);
    }
    let edges: Vec<Edge> =
        graph.edges().map(|edge| Edge { a: of[edge.a as usize], b: of[edge.b as usize], border: 0.0 }).collect();
    let smaller = Graph::new(joined.iter().map(|part| held.size(part)).collect(), &edges);
    let answer = most_regions(
        &smaller,
        held.limits.low,
        |_, _| true,
        effort,
        &mut Counting { watch, objective: false, tells: false },
    );
    of.iter().map(|place| answer.labels[*place as usize]).collect()
}

/// A shortest way from a unit to one of those reached.
fn way(graph: &Graph, from: Node, to: &[Node]) -> Vec<Node> {
    let mut before: Vec<Option<Node>> = vec![None; graph.len()];
    before[from as usize] = Some(from);
    let mut open = std::collections::VecDeque::from([from]);
    while let Some(node) = open.pop_front() {
        if to.contains(&node) {
            let mut way = vec![node];
            let mut at = node;
            while let Some(next) = before[at as usize].filter(|next| *next != at) {
                way.push(next);
                at = next;
            }
            return way;
        }
        for next in graph.neighbours(node) {
            if before[*next as usize].is_none() {
                before[*next as usize] = Some(node);
                open.push_back(*next);
            }
        }
    }
    vec![from]
}
