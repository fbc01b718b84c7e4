//! The model check: every way through a lifecycle is walked, with the same [`step()`] that the product takes.
//!
//! Two walks. The first knows the state and who of several people did the transitions that rules name; it finds what is
//! unreachable, ownerless or a dead end. The second follows one person among any number of others, once for every rule for
//! two, and sees every way in which that person could do both sides. A person may hold every right (posts add up), so
//! rights do not limit the walks. Both are exhaustive: with s states and p transitions named in rules they have at most some
//! s·4^p nodes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use uuid::Uuid;

use super::step::{Done, Situation, step};
use super::{Finding, Lifecycle, Owner, Requirement, Transition};

/// Walks a lifecycle and tells everything wrong with it; empty when it is sound.
///
/// Mistakes of writing (unknown or doubled keys) are told first and alone, because a walk over them would mislead.
#[must_use]
pub fn check(lifecycle: &Lifecycle) -> Vec<Finding> {
    let mut findings = written(lifecycle);
    if findings.is_empty() {
        findings.extend(walk_states(lifecycle));
        findings.extend(walk_one_person(lifecycle));
    }
    findings.into_iter().collect()
}

fn written(lifecycle: &Lifecycle) -> BTreeSet<Finding> {
    let mut findings = BTreeSet::new();
    if lifecycle.states.is_empty() {
        findings.insert(Finding::Empty);
    }
    let mut seen = BTreeSet::new();
    for state in lifecycle.states.iter().filter(|state| !seen.insert(state.key)) {
        findings.insert(Finding::DuplicateState { state: state.key });
    }
    let mut seen = BTreeSet::new();
    for t in lifecycle.transitions {
        if !seen.insert(t.key) {
            findings.insert(Finding::DuplicateTransition { transition: t.key });
        }
        if t.right.is_empty() {
            findings.insert(Finding::NoRight { transition: t.key });
        }
        for state in t.from.iter().chain([&t.to]).filter(|state| lifecycle.state(state).is_none()) {
            findings.insert(Finding::UnknownState { transition: t.key, state });
        }
        for other in named(t).filter(|other| lifecycle.transition(other).is_none()) {
            findings.insert(Finding::UnknownTransition { transition: t.key, other });
        }
    }
    findings
}

/// The transitions that the rules about persons of `transition` name.
fn named(transition: &Transition) -> impl Iterator<Item = &'static str> {
    transition.requires.iter().filter_map(|requirement| match requirement {
        Requirement::SecondPerson(other) | Requirement::SamePerson(other) => Some(*other),
        _ => None,
    })
}

/// A rule for two: `second` needs another person than `first`.
#[derive(Clone, Copy)]
struct Rule {
    first: &'static str,
    second: &'static Transition,
    /// Whether the second side ends the work.
    ends: bool,
}

impl Rule {
    /// Whether `t` is the second side: the guarded transition, or another way of bringing `unconfirmed` work to where the
    /// guarded one leads. A way round it is the same deed under another name; a way back to work under way is not, nor
    /// is a withdrawal by whoever did the first side.
    fn is_second(self, t: &Transition, from: &str, unconfirmed: bool) -> bool {
        let leads_there = t.to == self.second.to && t.to != from && t.key != self.first;
        let undoes = t.requires.contains(&Requirement::SamePerson(self.first));
        t.key == self.second.key || (unconfirmed && leads_there && !undoes && (t.forward || self.ends))
    }
}

/// Who did a transition that a rule names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Doers {
    /// The person followed did it, at some time.
    one: bool,
    /// That person did it last; otherwise somebody else.
    one_last: bool,
}

/// A place on the walk: where the record is, who did what the rules name, and the sides of the rule followed.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    state: &'static str,
    done: BTreeMap<&'static str, Doers>,
    /// The first side was done and nothing has confirmed it since.
    unconfirmed: bool,
    /// The person followed did the first side.
    one_first: bool,
    /// The transition by which that person did the second side.
    one_second: Option<&'static str>,
}

const ONE: Uuid = Uuid::from_u128(1);
const ANOTHER: Uuid = Uuid::from_u128(2);
const SOMEBODY_NEW: Uuid = Uuid::from_u128(3);

impl Node {
    fn history(&self) -> Vec<Done> {
        let done = |key: &str, person| Done { transition: key.to_owned(), person: Some(person) };
        let both = self.done.iter().flat_map(|(key, doers)| {
            let earlier = doers.one.then(|| done(key, ONE));
            earlier.into_iter().chain([done(key, if doers.one_last { ONE } else { ANOTHER })])
        });
        both.collect()
    }

    /// The place after `t`, and what the person followed did of the other side before, if `t` makes it both.
    fn after(&self, t: &Transition, one: bool, names: bool, rule: Option<Rule>) -> (Node, Option<&'static str>) {
        let mut next = Node { state: t.to, ..self.clone() };
        if names {
            let doers = next.done.entry(t.key).or_default();
            *doers = Doers { one: doers.one || one, one_last: one };
        }
        let Some(rule) = rule else { return (next, None) };
        if t.key == rule.first {
            next.unconfirmed = true;
            next.one_first |= one;
            return (next, self.one_second.filter(|_| one));
        }
        if !rule.is_second(t, self.state, self.unconfirmed) {
            return (next, None);
        }
        next.unconfirmed = false;
        if one {
            next.one_second = next.one_second.or(Some(t.key));
        }
        (next, Some(rule.first).filter(|_| one && self.one_first))
    }
}

/// Two transitions one person did, in their order.
type Pair = (&'static str, &'static str);

/// Everything reachable from the start, each node with one shortest path to it, and the transitions between nodes; for a
/// rule, the ways in which one person does both sides.
struct Walk {
    nodes: BTreeMap<Node, Vec<&'static str>>,
    edges: Vec<(Node, &'static Transition, Node)>,
    both: BTreeMap<Pair, Vec<&'static str>>,
}

fn walk(lifecycle: &Lifecycle, rule: Option<Rule>) -> Walk {
    let names: BTreeSet<_> = lifecycle.transitions.iter().flat_map(named).collect();
    // Of the others, one has done everything that others did and one has done nothing yet; either may be who is needed.
    let persons = if rule.is_some() { &[ONE, ANOTHER, SOMEBODY_NEW][..] } else { &[ANOTHER, SOMEBODY_NEW] };
    let start = Node { state: lifecycle.start(), ..Node::default() };
    let mut found =
        Walk { nodes: BTreeMap::from([(start.clone(), Vec::new())]), edges: Vec::new(), both: BTreeMap::new() };
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        let history = node.history();
        for t in lifecycle.transitions {
            for person in persons {
                let now = Situation {
                    state: node.state,
                    holds: &|_| true,
                    person: Some(*person),
                    done: &history,
                    filled: &|_| true,
                    attached: &|_| true,
                };
                if step(lifecycle, &now, t.key, "given").is_err() {
                    continue;
                }
                let (next, before) = node.after(t, *person == ONE, names.contains(t.key), rule);
                let mut path = found.nodes[&node].clone();
                path.push(t.key);
                if let Some(before) = before {
                    found.both.entry((before, t.key)).or_insert_with(|| path.clone());
                }
                if !found.nodes.contains_key(&next) {
                    found.nodes.insert(next.clone(), path);
                    open.push_back(next.clone());
                }
                found.edges.push((node.clone(), t, next));
            }
        }
    }
    found
}

fn walk_states(lifecycle: &Lifecycle) -> BTreeSet<Finding> {
    let walked = walk(lifecycle, None);
    let mut findings = BTreeSet::new();
    let reached: BTreeSet<_> = walked.nodes.keys().map(|node| node.state).collect();
    for state in lifecycle.states {
        let opens = |right| lifecycle.transitions.iter().any(|t| t.from.contains(&state.key) && t.right == right);
        match state.owner {
            _ if !reached.contains(state.key) => findings.insert(Finding::Unreachable { state: state.key }),
            Owner::Nobody if state.end => continue,
            _ if state.end => findings.insert(Finding::OwnedEnd { state: state.key }),
            Owner::Nobody | Owner::Holder("") => findings.insert(Finding::NoOwner { state: state.key }),
            Owner::Holder(right) if !opens(right) => findings.insert(Finding::IdleOwner { state: state.key, right }),
            Owner::Holder(_) => continue,
        };
    }
    let possible: BTreeSet<_> = walked.edges.iter().map(|(_, t, _)| t.key).collect();
    for t in lifecycle.transitions.iter().filter(|t| !possible.contains(t.key)) {
        // From a state that no path reaches, the state is the finding.
        if t.from.iter().any(|from| reached.contains(from)) {
            findings.insert(Finding::NeverPossible { transition: t.key });
        }
    }
    // Backwards from the ends: what is never met cannot come to one.
    let is_end = |node: &&Node| lifecycle.state(node.state).is_some_and(|state| state.end);
    let mut ending: BTreeSet<&Node> = walked.nodes.keys().filter(is_end).collect();
    loop {
        let before = ending.len();
        ending.extend(
            walked.edges.iter().filter(|(_, _, to)| ending.contains(to)).map(|(from, _, _)| from).collect::<Vec<_>>(),
        );
        if ending.len() == before {
            break;
        }
    }
    let stuck = walked.nodes.iter().filter(|(node, _)| !ending.contains(node));
    let stuck = shortest(stuck.map(|(node, path)| (node.state, path.clone())));
    findings.extend(stuck.into_iter().map(|(state, path)| Finding::DeadEnd { state, path }));
    findings
}

fn walk_one_person(lifecycle: &Lifecycle) -> BTreeSet<Finding> {
    let rules = lifecycle.transitions.iter().flat_map(|second| {
        let ends = lifecycle.state(second.to).is_some_and(|state| state.end);
        second.requires.iter().filter_map(move |requirement| match requirement {
            Requirement::SecondPerson(first) => Some(Rule { first, second, ends }),
            _ => None,
        })
    });
    let both = shortest(rules.flat_map(|rule| walk(lifecycle, Some(rule)).both));
    both.into_iter().map(|((first, second), path)| Finding::OnePerson { first, second, path }).collect()
}

/// The shortest path of each key.
fn shortest<K: Ord>(paths: impl Iterator<Item = (K, Vec<&'static str>)>) -> BTreeMap<K, Vec<&'static str>> {
    let mut out: BTreeMap<K, Vec<&'static str>> = BTreeMap::new();
    for (key, path) in paths {
        match out.entry(key) {
            std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(path)),
            std::collections::btree_map::Entry::Occupied(mut known) if path.len() < known.get().len() => {
                known.insert(path);
            }
            std::collections::btree_map::Entry::Occupied(_) => {}
        }
    }
    out
}
