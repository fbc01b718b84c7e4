//! The integers a program runs on: 32 or 64 bits where the bounds prove that nothing can leave them, 128 bits or any length
//! otherwise. Owns the choice of width; the rule that matters: a width is chosen before a row is looked at, from the bounds of
//! the columns, so the loops need no overflow checks and no result depends on the width.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// An integer a program can run on. Operations of the fixed widths wrap; only bounds that were proven make them exact.
pub(super) trait Int: Clone + Ord + Default + Send + Sync + 'static {
    fn of_big(value: &BigInt) -> Self;
    fn of_i64(value: i64) -> Self;
    fn of_i128(value: i128) -> Self;
    fn cast<U: Int>(&self) -> U;
    fn plus(&self, other: &Self) -> Self;
    fn minus(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;
    fn sign(&self) -> Self;
    /// What is left of a division by a number above 0.
    fn rest(&self, by: &Self) -> Self;
    /// `floor((2 * self + by) / (2 * by))` for `by > 0` and results of 32 bits: rounds a quotient, a half upwards.
    fn round_quotient(&self, by: &Self) -> i32;
    /// A slice of a column that is stored in this very width.
    fn stored(data: &super::column::Data) -> Option<&[Self]>;
}

macro_rules! fixed {
    ($name:ty, $cast:ident, $of:ident, $stored:pat => $out:expr, $round:item) => {
        impl Int for $name {
            fn of_big(value: &BigInt) -> Self {
                value.$cast().unwrap_or_default()
            }
            #[inline(always)]
            fn of_i64(value: i64) -> Self {
                value as $name
            }
            #[inline(always)]
            fn of_i128(value: i128) -> Self {
                value as $name
            }
            #[inline(always)]
            fn cast<U: Int>(&self) -> U {
                U::$of((*self).into())
            }
            #[inline(always)]
            fn plus(&self, other: &Self) -> Self {
                self.wrapping_add(*other)
            }
            #[inline(always)]
            fn minus(&self, other: &Self) -> Self {
                self.wrapping_sub(*other)
            }
            #[inline(always)]
            fn times(&self, other: &Self) -> Self {
                self.wrapping_mul(*other)
            }
            #[inline(always)]
            fn sign(&self) -> Self {
                self.signum()
            }
            fn rest(&self, by: &Self) -> Self {
                self.wrapping_rem(*by)
            }
            $round
            fn stored(data: &super::column::Data) -> Option<&[Self]> {
                match data {
                    $stored => $out,
                    #[allow(unreachable_patterns)]
                    _ => None,
                }
            }
        }
    };
}

/// The quotient is below 2^31, so the estimate is wrong by one at most and the remainder says which way.
#[inline(always)]
fn round_i64(top: i64, by: i64) -> i32 {
    let (top, by) = (top.wrapping_mul(2).wrapping_add(by), by.wrapping_mul(2));
    let estimate = (top as f64 / by as f64).floor() as i64;
    let rest = top.wrapping_sub(estimate.wrapping_mul(by));
    (estimate + i64::from(rest >= by) - i64::from(rest < 0)) as i32
}

fixed!(i32, to_i32, of_i64, super::column::Data::I32(data) => Some(data),
#[inline(always)]
fn round_quotient(&self, by: &Self) -> i32 {
    // Numbers of 33 bits are exact in a double, and their quotient lies further from a whole number than it is rounded.
    let quotient = (2.0 * f64::from(*self) + f64::from(*by)) / (2.0 * f64::from(*by));
    let cut = quotient as i32;
    cut - i32::from(f64::from(cut) > quotient)
});
fixed!(i64, to_i64, of_i64, super::column::Data::I64(data) => Some(data),
#[inline(always)]
fn round_quotient(&self, by: &Self) -> i32 {
    round_i64(*self, *by)
});
fixed!(i128, to_i128, of_i128, super::column::Data::I64(_) => None,
fn round_quotient(&self, by: &Self) -> i32 {
    (self.wrapping_mul(2).wrapping_add(*by)).div_euclid(by.wrapping_mul(2)) as i32
});

impl Int for BigInt {
    fn of_big(value: &BigInt) -> Self {
        value.clone()
    }
    fn of_i64(value: i64) -> Self {
        value.into()
    }
    fn of_i128(value: i128) -> Self {
        value.into()
    }
    fn cast<U: Int>(&self) -> U {
        U::of_big(self)
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn sign(&self) -> Self {
        self.signum()
    }
    fn rest(&self, by: &Self) -> Self {
        self % by
    }
    fn round_quotient(&self, by: &Self) -> i32 {
        if by.is_zero() {
            return 0;
        }
        (self * 2_i32 + by).div_floor(&(by * 2_i32)).to_i32().unwrap_or(i32::MAX)
    }
    fn stored(data: &super::column::Data) -> Option<&[Self]> {
        match data {
            super::column::Data::Big(data) => Some(data),
            _ => None,
        }
    }
}

/// What a value can be: from `lo` to `hi`, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub lo: BigInt,
    pub hi: BigInt,
}

/// The width of the integers of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    W32,
    W64,
    W128,
    Any,
}

impl Bounds {
    pub(super) fn new(lo: impl Into<BigInt>, hi: impl Into<BigInt>) -> Self {
        Bounds { lo: lo.into(), hi: hi.into() }
    }

    /// The bounds that hold both.
    pub(super) fn with(&self, other: &Bounds) -> Bounds {
        Bounds { lo: (&self.lo).min(&other.lo).clone(), hi: (&self.hi).max(&other.hi).clone() }
    }

    pub(super) fn plus(&self, other: &Bounds) -> Bounds {
        Bounds { lo: &self.lo + &other.lo, hi: &self.hi + &other.hi }
    }

    pub(super) fn minus(&self, other: &Bounds) -> Bounds {
        Bounds { lo: &self.lo - &other.hi, hi: &self.hi - &other.lo }
    }

    pub(super) fn times(&self, other: &Bounds) -> Bounds {
        let corners = [&self.lo * &other.lo, &self.lo * &other.hi, &self.hi * &other.lo, &self.hi * &other.hi];
        let [mut lo, mut hi] = [corners[0].clone(), corners[0].clone()];
        for corner in corners {
            lo = lo.min(corner.clone());
            hi = hi.max(corner);
        }
        Bounds { lo, hi }
    }

    pub(super) fn max(&self, other: &Bounds) -> Bounds {
        Bounds { lo: (&self.lo).max(&other.lo).clone(), hi: (&self.hi).max(&other.hi).clone() }
    }

    pub(super) fn min(&self, other: &Bounds) -> Bounds {
        Bounds { lo: (&self.lo).min(&other.lo).clone(), hi: (&self.hi).min(&other.hi).clone() }
    }

    /// Bounds of a sum of up to `count` such values.
    pub(super) fn sum(&self, count: usize) -> Bounds {
        let times = BigInt::from(count);
        let zero = BigInt::zero();
        Bounds { lo: (&self.lo * &times).min(zero.clone()), hi: (&self.hi * &times).max(zero) }
    }

    /// The narrowest width that holds every value.
    pub(super) fn width(&self) -> Width {
        let most = self.lo.magnitude().max(self.hi.magnitude()).bits();
        match most {
            0..=30 => Width::W32,
            31..=62 => Width::W64,
            63..=126 => Width::W128,
            _ => Width::Any,
        }
    }
}
