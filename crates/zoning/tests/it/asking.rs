//! Whole questions: a map, what is wanted, and the plans that come back.

use hejian_zoning::objective::Objective;
use hejian_zoning::problem::{Barrier, Edge, Effort, Problem, Unit, Wanted, solve};
use hejian_zoning::refused::Refused;

/// A strip of units of one size, three to a parent.
pub fn strip(n: u32) -> Problem {
    let unit = |i: u32| Unit {
        id: format!("U{i}"),
        size: 10,
        population: f64::from(20 + i),
        parent: Some(format!("P{}", i / 3)),
        attributes: vec![f64::from(i * i)],
    };
    let edge = |b: u32| Edge { a: b - 1, b, border: 2.0, barrier: Barrier::None };
    Problem { units: (0..n).map(unit).collect(), edges: (1..n).map(edge).collect(), decimals: 0 }
}

#[test]
fn a_plan_tells_its_regions_its_bound_and_its_figures() {
    let problem = strip(6);
    let wanted =
        Wanted { threshold: 20, objective: vec![(1.0, Objective::Deviation { target: 45.0 })], ..Wanted::default() };
    let plans = solve(&problem, &wanted, Effort::default(), &mut ()).expect("a plan");
    let plan = &plans[0];
    assert_eq!((plan.p, plan.p_upper_bound, plan.proven, plan.objective_proven), (3, 3, true, true));
    assert_eq!(plan.labels, [0, 0, 1, 1, 2, 2].map(Some));
    assert_eq!((plan.figures.cut_edges, plan.figures.cut_border), (2, 4.0));
    // 41, 45 and 49 people.
    let deviation = (4.0 / 45.0 + 4.0 / 45.0) / 3.0;
    assert!((plan.figures.mean_deviation.expect("a target") - deviation).abs() < 1e-12);
    assert!((plan.objective.expect("one") - deviation).abs() < 1e-12);
}

#[test]
fn inside_parents_what_is_too_small_is_told() {
    let wanted = Wanted { threshold: 20, nested: true, ..Wanted::default() };
    let plan = solve(&strip(7), &wanted, Effort::default(), &mut ()).expect("a plan").remove(0);
    assert_eq!((plan.p, plan.too_small, plan.islands), (2, vec![vec![6]], vec![6]));
    assert_eq!((plan.labels[6], plan.objective, plan.objective_proven), (None, None, false));
}

#[test]
fn what_cannot_be_asked_is_refused_by_name() {
    let wanted = Wanted { threshold: 20, ..Wanted::default() };
    let why = |problem: &Problem, wanted: &Wanted| match solve(problem, wanted, Effort::default(), &mut ()) {
        Err(Refused::Unusable(why)) => why,
        other => panic!("{other:?}"),
    };
    let on_map = |change: &dyn Fn(&mut Problem)| {
        let mut problem = strip(3);
        change(&mut problem);
        why(&problem, &wanted)
    };
    assert!(on_map(&|map| map.units[1].size = -1).contains("U1"));
    assert!(on_map(&|map| map.units[1].size = i64::MAX).contains("too large"));
    assert!(on_map(&|map| map.units[2].population = f64::NAN).contains("U2"));
    assert!(on_map(&|map| map.units[2].attributes.clear()).contains("U2"));
    assert!(on_map(&|map| map.edges[0].b = 3).contains("border"));
    assert!(on_map(&|map| map.edges[0].barrier = Barrier::Price(-1.0)).contains("barrier"));
    let asked = |wanted: Wanted| why(&strip(3), &wanted);
    assert!(asked(Wanted { threshold: 0, ..wanted.clone() }).contains("threshold"));
    assert!(asked(Wanted { most: Some(19), ..wanted.clone() }).contains("19"));
    assert!(asked(Wanted { regions: Some(0), ..wanted.clone() }).contains("0 regions"));
    assert!(asked(Wanted { apart: vec![(1, 1)], ..wanted.clone() }).contains("U1"));
    assert!(asked(Wanted { together: vec![vec![0, 9]], ..wanted.clone() }).contains("lock"));
    assert!(asked(Wanted { target: Some(0.0), ..wanted.clone() }).contains("target"));
}

#[test]
fn a_map_without_units_has_a_plan_without_regions() {
    let wanted = Wanted { threshold: 1, objective: vec![(1.0, Objective::Cut)], ..Wanted::default() };
    let plan = solve(&Problem::default(), &wanted, Effort::default(), &mut ()).expect("a plan").remove(0);
    assert_eq!((plan.p, plan.p_upper_bound, plan.labels.len()), (0, 0, 0));
}
