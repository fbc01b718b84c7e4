//! Strips too long to be tried whole, with every constraint, against what their intervals make.

use hejian_zoning::graph::Node;
use hejian_zoning::objective::Objective;
use hejian_zoning::problem::{Barrier, Edge, Effort, Problem, Unit, Wanted, solve};
use hejian_zoning::random::Random;
use hejian_zoning::refused::{Constraint, Refused};

use crate::random::cases;

/// A strip of 70 to 110 units, with locks between units near each other.
fn any(seed: u64) -> (Problem, Wanted) {
    let mut random = Random::new(seed);
    let n = 70 + random.below(40);
    let units = (0..n).map(|i| Unit {
        id: i.to_string(),
        size: 5 + random.below(15) as i64,
        population: random.below(40) as f64,
        ..Unit::default()
    });
    let units: Vec<Unit> = units.collect();
    let edge = |b: Node| Edge { a: b - 1, b, border: 1.0, barrier: Barrier::None };
    let near = |random: &mut Random| {
        let a = random.below(n - 4);
        (a as Node, (a + 1 + random.below(3)) as Node)
    };
    let apart = (0..random.below(4)).map(|_| near(&mut random)).collect();
    let together = (0..random.below(4)).map(|_| near(&mut random)).map(|(a, b)| vec![b, a]).collect();
    let threshold = 20 + random.below(20) as i64;
    let wanted = Wanted {
        threshold,
        most: (random.below(2) == 0).then(|| threshold * 3 / 2 + random.below(60) as i64),
        together,
        apart,
        objective: vec![(1.0, Objective::Deviation { target: 60.0 })],
        ..Wanted::default()
    };
    (Problem { edges: (1..n as Node).map(edge).collect(), units, decimals: 0 }, wanted)
}

/// By number of regions the least sum of deviations over all ways to cut the strip; `holds` tells a piece's constraints.
fn cuts(problem: &Problem, wanted: &Wanted) -> Vec<f64> {
    let n = problem.units.len();
    let mut best = vec![vec![f64::INFINITY; n + 1]; n + 1];
    best[0][0] = 0.0;
    for from in 0..n {
        for to in from + 1..=n {
            let holds = |node: Node| (from..to).contains(&(node as usize));
            let size: i64 = problem.units[from..to].iter().map(|unit| unit.size).sum();
            let fits = size >= wanted.threshold
                && wanted.most.is_none_or(|most| size <= most)
                && wanted.together.iter().all(|list| holds(list[0]) == holds(list[1]))
                && !wanted.apart.iter().any(|(a, b)| holds(*a) && holds(*b));
            if fits {
                let people: f64 = problem.units[from..to].iter().map(|unit| unit.population).sum();
                for regions in 0..n {
                    let with = best[from][regions] + (people / 60.0 - 1.0).abs();
                    best[to][regions + 1] = best[to][regions + 1].min(with);
                }
            }
        }
    }
    best.pop().expect("at least nothing")
}

#[test]
fn long_strips_are_cut_as_well_as_can_be_and_refused_only_where_nothing_holds() {
    let (mut met, mut plans, mut refused, mut best, mut unknown) = (0, 0, 0, 0, 0);
    for seed in 0..cases() / 50 {
        let (problem, wanted) = any(seed);
        let truth = cuts(&problem, &wanted);
        let most = (0..truth.len()).rev().find(|regions| truth[*regions].is_finite());
        match solve(&problem, &wanted, Effort::default(), &mut ()) {
            Ok(found) => {
                let plan = &found[0];
                let most = most.unwrap_or_else(|| panic!("seed {seed}: a plan where there is none")) as u64;
                assert!(plan.p <= most && most <= plan.p_upper_bound, "seed {seed}: {} {most}", plan.p);
                assert_eq!(plan.proven, plan.p == plan.p_upper_bound, "seed {seed}");
                met += usize::from(plan.proven);
                plans += 1;
                let value = plan.objective.expect("one is wanted");
                let least = truth[plan.p as usize] / plan.p as f64;
                assert!(value > least - 1e-9, "seed {seed}: {value} below the least {least}");
                assert!(!plan.objective_proven || value < least * 1.00001, "seed {seed}: {value}, least {least}");
                best += usize::from(plan.objective_proven);
            }
            Err(Refused::Conflict { constraints, .. }) => {
                assert_eq!(most, None, "seed {seed}: {constraints:?} is refused where there is a plan");
                assert!(constraints.iter().all(|one| !matches!(one, Constraint::Nested | Constraint::Barriers)));
                refused += 1;
            }
            Err(Refused::NotFound { .. }) => unknown += 1,
            Err(other) => panic!("seed {seed}: {other}"),
        }
    }
    assert!(plans > 25 && refused > 2 && unknown < 3, "{plans} plans, {refused} refused, {unknown} not known");
    assert!(met * 20 > plans * 19 && best * 20 > plans * 19, "{met} and {best} of {plans} proven");
}

#[test]
fn the_same_iterations_and_seed_give_the_same_plans_for_any_threads() {
    for seed in 0..8 {
        let (problem, wanted) = any(seed);
        let wanted = Wanted { plans: 2, ..wanted };
        let with = |threads| {
            let effort = Effort { iterations: Some(20_000), seed: 7, threads };
            solve(&problem, &wanted, effort, &mut ())
        };
        assert_eq!(with(1), with(2), "seed {seed}");
    }
}
