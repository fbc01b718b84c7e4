//! Each indicator as programs: one over the figures of nodes, one over the rows of communities. Both are built by the same
//! rules; only what a name is bound to differs.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use super::BatchError;
use super::bind::{self, Inputs};
use super::build::{Builder, Number};
use super::figure::{Col, Figure, How, Ratio, Reading, Wave};
use super::gather::Given;
use super::program::{Op, Program};
use super::table::Table;
use super::tree::slot;
use crate::expr::Comparison;
use crate::pack::{Indicator, IndicatorKind, Level, Pack, RuleForm, VALUE};

/// An indicator, ready to run.
pub(super) struct Compiled<'p> {
    pub indicator: &'p Indicator,
    pub variants: Vec<Variant>,
    /// Scored in units below the district.
    pub in_units: bool,
    /// Counts in the total.
    pub basic: bool,
    /// Counts in a unit's own score.
    pub counts: bool,
    /// Most points, in hundredths.
    pub most: i32,
}

/// The programs for one choice of period.
pub(super) struct Variant {
    pub figures: Vec<Figure>,
    pub nodes: Program,
    pub rows: Option<RowProgram>,
    /// Whether points only rise, or only fall, with the main value: then a value known between two ends is enough.
    pub monotone: bool,
    /// The last resort where values of one period have none in common.
    pub fallback: bool,
}

/// A program over community rows.
pub(super) struct RowProgram {
    pub program: Program,
    pub nums: Vec<(Col, usize)>,
    pub valids: Vec<(Col, usize)>,
    /// Figures whose truths are inputs.
    pub truths: Vec<usize>,
}

/// Compiles every indicator for a table.
pub(super) fn compile<'p>(pack: &'p Pack, table: &Table) -> Result<Vec<Compiled<'p>>, BatchError> {
    let mut given = Given(table);
    let one = |indicator: &'p Indicator| {
        let refuse = |what| BatchError::Unsupported { code: indicator.code.clone(), what };
        let in_units =
            indicator.level == Level::Community && (indicator.community_value || indicator.community_breakdown);
        let basic = indicator.kind == IndicatorKind::Basic;
        let hundredths = indicator.points.fraction() * BigRational::from_integer(100.into());
        let most = num_traits::ToPrimitive::to_i32(&hundredths.ceil().to_integer())
            .filter(|most| hundredths.is_integer() && *most < i32::MAX / 1000)
            .ok_or_else(|| refuse("points above 21,000 or finer than 0.01"))?;
        let variants = bind::variants(pack, indicator, &mut given)?.into_iter().map(|variant| {
            let unknown = || refuse("a rule of this form");
            let nodes = over_nodes(indicator, &variant).ok_or_else(unknown)?;
            let fallback = variant.fallback;
            let rows = if in_units { Some(over_rows(table, indicator, &variant).ok_or_else(unknown)?) } else { None };
            Ok(Variant { figures: variant.figures, nodes, rows, monotone: is_monotone(indicator), fallback })
        });
        let variants: Result<Vec<Variant>, BatchError> = variants.collect();
        Ok(Compiled {
            indicator,
            variants: variants?,
            in_units,
            basic,
            counts: indicator.community_value && in_units && basic,
            most,
        })
    };
    pack.indicators.iter().map(one).collect()
}

/// Whether the figure has a denominator.
pub(super) fn has_bottom(how: &How) -> bool {
    match how {
        How::Never | How::Holds(_) | How::Sum(_) | How::Lowest(_) | How::Single(Reading::Value(_)) => false,
        How::Single(Reading::Ratio(_))
        | How::Share(..)
        | How::RatioOfSums(_)
        | How::Mean(_)
        | How::WeightedMean(..)
        | How::Fractions(..)
        | How::Survey { .. } => true,
    }
}

/// What `top / bottom` (or `top`) is multiplied with to be the figure of a node.
pub(super) fn factor(table: &Table, how: &How) -> BigRational {
    let unit = |col: &Col| table.column(*col).unit.clone();
    let of = |ratio: &Ratio| unit(&ratio.top) / unit(&ratio.bottom) * &ratio.scale;
    match how {
        How::Never | How::Holds(_) | How::Fractions(..) => BigRational::one(),
        How::Single(Reading::Value(col)) | How::Sum(col) | How::Mean(col) | How::Lowest(col) => unit(col),
        How::WeightedMean(col, _) => unit(col),
        How::Single(Reading::Ratio(ratio)) | How::RatioOfSums(ratio) => of(ratio),
        How::Share(_, scale) => scale.clone(),
        How::Survey { waves, .. } => waves.first().map_or_else(BigRational::one, |wave| of(&wave.answers)),
    }
}

fn over_nodes(indicator: &Indicator, variant: &bind::Variant) -> Option<Program> {
    let mut builder = Builder::default();
    let tops: Vec<_> = variant
        .figures
        .iter()
        .map(|figure| (builder.num_input(), has_bottom(&figure.how).then(|| builder.num_input())))
        .collect();
    let mut numbers = Vec::new();
    for (figure, (top, bottom)) in variant.figures.iter().zip(tops) {
        let valid = Some(builder.valid_input());
        numbers.push((figure, Number { top, bottom, factor: figure.factor.clone(), valid }));
    }
    finish(builder, indicator, variant, numbers)
}

/// Binds names, applies "one and the same period", and appends the rule.
fn finish(
    mut builder: Builder,
    indicator: &Indicator,
    variant: &bind::Variant,
    mut numbers: Vec<(&Figure, Number)>,
) -> Option<Program> {
    if variant.gated || variant.fallback {
        let mut all = None;
        for (_, number) in numbers.iter().filter(|(figure, _)| figure.bound) {
            all = builder.both(all, number.valid);
        }
        if variant.gated {
            builder.program.gate = all;
        } else {
            let one = builder.num(Op::Fill(BigInt::one()));
            let always = builder.valid(Op::NotZero(one));
            for (_, number) in numbers.iter_mut().filter(|(figure, _)| figure.bound) {
                number.valid = Some(builder.valid(Op::Except(number.valid.unwrap_or(always), all.unwrap_or(always))));
            }
        }
    }
    let bind = |name: &str| numbers.iter().find(|(figure, _)| figure.name == name).map(|(_, number)| number.clone());
    let ruled = builder.rule(indicator, &indicator.rule, &bind)?;
    builder.program.vetoed = ruled.vetoed;
    builder.finish(&ruled.points);
    Some(builder.program)
}

fn over_rows(table: &Table, indicator: &Indicator, variant: &bind::Variant) -> Option<RowProgram> {
    let mut builder = Builder::default();
    let mut inputs = Inputs::default();
    let (mut levels, mut truths) = (std::collections::BTreeMap::new(), Vec::new());
    for (place, figure) in variant.figures.iter().enumerate() {
        for col in columns(&figure.how) {
            levels.insert(col, figure.level);
            inputs.column(table, &mut builder, col, figure.level != slot(Level::Community));
        }
        if matches!(figure.how, How::Holds(_) | How::Share(..)) {
            truths.push(place);
            builder.truth_input();
        }
    }
    let mut numbers = Vec::new();
    for (place, figure) in variant.figures.iter().enumerate() {
        let truth = truths.iter().position(|known| *known == place);
        numbers.push((figure, row_number(table, &inputs, &mut builder, figure, truth)?));
    }
    let program = finish(builder, indicator, variant, numbers)?;
    let with_level = |cols: Vec<Col>| cols.into_iter().map(|col| (col, levels[&col])).collect();
    Some(RowProgram { program, nums: with_level(inputs.nums), valids: with_level(inputs.valids), truths })
}

fn columns(how: &How) -> Vec<Col> {
    let ratio = |ratio: &Ratio| vec![ratio.top, ratio.bottom];
    match how {
        How::Never | How::Holds(_) | How::Share(..) => Vec::new(),
        How::Single(Reading::Value(col)) | How::Sum(col) | How::Mean(col) | How::Lowest(col) => vec![*col],
        How::Single(Reading::Ratio(parts)) | How::RatioOfSums(parts) => ratio(parts),
        How::WeightedMean(col, weight) => vec![*col, *weight],
        How::Fractions(parts, weight, _) => ratio(parts).into_iter().chain(*weight).collect(),
        How::Survey { waves, .. } => waves
            .iter()
            .flat_map(|wave| ratio(&wave.answers).into_iter().chain([wave.weight, wave.plan]).chain(wave.present))
            .collect(),
    }
}

/// A figure over one row: a sum, a mean or a lowest of one is the one.
fn row_number(
    table: &Table,
    inputs: &Inputs,
    builder: &mut Builder,
    figure: &Figure,
    truth: Option<usize>,
) -> Option<Number> {
    let weighted = |builder: &mut Builder, number: Number, weight: Col| {
        let size = inputs.value(table, weight);
        let not_zero = builder.valid(Op::NotZero(size.top));
        let known = builder.both(size.valid, Some(not_zero));
        let valid = builder.both(number.valid, known);
        Number { valid, ..number }
    };
    Some(match &figure.how {
        How::Never => {
            let top = builder.num(Op::Fill(BigInt::default()));
            let valid = Some(builder.valid(Op::NotZero(top)));
            Number { top, bottom: None, factor: BigRational::one(), valid }
        }
        How::Holds(_) | How::Share(..) => {
            let top = builder.num(Op::Pick(truth?, BigInt::one()));
            let valid = Some(builder.valid(Op::Known(truth?)));
            Number { top, bottom: None, factor: figure.factor.clone(), valid }
        }
        How::Single(Reading::Value(col)) | How::Sum(col) | How::Mean(col) | How::Lowest(col) => {
            inputs.value(table, *col)
        }
        How::Single(Reading::Ratio(ratio)) | How::RatioOfSums(ratio) => inputs.ratio(table, builder, ratio),
        How::WeightedMean(col, weight) => {
            let number = inputs.value(table, *col);
            weighted(builder, number, *weight)
        }
        How::Fractions(ratio, weight, _) => {
            let number = inputs.ratio(table, builder, ratio);
            match weight {
                Some(weight) => weighted(builder, number, *weight),
                None => number,
            }
        }
        How::Survey { waves, fewest, fewest_each } => {
            let least = (*fewest).max(*fewest_each);
            let mut found: Option<Number> = None;
            // The latest wave that has a row for the unit counts; so the earliest is laid down first.
            for wave in waves.iter().rev() {
                let (present, number) = wave_number(table, inputs, builder, wave, least);
                found = Some(match (found, present) {
                    (Some(earlier), Some(present)) => builder.choose(present, number, earlier),
                    _ => number,
                });
            }
            found?
        }
    })
}

/// One wave at one unit: the weight cancels, unless it is 0.
fn wave_number(
    table: &Table,
    inputs: &Inputs,
    builder: &mut Builder,
    wave: &Wave,
    least: u32,
) -> (Option<usize>, Number) {
    let share = inputs.ratio(table, builder, &wave.answers);
    let mut valid = share.valid;
    for col in [wave.plan, wave.weight] {
        let number = inputs.value(table, col);
        let not_zero = builder.valid(Op::NotZero(number.top));
        valid = builder.both(valid, number.valid);
        valid = builder.both(valid, Some(not_zero));
    }
    let answers = inputs.value(table, wave.answers.bottom);
    let fewest = builder.num(Op::Fill(super::survey::least(table, &wave.answers, least).into()));
    let enough = builder.valid(Op::Within(answers.top, BigInt::one(), fewest, BigInt::one()));
    valid = builder.both(valid, Some(enough));
    let present = wave.present.map(|present| {
        let present = inputs.value(table, present);
        builder.truth(Op::CompareConst(Comparison::AtLeast, present.top, BigInt::one(), None))
    });
    (present, Number { valid, ..share })
}

/// Whether the rule looks at the main value alone, by a form that never turns back.
fn is_monotone(indicator: &Indicator) -> bool {
    let mut rule = &indicator.rule;
    while let RuleForm::VetoThen { veto, then } = &rule.form {
        if veto.names().contains(&VALUE) {
            return false;
        }
        rule = then;
    }
    let by_value = matches!(
        rule.form,
        RuleForm::AllOrNothing { .. }
            | RuleForm::Proportional { .. }
            | RuleForm::Tiers { .. }
            | RuleForm::Deduct { .. }
    );
    rule.of.is_none() && by_value
}
