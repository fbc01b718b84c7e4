//! A plan while it is worked on: regions with their units, sizes and what their worth is computed from.
//!
//! The rule that matters: a region is changed here and nowhere else, so that its sums are always those of its units.

use crate::candidates::Limits;
use crate::graph::{Graph, Node};
use crate::worth::{Totals, Worth};

const NONE: u32 = u32::MAX;

/// What regions are held against.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// Borders that may lie within a region.
    pub graph: &'a Graph,
    /// Sizes and locks, over all units.
    pub limits: &'a Limits,
    pub worth: &'a Worth,
}

/// How far a region is from what it must be, in regions of the least size and in locks; then what it adds to the objective.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cost {
    pub wrong: f64,
    pub worth: f64,
}

/// Smaller differences are noise of sums.
const NOISE: f64 = 1e-9;

impl Cost {
    pub fn beats(self, other: Cost) -> bool {
        self.wrong < other.wrong - NOISE || (self.wrong < other.wrong + NOISE && self.worth < other.worth - NOISE)
    }

    pub fn plus(self, other: Cost) -> Cost {
        Cost { wrong: self.wrong + other.wrong, worth: self.worth + other.worth }
    }
}

/// Locks by the units they bind.
struct Bound {
    lists: Vec<Vec<u32>>,
    apart: Vec<Vec<Node>>,
}

pub(crate) struct State<'a> {
    pub rules: Rules<'a>,
    label: Vec<u32>,
    members: Vec<Vec<Node>>,
    sizes: Vec<i64>,
    totals: Vec<Totals>,
    costs: Vec<Cost>,
    bound: Bound,
    mark: Vec<u32>,
    round: u32,
}

impl<'a> State<'a> {
    pub fn new(rules: Rules<'a>, labels: &[Option<u32>]) -> State<'a> {
        let n = labels.len();
        let mut bound = Bound { lists: vec![Vec::new(); n], apart: vec![Vec::new(); n] };
        for (i, list) in rules.limits.together.iter().enumerate() {
            list.iter().for_each(|node| bound.lists[*node as usize].push(i as u32));
        }
        for (a, b) in &rules.limits.apart {
            bound.apart[*a as usize].push(*b);
            bound.apart[*b as usize].push(*a);
        }
        let label = labels.iter().map(|label| label.unwrap_or(NONE)).collect();
        let members = crate::worth::regions_of(labels);
        let mut state = State {
            rules,
            label,
            sizes: vec![0; members.len()],
            totals: vec![Totals::default(); members.len()],
            costs: vec![Cost::default(); members.len()],
            members,
            bound,
            mark: vec![0; n],
            round: 0,
        };
        (0..state.members.len() as u32).for_each(|region| state.sum(region));
        state
    }

    pub fn labels(&self) -> Vec<Option<u32>> {
        self.label.iter().map(|label| Some(*label).filter(|label| *label != NONE)).collect()
    }

    pub fn members(&self, region: u32) -> &[Node] {
        &self.members[region as usize]
    }

    pub fn region(&self, node: Node) -> Option<u32> {
        Some(self.label[node as usize]).filter(|label| *label != NONE)
    }

    pub fn size(&self, region: u32) -> i64 {
        self.sizes[region as usize]
    }

    pub fn cost(&self, region: u32) -> Cost {
        self.costs[region as usize]
    }

    /// What a region of these units would cost.
    pub fn would_cost(&self, region: &[Node]) -> Cost {
        let size = region.iter().fold(0_i64, |sum, node| sum.saturating_add(self.rules.graph.size(*node)));
        Cost { wrong: self.wrong(size, region), worth: self.rules.worth.of(region) }
    }

    /// Regions that adjoin one, in rising order.
    pub fn around(&self, region: u32) -> Vec<u32> {
        let near = self.members(region).iter().flat_map(|node| self.rules.graph.neighbours(*node));
        let mut around: Vec<u32> =
            near.map(|node| self.label[*node as usize]).filter(|label| *label != NONE && *label != region).collect();
        around.sort_unstable();
        around.dedup();
        around
    }

    /// What two regions would cost together after a unit has gone from its own to another; `None` where its own would fall apart
    /// or be left empty.
    pub fn shifted(&mut self, node: Node, to: u32) -> Option<Cost> {
        let from = self.label[node as usize];
        if from == to || !self.holds_without(node) {
            return None;
        }
        let size = self.rules.graph.size(node);
        let (mut left, mut joined) = (self.totals[from as usize].clone(), self.totals[to as usize].clone());
        let label = &self.label;
        self.rules.worth.remove(&mut left, node, |other| label[other as usize] == from);
        self.rules.worth.add(&mut joined, node, |other| label[other as usize] == to);
        let (mut stays, mut goes) = (Vec::new(), Vec::new());
        if self.locked() {
            stays.extend(self.members(from).iter().copied().filter(|other| *other != node));
            goes.extend(self.members(to).iter().copied().chain([node]));
        }
        let left_wrong = self.wrong(self.sizes[from as usize] - size, &stays);
        let joined_wrong = self.wrong(self.sizes[to as usize] + size, &goes);
        let worth = self.rules.worth.of_totals(&left) + self.rules.worth.of_totals(&joined);
        Some(Cost { wrong: left_wrong + joined_wrong, worth })
    }

    /// Moves a unit to another region.
    pub fn shift(&mut self, node: Node, to: u32) {
        let from = self.label[node as usize];
        self.members[from as usize].retain(|other| *other != node);
        self.members[to as usize].push(node);
        self.label[node as usize] = to;
        self.sum(from);
        self.sum(to);
    }

    /// Replaces regions by others over the same units; names without a part are left empty, parts without a name get a new one.
    pub fn replace(&mut self, names: &[u32], parts: &[Vec<Node>]) {
        for (i, part) in parts.iter().enumerate() {
            let name = names.get(i).copied().unwrap_or_else(|| {
                self.members.push(Vec::new());
                self.sizes.push(0);
                self.totals.push(Totals::default());
                self.costs.push(Cost::default());
                self.members.len() as u32 - 1
            });
            part.iter().for_each(|node| self.label[*node as usize] = name);
            self.members[name as usize] = part.clone();
            self.sum(name);
        }
        for name in names.iter().skip(parts.len()) {
            self.members[*name as usize].clear();
            self.sum(*name);
        }
    }

    fn sum(&mut self, region: u32) {
        let mut totals = Totals::default();
        let mut size = 0_i64;
        self.round += 1;
        for node in &self.members[region as usize] {
            let (mark, round) = (&self.mark, self.round);
            self.rules.worth.add(&mut totals, *node, |other| mark[other as usize] == round);
            self.mark[*node as usize] = self.round;
            size = size.saturating_add(self.rules.graph.size(*node));
        }
        let wrong = match self.members[region as usize].is_empty() {
            true => 0.0,
            false => self.wrong(size, self.members(region)),
        };
        self.costs[region as usize] = Cost { wrong, worth: self.rules.worth.of_totals(&totals) };
        self.sizes[region as usize] = size;
        self.totals[region as usize] = totals;
    }

    fn locked(&self) -> bool {
        !self.rules.limits.together.is_empty() || !self.rules.limits.apart.is_empty()
    }

    /// How far a region of these units is from what it must be: in regions of the least size, in pairs that it should not hold,
    /// and in shares of lists that it does not hold.
    fn wrong(&self, size: i64, members: &[Node]) -> f64 {
        let limits = self.rules.limits;
        let mut wrong = (limits.low - size).max(size - limits.high).max(0) as f64 / limits.low as f64;
        if self.locked() {
            let mut lists: Vec<u32> = Vec::new();
            for node in members {
                let met = self.bound.apart[*node as usize].iter();
                wrong += met.filter(|other| *other > node && members.contains(other)).count() as f64;
                lists.extend(&self.bound.lists[*node as usize]);
            }
            lists.sort_unstable();
            for held in lists.chunk_by(|a, b| a == b) {
                wrong += 1.0 - held.len() as f64 / limits.together[held[0] as usize].len() as f64;
            }
        }
        wrong
    }

    /// Whether a unit's region is more than the unit and stays connected without it.
    fn holds_without(&mut self, node: Node) -> bool {
        let region = self.label[node as usize];
        let graph = self.rules.graph;
        let of = self.members[region as usize].len();
        let mut ends = graph.neighbours(node).iter().filter(|other| self.label[**other as usize] == region);
        let Some(start) = ends.next() else { return false };
        if ends.next().is_none() {
            return of > 1;
        }
        self.round += 1;
        self.mark[node as usize] = self.round;
        self.mark[*start as usize] = self.round;
        let mut reach = vec![*start];
        let mut seen = 1;
        while let Some(at) = reach.pop() {
            for next in graph.neighbours(at) {
                if self.label[*next as usize] == region && self.mark[*next as usize] != self.round {
                    self.mark[*next as usize] = self.round;
                    reach.push(*next);
                    seen += 1;
                }
            }
        }
        seen == of - 1
    }
}
