//! Scores very many units at once, with roll-up to every unit above them: the rules of the tree evaluator over columns.
//!
//! The rule that matters: the result is that of [`evaluate`](mod@crate::evaluate), to the last hundredth and to the last
//! *not assessed*, without the explanation. Arithmetic is of integers throughout: a number is *integer over integer times a
//! constant*, comparisons are cross-multiplied, and points are rounded once, a half upwards. The width of the integers (32, 64,
//! 128 bits, any) follows from bounds of the columns before a row is looked at.
//!
//! A district value has no figure above its district: at a city, which holds several, it is not assessed.

mod bind;
mod build;
mod column;
mod compile;
mod figure;
mod fractions;
mod gather;
mod int;
mod machine;
mod nodes;
mod program;
mod reduce;
mod result;
mod rule;
mod run;
mod survey;
mod table;
mod tree;

use chrono::NaiveDate;

pub use column::Column;
pub use gather::needs;
pub use result::{Standing, Totals};
pub use table::{Part, Table};
pub use tree::{Place, Tree};

use crate::exact::Exact;
use crate::facts::Facts;
use crate::pack::{IndicatorKind, Level, Pack, VetoEffect};
use crate::units::Units;

/// Why a batch cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// The table lacks a column the standard reads.
    #[error("the table has no column of `{measure}` for units of level {}; add it, with every row unknown if nothing is known", level.word())]
    NoColumn {
        /// The measure.
        measure: String,
        /// The level of the units.
        level: Level,
    },
    /// The standard names a measure it does not define.
    #[error("the standard does not define the measure `{measure}`; add it to the measures file")]
    NoMeasure {
        /// The measure.
        measure: String,
    },
    /// A column is given twice.
    #[error("the column of `{measure}` is given twice; keep one")]
    Twice {
        /// The measure.
        measure: String,
    },
    /// A column has another length than its level has units.
    #[error(
        "the column of `{measure}` has {found} rows for {rows} units; give one row a unit in being, and a bitmap as long"
    )]
    Length {
        /// The measure.
        measure: String,
        /// Units of the level.
        rows: usize,
        /// Rows of the column.
        found: usize,
    },
    /// A unit does not follow the one above it, or its last descendant.
    #[error("unit {unit} does not come directly below its parent; list units in depth-first order")]
    NotDepthFirst {
        /// Index of the unit.
        unit: usize,
    },
    /// Units of one level stand below each other.
    #[error("unit {unit} of level {} stands below another of that level; a batch needs each level once on the way up", level.word())]
    Nested {
        /// Index of the unit.
        unit: usize,
        /// The level.
        level: Level,
    },
    /// More units than a batch can number.
    #[error("a batch holds at most 4,294,967,294 units")]
    TooMany,
    /// Something the batch evaluator does not do.
    #[error("indicator {code} asks for {what}, which a batch cannot do; use the tree evaluator")]
    Unsupported {
        /// The indicator.
        code: String,
        /// What it asks.
        what: &'static str,
    },
}

/// Points of every unit of a table.
pub struct Batch<'a> {
    pack: &'a Pack,
    table: &'a Table,
    compiled: Vec<compile::Compiled<'a>>,
    outcome: run::Outcome,
    /// By unit: the node, or the community row marked by the highest bit.
    places: Vec<u32>,
}

const ROW: u32 = 1 << 31;

/// Scores a table with as many threads as asked for (at least one); their number does not change the result.
///
/// # Errors
/// When the table lacks a column, or the pack asks for something a batch cannot do.
pub fn score<'a>(pack: &'a Pack, table: &'a Table, threads: usize) -> Result<Batch<'a>, BatchError> {
    let compiled = compile::compile(pack, table)?;
    let outcome = run::run(table, &compiled, threads.max(1));
    let mut places = vec![tree::NONE; table.tree.len()];
    for (row, unit) in table.tree.units[2].iter().enumerate() {
        places[*unit as usize] = ROW | row as u32;
    }
    for (node, found) in table.tree.nodes.iter().enumerate() {
        places[found.unit as usize] = node as u32;
    }
    Ok(Batch { pack, table, compiled, outcome, places })
}

/// Points of one unit, by indicator in the pack's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPoints {
    /// Unit id.
    pub unit: String,
    /// By indicator.
    pub indicators: Vec<(String, Standing)>,
    /// The totals.
    pub totals: Totals,
    /// What stands after bonus and vetoes, where the whole standard is scored.
    pub effective: Exact,
}

/// Scores facts on a date: the plain entry, for comparison with the tree evaluator. One entry a unit in being, parents first.
///
/// # Errors
/// As [`score`] and [`Table::of_facts`].
pub fn score_facts(
    pack: &Pack,
    facts: &Facts,
    units: &Units,
    as_of: NaiveDate,
    threads: usize,
) -> Result<Vec<UnitPoints>, BatchError> {
    let (table, order) = Table::of_facts(pack, facts, units, as_of)?;
    let batch = score(pack, &table, threads)?;
    let of = |(unit, found): (usize, &&crate::units::Unit)| {
        batch.is_scored(unit).then(|| UnitPoints {
            unit: found.id.clone(),
            indicators: (0..pack.indicators.len())
                .map(|indicator| (pack.indicators[indicator].code.clone(), batch.standing(unit, indicator)))
                .collect(),
            totals: batch.totals(unit),
            effective: batch.effective(unit),
        })
    };
    Ok(order.iter().enumerate().filter_map(of).collect())
}

enum PlaceOf {
    Node(usize),
    Row(usize),
}

impl Batch<'_> {
    fn place(&self, unit: usize) -> Option<PlaceOf> {
        match *self.places.get(unit)? {
            tree::NONE => None,
            row if row & ROW != 0 => Some(PlaceOf::Row((row ^ ROW) as usize)),
            node => Some(PlaceOf::Node(node as usize)),
        }
    }

    /// Whether the unit (an index of the tree) is in being and scored.
    pub fn is_scored(&self, unit: usize) -> bool {
        self.place(unit).is_some()
    }

    /// What an indicator (an index of the pack) came to at a unit (an index of the tree).
    pub fn standing(&self, unit: usize, indicator: usize) -> Standing {
        let (Some(place), Some(compiled)) = (self.place(unit), self.compiled.get(indicator)) else {
            return Standing::NotScored;
        };
        let whole = match place {
            PlaceOf::Node(node) => self.table.tree.nodes[node].whole,
            PlaceOf::Row(_) => false,
        };
        if !whole && !compiled.in_units {
            return Standing::NotScored;
        }
        let points = match place {
            PlaceOf::Node(node) => Some(self.outcome.nodes[indicator][node]).filter(|points| *points != i32::MIN),
            PlaceOf::Row(row) => self.outcome.rows[indicator].get(row),
        };
        points.map_or(Standing::NotAssessed, Standing::Assessed)
    }

    /// Points and most points over the assessed indicators that count at a unit: all of them for a district and above, those
    /// with a value per community below.
    pub fn totals(&self, unit: usize) -> Totals {
        let whole = match self.place(unit) {
            None => return Totals::default(),
            Some(PlaceOf::Row(row)) => {
                let of = |points: &result::Points| i64::from(points.get(row).unwrap_or(0));
                return Totals { points: of(&self.outcome.totals), assessed: of(&self.outcome.assessed) };
            }
            Some(PlaceOf::Node(node)) => self.table.tree.nodes[node].whole,
        };
        let mut totals = Totals::default();
        for (indicator, compiled) in
            self.compiled.iter().enumerate().filter(|(_, one)| if whole { one.basic } else { one.counts })
        {
            if let Standing::Assessed(points) = self.standing(unit, indicator) {
                totals.points += i64::from(points);
                totals.assessed += i64::from(compiled.most);
            }
        }
        totals
    }

    /// What stands at a unit of the whole standard after everything: the total and the bonus that counts, less what vetoes
    /// that are true take away.
    pub fn effective(&self, unit: usize) -> Exact {
        let of = |hundredths: i64| Exact::scaled(hundredths, 2);
        let bonus = self.compiled.iter().enumerate().filter(|(_, one)| one.indicator.kind == IndicatorKind::Bonus);
        let bonus = bonus.filter_map(|(indicator, _)| self.standing(unit, indicator).points()).collect::<Vec<_>>();
        let counted = bonus.iter().sum::<Exact>().min(self.pack.standard.bonus_points.clone());
        let mut total = &of(self.totals(unit).points) + &counted;
        let vetoed = self.compiled.iter().enumerate().filter(|(indicator, _)| self.is_vetoed(unit, *indicator));
        for (_, one) in vetoed {
            match one.indicator.veto.as_ref().map(|veto| (veto.effect, &veto.cap)) {
                Some((VetoEffect::Zero, _)) => total = Exact::zero(),
                Some((VetoEffect::Cap, Some(cap))) => total = total.min(cap.clone()),
                _ => {}
            }
        }
        total
    }

    /// Whether a veto of an indicator is true at a unit of the whole standard.
    pub fn is_vetoed(&self, unit: usize, indicator: usize) -> bool {
        match self.place(unit) {
            Some(PlaceOf::Node(node)) => {
                self.outcome.vetoed.get(indicator).and_then(Option::as_ref).is_some_and(|flags| flags[node])
            }
            _ => false,
        }
    }

    /// The main value of an indicator at a unit, added up anew from its rows; `None` when unknown or not scored there.
    pub fn value(&self, unit: usize, indicator: usize) -> Option<Exact> {
        if self.standing(unit, indicator) == Standing::NotScored {
            return None;
        }
        let compiled = self.compiled.get(indicator)?;
        let exact = |figure: &figure::Figure| {
            let rows = match self.place(unit)? {
                PlaceOf::Node(node) => self.table.tree.range(&self.table.tree.nodes[node], figure.level),
                PlaceOf::Row(row) if figure.level == 2 => row..row + 1,
                PlaceOf::Row(row) => {
                    let above = self.table.tree.above[figure.level][row];
                    if above == tree::NONE { 0..0 } else { above as usize..above as usize + 1 }
                }
            };
            figure.exact(self.table, rows)
        };
        for variant in &compiled.variants {
            let known = |bound: bool| {
                variant.figures.iter().filter(|figure| figure.bound == bound).all(|figure| exact(figure).is_some())
            };
            if compiled.variants.len() == 1 {
                return variant.figures.first().and_then(exact).map(Exact::of_fraction);
            }
            if variant.fallback {
                return (!known(true))
                    .then(|| variant.figures.first().and_then(exact))
                    .flatten()
                    .map(Exact::of_fraction);
            }
            if known(true) {
                return variant.figures.first().and_then(exact).map(Exact::of_fraction);
            }
        }
        None
    }

    /// The pack that was scored by.
    pub fn pack(&self) -> &Pack {
        self.pack
    }
}
