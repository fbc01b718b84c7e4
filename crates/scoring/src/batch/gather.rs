//! Fills a table from facts: each column holds what the tree evaluator would read at each unit on the date.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::BatchError;
use super::bind::{self, Columns};
use super::column::Column;
use super::figure::Col;
use super::table::{Key, Part, Table};
use super::tree::Tree;
use crate::evaluate::Reads;
use crate::exact::Exact;
use crate::facts::Facts;
use crate::pack::{Indicator, Measure, Pack};
use crate::period::Period;
use crate::units::{Unit, Units};

impl Table {
    /// The table of what is in force on a date, and the units in the order of its tree.
    ///
    /// # Errors
    /// When the tree of units cannot be laid out, or the pack asks something the batch evaluator cannot do.
    pub fn of_facts<'u>(
        pack: &Pack,
        facts: &Facts,
        units: &'u Units,
        as_of: NaiveDate,
    ) -> Result<(Table, Vec<&'u Unit>), BatchError> {
        let (tree, order) = Tree::of_units(units, as_of)?;
        let mut table = Table::new(tree);
        table.periods = Some(BTreeMap::new());
        let reads = Reads::new(pack, facts, units, as_of);
        let mut gather = Gather { reads, table, order: &order };
        for indicator in &pack.indicators {
            bind::variants(pack, indicator, &mut gather)?;
        }
        let table = gather.table;
        Ok((table, order))
    }
}

struct Gather<'a, 'u> {
    reads: Reads<'a>,
    table: Table,
    order: &'a [&'u Unit],
}

impl Gather<'_, '_> {
    fn ids(&self, level: usize) -> Vec<&str> {
        self.table.tree.units[level].iter().map(|unit| self.order[*unit as usize].id.as_str()).collect()
    }

    fn column(&mut self, key: Key, values: &[Option<Exact>]) -> Result<Col, BatchError> {
        self.table.insert(key, Column::exact(values))?;
        Ok(self.table.columns.len() - 1)
    }
}

impl Columns for Gather<'_, '_> {
    fn table(&self) -> &Table {
        &self.table
    }

    fn value(&mut self, measure: &str, level: usize, only: Option<Period>) -> Result<Col, BatchError> {
        if let Some(found) = self.table.find(measure, level, Part::Value, only) {
            return Ok(found);
        }
        let values: Vec<_> = self.ids(level).into_iter().map(|unit| self.reads.value(measure, unit, only)).collect();
        self.column(Key { measure: measure.to_owned(), level, part: Part::Value, only }, &values)
    }

    fn ratio(&mut self, measure: &Measure, level: usize, only: Option<Period>) -> Result<(Col, Col), BatchError> {
        let find = |part| self.table.find(&measure.id, level, part, only);
        if let (Some(top), Some(bottom)) = (find(Part::Numerator), find(Part::Denominator)) {
            return Ok((top, bottom));
        }
        let parts = self.ids(level).into_iter().map(|unit| self.reads.parts(&measure.id, unit, only).unzip());
        let (tops, bottoms): (Vec<_>, Vec<_>) = parts.unzip();
        let key = |part| Key { measure: measure.id.clone(), level, part, only };
        Ok((self.column(key(Part::Numerator), &tops)?, self.column(key(Part::Denominator), &bottoms)?))
    }

    fn present(&mut self, plan: &str, level: usize, period: Option<Period>) -> Result<Option<Col>, BatchError> {
        let Some(only) = period else { return Ok(None) };
        if let Some(found) = self.table.find(plan, level, Part::Present, period) {
            return Ok(Some(found));
        }
        let flag = |unit: &str| Some(Exact::from(usize::from(self.reads.is_present(plan, unit, only))));
        let values: Vec<_> = self.ids(level).into_iter().map(flag).collect();
        self.column(Key { measure: plan.to_owned(), level, part: Part::Present, only: period }, &values).map(Some)
    }

    fn waves(&mut self, figure: &str, code: &str, plan: &Measure, only: Option<Period>) -> Vec<Option<Period>> {
        let mut periods = self.reads.periods([plan.id.as_str()]);
        periods.retain(|period| only.is_none_or(|only| only == *period) && self.reads.is_readable(plan, *period));
        self.table.waves.insert((code.to_owned(), figure.to_owned(), only), periods.clone());
        periods.into_iter().map(Some).collect()
    }

    fn periods(&mut self, indicator: &Indicator) -> Option<Vec<Period>> {
        let components = indicator.measure.ratio.iter().flat_map(|ratio| [&ratio.numerator.id, &ratio.denominator.id]);
        let names = indicator.unit_condition.iter().flat_map(|set| set.names.values());
        let measures = [&indicator.measure.id].into_iter().chain(components).chain(names);
        let periods = self.reads.periods(measures.map(String::as_str));
        self.table.periods.get_or_insert_default().insert(indicator.code.clone(), periods.clone());
        Some(periods)
    }
}

/// Columns of a finished table.
pub(super) struct Given<'a>(pub &'a Table);

impl Given<'_> {
    fn find(&self, measure: &str, level: usize, part: Part, only: Option<Period>) -> Result<Col, BatchError> {
        self.0
            .find(measure, level, part, only)
            .ok_or_else(|| BatchError::NoColumn { measure: measure.to_owned(), level: super::tree::LEVELS[level] })
    }
}

impl Columns for Given<'_> {
    fn table(&self) -> &Table {
        self.0
    }

    fn value(&mut self, measure: &str, level: usize, only: Option<Period>) -> Result<Col, BatchError> {
        self.find(measure, level, Part::Value, only)
    }

    fn ratio(&mut self, measure: &Measure, level: usize, only: Option<Period>) -> Result<(Col, Col), BatchError> {
        let own = |part| self.find(&measure.id, level, part, only);
        match (own(Part::Numerator), own(Part::Denominator), &measure.ratio) {
            (Ok(top), Ok(bottom), _) => Ok((top, bottom)),
            (Err(_), Err(_), Some(ratio)) => Ok((
                self.find(&ratio.numerator, level, Part::Value, only)?,
                self.find(&ratio.denominator, level, Part::Value, only)?,
            )),
            (Err(error), ..) | (_, Err(error), _) => Err(error),
        }
    }

    fn present(&mut self, plan: &str, level: usize, period: Option<Period>) -> Result<Option<Col>, BatchError> {
        period.map(|_| self.find(plan, level, Part::Present, period)).transpose()
    }

    fn waves(&mut self, figure: &str, code: &str, _plan: &Measure, only: Option<Period>) -> Vec<Option<Period>> {
        if self.0.periods.is_none() {
            return vec![None];
        }
        let found = self.0.waves.get(&(code.to_owned(), figure.to_owned(), only));
        found.into_iter().flatten().copied().map(Some).collect()
    }

    fn periods(&mut self, indicator: &Indicator) -> Option<Vec<Period>> {
        let by_code = self.0.periods.as_ref()?;
        Some(by_code.get(&indicator.code).cloned().unwrap_or_default())
    }
}

/// What a pack reads, noted down in an empty table.
struct Noted(Table);

impl Columns for Noted {
    fn table(&self) -> &Table {
        &self.0
    }

    fn value(&mut self, measure: &str, level: usize, _only: Option<Period>) -> Result<Col, BatchError> {
        match self.0.find(measure, level, Part::Value, None) {
            Some(found) => Ok(found),
            None => {
                let key = Key { measure: measure.to_owned(), level, part: Part::Value, only: None };
                self.0.insert(key, Column::exact(&[]))?;
                Ok(self.0.columns.len() - 1)
            }
        }
    }

    fn ratio(&mut self, measure: &Measure, level: usize, only: Option<Period>) -> Result<(Col, Col), BatchError> {
        let parts = measure.ratio.as_ref().ok_or(BatchError::NoMeasure { measure: measure.id.clone() })?;
        Ok((self.value(&parts.numerator, level, only)?, self.value(&parts.denominator, level, only)?))
    }

    fn present(&mut self, _plan: &str, _level: usize, _period: Option<Period>) -> Result<Option<Col>, BatchError> {
        Ok(None)
    }

    fn waves(&mut self, _figure: &str, _code: &str, _plan: &Measure, _only: Option<Period>) -> Vec<Option<Period>> {
        vec![None]
    }

    fn periods(&mut self, _indicator: &Indicator) -> Option<Vec<Period>> {
        None
    }
}

/// The columns a table needs for a pack: measure and level of the units, ratios by their components, in the order read.
///
/// # Errors
/// When the pack asks for something a batch cannot do.
pub fn needs(pack: &Pack) -> Result<Vec<(String, crate::pack::Level)>, BatchError> {
    let mut noted = Noted(Table::new(Tree::new([])?));
    for indicator in &pack.indicators {
        bind::variants(pack, indicator, &mut noted)?;
    }
    let mut found: Vec<_> = noted.0.index.into_iter().collect();
    found.sort_by_key(|(_, col)| *col);
    Ok(found.into_iter().map(|(key, _)| (key.measure, super::tree::LEVELS[key.level])).collect())
}
