//! What would change: how many more units would have to meet an indicator's condition for more points.
//!
//! Answered for a share of units under a rule that looks at that share alone, when every unit is known. The answer is found by
//! asking the rule itself for one unit more, two more, and so on: the same exact arithmetic as the score.

use serde::{Deserialize, Serialize};

use crate::evaluate::{IndicatorScore, points_of};
use crate::exact::Exact;
use crate::pack::{Aggregation, Indicator};

/// A number of units and the points they would bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// How many more units must meet the condition.
    pub units: usize,
    /// Points of the indicator then, rounded to 0.01.
    pub points: Exact,
}

/// The way up for one indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Improvement {
    /// The fewest units that bring any more points; `None` when no number does.
    pub next: Option<Step>,
    /// The fewest units that bring the most points reachable by units; `None` as above.
    pub best: Option<Step>,
}

/// How many more units are needed for the next gain and for the most points; `None` where the question does not apply (not a
/// share of units, units unknown, or a rule over several values).
pub fn improvement(indicator: &Indicator, score: &IndicatorScore) -> Option<Improvement> {
    if indicator.aggregation != Aggregation::ShareOfUnits || indicator.rule.of.is_some() {
        return None;
    }
    let coverage = score.coverage.filter(|coverage| coverage.known == coverage.units)?;
    let (met, now) = (coverage.met?, score.outcome.points()?);
    let mut steps = Vec::new();
    for more in 1..=coverage.units - met {
        let share = Exact::from(met + more).divide(&Exact::from(coverage.units))?;
        let points = points_of(indicator, &(&share * &indicator.measure.scale()))?.round_half_up(2);
        steps.push(Step { units: more, points });
    }
    let next = steps.iter().find(|step| step.points > *now).cloned();
    let most = steps.iter().map(|step| &step.points).max().filter(|most| *most > now).cloned();
    let best = most.and_then(|most| steps.into_iter().find(|step| step.points == most));
    Some(Improvement { next, best })
}
