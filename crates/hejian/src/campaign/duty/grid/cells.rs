//! What stands in the cells of the grid: a lead unit's indicators in every community, as the score says it today.
//!
//! The rule that matters: nothing of it is stored, and what was not reported is not red before its day is over.

use std::collections::HashMap;

use hejian_kernel::{ui::lamp::LampKind, unit::Unit};
use hejian_scoring::{Outcome, evaluate::UnitScore, evaluate_indicator, pack::Indicator};
use uuid::Uuid;

use super::super::{here::Here, model::Part};
use crate::campaign::{
    score::Scored,
    standard::{rules, words::quantity_with_unit},
};

/// How a community stands with an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum State {
    /// Not measured in communities.
    None,
    /// Nothing told, and time is left or unknown.
    Silent,
    /// Nothing told, and the day is near.
    SilentNear,
    /// Nothing told, and the day is over.
    SilentOver,
    /// All points.
    Met,
    /// Some points.
    Short,
    /// No points.
    Failed,
}

impl State {
    pub(in super::super) fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Silent => "silent",
            Self::SilentNear => "silent-near",
            Self::SilentOver => "silent-over",
            Self::Met => "met",
            Self::Short => "short",
            Self::Failed => "failed",
        }
    }

    pub(in super::super) fn lamp(self) -> LampKind {
        match self {
            Self::None | Self::Silent => LampKind::Grey,
            Self::SilentNear | Self::Short => LampKind::Yellow,
            Self::SilentOver | Self::Failed => LampKind::Red,
            Self::Met => LampKind::Green,
        }
    }

    /// Whether the community owes a report.
    pub(in super::super) fn is_silent(self) -> bool {
        matches!(self, Self::Silent | Self::SilentNear | Self::SilentOver)
    }
}

/// A cell: how it stands, and the value as text.
pub(in super::super) struct GridCell {
    pub state: State,
    pub value: String,
}

/// A lead unit's grid.
pub(in super::super) struct Grid<'a> {
    pub indicators: Vec<&'a Indicator>,
    /// Communities in official order, each with a cell an indicator.
    pub rows: Vec<(&'a Unit, Vec<GridCell>)>,
}

impl<'a> Grid<'a> {
    /// The grid of a unit on the score of a day.
    pub(in super::super) fn of(here: &'a Here, scored: &'a Scored, lead: Uuid) -> Self {
        let pack = &here.standard.pack;
        let led: Vec<&str> = here
            .board
            .find(|of| of.part == Part::Lead && of.unit == lead)
            .map(|duty| duty.content.indicator.as_str())
            .collect();
        let indicators: Vec<&Indicator> = pack.indicators.iter().filter(|of| led.contains(&of.code.as_str())).collect();
        let by_unit: HashMap<&str, &UnitScore> =
            scored.scores.breakdown.iter().map(|unit| (unit.unit.as_str(), unit)).collect();
        let dues: HashMap<(&str, Uuid), _> = here
            .board
            .find(|of| of.part == Part::Carry && of.done.is_none())
            .filter_map(|duty| Some(((duty.content.indicator.as_str(), duty.content.unit), duty.content.due?)))
            .collect();
        let row = |unit: &'a Unit| {
            let id = unit.id.to_string();
            let own = by_unit.get(id.as_str());
            let cell = |indicator: &&Indicator| {
                let Some(own) = own.and_then(|own| own.indicators.iter().find(|one| one.code == indicator.code)) else {
                    return GridCell { state: State::None, value: String::new() };
                };
                match &own.outcome {
                    Outcome::NotAssessed { .. } => {
                        let due = dues.get(&(indicator.code.as_str(), unit.id)).copied();
                        let state = match here.colour(due) {
                            LampKind::Red => State::SilentOver,
                            LampKind::Yellow => State::SilentNear,
                            _ => State::Silent,
                        };
                        GridCell { state, value: String::new() }
                    }
                    Outcome::Assessed { points } => {
                        let state = match () {
                            () if *points >= own.max_points => State::Met,
                            () if points.is_zero() => State::Failed,
                            () => State::Short,
                        };
                        GridCell { state, value: value(here, scored, indicator, &id) }
                    }
                }
            };
            (unit, indicators.iter().map(cell).collect())
        };
        let rows = here.board.of_kind("community").map(row).collect();
        Self { indicators, rows }
    }

    /// Which codes each community has not reported.
    pub(in super::super) fn silent(&self) -> Vec<(&'a Unit, Vec<String>)> {
        let codes = |cells: &Vec<GridCell>| {
            let silent = self.indicators.iter().zip(cells).filter(|(_, cell)| cell.state.is_silent());
            silent.map(|(indicator, _)| indicator.code.clone()).collect::<Vec<_>>()
        };
        let all = self.rows.iter().map(|(unit, cells)| (*unit, codes(cells)));
        all.filter(|(_, codes)| !codes.is_empty()).collect()
    }
}

/// The value of an assessed indicator in a community; none where it is a condition, which the lamp says already.
fn value(here: &Here, scored: &Scored, indicator: &Indicator, unit: &str) -> String {
    if rules::is_condition(indicator) {
        return String::new();
    }
    let score =
        evaluate_indicator(&scored.standard.pack, &scored.facts, &scored.units, here.today, unit, &indicator.code);
    let whole = |coverage: &hejian_scoring::explain::Coverage| coverage.met.is_some() && coverage.units == 1;
    score
        .filter(|score| !score.coverage.as_ref().is_some_and(whole))
        .and_then(|score| score.value)
        .map(|value| quantity_with_unit(here.lang, &value))
        .unwrap_or_default()
}
