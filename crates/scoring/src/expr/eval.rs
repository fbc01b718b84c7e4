//! Three-valued evaluation: false and unknown = false, true or unknown = true, everything else with unknown = unknown;
//! arithmetic, `max` and `min` with unknown = unknown; a division by 0 is unknown. `None` is unknown.

use super::{Arithmetic, BoolExpr, Comparison, NumExpr, Pick};
use crate::exact::Exact;

/// What a name stands for: a number, or `None` when it is not known.
pub type Lookup<'a> = dyn Fn(&str) -> Option<Exact> + 'a;

impl NumExpr {
    /// The number, or `None` when it is unknown.
    pub fn eval(&self, lookup: &Lookup<'_>) -> Option<Exact> {
        match self {
            NumExpr::Number(value) => Some(value.clone()),
            NumExpr::Name(name) => lookup(name),
            NumExpr::Negate(inner) => inner.eval(lookup).map(|value| -value),
            NumExpr::Arithmetic(op, left, right) => {
                let (left, right) = (left.eval(lookup)?, right.eval(lookup)?);
                match op {
                    Arithmetic::Add => Some(&left + &right),
                    Arithmetic::Subtract => Some(&left - &right),
                    Arithmetic::Multiply => Some(&left * &right),
                    Arithmetic::Divide => left.divide(&right),
                }
            }
            NumExpr::Pick(pick, parts) => {
                let values: Option<Vec<Exact>> = parts.iter().map(|part| part.eval(lookup)).collect();
                match pick {
                    Pick::Max => values?.into_iter().max(),
                    Pick::Min => values?.into_iter().min(),
                }
            }
        }
    }
}

impl BoolExpr {
    /// The truth, or `None` when it is unknown.
    pub fn eval(&self, lookup: &Lookup<'_>) -> Option<bool> {
        match self {
            BoolExpr::Compare(op, left, right) => Some(op.holds(&left.eval(lookup)?, &right.eval(lookup)?)),
            BoolExpr::Not(inner) => inner.eval(lookup).map(|truth| !truth),
            BoolExpr::And(left, right) => match (left.eval(lookup), right.eval(lookup)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            BoolExpr::Or(left, right) => match (left.eval(lookup), right.eval(lookup)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

impl Comparison {
    /// Whether `left op right`.
    pub fn holds(&self, left: &Exact, right: &Exact) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::Greater => left > right,
            Comparison::AtLeast => left >= right,
            Comparison::Equal => left == right,
        }
    }
}
