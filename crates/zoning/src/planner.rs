//! From a question to plans: what holds to every constraint with as many regions as can be, then the objective wanted.

use crate::conflict;
use crate::divide::{Division, Room, WIDEST};
use crate::graph::Node;
use crate::held::{Attempt, Found, attempt};
use crate::plan::{Figures, Plan};
use crate::problem::{Effort, Problem, Wanted};
use crate::random::Random;
use crate::refine::{anew, refine};
use crate::refused::Refused;
use crate::regions;
use crate::solve;
use crate::state::{Rules, State};
use crate::watch::{Progress, Watch};
use crate::worth::Worth;

/// Components tried whole for the best objective.
const WHOLE: Room = Room { columns: 200_000, states: 500_000 };

/// Plans for a map, the best first; one at least.
///
/// # Errors
/// When the question cannot be used, when constraints contradict each other, or when no plan was found that holds to them.
pub fn solve(problem: &Problem, wanted: &Wanted, effort: Effort, watch: &mut dyn Watch) -> Result<Vec<Plan>, Refused> {
    usable(problem, wanted)?;
    let steps = steps(problem, effort);
    let found = match attempt(problem, wanted, true, steps, watch) {
        Attempt::Found(found) => *found,
        Attempt::Never(place) => return Err(conflict::explain(problem, wanted, place, steps, watch)),
        Attempt::Unknown(place) => return Err(Refused::NotFound { place }),
    };
    watch.progress(Progress { p: found.p, bound: found.bound, iterations: 0 });
    let worth = Worth::new(problem, wanted, found.p, &found.held.left_out);
    let (labels, closed) = best(&found, wanted, &worth, effort, watch);
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
        trace: Vec::new(),
    }])
}

/// The plan with the least objective that is found at its number of regions in each component, and whether none there has less.
fn best(
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
    let mut closed = true;
    for part in &found.held.live {
        closed &= whole(&mut state, part, watch);
    }
    if !closed {
        let rounds = effort.iterations.unwrap_or(u64::MAX);
        refine(&mut state, rounds, &mut Random::new(effort.seed), watch);
    }
    let mut labels = state.labels();
    regions::renumber(&mut labels);
    (labels, closed)
}

/// Divides a component into as many regions as it has, at the least cost; whether that is proven.
fn whole(state: &mut State<'_>, part: &[Node], watch: &mut dyn Watch) -> bool {
    let mut names: Vec<u32> = part.iter().filter_map(|node| state.region(*node)).collect();
    names.sort_unstable();
    names.dedup();
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

fn steps(problem: &Problem, effort: Effort) -> solve::Effort {
    let usual = solve::Effort::default();
    let steps = effort.iterations.map_or(usual.steps, |all| all.div_ceil(problem.units.len().max(1) as u64));
    solve::Effort { steps, seed: effort.seed, ..usual }
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
