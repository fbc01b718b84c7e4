//! Binds an indicator to columns. Owns the walk over what an indicator reads; it runs once to fill a table from facts and once
//! to score, so both see the same columns.

use super::BatchError;
use super::build::{Builder, Number};
use super::figure::{Col, Condition, Figure, How, Ratio, Reading, Wave};
use super::program::{Op, Program, Valid};
use super::table::Table;
use super::tree::slot;
use crate::pack::{Aggregation, Also, Indicator, Level, Measure, MeasureUse, Pack, UnitCondition, VALUE};
use crate::period::Period;

/// Where columns come from.
pub(super) trait Columns {
    /// The table so far.
    fn table(&self) -> &Table;
    fn value(&mut self, measure: &str, level: usize, only: Option<Period>) -> Result<Col, BatchError>;
    /// Numerator and denominator of a ratio.
    fn ratio(&mut self, measure: &Measure, level: usize, only: Option<Period>) -> Result<(Col, Col), BatchError>;
    /// Whether a plan has a row for the period; `None` where a known plan says so.
    fn present(&mut self, plan: &str, level: usize, period: Option<Period>) -> Result<Option<Col>, BatchError>;
    /// Periods of the plan to look at for a figure; one `None` where the columns are of one period anyway.
    fn waves(&mut self, figure: &str, code: &str, plan: &Measure, only: Option<Period>) -> Vec<Option<Period>>;
    /// Periods to look at for values of one and the same period; `None` where the columns are of one period anyway.
    fn periods(&mut self, indicator: &Indicator) -> Option<Vec<Period>>;
}

/// The figures of an indicator, once for each period its values of one period may be read for.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub figures: Vec<Figure>,
    /// Counts only where all bound figures are known.
    pub gated: bool,
    /// The last resort: bound figures that are all known have no period in common, and are unknown.
    pub fallback: bool,
}

struct Spec<'a> {
    name: &'a str,
    level: Level,
    aggregation: Aggregation,
    measure: &'a MeasureUse,
    condition: Option<&'a UnitCondition>,
    bound: bool,
}

impl<'a> Spec<'a> {
    fn all(indicator: &'a Indicator) -> Vec<Spec<'a>> {
        let bound = indicator.also.iter().any(|also| also.same_period);
        let main = Spec {
            name: VALUE,
            level: indicator.level,
            aggregation: indicator.aggregation,
            measure: &indicator.measure,
            condition: indicator.unit_condition.as_ref(),
            bound,
        };
        let also = |also: &'a Also| Spec {
            name: &also.name,
            level: also.level,
            aggregation: also.aggregation,
            measure: &also.measure,
            condition: also.unit_condition.as_ref(),
            bound: also.same_period,
        };
        [main].into_iter().chain(indicator.also.iter().map(also)).collect()
    }
}

/// Every variant of an indicator.
///
/// # Errors
/// When the table lacks a column.
pub(super) fn variants(
    pack: &Pack,
    indicator: &Indicator,
    columns: &mut dyn Columns,
) -> Result<Vec<Variant>, BatchError> {
    let specs = Spec::all(indicator);
    let mut figures = |only: Option<Period>| -> Result<Vec<Figure>, BatchError> {
        specs.iter().map(|spec| figure(pack, indicator, spec, only.filter(|_| spec.bound), columns)).collect()
    };
    let last = figures(None)?;
    if !specs.iter().any(|spec| spec.bound) {
        return Ok(vec![Variant { figures: last, gated: false, fallback: false }]);
    }
    let Some(periods) = columns.periods(indicator) else {
        return Ok(vec![Variant { figures: last, gated: false, fallback: false }]);
    };
    let mut figures = |only: Option<Period>| -> Result<Vec<Figure>, BatchError> {
        specs.iter().map(|spec| figure(pack, indicator, spec, only.filter(|_| spec.bound), columns)).collect()
    };
    let mut variants = Vec::with_capacity(periods.len() + 1);
    for period in periods {
        variants.push(Variant { figures: figures(Some(period))?, gated: true, fallback: false });
    }
    variants.push(Variant { figures: last, gated: false, fallback: true });
    Ok(variants)
}

fn figure(
    pack: &Pack,
    indicator: &Indicator,
    spec: &Spec<'_>,
    only: Option<Period>,
    columns: &mut dyn Columns,
) -> Result<Figure, BatchError> {
    let level = slot(spec.level);
    let id = &spec.measure.id;
    let unsupported = |what: &'static str| BatchError::Unsupported { code: indicator.code.clone(), what };
    let weight = |columns: &mut dyn Columns| match &spec.measure.weight {
        Some(weight) => columns.value(&weight.id, level, None),
        None => Err(unsupported("a weighted figure without a weight")),
    };
    let how = match (spec.aggregation, spec.condition) {
        (Aggregation::DistrictValue, Some(set)) => How::Holds(Box::new(condition(pack, set, level, only, columns)?)),
        (Aggregation::ShareOfUnits, Some(set)) => {
            let scale = spec.measure.scale().fraction().clone();
            How::Share(Box::new(condition(pack, set, level, only, columns)?), scale)
        }
        (Aggregation::WeightedSurvey, _) => survey(pack, indicator, spec, only, columns)?,
        (aggregation, _) => match (aggregation, reading(pack, id, level, only, columns)?) {
            (Aggregation::DistrictValue, reading) => How::Single(reading),
            (Aggregation::RatioOfSums, Reading::Ratio(ratio)) => {
                // The indicator's own scale makes the figure; the loader sees to it that it is the measure's.
                How::RatioOfSums(Ratio { scale: spec.measure.scale().fraction().clone(), ..ratio })
            }
            (Aggregation::Sum, Reading::Value(col)) => How::Sum(col),
            (Aggregation::Mean, Reading::Value(col)) => How::Mean(col),
            (Aggregation::Min, Reading::Value(col)) => How::Lowest(col),
            (Aggregation::WeightedMean, Reading::Value(col)) => How::WeightedMean(col, weight(columns)?),
            (Aggregation::Mean, Reading::Ratio(ratio)) => How::Fractions(ratio, None, false),
            (Aggregation::Min, Reading::Ratio(ratio)) => How::Fractions(ratio, None, true),
            (Aggregation::WeightedMean, Reading::Ratio(ratio)) => How::Fractions(ratio, Some(weight(columns)?), false),
            _ => return Err(unsupported("an aggregation of a measure of this kind")),
        },
    };
    let factor = super::compile::factor(columns.table(), &how);
    Ok(Figure { name: spec.name.to_owned(), level, how, factor, bound: spec.bound })
}

fn reading(
    pack: &Pack,
    id: &str,
    level: usize,
    only: Option<Period>,
    columns: &mut dyn Columns,
) -> Result<Reading, BatchError> {
    let measure = pack.measure(id).ok_or_else(|| BatchError::NoMeasure { measure: id.to_owned() })?;
    let Some(ratio) = &measure.ratio else { return Ok(Reading::Value(columns.value(id, level, only)?)) };
    let (top, bottom) = columns.ratio(measure, level, only)?;
    Ok(Reading::Ratio(Ratio { top, bottom, part_of_whole: ratio.part_of_whole, scale: ratio.scale.fraction().clone() }))
}

fn survey(
    pack: &Pack,
    indicator: &Indicator,
    spec: &Spec<'_>,
    only: Option<Period>,
    columns: &mut dyn Columns,
) -> Result<How, BatchError> {
    let (level, measure) = (slot(spec.level), spec.measure);
    let (Some(plan), Some(weight)) = (&measure.plan, &measure.weight) else { return Ok(How::Never) };
    let Some(planned) = pack.measure(&plan.id) else { return Ok(How::Never) };
    let mut waves = Vec::new();
    for period in columns.waves(spec.name, &indicator.code, planned, only) {
        let Reading::Ratio(answers) = reading(pack, &measure.id, level, period, columns)? else {
            return Err(BatchError::Unsupported { code: indicator.code.clone(), what: "a survey of a plain value" });
        };
        let present = columns.present(&plan.id, level, period)?;
        let plan = columns.value(&plan.id, level, period)?;
        waves.push(Wave { present, plan, answers, weight: columns.value(&weight.id, level, None)? });
    }
    let fewest = measure.min_answers.unwrap_or(0);
    let fewest_each = measure.min_answers_per_unit.unwrap_or(0);
    Ok(if waves.is_empty() { How::Never } else { How::Survey { waves, fewest, fewest_each } })
}

fn condition(
    pack: &Pack,
    set: &UnitCondition,
    level: usize,
    only: Option<Period>,
    columns: &mut dyn Columns,
) -> Result<Condition, BatchError> {
    let mut names = Vec::new();
    for name in set.expr.names() {
        let Some(id) = set.names.get(name) else { continue };
        names.push((name.to_owned(), reading(pack, id, level, only, columns)?));
    }
    let mut inputs = Inputs::default();
    let mut builder = Builder::default();
    let table = columns.table();
    let readings: Vec<&Reading> = names.iter().map(|(_, reading)| reading).collect();
    inputs.declare(table, &mut builder, &readings);
    let bound: Vec<(&str, Number)> =
        names.iter().map(|(name, reading)| (name.as_str(), inputs.number(table, &mut builder, reading))).collect();
    let bind = |name: &str| bound.iter().find(|(known, _)| *known == name).map(|(_, number)| number.clone());
    let truth = builder.truth_of(&set.expr, &bind);
    let truth = truth.ok_or(BatchError::NoMeasure { measure: set.expr.to_string() })?;
    let program: Program = builder.program;
    Ok(Condition { program, truth, nums: inputs.nums, valids: inputs.valids, source: set.clone(), names })
}

/// Columns as inputs of a program: every column once, its validity only where something is unknown.
#[derive(Default)]
pub(super) struct Inputs {
    pub nums: Vec<Col>,
    pub valids: Vec<Col>,
}

impl Inputs {
    /// Declares the inputs of readings.
    pub(super) fn declare(&mut self, table: &Table, builder: &mut Builder, readings: &[&Reading]) {
        for reading in readings {
            let columns = match reading {
                Reading::Value(col) => vec![*col],
                Reading::Ratio(ratio) => vec![ratio.top, ratio.bottom],
            };
            for col in columns {
                self.column(table, builder, col, false);
            }
        }
    }

    /// Declares a column; `gathered` ones may have no row to read, so their validity is always asked.
    pub(super) fn column(&mut self, table: &Table, builder: &mut Builder, col: Col, gathered: bool) {
        if !self.nums.contains(&col) {
            self.nums.push(col);
            builder.num_input();
            if gathered || table.column(col).valid.is_some() {
                self.valids.push(col);
                builder.valid_input();
            }
        }
    }

    fn register(&self, col: Col) -> usize {
        self.nums.iter().position(|known| *known == col).unwrap_or_default()
    }

    fn validity(&self, col: Col) -> Option<Valid> {
        self.valids.iter().position(|known| *known == col)
    }

    /// A column as a number.
    pub(super) fn value(&self, table: &Table, col: Col) -> Number {
        let factor = table.column(col).unit.clone();
        Number { top: self.register(col), bottom: None, factor, valid: self.validity(col) }
    }

    /// A reading as a number.
    pub(super) fn number(&self, table: &Table, builder: &mut Builder, reading: &Reading) -> Number {
        match reading {
            Reading::Value(col) => self.value(table, *col),
            Reading::Ratio(ratio) => self.ratio(table, builder, ratio),
        }
    }

    /// A ratio as a number: known where both parts are, the part does not exceed its whole, and the whole is not 0.
    pub(super) fn ratio(&self, table: &Table, builder: &mut Builder, ratio: &Ratio) -> Number {
        let (mut top, mut bottom) = (self.register(ratio.top), self.register(ratio.bottom));
        let unit = &table.column(ratio.top).unit / &table.column(ratio.bottom).unit;
        let mut valid = builder.both(self.validity(ratio.top), self.validity(ratio.bottom));
        if ratio.part_of_whole {
            // bottom * unit(bottom) >= top * unit(top)
            let within = builder.valid(Op::Within(bottom, unit.denom().clone(), top, unit.numer().clone()));
            valid = builder.both(valid, Some(within));
        }
        let not_zero = builder.valid(Op::NotZero(bottom));
        valid = builder.both(valid, Some(not_zero));
        if super::figure::can_be_negative(table, ratio.bottom) {
            let sign = builder.num(Op::Sign(bottom));
            top = builder.num(Op::Times(top, sign));
            bottom = builder.num(Op::Times(bottom, sign));
        }
        Number { top, bottom: Some(bottom), factor: unit * &ratio.scale, valid }
    }
}
