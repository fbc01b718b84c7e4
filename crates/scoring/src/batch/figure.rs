//! Figures of an indicator, bound to columns: what is read at a row, and how rows become one. Owns the binding and the plain,
//! row-by-row arithmetic in fractions that answers for one node; the fast paths must agree with it.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::column::Data;
use super::program::{Program, Truth};
use super::table::Table;
use crate::exact::Exact;
use crate::pack::UnitCondition;

/// Index of a column in its table.
pub(super) type Col = usize;

/// What is read at one row.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    Value(Col),
    Ratio(Ratio),
}

/// Numerator and denominator at one row.
#[derive(Clone, Debug)]
pub(super) struct Ratio {
    pub top: Col,
    pub bottom: Col,
    /// The numerator is part of the denominator; above it, nothing is known.
    pub part_of_whole: bool,
    pub scale: BigRational,
}

/// A condition over readings, as a program with one truth.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub program: Program,
    pub truth: Truth,
    /// Columns of the program's integers and of its validities.
    pub nums: Vec<Col>,
    pub valids: Vec<Col>,
    pub source: UnitCondition,
    pub names: Vec<(String, Reading)>,
}

/// A survey's columns for one period of its plan.
#[derive(Clone, Debug)]
pub(super) struct Wave {
    /// Whether the plan has a row at all, as 1 and 0; absent where a known plan says so.
    pub present: Option<Col>,
    pub plan: Col,
    pub answers: Ratio,
    pub weight: Col,
}

/// How the rows of a figure become one.
#[derive(Clone, Debug)]
pub(super) enum How {
    /// One unit's reading.
    Single(Reading),
    /// One unit's condition, 1 or 0.
    Holds(Box<Condition>),
    Share(Box<Condition>, BigRational),
    RatioOfSums(Ratio),
    Sum(Col),
    Mean(Col),
    Lowest(Col),
    WeightedMean(Col, Col),
    /// Mean, weighted mean (weight) or lowest of ratios: added up as fractions.
    Fractions(Ratio, Option<Col>, bool),
    Survey {
        waves: Vec<Wave>,
        fewest: u32,
        fewest_each: u32,
    },
    /// No period in which anything could be known.
    Never,
}

/// A figure.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub name: String,
    pub level: usize,
    pub how: How,
    /// What `top / bottom` in registers is multiplied with.
    pub factor: BigRational,
    /// Read for one and the same period as the other figures marked so.
    pub bound: bool,
}

impl Reading {
    /// The value at a row.
    pub(super) fn at(&self, table: &Table, row: usize) -> Option<BigRational> {
        match self {
            Reading::Value(col) => table.column(*col).figure(row),
            Reading::Ratio(ratio) => ratio.at(table, row),
        }
    }
}

impl Ratio {
    /// Numerator and denominator at a row.
    pub(super) fn parts(&self, table: &Table, row: usize) -> Option<(BigRational, BigRational)> {
        let (top, bottom) = (table.column(self.top).figure(row)?, table.column(self.bottom).figure(row)?);
        (!self.part_of_whole || top <= bottom).then_some((top, bottom))
    }

    /// Whether both parts are known at a row and go together.
    pub(super) fn is_known(&self, table: &Table, row: usize) -> bool {
        let (top, bottom) = (table.column(self.top), table.column(self.bottom));
        let same = top.unit == bottom.unit;
        top.known(row)
            && bottom.known(row)
            && (!self.part_of_whole
                || match (&top.data, &bottom.data) {
                    (Data::I32(tops), Data::I32(bottoms)) if same => tops[row] <= bottoms[row],
                    _ => top.figure(row) <= bottom.figure(row),
                })
    }

    fn at(&self, table: &Table, row: usize) -> Option<BigRational> {
        let (top, bottom) = self.parts(table, row)?;
        (!bottom.is_zero()).then(|| top / bottom * &self.scale)
    }
}

impl Condition {
    fn at(&self, table: &Table, row: usize) -> Option<bool> {
        let lookup = |name: &str| {
            let (_, reading) = self.names.iter().find(|(known, _)| known == name)?;
            reading.at(table, row).map(Exact::of_fraction)
        };
        self.source.expr.eval(&lookup)
    }
}

impl Figure {
    /// The figure over rows, in fractions; `None` when unknown.
    pub(super) fn exact(&self, table: &Table, rows: std::ops::Range<usize>) -> Option<BigRational> {
        if rows.is_empty() {
            return None;
        }
        let whole = |count: usize| BigRational::from_integer(BigInt::from(count));
        let count = whole(rows.len());
        let single = (rows.len() == 1).then_some(rows.start);
        let values =
            |col: Col| -> Option<Vec<BigRational>> { rows.clone().map(|row| table.column(col).figure(row)).collect() };
        let sum = |col: Col| -> Option<BigRational> { Some(values(col)?.into_iter().sum()) };
        let divide = |top: BigRational, bottom: BigRational| (!bottom.is_zero()).then(|| top / bottom);
        match &self.how {
            How::Never => None,
            How::Single(reading) => reading.at(table, single?),
            How::Holds(condition) => condition.at(table, single?).map(|truth| whole(usize::from(truth))),
            How::Share(condition, scale) => {
                let truths: Option<Vec<bool>> = rows.clone().map(|row| condition.at(table, row)).collect();
                let met = truths?.into_iter().filter(|truth| *truth).count();
                Some(whole(met) / count * scale)
            }
            How::RatioOfSums(ratio) => {
                let parts: Option<Vec<_>> = rows.map(|row| ratio.parts(table, row)).collect();
                let (tops, bottoms): (Vec<_>, Vec<_>) = parts?.into_iter().unzip();
                Some(divide(tops.into_iter().sum(), bottoms.into_iter().sum())? * &ratio.scale)
            }
            How::Sum(col) => sum(*col),
            How::Mean(col) => Some(sum(*col)? / count),
            How::Lowest(col) => values(*col)?.into_iter().min(),
            How::WeightedMean(col, weight) => {
                let pairs = values(*col)?.into_iter().zip(values(*weight)?);
                divide(pairs.map(|(value, weight)| value * weight).sum(), sum(*weight)?)
            }
            How::Fractions(ratio, weight, lowest) => {
                let each: Option<Vec<BigRational>> = rows.clone().map(|row| ratio.at(table, row)).collect();
                match (each?, weight) {
                    (each, None) if *lowest => each.into_iter().min(),
                    (each, None) => Some(each.into_iter().sum::<BigRational>() / count),
                    (each, Some(weight)) => {
                        let weighted = each.into_iter().zip(values(*weight)?).map(|(value, weight)| value * weight);
                        divide(weighted.sum(), sum(*weight)?)
                    }
                }
            }
            How::Survey { waves, fewest, fewest_each } => {
                let of = |wave: &&Wave| rows.clone().any(|row| wave.is_present(table, row));
                waves.iter().find(of)?.exact(table, rows.clone(), *fewest, *fewest_each)
            }
        }
    }
}

impl Wave {
    /// Whether the plan has a row for the unit.
    pub(super) fn is_present(&self, table: &Table, row: usize) -> bool {
        match self.present {
            Some(present) => table.column(present).raw::<i64>(row) != 0,
            None => table.column(self.plan).known(row),
        }
    }

    fn exact(&self, table: &Table, rows: std::ops::Range<usize>, fewest: u32, fewest_each: u32) -> Option<BigRational> {
        let limit = |least: u32| BigRational::from_integer(BigInt::from(least));
        let (mut weighted, mut weights, mut answers) = (BTreeSums::default(), BigRational::zero(), BigRational::zero());
        for row in rows.filter(|row| self.is_present(table, *row)) {
            let plan = table.column(self.plan).figure(row);
            if plan.as_ref().is_some_and(Zero::is_zero) {
                continue;
            }
            plan?;
            let (top, bottom) = self.answers.parts(table, row)?;
            let weight = table.column(self.weight).figure(row)?;
            if bottom.is_zero() || bottom < limit(fewest_each) {
                return None;
            }
            answers += &bottom;
            weights += &weight;
            weighted.add(&bottom, top * weight);
        }
        let share = (!weights.is_zero() && answers >= limit(fewest)).then(|| weighted.total() / weights)?;
        Some(share * &self.answers.scale)
    }
}

/// Sums by denominator: surveys have many units and few sizes of sample, and adding unlike fractions is what costs.
#[derive(Default)]
struct BTreeSums(std::collections::BTreeMap<BigRational, BigRational>);

impl BTreeSums {
    fn add(&mut self, bottom: &BigRational, top: BigRational) {
        *self.0.entry(bottom.clone()).or_insert_with(BigRational::zero) += top;
    }

    fn total(self) -> BigRational {
        self.0.into_iter().map(|(bottom, top)| top / bottom).sum()
    }
}

/// Whether a sum of this column can be below 0.
pub(super) fn can_be_negative(table: &Table, col: Col) -> bool {
    table.column(col).bounds.lo.is_negative()
}
