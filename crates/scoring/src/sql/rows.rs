//! Facts and units as rows of the tables, and rows of the result as numbers.

use chrono::NaiveDate;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{Limits, schema, wide};
use crate::exact::Exact;
use crate::facts::{Amount, Cell, Facts};
use crate::pack::Pack;
use crate::period::Period;
use crate::units::Units;

/// Rows for the three tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The day and its month.
    pub asked: (i64, i64),
    /// One for each unit.
    pub units: Vec<UnitRow>,
    /// One for each unit, period and measure.
    pub facts: Vec<FactCells>,
}

/// A row of `unit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// Its id.
    pub unit: String,
    /// The unit above.
    pub parent: Option<String>,
    /// Level.
    pub level: String,
    /// Its place in the official order.
    pub sort_order: i64,
    /// First day of being, `yyyymmdd`.
    pub valid_from: Option<i64>,
    /// First day it is no more, `yyyymmdd`.
    pub valid_to: Option<i64>,
}

/// A row of `fact`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactCells {
    /// Measure id.
    pub measure: String,
    /// Unit id.
    pub unit: String,
    /// The period as a number; periods of one grain sort by time.
    pub period_key: i64,
    /// The period as people write it.
    pub period: String,
    /// Number of the grain: 1 year, 2 half, 3 quarter, 4 month, 5 term.
    pub grain: i64,
    /// First month.
    pub from_month: i64,
    /// The month after it.
    pub to_month: i64,
    /// Value or numerator times `10^places`; none for a faulty row, which is known to be there and says nothing.
    pub numerator: Option<i64>,
    /// Denominator times `10^places`, of a ratio.
    pub denominator: Option<i64>,
}

/// A row the tables cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// More decimals than the tables keep.
    #[error(
        "{measure} of {unit} in {period} is {found}: more than {places} decimals; compile with more places, or round it in its register"
    )]
    TooFine {
        /// Measure id.
        measure: String,
        /// Unit id.
        unit: String,
        /// Period.
        period: Period,
        /// The number.
        found: String,
        /// Decimals the tables keep.
        places: u32,
    },
    /// Beyond the most a number may be.
    #[error(
        "{measure} of {unit} in {period} is {found}: beyond {most}; compile with wider limits, or keep the measure in a larger unit"
    )]
    TooLarge {
        /// Measure id.
        measure: String,
        /// Unit id.
        unit: String,
        /// Period.
        period: Period,
        /// The number.
        found: String,
        /// The most.
        most: String,
    },
    /// More units than sums are bounded for.
    #[error("there are {found} units, and the query is compiled for {most}; compile with wider limits")]
    TooManyUnits {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: u32,
    },
}

/// The rows of facts and units for a day.
///
/// # Errors
/// Every number the tables cannot hold exactly; nothing is rounded.
pub(super) fn rows(
    pack: &Pack,
    limits: &Limits,
    facts: &Facts,
    units: &Units,
    as_of: NaiveDate,
) -> Result<Rows, Vec<RowError>> {
    let mut errors = Vec::new();
    let mut rows = Rows { asked: (schema::day(as_of), schema::month(as_of)), ..Rows::default() };
    for (i, unit) in units.iter().enumerate() {
        rows.units.push(UnitRow {
            unit: unit.id.clone(),
            parent: unit.parent.clone(),
            level: unit.level.clone(),
            sort_order: i as i64,
            valid_from: unit.valid_from.map(schema::day),
            valid_to: unit.valid_to.map(schema::day),
        });
    }
    if rows.units.len() > limits.units as usize {
        errors.push(RowError::TooManyUnits { found: rows.units.len(), most: limits.units });
    }
    for measure in pack.measures.keys() {
        for unit in units.iter() {
            for (period, cell) in facts.cells(measure, &unit.id).into_iter().flatten() {
                let mut number = |found: &Exact| {
                    scaled(found, limits).map_err(|fine| {
                        let (measure, unit, period, found) =
                            (measure.clone(), unit.id.clone(), *period, found.to_string());
                        errors.push(if fine {
                            RowError::TooFine { measure, unit, period, found, places: limits.places }
                        } else {
                            RowError::TooLarge { measure, unit, period, found, most: limits.number.to_string() }
                        });
                    })
                };
                let (numerator, denominator) = match cell {
                    Cell::Faulty | Cell::Contradicted(_) => (None, None),
                    Cell::Row { amount: Amount::Value { value }, .. } => (number(value).ok(), None),
                    Cell::Row { amount: Amount::Ratio { numerator, denominator }, .. } => {
                        (number(numerator).ok(), number(denominator).ok())
                    }
                };
                let (period_key, grain, from_month, to_month) = schema::period(period);
                rows.facts.push(FactCells {
                    measure: measure.clone(),
                    unit: unit.id.clone(),
                    period_key,
                    period: period.to_string(),
                    grain,
                    from_month,
                    to_month,
                    numerator,
                    denominator,
                });
            }
        }
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

/// The number times `10^places`; an error says whether decimals are the trouble.
fn scaled(number: &Exact, limits: &Limits) -> Result<i64, bool> {
    let (n, d) = (number * &Exact::from(limits.one() as i64)).parts();
    if d != BigInt::from(1) {
        return Err(true);
    }
    n.to_i64().filter(|n| i128::from(*n).abs() <= limits.most()).ok_or(false)
}

/// A row of the result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultRow {
    /// Unit scored.
    pub unit: String,
    /// Code of the indicator.
    pub indicator: String,
    /// Points in hundredths; none when not assessed.
    pub points: Option<i64>,
    /// Numerator of the main value.
    pub numerator: Option<i64>,
    /// Denominator of the main value.
    pub denominator: Option<i64>,
    /// The value is numerator / denominator times factor_numerator / factor_denominator.
    pub factor_numerator: i64,
    /// See `factor_numerator`.
    pub factor_denominator: i64,
    /// A numerator beyond 64 bits: its limbs of 24 bits, least first, signed, in decimal.
    pub numerator_limbs: Option<String>,
    /// The same of the denominator.
    pub denominator_limbs: Option<String>,
    /// Units the main value is made of.
    pub units: i64,
    /// Units it is known for.
    pub known: i64,
    /// 1 when a veto of the rule is true and blocks the total.
    pub vetoed: i64,
    /// 1 when an exact sum of fractions went beyond the widest number of the text; then nothing is said.
    pub too_wide: i64,
}

impl ResultRow {
    /// The points, when assessed.
    pub fn points(&self) -> Option<Exact> {
        self.points.map(|hundredths| Exact::scaled(hundredths, 2))
    }

    /// The main value, when known.
    pub fn value(&self) -> Option<Exact> {
        let side = |number: Option<i64>, limbs: &Option<String>| {
            number.map(BigInt::from).or_else(|| limbs.as_deref().and_then(wide_number))
        };
        let n = side(self.numerator, &self.numerator_limbs)? * self.factor_numerator;
        let d = side(self.denominator, &self.denominator_limbs)? * self.factor_denominator;
        Exact::from_parts(n, d)
    }
}

fn wide_number(limbs: &str) -> Option<BigInt> {
    let limbs: Option<Vec<BigInt>> = limbs.split(' ').map(|limb| limb.parse().ok()).collect();
    Some(limbs?.into_iter().rev().fold(BigInt::from(0), |sum, limb| (sum << wide::BITS) + limb))
}
