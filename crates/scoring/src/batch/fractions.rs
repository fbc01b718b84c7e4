//! Sums of unlike fractions: means and lowest of ratios. Exact and slow; standards that ask for them are rare.

use num_rational::BigRational;
use num_traits::Zero;

use super::figure::{Figure, How};
use super::reduce::Rows;
use super::table::Table;

/// Sums of unlike fractions.
pub(super) struct Fractions {
    pub top: Vec<BigRational>,
    pub bottom: Vec<BigRational>,
    pub known: Vec<u32>,
    lowest: bool,
}

impl Fractions {
    pub(super) fn new(nodes: usize, weighted: bool, lowest: bool) -> Self {
        let zeros = |count| vec![BigRational::zero(); count];
        Fractions { top: zeros(nodes), bottom: zeros(if weighted { nodes } else { 0 }), known: vec![0; nodes], lowest }
    }

    pub(super) fn add(&mut self, table: &Table, figure: &Figure, block: &Rows<'_>) {
        let How::Fractions(ratio, weight, lowest) = &figure.how else { return };
        block.each(|node, rows| {
            for row in rows {
                let row = block.rows.start + row;
                let value = super::figure::Reading::Ratio(ratio.clone()).at(table, row);
                let weight = match weight {
                    Some(weight) => table.column(*weight).figure(row),
                    None => Some(BigRational::from_integer(1.into())),
                };
                let (Some(value), Some(weight)) = (value, weight) else { continue };
                if *lowest {
                    if self.known[node] == 0 || value < self.top[node] {
                        self.top[node] = value;
                    }
                } else {
                    self.top[node] += value * &weight;
                    if let Some(bottom) = self.bottom.get_mut(node) {
                        *bottom += weight;
                    }
                }
                self.known[node] += 1;
            }
        });
    }

    fn take(&mut self, at: usize, top: &BigRational, bottom: Option<&BigRational>, known: u32) {
        if !self.lowest {
            self.top[at] += top;
        } else if known > 0 && (self.known[at] == 0 || *top < self.top[at]) {
            self.top[at] = top.clone();
        }
        if let (Some(to), Some(more)) = (self.bottom.get_mut(at), bottom) {
            *to += more;
        }
        self.known[at] += known;
    }

    pub(super) fn merge(&mut self, other: Self, base: usize) {
        for (i, known) in other.known.iter().enumerate() {
            self.take(base + i, &other.top[i], other.bottom.get(i), *known);
        }
    }

    pub(super) fn lift(&mut self, i: usize, up: usize) {
        let (top, bottom, known) = (self.top[i].clone(), self.bottom.get(i).cloned(), self.known[i]);
        self.take(up, &top, bottom.as_ref(), known);
    }
}
