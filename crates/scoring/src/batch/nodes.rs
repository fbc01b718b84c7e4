//! Rules over nodes: the rolled-up sums of each figure become the inputs of the rule's program, many nodes at a time.

use std::borrow::Cow;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::compile::{Compiled, Variant, has_bottom};
use super::figure::{Figure, How, Ratio, Reading};
use super::int::{Bounds, Int, Width};
use super::program::{Block, Machine, NOT_ASSESSED};
use super::reduce::{self, Sums};
use super::table::Table;
use super::tree::Node;

/// How many nodes are scored at a time.
const BLOCK: usize = 1024;

/// The sums of the figures of one variant, and truths by row of the figures that are a single unit's condition.
pub(super) struct Reduced {
    pub sums: Vec<Sums>,
    pub truths: Vec<Vec<u8>>,
}

/// What is scored at a node.
pub(super) struct Scored<'a> {
    pub points: &'a mut [i32],
    /// Where a veto is true.
    pub vetoed: Option<&'a mut [bool]>,
}

/// Scores an indicator at nodes. `nodes` are indices; all have at most `most_rows` rows of any level.
pub(super) fn score(
    table: &Table,
    compiled: &Compiled<'_>,
    reduced: &[Reduced],
    nodes: &[u32],
    most_rows: usize,
    scored: &mut Scored<'_>,
) {
    // Later variants are older periods; the first whose gate is open counts.
    for (variant, reduced) in compiled.variants.iter().zip(reduced).rev() {
        let inputs: Vec<Bounds> =
            variant.figures.iter().flat_map(|figure| reduce::bounds(table, figure, most_rows)).collect();
        match variant.nodes.width(&inputs) {
            Width::W32 | Width::W64 => run::<i64>(table, variant, reduced, nodes, scored),
            Width::W128 => run::<i128>(table, variant, reduced, nodes, scored),
            Width::Any => run::<BigInt>(table, variant, reduced, nodes, scored),
        }
    }
}

/// Inputs of a block of nodes.
struct Inputs<T> {
    nums: Vec<Vec<T>>,
    valids: Vec<Vec<u8>>,
    /// How much higher the first survey's true sum may be; and the place of its top among `nums`.
    slack: Option<(usize, Vec<u32>)>,
}

fn run<T: Int>(table: &Table, variant: &Variant, reduced: &Reduced, nodes: &[u32], scored: &mut Scored<'_>) {
    let mut machine = Machine::<T>::new(&variant.nodes);
    let (mut points, mut other) = (Vec::new(), Vec::new());
    for part in nodes.chunks(BLOCK) {
        let mut inputs: Inputs<T> = gather(table, variant, reduced, part);
        let mut gate = Vec::new();
        let mut vetoed = Vec::new();
        {
            let block = block(&inputs, part.len());
            machine.run(&block);
            machine.points(&block, &mut points);
            gate.extend(variant.nodes.gate.map(|gate| machine.valid(&block, gate).to_vec()).into_iter().flatten());
            vetoed
                .extend(variant.nodes.vetoed.map(|truth| machine.truth(&block, truth).to_vec()).into_iter().flatten());
        }
        if let Some((place, slack)) = inputs.slack.take() {
            for (top, slack) in inputs.nums[place].iter_mut().zip(&slack) {
                *top = top.plus(&T::of_i64((*slack).into()));
            }
            let block = block(&inputs, part.len());
            machine.run(&block);
            machine.points(&block, &mut other);
            for (i, (slack, node)) in slack.iter().zip(part).enumerate() {
                if *slack > 0 && (points[i] != other[i] || !variant.monotone) {
                    points[i] = alone(table, variant, &table.tree.nodes[*node as usize]);
                }
            }
        }
        for (i, node) in part.iter().enumerate() {
            if gate.get(i).is_none_or(|open| *open != 0) {
                scored.points[*node as usize] = points[i];
                if let Some(flags) = &mut scored.vetoed {
                    flags[*node as usize] = vetoed.get(i) == Some(&1);
                }
            }
        }
    }
}

fn block<T: Int>(inputs: &Inputs<T>, len: usize) -> Block<'_, T> {
    Block {
        len,
        nums: inputs.nums.iter().map(|nums| Cow::Borrowed(nums.as_slice())).collect(),
        truths: Vec::new(),
        valids: inputs.valids.iter().map(Vec::as_slice).collect(),
    }
}

/// One node, every figure added up in fractions.
fn alone(table: &Table, variant: &Variant, node: &Node) -> i32 {
    let mut inputs = Inputs::<BigInt> { nums: Vec::new(), valids: Vec::new(), slack: None };
    for figure in &variant.figures {
        let (top, bottom, valid) = exact_inputs(table, figure, node);
        inputs.nums.push(vec![top]);
        if has_bottom(&figure.how) {
            inputs.nums.push(vec![bottom]);
        }
        inputs.valids.push(vec![valid]);
    }
    let mut machine = Machine::new(&variant.nodes);
    let block = block(&inputs, 1);
    machine.run(&block);
    let mut points = Vec::new();
    machine.points(&block, &mut points);
    points.first().copied().unwrap_or(NOT_ASSESSED)
}

fn exact_inputs(table: &Table, figure: &Figure, node: &Node) -> (BigInt, BigInt, u8) {
    match figure.exact(table, table.tree.range(node, figure.level)) {
        Some(value) if figure.factor.is_zero() => (value.numer().clone(), 1.into(), 3),
        Some(value) => {
            let stored = value / &figure.factor;
            (stored.numer().clone(), stored.denom().clone(), 3)
        }
        None => (0.into(), 1.into(), 0),
    }
}

fn gather<T: Int>(table: &Table, variant: &Variant, reduced: &Reduced, nodes: &[u32]) -> Inputs<T> {
    let mut inputs = Inputs { nums: Vec::new(), valids: Vec::new(), slack: None };
    for (place, figure) in variant.figures.iter().enumerate() {
        let mut top: Vec<T> = Vec::with_capacity(nodes.len());
        let mut bottom: Vec<T> = Vec::with_capacity(nodes.len());
        let mut valid = Vec::with_capacity(nodes.len());
        // By wave: the fewest answers, and whether its numbers are in the figure's own units.
        let by_wave: Vec<(i128, bool)> = match &figure.how {
            How::Survey { waves, fewest, .. } => waves
                .iter()
                .map(|wave| {
                    let least = super::survey::least(table, &wave.answers, *fewest);
                    (least, of_wave(table, &wave.answers) == figure.factor)
                })
                .collect(),
            _ => Vec::new(),
        };
        let mut slack = vec![0; if matches!(figure.how, How::Survey { .. }) { nodes.len() } else { 0 }];
        for (i, index) in nodes.iter().enumerate() {
            let node = &table.tree.nodes[*index as usize];
            let rows = table.tree.range(node, figure.level);
            let (from, to) = node.rows[figure.level];
            let at = *index as usize;
            let mut push = |a: T, b: T, known: bool| {
                let turn = b < T::default();
                let none = T::default();
                top.push(if turn { none.minus(&a) } else { a });
                bottom.push(if turn { none.minus(&b) } else { b });
                valid.push(u8::from(known) * 3);
            };
            if rows.is_empty() {
                push(T::default(), T::of_i64(1), false);
                continue;
            }
            let count = T::of_i64(rows.len() as i64);
            let whole = |known: u32| known as usize == rows.len();
            let direct = from < to;
            match (&figure.how, &reduced.sums[place]) {
                (How::Single(reading), _) => single(table, reading, &rows, &mut push),
                (How::Holds(_), _) => {
                    let truth = if rows.len() == 1 { reduced.truths[place][rows.start] } else { 0 };
                    push(T::of_i64(i64::from(truth == 1)), T::of_i64(1), truth != 0);
                }
                (_, Sums::Count { met, known }) if direct => {
                    push(T::of_i64(met[at].into()), count, whole(known[at]));
                }
                (How::Mean(_), sums) if direct => {
                    let (sum, _, known) = pooled::<T>(sums, at);
                    push(sum, count, whole(known));
                }
                (How::RatioOfSums(_) | How::WeightedMean(..), sums) if direct => {
                    let (sum, below, known) = pooled::<T>(sums, at);
                    let known = whole(known) && below != T::default();
                    push(sum, below, known);
                }
                (How::Sum(_) | How::Lowest(_), sums) if direct => {
                    let (sum, _, known) = pooled::<T>(sums, at);
                    push(sum, T::of_i64(1), whole(known));
                }
                (How::Fractions(_, weight, lowest), Sums::Fractions(sums)) if direct => {
                    let below = match weight {
                        Some(_) => sums.bottom[at].clone(),
                        None if *lowest => BigRational::from_integer(1.into()),
                        None => BigRational::from_integer(rows.len().into()),
                    };
                    let known = whole(sums.known[at]) && !below.is_zero();
                    let value = if known { &sums.top[at] / below } else { BigRational::from_integer(0.into()) };
                    push(T::of_big(value.numer()), T::of_big(value.denom()), known);
                }
                (How::Survey { .. }, Sums::Waves(sums)) if direct => {
                    let found = by_wave.iter().zip(sums).find(|(_, sums)| sums.present[at] > 0);
                    let Some(((least, alike), sums)) = found else {
                        push(T::default(), T::of_i64(1), false);
                        continue;
                    };
                    let enough = sums.answers[at] >= *least;
                    let complete = sums.drawn[at] > 0 && sums.known[at] == sums.drawn[at];
                    match sums.shift().filter(|_| *alike) {
                        Some(shift) => {
                            let known = complete && enough && sums.weights[at] > 0;
                            slack[i] = if known { sums.drawn[at] } else { 0 };
                            push(T::of_i128(sums.low[at]), T::of_i128(sums.weights[at] << shift), known);
                        }
                        None => {
                            let (a, b, known) = exact_inputs(table, figure, node);
                            push(T::of_big(&a), T::of_big(&b), known != 0);
                        }
                    }
                }
                (How::Never, _) => push(T::default(), T::of_i64(1), false),
                // Read from the one unit above: as a figure of that unit alone.
                _ => {
                    let (a, b, known) = exact_inputs(table, figure, node);
                    push(T::of_big(&a), T::of_big(&b), known != 0);
                }
            }
        }
        if !slack.is_empty() {
            inputs.slack = Some((inputs.nums.len(), slack));
        }
        inputs.nums.push(top);
        if has_bottom(&figure.how) {
            inputs.nums.push(bottom);
        }
        inputs.valids.push(valid);
    }
    inputs
}

fn of_wave(table: &Table, answers: &Ratio) -> BigRational {
    &table.column(answers.top).unit / &table.column(answers.bottom).unit * &answers.scale
}

/// The reading of the one unit; of several units there is no one figure.
fn single<T: Int>(table: &Table, reading: &Reading, rows: &std::ops::Range<usize>, push: &mut impl FnMut(T, T, bool)) {
    let row = rows.start;
    match reading {
        _ if rows.len() != 1 => push(T::default(), T::of_i64(1), false),
        Reading::Value(col) => {
            let column = table.column(*col);
            push(column.raw(row), T::of_i64(1), column.known(row));
        }
        Reading::Ratio(ratio) => {
            let known = ratio.is_known(table, row) && !table.column(ratio.bottom).is_zero(row);
            push(table.column(ratio.top).raw(row), table.column(ratio.bottom).raw(row), known);
        }
    }
}

fn pooled<T: Int>(sums: &Sums, at: usize) -> (T, T, u32) {
    fn of<A: Int, T: Int>(pool: &reduce::Pool<A>, at: usize) -> (T, T, u32) {
        (pool.top[at].cast(), pool.bottom.get(at).map(A::cast).unwrap_or_default(), pool.known[at])
    }
    match sums {
        Sums::W64(pool) => of(pool, at),
        Sums::W128(pool) => of(pool, at),
        Sums::Any(pool) => of(pool, at),
        _ => (T::default(), T::default(), 0),
    }
}
