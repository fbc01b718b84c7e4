//! Rules as vector programs: the six forms over named numbers. Owns what each form does to registers; the meaning is that of the
//! tree evaluator, form by form, and a test holds the two equal.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::build::{Bind, Builder, Number, Value};
use super::program::{Op, Points, Truth, Valid};
use crate::exact::Exact;
use crate::expr::Comparison;
use crate::pack::{Direction, Indicator, Rule, RuleForm, VALUE};

/// Points of a rule in registers, and whether a veto of it is true.
pub(super) struct Ruled {
    pub points: Number,
    pub vetoed: Option<Truth>,
}

impl Builder {
    /// Appends a rule; `None` when the batch evaluator has no such form or a name is not bound.
    pub(super) fn rule(&mut self, indicator: &Indicator, rule: &Rule, bind: &Bind<'_>) -> Option<Ruled> {
        let plain = |points| Some(Ruled { points, vetoed: None });
        match &rule.form {
            RuleForm::Conditions { each } => {
                let truths: Option<Vec<(Truth, &Exact)>> =
                    each.iter().map(|one| Some((self.truth_of(&one.expr, bind)?, &one.points))).collect();
                plain(self.sum_of(&truths?))
            }
            RuleForm::VetoThen { veto, then } => {
                let veto = self.truth_of(veto, bind)?;
                let inner = self.rule(indicator, then, bind)?.points;
                let top = self.num(Op::ZeroIf(veto, inner.top));
                let valid = Some(self.valid(Op::Unless(veto, inner.valid)));
                Some(Ruled { points: Number { top, valid, ..inner }, vetoed: Some(veto) })
            }
            form => {
                let value = match &rule.of {
                    Some(of) => self.number(of, bind)?,
                    None => Value::Number(bind(VALUE)?),
                };
                let value = self.lift(value);
                plain(self.of_value(indicator, form, value)?)
            }
        }
    }

    /// The points of a finished rule, to be rounded to hundredths.
    pub(super) fn finish(&mut self, points: &Number) {
        let hundredths = &points.factor * BigRational::from_integer(100.into());
        self.program.points = Some(Points {
            top: points.top,
            bottom: points.bottom,
            p: hundredths.numer().clone(),
            q: hundredths.denom().clone(),
            valid: points.valid,
        });
    }

    /// Points of every true condition; known where each truth is.
    fn sum_of(&mut self, truths: &[(Truth, &Exact)]) -> Number {
        let (factor, units) = whole(truths.iter().map(|(_, points)| points.fraction()));
        let (mut top, mut valid): (Option<usize>, Option<Valid>) = (None, None);
        for ((truth, _), units) in truths.iter().zip(units) {
            let earned = self.num(Op::Pick(*truth, units));
            top = Some(top.map_or(earned, |sum| self.num(Op::Plus(sum, earned))));
            let known = self.valid(Op::Known(*truth));
            valid = self.both(valid, Some(known));
        }
        let top = top.unwrap_or_else(|| self.num(Op::Fill(BigInt::zero())));
        Number { top, bottom: None, factor, valid }
    }

    fn of_value(&mut self, indicator: &Indicator, form: &RuleForm, value: Number) -> Option<Number> {
        let reach = if indicator.measure.direction == Direction::AtLeast { Comparison::AtLeast } else { Comparison::AtMost };
        let most = indicator.points.fraction();
        let reaches = |builder: &mut Self, at: &Exact| {
            builder.compare(reach, Value::Number(value.clone()), Value::Const(at.fraction().clone()))
        };
        match form {
            RuleForm::AllOrNothing { at } => {
                let truth = reaches(self, at);
                let (factor, mut units) = whole([most].into_iter());
                let top = self.num(Op::Pick(truth, units.pop()?));
                Some(Number { top, bottom: None, factor, valid: value.valid })
            }
            RuleForm::Tiers { tiers } => {
                let (factor, units) = whole(tiers.iter().map(|tier| tier.points.fraction()));
                let mut top = self.num(Op::Fill(BigInt::zero()));
                for (tier, units) in tiers.iter().zip(units) {
                    let truth = reaches(self, &tier.at);
                    let earned = self.num(Op::Pick(truth, units));
                    top = self.num(Op::Largest(top, earned));
                }
                Some(Number { top, bottom: None, factor, valid: value.valid })
            }
            RuleForm::Proportional { full_at, zero_at } => {
                let (full, zero) = (full_at.fraction(), zero_at.fraction());
                let span = full - zero;
                if span.is_zero() {
                    return None;
                }
                let (value, zero) = (Value::Number(value), Value::Const(zero.clone()));
                let way = if span.is_positive() { self.sum(value, zero, true) } else { self.sum(zero, value, true) };
                let way = self.lift(way);
                let share = &way.factor / span.abs();
                let top = self.scale(way.top, share.numer().clone());
                Some(self.held(top, way.bottom, share.denom().clone(), most, way.valid))
            }
            RuleForm::Deduct { start, per_event } => {
                let start = start.fraction();
                let cost = self.product(Value::Number(value), Value::Const(per_event.fraction().clone()));
                // The common factor divides the start, so the upper end is a whole multiple of it.
                let left = self.sum(Value::Const(start.clone()), cost, true);
                let left = self.lift(left);
                let most = start / &left.factor;
                let top = self.scale(left.top, most.denom().clone());
                let unit = &left.factor / BigRational::from_integer(most.denom().clone());
                let held = match left.bottom {
                    None => self.num(Op::HoldConst(top, most.numer().clone())),
                    Some(bottom) => {
                        let limit = self.scale(bottom, most.numer().clone());
                        self.num(Op::Hold(top, limit))
                    }
                };
                Some(Number { top: held, bottom: left.bottom, factor: unit, valid: left.valid })
            }
            RuleForm::Conditions { .. } | RuleForm::VetoThen { .. } => None,
        }
    }

    /// `most` times `top / (bottom * span)` held between 0 and 1.
    fn held(&mut self, top: usize, bottom: Option<usize>, span: BigInt, most: &BigRational, valid: Option<Valid>) -> Number {
        match bottom {
            None => {
                let held = self.num(Op::HoldConst(top, span.clone()));
                Number { top: held, bottom: None, factor: most / BigRational::from_integer(span), valid }
            }
            Some(bottom) => {
                let limit = self.scale(bottom, span);
                let held = self.num(Op::Hold(top, limit));
                Number { top: held, bottom: Some(limit), factor: most.clone(), valid }
            }
        }
    }
}

/// Fractions as whole multiples of one unit.
fn whole<'a>(values: impl Iterator<Item = &'a BigRational> + Clone) -> (BigRational, Vec<BigInt>) {
    let denominator = values.clone().fold(BigInt::one(), |all, value| all.lcm(value.denom()));
    let units = values.map(|value| value.numer() * (&denominator / value.denom())).collect();
    (BigRational::new(BigInt::one(), denominator), units)
}
