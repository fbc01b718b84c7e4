//! Checks a plan against its map: every constraint, every figure, and the bound. Nothing of the solver is used here.
//!
//! The rule that matters: what the plan says of itself is never taken; it is counted anew and compared. Only that no plan is better
//! by the second objective is not shown by a certificate, and the answer says so.

use std::collections::{BTreeMap, BTreeSet};

use super::{Map, check};
use crate::file::{PlanFile, Written};
use crate::objective::Objective;
use crate::problem::{Barrier, Edge, Problem, Wanted};

/// What a plan may claim and is not so.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// Other units than the map's.
    #[error("the plan is of other units: {0}")]
    Units(String),
    /// A region in pieces.
    #[error("region {region} is not connected: {} cannot be reached from {}", .unit, .from)]
    Pieces {
        /// The region.
        region: u32,
        /// A unit.
        from: String,
        /// One it does not reach.
        unit: String,
    },
    /// A region of several parents.
    #[error("region {region} lies in several parents: {}", .parents.join(", "))]
    Parents {
        /// The region.
        region: u32,
        /// The parents.
        parents: Vec<String>,
    },
    /// A region below the threshold or above the largest size.
    #[error("region {region} has size {size}, which is {than}")]
    Size {
        /// The region.
        region: u32,
        /// Its size.
        size: String,
        /// "below … " or "above …".
        than: String,
    },
    /// A unit without a region that could have one.
    #[error("unit {0} is without a region, and its component could hold one")]
    LeftOut(String),
    /// Units that belong together in different regions.
    #[error("{0} and {1} are to be together and are not")]
    Together(String, String),
    /// Units that do not belong together in one region.
    #[error("{0} and {1} are to be apart and are not")]
    Apart(String, String),
    /// A figure that is another.
    #[error("{figure} is {counted}, and the plan says {claimed}")]
    Figure {
        /// Its name in the file.
        figure: &'static str,
        /// What it is.
        counted: String,
        /// What the plan says.
        claimed: String,
    },
    /// The certificate.
    #[error("the certificate does not hold: {0}")]
    Certificate(super::Wrong),
}

/// What is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// All that is wrong, plan by plan.
    pub faults: Vec<Fault>,
    /// Regions of the first plan, counted.
    pub p: u64,
    /// What the certificate shows, where it holds: no plan has more regions.
    pub bound: Option<u64>,
}

impl Verdict {
    /// Whether it is shown that no plan has more regions.
    pub fn most(&self) -> bool {
        self.faults.is_empty() && self.bound == Some(self.p)
    }
}

/// Checks a plan of this map for what was wanted.
pub fn check_plan(problem: &Problem, wanted: &Wanted, file: &PlanFile) -> Verdict {
    let mut verdict = Verdict::default();
    let ids: Vec<&str> = problem.units.iter().map(|unit| unit.id.as_str()).collect();
    if let Some(other) = differing(&ids, &file.units) {
        verdict.faults.push(Fault::Units(other));
        return verdict;
    }
    let map = map(problem, wanted.nested);
    for plan in std::iter::once(&file.plan).chain(&file.others) {
        if plan.labels.len() != ids.len() {
            let what = format!("{} labels for {} units", plan.labels.len(), ids.len());
            verdict.faults.push(Fault::Units(what));
            return verdict;
        }
        let look = Look { problem, wanted, map: &map, plan };
        look.constraints(&mut verdict.faults);
        look.figures(&mut verdict.faults);
    }
    verdict.p = regions(&file.plan.labels).len() as u64;
    match check(&map, wanted.threshold, &file.certificate) {
        Ok(bound) => {
            verdict.bound = Some(bound);
            claim(&mut verdict.faults, "certified", bound, file.certified);
            if file.p_upper_bound > bound || file.p_upper_bound < verdict.p {
                let counted = format!("between {} and {bound}", verdict.p);
                let claimed = file.p_upper_bound.to_string();
                verdict.faults.push(Fault::Figure { figure: "p_upper_bound", counted, claimed });
            }
        }
        Err(wrong) => verdict.faults.push(Fault::Certificate(wrong)),
    }
    // Where regions were counted out, having so many is all there is to prove.
    let proven = if wanted.regions.is_some() { true } else { verdict.p == file.p_upper_bound };
    if file.proven && !proven {
        claim(&mut verdict.faults, "proven", false, true);
    }
    verdict
}

fn differing(ids: &[&str], units: &[String]) -> Option<String> {
    if ids.len() != units.len() {
        return Some(format!("it has {}, the map {}", units.len(), ids.len()));
    }
    let place = ids.iter().zip(units).position(|(own, other)| own != other)?;
    Some(format!("unit {place} is {:?} in it and {:?} in the map", units[place], ids[place]))
}

/// Which units may share a region, as the checker of certificates reads it.
fn map(problem: &Problem, nested: bool) -> Map {
    let mut neighbours = vec![BTreeSet::new(); problem.units.len()];
    for edge in &problem.edges {
        let (a, b) = (edge.a as usize, edge.b as usize);
        let one_parent = problem.units[a].parent == problem.units[b].parent;
        if edge.barrier != Barrier::Forbids && (one_parent || !nested) && a != b {
            neighbours[a].insert(edge.b);
            neighbours[b].insert(edge.a);
        }
    }
    let sizes = problem.units.iter().map(|unit| unit.size).collect();
    Map { sizes, neighbours: neighbours.into_iter().map(|near| near.into_iter().collect()).collect() }
}

fn regions(labels: &[Option<u32>]) -> BTreeMap<u32, Vec<u32>> {
    let mut regions: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (unit, label) in labels.iter().enumerate() {
        if let Some(label) = label {
            regions.entry(*label).or_default().push(unit as u32);
        }
    }
    regions
}

fn claim<T: PartialEq + std::fmt::Display>(faults: &mut Vec<Fault>, figure: &'static str, counted: T, claimed: T) {
    if counted != claimed {
        faults.push(Fault::Figure { figure, counted: counted.to_string(), claimed: claimed.to_string() });
    }
}

/// Figures of parts: the same to a millionth.
fn near(faults: &mut Vec<Fault>, figure: &'static str, counted: Option<f64>, claimed: Option<f64>) {
    let same = match (counted, claimed) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * a.abs().max(1.0),
        (None, None) => true,
        _ => false,
    };
    if !same {
        let word = |value: Option<f64>| value.map_or("nothing".to_owned(), |value| value.to_string());
        faults.push(Fault::Figure { figure, counted: word(counted), claimed: word(claimed) });
    }
}

struct Look<'a> {
    problem: &'a Problem,
    wanted: &'a Wanted,
    map: &'a Map,
    plan: &'a Written,
}

impl Look<'_> {
    fn id(&self, unit: u32) -> String {
        self.problem.units[unit as usize].id.clone()
    }

    /// The units that can be reached from one through units for which `through` holds.
    fn reach(&self, from: u32, through: impl Fn(u32) -> bool) -> BTreeSet<u32> {
        let mut reached = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(unit) = open.pop() {
            for next in self.map.neighbours[unit as usize].iter().filter(|next| through(**next)) {
                if reached.insert(*next) {
                    open.push(*next);
                }
            }
        }
        reached
    }

    fn constraints(&self, faults: &mut Vec<Fault>) {
        let labels = &self.plan.labels;
        let size = |units: &mut dyn Iterator<Item = u32>| units.map(|unit| self.map.sizes[unit as usize]).sum::<i64>();
        let decimals = self.problem.decimals;
        let shown = |size: i64| crate::file::unscaled(size, decimals).to_string();
        for (region, units) in regions(labels) {
            let reached = self.reach(units[0], |unit| labels[unit as usize] == Some(region));
            if let Some(unit) = units.iter().find(|unit| !reached.contains(unit)) {
                faults.push(Fault::Pieces { region, from: self.id(units[0]), unit: self.id(*unit) });
            }
            if self.wanted.nested {
                let parent = |unit: &u32| self.problem.units[*unit as usize].parent.clone().unwrap_or_default();
                let parents: BTreeSet<String> = units.iter().map(parent).collect();
                if parents.len() > 1 {
                    faults.push(Fault::Parents { region, parents: parents.into_iter().collect() });
                }
            }
            let all = size(&mut units.iter().copied());
            if all < self.wanted.threshold {
                let than = format!("below {}", shown(self.wanted.threshold));
                faults.push(Fault::Size { region, size: shown(all), than });
            }
            if let Some(most) = self.wanted.most.filter(|most| all > *most) {
                faults.push(Fault::Size { region, size: shown(all), than: format!("above {}", shown(most)) });
            }
        }
        let mut seen = BTreeSet::new();
        for unit in (0..labels.len() as u32).filter(|unit| labels[*unit as usize].is_none()) {
            if seen.contains(&unit) {
                continue;
            }
            let component = self.reach(unit, |_| true);
            if size(&mut component.iter().copied()) >= self.wanted.threshold {
                faults.push(Fault::LeftOut(self.id(unit)));
            }
            seen.extend(component);
        }
        let label = |unit: u32| labels[unit as usize];
        for group in &self.wanted.together {
            for pair in group.windows(2).filter(|pair| label(pair[0]) != label(pair[1])) {
                faults.push(Fault::Together(self.id(pair[0]), self.id(pair[1])));
            }
        }
        for (a, b) in &self.wanted.apart {
            if label(*a).is_some() && label(*a) == label(*b) {
                faults.push(Fault::Apart(self.id(*a), self.id(*b)));
            }
        }
    }

    fn figures(&self, faults: &mut Vec<Fault>) {
        let plan = self.plan;
        let regions = regions(&plan.labels);
        claim(faults, "p", regions.len() as u64, plan.p);
        if let Some(wanted) = self.wanted.regions {
            claim(faults, "the number of regions asked for", plan.p, wanted);
        }
        let population =
            |units: &Vec<u32>| units.iter().map(|unit| self.problem.units[*unit as usize].population).sum::<f64>();
        let target = self.wanted.target.filter(|_| !regions.is_empty());
        let off = |target: f64| regions.values().map(move |units| (population(units) / target - 1.0).abs());
        let mean = target.map(|target| off(target).sum::<f64>() / regions.len() as f64);
        near(faults, "mean_deviation", mean, plan.mean_deviation);
        near(faults, "max_deviation", target.map(|target| off(target).fold(0.0, f64::max)), plan.max_deviation);
        let cut = || {
            let labels = &plan.labels;
            self.problem.edges.iter().filter(|edge| labels[edge.a as usize] != labels[edge.b as usize])
        };
        claim(faults, "cut_edges", cut().count() as u64, plan.cut_edges);
        near(faults, "cut_border", Some(cut().map(|edge| edge.border).sum()), Some(plan.cut_border));
        let squares = self.squares(&regions);
        near(faults, "wss_ratio", squares.map(|(share, _)| share), plan.wss_ratio);
        let one = self.wanted.objective.len() == 1;
        let borders: f64 = self.problem.edges.iter().map(|edge| edge.border).sum();
        let part = |(weight, objective): &(f64, Objective)| match objective {
            Objective::Deviation { .. } if one => mean.unwrap_or(0.0),
            Objective::Deviation { .. } => weight * mean.unwrap_or(0.0),
            Objective::Cut if one => self.paid(|_| 1.0),
            Objective::Cut => weight * self.paid(|_| 1.0) / (self.problem.edges.len() as f64).max(1.0),
            Objective::Border if one => self.paid(|edge| edge.border),
            Objective::Border if borders > 0.0 => weight * self.paid(|edge| edge.border) / borders,
            Objective::Border => 0.0,
            Objective::Squares if one => squares.map_or(0.0, |(_, sum)| sum),
            Objective::Squares => weight * squares.map_or(0.0, |(share, _)| share),
        };
        let objective = (!self.wanted.objective.is_empty()).then(|| self.wanted.objective.iter().map(part).sum());
        near(faults, "objective", objective, plan.objective);
    }

    /// What borders between regions cost, and those inside a region that have a price.
    fn paid(&self, cost: impl Fn(&Edge) -> f64) -> f64 {
        let label = |unit: u32| self.plan.labels[unit as usize];
        let of = |edge: &Edge| match edge.barrier {
            _ if label(edge.a) != label(edge.b) => cost(edge),
            Barrier::Price(price) if label(edge.a).is_some() => price * cost(edge),
            _ => 0.0,
        };
        self.problem.edges.iter().map(of).sum()
    }

    /// Squares within regions over squares of all, and the squares themselves, each attribute in units of its own spread.
    fn squares(&self, regions: &BTreeMap<u32, Vec<u32>>) -> Option<(f64, f64)> {
        let all: Vec<u32> = (0..self.problem.units.len() as u32).collect();
        let kinds = self.problem.units.first().map_or(0, |unit| unit.attributes.len());
        let around = |units: &[u32], kind: usize| {
            let value = |unit: &u32| self.problem.units[*unit as usize].attributes[kind];
            let mean = units.iter().map(value).sum::<f64>() / units.len() as f64;
            units.iter().map(|unit| (value(unit) - mean).powi(2)).sum::<f64>()
        };
        // Each attribute's squares over all units make one share; attributes that do not differ make none.
        let shares: Vec<f64> = (0..kinds)
            .filter(|kind| around(&all, *kind) > 0.0)
            .map(|kind| regions.values().map(|units| around(units, kind)).sum::<f64>() / around(&all, kind))
            .collect();
        let sum: f64 = shares.iter().sum();
        (!shares.is_empty()).then(|| (sum / shares.len() as f64, sum * all.len() as f64))
    }
}
