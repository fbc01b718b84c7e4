//! A pack's rules as one SQL text that SQLite, PostgreSQL and DuckDB run alike, so that a database or a distributed engine can
//! score where the facts are.
//!
//! The rule that matters: the text says exactly what [`evaluate`](crate::evaluate::evaluate()) says. Numbers are scaled integers,
//! thresholds are compared by cross-multiplication, points are rounded once. Products beyond 64 bits are carried in limbs, so
//! nothing overflows and no binary fraction touches a threshold or a rounding.
//!
//! Three tables go in: `asked` (the day), `unit`, `fact` ([`Compiled::tables`] makes them, [`Compiled::rows`] fills them). The
//! text is a list of statements for one session: each step makes a temporary table, `score_…`, of the ones before, and the
//! query at the end reads them. (One statement with shared expressions in it would be expanded by SQLite at every use.) Out comes
//! one row for each unit scored (districts in being, and units below that are or have communities) and indicator, with the
//! columns of [`ResultRow`].
//!
//! The text keeps to what the engines share: temporary tables, common table expressions (recursive and materialised), window row
//! numbers, `case`, 64-bit `+ - * %`, shifts and `&`; no dates, no `greatest`, no parameters, no names taken from the pack.
//!
//! Limits: [`Limits`] for single numbers; means of ratios and surveys are sums of fractions, exact while the product of their
//! distinct denominators stays within about 770 bits (every whole denominator up to 127 together does). Beyond that the row says
//! `too_wide`, and nothing else.
//!
//! What is not in the result: explanations and reasons ([`crate::evaluate_indicator`] gives them), and totals, which are sums
//! of rounded points.

mod expr;
mod figure;
mod fractions;
mod indicator;
mod layers;
mod limb;
mod number;
mod places;
mod pooled;
mod readings;
mod rows;
mod rule;
mod schema;
mod survey;
mod text;
mod wide;

use chrono::NaiveDate;

pub use rows::{FactCells, ResultRow, RowError, Rows, UnitRow};

use crate::exact::Exact;
use crate::facts::Facts;
use crate::pack::Pack;
use crate::units::Units;

/// What numbers the tables hold. Sums over the units of a scope must fit 62 bits: `number * 10^places * units < 2^62`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Decimals a number keeps.
    pub places: u32,
    /// The most a number may be, and the least as its negative.
    pub number: u64,
    /// The most units.
    pub units: u32,
}

impl Default for Limits {
    /// Four decimals, ten thousand million, 32,768 units.
    fn default() -> Self {
        Limits { places: 4, number: 10_000_000_000, units: 32_768 }
    }
}

impl Limits {
    /// `10^places`.
    fn one(&self) -> i128 {
        10_i128.pow(self.places.min(18))
    }

    /// The most a stored integer may be.
    fn most(&self) -> i128 {
        i128::from(self.number) * self.one()
    }

    fn units(&self) -> i128 {
        i128::from(self.units)
    }

    /// What a stored 1 stands for.
    fn unit(&self) -> Exact {
        Exact::scaled(1, self.places)
    }

    fn fits(&self) -> bool {
        let most = self.most().checked_mul(self.units().max(1));
        self.places <= 18 && self.number > 0 && self.units > 0 && most.is_some_and(|most| most < wide::SAFE)
    }
}

/// Why a pack has no SQL text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SqlError {
    /// A construct that cannot be said in the shared language.
    #[error("{indicator}: {construct} cannot be written as SQL; score it with the evaluator")]
    Unsupported {
        /// Code of the indicator.
        indicator: String,
        /// What it uses.
        construct: String,
    },
    /// Numbers of an expression would be wider than the text should carry.
    #[error(
        "{indicator}: the numbers of its rule multiply to more than 3,000 bits; simplify the expression, or score it with the evaluator"
    )]
    TooWide {
        /// Code of the indicator.
        indicator: String,
    },
    /// A text with a zero byte.
    #[error("`{text}` contains a zero byte, which no database takes; remove it")]
    ZeroByte {
        /// The text.
        text: String,
    },
    /// Limits beyond 62 bits.
    #[error("{number} with {places} decimals, summed over {units} units, goes beyond 62 bits; lower one of the three")]
    Limits {
        /// The most a number may be.
        number: u64,
        /// Decimals.
        places: u32,
        /// Units.
        units: u32,
    },
}

/// A compiled pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The statements before the query, in order: each makes a temporary table of the ones before.
    pub steps: Vec<String>,
    /// The query over them. Nothing has parameters; the day stands in the table `asked`.
    pub query: String,
    /// The statements that make the three tables, in order.
    pub tables: Vec<String>,
    limits: Limits,
}

/// Compiles a pack with the default [`Limits`].
///
/// # Errors
/// See [`SqlError`].
pub fn compile(pack: &Pack) -> Result<Compiled, SqlError> {
    compile_within(pack, Limits::default())
}

/// Compiles a pack for tables with these limits.
///
/// # Errors
/// See [`SqlError`].
pub fn compile_within(pack: &Pack, limits: Limits) -> Result<Compiled, SqlError> {
    if !limits.fits() {
        let Limits { places, number, units } = limits;
        return Err(SqlError::Limits { number, places, units });
    }
    let mut query = Query {
        pack,
        limits,
        readings: readings::Readings::default(),
        steps: Vec::new(),
        names: 0,
        subject: String::new(),
    };
    let mut results = Vec::new();
    for indicator in &pack.indicators {
        results.push(query.indicator(indicator)?);
    }
    let mut steps = places::steps();
    steps.extend(query.readings.steps()?);
    steps.extend(query.steps);
    let query = results.join("\nunion all\n");
    let tables = schema::tables(&limits);
    Ok(Compiled { steps, query, tables, limits })
}

impl Compiled {
    /// The one text: steps, query, and the end of the temporary tables. For one session of the database.
    pub fn text(&self) -> String {
        let steps: String = self.steps.iter().map(|step| format!("{step};\n\n")).collect();
        let drops: String = self.drops().iter().map(|drop| format!("{drop};\n")).collect();
        format!("{steps}{};\n\n{drops}", self.query)
    }

    /// The statements that end the temporary tables of the steps.
    pub fn drops(&self) -> Vec<String> {
        let name = |step: &String| step.split_whitespace().nth(3).map(|name| format!("drop table {name}"));
        self.steps.iter().rev().filter_map(name).collect()
    }

    /// The rows of facts and units for a day. Faulty facts become rows that say nothing, as everywhere.
    ///
    /// # Errors
    /// Every number the tables cannot hold exactly, with its place; nothing is rounded.
    pub fn rows(&self, pack: &Pack, facts: &Facts, units: &Units, as_of: NaiveDate) -> Result<Rows, Vec<RowError>> {
        rows::rows(pack, &self.limits, facts, units, as_of)
    }
}

/// A query being written.
struct Query<'a> {
    pack: &'a Pack,
    limits: Limits,
    readings: readings::Readings,
    steps: Vec<String>,
    names: usize,
    /// Code of the indicator at work.
    subject: String,
}

impl Query<'_> {
    /// A name nothing else has.
    fn name(&mut self, letter: &str) -> String {
        self.names += 1;
        format!("score_{letter}{}", self.names)
    }

    fn unsupported(&self, construct: String) -> SqlError {
        SqlError::Unsupported { indicator: self.subject.clone(), construct }
    }

    fn check(&self, layers: &layers::Layers) -> Result<(), SqlError> {
        if layers.overgrown { Err(SqlError::TooWide { indicator: self.subject.clone() }) } else { Ok(()) }
    }
}
