//! Cases a pack carries with it: units and facts, and the points they must give.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::facts::FactRow;
use crate::units::Unit;

/// One case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackTest {
    /// A sentence that says what is shown.
    pub name: String,
    /// The day scored.
    pub as_of: NaiveDate,
    /// The units there are.
    pub units: Vec<Unit>,
    /// What is known.
    pub facts: Vec<FactRow>,
    /// Indicator code, or one of [`PackTest::TOTALS`], and what it must come to.
    pub expect: BTreeMap<String, Expected>,
}

/// What a case must come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// So many points, rounded as the standard rounds.
    Points(Exact),
    /// Not assessed.
    NotAssessed,
}

impl PackTest {
    /// The figures of the whole a case may name beside indicator codes: raw points, counted bonus, points after vetoes, and
    /// most points of the assessed indicators.
    pub const TOTALS: &'static [&'static str] = &["total", "bonus", "effective", "assessed"];
}
