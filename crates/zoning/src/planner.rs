//! From a question to plans: what holds to every constraint with as many regions as can be, then the objective wanted.

use std::collections::HashMap;

use crate::columns;
use crate::conflict;
use crate::divide::{Division, Room, WIDEST};
use crate::dual::Listed;
use crate::graph::Node;
use crate::held::{Attempt, Found, Purpose, attempt, names_of};
use crate::objective::Objective;
use crate::partition::partition;
use crate::plan::{Figures, Plan};
use crate::problem::{Barrier, Effort, Problem, Wanted};
use crate::random::Random;
use crate::refine::{anew, refine, units_of};
use crate::refused::Refused;
use crate::regions;
use crate::solve;
use crate::state::{Rules, State};
use crate::watch::{Progress, Watch};
use crate::worth::Worth;

/// Components tried whole for the best objective.
const WHOLE: Room = Room { columns: 200_000, states: 500_000 };

/// Regions listed of a component at most.
const MOST_COLUMNS: usize = 400_000;
/// A part of the objective that counts as nothing where its least difference is not known.
const MILLIONTH: f64 = 1e-6;

/// Plans for a map, the best first; one at least.
///
/// # Errors
/// When the question cannot be used, when constraints contradict each other, or when no plan was found that holds to them.
pub fn solve(problem: &Problem, wanted: &Wanted, effort: Effort, watch: &mut dyn Watch) -> Result<Vec<Plan>, Refused> {
    usable(problem, wanted)?;
    let steps = steps(problem, effort);
    let found = match attempt(problem, wanted, true, Purpose::Plan, steps, watch) {
        Attempt::Found(found) => *found,
        Attempt::Never(place) => return Err(conflict::explain(problem, wanted, place, steps, watch)),
        Attempt::Unknown(place) => return Err(Refused::NotFound { place }),
    };
    let iterations = found.trace.last().map_or(0, |(moves, _)| *moves);
    watch.progress(Progress { p: found.p, bound: found.bound, iterations });
    let worth = Worth::new(problem, wanted, found.p, &found.held.left_out);
    let (labels, closed) = best(problem, &found, wanted, &worth, effort, watch);
    let any = !wanted.objective.is_empty();
    Ok(vec![Plan {
        objective: any.then(|| worth.total(&labels)),
        objective_proven: any && closed && found.spread,
        figures: Figures::of(problem, wanted, &labels),
        labels,
        p: found.p,
        p_upper_bound: found.bound,
        proven: found.p == found.bound || wanted.regions.is_some(),
        certified: found.certified,
        certificate: found.certificate,
        too_small: found.held.too_small,
        islands: found.held.islands,
        trace: found.trace,
    }])
}

/// The plan with the least objective that is found at its number of regions in each component, and whether none there has less.
fn best(
    problem: &Problem,
    found: &Found,
    wanted: &Wanted,
    worth: &Worth,
    effort: Effort,
    watch: &mut dyn Watch,
) -> (Vec<Option<u32>>, bool) {
    if wanted.objective.is_empty() {
        return (found.labels.clone(), false);
    }
    let rules = Rules { graph: &found.held.graph, limits: &found.held.limits, worth };
    let mut state = State::new(rules, &found.labels);
    let mut open: Vec<&Vec<Node>> = found.held.live.iter().collect();
    open.retain(|part| !whole(&mut state, part, watch));
    if !open.is_empty() {
        let rounds = effort.iterations.unwrap_or(u64::MAX);
        refine(&mut state, rounds, &mut Random::new(effort.seed), watch);
        let grain = grain(problem, wanted, worth.total(&state.labels()), found.p);
        open.retain(|part| !close(&mut state, part, grain, watch));
    }
    let closed = open.is_empty();
    let mut labels = state.labels();
    regions::renumber(&mut labels);
    (labels, closed)
}

/// Divides a component into as many regions as it has, at the least cost; whether that is proven.
fn whole(state: &mut State<'_>, part: &[Node], watch: &mut dyn Watch) -> bool {
    let names = names_of(state, part);
    if part.len() > WIDEST {
        return false;
    }
    match anew(state, part, names.len() as u64, WHOLE, watch) {
        Division::Best(parts) => {
            state.replace(&names, &parts);
            true
        }
        _ => false,
    }
}

/// Looks for a better division of a component among all that the prices of the packing leave; whether there is none better than
/// the one it has now.
fn close(state: &mut State<'_>, part: &[Node], grain: f64, watch: &mut dyn Watch) -> bool {
    let rules = state.rules;
    let names = names_of(state, part);
    let own = rules.graph.part(part);
    let Some(limits) = columns::priced(&own, &rules.limits.part(part), names.len() as u64) else { return false };
    let Some(sets) = columns::list(&own, &limits, MOST_COLUMNS, &mut || watch.stop()) else { return false };
    let global = |set: &[Node]| set.iter().map(|node| part[*node as usize]).collect::<Vec<Node>>();
    let place: HashMap<&[Node], u32> = sets.iter().enumerate().map(|(i, set)| (set, i as u32)).collect();
    let known: Option<Vec<u32>> = names
        .iter()
        .map(|name| {
            let local: Option<Vec<Node>> = units_of(state, &[*name])
                .iter()
                .map(|node| part.binary_search(node).ok().map(|at| at as Node))
                .collect();
            place.get(local?.as_slice()).copied()
        })
        .collect();
    let Some(known) = known else { return false };
    let costs = sets.iter().map(|set| rules.worth.of(&global(set))).collect();
    let listed = Listed { units: part.len(), sets: &sets, costs, regions: names.len() as u64, grain };
    let solved = partition(&listed, &known, &mut || watch.stop());
    if let Some(better) = solved.better {
        let parts: Vec<Vec<Node>> = better.iter().map(|set| global(sets.get(*set as usize))).collect();
        state.replace(&names, &parts);
    }
    solved.proven
}

/// What counts as no difference between two values of the objective: less than the least there can be where that is known, else a
/// millionth part of the value.
fn grain(problem: &Problem, wanted: &Wanted, value: f64, regions: u64) -> f64 {
    let priced = problem.edges.iter().any(|edge| matches!(edge.barrier, Barrier::Price(_)));
    let whole = |value: f64| value.fract() == 0.0 && value.abs() < 1e12;
    let least = match wanted.objective[..] {
        [(_, Objective::Cut)] if !priced => 1.0,
        [(_, Objective::Deviation { target })]
            if whole(target) && problem.units.iter().all(|unit| whole(unit.population)) =>
        {
            1.0 / (target * regions as f64)
        }
        _ => return MILLIONTH * value.abs(),
    };
    // A little less than the least difference: sums are not exact.
    least * (1.0 - 1e-3)
}

fn steps(problem: &Problem, effort: Effort) -> solve::Effort {
    let usual = solve::Effort::default();
    let steps = effort.iterations.map_or(usual.steps, |all| all.div_ceil(problem.units.len().max(1) as u64));
    solve::Effort { steps, seed: effort.seed, threads: effort.threads, ..usual }
}

fn usable(problem: &Problem, wanted: &Wanted) -> Result<(), Refused> {
    let no = |why: String| Err(Refused::Unusable(why));
    let n = problem.units.len();
    if wanted.threshold <= 0 {
        return no(format!("the threshold is {}; it must be above 0", wanted.threshold));
    }
    if let Some(most) = wanted.most.filter(|most| *most < wanted.threshold) {
        return no(format!("the largest size {most} is below the threshold {}", wanted.threshold));
    }
    if let Some(unit) = problem.units.iter().find(|unit| unit.size < 0) {
        return no(format!("unit {} has a size below 0", unit.id));
    }
    if problem.edges.iter().any(|edge| edge.a as usize >= n || edge.b as usize >= n) {
        return no("a border names a unit that is not there".into());
    }
    let locked = wanted.together.iter().flatten().chain(wanted.apart.iter().flat_map(|(a, b)| [a, b]));
    if locked.into_iter().any(|node| *node as usize >= n) {
        return no("a lock names a unit that is not there".into());
    }
    if let Some((a, _)) = wanted.apart.iter().find(|(a, b)| a == b) {
        return no(format!("unit {} is to be apart from itself", problem.units[*a as usize].id));
    }
    if wanted.regions == Some(0) {
        return no("0 regions are asked for".into());
    }
    let attributes = problem.units.first().map_or(0, |unit| unit.attributes.len());
    if let Some(unit) = problem.units.iter().find(|unit| unit.attributes.len() != attributes) {
        return no(format!("unit {} has {} attributes, the first has {attributes}", unit.id, unit.attributes.len()));
    }
    if wanted.target().is_some_and(|target| target.is_nan() || target <= 0.0) {
        return no("the target population must be above 0".into());
    }
    Ok(())
}
