//! Whole numbers of any width over 64-bit columns.
//!
//! A number is `limb[0] + limb[1] * 2^24 + limb[2] * 2^48 + …`; limbs are signed and may overlap (carry-save), so sums need no
//! carry. Each limb knows its bounds, and the rule that matters follows from them: no intermediate result of the generated
//! text can leave 62 bits, whatever the facts. SQLite would turn an overflow silently into a binary fraction; here none occurs.
//!
//! Shifting right divides downwards and `&` keeps the remainder, on every engine alike (two's complement), so the sign of a
//! number is the sign of its last limb once the carries are added.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::layers::{Layers, Term};
pub(super) use super::limb::{BITS, MASK, SAFE};
use super::limb::{Limb, NARROW};

/// The widest number that is written out.
const MOST_LIMBS: usize = 128;

/// A whole number, least limb first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wide(pub Vec<Limb>);

impl Wide {
    /// A number of the pack.
    pub(super) fn literal(value: &BigInt) -> Self {
        if let Some(small) = value.to_i64().filter(|small| i128::from(*small).abs() < SAFE) {
            return Wide(vec![Limb::literal(i128::from(small))]);
        }
        let (mut rest, mut limbs) = (value.clone(), Vec::new());
        while rest.abs() > BigInt::from(MASK) {
            let limb: BigInt = &rest & BigInt::from(MASK);
            limbs.push(Limb::literal(limb.to_i128().unwrap_or_default()));
            rest >>= BITS;
        }
        limbs.push(Limb::literal(rest.to_i128().unwrap_or_default()));
        Wide(limbs)
    }

    /// The number 1.
    pub(super) fn one() -> Self {
        Wide(vec![Limb::literal(1)])
    }

    /// One column of the base layer.
    pub(super) fn column(name: &str, low: i128, high: i128) -> Self {
        Wide(vec![Limb::column(name, low, high)])
    }

    /// Whether it is the literal 1.
    pub(super) fn is_one(&self) -> bool {
        matches!(self.0.as_slice(), [limb] if limb.literal && limb.low == 1)
    }

    /// Whether bounds alone say that it is above 0.
    pub(super) fn is_positive(&self) -> bool {
        self.0.iter().all(|limb| limb.low >= 0) && self.0.iter().any(|limb| limb.low > 0)
    }

    /// The same number with every limb a column.
    pub(super) fn bound(&self, layers: &mut Layers) -> Wide {
        Wide(self.0.iter().map(|limb| limb.bound(layers)).collect())
    }

    /// The same number with narrow limbs: every limb is cut, each part goes to its own place.
    pub(super) fn narrow(&self, layers: &mut Layers) -> Wide {
        if self.0.iter().all(|limb| limb.most() <= NARROW) {
            return self.clone();
        }
        let bound = self.bound(layers);
        let mut limbs: Vec<Limb> = Vec::new();
        for (i, limb) in bound.0.iter().enumerate() {
            for (j, part) in limb.parts().into_iter().enumerate() {
                while limbs.len() <= i + j {
                    limbs.push(Limb::literal(0));
                }
                limbs[i + j] = limbs[i + j].plus(&part);
            }
        }
        Wide(limbs)
    }

    /// The same number, known to be 0 or more, with every carry added: limbs of 24 bits, none below 0.
    pub(super) fn rippled(&self, layers: &mut Layers) -> Wide {
        let mut limbs: Vec<Limb> = Vec::new();
        let mut carried = Limb::literal(0);
        for limb in &self.0 {
            let sum = limb.plus(&carried).bound(layers);
            let (sql, level) = (&sum.term.sql, sum.term.level);
            limbs.push(Limb::expression(format!("({sql} & {MASK})"), level, 0, i128::from(MASK)));
            carried = Limb::expression(format!("({sql} >> {BITS})"), level, sum.low >> BITS, sum.high >> BITS);
        }
        while carried.high > 0 {
            let sum = carried.bound(layers);
            let (sql, level) = (&sum.term.sql, sum.term.level);
            limbs.push(Limb::expression(format!("({sql} & {MASK})"), level, 0, i128::from(MASK)));
            carried = Limb::expression(format!("({sql} >> {BITS})"), level, 0, sum.high >> BITS);
        }
        Wide(limbs)
    }

    /// The sum.
    pub(super) fn plus(&self, other: &Wide, layers: &mut Layers) -> Wide {
        let zero = Limb::literal(0);
        let places = self.0.len().max(other.0.len());
        let at = |wide: &Wide, i: usize| wide.0.get(i).unwrap_or(&zero).clone();
        let sum: Vec<Limb> = (0..places).map(|i| at(self, i).plus(&at(other, i))).collect();
        if sum.iter().all(|limb| limb.most() < SAFE) {
            return Wide(sum);
        }
        let (a, b) = (self.narrow(layers), other.narrow(layers));
        a.plus(&b, layers)
    }

    /// The product.
    pub(super) fn times(&self, other: &Wide, layers: &mut Layers) -> Wide {
        if let Some(product) = self.convolved(other, layers) {
            return product;
        }
        let (a, b) = (self.narrow(layers), other.narrow(layers));
        a.convolved(&b, layers).unwrap_or_else(|| {
            layers.overgrown = true;
            Wide::one()
        })
    }

    fn convolved(&self, other: &Wide, layers: &mut Layers) -> Option<Wide> {
        let mut most = vec![0_i128; self.0.len() + other.0.len()];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                most[i + j] = most[i + j].checked_add(a.most().checked_mul(b.most())?)?;
            }
        }
        if most.iter().any(|most| *most >= SAFE) || most.len() > MOST_LIMBS {
            return None;
        }
        let single = self.0.len() == 1 && other.0.len() == 1;
        let (a, b) = if single { (self.clone(), other.clone()) } else { (self.bound(layers), other.bound(layers)) };
        let mut products = vec![Vec::new(); a.0.len() + b.0.len() - 1];
        for (i, left) in a.0.iter().enumerate().filter(|(_, limb)| !limb.is_zero()) {
            for (j, right) in b.0.iter().enumerate().filter(|(_, limb)| !limb.is_zero()) {
                products[i + j].push(left.times(right));
            }
        }
        Some(Wide(products.iter().map(|limbs| Limb::sum(limbs)).collect()))
    }

    /// The product with a number of the pack. With 0 what is unknown stays unknown.
    pub(super) fn scaled(&self, by: &BigInt, layers: &mut Layers) -> Wide {
        if by.is_zero() {
            let zeroed = |limb: &Limb| {
                if limb.literal { Limb::literal(0) } else { limb.times(&Limb::literal(0)) }
            };
            return Wide(self.0.iter().map(zeroed).collect());
        }
        self.times(&Wide::literal(by), layers)
    }

    /// The difference.
    pub(super) fn minus(&self, other: &Wide, layers: &mut Layers) -> Wide {
        let negated = other.scaled(&BigInt::from(-1), layers);
        self.plus(&negated, layers)
    }

    /// Limb by limb `write`, over columns; for choices between numbers. Bounds are those of all together.
    pub(super) fn choose(options: &[&Wide], layers: &mut Layers, write: &dyn Fn(&[&str]) -> Term) -> Wide {
        let zero = Limb::literal(0);
        let options: Vec<Wide> = options.iter().map(|option| option.bound(layers)).collect();
        let places = options.iter().map(|option| option.0.len()).max().unwrap_or(0);
        let limbs = (0..places).map(|i| {
            let limbs: Vec<&Limb> = options.iter().map(|option| option.0.get(i).unwrap_or(&zero)).collect();
            let texts: Vec<&str> = limbs.iter().map(|limb| limb.term.sql.as_str()).collect();
            let term = write(&texts);
            let level = limbs.iter().map(|limb| limb.term.level).fold(term.level, usize::max);
            let low = limbs.iter().map(|limb| limb.low).min().unwrap_or(0);
            let high = limbs.iter().map(|limb| limb.high).max().unwrap_or(0);
            Limb::expression(format!("cast({} as bigint)", term.sql), level, low, high)
        });
        Wide(limbs.collect())
    }

    /// Columns of the base layer, one for each pair of bounds.
    pub(super) fn columns(prefix: &str, bounds: &[(i128, i128)]) -> Self {
        let limb = |(i, (low, high)): (usize, &(i128, i128))| Limb::column(&format!("{prefix}{i}"), *low, *high);
        Wide(bounds.iter().enumerate().map(limb).collect())
    }

    /// Every limb's bounds.
    pub(super) fn bounds(&self) -> Vec<(i128, i128)> {
        self.0.iter().map(|limb| (limb.low, limb.high)).collect()
    }

    /// The limbs' texts; columns or literals, once bound.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|limb| limb.term.sql.as_str())
    }

    /// The limbs as a select list, `expression as prefix0, …`; every limb must be bound.
    pub(super) fn select(&self, prefix: &str) -> String {
        let limb = |(i, limb): (usize, &Limb)| format!("{} as {prefix}{i}", limb.term.sql);
        self.0.iter().enumerate().map(limb).collect::<Vec<_>>().join(", ")
    }

    /// An expression with the sign of the number (and its value, where it has one limb). Two limbs are taken together where
    /// they fit; engines nest expressions only so deep, so the carry becomes a column every few steps.
    pub(super) fn sign(&self, layers: &mut Layers) -> Term {
        let mut steps: Vec<(String, usize, u32)> = Vec::new();
        let mut limbs = self.0.as_slice();
        while let [low, rest @ ..] = limbs {
            let pair = rest.first().filter(|high| (high.most() << BITS) + low.most() < SAFE >> 1);
            match pair {
                Some(high) => {
                    let sql = format!("({} * {} + {})", high.term.sql, MASK + 1, low.term.sql);
                    steps.push((sql, high.term.level.max(low.term.level), 2 * BITS));
                    limbs = &rest[1..];
                }
                None => {
                    steps.push((low.term.sql.clone(), low.term.level, BITS));
                    limbs = rest;
                }
            }
        }
        let mut steps = steps.into_iter().enumerate();
        let Some((_, (sql, level, mut bits))) = steps.next() else { return Limb::literal(0).term };
        let mut carried = Term { sql, level };
        for (i, (sql, level, next)) in steps {
            if i % 12 == 0 {
                carried = layers.bind(&carried);
            }
            let level = level.max(carried.level);
            carried = Term { sql: format!("({sql} + ({} >> {bits}))", carried.sql), level };
            bits = next;
        }
        carried
    }
}
