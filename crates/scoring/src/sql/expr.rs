//! Expressions of a standard as SQL. Three-valued logic is SQL's own: null is unknown, `and` and `or` decide where they can.

use super::layers::{Layers, Term};
use super::number::Num;
use crate::exact::Exact;
use crate::expr::{Arithmetic, BoolExpr, NumExpr};

/// What a name stands for.
pub(super) type Names<'a> = dyn Fn(&str) -> Option<Num> + 'a;

/// A number; names the loader would have refused are unknown.
pub(super) fn number(expr: &NumExpr, names: &Names<'_>, layers: &mut Layers) -> Num {
    match expr {
        NumExpr::Number(value) => Num::literal(value),
        NumExpr::Name(name) => names(name).unwrap_or_else(|| {
            let zero = Num::literal(&Exact::zero());
            Num::literal(&Exact::one()).divided(&zero, layers)
        }),
        NumExpr::Negate(inner) => number(inner, names, layers).negated(),
        NumExpr::Arithmetic(op, left, right) => {
            let (left, right) = (number(left, names, layers), number(right, names, layers));
            match op {
                Arithmetic::Add => left.plus(&right, layers),
                Arithmetic::Subtract => left.minus(&right, layers),
                Arithmetic::Multiply => left.times(&right, layers),
                Arithmetic::Divide => left.divided(&right, layers),
            }
        }
        NumExpr::Pick(pick, parts) => {
            let mut parts = parts.iter().map(|part| number(part, names, layers)).collect::<Vec<_>>().into_iter();
            let first = parts.next().unwrap_or_else(|| Num::literal(&Exact::zero()));
            parts.fold(first, |best, next| best.picked(*pick, &next, layers))
        }
    }
}

/// A truth: true, false or null.
pub(super) fn truth(expr: &BoolExpr, names: &Names<'_>, layers: &mut Layers) -> Term {
    let mut joined = |word: &str, left: &BoolExpr, right: &BoolExpr| {
        let (left, right) = (truth(left, names, layers), truth(right, names, layers));
        Term { sql: format!("({} {word} {})", left.sql, right.sql), level: left.level.max(right.level) }
    };
    match expr {
        BoolExpr::And(left, right) => joined("and", left, right),
        BoolExpr::Or(left, right) => joined("or", left, right),
        BoolExpr::Not(inner) => {
            let inner = truth(inner, names, layers);
            Term { sql: format!("(not {})", inner.sql), level: inner.level }
        }
        BoolExpr::Compare(op, left, right) => {
            let (left, right) = (number(left, names, layers), number(right, names, layers));
            left.compared(*op, &right, layers)
        }
    }
}
