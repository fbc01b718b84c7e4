//! What was asked, in the words of the map: sizes as it writes them, units by their ids.

use std::collections::HashMap;

use serde::{Deserialize, Serialize, Serializer};

use crate::graph::Node;
use crate::objective::Objective;
use crate::problem::{Problem, Wanted};

/// What is wanted of regions beside their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Populations near the target.
    Deviation,
    /// Few borders cut.
    Cut,
    /// Short borders between regions.
    Border,
    /// Units of a region alike.
    Wss,
}

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Least size of a region.
    #[serde(serialize_with = "plain")]
    pub threshold: f64,
    /// Population a region should have.
    #[serde(default, serialize_with = "plain_or_null")]
    pub target: Option<f64>,
    /// Whether a region stays inside one parent.
    #[serde(default)]
    pub nested: bool,
    /// Largest size of a region.
    #[serde(default, serialize_with = "plain_or_null")]
    pub max_size: Option<f64>,
    /// So many regions, not as many as can be.
    #[serde(default)]
    pub regions: Option<u64>,
    /// Units of one region, by id, list by list.
    #[serde(default)]
    pub together: Vec<Vec<String>>,
    /// Units of two regions, by id.
    #[serde(default)]
    pub apart: Vec<(String, String)>,
    /// Weights and aims.
    #[serde(default)]
    pub objective: Vec<(f64, Aim)>,
    /// How many plans.
    #[serde(default)]
    pub plans: usize,
}

/// What makes no sense of what was asked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Meaningless {
    /// Not above 0, or with more decimals than can be added up.
    #[error("{what} is {value}; it must be above 0 and below 10^15")]
    Number {
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A unit that the map does not have.
    #[error("the map has no unit {0:?}")]
    NoUnit(String),
    /// Populations near a target that was not given.
    #[error("the objective deviation needs a target population")]
    NoTarget,
    /// Units alike, and nothing to tell.
    #[error("the objective wss needs attributes")]
    NoAttributes,
    /// A weight below 0.
    #[error("a weight of the objective is {0}; it must be above 0")]
    Weight(f64),
}

impl Asked {
    /// In the whole numbers of the problem: a threshold is rounded up to them and a largest size down, which no sum of sizes can
    /// tell apart from the number itself.
    ///
    /// # Errors
    /// What makes no sense.
    pub fn of(&self, problem: &Problem) -> Result<Wanted, Meaningless> {
        let scale = 10_f64.powi(i32::from(problem.decimals));
        let number = |what: &'static str, value: f64, rounded: fn(f64) -> f64| {
            let usable = value > 0.0 && value < 1e15 && value * scale < 1e18;
            // What was written with as many decimals as the sizes is whole but for the noise of the multiplication.
            let scaled = value * scale;
            let near = scaled.round();
            let whole = if (scaled - near).abs() <= 1e-9 * near.abs() { near } else { rounded(scaled) };
            if usable { Ok(whole as i64) } else { Err(Meaningless::Number { what, value }) }
        };
        let places: HashMap<&str, Node> =
            problem.units.iter().enumerate().map(|(i, unit)| (unit.id.as_str(), i as Node)).collect();
        let place = |id: &String| places.get(id.as_str()).copied().ok_or_else(|| Meaningless::NoUnit(id.clone()));
        if let Some(target) = self.target.filter(|target| !(*target > 0.0 && *target < 1e15)) {
            return Err(Meaningless::Number { what: "the target", value: target });
        }
        let aim = |(weight, aim): &(f64, Aim)| {
            if !(*weight > 0.0 && weight.is_finite()) {
                return Err(Meaningless::Weight(*weight));
            }
            let objective = match aim {
                Aim::Deviation => Objective::Deviation { target: self.target.ok_or(Meaningless::NoTarget)? },
                Aim::Cut => Objective::Cut,
                Aim::Border => Objective::Border,
                Aim::Wss if problem.units.iter().all(|unit| unit.attributes.is_empty()) => {
                    return Err(Meaningless::NoAttributes);
                }
                Aim::Wss => Objective::Squares,
            };
            Ok((*weight, objective))
        };
        Ok(Wanted {
            threshold: number("the threshold", self.threshold, f64::ceil)?,
            nested: self.nested,
            most: self.max_size.map(|most| number("the largest size", most, f64::floor)).transpose()?,
            regions: self.regions,
            together: self.together.iter().map(|ids| ids.iter().map(place).collect()).collect::<Result<_, _>>()?,
            apart: self.apart.iter().map(|(a, b)| Ok((place(a)?, place(b)?))).collect::<Result<_, _>>()?,
            objective: self.objective.iter().map(aim).collect::<Result<_, _>>()?,
            target: self.target,
            plans: self.plans,
        })
    }
}

/// Whole numbers without a point.
fn plain<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 1e15 { to.serialize_i64(*value as i64) } else { to.serialize_f64(*value) }
}

fn plain_or_null<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => plain(value, to),
        None => to.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Unit;

    #[test]
    fn thresholds_are_rounded_to_what_sums_of_sizes_can_reach() {
        let problem = Problem { units: vec![Unit::default()], edges: Vec::new(), decimals: 1 };
        let of = |threshold: f64, most: f64| {
            let asked = Asked { threshold, max_size: Some(most), ..Asked::default() };
            asked.of(&problem).map(|wanted| (wanted.threshold, wanted.most))
        };
        assert_eq!(of(0.3, 0.7), Ok((3, Some(7))));
        assert_eq!(of(0.31, 0.79), Ok((4, Some(7))));
        assert_eq!(of(2000.0, 3000.0), Ok((20_000, Some(30_000))));
        assert!(of(0.0, 1.0).is_err() && of(f64::NAN, 1.0).is_err() && of(1.0, f64::INFINITY).is_err());
    }
}
