//! Prices of units and of rows over some sets: what the linear program says, rounded to whole numbers and made sound.
//!
//! The rule that matters: every set costs the scale or more before prices are used. A solver that fails costs tightness, never truth.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::certificate::Proof;
use crate::cuts::Row;
use crate::graph::Node;
use crate::lp;
use crate::minimal::Sets;

/// Prices are whole numbers over this.
pub const SCALE: i64 = 1_000_000_000;

/// Sound prices over some sets.
#[derive(Clone, Debug)]
pub(crate) struct Priced {
    pub units: Vec<i64>,
    pub rows: Vec<(Row, i64)>,
    /// The share of each set in a fractional packing, in their order.
    pub shares: Vec<f64>,
    /// What each set costs, in their order.
    pub costs: Vec<i64>,
}

impl Priced {
    /// What all units cost, and all rows as often as they can fall.
    pub fn total(&self) -> i128 {
        let units: i128 = self.units.iter().map(|price| i128::from(*price)).sum();
        let rows: i128 = self.rows.iter().map(|(row, price)| i128::from(row.most()) * i128::from(*price)).sum();
        units + rows
    }

    /// No packing of these sets holds more.
    pub fn bound(&self) -> u64 {
        (self.total() / i128::from(SCALE)) as u64
    }

    /// The bound before it is rounded down.
    pub fn value(&self) -> f64 {
        self.total() as f64 / SCALE as f64
    }

    /// The prices as a proof of the bound.
    pub fn proof(&self) -> Proof {
        let units = self.units.iter().enumerate().filter(|(_, price)| **price > 0);
        Proof::Prices {
            units: units.map(|(node, price)| (node as Node, *price)).collect(),
            rows: self.rows.iter().filter(|(_, price)| *price > 0).cloned().collect(),
        }
    }
}

/// Prices over the sets and rows given, for `units` units; `hint` says what each set is likely to cost, so that the program is first
/// solved over the cheap ones. `None` when `halt` was set meanwhile.
pub(crate) fn price(
    units: usize,
    sets: &Sets,
    allowed: &[u32],
    extra: &[Row],
    hint: Option<&[i64]>,
    halt: &Arc<AtomicBool>,
) -> Option<Priced> {
    // Rows by one of their units: a set is looked at only against those it can touch.
    let mut near: Vec<Vec<u32>> = vec![Vec::new(); units];
    for (i, row) in extra.iter().enumerate() {
        for (node, _) in &row.units {
            near[*node as usize].push(i as u32);
        }
    }
    let mut met = Vec::new();
    let rows: Vec<Vec<(u32, u32)>> = allowed
        .iter()
        .map(|set| {
            let set = sets.get(*set as usize);
            met.clear();
            met.extend(set.iter().flat_map(|node| &near[*node as usize]).copied());
            met.sort_unstable();
            met.dedup();
            let weigh = met.iter().map(|i| (units as u32 + i, extra[*i as usize].weighs(set)));
            set.iter().map(|node| (*node, 1)).chain(weigh.filter(|(_, weight)| *weight > 0)).collect()
        })
        .collect();
    let mut worth = vec![1.0; units];
    worth.extend(extra.iter().map(|row| f64::from(row.most())));
    let mut active = likely(units, &rows, hint);
    let mut shares = vec![0.0; rows.len()];
    let mut whole: Vec<i64>;
    let mut turn = 0;
    loop {
        turn += 1;
        let solved = lp::cover(&worth, &active.iter().map(|row| &rows[*row as usize][..]).collect::<Vec<_>>(), halt);
        if halt.load(Ordering::Relaxed) {
            return None;
        }
        let round = |price: &f64| (price.clamp(0.0, 1.0) * SCALE as f64).round() as i64;
        whole = match &solved {
            Some(covering) => covering.prices.iter().map(round).collect(),
            None => vec![0; worth.len()],
        };
        if active.len() < rows.len() {
            let mut more = forgotten(&whole, &rows, &active);
            // What little is missing is put right below; it is not worth another program.
            let missing: i64 = more.iter().map(|(cost, _)| SCALE - cost).sum();
            if missing > SCALE / 200 {
                if turn > TURNS {
                    active = (0..rows.len() as u32).collect();
                } else {
                    more.truncate(units.max(more.len() / 2));
                    active.extend(more.into_iter().map(|(_, row)| row));
                    active.sort_unstable();
                }
                continue;
            }
        }
        if let Some(covering) = solved {
            active.iter().zip(covering.shares).for_each(|(row, share)| shares[*row as usize] = share);
        }
        break;
    }
    // Noise of the solver: what costs next to nothing costs nothing.
    whole.iter_mut().filter(|price| **price < SCALE / 1_000_000).for_each(|price| *price = 0);
    make_sound(&mut whole, &rows);
    let costs = rows.iter().map(|row| cost(&whole, row)).collect();
    let rows = extra.iter().cloned().zip(whole.split_off(units)).collect();
    Some(Priced { units: whole, rows, shares, costs })
}

/// Times that forgotten sets are added before all are taken.
const TURNS: usize = 12;
/// Sets of a unit that a program begins with, the cheapest.
const EACH: usize = 8;

/// The sets to begin with: where there are many, those likely to be cheap.
fn likely(units: usize, rows: &[Vec<(u32, u32)>], hint: Option<&[i64]>) -> Vec<u32> {
    let all = 0..rows.len() as u32;
    let Some(hint) = hint.filter(|_| rows.len() > units * EACH) else { return all.collect() };
    let mut order: Vec<u32> = all.collect();
    order.sort_by_key(|row| (hint[*row as usize], *row));
    let mut held = vec![0; units];
    let mut chosen = Vec::new();
    for row in order {
        let own = rows[row as usize].iter().filter(|(column, _)| (*column as usize) < units);
        let wanted = own.clone().any(|(column, _)| held[*column as usize] < EACH);
        if wanted || hint[row as usize] <= SCALE / 50 * 51 {
            own.for_each(|(column, _)| held[*column as usize] += 1);
            chosen.push(row);
        }
    }
    chosen.sort_unstable();
    chosen
}

/// Sets that prices found without them leave too cheap, the cheapest first.
fn forgotten(prices: &[i64], rows: &[Vec<(u32, u32)>], active: &[u32]) -> Vec<(i64, u32)> {
    let mut inside = vec![false; rows.len()];
    active.iter().for_each(|row| inside[*row as usize] = true);
    let outside = rows.iter().enumerate().filter(|(row, _)| !inside[*row]);
    let mut found: Vec<(i64, u32)> = outside
        .map(|(row, entries)| (cost(prices, entries), row as u32))
        .filter(|(cost, _)| *cost < SCALE - SCALE / 10_000_000)
        .collect();
    found.sort_unstable();
    found
}

fn cost(prices: &[i64], row: &[(u32, u32)]) -> i64 {
    row.iter().map(|(column, weight)| prices[*column as usize] * i64::from(*weight)).sum()
}

/// Raises prices until every row costs the scale or more.
fn make_sound(prices: &mut [i64], rows: &[Vec<(u32, u32)>]) {
    let least = rows.iter().map(|row| cost(prices, row)).min().unwrap_or(SCALE);
    // A little short everywhere, as a solver of floating numbers leaves it: all together by the same factor.
    if least < SCALE && least > SCALE / 1_000_000 * 999_999 {
        for price in prices.iter_mut() {
            *price = ((i128::from(*price) * i128::from(SCALE) + i128::from(least) - 1) / i128::from(least)) as i64;
        }
    }
    for row in rows {
        let short = SCALE - cost(prices, row);
        if let (true, Some((first, _))) = (short > 0, row.first()) {
            prices[*first as usize] += short;
        }
    }
}
