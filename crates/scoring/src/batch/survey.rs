//! Surveys in fixed point: a sum of unlike fractions `weight * good / valid` is kept from below in integers, with a step of
//! 2^-shift a drawn unit, so the true sum lies between `low` and `low + drawn`. Points that come out alike at both ends are
//! proven; where a rounding or a threshold lies in between, the node is added up again in fractions.

use num_bigint::BigInt;
use num_traits::Signed;

use super::figure::{Ratio, Wave};
use super::int::Bounds;
use super::reduce::Rows;
use super::table::Table;

/// Sums of a survey for one period of its plan, by node.
pub(super) struct WaveSums {
    /// Bits below the point; `None` where no number of 128 bits can hold the sums, so that every node is added up in fractions.
    shift: Option<u32>,
    pub present: Vec<u32>,
    pub drawn: Vec<u32>,
    pub known: Vec<u32>,
    /// Sum of `weight * good / valid`, each rounded down to the step.
    pub low: Vec<i128>,
    pub weights: Vec<i128>,
    pub answers: Vec<i128>,
}

/// The step, if 128 bits hold all sums.
pub(super) fn shift(table: &Table, wave: &Wave) -> Option<u32> {
    let of = |col: usize| &table.column(col).bounds;
    let (top, weight, bottom) = (of(wave.answers.top), of(wave.weight), of(wave.answers.bottom));
    if weight.lo.is_negative() || bottom.lo.is_negative() {
        return None;
    }
    let product = top.times(weight);
    let bits = product.lo.bits().max(product.hi.bits()).max(weight.hi.bits()).max(bottom.hi.bits());
    // A row's share must fit 62 bits; the sum over all rows then has room in 128.
    let room = 62_u64.checked_sub(bits)?;
    (room >= 20).then_some(room.min(40) as u32)
}

/// Bounds of (low, weights) at a node of up to `rows` rows.
pub(super) fn bounds(table: &Table, waves: &[Wave], rows: usize) -> Vec<Bounds> {
    let mut both = vec![Bounds::new(0, 0); 2];
    for wave in waves {
        let of = |col: usize| &table.column(col).bounds;
        let step = BigInt::from(1) << shift(table, wave).unwrap_or(0);
        let step = Bounds { lo: step.clone(), hi: step };
        let top = of(wave.answers.top).times(of(wave.weight)).times(&step).sum(rows).plus(&Bounds::new(0, rows));
        both[0] = both[0].with(&top);
        both[1] = both[1].with(&of(wave.weight).times(&step).sum(rows));
    }
    both
}

impl WaveSums {
    pub(super) fn new(table: &Table, wave: &Wave, nodes: usize) -> Self {
        let (counts, sums) = (|| vec![0; nodes], || vec![0; nodes]);
        WaveSums {
            shift: shift(table, wave),
            present: counts(),
            drawn: counts(),
            known: counts(),
            low: sums(),
            weights: sums(),
            answers: sums(),
        }
    }

    /// Whether the sums hold anything to prove points from.
    pub(super) fn shift(&self) -> Option<u32> {
        self.shift
    }

    pub(super) fn add(&mut self, table: &Table, wave: &Wave, fewest_each: u32, block: &Rows<'_>) {
        let (plan, weight) = (table.column(wave.plan), table.column(wave.weight));
        let (top, bottom) = (table.column(wave.answers.top), table.column(wave.answers.bottom));
        let least = least(table, &wave.answers, fewest_each);
        block.each(|node, rows| {
            for row in rows {
                let row = block.rows.start + row;
                if !wave.is_present(table, row) {
                    continue;
                }
                self.present[node] += 1;
                let is_planned = plan.known(row);
                if is_planned && plan.is_zero(row) {
                    continue;
                }
                self.drawn[node] += 1;
                let known = is_planned && weight.known(row) && wave.answers.is_known(table, row);
                let Some(shift) = self.shift.filter(|_| known) else { continue };
                let (good, valid, size): (i64, i64, i64) = (top.raw(row), bottom.raw(row), weight.raw(row));
                if valid == 0 || i128::from(valid) < least {
                    continue;
                }
                self.known[node] += 1;
                self.low[node] += i128::from(((good * size) << shift).div_euclid(valid));
                self.weights[node] += i128::from(size);
                self.answers[node] += i128::from(valid);
            }
        });
    }

    pub(super) fn merge(&mut self, other: Self, base: usize) {
        for i in 0..other.present.len() {
            let at = base + i;
            self.present[at] += other.present[i];
            self.drawn[at] += other.drawn[i];
            self.known[at] += other.known[i];
            self.low[at] += other.low[i];
            self.weights[at] += other.weights[i];
            self.answers[at] += other.answers[i];
        }
    }

    pub(super) fn lift(&mut self, i: usize, up: usize) {
        self.present[up] += self.present[i];
        self.drawn[up] += self.drawn[i];
        self.known[up] += self.known[i];
        self.low[up] += self.low[i];
        self.weights[up] += self.weights[i];
        self.answers[up] += self.answers[i];
    }
}

/// The fewest answers as a stored integer of the denominators.
pub(super) fn least(table: &Table, answers: &Ratio, fewest: u32) -> i128 {
    let unit = &table.column(answers.bottom).unit;
    let least = (num_rational::BigRational::from_integer(BigInt::from(fewest)) / unit).ceil().to_integer();
    num_traits::ToPrimitive::to_i128(&least).unwrap_or(i128::MAX)
}
