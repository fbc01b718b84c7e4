//! Exact rational numbers. Owns every piece of arithmetic in this crate; the rule that matters: no binary fraction
//! anywhere, so that 489.2 m² against 20 m² per 100 households of 2,446 is *equal*, not nearly equal.
//!
//! Numbers are arbitrary-precision fractions, so nothing overflows and nothing panics; a division by zero is `None`.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest decimal text that is read. It bounds the work one hostile number can cause.
pub const MAX_DIGITS: usize = 40;
/// Decimal places shown for a number that has no finite decimal form.
const SHOWN_PLACES: u32 = 4;

/// An exact rational number. Serialises as text: `"489.2"`, or `"1300/17"` where no finite decimal exists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

/// Why a text is not a number this crate reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a plain decimal number of at most 40 characters; write digits with an optional sign and point, such as 4.5"
)]
pub struct NotANumber(pub String);

impl Exact {
    /// The number 0.
    pub fn zero() -> Self {
        Exact(BigRational::zero())
    }

    /// The number 1.
    pub fn one() -> Self {
        Exact(BigRational::one())
    }

    /// Reads a plain decimal: an optional sign, digits, an optional point and digits. No exponent, no separators.
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        let refuse = || NotANumber(text.chars().take(MAX_DIGITS + 1).collect());
        if text.len() > MAX_DIGITS {
            return Err(refuse());
        }
        let (negative, body) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let dangling = body.contains('.') && fraction.is_empty();
        if whole.is_empty() || dangling || !digits(whole) || !digits(fraction) {
            return Err(refuse());
        }
        let numer: BigInt = format!("{whole}{fraction}").parse().map_err(|_| refuse())?;
        let value = BigRational::new(numer, power_of_ten(fraction.len() as u32));
        Ok(Exact(if negative { -value } else { value }))
    }

    /// The number `units / 10^places`: how a register stores a decimal as a scaled integer (459.0 m² at one place is `scaled(4590, 1)`).
    pub fn scaled(units: i64, places: u32) -> Self {
        Exact(BigRational::new(BigInt::from(units), power_of_ten(places.min(MAX_DIGITS as u32))))
    }

    /// `self / other`, or `None` when `other` is 0.
    pub fn divide(&self, other: &Exact) -> Option<Exact> {
        (!other.0.is_zero()).then(|| Exact(&self.0 / &other.0))
    }

    /// Rounds to `places` decimals, a half upwards (1.005 → 1.01, -1.005 → -1.00).
    pub fn round_half_up(&self, places: u32) -> Exact {
        let scale = BigRational::from_integer(power_of_ten(places));
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        Exact((&self.0 * &scale + half).floor() / scale)
    }

    /// The value held between `low` and `high`.
    pub fn clamp_between(self, low: &Exact, high: &Exact) -> Exact {
        if self < *low {
            low.clone()
        } else if self > *high {
            high.clone()
        } else {
            self
        }
    }

    /// Numerator and denominator, without a common factor, the denominator above 0.
    pub(crate) fn parts(&self) -> (BigInt, BigInt) {
        (self.0.numer().clone(), self.0.denom().clone())
    }

    /// `numerator / denominator`, or `None` when the denominator is 0.
    pub(crate) fn from_parts(numerator: BigInt, denominator: BigInt) -> Option<Exact> {
        (!denominator.is_zero()).then(|| Exact(BigRational::new(numerator, denominator)))
    }

    /// Whether the number is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether the number is a whole one.
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether the number is below 0.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// The shortest decimal text and whether it is exact; otherwise four places, a half upwards.
    pub fn to_decimal(&self) -> (String, bool) {
        if self.0.is_integer() {
            return (self.0.numer().to_string(), true);
        }
        match finite_places(self.0.denom()) {
            Some(places) => (write_fixed(&self.0, places), true),
            None => (write_fixed(&self.round_half_up(SHOWN_PLACES).0, SHOWN_PLACES), false),
        }
    }

    /// The fraction itself, for arithmetic inside this crate.
    pub(crate) fn fraction(&self) -> &BigRational {
        &self.0
    }

    /// The number of a fraction made inside this crate.
    pub(crate) fn of_fraction(fraction: BigRational) -> Exact {
        Exact(fraction)
    }

    /// The fraction as text, `"1300/17"`; a whole number has no slash.
    pub fn to_fraction(&self) -> String {
        self.0.to_string()
    }
}

fn power_of_ten(places: u32) -> BigInt {
    BigInt::from(10).pow(places)
}

/// Places of the finite decimal form of `1 / denom`, or `None` when the denominator has a factor other than 2 and 5
/// (or needs more places than a reader can use).
fn finite_places(denom: &BigInt) -> Option<u32> {
    let (mut rest, mut twos, mut fives) = (denom.clone(), 0, 0);
    for (factor, count) in [(2, &mut twos), (5, &mut fives)] {
        let factor = BigInt::from(factor);
        while (&rest % &factor).is_zero() {
            rest /= &factor;
            *count += 1;
            if *count > MAX_DIGITS as u32 {
                return None;
            }
        }
    }
    rest.is_one().then_some(twos.max(fives))
}

/// Writes a number that has at most `places` decimals, without trailing zeros.
fn write_fixed(value: &BigRational, places: u32) -> String {
    let scaled = (value * BigRational::from_integer(power_of_ten(places))).to_integer();
    let sign = if scaled.is_negative() { "-" } else { "" };
    let digits = format!("{:0>width$}", scaled.abs().to_string(), width = places as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places as usize);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal().0)
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_fraction())
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Exact(BigRational::from_integer(BigInt::from(value)))
    }
}

impl From<usize> for Exact {
    fn from(value: usize) -> Self {
        Exact(BigRational::from_integer(BigInt::from(value)))
    }
}

impl Add<&Exact> for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        Exact(&self.0 + &other.0)
    }
}

impl Sub<&Exact> for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        Exact(&self.0 - &other.0)
    }
}

impl Mul<&Exact> for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        Exact(&self.0 * &other.0)
    }
}

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(-self.0)
    }
}

impl<'a> std::iter::Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(iter: I) -> Exact {
        iter.fold(Exact::zero(), |total, next| &total + next)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (text, exact) = self.to_decimal();
        serializer.serialize_str(&if exact { text } else { self.to_fraction() })
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = |part: &str| part.parse::<BigInt>().ok();
        let fraction = text.split_once('/').and_then(|(n, d)| Some((number(n)?, number(d)?)));
        match fraction {
            Some((n, d)) if !d.is_zero() => Ok(Exact(BigRational::new(n, d))),
            _ => Exact::parse(&text).map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn a_tenth_and_two_tenths_are_three_tenths() {
        assert_eq!(&n("0.1") + &n("0.2"), n("0.3"));
    }

    #[test]
    fn a_half_cent_rounds_upwards_once() {
        assert_eq!(n("1.005").round_half_up(2).to_string(), "1.01");
        assert_eq!(n("1.0049999999").round_half_up(2).to_string(), "1");
        assert_eq!(n("-1.005").round_half_up(2).to_string(), "-1");
    }

    #[test]
    fn a_fraction_without_a_finite_decimal_says_so() {
        let third = Exact::one().divide(&Exact::from(3_i64)).unwrap();
        assert_eq!(third.to_decimal(), ("0.3333".to_owned(), false));
        assert_eq!(serde_json::to_string(&third).unwrap(), "\"1/3\"");
        assert_eq!(serde_json::from_str::<Exact>("\"1/3\"").unwrap(), third);
    }

    #[test]
    fn texts_that_are_not_plain_decimals_are_refused() {
        for text in ["", "-", ".5", "5.", "1e9", "1 000", "NaN", "0x10", "１", "--1", "1.2.3", &"9".repeat(41)] {
            assert!(Exact::parse(text).is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn dividing_by_zero_is_no_number() {
        assert_eq!(n("5").divide(&Exact::zero()), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in ".{0,60}") {
            let _ = Exact::parse(&text);
        }

        #[test]
        fn what_is_written_is_read_back_equal(units in any::<i64>(), places in 0_u32..12) {
            let value = Exact::scaled(units, places);
            prop_assert_eq!(Exact::parse(&value.to_string()).unwrap(), value);
        }
    }
}
