//! The facts a score is made from: one row per unit, period and measure, each with the records it was counted from.
//! Owns their checks; the rule that matters: a faulty row is never read, and never replaced by an older one either. What it
//! would have told is then *unknown*.
//!
//! A row exists only where its register is reported complete: a row with 0 is a zero, no row is nothing known.

mod change;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use change::Change;

use crate::exact::Exact;
use crate::pack::{Measure, MeasureKind, Pack};
use crate::period::{Grain, Period};
use crate::units::Units;

/// What a row was counted from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The register.
    pub register: String,
    /// The record's id there, opaque to this crate.
    pub record: String,
    /// The version of the record that was read.
    pub version: i64,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactRow {
    /// Unit id.
    pub unit: String,
    /// Period, of the measure's grain.
    pub period: Period,
    /// Measure id.
    pub measure: String,
    /// What is known.
    #[serde(flatten)]
    pub amount: Amount,
    /// The records it was counted from.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// The figure of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Amount {
    /// Of a value or count.
    Value {
        /// The figure.
        value: Exact,
    },
    /// Of a ratio.
    Ratio {
        /// What is divided.
        numerator: Exact,
        /// What it is divided by.
        denominator: Exact,
    },
}

/// A row that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[error("the fact of {measure} for {unit} in {period}: {fault}")]
pub struct FactError {
    /// Unit id.
    pub unit: String,
    /// Period.
    pub period: Period,
    /// Measure id.
    pub measure: String,
    /// What is wrong.
    pub fault: FactFault,
}

/// What is wrong with a fact.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum FactFault {
    /// The measure is not in the pack.
    #[error("the measure is not one of the standard's; correct the id")]
    UnknownMeasure,
    /// The engine makes this measure; no row may carry it.
    #[error("this measure is computed and carries no rows; remove the row")]
    Computed,
    /// The unit is not listed.
    #[error("the unit is not listed; correct the id or add the unit")]
    UnknownUnit,
    /// Units of this level do not carry the measure.
    #[error("a unit of level {found} carries no rows of it; enter it for a unit of level {wanted}")]
    WrongLevel {
        /// The unit's level.
        found: String,
        /// The measure's.
        wanted: String,
    },
    /// The period is of another grain.
    #[error("the period is not a {}; enter the figure for one", wanted.word())]
    WrongGrain {
        /// The measure's grain.
        wanted: Grain,
    },
    /// A value where numerator and denominator are needed, or the other way round.
    #[error("a ratio needs numerator and denominator, everything else one value")]
    WrongShape,
    /// A row of the same unit, period and measure exists.
    #[error("there are two rows; keep the right one")]
    Duplicate,
    /// More than the whole.
    #[error("the part {numerator} exceeds the whole {denominator}; correct one of them")]
    PartExceedsWhole {
        /// The part.
        numerator: Exact,
        /// The whole.
        denominator: Exact,
    },
    /// Less than nothing was counted, or a denominator is below 0.
    #[error("{found} is below 0; correct it")]
    BelowZero {
        /// The figure.
        found: Exact,
    },
    /// The row of a ratio and the row of its component say different things.
    #[error("{component} says {found} in its own row and {expected} in the ratio; make them agree")]
    Disagrees {
        /// The component's measure id.
        component: String,
        /// What the component's row says.
        found: Exact,
        /// What the ratio's row says.
        expected: Exact,
    },
}

/// What stands at one unit, period and measure.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// A usable row.
    Row { amount: Amount, sources: Vec<Source> },
    /// Something faulty: nothing is known here.
    Faulty,
    /// A ratio at odds with rows of its components, with its own row if it has one: as faulty, until the rows agree.
    Contradicted(Option<(Amount, Vec<Source>)>),
}

type ByPeriod = BTreeMap<Period, Cell>;
type Cells = BTreeMap<String, BTreeMap<String, ByPeriod>>;

/// A table of checked facts. Copies share their rows; see [`Facts::with`] for one that differs in a few.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    base: Arc<Cells>,
    /// Places that differ from `base`, each with all its periods.
    over: Cells,
}

impl Facts {
    /// Checks and indexes rows against a pack and its units; the order of rows changes nothing.
    ///
    /// Returns the table together with every fault: a faulty row makes its place *unknown*, so scoring can go on and the
    /// faults can be shown. Use [`Facts::strict`] where a fault must stop the work.
    pub fn new(pack: &Pack, units: &Units, rows: Vec<FactRow>) -> (Facts, Vec<FactError>) {
        let mut facts = Facts::default();
        let mut errors = Vec::new();
        for row in rows {
            facts.put(pack, units, row, false, &mut errors);
        }
        for measure in pack.measures.values() {
            facts.check_components(measure, None, &mut errors);
        }
        facts.base = Arc::new(std::mem::take(&mut facts.over));
        let key = |error: &FactError| (error.measure.clone(), error.unit.clone(), error.period);
        errors.sort_by_key(key);
        (facts, errors)
    }

    /// As [`Facts::new`], but any fault is an error.
    ///
    /// # Errors
    /// Every fault found.
    pub fn strict(pack: &Pack, units: &Units, rows: Vec<FactRow>) -> Result<Facts, Vec<FactError>> {
        let (facts, errors) = Facts::new(pack, units, rows);
        if errors.is_empty() { Ok(facts) } else { Err(errors) }
    }

    pub(crate) fn cells(&self, measure: &str, unit: &str) -> Option<&ByPeriod> {
        let over = self.over.get(measure).and_then(|by_unit| by_unit.get(unit));
        over.or_else(|| self.base.get(measure)?.get(unit))
    }

    /// Every period any unit has something of the measure for.
    pub(crate) fn periods(&self, measure: &str) -> BTreeSet<Period> {
        self.units(measure).filter_map(|unit| self.cells(measure, unit)).flat_map(BTreeMap::keys).copied().collect()
    }

    /// Units that have a place for the measure; one may come twice.
    fn units<'a>(&'a self, measure: &str) -> impl Iterator<Item = &'a str> {
        [&*self.base, &self.over]
            .into_iter()
            .filter_map(|cells| cells.get(measure))
            .flat_map(BTreeMap::keys)
            .map(String::as_str)
    }

    /// The place to write; empty when it was not written yet.
    fn place(&mut self, measure: &str, unit: &str) -> &mut ByPeriod {
        self.over.entry(measure.to_owned()).or_default().entry(unit.to_owned()).or_default()
    }

    fn put(&mut self, pack: &Pack, units: &Units, row: FactRow, replaces: bool, errors: &mut Vec<FactError>) {
        let FactRow { unit, period, measure, amount, sources } = row;
        let mut error = |fault| errors.push(FactError { unit: unit.clone(), period, measure: measure.clone(), fault });
        let Some(known) = pack.measure(&measure) else { return error(FactFault::UnknownMeasure) };
        let Some(level) = units.get(&unit).map(|unit| &unit.level) else { return error(FactFault::UnknownUnit) };
        if let Some(fault) = misplaced(known, level, period) {
            return error(fault);
        }
        let fault = misshapen(known, &amount);
        let cell = if fault.is_some() { Cell::Faulty } else { Cell::Row { amount, sources } };
        let place = self.place(&measure, &unit);
        // A second row, whatever it says, leaves nothing known at this place.
        let duplicate = !replaces && place.contains_key(&period);
        place.insert(period, if duplicate { Cell::Faulty } else { cell });
        if let Some(fault) = fault.or(duplicate.then_some(FactFault::Duplicate)) {
            error(fault);
        }
    }

    /// Components in rows of their own must not break the ratio they belong to, nor contradict its own row.
    fn check_components(&mut self, measure: &Measure, at: Option<&str>, errors: &mut Vec<FactError>) {
        let Some(ratio) = &measure.ratio else { return };
        let ids = [&measure.id, &ratio.numerator, &ratio.denominator];
        let units: BTreeSet<String> = match at {
            Some(unit) => BTreeSet::from([unit.to_owned()]),
            None => ids.iter().flat_map(|id| self.units(id)).map(str::to_owned).collect(),
        };
        let mut faulty = Vec::new();
        for unit in units {
            let rows = |id: &str| self.cells(id, &unit);
            let periods: BTreeSet<Period> =
                ids.iter().filter_map(|id| rows(id)).flat_map(BTreeMap::keys).copied().collect();
            for period in periods.into_iter().filter(|period| period.grain() == measure.period) {
                let part = |id: &str| match rows(id)?.get(&period)? {
                    Cell::Row { amount: Amount::Value { value }, .. } => Some(value.clone()),
                    _ => None,
                };
                let (numerator, denominator) = (part(&ratio.numerator), part(&ratio.denominator));
                let fault = match rows(&measure.id).and_then(|rows| rows.get(&period)) {
                    Some(Cell::Faulty | Cell::Contradicted(_)) => None,
                    Some(Cell::Row { amount: Amount::Ratio { numerator: n, denominator: d }, .. }) => contradiction(
                        &ratio.numerator,
                        numerator,
                        n,
                    )
                    .or(contradiction(&ratio.denominator, denominator, d)),
                    _ => match (numerator, denominator) {
                        (Some(n), Some(d)) if ratio.part_of_whole => exceeds(&n, &d),
                        _ => None,
                    },
                };
                faulty.extend(fault.map(|fault| FactError {
                    unit: unit.clone(),
                    period,
                    measure: measure.id.clone(),
                    fault,
                }));
            }
        }
        for error in &faulty {
            let place = self.place(&error.measure, &error.unit);
            let row = match place.remove(&error.period) {
                Some(Cell::Row { amount, sources }) => Some((amount, sources)),
                _ => None,
            };
            place.insert(error.period, Cell::Contradicted(row));
        }
        errors.extend(faulty);
    }
}

/// A fault that leaves the row no place in the table.
fn misplaced(measure: &Measure, level: &str, period: Period) -> Option<FactFault> {
    if !measure.fact {
        Some(FactFault::Computed)
    } else if !measure.level.admits(level) {
        Some(FactFault::WrongLevel { found: level.to_owned(), wanted: measure.level.word().to_owned() })
    } else if period.grain() != measure.period {
        Some(FactFault::WrongGrain { wanted: measure.period })
    } else {
        None
    }
}

/// A fault of the figure itself.
fn misshapen(measure: &Measure, amount: &Amount) -> Option<FactFault> {
    let below_zero = |found: &Exact| found.is_negative().then(|| FactFault::BelowZero { found: found.clone() });
    match (&measure.ratio, amount) {
        (Some(ratio), Amount::Ratio { numerator, denominator }) => {
            let exceeds = ratio.part_of_whole.then(|| exceeds(numerator, denominator)).flatten();
            below_zero(denominator).or(exceeds)
        }
        (None, Amount::Value { value }) if measure.kind == MeasureKind::Count => below_zero(value),
        (None, Amount::Value { .. }) => None,
        _ => Some(FactFault::WrongShape),
    }
}

fn exceeds(numerator: &Exact, denominator: &Exact) -> Option<FactFault> {
    (numerator > denominator)
        .then(|| FactFault::PartExceedsWhole { numerator: numerator.clone(), denominator: denominator.clone() })
}

fn contradiction(component: &str, own: Option<Exact>, expected: &Exact) -> Option<FactFault> {
    let found = own.filter(|own| own != expected)?;
    Some(FactFault::Disagrees { component: component.to_owned(), found, expected: expected.clone() })
}
