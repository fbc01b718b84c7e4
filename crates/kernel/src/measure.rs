//! What registers tell: measures as (unit, period) → value, each with the record versions it was made from.
//!
//! The rule that matters: empty is not zero. A count or sum exists for a unit only once the register was reported complete
//! there; a register that is kept current is vouched for by its last complete period, and its figure is the state on the day
//! asked. A figure recomputed from its provenance alone is the same figure.

mod past;

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::Pin,
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    access::Scoped,
    audit::Keys,
    clock::day_end,
    db::Tx,
    error::Result,
    register::{Record, RegisterDef, versions},
    sql,
};

pub use past::Past;

/// A number kept exactly: `units` of 10^-`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    /// The whole number.
    pub units: i64,
    /// How many decimals it has.
    pub decimals: u8,
}

/// What is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// A figure.
    Value(Exact),
    /// A rate as its two parts.
    Ratio(Exact, Exact),
}

/// The record version a fact was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The register.
    pub register: &'static str,
    /// The record.
    pub record: Uuid,
    /// Its version on the day.
    pub version: i64,
}

/// One fact of a unit and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The unit.
    pub unit: Uuid,
    /// The period as text: `2009`, `2009-Q1`, `2009-03`.
    pub period: String,
    /// The measure's id.
    pub measure: String,
    /// What is known.
    pub amount: Amount,
    /// What it was made from; empty for a zero that only the coverage vouches for.
    pub sources: Vec<Source>,
}

/// A look at the registers on a day, for whoever computes measures.
#[derive(Debug)]
pub struct Collect<'t> {
    /// The transaction.
    pub tx: &'t mut Tx,
    /// The keys.
    pub keys: &'t Keys,
    /// The day asked, in Asia/Shanghai.
    pub day: NaiveDate,
    /// The last moment taken into account: the end of that day, or now.
    pub moment: DateTime<Utc>,
    /// The registers looked at so far.
    pub asked: BTreeSet<&'static str>,
    only: Option<BTreeSet<Uuid>>,
    past: Option<&'t mut Past>,
    hindsight: bool,
}

/// A module's measures, computed on a day.
pub type Measures = for<'c, 't> fn(&'c mut Collect<'t>) -> Pin<Box<dyn Future<Output = Result<Vec<Fact>>> + Send + 'c>>;

impl<'t> Collect<'t> {
    /// A look at the end of a day (or at `now`, if the day is not over).
    pub fn on(tx: &'t mut Tx, keys: &'t Keys, day: NaiveDate, now: DateTime<Utc>) -> Self {
        let moment = day_end(day).min(now);
        Self { tx, keys, day, moment, asked: BTreeSet::new(), only: None, past: None, hindsight: false }
    }

    /// A look at a day with what is known now: figures and reports that came late or were corrected since count. What merely
    /// happened since does not: where a register has a lifecycle, a record counts if it was there on the day, in the state it
    /// had then. A register without one tells by the periods and days in its records.
    pub fn in_hindsight(tx: &'t mut Tx, keys: &'t Keys, day: NaiveDate, now: DateTime<Utc>) -> Self {
        Self { moment: now, hindsight: true, ..Self::on(tx, keys, day, now) }
    }

    /// The same look, answered from versions that were read before.
    #[must_use]
    pub fn from_past(mut self, past: &'t mut Past) -> Self {
        self.past = Some(past);
        self
    }

    /// The same look at the records and reports of some units only. A measure whose facts are of the units that their records
    /// are of tells for those units what it tells of them in a look at everything.
    #[must_use]
    pub fn only(mut self, units: BTreeSet<Uuid>) -> Self {
        self.only = Some(units);
        self
    }

    /// The records of a register as they stood, taken-out ones left out. For computing only: they must not leave as records.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn records(&mut self, def: &'static RegisterDef) -> Result<Vec<Arc<Record>>> {
        self.asked.insert(def.key);
        if let (Some(past), None) = (self.past.as_deref_mut(), &self.only) {
            past.read(self.tx, self.keys, def).await?;
            return Ok(past.at(def, self.moment));
        }
        let mut known = self.as_of(def, self.moment).await?;
        if self.hindsight && def.lifecycle.is_some() {
            let then = self.as_of(def, day_end(self.day).min(self.moment)).await?;
            let states: BTreeMap<Uuid, String> = then.into_iter().map(|r| (r.meta.id, r.meta.state)).collect();
            known.retain_mut(|record| match states.get(&record.meta.id) {
                Some(state) => {
                    record.meta.state.clone_from(state);
                    true
                }
                None => false,
            });
        }
        Ok(known.into_iter().map(Arc::new).collect())
    }

    async fn as_of(&mut self, def: &'static RegisterDef, moment: DateTime<Utc>) -> Result<Vec<Record>> {
        let moment = Scoped::for_engine(moment, "measures");
        match &self.only {
            None => versions::as_of(self.tx, self.keys, def, &moment).await,
            Some(units) => versions::as_of_units(self.tx, self.keys, def, &moment, units).await,
        }
    }

    /// For every unit of a kind that reported the register complete: the latest complete period that has begun.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn complete(&mut self, def: &'static RegisterDef, level: &str) -> Result<BTreeMap<Uuid, String>> {
        self.asked.insert(def.key);
        let rows = match self.only.clone() {
            None => self.reports(def, level).await?,
            Some(units) => {
                let mut rows = Vec::new();
                for unit in units {
                    rows.extend(self.reports_of(def, level, unit).await?);
                }
                rows
            }
        };
        let month = self.day.format("%Y-%m").to_string();
        let mut latest: BTreeMap<Uuid, String> = BTreeMap::new();
        for (unit, period, complete) in rows {
            // Periods of one grain sort as text; a year has begun when its text is not after the month's.
            if complete && period.as_str() <= month.as_str() && latest.get(&unit).is_none_or(|p| *p < period) {
                latest.insert(unit, period);
            }
        }
        Ok(latest)
    }

    /// Unit, period and whether it was reported complete, for every unit of a kind.
    async fn reports(&mut self, def: &'static RegisterDef, level: &str) -> Result<Vec<(Uuid, String, bool)>> {
        Ok(sql!(
            &mut *self.tx,
            fetch_all,
            "select c.unit_id, c.period, c.complete from coverage c join unit u on u.id = c.unit_id
             where c.register = $1 and c.at <= $2 and u.kind = $3
               and c.version = (select max(d.version) from coverage d
                                where d.register = c.register and d.unit_id = c.unit_id and d.period = c.period and d.at <= $2)",
            def.key,
            self.moment,
            level
        )?)
    }

    /// The same for one unit.
    async fn reports_of(
        &mut self,
        def: &'static RegisterDef,
        level: &str,
        unit: Uuid,
    ) -> Result<Vec<(Uuid, String, bool)>> {
        Ok(sql!(
            &mut *self.tx,
            fetch_all,
            "select c.unit_id, c.period, c.complete from coverage c join unit u on u.id = c.unit_id
             where c.register = $1 and c.at <= $2 and u.kind = $3 and c.unit_id = $4
               and c.version = (select max(d.version) from coverage d
                                where d.register = c.register and d.unit_id = c.unit_id and d.period = c.period and d.at <= $2)",
            def.key,
            self.moment,
            level,
            unit
        )?)
    }

    /// A sum over the records of each unit of a kind that pass, zero where none does but the register is complete. A unit of
    /// another kind has no such figure, not a zero.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn sum_by_unit(
        &mut self,
        def: &'static RegisterDef,
        measure: &str,
        level: &str,
        decimals: u8,
        amount: impl Fn(&Record) -> Option<i64>,
    ) -> Result<Vec<Fact>> {
        let mut sums: BTreeMap<Uuid, (i64, Vec<Source>)> = BTreeMap::new();
        for record in self.records(def).await? {
            if let Some(units) = amount(&record) {
                let (sum, sources) = sums.entry(record.meta.unit).or_default();
                *sum += units;
                sources.push(Source { register: def.key, record: record.meta.id, version: record.meta.version });
            }
        }
        let complete = self.complete(def, level).await?;
        let facts = complete.into_iter().map(|(unit, period)| {
            let (units, mut sources) = sums.remove(&unit).unwrap_or_default();
            sources.sort();
            Fact {
                unit,
                period,
                measure: measure.to_owned(),
                amount: Amount::Value(Exact { units, decimals }),
                sources,
            }
        });
        Ok(facts.collect())
    }

    /// How many records of each unit of a kind pass.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn count_by_unit(
        &mut self,
        def: &'static RegisterDef,
        measure: &str,
        level: &str,
        passes: impl Fn(&Record) -> bool,
    ) -> Result<Vec<Fact>> {
        self.sum_by_unit(def, measure, level, 0, |record| passes(record).then_some(1)).await
    }
}
