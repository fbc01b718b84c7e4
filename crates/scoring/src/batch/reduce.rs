//! Rows become figures of nodes: counts and sums are added up at the node directly above each row, then from child to parent, so
//! a row is touched once for all its ancestors. Owns the accumulators.
//!
//! A figure is complete at a node when every row below it is known: `known` is compared with the number of rows, never assumed.

use std::ops::Range;

use num_bigint::BigInt;

use super::figure::{Figure, How, Ratio};
use super::fractions::Fractions;
use super::int::{Bounds, Int, Width};
use super::survey::WaveSums;
use super::table::Table;
use super::tree::{NONE, Node, Run};

/// Sums of one figure over the nodes of a span.
pub(super) enum Sums {
    /// Read directly; nothing to add up.
    Nothing,
    Count {
        met: Vec<u32>,
        known: Vec<u32>,
    },
    W64(Pool<i64>),
    W128(Pool<i128>),
    Any(Pool<BigInt>),
    Fractions(Fractions),
    Waves(Vec<WaveSums>),
}

/// Sums of integers; `bottom` is empty where there is none.
pub(super) struct Pool<T> {
    pub top: Vec<T>,
    pub bottom: Vec<T>,
    pub known: Vec<u32>,
    lowest: bool,
}

/// The part of a level's rows that one thread adds up: a block of them and the runs they lie in.
pub(super) struct Rows<'a> {
    pub rows: Range<usize>,
    pub runs: &'a [Run],
    /// The first node of the span.
    pub base: u32,
}

impl Rows<'_> {
    /// Calls with the place of the node in the span and its rows of this block, counted from the block's start.
    #[inline(always)]
    pub(super) fn each(&self, mut call: impl FnMut(usize, Range<usize>)) {
        for run in self.runs {
            let (from, to) = ((run.from as usize).max(self.rows.start), (run.to as usize).min(self.rows.end));
            if from < to && run.node != NONE {
                call((run.node - self.base) as usize, from - self.rows.start..to - self.rows.start);
            }
        }
    }
}

/// Bounds of (top, bottom) of a figure at a node of up to `rows` rows.
pub(super) fn bounds(table: &Table, figure: &Figure, rows: usize) -> Vec<Bounds> {
    let of = |col: usize| table.column(col).bounds.clone();
    let some = Bounds::new(0, rows);
    let pair =
        |ratio: &Ratio, rows: usize| vec![of(ratio.top).sum(rows), of(ratio.bottom).sum(rows).with(&of(ratio.bottom))];
    match &figure.how {
        How::Never => vec![Bounds::new(0, 0)],
        How::Single(super::figure::Reading::Value(col)) | How::Lowest(col) => vec![of(*col)],
        How::Single(super::figure::Reading::Ratio(ratio)) => pair(ratio, 1),
        How::Holds(_) => vec![Bounds::new(0, 1)],
        How::Share(..) => vec![some.clone(), some],
        How::RatioOfSums(ratio) => pair(ratio, rows),
        How::Sum(col) => vec![of(*col).sum(rows)],
        How::Mean(col) => vec![of(*col).sum(rows), some],
        How::WeightedMean(col, weight) => vec![of(*col).times(&of(*weight)).sum(rows), of(*weight).sum(rows)],
        // Numbers of any length: fractions have no bounds worth proving.
        How::Fractions(..) => vec![Bounds::new(-(BigInt::from(1) << 200_u8), BigInt::from(1) << 200_u8); 2],
        How::Survey { waves, .. } => super::survey::bounds(table, waves, rows),
    }
}

impl Sums {
    /// Empty sums for `nodes` nodes.
    pub(super) fn new(table: &Table, figure: &Figure, nodes: usize) -> Sums {
        let rows = table.tree.units[figure.level].len();
        let counts = || vec![0; nodes];
        match &figure.how {
            How::Never | How::Single(_) | How::Holds(_) => Sums::Nothing,
            How::Share(..) => Sums::Count { met: counts(), known: counts() },
            How::Fractions(_, weight, lowest) => Sums::Fractions(Fractions::new(nodes, weight.is_some(), *lowest)),
            How::Survey { waves, .. } => {
                Sums::Waves(waves.iter().map(|wave| WaveSums::new(table, wave, nodes)).collect())
            }
            How::RatioOfSums(_) | How::Sum(_) | How::Mean(_) | How::Lowest(_) | How::WeightedMean(..) => {
                let width = bounds(table, figure, rows).iter().map(Bounds::width).max().unwrap_or(Width::W64);
                let has_bottom = matches!(figure.how, How::RatioOfSums(_) | How::WeightedMean(..));
                let lowest = matches!(figure.how, How::Lowest(_));
                match width {
                    Width::W32 | Width::W64 => Sums::W64(Pool::new(nodes, has_bottom, lowest)),
                    Width::W128 => Sums::W128(Pool::new(nodes, has_bottom, lowest)),
                    Width::Any => Sums::Any(Pool::new(nodes, has_bottom, lowest)),
                }
            }
        }
    }

    /// Adds a block of rows; `truths` are those of the figure's condition, where it has one.
    pub(super) fn add(&mut self, table: &Table, figure: &Figure, block: &Rows<'_>, truths: &[u8], known: &mut Vec<u8>) {
        match self {
            Sums::Nothing => {}
            Sums::Count { met, known } => block.each(|node, rows| {
                let (yes, decided) = count(&truths[rows]);
                met[node] += yes;
                known[node] += decided;
            }),
            Sums::W64(pool) => pool.add(table, figure, block, known),
            Sums::W128(pool) => pool.add(table, figure, block, known),
            Sums::Any(pool) => pool.add(table, figure, block, known),
            Sums::Fractions(sums) => sums.add(table, figure, block),
            Sums::Waves(waves) => {
                if let How::Survey { waves: sources, fewest_each, .. } = &figure.how {
                    for (sums, wave) in waves.iter_mut().zip(sources) {
                        sums.add(table, wave, *fewest_each, block);
                    }
                }
            }
        }
    }

    /// Adds the sums of a span that begins at node `base`.
    pub(super) fn merge(&mut self, other: Sums, base: usize) {
        match (self, other) {
            (Sums::Count { met, known }, Sums::Count { met: more, known: decided }) => {
                zip_add(&mut met[base..], more);
                zip_add(&mut known[base..], decided);
            }
            (Sums::W64(pool), Sums::W64(other)) => pool.merge(other, base),
            (Sums::W128(pool), Sums::W128(other)) => pool.merge(other, base),
            (Sums::Any(pool), Sums::Any(other)) => pool.merge(other, base),
            (Sums::Fractions(sums), Sums::Fractions(other)) => sums.merge(other, base),
            (Sums::Waves(waves), Sums::Waves(others)) => {
                waves.iter_mut().zip(others).for_each(|(wave, other)| wave.merge(other, base));
            }
            _ => {}
        }
    }

    /// Adds every node to the one above it.
    pub(super) fn roll_up(&mut self, nodes: &[Node]) {
        let pairs =
            || (0..nodes.len()).rev().map(|i| (i, nodes[i].parent as usize)).filter(|(_, up)| *up < nodes.len());
        match self {
            Sums::Nothing => {}
            Sums::Count { met, known } => {
                for (i, up) in pairs() {
                    met[up] += met[i];
                    known[up] += known[i];
                }
            }
            Sums::W64(pool) => pairs().for_each(|(i, up)| pool.lift(i, up)),
            Sums::W128(pool) => pairs().for_each(|(i, up)| pool.lift(i, up)),
            Sums::Any(pool) => pairs().for_each(|(i, up)| pool.lift(i, up)),
            Sums::Fractions(sums) => pairs().for_each(|(i, up)| sums.lift(i, up)),
            Sums::Waves(waves) => {
                for wave in waves {
                    pairs().for_each(|(i, up)| wave.lift(i, up));
                }
            }
        }
    }
}

fn zip_add(to: &mut [u32], more: Vec<u32>) {
    to.iter_mut().zip(more).for_each(|(to, more)| *to += more);
}

/// How many truths are true, and how many are decided, eight at a time.
#[inline(always)]
fn count(truths: &[u8]) -> (u32, u32) {
    let (eights, rest) = truths.as_chunks::<8>();
    let (mut yes, mut no) = (0, 0);
    for eight in eights {
        let word = u64::from_le_bytes(*eight);
        yes += (word & 0x0101_0101_0101_0101).count_ones();
        no += (word & 0x0202_0202_0202_0202).count_ones();
    }
    for truth in rest {
        yes += u32::from(truth & 1);
        no += u32::from(truth >> 1);
    }
    (yes, yes + no)
}

/// How many validities are known.
#[inline(always)]
pub(super) fn count_known(valid: &[u8]) -> u32 {
    count(valid).0
}

impl<T: Int> Pool<T> {
    fn new(nodes: usize, has_bottom: bool, lowest: bool) -> Self {
        let bottom = if has_bottom { nodes } else { 0 };
        Pool { top: vec![T::default(); nodes], bottom: vec![T::default(); bottom], known: vec![0; nodes], lowest }
    }

    fn add(&mut self, table: &Table, figure: &Figure, block: &Rows<'_>, scratch: &mut Vec<u8>) {
        match &figure.how {
            How::RatioOfSums(ratio) => {
                let all = known_parts(table, ratio, block.rows.clone(), scratch);
                self.count(block, all.then_some(scratch.as_slice()));
                sum_column(table, ratio.top, block, &mut self.top);
                sum_column(table, ratio.bottom, block, &mut self.bottom);
            }
            How::Sum(col) | How::Mean(col) => {
                let some = table.column(*col).validity(block.rows.clone(), scratch);
                self.count(block, some.then_some(scratch.as_slice()));
                sum_column(table, *col, block, &mut self.top);
            }
            How::Lowest(col) => {
                let some = table.column(*col).validity(block.rows.clone(), scratch);
                let column = table.column(*col);
                let (top, known) = (&mut self.top, &mut self.known);
                block.each(|node, rows| {
                    for row in rows.filter(|row| !some || scratch[*row] != 0) {
                        let value: T = column.raw(block.rows.start + row);
                        top[node] = if known[node] == 0 { value } else { value.min(top[node].clone()) };
                        known[node] += 1;
                    }
                });
            }
            How::WeightedMean(col, weight) => {
                let mut more = Vec::new();
                let first = table.column(*col).validity(block.rows.clone(), scratch);
                if table.column(*weight).validity(block.rows.clone(), &mut more) {
                    if first {
                        scratch.iter_mut().zip(&more).for_each(|(a, b)| *a &= b);
                    } else {
                        std::mem::swap(scratch, &mut more);
                    }
                }
                let some = first || table.column(*weight).valid.is_some();
                self.count(block, some.then_some(scratch.as_slice()));
                let (values, weights) = (table.column(*col), table.column(*weight));
                let top = &mut self.top;
                block.each(|node, rows| {
                    for row in rows {
                        let row = block.rows.start + row;
                        top[node] = top[node].plus(&values.raw::<T>(row).times(&weights.raw(row)));
                    }
                });
                sum_column(table, *weight, block, &mut self.bottom);
            }
            _ => {}
        }
    }

    fn count(&mut self, block: &Rows<'_>, valid: Option<&[u8]>) {
        let known = &mut self.known;
        block.each(|node, rows| known[node] += valid.map_or(rows.len() as u32, |valid| count_known(&valid[rows])));
    }

    fn merge(&mut self, other: Self, base: usize) {
        for (i, known) in other.known.iter().enumerate() {
            let at = base + i;
            if *known > 0 && self.lowest {
                let more = &other.top[i];
                let first = self.known[at] == 0 || *more < self.top[at];
                self.top[at] = if first { more.clone() } else { self.top[at].clone() };
            } else if !self.lowest {
                self.top[at] = self.top[at].plus(&other.top[i]);
            }
            self.known[at] += known;
        }
        self.bottom.iter_mut().skip(base).zip(&other.bottom).for_each(|(to, more)| *to = to.plus(more));
    }

    fn lift(&mut self, i: usize, up: usize) {
        if self.lowest {
            if self.known[i] > 0 && (self.known[up] == 0 || self.top[i] < self.top[up]) {
                self.top[up] = self.top[i].clone();
            }
        } else {
            self.top[up] = self.top[up].plus(&self.top[i]);
        }
        if !self.bottom.is_empty() {
            self.bottom[up] = self.bottom[up].plus(&self.bottom[i]);
        }
        self.known[up] += self.known[i];
    }
}

/// Validity of both parts of a ratio; `false` when every row of the block is known for certain.
fn known_parts(table: &Table, ratio: &Ratio, rows: Range<usize>, known: &mut Vec<u8>) -> bool {
    let (top, bottom) = (table.column(ratio.top), table.column(ratio.bottom));
    let mut some = top.validity(rows.clone(), known);
    if let Some(words) = &bottom.valid {
        if some {
            // The two bitmaps meet as bytes; a block has a few thousand.
            let mut more = Vec::new();
            bottom.validity(rows.clone(), &mut more);
            known.iter_mut().zip(&more).for_each(|(a, b)| *a &= b);
        } else {
            debug_assert!(!words.is_empty() || rows.is_empty());
            some = bottom.validity(rows.clone(), known);
        }
    }
    if ratio.part_of_whole {
        if !some {
            known.clear();
            known.resize(rows.len(), 3);
        }
        some = true;
        use super::column::Data;
        let alike = top.unit == bottom.unit;
        if let (Data::I32(tops), Data::I32(bottoms), true) = (&top.data, &bottom.data, alike) {
            within(known, &tops[rows.clone()], &bottoms[rows]);
        } else if alike && top.bounds.width() <= Width::W64 && bottom.bounds.width() <= Width::W64 {
            within(known, &top.slice::<i64>(rows.clone()), &bottom.slice::<i64>(rows));
        } else {
            for (known, row) in known.iter_mut().zip(rows) {
                *known &= u8::from(top.figure(row) <= bottom.figure(row)) * 3;
            }
        }
    }
    some
}

/// Unknown where the part exceeds the whole.
fn within<T: Ord>(known: &mut [u8], tops: &[T], bottoms: &[T]) {
    for ((known, top), bottom) in known.iter_mut().zip(tops).zip(bottoms) {
        *known &= u8::from(top <= bottom) * 3;
    }
}

/// Adds a column's rows to their nodes. What is not known holds 0, and a figure that lacks a row is unknown whatever its sum.
fn sum_column<T: Int>(table: &Table, col: usize, block: &Rows<'_>, into: &mut [T]) {
    let column = table.column(col);
    if let super::column::Data::I32(all) = &column.data {
        let all = &all[block.rows.clone()];
        block.each(|node, rows| {
            into[node] = into[node].plus(&T::of_i64(all[rows].iter().map(|value| i64::from(*value)).sum()));
        });
        return;
    }
    let all = column.slice::<T>(block.rows.clone());
    block.each(|node, rows| {
        into[node] = all[rows].iter().fold(into[node].clone(), |sum, value| sum.plus(value));
    });
}
