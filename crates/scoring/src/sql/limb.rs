//! A part of a whole number: an expression of 64 bits that knows its bounds.

use super::layers::{Layers, Term};

/// Bits of a limb.
pub(super) const BITS: u32 = 24;
/// The lower bits of a limb.
pub(super) const MASK: i64 = (1 << BITS) - 1;
/// No limb and no intermediate sum reaches this.
pub(super) const SAFE: i128 = 1 << 62;
/// A limb within this is multiplied as it is.
pub(super) const NARROW: i128 = 1 << (BITS + 2);

/// A part of a number: an expression of 64 bits with its bounds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Limb {
    pub term: Term,
    pub low: i128,
    pub high: i128,
    /// A literal or a column: may be written twice.
    pub atom: bool,
    pub literal: bool,
}

impl Limb {
    /// A column of the base layer.
    pub(super) fn column(name: &str, low: i128, high: i128) -> Self {
        Limb { term: Term { sql: name.to_owned(), level: 0 }, low, high, atom: true, literal: false }
    }

    pub(super) fn literal(value: i128) -> Self {
        let sql = if value < 0 { format!("({value})") } else { value.to_string() };
        Limb { term: Term { sql, level: 0 }, low: value, high: value, atom: true, literal: true }
    }

    /// An expression that is no column yet.
    pub(super) fn expression(sql: String, level: usize, low: i128, high: i128) -> Self {
        Limb { term: Term { sql, level }, low, high, atom: false, literal: false }
    }

    pub(super) fn most(&self) -> i128 {
        self.low.abs().max(self.high.abs())
    }

    pub(super) fn is_zero(&self) -> bool {
        self.literal && self.low == 0
    }

    pub(super) fn bound(&self, layers: &mut Layers) -> Limb {
        if self.atom {
            return self.clone();
        }
        Limb { term: layers.bind(&self.term), atom: true, ..self.clone() }
    }

    pub(super) fn plus(&self, other: &Limb) -> Limb {
        match (self, other) {
            (a, b) if a.literal && b.literal => Limb::literal(a.low + b.low),
            (a, b) if a.is_zero() => b.clone(),
            (a, b) if b.is_zero() => a.clone(),
            (a, b) => Limb::expression(
                format!("({} + {})", a.term.sql, b.term.sql),
                a.term.level.max(b.term.level),
                a.low + b.low,
                a.high + b.high,
            ),
        }
    }

    /// The sum of several as one flat expression.
    pub(super) fn sum(limbs: &[Limb]) -> Limb {
        match limbs {
            [] => Limb::literal(0),
            [one] => one.clone(),
            [first, rest @ ..] if limbs.iter().all(|limb| limb.literal) => {
                rest.iter().fold(first.clone(), |sum, limb| sum.plus(limb))
            }
            _ => {
                let texts: Vec<&str> = limbs.iter().map(|limb| limb.term.sql.as_str()).collect();
                let level = limbs.iter().map(|limb| limb.term.level).max().unwrap_or(0);
                let (low, high) = limbs.iter().fold((0, 0), |(low, high), limb| (low + limb.low, high + limb.high));
                Limb::expression(format!("({})", texts.join(" + ")), level, low, high)
            }
        }
    }

    pub(super) fn times(&self, other: &Limb) -> Limb {
        match (self, other) {
            (a, b) if a.literal && b.literal => Limb::literal(a.low * b.low),
            (a, b) if a.literal && a.low == 1 => b.clone(),
            (a, b) if b.literal && b.low == 1 => a.clone(),
            (a, b) => {
                let corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
                let (low, high) = corners.iter().fold((i128::MAX, i128::MIN), |(l, h), c| (l.min(*c), h.max(*c)));
                let sql = format!("({} * {})", a.term.sql, b.term.sql);
                Limb::expression(sql, a.term.level.max(b.term.level), low, high)
            }
        }
    }

    /// The limb as parts that each stand one place higher than the one before.
    pub(super) fn parts(&self) -> Vec<Limb> {
        let (sql, level) = (&self.term.sql, self.term.level);
        let shifted = |by: u32| (self.low >> by, self.high >> by);
        if self.literal {
            let (mut rest, mut parts) = (self.low, Vec::new());
            while rest.abs() > i128::from(MASK) {
                parts.push(Limb::literal(rest & i128::from(MASK)));
                rest >>= BITS;
            }
            parts.push(Limb::literal(rest));
            return parts;
        }
        if self.most() <= NARROW {
            return vec![self.clone()];
        }
        let lowest = Limb::expression(format!("({sql} & {MASK})"), level, 0, i128::from(MASK));
        let (low, high) = shifted(BITS);
        if self.most() < 1 << (2 * BITS + 1) {
            return vec![lowest, Limb::expression(format!("({sql} >> {BITS})"), level, low, high)];
        }
        let middle = Limb::expression(format!("(({sql} >> {BITS}) & {MASK})"), level, 0, i128::from(MASK));
        let (low, high) = shifted(2 * BITS);
        vec![lowest, middle, Limb::expression(format!("({sql} >> {})", 2 * BITS), level, low, high)]
    }
}
