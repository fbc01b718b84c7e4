//! The tree of units for a batch: every unit below its parent, in depth-first order, so that the units of a level below any
//! unit are one range of rows. Owns rows, ranges and who reads from whom above.

use chrono::NaiveDate;

use super::BatchError;
use crate::pack::Level;
use crate::units::{Unit, Units};

/// The levels that carry columns, from the top.
pub(super) const LEVELS: [Level; 3] = [Level::District, Level::Subdistrict, Level::Community];
/// "None" among rows and nodes.
pub(super) const NONE: u32 = u32::MAX;

/// One unit of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its level; `None` for one the standard does not know, such as a city or a province.
    pub level: Option<Level>,
    /// Index of the unit above, which comes before it; `None` at a root.
    pub parent: Option<u32>,
    /// Whether it is in being on the date; one that is not adds nothing and is not scored.
    pub in_being: bool,
}

/// A unit that is not a single community: its ranges of rows and what is scored there.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Index of the unit.
    pub unit: u32,
    /// The nearest node above.
    pub parent: u32,
    /// Rows below, by level: `[from, to)`.
    pub rows: [(u32, u32); 3],
    /// The row above that a figure reads when there is none below.
    pub above: [u32; 3],
    /// Whether the whole standard is scored here, rather than what counts in a unit's own score.
    pub whole: bool,
}

/// Consecutive rows of a level directly under one node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub from: u32,
    pub to: u32,
    pub node: u32,
}

/// The tree of a batch.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Unit of each row, by level.
    pub(super) units: [Vec<u32>; 3],
    /// Runs of rows by level, in row order.
    pub(super) runs: [Vec<Run>; 3],
    /// For each community row, the row above it of the level (districts, subdistricts).
    pub(super) above: [Vec<u32>; 2],
    count: usize,
}

pub(super) fn slot(level: Level) -> usize {
    match level {
        Level::District => 0,
        Level::Subdistrict => 1,
        Level::Community => 2,
    }
}

struct Open {
    unit: u32,
    node: u32,
    last: [u32; 3],
    under_district: bool,
}

impl Tree {
    /// Makes the tree of units in depth-first order.
    ///
    /// # Errors
    /// When a parent does not come first, units are not in depth-first order, or a unit stands below one of its own level.
    pub fn new(places: impl IntoIterator<Item = Place>) -> Result<Tree, BatchError> {
        let mut tree = Tree {
            nodes: Vec::new(),
            units: Default::default(),
            runs: Default::default(),
            above: Default::default(),
            count: 0,
        };
        let mut open: Vec<Open> = Vec::new();
        for (unit, place) in places.into_iter().enumerate() {
            let unit = u32::try_from(unit).map_err(|_| BatchError::TooMany)?;
            tree.count += 1;
            while open.last().is_some_and(|above| Some(above.unit) != place.parent) {
                tree.close(&mut open);
            }
            if place.parent.is_some() && open.is_empty() {
                return Err(BatchError::NotDepthFirst { unit: unit as usize });
            }
            let (mut last, node, under_district) =
                open.last().map_or(([NONE; 3], NONE, false), |above| (above.last, above.node, above.under_district));
            let level = place.level.filter(|_| place.in_being);
            let scope = place.in_being && place.level != Some(Level::Community);
            let whole = !under_district && !matches!(place.level, Some(Level::Subdistrict | Level::Community));
            let above = last;
            let own = if scope { tree.nodes.len() as u32 } else { node };
            if scope {
                let rows = [0, 1, 2].map(|level| (tree.units[level].len() as u32, NONE));
                tree.nodes.push(Node { unit, parent: node, rows, above, whole });
            }
            if let Some(level) = level {
                let at = slot(level);
                if last[at] != NONE {
                    return Err(BatchError::Nested { unit: unit as usize, level });
                }
                let row = tree.units[at].len() as u32;
                tree.units[at].push(unit);
                last[at] = row;
                if level == Level::Community {
                    tree.above[0].push(above[0]);
                    tree.above[1].push(above[1]);
                }
                match tree.runs[at].last_mut() {
                    Some(run) if run.node == own => run.to = row + 1,
                    _ => tree.runs[at].push(Run { from: row, to: row + 1, node: own }),
                }
            }
            let under_district = under_district || place.level == Some(Level::District);
            open.push(Open { unit, node: own, last, under_district });
        }
        while !open.is_empty() {
            tree.close(&mut open);
        }
        Ok(tree)
    }

    fn close(&mut self, open: &mut Vec<Open>) {
        let Some(closed) = open.pop() else { return };
        if let Some(node) = self.nodes.get_mut(closed.node as usize).filter(|node| node.unit == closed.unit) {
            for (rows, units) in node.rows.iter_mut().zip(&self.units) {
                rows.1 = units.len() as u32;
            }
        }
    }

    /// The tree of a list of units on a date, and the units in its order.
    ///
    /// # Errors
    /// As [`Tree::new`].
    pub fn of_units(units: &Units, as_of: NaiveDate) -> Result<(Tree, Vec<&Unit>), BatchError> {
        let (mut order, mut places) = (Vec::new(), Vec::new());
        let mut open: Vec<(&Unit, Option<u32>)> = units.roots().into_iter().rev().map(|unit| (unit, None)).collect();
        while let Some((unit, parent)) = open.pop() {
            let index = order.len() as u32;
            order.push(unit);
            places.push(Place { level: Level::of_word(&unit.level), parent, in_being: unit.in_being(as_of) });
            open.extend(units.children(&unit.id).into_iter().rev().map(|child| (child, Some(index))));
        }
        Ok((Tree::new(places)?, order))
    }

    /// How many units it has.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The units of a level, as indices, in the order of the rows of its columns.
    pub fn rows(&self, level: Level) -> &[u32] {
        &self.units[slot(level)]
    }

    /// The rows a figure of a level is made of at a node: those below, else the one above.
    pub(super) fn range(&self, node: &Node, level: usize) -> std::ops::Range<usize> {
        let (from, to) = node.rows[level];
        match (from == to, node.above[level]) {
            (false, _) => from as usize..to as usize,
            (true, NONE) => 0..0,
            (true, row) => row as usize..row as usize + 1,
        }
    }
}
