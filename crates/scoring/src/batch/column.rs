//! Columns: one measure over all units of a level, as scaled integers with a validity bitmap. Owns their storage; the rule that
//! matters: an invalid place holds 0 and is *unknown*, which is never the number 0.

use std::borrow::Cow;
use std::ops::Range;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::int::{Bounds, Int};
use crate::exact::Exact;

/// The integers of a column.
#[derive(Clone, Debug)]
pub(super) enum Data {
    I32(Vec<i32>),
    I64(Vec<i64>),
    Big(Vec<BigInt>),
}

/// One measure, or one component of it, over all units of a level in the order of the tree.
#[derive(Clone, Debug)]
pub struct Column {
    pub(super) data: Data,
    /// Bit `i % 64` of word `i / 64` says whether row `i` is known; absent when every row is.
    pub(super) valid: Option<Vec<u64>>,
    /// What 1 in `data` stands for.
    pub(super) unit: BigRational,
    pub(super) bounds: Bounds,
}

impl Column {
    /// A column of 32-bit integers; the figure of row `i` is `values[i] / 10^places`.
    ///
    /// `valid` is a bitmap with row `i` at bit `i % 64` of word `i / 64`; `None` means that every row is known.
    pub fn narrow(mut values: Vec<i32>, places: u32, valid: Option<Vec<u64>>) -> Column {
        blank(&mut values, valid.as_deref());
        let (lo, hi) = values.iter().fold((0, 0), |(lo, hi), value| (lo.min(*value), hi.max(*value)));
        Column { data: Data::I32(values), valid, unit: decimal(places), bounds: Bounds::new(lo, hi) }
    }

    /// As [`Column::narrow`], of 64-bit integers.
    pub fn wide(mut values: Vec<i64>, places: u32, valid: Option<Vec<u64>>) -> Column {
        blank(&mut values, valid.as_deref());
        let (lo, hi) = values.iter().fold((0, 0), |(lo, hi), value| (lo.min(*value), hi.max(*value)));
        Column { data: Data::I64(values), valid, unit: decimal(places), bounds: Bounds::new(lo, hi) }
    }

    /// A column of exact numbers, `None` where nothing is known; stored in the narrowest integers that hold them all.
    pub fn exact(values: &[Option<Exact>]) -> Column {
        let known = || values.iter().flatten().map(Exact::fraction);
        let denominator = known().fold(BigInt::one(), |all, value| all.lcm(value.denom()));
        let scaled = |value: &BigRational| value.numer() * (&denominator / value.denom());
        let all: Vec<BigInt> =
            values.iter().map(|value| value.as_ref().map(|v| scaled(v.fraction())).unwrap_or_default()).collect();
        let bounds = all
            .iter()
            .fold(Bounds::new(0, 0), |bounds, value| bounds.with(&Bounds { lo: value.clone(), hi: value.clone() }));
        let fits = |bits: u64| bounds.lo.bits() < bits && bounds.hi.bits() < bits;
        let data = if fits(31) {
            Data::I32(all.iter().filter_map(ToPrimitive::to_i32).collect())
        } else if fits(63) {
            Data::I64(all.iter().filter_map(ToPrimitive::to_i64).collect())
        } else {
            Data::Big(all)
        };
        let valid = values.iter().any(Option::is_none).then(|| bitmap(values.iter().map(Option::is_some)));
        Column { data, valid, unit: BigRational::new(BigInt::one(), denominator), bounds }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        match &self.data {
            Data::I32(data) => data.len(),
            Data::I64(data) => data.len(),
            Data::Big(data) => data.len(),
        }
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of figures and bitmap.
    pub fn bytes(&self) -> usize {
        let figures = match &self.data {
            Data::I32(data) => data.len() * 4,
            Data::I64(data) => data.len() * 8,
            Data::Big(data) => data.iter().map(|value| 24 + value.bits() as usize / 8).sum(),
        };
        figures + self.valid.as_ref().map_or(0, |words| words.len() * 8)
    }

    /// Adds up every figure as stored, wrapping: the least any evaluation of the same bytes can cost.
    pub fn checksum(&self) -> i64 {
        match &self.data {
            Data::I32(data) => {
                data.chunks(4096).map(|part| i64::from(part.iter().fold(0_i32, |s, v| s.wrapping_add(*v)))).sum()
            }
            Data::I64(data) => data.iter().fold(0, |sum, value| sum.wrapping_add(*value)),
            Data::Big(data) => data.iter().filter_map(ToPrimitive::to_i64).fold(0, i64::wrapping_add),
        }
    }

    pub(super) fn known(&self, row: usize) -> bool {
        self.valid.as_ref().is_none_or(|words| words[row / 64] >> (row % 64) & 1 == 1)
    }

    /// The stored integer of a row.
    pub(super) fn raw<T: Int>(&self, row: usize) -> T {
        match &self.data {
            Data::I32(data) => T::of_i64(data[row].into()),
            Data::I64(data) => T::of_i64(data[row]),
            Data::Big(data) => T::of_big(&data[row]),
        }
    }

    /// The figure of a row, `None` when unknown.
    pub(super) fn figure(&self, row: usize) -> Option<BigRational> {
        self.known(row).then(|| BigRational::from_integer(self.raw(row)) * &self.unit)
    }

    /// Rows as integers of a width: borrowed where they are stored so.
    pub(super) fn slice<T: Int>(&self, rows: Range<usize>) -> Cow<'_, [T]> {
        if let Some(all) = T::stored(&self.data) {
            return Cow::Borrowed(&all[rows]);
        }
        Cow::Owned(match &self.data {
            Data::I32(data) => data[rows].iter().map(|value| T::of_i64((*value).into())).collect(),
            Data::I64(data) => data[rows].iter().map(|value| T::of_i64(*value)).collect(),
            Data::Big(data) => data[rows].iter().map(T::of_big).collect(),
        })
    }

    /// Validity of rows as one byte each, 3 for known and 0 for unknown; `false` and nothing written when all are known.
    pub(super) fn validity(&self, rows: Range<usize>, into: &mut Vec<u8>) -> bool {
        let Some(words) = &self.valid else { return false };
        into.clear();
        let first = rows.start / 64 * 64;
        for word in &words[rows.start / 64..rows.end.div_ceil(64)] {
            for byte in word.to_le_bytes() {
                into.extend_from_slice(&SPREAD[usize::from(byte)]);
            }
        }
        if first < rows.start {
            into.drain(..rows.start - first);
        }
        into.truncate(rows.len());
        true
    }
}

/// The eight bits of a byte as eight bytes of 3 or 0.
static SPREAD: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            table[byte][bit] = if byte >> bit & 1 == 1 { 3 } else { 0 };
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// A bitmap of flags.
pub(super) fn bitmap(flags: impl Iterator<Item = bool>) -> Vec<u64> {
    let mut words = Vec::new();
    for (i, flag) in flags.enumerate() {
        if i % 64 == 0 {
            words.push(0);
        }
        if flag && let Some(word) = words.last_mut() {
            *word |= 1 << (i % 64);
        }
    }
    words
}

fn blank<T: Default>(values: &mut [T], valid: Option<&[u64]>) {
    for (part, word) in values.chunks_mut(64).zip(valid.into_iter().flatten()) {
        if *word != u64::MAX {
            let unknown = part.iter_mut().enumerate().filter(|(bit, _)| word >> bit & 1 == 0);
            unknown.for_each(|(_, value)| *value = T::default());
        }
    }
}

fn decimal(places: u32) -> BigRational {
    BigRational::new(BigInt::one(), BigInt::from(10).pow(places))
}

impl Column {
    /// Whether the stored integer of a row is 0.
    pub(super) fn is_zero(&self, row: usize) -> bool {
        match &self.data {
            Data::I32(data) => data[row] == 0,
            Data::I64(data) => data[row] == 0,
            Data::Big(data) => data[row].is_zero(),
        }
    }
}
