//! From a question to plans: as many regions as can be, then the objective wanted.

use crate::divide::divide;
use crate::graph::{Graph, Node};
use crate::plan::{self, Figures, Plan};
use crate::problem::{Effort, Problem, Wanted};
use crate::refused::Refused;
use crate::regions;
use crate::solve::{self, most_regions};
use crate::watch::{Progress, Watch};
use crate::worth::Worth;

/// Plans for a map, the best first; one at least.
///
/// # Errors
/// When the question cannot be used, or no plan holds to all constraints.
pub fn solve(problem: &Problem, wanted: &Wanted, effort: Effort, watch: &mut dyn Watch) -> Result<Vec<Plan>, Refused> {
    usable(problem, wanted)?;
    let graph = problem.joined(wanted.nested);
    let (too_small, islands) = plan::left_out(&graph, wanted.threshold);
    let answer = most_regions(&graph, wanted.threshold, |_, _| true, steps(&graph, effort), &mut || watch.stop());
    watch.progress(Progress { p: answer.p, bound: answer.bound, iterations: 0 });
    let mut left_out = vec![false; graph.len()];
    too_small.iter().flatten().for_each(|node| left_out[*node as usize] = true);
    let worth = Worth::new(problem, wanted, answer.p, &left_out);
    let proven = answer.p == answer.bound;
    let mut labels = answer.labels;
    let mut closed = !wanted.objective.is_empty();
    if closed {
        for part in graph.components(|_, _| true) {
            closed &= left_out[part[0] as usize] || best_of(&graph, wanted, &worth, &part, &mut labels, watch);
        }
        regions::renumber(&mut labels);
    }
    Ok(vec![Plan {
        objective: (!wanted.objective.is_empty()).then(|| worth.total(&labels)),
        objective_proven: closed && proven,
        figures: Figures::of(problem, wanted, &labels),
        labels,
        p: answer.p,
        p_upper_bound: answer.bound,
        proven,
        certified: answer.bound,
        certificate: answer.certificate,
        too_small,
        islands,
        trace: Vec::new(),
    }])
}

/// Divides a component into as many regions as it has, at the least cost; whether that is proven.
fn best_of(
    graph: &Graph,
    wanted: &Wanted,
    worth: &Worth,
    part: &[Node],
    labels: &mut [Option<u32>],
    watch: &mut dyn Watch,
) -> bool {
    let own = graph.part(part);
    let before: Vec<Option<u32>> = part.iter().map(|node| labels[*node as usize]).collect();
    let names: Vec<u32> = {
        let mut names: Vec<u32> = before.iter().flatten().copied().collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let cost = |region: &[Node]| worth.of(&region.iter().map(|node| part[*node as usize]).collect::<Vec<_>>());
    match divide(&own, wanted.threshold, names.len() as u64, cost, &mut || watch.stop()) {
        Some(found) => {
            for (region, name) in found.iter().zip(names) {
                region.iter().for_each(|node| labels[part[*node as usize] as usize] = Some(name));
            }
            true
        }
        None => false,
    }
}

fn steps(graph: &Graph, effort: Effort) -> solve::Effort {
    let usual = solve::Effort::default();
    let steps = effort.iterations.map_or(usual.steps, |all| all.div_ceil(graph.len().max(1) as u64));
    solve::Effort { steps, seed: effort.seed, ..usual }
}

fn usable(problem: &Problem, wanted: &Wanted) -> Result<(), Refused> {
    let no = |why: String| Err(Refused::Unusable(why));
    let n = problem.units.len();
    if wanted.threshold <= 0 {
        return no(format!("the threshold is {}; it must be above 0", wanted.threshold));
    }
    if let Some(unit) = problem.units.iter().find(|unit| unit.size < 0) {
        return no(format!("unit {} has a size below 0", unit.id));
    }
    if problem.edges.iter().any(|edge| edge.a as usize >= n || edge.b as usize >= n) {
        return no("a border names a unit that is not there".into());
    }
    Ok(())
}
