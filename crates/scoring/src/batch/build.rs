//! Builds vector programs from expressions. Owns the change of form: a number of an expression becomes *register over register
//! times a constant*, so that `households / 100 * 20` costs nothing and a comparison needs one multiplication or none.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::program::{Num, Op, Program, Truth, Valid};
use crate::expr::{Arithmetic, BoolExpr, Comparison, NumExpr, Pick};

/// A number in registers: `top / bottom * factor`, known where `valid` (everywhere, when absent). `bottom` is never below 0, and
/// where it is 0 the number is not known; `factor` is above 0.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub top: Num,
    pub bottom: Option<Num>,
    pub factor: BigRational,
    pub valid: Option<Valid>,
}

/// A number, or a constant not yet in a register.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Const(BigRational),
    Number(Number),
}

/// What a name stands for.
pub(super) type Bind<'a> = dyn Fn(&str) -> Option<Number> + 'a;

/// Builds one program; inputs are declared before the first operation.
#[derive(Default)]
pub(super) struct Builder {
    pub program: Program,
}

impl Builder {
    pub(super) fn num_input(&mut self) -> Num {
        self.program.num_inputs += 1;
        self.program.nums += 1;
        self.program.nums - 1
    }

    pub(super) fn truth_input(&mut self) -> Truth {
        self.program.truth_inputs += 1;
        self.program.truths += 1;
        self.program.truths - 1
    }

    pub(super) fn valid_input(&mut self) -> Valid {
        self.program.valid_inputs += 1;
        self.program.valids += 1;
        self.program.valids - 1
    }

    pub(super) fn num(&mut self, op: Op) -> Num {
        self.program.ops.push(op);
        self.program.nums += 1;
        self.program.nums - 1
    }

    pub(super) fn truth(&mut self, op: Op) -> Truth {
        self.program.ops.push(op);
        self.program.truths += 1;
        self.program.truths - 1
    }

    pub(super) fn valid(&mut self, op: Op) -> Valid {
        self.program.ops.push(op);
        self.program.valids += 1;
        self.program.valids - 1
    }

    /// Known where both are.
    pub(super) fn both(&mut self, a: Option<Valid>, b: Option<Valid>) -> Option<Valid> {
        match (a, b) {
            (Some(a), Some(b)) if a != b => Some(self.valid(Op::Both(a, b))),
            (a, b) => a.or(b),
        }
    }

    /// A register times a whole constant.
    pub(super) fn scale(&mut self, a: Num, c: BigInt) -> Num {
        if c.is_one() { a } else { self.num(Op::Scale(a, c)) }
    }

    fn times(&mut self, a: Num, b: Option<Num>) -> Num {
        b.map_or(a, |b| self.num(Op::Times(a, b)))
    }

    fn bottoms(&mut self, a: Option<Num>, b: Option<Num>) -> Option<Num> {
        match (a, b) {
            (Some(a), Some(b)) => Some(self.num(Op::Times(a, b))),
            (a, b) => a.or(b),
        }
    }

    /// A constant as a register.
    pub(super) fn lift(&mut self, value: Value) -> Number {
        match value {
            Value::Number(number) => number,
            Value::Const(c) => {
                let factor = BigRational::new(BigInt::one(), c.denom().clone());
                Number { top: self.num(Op::Fill(c.numer().clone())), bottom: None, factor, valid: None }
            }
        }
    }

    /// The number of an expression; `None` when a name is not bound (the loader sees to it that all are).
    pub(super) fn number(&mut self, expr: &NumExpr, bind: &Bind<'_>) -> Option<Value> {
        Some(match expr {
            NumExpr::Number(value) => Value::Const(value.fraction().clone()),
            NumExpr::Name(name) => Value::Number(bind(name)?),
            NumExpr::Negate(inner) => {
                let inner = self.number(inner, bind)?;
                self.product(Value::Const(BigRational::from_integer((-1).into())), inner)
            }
            NumExpr::Arithmetic(op, left, right) => {
                let (left, right) = (self.number(left, bind)?, self.number(right, bind)?);
                match op {
                    Arithmetic::Add => self.sum(left, right, false),
                    Arithmetic::Subtract => self.sum(left, right, true),
                    Arithmetic::Multiply => self.product(left, right),
                    Arithmetic::Divide => self.quotient(left, right),
                }
            }
            NumExpr::Pick(pick, parts) => {
                let mut parts = parts.iter();
                let mut best = self.number(parts.next()?, bind)?;
                for part in parts {
                    let next = self.number(part, bind)?;
                    best = self.pick(*pick, best, next);
                }
                best
            }
        })
    }

    pub(super) fn product(&mut self, left: Value, right: Value) -> Value {
        match (left, right) {
            (Value::Const(a), Value::Const(b)) => Value::Const(a * b),
            (Value::Const(c), Value::Number(number)) | (Value::Number(number), Value::Const(c)) => {
                // A factor stays above 0, so the sign and a 0 go into the register.
                let sign = if c.is_zero() { BigInt::zero() } else { c.numer().signum() };
                let factor = if c.is_zero() { number.factor } else { number.factor * c.abs() };
                Value::Number(Number { top: self.scale(number.top, sign), factor, ..number })
            }
            (Value::Number(a), Value::Number(b)) => {
                let top = self.num(Op::Times(a.top, b.top));
                let bottom = self.bottoms(a.bottom, b.bottom);
                let valid = self.both(a.valid, b.valid);
                Value::Number(Number { top, bottom, factor: a.factor * b.factor, valid })
            }
        }
    }

    fn quotient(&mut self, left: Value, right: Value) -> Value {
        match right {
            Value::Const(c) if c.is_zero() => {
                // Never known: a register that is 0 is not "not 0".
                let zero = self.num(Op::Fill(BigInt::zero()));
                let valid = Some(self.valid(Op::NotZero(zero)));
                Value::Number(Number { top: zero, bottom: None, factor: BigRational::one(), valid })
            }
            Value::Const(c) => self.product(left, Value::Const(c.recip())),
            Value::Number(by) => {
                let not_zero = self.valid(Op::NotZero(by.top));
                let valid = self.both(by.valid, Some(not_zero));
                let sign = self.num(Op::Sign(by.top));
                let size = self.num(Op::Times(by.top, sign));
                let over = by.bottom.map_or(sign, |bottom| self.num(Op::Times(bottom, sign)));
                let turned = Number { top: over, bottom: Some(size), factor: by.factor.recip(), valid };
                self.product(left, Value::Number(turned))
            }
        }
    }

    pub(super) fn sum(&mut self, left: Value, right: Value, minus: bool) -> Value {
        if let (Value::Const(a), Value::Const(b)) = (&left, &right) {
            return Value::Const(if minus { a - b } else { a + b });
        }
        let (a, b, bottom, factor, valid) = self.common(left, right);
        let top = self.num(if minus { Op::Minus(a, b) } else { Op::Plus(a, b) });
        Value::Number(Number { top, bottom, factor, valid })
    }

    /// The first number where true, else the second.
    pub(super) fn choose(&mut self, truth: Truth, first: Number, second: Number) -> Number {
        let mut valid = None;
        if first.valid.is_some() || second.valid.is_some() {
            valid = Some(self.valid(Op::Either(truth, first.valid, second.valid)));
        }
        // Tops and bottoms are chosen, not multiplied out; only the factors must agree.
        let factor = gcd(&first.factor, &second.factor);
        let a = self.scale(first.top, (&first.factor / &factor).to_integer());
        let b = self.scale(second.top, (&second.factor / &factor).to_integer());
        let top = self.num(Op::Choose(truth, a, b));
        let bottom = match (first.bottom, second.bottom) {
            (None, None) => None,
            (a, b) => {
                let a = a.unwrap_or_else(|| self.num(Op::Fill(BigInt::one())));
                let b = b.unwrap_or_else(|| self.num(Op::Fill(BigInt::one())));
                Some(self.num(Op::Choose(truth, a, b)))
            }
        };
        Number { top, bottom, factor, valid }
    }

    pub(super) fn pick(&mut self, pick: Pick, left: Value, right: Value) -> Value {
        if let (Value::Const(a), Value::Const(b)) = (&left, &right) {
            let first = if pick == Pick::Max { a >= b } else { a <= b };
            return if first { left } else { right };
        }
        let (a, b, bottom, factor, valid) = self.common(left, right);
        let top = self.num(if pick == Pick::Max { Op::Largest(a, b) } else { Op::Smallest(a, b) });
        Value::Number(Number { top, bottom, factor, valid })
    }

    /// Two numbers as registers over one bottom with one factor.
    fn common(&mut self, left: Value, right: Value) -> (Num, Num, Option<Num>, BigRational, Option<Valid>) {
        // A constant's register is filled with its multiple of the common factor at once.
        let share = |value: &Value| match value {
            Value::Const(c) => c.abs(),
            Value::Number(number) => number.factor.clone(),
        };
        let factor = gcd(&share(&left), &share(&right));
        let valid = match (&left, &right) {
            (Value::Number(a), Value::Number(b)) => self.both(a.valid, b.valid),
            (Value::Number(a), _) | (_, Value::Number(a)) => a.valid,
            _ => None,
        };
        let bottom_of = |value: &Value| if let Value::Number(number) = value { number.bottom } else { None };
        let (below_a, below_b) = (bottom_of(&left), bottom_of(&right));
        let mut side = |value: Value, times: Option<Num>| match value {
            Value::Const(c) => {
                let c = (c / &factor).to_integer();
                self.num(times.map_or_else(|| Op::Fill(c.clone()), |times| Op::Scale(times, c.clone())))
            }
            Value::Number(number) => {
                let scaled = self.scale(number.top, (number.factor / &factor).to_integer());
                self.times(scaled, times)
            }
        };
        if below_a.is_some() && below_a == below_b {
            return (side(left, None), side(right, None), below_a, factor, valid);
        }
        let (a, b) = (side(left, below_b), side(right, below_a));
        (a, b, self.bottoms(below_a, below_b), factor, valid)
    }

    /// The truth of an expression; `None` when a name is not bound.
    pub(super) fn truth_of(&mut self, expr: &BoolExpr, bind: &Bind<'_>) -> Option<Truth> {
        Some(match expr {
            BoolExpr::Compare(op, left, right) => {
                let (left, right) = (self.number(left, bind)?, self.number(right, bind)?);
                self.compare(*op, left, right)
            }
            BoolExpr::Not(inner) => {
                let inner = self.truth_of(inner, bind)?;
                self.truth(Op::Not(inner))
            }
            BoolExpr::And(left, right) => {
                let (left, right) = (self.truth_of(left, bind)?, self.truth_of(right, bind)?);
                self.truth(Op::And(left, right))
            }
            BoolExpr::Or(left, right) => {
                let (left, right) = (self.truth_of(left, bind)?, self.truth_of(right, bind)?);
                self.truth(Op::Or(left, right))
            }
        })
    }

    pub(super) fn compare(&mut self, op: Comparison, left: Value, right: Value) -> Truth {
        match (left, right) {
            (Value::Number(a), Value::Number(b)) => {
                let ratio = &a.factor / &b.factor;
                let x = self.scale(a.top, ratio.numer().clone());
                let x = self.times(x, b.bottom);
                let y = self.scale(b.top, ratio.denom().clone());
                let y = self.times(y, a.bottom);
                let valid = self.both(a.valid, b.valid);
                self.truth(Op::Compare(op, x, y, valid))
            }
            (Value::Number(a), Value::Const(c)) => self.compare_const(op, a, c),
            (Value::Const(c), Value::Number(b)) => self.compare_const(turned(op), b, c),
            (Value::Const(a), Value::Const(b)) => {
                let zero = self.num(Op::Fill(BigInt::from(u8::from(holds(op, &a, &b)))));
                self.truth(Op::CompareConst(Comparison::AtLeast, zero, BigInt::one(), None))
            }
        }
    }

    fn compare_const(&mut self, op: Comparison, a: Number, c: BigRational) -> Truth {
        let limit = c / &a.factor;
        if let Some(bottom) = a.bottom {
            let x = self.scale(a.top, limit.denom().clone());
            let y = self.scale(bottom, limit.numer().clone());
            return self.truth(Op::Compare(op, x, y, a.valid));
        }
        // The register is whole, so the limit may be too: n >= 2.5 is n >= 3.
        let whole = match op {
            Comparison::AtLeast | Comparison::Less => limit.ceil().to_integer(),
            Comparison::AtMost | Comparison::Greater => limit.floor().to_integer(),
            Comparison::Equal if limit.is_integer() => limit.to_integer(),
            Comparison::Equal => {
                // No whole number is a fraction: twice the register is never odd.
                let twice = self.scale(a.top, 2.into());
                return self.truth(Op::CompareConst(op, twice, BigInt::one(), a.valid));
            }
        };
        self.truth(Op::CompareConst(op, a.top, whole, a.valid))
    }
}

fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Equal => Comparison::Equal,
    }
}

fn holds(op: Comparison, a: &BigRational, b: &BigRational) -> bool {
    match op {
        Comparison::Less => a < b,
        Comparison::AtMost => a <= b,
        Comparison::Greater => a > b,
        Comparison::AtLeast => a >= b,
        Comparison::Equal => a == b,
    }
}

/// The largest fraction both are whole multiples of; of 0 and a number, the number; of twice 0, 1.
pub(super) fn gcd(a: &BigRational, b: &BigRational) -> BigRational {
    let top = (a.numer() * b.denom()).gcd(&(b.numer() * a.denom()));
    if top.is_zero() { BigRational::one() } else { BigRational::new(top, a.denom() * b.denom()) }
}
