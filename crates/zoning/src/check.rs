//! Checks a certificate. Nothing of the solver is used here: sets are found anew, by another way, and prices added up.
//!
//! The rule that matters: whoever distrusts the solver reads this file and the text of [`crate::certificate`], and nothing else.

pub mod plan;

use std::collections::{BTreeMap, BTreeSet};

use crate::certificate::{Certificate, Component, Proof, Row};

/// A map as the checker reads it: sizes, and the neighbours of each unit.
#[derive(Clone, Debug)]
pub struct Map {
    /// Size of each unit.
    pub sizes: Vec<i64>,
    /// Units that adjoin each unit, inside its parent where regions must stay inside.
    pub neighbours: Vec<Vec<u32>>,
}

/// What is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The certificate speaks of other components than the map has.
    #[error("the component of unit {0} has no proof, or one that is not its own")]
    Components(u32),
    /// Prices leave a set too cheap.
    #[error("in the component of unit {least} the set {set:?} costs {cost} of {scale}")]
    Cheap {
        /// The component.
        least: u32,
        /// The set.
        set: Vec<u32>,
        /// What it costs.
        cost: i128,
        /// What it must.
        scale: i64,
    },
    /// Prices that make more than the bound.
    #[error(
        "in the component of unit {least} a leaf proves no more than {total} / {scale}, which is above the bound {bound}"
    )]
    Loose {
        /// The component.
        least: u32,
        /// What all prices make.
        total: i128,
        /// Over this.
        scale: i64,
        /// The bound claimed.
        bound: u64,
    },
    /// A price below 0, a weight or divisor of 0, a unit of another component.
    #[error("in the component of unit {0} a price, a weight or a unit cannot be used")]
    Unusable(u32),
}

/// Checks the certificate; answers the bound it proves, over all components.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(map: &Map, threshold: i64, certificate: &Certificate) -> Result<u64, Wrong> {
    let mut proofs = certificate.components.iter();
    let mut bound = 0;
    for part in components(map) {
        if part.iter().map(|unit| map.sizes[*unit as usize]).sum::<i64>() < threshold {
            continue;
        }
        let component = proofs.next().filter(|one| one.least == part[0]).ok_or(Wrong::Components(part[0]))?;
        // Where a unit costs as much of the scale as it has of the threshold, so does every set; then none need be listed.
        let listed = !priced_by_size(map, threshold, certificate.scale, &part, &component.proof);
        let sets = if listed { minimal_sets(map, threshold, &part) } else { Vec::new() };
        let units: BTreeSet<u32> = part.into_iter().collect();
        let case = Case { component, scale: certificate.scale, units: &units };
        if certificate.scale <= 0 {
            return Err(Wrong::Unusable(component.least));
        }
        case.holds(&component.proof, &sets)?;
        bound += component.bound;
    }
    match proofs.next() {
        Some(more) => Err(Wrong::Components(more.least)),
        None => Ok(bound),
    }
}

fn priced_by_size(map: &Map, threshold: i64, scale: i64, part: &[u32], proof: &Proof) -> bool {
    let Proof::Prices { units, .. } = proof else { return false };
    let prices: BTreeMap<u32, i64> = units.iter().copied().collect();
    part.iter().all(|unit| {
        let size = map.sizes[*unit as usize].min(threshold);
        let price = prices.get(unit).copied().unwrap_or(0);
        i128::from(price) * i128::from(threshold) >= i128::from(scale) * i128::from(size)
    })
}

struct Case<'a> {
    component: &'a Component,
    scale: i64,
    units: &'a BTreeSet<u32>,
}

impl Case<'_> {
    /// Whether the proof shows that no packing of these sets holds more than the bound.
    fn holds(&self, proof: &Proof, sets: &[BTreeSet<u32>]) -> Result<(), Wrong> {
        let least = self.component.least;
        match proof {
            Proof::Prices { units, rows } => {
                let total = self.sound(units, rows, sets)?;
                let bound = self.component.bound;
                if total >= i128::from(bound + 1) * i128::from(self.scale) {
                    return Err(Wrong::Loose { least, total, scale: self.scale, bound });
                }
                Ok(())
            }
            Proof::Dear { units, rows, then } => {
                let total = self.sound(units, rows, sets)?;
                // Of bound + 1 sets all cost the scale or more; what is left over for one of them is this.
                let spare = total - i128::from(self.component.bound + 1) * i128::from(self.scale);
                let affordable = |set: &&BTreeSet<u32>| cost(units, rows, set) - i128::from(self.scale) <= spare;
                let sets: Vec<BTreeSet<u32>> = sets.iter().filter(affordable).cloned().collect();
                self.holds(then, &sets)
            }
            Proof::Pair { units: (a, b), together, apart } => {
                let of = |set: &BTreeSet<u32>| usize::from(set.contains(a)) + usize::from(set.contains(b));
                let case = |not: usize| sets.iter().filter(|set| of(set) != not).cloned().collect::<Vec<_>>();
                self.holds(together, &case(1))?;
                self.holds(apart, &case(2))
            }
        }
    }

    /// What all prices make, when every set costs the scale or more.
    fn sound(&self, units: &[(u32, i64)], rows: &[(Row, i64)], sets: &[BTreeSet<u32>]) -> Result<i128, Wrong> {
        let least = self.component.least;
        let twice = |list: Vec<u32>| list.len() != list.iter().collect::<BTreeSet<_>>().len();
        let bad_row = |(row, price): &(Row, i64)| {
            *price < 0 || row.over == 0 || twice(row.units.iter().map(|(unit, _)| *unit).collect())
        };
        let bad_unit = |(unit, price): &(u32, i64)| *price < 0 || !self.units.contains(unit);
        if units.iter().any(bad_unit)
            || twice(units.iter().map(|(unit, _)| *unit).collect())
            || rows.iter().any(bad_row)
        {
            return Err(Wrong::Unusable(least));
        }
        for set in sets {
            let cost = cost(units, rows, set);
            if cost < i128::from(self.scale) {
                return Err(Wrong::Cheap { least, set: set.iter().copied().collect(), cost, scale: self.scale });
            }
        }
        let most = |row: &Row| i128::from(row.units.iter().map(|(_, weight)| weight).sum::<u32>() / row.over);
        let rows: i128 = rows.iter().map(|(row, price)| most(row) * i128::from(*price)).sum();
        Ok(units.iter().map(|(_, price)| i128::from(*price)).sum::<i128>() + rows)
    }
}

/// What a set costs.
fn cost(units: &[(u32, i64)], rows: &[(Row, i64)], set: &BTreeSet<u32>) -> i128 {
    let own: i128 = units.iter().filter(|(unit, _)| set.contains(unit)).map(|(_, price)| i128::from(*price)).sum();
    let falls = |row: &Row| {
        let held = row.units.iter().filter(|(unit, _)| set.contains(unit)).map(|(_, weight)| weight);
        i128::from(held.sum::<u32>() / row.over)
    };
    own + rows.iter().map(|(row, price)| falls(row) * i128::from(*price)).sum::<i128>()
}

fn components(map: &Map) -> Vec<Vec<u32>> {
    let mut left: BTreeSet<u32> = (0..map.sizes.len() as u32).collect();
    let mut found = Vec::new();
    while let Some(start) = left.pop_first() {
        let mut part = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(unit) = open.pop() {
            for next in &map.neighbours[unit as usize] {
                if left.remove(next) {
                    part.insert(*next);
                    open.push(*next);
                }
            }
        }
        found.push(part.into_iter().collect());
    }
    found
}

/// Minimal sets, unit by unit: from each, sets are grown one unit at a time and remembered, so that none is met twice.
fn minimal_sets(map: &Map, threshold: i64, part: &[u32]) -> Vec<BTreeSet<u32>> {
    let size = |set: &BTreeSet<u32>| set.iter().map(|unit| map.sizes[*unit as usize]).sum::<i64>();
    let mut found = Vec::new();
    for root in part {
        // Sets whose least unit is the root.
        let mut layer = BTreeSet::from([BTreeSet::from([*root])]);
        while !layer.is_empty() {
            let mut next = BTreeSet::new();
            for set in layer {
                if size(&set) >= threshold {
                    if is_minimal(map, threshold, &set) {
                        found.push(set);
                    }
                    continue;
                }
                let near = set.iter().flat_map(|unit| &map.neighbours[*unit as usize]);
                for unit in near.filter(|unit| **unit > *root && !set.contains(unit)) {
                    let mut with = set.clone();
                    with.insert(*unit);
                    next.insert(with);
                }
            }
            layer = next;
        }
    }
    found
}

/// Whether taking any unit away leaves too little or falls apart.
fn is_minimal(map: &Map, threshold: i64, set: &BTreeSet<u32>) -> bool {
    set.iter().all(|unit| {
        let mut rest = set.clone();
        rest.remove(unit);
        let size: i64 = rest.iter().map(|unit| map.sizes[*unit as usize]).sum();
        let Some(start) = rest.first().copied() else { return true };
        let mut open = vec![start];
        let mut left = rest;
        left.remove(&start);
        while let Some(unit) = open.pop() {
            for next in &map.neighbours[unit as usize] {
                if left.remove(next) {
                    open.push(*next);
                }
            }
        }
        size < threshold || !left.is_empty()
    })
}
