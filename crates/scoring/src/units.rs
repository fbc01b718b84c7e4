//! Units of the district: a tree with days of being, half-open `[valid_from, valid_to)`. Owns who stood under whom on a date;
//! the rule that matters: a unit counts on a day only when it was in being that day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::pack::Level;

/// The most levels of a unit tree; deeper is a fault of the data.
const MAX_LEVELS: usize = 32;

/// One unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Id; fact rows name it.
    pub id: String,
    /// Name, for people.
    pub name: Option<String>,
    /// Level, in the words of the unit register: `district`, `subdistrict`, `community`, and others no standard asks for.
    pub level: String,
    /// The unit above.
    pub parent: Option<String>,
    /// First day of being; `None` for always.
    pub valid_from: Option<NaiveDate>,
    /// First day it is no more; `None` for not ended.
    pub valid_to: Option<NaiveDate>,
}

/// What can be wrong with a list of units.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// One id, two units.
    #[error("the unit `{0}` is listed twice; keep one row, or give the second its own id")]
    Twice(String),
    /// The unit above is not in the list.
    #[error("the unit `{unit}` stands under `{parent}`, which is not listed; add it or correct the parent")]
    NoParent {
        /// The unit.
        unit: String,
        /// Its parent.
        parent: String,
    },
    /// A unit stands under itself, or the tree is deeper than 32 levels.
    #[error("the unit `{0}` stands under itself, or more than 32 levels deep; correct its parent")]
    Circle(String),
    /// It ends before it begins.
    #[error("the unit `{0}` ends on or before the day it begins; correct valid_from or valid_to")]
    NoDays(String),
}

/// A checked list of units, in the order given (the official order).
#[derive(Clone, Debug, Default)]
pub struct Units {
    list: Vec<Unit>,
    index: BTreeMap<String, usize>,
    children: BTreeMap<String, Vec<usize>>,
}

impl Units {
    /// Checks and indexes a list of units; the order is kept and is the order of rows in explanations.
    ///
    /// # Errors
    /// Every fault found.
    pub fn new(list: Vec<Unit>) -> Result<Units, Vec<UnitError>> {
        let mut errors = Vec::new();
        let mut index = BTreeMap::new();
        let mut children: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, unit) in list.iter().enumerate() {
            if index.insert(unit.id.clone(), i).is_some() {
                errors.push(UnitError::Twice(unit.id.clone()));
            }
            if let Some(parent) = &unit.parent {
                children.entry(parent.clone()).or_default().push(i);
            }
            if let (Some(from), Some(to)) = (unit.valid_from, unit.valid_to)
                && to <= from
            {
                errors.push(UnitError::NoDays(unit.id.clone()));
            }
        }
        for unit in &list {
            if let Some(parent) = unit.parent.as_ref().filter(|parent| !index.contains_key(*parent)) {
                errors.push(UnitError::NoParent { unit: unit.id.clone(), parent: parent.clone() });
            }
        }
        let units = Units { list, index, children };
        let circles = units.list.iter().filter(|unit| units.upwards(&unit.id).count() > MAX_LEVELS);
        errors.extend(circles.map(|unit| UnitError::Circle(unit.id.clone())));
        if errors.is_empty() { Ok(units) } else { Err(errors) }
    }

    /// The unit of an id.
    pub fn get(&self, id: &str) -> Option<&Unit> {
        self.list.get(*self.index.get(id)?)
    }

    /// All units, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.list.iter()
    }

    /// Units under no other, in order.
    pub(crate) fn roots(&self) -> Vec<&Unit> {
        self.list.iter().filter(|unit| unit.parent.is_none()).collect()
    }

    /// Units directly under one, in order.
    pub(crate) fn children(&self, id: &str) -> Vec<&Unit> {
        self.children.get(id).into_iter().flatten().filter_map(|i| self.list.get(*i)).collect()
    }

    /// The unit itself and those above it, cut off beyond the deepest tree allowed.
    fn upwards(&self, id: &str) -> impl Iterator<Item = &Unit> {
        let above = |unit: &&Unit| unit.parent.as_deref().and_then(|parent| self.get(parent));
        std::iter::successors(self.get(id), above).take(MAX_LEVELS + 1)
    }

    /// The one district in being on the date, or `None` when there is none or more than one.
    pub fn district(&self, as_of: NaiveDate) -> Option<&Unit> {
        let mut found = self.list.iter().filter(|unit| unit.level == Level::District.word() && unit.in_being(as_of));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Whether a unit is another or stands anywhere below it.
    pub(crate) fn is_under(&self, unit: &str, above: &str) -> bool {
        self.upwards(unit).any(|found| found.id == above)
    }

    /// Units of a level that a figure of `scope` is made of on a date: those in being at or under `scope`, in order; or,
    /// where the level lies above the scope (a community's score reads the district's minimum wage), the one above it.
    pub fn of_level(&self, scope: &str, level: Level, as_of: NaiveDate) -> Vec<&Unit> {
        let of_level = |unit: &&Unit| unit.level == level.word() && unit.in_being(as_of);
        let under: Vec<&Unit> = self.under(scope).into_iter().filter(of_level).collect();
        if under.is_empty() { self.upwards(scope).filter(of_level).take(1).collect() } else { under }
    }

    /// The unit and everything below it, each once, in the order of the list.
    pub fn under(&self, scope: &str) -> Vec<&Unit> {
        let Some(root) = self.index.get(scope) else { return Vec::new() };
        let mut found = BTreeSet::from([*root]);
        let mut open = vec![*root];
        while let Some(i) = open.pop() {
            for child in self.children.get(&self.list[i].id).into_iter().flatten() {
                if found.insert(*child) {
                    open.push(*child);
                }
            }
        }
        found.into_iter().map(|i| &self.list[i]).collect()
    }
}

impl Unit {
    /// Whether the unit is in being on the day.
    pub fn in_being(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(id: &str, level: &str, parent: Option<&str>, to: Option<&str>) -> Unit {
        let valid_to = to.map(|to| to.parse().unwrap());
        Unit {
            id: id.into(),
            name: None,
            level: level.into(),
            parent: parent.map(Into::into),
            valid_from: None,
            valid_to,
        }
    }

    fn ids(units: Vec<&Unit>) -> Vec<&str> {
        units.into_iter().map(|unit| unit.id.as_str()).collect()
    }

    #[test]
    fn a_merged_community_counts_until_the_day_before_it_ends() {
        let units = Units::new(vec![
            unit("D", "district", None, None),
            unit("S", "subdistrict", Some("D"), None),
            unit("new", "community", Some("S"), None),
            unit("old", "community", Some("S"), Some("2009-06-01")),
        ])
        .unwrap();
        let on = |day: &str| ids(units.of_level("D", Level::Community, day.parse().unwrap()));
        assert_eq!(on("2009-05-31"), ["new", "old"]);
        assert_eq!(on("2009-06-01"), ["new"]);
        assert_eq!(ids(units.of_level("new", Level::District, "2009-06-01".parse().unwrap())), ["D"]);
    }

    #[test]
    fn faulty_unit_lists_are_refused_with_every_fault() {
        let faults = Units::new(vec![
            unit("a", "x", Some("b"), None),
            unit("b", "x", Some("a"), None),
            unit("b", "x", Some("gone"), None),
        ]);
        let faults = faults.unwrap_err();
        assert!(faults.contains(&UnitError::Twice("b".into())));
        assert!(faults.contains(&UnitError::NoParent { unit: "b".into(), parent: "gone".into() }));
        let circle = Units::new(vec![unit("a", "x", Some("b"), None), unit("b", "x", Some("a"), None)]).unwrap_err();
        assert_eq!(circle, [UnitError::Circle("a".into()), UnitError::Circle("b".into())]);
    }
}
