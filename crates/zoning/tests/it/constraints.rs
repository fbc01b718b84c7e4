//! Every constraint on random small maps, against every division there is.

use hejian_zoning::check::{self, Map};
use hejian_zoning::graph::{Graph, Node};
use hejian_zoning::objective::Objective;
use hejian_zoning::plan::{Figures, Plan};
use hejian_zoning::problem::{Barrier, Edge, Effort, Problem, Unit, Wanted, solve};
use hejian_zoning::random::Random;
use hejian_zoning::refused::{Constraint, Refused};

use crate::random::cases;

/// A map of up to eight units with parents and barriers, and any constraints on it.
fn any(seed: u64) -> (Problem, Wanted) {
    let mut random = Random::new(seed);
    let n = 1 + random.below(8);
    let parents = 1 + random.below(3);
    let unit = |i: usize, random: &mut Random| Unit {
        id: i.to_string(),
        size: 1 + random.below(8) as i64,
        population: random.below(40) as f64,
        parent: Some(random.below(parents).to_string()),
        attributes: vec![random.below(9) as f64, random.below(9) as f64],
    };
    let units: Vec<Unit> = (0..n).map(|i| unit(i, &mut random)).collect();
    let mut pairs = std::collections::BTreeSet::new();
    for b in 1..n {
        for _ in 0..random.below(4) {
            pairs.insert((random.below(b) as Node, b as Node));
        }
    }
    let edge = |(a, b): (Node, Node)| Edge {
        a,
        b,
        border: 1.0 + random.below(5) as f64,
        barrier: match random.below(8) {
            0 => Barrier::Forbids,
            1 => Barrier::Price(random.below(5) as f64 / 2.0),
            _ => Barrier::None,
        },
    };
    let edges: Vec<Edge> = pairs.into_iter().map(edge).collect();
    let total: i64 = units.iter().map(|unit| unit.size).sum();
    let threshold = 1 + random.below(1 + total as usize / 2) as i64;
    let node = |random: &mut Random| random.below(n) as Node;
    let list = |random: &mut Random| (0..1 + random.below(3)).map(|_| node(random)).collect::<Vec<Node>>();
    let together = (0..random.below(3)).map(|_| list(&mut random)).collect();
    let apart = (0..random.below(3)).map(|_| (node(&mut random), node(&mut random))).filter(|(a, b)| a != b).collect();
    let objective = match random.below(6) {
        0 => vec![(1.0, Objective::Cut)],
        1 => vec![(1.0, Objective::Border)],
        2 => vec![(1.0, Objective::Squares)],
        3 => vec![(0.5, Objective::Deviation { target: 30.0 }), (2.0, Objective::Cut), (1.0, Objective::Squares)],
        _ => vec![(1.0, Objective::Deviation { target: 30.0 })],
    };
    let wanted = Wanted {
        threshold,
        nested: random.below(2) == 0,
        most: (random.below(2) == 0).then(|| threshold + random.below(1 + total as usize) as i64),
        regions: (random.below(3) == 0).then(|| 1 + random.below(4) as u64),
        together,
        apart,
        objective,
        ..Wanted::default()
    };
    (Problem { units, edges, decimals: 0 }, wanted)
}

/// Which constraints hold.
fn has(problem: &Problem, wanted: &Wanted) -> Vec<Constraint> {
    let mut all: Vec<Constraint> = (0..wanted.together.len()).map(Constraint::Together).collect();
    all.extend((0..wanted.apart.len()).map(Constraint::Apart));
    all.extend(wanted.nested.then_some(Constraint::Nested));
    all.extend(wanted.most.map(|_| Constraint::Most));
    all.extend(wanted.regions.map(|_| Constraint::Regions));
    all.extend(problem.edges.iter().any(|edge| edge.barrier == Barrier::Forbids).then_some(Constraint::Barriers));
    all
}

/// Every division that holds to some of the constraints.
struct Every<'a> {
    problem: &'a Problem,
    wanted: &'a Wanted,
    graph: Graph,
    /// The component of each unit, where it can hold a region.
    live: Vec<Option<usize>>,
    /// The component of each unit.
    part: Vec<usize>,
    set: &'a [Constraint],
}

impl<'a> Every<'a> {
    fn new(problem: &'a Problem, wanted: &'a Wanted, set: &'a [Constraint]) -> Every<'a> {
        let open = Problem {
            edges: problem
                .edges
                .iter()
                .filter(|edge| edge.barrier != Barrier::Forbids || !set.contains(&Constraint::Barriers))
                .map(|edge| Edge { barrier: Barrier::None, ..*edge })
                .collect(),
            ..problem.clone()
        };
        let graph = open.joined(set.contains(&Constraint::Nested));
        let mut live = vec![None; graph.len()];
        let mut part = vec![0; graph.len()];
        for (i, nodes) in graph.components(|_, _| true).iter().enumerate() {
            let enough = nodes.iter().map(|node| graph.size(*node)).sum::<i64>() >= wanted.threshold;
            for node in nodes {
                part[*node as usize] = i;
                live[*node as usize] = enough.then_some(i);
            }
        }
        Every { problem, wanted, graph, live, part, set }
    }

    fn all(&self) -> Vec<Vec<Option<u32>>> {
        let mut found = Vec::new();
        self.go(&mut Vec::new(), 0, &mut found);
        found.retain(|labels| self.holds(labels));
        found
    }

    fn go(&self, labels: &mut Vec<Option<u32>>, next: u32, found: &mut Vec<Vec<Option<u32>>>) {
        if labels.len() == self.graph.len() {
            found.push(labels.clone());
            return;
        }
        let choices = if self.live[labels.len()].is_some() { 0..next + 1 } else { 0..0 };
        if choices.is_empty() {
            labels.push(None);
            self.go(labels, next, found);
            labels.pop();
        }
        for label in choices {
            labels.push(Some(label));
            self.go(labels, next.max(label + 1), found);
            labels.pop();
        }
    }

    fn holds(&self, labels: &[Option<u32>]) -> bool {
        let same = |a: Node, b: Node| labels[a as usize].is_some() && labels[a as usize] == labels[b as usize];
        let mut seen = std::collections::BTreeSet::new();
        for region in self.graph.components(same) {
            let Some(label) = labels[region[0] as usize] else { continue };
            let size: i64 = region.iter().map(|node| self.graph.size(*node)).sum();
            let most = self.wanted.most.filter(|_| self.set.contains(&Constraint::Most)).unwrap_or(i64::MAX);
            if !seen.insert(label) || size < self.wanted.threshold || size > most {
                return false;
            }
        }
        if self.set.contains(&Constraint::Regions) && self.wanted.regions != Some(seen.len() as u64) {
            return false;
        }
        for constraint in self.set {
            match constraint {
                Constraint::Together(i) => {
                    let list = &self.wanted.together[*i];
                    let first = list[0];
                    let without = list.iter().all(|node| {
                        self.live[*node as usize].is_none() && self.part[*node as usize] == self.part[first as usize]
                    });
                    if list.len() > 1 && !without && !list.iter().all(|node| *node == first || same(first, *node)) {
                        return false;
                    }
                }
                Constraint::Apart(i) => {
                    let (a, b) = self.wanted.apart[*i];
                    if same(a, b) {
                        return false;
                    }
                }
                _ => {}
            }
        }
        true
    }

    /// The objective, written down once more.
    fn worth(&self, labels: &[Option<u32>]) -> f64 {
        let figures = Figures::of(self.problem, self.wanted, labels);
        let mut kept = (0.0, 0.0);
        for edge in &self.problem.edges {
            let inside = labels[edge.a as usize].is_some() && labels[edge.a as usize] == labels[edge.b as usize];
            if let (true, Barrier::Price(price)) = (inside, edge.barrier) {
                kept = (kept.0 + price, kept.1 + price * edge.border);
            }
        }
        let all: f64 = self.problem.edges.iter().map(|edge| edge.border).sum();
        let squares: f64 = self.problem.facts().attributes.iter().flatten().map(|value| value * value).sum();
        let alone = self.wanted.objective.len() == 1;
        let share = |value: f64, of: f64| {
            if alone {
                value
            } else if of > 0.0 {
                value / of
            } else {
                0.0
            }
        };
        let figure = |objective: &Objective| match objective {
            Objective::Deviation { .. } => figures.mean_deviation.unwrap_or(0.0),
            Objective::Cut => share(figures.cut_edges as f64 + kept.0, self.problem.edges.len() as f64),
            Objective::Border => share(figures.cut_border + kept.1, all),
            Objective::Squares => figures.wss_ratio.unwrap_or(0.0) * if alone { squares } else { 1.0 },
        };
        let weight = |weight: &f64| if alone { 1.0 } else { *weight };
        self.wanted.objective.iter().map(|(by, objective)| weight(by) * figure(objective)).sum()
    }
}

fn count(labels: &[Option<u32>]) -> u64 {
    labels.iter().flatten().collect::<std::collections::BTreeSet<_>>().len() as u64
}

fn is_best(every: &Every<'_>, all: &[Vec<Option<u32>>], plan: &Plan, seed: u64) {
    let most = all.iter().map(|labels| count(labels)).max().expect("one at least");
    assert!(every.holds(&plan.labels), "seed {seed}: {plan:?}");
    assert_eq!((plan.p, count(&plan.labels)), (most, most), "seed {seed}");
    assert!(
        plan.proven && plan.p <= plan.p_upper_bound && plan.p_upper_bound <= plan.certified,
        "seed {seed}: {plan:?}"
    );
    let same = all.iter().filter(|labels| count(labels) == most);
    let least = same.map(|labels| every.worth(labels)).fold(f64::INFINITY, f64::min);
    let value = plan.objective.expect("one is wanted");
    assert!((value - every.worth(&plan.labels)).abs() < 1e-9, "seed {seed}: {value} is told");
    assert!(plan.objective_proven && (value - least).abs() < 1e-9, "seed {seed}: {value}, least {least}");
    let units = 0..every.graph.len() as Node;
    let map = Map {
        sizes: units.clone().map(|node| every.graph.size(node)).collect(),
        neighbours: units.map(|node| every.graph.neighbours(node).to_vec()).collect(),
    };
    let checked = check::check(&map, every.wanted.threshold, &plan.certificate);
    assert_eq!(checked, Ok(plan.certified), "seed {seed}");
}

/// That the constraints named conflict, and none smaller do.
fn is_smallest(problem: &Problem, wanted: &Wanted, all: &[Constraint], named: &[Constraint], seed: u64) {
    let possible = |set: &[Constraint]| !Every::new(problem, wanted, set).all().is_empty();
    assert!(!possible(named), "seed {seed}: {named:?} do not conflict");
    for mask in 0..1_usize << all.len() {
        if mask.count_ones() as usize + 1 == named.len() {
            let set: Vec<Constraint> = (0..all.len()).filter(|i| mask >> i & 1 == 1).map(|i| all[i]).collect();
            assert!(possible(&set), "seed {seed}: {set:?} conflict already, not only {named:?}");
        }
    }
}

#[test]
fn further_plans_hold_to_the_same_and_differ() {
    let (mut several, mut missed) = (0, 0);
    for seed in 0..cases() / 8 {
        let (problem, wanted) = any(seed);
        let wanted = Wanted { plans: 3, ..wanted };
        let Ok(plans) = solve(&problem, &wanted, Effort::default(), &mut ()) else { continue };
        let set = has(&problem, &wanted);
        let every = Every::new(&problem, &wanted, &set);
        for (i, plan) in plans.iter().enumerate() {
            assert!(every.holds(&plan.labels) && plan.p == plans[0].p, "seed {seed}: {plan:?}");
            assert!(plans[..i].iter().all(|other| other.labels != plan.labels), "seed {seed}: twice the same");
            let value = plan.objective.expect("one is wanted");
            assert!((value - every.worth(&plan.labels)).abs() < 1e-9, "seed {seed}: {value} is told");
            assert!(
                i == 0 || value > plans[i - 1].objective.expect("one is wanted") - 1e-9,
                "seed {seed}: the best first"
            );
        }
        // As many as are asked for, where there are.
        let all = every.all().iter().filter(|labels| count(labels) == plans[0].p).count();
        several += usize::from(all > 1);
        missed += usize::from(plans.len() < all.min(3));
    }
    assert!(several > 10 && missed * 5 < several, "{missed} of {several} are short of plans");
}

#[test]
fn every_plan_is_the_best_of_all_that_hold_and_every_refusal_names_fewest_constraints() {
    let (mut plans, mut refusals, mut bound, mut several) = (0, 0, 0, 0);
    for seed in 0..cases() / 4 {
        let (problem, wanted) = any(seed);
        let set = has(&problem, &wanted);
        let every = Every::new(&problem, &wanted, &set);
        let all = every.all();
        match solve(&problem, &wanted, Effort::default(), &mut ()) {
            Ok(found) => {
                assert!(!all.is_empty(), "seed {seed}: a plan where there is none");
                is_best(&every, &all, &found[0], seed);
                plans += 1;
                bound += usize::from(found[0].p_upper_bound < found[0].certified);
            }
            Err(Refused::Conflict { constraints, least, .. }) => {
                assert!(all.is_empty() && least, "seed {seed}: {constraints:?}");
                is_smallest(&problem, &wanted, &set, &constraints, seed);
                refusals += 1;
                several += usize::from(constraints.len() > 1);
            }
            Err(Refused::Unusable(why)) => assert!(wanted.most.is_some(), "seed {seed}: {why}"),
            Err(other) => panic!("seed {seed}: {other}"),
        }
    }
    assert!(plans > 100 && refusals > 100 && bound > 5 && several > 30, "{plans} {refusals} {bound} {several}");
}
