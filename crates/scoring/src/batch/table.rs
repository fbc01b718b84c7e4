//! The table of a batch: a tree of units and the columns of its measures. Owns which column is which; the rule that matters: the
//! columns hold what is *in force* on the date, read by the same code as the tree evaluator when they come from facts.

use std::collections::BTreeMap;

use super::BatchError;
use super::column::Column;
use super::figure::Col;
use super::tree::{Tree, slot};
use crate::pack::Level;
use crate::period::Period;

/// What a column holds of its measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The value; or a component of ratios, in a measure of its own.
    Value,
    /// The numerator of a ratio.
    Numerator,
    /// The denominator of a ratio.
    Denominator,
    /// Whether a sampling plan has a row, as 1 and 0.
    Present,
}

/// Which column it is: measure, level of the units, part, and the period where one is prescribed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub measure: String,
    pub level: usize,
    pub part: Part,
    pub only: Option<Period>,
}

/// Columns over a tree of units.
#[derive(Clone, Debug)]
pub struct Table {
    pub(super) tree: Tree,
    pub(super) columns: Vec<Column>,
    pub(super) index: BTreeMap<Key, Col>,
    /// Periods to look at for figures of one and the same period, by indicator code, the latest first; `None` where the columns
    /// are of one period anyway.
    pub(super) periods: Option<BTreeMap<String, Vec<Period>>>,
    /// Periods of a sampling plan, by figure (code, name) and prescribed period.
    pub(super) waves: BTreeMap<(String, String, Option<Period>), Vec<Period>>,
}

impl Table {
    /// A table without columns; all columns added must be of one period wherever a standard compares values of one period.
    pub fn new(tree: Tree) -> Table {
        Table { tree, columns: Vec::new(), index: BTreeMap::new(), periods: None, waves: BTreeMap::new() }
    }

    /// Adds the column of a measure over the units of a level, in the order of [`Tree::rows`].
    ///
    /// # Errors
    /// When the column or its bitmap has another length than the level has units, or the place is taken.
    pub fn add(&mut self, measure: &str, level: Level, part: Part, column: Column) -> Result<(), BatchError> {
        self.insert(Key { measure: measure.to_owned(), level: slot(level), part, only: None }, column)
    }

    pub(super) fn insert(&mut self, key: Key, column: Column) -> Result<(), BatchError> {
        let rows = self.tree.units[key.level].len();
        let words = column.valid.as_ref().map_or(rows.div_ceil(64), Vec::len);
        if column.len() != rows || words < rows.div_ceil(64) {
            return Err(BatchError::Length { measure: key.measure, rows, found: column.len() });
        }
        if self.index.contains_key(&key) {
            return Err(BatchError::Twice { measure: key.measure });
        }
        self.index.insert(key, self.columns.len());
        self.columns.push(column);
        Ok(())
    }

    /// The tree of units.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Bytes of all columns.
    pub fn bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum()
    }

    /// Adds up every figure of every column, with as many threads as asked for: the least any evaluation can cost.
    pub fn checksum(&self, threads: usize) -> i64 {
        let next = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let work = || {
                let mut sum = 0_i64;
                while let Some(column) = self.columns.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    sum = sum.wrapping_add(column.checksum());
                }
                sum
            };
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let own = work();
            others.into_iter().filter_map(|other| other.join().ok()).fold(own, i64::wrapping_add)
        })
    }

    pub(super) fn column(&self, col: Col) -> &Column {
        &self.columns[col]
    }

    pub(super) fn find(&self, measure: &str, level: usize, part: Part, only: Option<Period>) -> Option<Col> {
        self.index.get(&Key { measure: measure.to_owned(), level, part, only }).copied()
    }
}
