//! What a batch came to: points of every indicator at every unit it is scored in, in hundredths, and the totals.

use super::program::NOT_ASSESSED;
use crate::exact::Exact;

/// Points by row in hundredths, in 16 bits where every indicator's most points allow it.
#[derive(Clone, Debug)]
pub(super) enum Points {
    Narrow(Vec<i16>),
    Wide(Vec<i32>),
}

/// A part of [`Points`] to write.
pub(super) enum Cells<'a> {
    Narrow(&'a mut [i16]),
    Wide(&'a mut [i32]),
}

impl Points {
    pub(super) fn new(rows: usize, narrow: bool) -> Points {
        if narrow { Points::Narrow(vec![0; rows]) } else { Points::Wide(vec![0; rows]) }
    }

    pub(super) fn cells(&mut self) -> Cells<'_> {
        match self {
            Points::Narrow(points) => Cells::Narrow(points),
            Points::Wide(points) => Cells::Wide(points),
        }
    }

    /// Points of a row; `None` when not assessed or not scored.
    pub(super) fn get(&self, row: usize) -> Option<i32> {
        match self {
            Points::Narrow(points) => {
                points.get(row).filter(|points| **points != i16::MIN).map(|points| i32::from(*points))
            }
            Points::Wide(points) => points.get(row).copied().filter(|points| *points != NOT_ASSESSED),
        }
    }
}

impl<'a> Cells<'a> {
    /// The first rows, and the rest.
    pub(super) fn split(self, rows: usize) -> (Cells<'a>, Cells<'a>) {
        match self {
            Cells::Narrow(cells) => {
                let (own, rest) = cells.split_at_mut(rows.min(cells.len()));
                (Cells::Narrow(own), Cells::Narrow(rest))
            }
            Cells::Wide(cells) => {
                let (own, rest) = cells.split_at_mut(rows.min(cells.len()));
                (Cells::Wide(own), Cells::Wide(rest))
            }
        }
    }

    pub(super) fn write(&mut self, from: usize, points: &[i32]) {
        match self {
            // What is not assessed is the lowest number of either width.
            Cells::Narrow(cells) => {
                cells[from..]
                    .iter_mut()
                    .zip(points)
                    .for_each(|(to, points)| *to = (*points).max(i16::MIN.into()) as i16);
            }
            Cells::Wide(cells) => cells[from..from + points.len()].copy_from_slice(points),
        }
    }
}

/// Points of a unit: those reached over the assessed, and the most of the assessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Points reached, in hundredths.
    pub points: i64,
    /// Most points of the assessed indicators, in hundredths.
    pub assessed: i64,
}

/// What an indicator came to at a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not scored in units of this level.
    NotScored,
    /// A needed fact is not known. Not 0.
    NotAssessed,
    /// Points reached, in hundredths.
    Assessed(i32),
}

impl Standing {
    /// The points as an exact number, when assessed.
    pub fn points(self) -> Option<Exact> {
        match self {
            Standing::Assessed(hundredths) => Some(Exact::scaled(hundredths.into(), 2)),
            Standing::NotScored | Standing::NotAssessed => None,
        }
    }
}
