//! Exact fractions over the columns of a query: `factor * n / d`, `d` above 0, `n` null where the number is unknown.
//!
//! Comparison is by cross-multiplication, so that a threshold met exactly is met. Nothing is divided before the points are
//! rounded.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::layers::{Layers, Term};
use super::wide::{BITS, Wide};
use crate::exact::Exact;
use crate::expr::{Comparison, Pick};

/// A fraction, perhaps unknown.
#[derive(Clone, Debug)]
pub(super) struct Num {
    /// Of the pack: numerator and denominator above 0, without a common factor.
    pub factor: (BigInt, BigInt),
    pub n: Wide,
    pub d: Wide,
}

/// Rounded points.
pub(super) enum Hundredths {
    /// A column.
    Column(Term),
    /// Columns to be divided, the first by the second.
    Wide(Wide, Wide),
}

/// The whole quotient of two wide numbers of 0 or more in `rows`, below `2 * most`, as expressions of `scope, quotient`.
///
/// The limbs become rows. A recursive expression goes through them for each binary digit of the quotient, from the highest:
/// the digit stands where `top - (found + digit) * bottom`, its carries added limb by limb, is not below 0.
pub(super) fn divide(name: &str, rows: &str, top: &Wide, bottom: &Wide, most: u32, steps: &mut Vec<String>) {
    let places = top.0.len().max(bottom.0.len());
    let limb = |wide: &Wide, i: usize| wide.0.get(i).map_or("0", |limb| limb.term.sql.as_str()).to_owned();
    let list = (0..places).map(|i| {
        let (x, y) = (limb(top, i), limb(bottom, i));
        format!("  select scope, {i} as place, cast({x} as bigint) as x, cast({y} as bigint) as y from {rows}")
    });
    steps.push(format!("create temporary table {name}_l as\n{}", list.collect::<Vec<_>>().join("\n  union all\n")));
    let (last, first) = (places - 1, 1_u32 << most.max(1).ilog2());
    steps.push(format!(
        "create temporary table {name} as with recursive digits(scope, place, digit, found, carry) as (
  select scope, 0, cast({first} as bigint), cast(x * 0 as bigint), cast(0 as bigint) from {name}_l where place = 0 and x is not null
  union all
  select m.scope, case when m.place = {last} then 0 else m.place + 1 end,
    case when m.place = {last} then m.digit >> 1 else m.digit end,
    case when m.place = {last} and l.x - (m.found + m.digit) * l.y + m.carry >= 0 then m.found + m.digit else m.found end,
    case when m.place = {last} then 0 else (l.x - (m.found + m.digit) * l.y + m.carry) >> {BITS} end
  from digits m join {name}_l l on l.scope = m.scope and l.place = m.place where m.digit > 0)
select scope, found as quotient from digits where digit = 0"
    ));
}

/// `numerator / denominator` without a common factor and with a denominator above 0.
fn reduced(n: BigInt, d: BigInt) -> (BigInt, BigInt) {
    let common = n.gcd(&d);
    if common.is_zero() || common.is_one() { (n, d) } else { (n / &common, d / common) }
}

impl Num {
    /// A number of the pack.
    pub(super) fn literal(value: &Exact) -> Self {
        Num { factor: value.parts(), n: Wide::one(), d: Wide::one() }
    }

    /// `factor * n / d`.
    pub(super) fn of(n: Wide, d: Wide, factor: &Exact) -> Self {
        Num { factor: factor.parts(), n, d }
    }

    pub(super) fn times_literal(&self, by: &Exact) -> Num {
        let (n, d) = by.parts();
        Num { factor: reduced(&self.factor.0 * n, &self.factor.1 * d), ..self.clone() }
    }

    pub(super) fn plus(&self, other: &Num, layers: &mut Layers) -> Num {
        let (a, b) = (&self.factor.0 * &other.factor.1, &other.factor.0 * &self.factor.1);
        let common = match a.gcd(&b) {
            common if common.is_zero() => BigInt::one(),
            common => common,
        };
        let (a, b) = (a / &common, b / &common);
        let factor = reduced(common, &self.factor.1 * &other.factor.1);
        if self.d == other.d {
            let (left, right) = (self.n.scaled(&a, layers), other.n.scaled(&b, layers));
            return Num { factor, n: left.plus(&right, layers), d: self.d.clone() };
        }
        let left = self.n.times(&other.d, layers).scaled(&a, layers);
        let right = other.n.times(&self.d, layers).scaled(&b, layers);
        Num { factor, n: left.plus(&right, layers), d: self.d.times(&other.d, layers) }
    }

    pub(super) fn negated(&self) -> Num {
        Num { factor: (-&self.factor.0, self.factor.1.clone()), ..self.clone() }
    }

    pub(super) fn minus(&self, other: &Num, layers: &mut Layers) -> Num {
        self.plus(&other.negated(), layers)
    }

    pub(super) fn times(&self, other: &Num, layers: &mut Layers) -> Num {
        let factor = reduced(&self.factor.0 * &other.factor.0, &self.factor.1 * &other.factor.1);
        Num { factor, n: self.n.times(&other.n, layers), d: self.d.times(&other.d, layers) }
    }

    /// The quotient; unknown where the divisor is 0.
    pub(super) fn divided(&self, other: &Num, layers: &mut Layers) -> Num {
        if other.factor.0.is_zero() {
            let nothing = Term { sql: "cast(null as bigint)".into(), level: 0 };
            return Num { n: Wide::choose(&[&self.n], layers, &|_| nothing.clone()), ..self.clone() };
        }
        let sign = if other.factor.0.is_negative() { -BigInt::one() } else { BigInt::one() };
        let factor = reduced(&self.factor.0 * &other.factor.1 * &sign, &self.factor.1 * &other.factor.0 * sign);
        let (n, d) = (self.n.times(&other.d, layers), self.d.clone());
        if other.n.is_positive() {
            return Num { factor, n, d: d.times(&other.n, layers) };
        }
        let divisor = other.n.bound(layers);
        let above = divisor.minus(&Wide::one(), layers).sign(layers);
        let below = divisor.sign(layers);
        let text = format!("case when {} >= 0 then 1 when {} < 0 then -1 end", above.sql, below.sql);
        let sign = layers.bind(&Term { sql: text, level: above.level.max(below.level) });
        // Null where the divisor is 0.
        let mut turn = Wide::column(&sign.sql, -1, 1);
        turn.0[0].term.level = sign.level;
        let positive = divisor.times(&turn, layers);
        Num { factor, n: n.times(&turn, layers), d: d.times(&positive, layers) }
    }

    /// `self op other`: true, false or null.
    pub(super) fn compared(&self, op: Comparison, other: &Num, layers: &mut Layers) -> Term {
        let (a, b) = reduced_pair(&self.factor.0 * &other.factor.1, &other.factor.0 * &self.factor.1);
        let left = self.n.times(&other.d, layers).scaled(&a, layers);
        let right = other.n.times(&self.d, layers).scaled(&b, layers);
        let mut above = |strict: &str, more: &Wide, less: &Wide| {
            let difference = more.minus(less, layers);
            let sign = difference.sign(layers);
            let sign = if difference.0.len() > 1 { layers.bind(&sign) } else { sign };
            Term { sql: format!("({} {strict} 0)", sign.sql), level: sign.level }
        };
        match op {
            Comparison::AtLeast => above(">=", &left, &right),
            Comparison::AtMost => above(">=", &right, &left),
            Comparison::Less => above("<", &left, &right),
            Comparison::Greater => above("<", &right, &left),
            Comparison::Equal => {
                let (one, two) = (above(">=", &left, &right), above(">=", &right, &left));
                Term { sql: format!("({} and {})", one.sql, two.sql), level: one.level.max(two.level) }
            }
        }
    }

    /// The larger or the smaller; unknown where either is.
    pub(super) fn picked(&self, pick: Pick, other: &Num, layers: &mut Layers) -> Num {
        let op = if pick == Pick::Max { Comparison::AtLeast } else { Comparison::AtMost };
        let first = self.compared(op, other, layers);
        let first = layers.bind_truth(&first);
        let write = |texts: &[&str]| Term {
            sql: format!("case when {0} then {1} when not {0} then {2} end", first.sql, texts[0], texts[1]),
            level: first.level,
        };
        Num::either(self, other, layers, &write)
    }

    /// A choice between two fractions, limb by limb.
    fn either(a: &Num, b: &Num, layers: &mut Layers, write: &dyn Fn(&[&str]) -> Term) -> Num {
        let scale = a.factor.1.lcm(&b.factor.1);
        let over = |num: &Num, layers: &mut Layers| num.n.scaled(&(&num.factor.0 * &scale / &num.factor.1), layers);
        let (left, right) = (over(a, layers), over(b, layers));
        let n = Wide::choose(&[&left, &right], layers, write);
        let d = if a.d == b.d { a.d.clone() } else { Wide::choose(&[&a.d, &b.d], layers, write) };
        Num { factor: (BigInt::one(), scale), n, d }
    }

    /// The first number whose condition is true, in order; null where a condition before it is unknown and none is true.
    /// The last one stands where all conditions are false.
    pub(super) fn cases(options: &[(Term, Num)], last: &Num, layers: &mut Layers) -> Num {
        options.iter().rev().fold(last.clone(), |rest, (truth, num)| {
            let truth = layers.bind_truth(truth);
            let write = |texts: &[&str]| Term {
                sql: format!("case when {0} then {1} when not {0} then {2} end", truth.sql, texts[0], texts[1]),
                level: truth.level,
            };
            // A literal must become null with its condition, so the denominators are chosen too only where they differ.
            Num::either(num, &rest, layers, &write)
        })
    }

    /// Hundredths, a half upwards, of a number from 0 up: `floor((200 n + d) / 2 d)`.
    ///
    /// Where both fit 64 bits, by remainder and exact division: the quotient is below 2^31, so an engine whose `/` is a binary
    /// fraction still returns it exactly. Otherwise numerator and denominator, for a division step by step.
    pub(super) fn hundredths(&self, layers: &mut Layers) -> Hundredths {
        let (a, b) = reduced_pair(&self.factor.0 * 200, self.factor.1.clone());
        let bottom = self.d.scaled(&b, layers);
        let top = self.n.scaled(&a, layers).plus(&bottom, layers).bound(layers);
        let bottom = bottom.scaled(&BigInt::from(2), layers).bound(layers);
        if let ([x], [y]) = (top.0.as_slice(), bottom.0.as_slice()) {
            let (x, y) = (&x.term, &y.term);
            let sql = format!("(({0} - {0} % {1}) / {1})", x.sql, y.sql);
            return Hundredths::Column(layers.bind(&Term { sql, level: x.level.max(y.level) }));
        }
        Hundredths::Wide(top.narrow(layers).bound(layers), bottom.narrow(layers).bound(layers))
    }
}

fn reduced_pair(a: BigInt, b: BigInt) -> (BigInt, BigInt) {
    let common = a.gcd(&b);
    if common.is_zero() { (a, b) } else { (a / &common, b / common) }
}
