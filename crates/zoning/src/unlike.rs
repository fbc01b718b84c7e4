//! Plans that differ from each other.
//!
//! The rule that matters: a further plan holds to all that the first holds to, with as many regions in each component, and is as good
//! as can be found while each border inside a region of an earlier plan costs something, more and more until one that differs comes out.

use crate::best::best;
use crate::held::Found;
use crate::problem::Effort;
use crate::watch::Watch;
use crate::worth::Worth;

/// What likeness to all earlier plans costs at first, in parts of the objective.
const FIRST: f64 = 0.02;
/// How often it is raised, fourfold each time.
const RAISED: u32 = 6;

/// Plans beside the first, so that there are `plans`; fewer where no more are found.
pub(crate) fn others(
    found: &Found,
    worth: &Worth,
    first: &[Option<u32>],
    plans: usize,
    effort: Effort,
    watch: &mut dyn Watch,
) -> Vec<Vec<Option<u32>>> {
    let mut known = vec![first.to_vec()];
    let value = worth.total(first).abs();
    let inside = found.held.graph.edges().filter(|edge| first[edge.a as usize] == first[edge.b as usize]).count();
    let unit = if value > 0.0 { value } else { 1.0 } / inside.max(1) as f64;
    'plans: while known.len() < plans {
        for turn in 0..RAISED {
            if watch.stop() {
                break 'plans;
            }
            let by = FIRST * unit * 4_f64.powi(turn as i32);
            let unlike = known.iter().fold(worth.clone(), |worth, labels| worth.unlike(labels, by));
            let (labels, _) = best(found, &unlike, None, effort, watch);
            if !known.contains(&labels) {
                known.push(labels);
                continue 'plans;
            }
        }
        break;
    }
    let mut others = known.split_off(1);
    others.sort_by(|a, b| worth.total(a).total_cmp(&worth.total(b)));
    others
}
