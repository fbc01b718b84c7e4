//! From a question to plans: what holds to every constraint with as many regions as can be, then the objective wanted.

use crate::best::{best, least_difference};
use crate::conflict;
use crate::held::{Attempt, Purpose, attempt};
use crate::plan::{Figures, Plan};
use crate::problem::{Barrier, Effort, Problem, Wanted};
use crate::refused::Refused;
use crate::solve;
use crate::unlike;
use crate::watch::{Progress, Watch};
use crate::worth::Worth;

/// Smaller differences, in parts of the whole, are noise of sums.
const NOISE: f64 = 1e-12;

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
    let any = !wanted.objective.is_empty();
    let (labels, closed) = match any {
        true => best(&found, &worth, least_difference(problem, wanted, found.p), effort, watch),
        false => (found.labels.clone(), false),
    };
    let others = unlike::others(&found, &worth, &labels, wanted.plans, effort, watch);
    let least = worth.total(&labels);
    let plan = |labels: Vec<Option<u32>>| {
        let value = worth.total(&labels);
        Plan {
            objective: any.then_some(value),
            objective_proven: any && closed && found.spread && value <= least + NOISE * least.abs(),
            figures: Figures::of(problem, wanted, &labels),
            labels,
            p: found.p,
            p_upper_bound: found.bound,
            proven: found.p == found.bound || wanted.regions.is_some(),
            certified: found.certified,
            certificate: found.certificate.clone(),
            too_small: found.held.too_small.clone(),
            islands: found.held.islands.clone(),
            trace: found.trace.clone(),
        }
    };
    Ok([labels].into_iter().chain(others).map(plan).collect())
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
    if problem.units.iter().try_fold(0_i64, |sum, unit| sum.checked_add(unit.size)).is_none() {
        return no("the sizes of all units together are too large a number".into());
    }
    let unknown = |unit: &&crate::problem::Unit| {
        !unit.population.is_finite() || unit.attributes.iter().any(|value| !value.is_finite())
    };
    if let Some(unit) = problem.units.iter().find(unknown) {
        return no(format!("the population or an attribute of unit {} is no number", unit.id));
    }
    let unusable = |edge: &crate::problem::Edge| {
        let price = if let Barrier::Price(price) = edge.barrier { price } else { 0.0 };
        !edge.border.is_finite() || !price.is_finite() || price < 0.0
    };
    if problem.edges.iter().any(unusable) {
        return no("the length of a border, or the price of a barrier, is no number from 0".into());
    }
    if wanted.objective.iter().any(|(weight, _)| !weight.is_finite()) {
        return no("a weight of the objective is no number".into());
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
