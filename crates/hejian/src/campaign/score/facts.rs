//! Gathers what the registers tell on a day and puts it into the words of the scoring engine.
//!
//! The rule that matters: a fact that cannot be used is not dropped in silence; it becomes a [`Warning`] with its place, and
//! whatever it would have told is unknown.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    access::Scoped,
    audit::Keys,
    db::Tx,
    error::{Error, Result},
    measure::{Amount as Known, Collect, Exact as Scaled, Fact, Measures, Past},
    unit::{self, UnitQuery},
    web::Module,
};
use hejian_scoring::{
    Amount, Exact, FactRow, Facts, Pack, Source, Unit, Units,
    facts::{FactError, FactFault},
};

const KINDS: [&str; 3] = ["district", "subdistrict", "community"];

/// A unit as pages name it.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its stable key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The unit above on the day.
    pub parent: Option<String>,
    /// A key community.
    pub is_key: bool,
    /// The model community.
    pub is_model: bool,
}

/// A fact that cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// Measure id.
    pub measure: String,
    /// Unit id.
    pub unit: String,
    /// Period as it stands in the register.
    pub period: String,
    /// What is wrong; `None` when the period itself cannot be read.
    pub fault: Option<FactFault>,
}

/// What is known on a day.
#[derive(Debug)]
pub struct Gathered {
    /// Units of the day and of other days, with their days of being.
    pub units: Units,
    /// The same for pages, by id.
    pub places: BTreeMap<String, Place>,
    /// The facts.
    pub facts: Facts,
    /// Those that cannot be used.
    pub warnings: Vec<Warning>,
    /// Measures of which anything is told at all.
    pub told: BTreeSet<String>,
}

/// What the registers tell on a day, before it is held against a standard.
#[derive(Debug)]
pub struct Told {
    /// Units of the day and of other days, with their days of being.
    pub units: Units,
    /// The same for pages, by id.
    pub places: BTreeMap<String, Place>,
    /// The facts, as the modules told them.
    pub rows: Vec<FactRow>,
    /// Those whose period cannot be read.
    pub unread: Vec<Warning>,
    /// Measures of which anything is told at all.
    pub measures: BTreeSet<String>,
}

/// Asks every module what it tells on `day`, as known at the end of it or now, and checks it.
///
/// # Errors
/// As [`tell`].
pub async fn gather(
    modules: &[&'static Module],
    tx: &mut Tx,
    keys: &Keys,
    pack: &Pack,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Gathered> {
    let told = tell(modules, tx, keys, pack, day, now).await?;
    Ok(checked(pack, told))
}

/// What is told, held against a standard.
pub(super) fn checked(pack: &Pack, told: Told) -> Gathered {
    let Told { units, places, rows, unread: mut warnings, measures: told } = told;
    let (facts, faults) = Facts::new(pack, &units, rows);
    warnings.extend(faults.into_iter().map(|FactError { unit, period, measure, fault }| Warning {
        measure,
        unit,
        period: period.to_string(),
        fault: Some(fault),
    }));
    Gathered { units, places, facts, warnings, told }
}

/// Asks every module what it tells on `day`, as known at the end of it or now.
///
/// # Errors
/// The engine's own error, and [`Error::Internal`] when the units are no tree.
pub async fn tell(
    modules: &[&'static Module],
    tx: &mut Tx,
    keys: &Keys,
    pack: &Pack,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Told> {
    let (units, places, parts) = parts(modules, tx, keys, pack, &mut Look::On(day, now)).await?;
    Ok(together(units, places, parts))
}

/// What all functions tell.
pub(super) fn together(units: Units, places: BTreeMap<String, Place>, parts: Vec<Part>) -> Told {
    let mut told = Told { units, places, rows: Vec::new(), unread: Vec::new(), measures: BTreeSet::new() };
    for part in parts {
        told.rows.extend(part.rows);
        told.unread.extend(part.unread);
        told.measures.extend(part.measures);
    }
    told
}

/// How the registers are looked at.
pub(super) enum Look<'p> {
    /// As they stood at the end of the day, or stand now.
    On(NaiveDate, DateTime<Utc>),
    /// The same, one of many days, from versions read before.
    Past(NaiveDate, DateTime<Utc>, &'p mut Past),
    /// On the day, with what is known now.
    Hindsight(NaiveDate, DateTime<Utc>),
}

impl Look<'_> {
    fn day(&self) -> NaiveDate {
        match self {
            Self::On(day, _) | Self::Past(day, ..) | Self::Hindsight(day, _) => *day,
        }
    }

    fn collect<'t>(&'t mut self, tx: &'t mut Tx, keys: &'t Keys) -> Collect<'t> {
        match self {
            Self::On(day, now) => Collect::on(tx, keys, *day, *now),
            Self::Past(day, now, past) => Collect::on(tx, keys, *day, *now).from_past(past),
            Self::Hindsight(day, now) => Collect::in_hindsight(tx, keys, *day, *now),
        }
    }
}

/// What one of the modules' functions tells.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The registers it looked at.
    pub asked: BTreeSet<&'static str>,
    /// Its facts.
    pub rows: Vec<FactRow>,
    /// Those whose period cannot be read.
    pub unread: Vec<Warning>,
    /// Its measures.
    pub measures: BTreeSet<String>,
}

/// Units, places, and what each function of the modules tells, in their order.
pub(super) async fn parts(
    modules: &[&'static Module],
    tx: &mut Tx,
    keys: &Keys,
    pack: &Pack,
    look: &mut Look<'_>,
) -> Result<(Units, BTreeMap<String, Place>, Vec<Part>)> {
    let (units, places) = units(tx, look.day()).await?;
    let mut all = Vec::new();
    for measures in modules.iter().flat_map(|module| module.measures) {
        all.push(part(measures, look.collect(tx, keys), pack, &places).await?);
    }
    Ok((units, places, all))
}

/// What one function tells in a look.
pub(super) async fn part(
    measures: &Measures,
    mut collect: Collect<'_>,
    pack: &Pack,
    places: &BTreeMap<String, Place>,
) -> Result<Part> {
    let facts = measures(&mut collect).await?;
    let mut part = Part { asked: std::mem::take(&mut collect.asked), ..Part::default() };
    for fact in facts {
        // A register that units of several levels report complete vouches for zeros at all of them; where the measure is not
        // of the unit's level, such a zero says nothing.
        if fact.sources.is_empty() {
            let level = places.get(&fact.unit.to_string()).map_or("", |place| place.kind.as_str());
            if pack.measure(&fact.measure).is_some_and(|of| !of.level.admits(level)) {
                continue;
            }
        }
        if !part.measures.contains(&fact.measure) {
            part.measures.insert(fact.measure.clone());
        }
        match row(fact) {
            Ok(row) => part.rows.push(row),
            Err(warning) => part.unread.push(*warning),
        }
    }
    Ok(part)
}

/// A fact in the words of the scoring engine.
///
/// # Errors
/// When its period cannot be read.
pub fn row(fact: Fact) -> Result<FactRow, Box<Warning>> {
    let Ok(period) = fact.period.parse() else {
        let (measure, unit, period) = (fact.measure, fact.unit.to_string(), fact.period);
        return Err(Box::new(Warning { measure, unit, period, fault: None }));
    };
    let exact = |known: Scaled| Exact::scaled(known.units, known.decimals.into());
    let amount = match fact.amount {
        Known::Value(value) => Amount::Value { value: exact(value) },
        Known::Ratio(upper, lower) => Amount::Ratio { numerator: exact(upper), denominator: exact(lower) },
    };
    let source = |source: &hejian_kernel::measure::Source| Source {
        register: source.register.to_owned(),
        record: source.record.to_string(),
        version: source.version,
    };
    let sources = fact.sources.iter().map(source).collect();
    Ok(FactRow { unit: fact.unit.to_string(), period, measure: fact.measure, amount, sources })
}

/// The units a standard may ask for, each under the one it stood under on the day.
async fn units(tx: &mut Tx, day: NaiveDate) -> Result<(Units, BTreeMap<String, Place>)> {
    let eyes = |on| Scoped::for_engine(UnitQuery { on, kinds: KINDS.to_vec(), under: None }, "units of a score");
    let on_the_day: BTreeMap<_, _> =
        unit::list(tx, &eyes(Some(day))).await?.into_iter().map(|unit| (unit.id, unit.parent)).collect();
    let all = unit::list(tx, &eyes(None)).await?;
    let known: BTreeSet<_> = all.iter().map(|unit| unit.id).collect();
    let mut places = BTreeMap::new();
    let mut list = Vec::with_capacity(all.len());
    for unit in all {
        // A parent that is no unit of the standard (a city above the district) ends the tree here.
        let parent = on_the_day.get(&unit.id).copied().unwrap_or(unit.parent).filter(|parent| known.contains(parent));
        let (id, parent) = (unit.id.to_string(), parent.map(|parent| parent.to_string()));
        let place = Place {
            key: unit.key,
            name: unit.name.clone(),
            kind: unit.kind.clone(),
            parent: parent.clone(),
            is_key: unit.is_key,
            is_model: unit.is_model,
        };
        places.insert(id.clone(), place);
        list.push(Unit {
            id,
            name: Some(unit.name),
            level: unit.kind,
            parent,
            valid_from: Some(unit.valid_from),
            valid_to: unit.valid_to,
        });
    }
    let units = Units::new(list).map_err(|errors| {
        let says: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Error::Internal(format!("the units cannot be scored: {}", says.join("; ")))
    })?;
    Ok((units, places))
}
