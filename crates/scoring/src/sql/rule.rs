//! Rules as SQL: points before rounding as an exact number, null where not assessed. Semantics are those of `evaluate::rule`
//! and `evaluate::points`.

use num_bigint::BigInt;

use super::expr::{self, Names};
use super::layers::{Layers, Term};
use super::number::Num;
use super::wide::Wide;
use crate::exact::Exact;
use crate::expr::{BoolExpr, Comparison};
use crate::pack::{CountedCondition, Direction, Indicator, Rule, RuleForm, Step, VALUE};

/// The most steps of points given that are tried one by one.
const MOST_MULTIPLES: usize = 40;

/// What a rule comes to.
pub(super) struct Ruling {
    pub points: Num,
    /// Whether a veto of the rule is true.
    pub vetoed: Option<Term>,
}

/// Applies a rule to its named values; an error names what cannot be said.
pub(super) fn apply(
    indicator: &Indicator,
    rule: &Rule,
    names: &Names<'_>,
    layers: &mut Layers,
) -> Result<Ruling, String> {
    let zero = Num::literal(&Exact::zero());
    let plain = |points: Num| Ok(Ruling { points, vetoed: None });
    let mut decide = |expr: &BoolExpr, layers: &mut Layers| {
        let truth = expr::truth(expr, names, layers);
        layers.bind_truth(&truth)
    };
    match &rule.form {
        RuleForm::Conditions { each } => {
            let mut points = zero.clone();
            for condition in each {
                let truth = decide(&condition.expr, layers);
                let earned = Num::cases(&[(truth, Num::literal(&condition.points))], &zero, layers);
                points = points.plus(&earned, layers);
            }
            plain(points)
        }
        RuleForm::KOfN { each, steps } => plain(k_of_n(each, steps, &mut decide, layers)),
        RuleForm::VetoThen { veto, then } => {
            let truth = decide(veto, layers);
            let inner = apply(indicator, then, names, layers)?;
            Ok(Ruling { points: Num::cases(&[(truth.clone(), zero)], &inner.points, layers), vetoed: Some(truth) })
        }
        RuleForm::Veto { when } => {
            let truth = decide(when, layers);
            let points = Num::cases(&[(truth.clone(), zero.clone())], &zero, layers);
            Ok(Ruling { points, vetoed: Some(truth) })
        }
        RuleForm::Methods { each } => {
            let mut points = zero;
            let hundredth = Exact::scaled(1, 2);
            for way in each {
                let inner = apply(indicator, &way.then, names, layers)?.points;
                points = points.plus(&inner.times_literal(&(&way.weight * &hundredth)), layers);
            }
            plain(points)
        }
        form => {
            let value = match &rule.of {
                Some(of) => expr::number(of, names, layers),
                None => names(VALUE).unwrap_or(zero),
            };
            plain(of_value(indicator, form, &value, layers)?)
        }
    }
}

/// The step reached with every unknown condition false and with every one true must be the same.
fn k_of_n(
    each: &[CountedCondition],
    steps: &[Step],
    decide: &mut dyn FnMut(&BoolExpr, &mut Layers) -> Term,
    layers: &mut Layers,
) -> Num {
    let truths: Vec<Term> = each.iter().map(|condition| decide(&condition.expr, layers)).collect();
    let level = truths.iter().map(|truth| truth.level).max().unwrap_or(0);
    let count = |when: &str| {
        let counted = truths.iter().map(|truth| format!("case when {}{when} then 1 else 0 end", truth.sql));
        counted.collect::<Vec<_>>().join(" + ")
    };
    let (sure, open) = (count(""), count(" is null"));
    let sure = layers.bind(&Term { sql: if each.is_empty() { "0".into() } else { sure }, level });
    let open = layers.bind(&Term { sql: if each.is_empty() { "0".into() } else { open }, level });
    let reached = |count: &str| {
        let cases = steps.iter().enumerate().rev();
        let cases: String = cases.map(|(i, step)| format!(" when {count} >= {} then {}", step.k, i + 1)).collect();
        if cases.is_empty() { "0".to_owned() } else { format!("case{cases} else 0 end") }
    };
    let level = sure.level.max(open.level);
    let least = layers.bind(&Term { sql: reached(&sure.sql), level });
    let best = layers.bind(&Term { sql: reached(&format!("({} + {})", sure.sql, open.sql)), level });
    let level = least.level.max(best.level);
    let options: Vec<(Term, Num)> = (0..=steps.len())
        .map(|i| {
            let sql = format!("case when {0} = {1} then {0} = {i} end", least.sql, best.sql);
            let points = i.checked_sub(1).map_or_else(Exact::zero, |i| steps[i].points.clone());
            (Term { sql, level }, Num::literal(&points))
        })
        .collect();
    Num::cases(&options, &Num::literal(&Exact::zero()), layers)
}

/// Points of a value under the forms that look at one value.
fn of_value(indicator: &Indicator, form: &RuleForm, value: &Num, layers: &mut Layers) -> Result<Num, String> {
    let (zero, most) = (Num::literal(&Exact::zero()), Num::literal(&indicator.points));
    let better = match indicator.measure.direction {
        Direction::AtLeast => Comparison::AtLeast,
        Direction::AtMost => Comparison::AtMost,
    };
    let reaches = |at: &Exact, layers: &mut Layers| value.compared(better, &Num::literal(at), layers);
    Ok(match form {
        RuleForm::AllOrNothing { at } => {
            let met = reaches(at, layers);
            Num::cases(&[(met, most)], &zero, layers)
        }
        RuleForm::Proportional { full_at, zero_at, floor } => {
            let bottom = full_at - zero_at;
            let share = value.minus(&Num::literal(zero_at), layers).divided(&Num::literal(&bottom), layers);
            let points = clamped(&share, &Exact::one(), layers).times_literal(&indicator.points);
            not_below(floor.as_ref(), points, layers)
        }
        RuleForm::Tiers { tiers } => {
            let mut tiers: Vec<_> = tiers.iter().collect();
            tiers.sort_by(|a, b| b.points.cmp(&a.points));
            let options: Vec<(Term, Num)> =
                tiers.into_iter().map(|tier| (reaches(&tier.at, layers), Num::literal(&tier.points))).collect();
            // Nothing reached is 0, of an unknown value unknown.
            let known = value.times_literal(&Exact::zero());
            Num::cases(&options, &known, layers)
        }
        RuleForm::Deduct { start, per_event, floor } => {
            let left = Num::literal(start).minus(&value.times_literal(per_event), layers);
            let points = clamped(&left, start, layers);
            not_below(floor.as_ref(), points, layers)
        }
        RuleForm::Manual { step } => {
            let (from, to) =
                (value.compared(Comparison::AtLeast, &zero, layers), value.compared(Comparison::AtMost, &most, layers));
            let mut can = format!("{} and {}", from.sql, to.sql);
            let mut level = from.level.max(to.level);
            if let Some(step) = step {
                let whole = multiple_of(step, value, &indicator.points, layers)?;
                can = format!("{can} and {}", whole.sql);
                level = level.max(whole.level);
            }
            // What cannot be given is not assessed.
            let given = layers.bind_truth(&Term { sql: can, level });
            let n = Wide::choose(&[&value.n], layers, &|texts| Term {
                sql: format!("case when {} then {} end", given.sql, texts[0]),
                level: given.level,
            });
            Num { n, ..value.clone() }
        }
        other => return Err(format!("a rule of the form {} where one value is scored", other.word())),
    })
}

/// Whether a value from 0 to `most` is a whole multiple of `step`: no remainder of `n * a` by `d * b`, or, of a wide value, one
/// of the multiples there are.
fn multiple_of(step: &Exact, value: &Num, most: &Exact, layers: &mut Layers) -> Result<Term, String> {
    let inverse = Exact::one().divide(step).ok_or("points given in steps of 0")?;
    let parts = value.times_literal(&inverse);
    let (a, b): &(BigInt, BigInt) = &parts.factor;
    let (top, bottom) = (parts.n.scaled(a, layers), parts.d.scaled(b, layers));
    let (top, bottom) = (top.bound(layers), bottom.bound(layers));
    if let ([x], [y]) = (top.0.as_slice(), bottom.0.as_slice()) {
        let sql = format!("({} % {} = 0)", x.term.sql, y.term.sql);
        return Ok(Term { sql, level: x.term.level.max(y.term.level) });
    }
    let mut multiples = vec![Exact::zero()];
    while let Some(next) = multiples.last().map(|last| last + step).filter(|next| next <= most) {
        if multiples.len() > MOST_MULTIPLES {
            return Err(format!("points given in more than {MOST_MULTIPLES} steps, of a value wider than 62 bits,"));
        }
        multiples.push(next);
    }
    let equal = |at: &Exact, layers: &mut Layers| value.compared(Comparison::Equal, &Num::literal(at), layers);
    let terms: Vec<Term> = multiples.iter().map(|at| equal(at, layers)).collect();
    let level = terms.iter().map(|term| term.level).max().unwrap_or(0);
    let texts: Vec<&str> = terms.iter().map(|term| term.sql.as_str()).collect();
    Ok(Term { sql: format!("({})", texts.join(" or ")), level })
}

/// The points, or the floor where it is higher.
fn not_below(floor: Option<&Exact>, points: Num, layers: &mut Layers) -> Num {
    let Some(floor) = floor.map(Num::literal) else { return points };
    let below = points.compared(Comparison::Less, &floor, layers);
    Num::cases(&[(below, floor)], &points, layers)
}

/// The number held between 0 and `high`.
fn clamped(number: &Num, high: &Exact, layers: &mut Layers) -> Num {
    let (zero, high) = (Num::literal(&Exact::zero()), Num::literal(high));
    let below = number.compared(Comparison::AtMost, &zero, layers);
    let above = number.compared(Comparison::AtLeast, &high, layers);
    Num::cases(&[(below, zero), (above, high)], number, layers)
}
