//! Points of one value: thresholds, proportions, tiers, deductions, points a person gave. Exact; nothing is rounded here.

use crate::exact::Exact;
use crate::pack::{Direction, Indicator, RuleForm};

/// Points of a value with the calculation as text.
pub(super) struct Points(pub Exact, pub String);

/// Points of a value under the forms that look at one value; also used to ask what another value would bring. `None` for
/// other forms, and for points a person gave that cannot be given.
pub(crate) fn points_of(indicator: &Indicator, value: &Exact) -> Option<Exact> {
    of_value(indicator, &indicator.rule.form, value).map(|Points(points, _)| points)
}

pub(super) fn of_value(indicator: &Indicator, form: &RuleForm, value: &Exact) -> Option<Points> {
    let most = &indicator.points;
    let at_least = indicator.measure.direction == Direction::AtLeast;
    let sign = if at_least { ">=" } else { "<=" };
    let reaches = |at: &Exact| if at_least { value >= at } else { value <= at };
    match form {
        RuleForm::AllOrNothing { at } => {
            let points = if reaches(at) { most.clone() } else { Exact::zero() };
            Some(Points(points, format!("{value} {sign} {at}")))
        }
        RuleForm::Proportional { full_at, zero_at, floor } => {
            let Points(points, text) = proportional(most, value, full_at, zero_at)?;
            Some(not_below(floor.as_ref(), points, text))
        }
        RuleForm::Tiers { tiers } => {
            let best = tiers.iter().filter(|tier| reaches(&tier.at)).max_by(|a, b| a.points.cmp(&b.points));
            Some(match best {
                Some(tier) => Points(tier.points.clone(), format!("{value} {sign} {}", tier.at)),
                None => Points(Exact::zero(), format!("{value}: -")),
            })
        }
        RuleForm::Deduct { start, per_event, floor } => {
            let left = (start - &(per_event * value)).clamp_between(&Exact::zero(), start);
            Some(not_below(floor.as_ref(), left, format!("{start} - {per_event} * {value}")))
        }
        RuleForm::Manual { step } => {
            let fits = step.as_ref().is_none_or(|step| value.divide(step).is_some_and(|parts| parts.is_whole()));
            let inside = !value.is_negative() && value <= most;
            (fits && inside).then(|| Points(value.clone(), format!("{value}")))
        }
        _ => None,
    }
}

/// The points, or the floor where it is higher.
fn not_below(floor: Option<&Exact>, points: Exact, text: String) -> Points {
    match floor.filter(|floor| points < **floor) {
        Some(floor) => Points(floor.clone(), format!("max({floor}, {text})")),
        None => Points(points, text),
    }
}

/// `most * (value - zero_at) / (full_at - zero_at)`, capped at both ends. The share is held between 0 and 1 before the
/// multiplication, so which end is higher does not matter.
fn proportional(most: &Exact, value: &Exact, full_at: &Exact, zero_at: &Exact) -> Option<Points> {
    let share = (value - zero_at).divide(&(full_at - zero_at))?;
    let held = share.clone().clamp_between(&Exact::zero(), &Exact::one());
    let rising = full_at > zero_at;
    let text = if share != held || share == Exact::zero() || share == Exact::one() {
        let full = held == Exact::one();
        let sign = if rising == full { ">=" } else { "<=" };
        format!("{value} {sign} {}", if full { full_at } else { zero_at })
    } else {
        let bracket = |number: &Exact| if number.is_negative() { format!("({number})") } else { number.to_string() };
        format!("{most} * ({value} - {}) / ({full_at} - {})", bracket(zero_at), bracket(zero_at))
    };
    Some(Points(most * &held, text))
}
