//! Rules as vector programs: every form over named numbers. Owns what each form does to registers; the meaning is that of the
//! tree evaluator, form by form, and a test holds the two equal.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::build::{Bind, Builder, Number, Value};
use super::program::{Op, Points, Truth, Valid};
use crate::exact::Exact;
use crate::expr::{Comparison, Pick};
use crate::pack::{Direction, Indicator, Rule, RuleForm, Step, VALUE};

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
            RuleForm::Veto { when } => {
                let veto = self.truth_of(when, bind)?;
                let top = self.num(Op::Fill(BigInt::zero()));
                let valid = Some(self.valid(Op::Known(veto)));
                let points = Number { top, bottom: None, factor: BigRational::one(), valid };
                Some(Ruled { points, vetoed: Some(veto) })
            }
            RuleForm::KOfN { each, steps } => {
                let truths: Option<Vec<Truth>> = each.iter().map(|one| self.truth_of(&one.expr, bind)).collect();
                plain(self.counted(&truths?, steps))
            }
            RuleForm::Methods { each } => {
                let mut sum = Value::Const(BigRational::zero());
                for way in each {
                    let points = Value::Number(self.rule(indicator, &way.then, bind)?.points);
                    let part = way.weight.fraction() / BigRational::from_integer(100.into());
                    let earned = self.product(points, Value::Const(part));
                    sum = self.sum(sum, earned, false);
                }
                let points = self.lift(sum);
                plain(points)
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
        let reach =
            if indicator.measure.direction == Direction::AtLeast { Comparison::AtLeast } else { Comparison::AtMost };
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
            RuleForm::Proportional { full_at, zero_at, floor } => {
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
                let points = self.held(top, way.bottom, share.denom().clone(), most, way.valid);
                Some(self.not_below(floor.as_ref(), points))
            }
            RuleForm::Deduct { start, per_event, floor } => {
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
                let points = Number { top: held, bottom: left.bottom, factor: unit, valid: left.valid };
                Some(self.not_below(floor.as_ref(), points))
            }
            RuleForm::Manual { step } => {
                let (low, high) = (Value::Const(BigRational::zero()), Value::Const(most.clone()));
                let truths = [
                    self.compare(Comparison::AtLeast, Value::Number(value.clone()), low),
                    self.compare(Comparison::AtMost, Value::Number(value.clone()), high),
                ];
                let mut valid = value.valid;
                for truth in truths {
                    let holds = self.where_true(truth);
                    valid = self.both(valid, Some(holds));
                }
                if let Some(step) = step {
                    let fits = self.multiple_of(&value, step.fraction());
                    valid = self.both(valid, Some(fits));
                }
                Some(Number { valid, ..value })
            }
            _ => None,
        }
    }

    /// Points by how many truths are true; known where the unknown ones change nothing.
    fn counted(&mut self, truths: &[Truth], steps: &[Step]) -> Number {
        let zero = self.num(Op::Fill(BigInt::zero()));
        let (mut least, mut best) = (zero, self.num(Op::Fill(truths.len().into())));
        for truth in truths {
            let met = self.num(Op::Pick(*truth, BigInt::one()));
            least = self.num(Op::Plus(least, met));
            let not = self.truth(Op::Not(*truth));
            let missed = self.num(Op::Pick(not, BigInt::one()));
            best = self.num(Op::Minus(best, missed));
        }
        let (factor, units) = whole(steps.iter().map(|step| step.points.fraction()));
        let (mut top, mut open) = (zero, zero);
        for (step, units) in steps.iter().zip(units) {
            let mut reach = |count| self.truth(Op::CompareConst(Comparison::AtLeast, count, step.k.into(), None));
            let (surely, perhaps) = (reach(least), reach(best));
            let points = self.num(Op::Fill(units));
            top = self.num(Op::Choose(surely, points, top));
            // A step that only the unknown ones could reach leaves the points open.
            for (truth, sign) in [(perhaps, 1), (surely, -1)] {
                let one = self.num(Op::Pick(truth, sign.into()));
                open = self.num(Op::Plus(open, one));
            }
        }
        let closed = self.truth(Op::CompareConst(Comparison::Equal, open, BigInt::zero(), None));
        let valid = Some(self.where_true(closed));
        Number { top, bottom: None, factor, valid }
    }

    /// The points, or the floor where it is higher.
    fn not_below(&mut self, floor: Option<&Exact>, points: Number) -> Number {
        let Some(floor) = floor else { return points };
        let highest = self.pick(Pick::Max, Value::Number(points), Value::Const(floor.fraction().clone()));
        self.lift(highest)
    }

    /// Known where the truth is true.
    fn where_true(&mut self, truth: Truth) -> Valid {
        let zero = self.num(Op::Fill(BigInt::zero()));
        let never = self.valid(Op::NotZero(zero));
        self.valid(Op::Unless(truth, Some(never)))
    }

    /// Known where the number is a whole multiple of a step.
    fn multiple_of(&mut self, value: &Number, step: &BigRational) -> Valid {
        if step.is_zero() {
            let zero = self.num(Op::Fill(BigInt::zero()));
            return self.valid(Op::NotZero(zero));
        }
        let share = &value.factor / step.abs();
        let top = self.scale(value.top, share.numer().clone());
        let by = self.num(match value.bottom {
            Some(bottom) => Op::Scale(bottom, share.denom().clone()),
            None => Op::Fill(share.denom().clone()),
        });
        self.valid(Op::Divides(top, by))
    }

    /// `most` times `top / (bottom * span)` held between 0 and 1.
    fn held(
        &mut self,
        top: usize,
        bottom: Option<usize>,
        span: BigInt,
        most: &BigRational,
        valid: Option<Valid>,
    ) -> Number {
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
