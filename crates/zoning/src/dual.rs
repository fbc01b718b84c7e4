//! Prices that bound what any division into a given number of regions costs.
//!
//! The rule that matters: whatever the linear program says is only a hint; the bound is computed from its prices over every region
//! that may be held. Prices of units and the price of being a region may have any sign, those of rows (see [`crate::cuts`]) not:
//! a division pays at least all units, so many regions, less what rows can fall.

use crate::cuts::Row;
use crate::lp;
use crate::minimal::Sets;

/// Linear programs solved at most for one set of prices.
const PROGRAMS: usize = 40;
/// Regions that a linear program starts with at most, and that come into it at once.
const FRESH: usize = 1_500;
/// Smaller differences are noise of sums.
pub(crate) const NOISE: f64 = 1e-9;

/// A list of regions and what they cost.
pub(crate) struct Listed<'a> {
    pub units: usize,
    pub sets: &'a Sets,
    pub costs: Vec<f64>,
    pub regions: u64,
    /// A division that costs less by no more than this is none better.
    pub grain: f64,
}

pub(crate) struct Priced {
    pub rows: Vec<(Row, f64)>,
    pub bound: f64,
    /// What each region costs above its prices, and its share in a fractional division.
    pub above: Vec<f64>,
    pub shares: Vec<f64>,
}

/// A region in the linear program: prices it pays, by their place, and what it costs.
type Entries = Vec<(u32, f64)>;

impl Listed<'_> {
    /// Whether nothing that costs less than `top` by more than the grain lies above the bound.
    pub fn closed(&self, bound: f64, top: f64) -> bool {
        bound >= top - self.grain.max(NOISE)
    }

    /// The best prices found over some regions, the likely ones first; `None` where the solver gives up.
    pub fn price(&self, active: &[u32], rows: &[Row], top: f64, stop: &mut dyn FnMut() -> bool) -> Option<Priced> {
        let entries = self.entries(active, rows);
        let mut worth = vec![1.0; self.units];
        worth.push(self.regions as f64);
        worth.extend(rows.iter().map(|row| -f64::from(row.most())));
        let dearest = active.iter().fold(top.abs(), |most, set| most.max(self.costs[*set as usize].abs()));
        let widest = 100.0 * dearest + 1.0;
        let mut inside = vec![false; active.len()];
        let mut held: Vec<usize> = (0..active.len().min(FRESH)).collect();
        // Beside the likely ones some of each kind, so that every unit is covered.
        held.extend((FRESH..active.len()).step_by((active.len() / FRESH).max(1)));
        held.iter().for_each(|at| inside[*at] = true);
        let mut best: Option<Priced> = None;
        for _ in 0..PROGRAMS {
            let program: Vec<(&[(u32, f64)], f64)> =
                held.iter().map(|at| (&entries[*at][..], self.costs[active[*at] as usize])).collect();
            let solved = lp::divide(&worth, self.units + 1, &program, widest)?;
            let above: Vec<f64> = (0..active.len())
                .map(|at| {
                    let paid = entries[at].iter().map(|(place, weight)| weight * solved.prices[*place as usize]);
                    self.costs[active[at] as usize] - paid.sum::<f64>()
                })
                .collect();
            let least = above.iter().copied().fold(f64::INFINITY, f64::min);
            // A row whose price came out below 0 counts for nothing.
            let sunk: f64 = solved.prices[self.units + 1..]
                .iter()
                .zip(&worth[self.units + 1..])
                .map(|(price, worth)| if *price < 0.0 { price * worth } else { 0.0 })
                .sum();
            let paid: f64 = solved.prices.iter().zip(&worth).map(|(price, worth)| price * worth).sum();
            let bound = paid - sunk.max(0.0) + least * self.regions as f64;
            let mut cheap: Vec<(f64, usize)> =
                above.iter().copied().zip(0..).filter(|(above, at)| !inside[*at] && *above < -NOISE).collect();
            if best.as_ref().is_none_or(|best| bound > best.bound || cheap.is_empty()) {
                let mut shares = vec![0.0; active.len()];
                held.iter().zip(&solved.shares).for_each(|(at, share)| shares[*at] = *share);
                best = Some(Priced {
                    rows: rows.iter().cloned().zip(solved.prices[self.units + 1..].iter().copied()).collect(),
                    bound,
                    above: above.iter().map(|above| above - least).collect(),
                    shares,
                });
            }
            if cheap.is_empty() || self.closed(bound, top) || stop() {
                break;
            }
            if cheap.len() > FRESH {
                cheap.select_nth_unstable_by(FRESH, |a, b| a.0.total_cmp(&b.0));
                cheap.truncate(FRESH);
            }
            for (_, at) in cheap {
                inside[at] = true;
                held.push(at);
            }
        }
        best
    }

    fn entries(&self, active: &[u32], rows: &[Row]) -> Vec<Entries> {
        let mut near: Vec<Vec<u32>> = vec![Vec::new(); self.units];
        for (i, row) in rows.iter().enumerate() {
            row.units.iter().for_each(|(node, _)| near[*node as usize].push(i as u32));
        }
        let after = self.units as u32 + 1;
        let of = |set: &u32| {
            let nodes = self.sets.get(*set as usize);
            let mut met: Vec<u32> = nodes.iter().flat_map(|node| &near[*node as usize]).copied().collect();
            met.sort_unstable();
            met.dedup();
            let falls = met.iter().map(|i| (after + i, -f64::from(rows[*i as usize].weighs(nodes))));
            let own = nodes.iter().map(|node| (*node, 1.0)).chain([(self.units as u32, 1.0)]);
            own.chain(falls.filter(|(_, weight)| *weight != 0.0)).collect()
        };
        active.iter().map(of).collect()
    }
}
