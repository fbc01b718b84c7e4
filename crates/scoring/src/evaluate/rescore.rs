//! A score brought up to date after a few facts changed: only indicators that read a changed measure are scored again, and only
//! in units that read the changed unit. The result is that of [`super::evaluate_at`] on the new facts.

use std::collections::BTreeSet;

use super::{Context, Scores, breakdown, indicator, total};
use crate::facts::{Change, FactError, Facts};
use crate::pack::{Indicator, Pack};
use crate::units::Units;

/// Brings the scores of a district up to date. `facts` are the new ones; `places` are (measure, unit) of every row that differs.
///
/// `scores` must be those of the same pack, units and date for the facts before.
pub fn rescore(pack: &Pack, scores: &mut Scores, facts: &Facts, units: &Units, places: &[(&str, &str)]) {
    let context = Context { pack, facts, units, as_of: scores.as_of };
    let mut changed = false;
    for (one, indicator) in pack.indicators.iter().enumerate() {
        let read = reads(pack, indicator);
        let at: Vec<&str> =
            places.iter().filter(|(measure, _)| read.contains(measure)).map(|(_, unit)| *unit).collect();
        if at.is_empty() {
            continue;
        }
        changed = true;
        scores.indicators[one] = indicator::score(&context, indicator, &scores.unit);
        if !breakdown::applies(indicator) {
            continue;
        }
        // Which period is common may depend on every unit.
        let everywhere = indicator.also.iter().any(|also| also.same_period);
        for unit in &mut scores.breakdown {
            let concerned =
                everywhere || at.iter().any(|at| units.is_under(at, &unit.unit) || units.is_under(&unit.unit, at));
            let place = unit.indicators.iter_mut().find(|own| own.code == indicator.code);
            if let Some(own) = place.filter(|_| concerned) {
                let explain = own.explanation.is_some();
                *own = breakdown::one(&context, indicator, &unit.unit, explain);
                let indicators = std::mem::take(&mut unit.indicators);
                let (id, level) = (std::mem::take(&mut unit.unit), std::mem::take(&mut unit.level));
                *unit = breakdown::sum(id, level, unit.parent.take(), indicators);
            }
        }
    }
    if changed {
        let total = total::Total::of(pack, &scores.indicators);
        scores.points = total.points;
        scores.assessed_points = total.assessed_points;
        scores.bonus = total.bonus;
        scores.effective_points = total.effective_points;
        scores.vetoes = total.vetoes;
        scores.blocked_by = total.blocked_by;
        scores.areas = total.areas;
    }
}

/// What the district's score would be if some facts were otherwise, and the faults of those. The facts are not copied.
pub fn what_if(
    pack: &Pack,
    scores: &Scores,
    facts: &Facts,
    units: &Units,
    changes: &[Change],
) -> (Scores, Vec<FactError>) {
    let (facts, faults) = facts.with(pack, units, changes);
    let places: Vec<(&str, &str)> = changes.iter().map(Change::place).collect();
    let mut scores = scores.clone();
    rescore(pack, &mut scores, &facts, units, &places);
    (scores, faults)
}

/// Every measure an indicator reads, the components of ratios included.
fn reads<'a>(pack: &'a Pack, indicator: &'a Indicator) -> BTreeSet<&'a str> {
    let main = (&indicator.measure, indicator.unit_condition.as_ref());
    let also = indicator.also.iter().map(|also| (&also.measure, also.unit_condition.as_ref()));
    let mut found = BTreeSet::new();
    for (measure, condition) in [main].into_iter().chain(also) {
        let parts = measure.weight.iter().chain(&measure.plan).map(|part| part.id.as_str());
        found.insert(measure.id.as_str());
        found.extend(parts);
        found.extend(condition.iter().flat_map(|set| set.names.values()).map(String::as_str));
    }
    let ratios: Vec<_> = found.iter().filter_map(|id| pack.measure(id)?.ratio.as_ref()).collect();
    found.extend(ratios.into_iter().flat_map(|ratio| [ratio.numerator.as_str(), ratio.denominator.as_str()]));
    found
}
