//! Scores of units below the district. A community is scored by the indicators that count there; an indicator that only keeps
//! a figure per community is shown, unscored.

use super::indicator::score;
use super::{Context, IndicatorScore, UnitIndicator, UnitScore, round_points};
use crate::exact::Exact;
use crate::pack::{Indicator, IndicatorKind, Level};
use crate::units::Unit;

/// Every unit below the district that is a community or has communities, in order.
pub(super) fn below(context: &Context<'_>, district: &str) -> Vec<UnitScore> {
    let units = context.units.under(district).into_iter();
    let counts = |found: &&Unit| {
        found.id != district
            && found.in_being(context.as_of)
            && context
                .units
                .under(&found.id)
                .iter()
                .any(|below| below.level == Level::Community.word() && below.in_being(context.as_of))
    };
    units.filter(counts).map(|found| unit(context, found, false)).collect()
}

/// A unit's own score; a subdistrict's is that of its communities taken together.
pub(super) fn unit(context: &Context<'_>, unit: &Unit, explain: bool) -> UnitScore {
    let applies = |indicator: &&Indicator| {
        indicator.level == Level::Community && (indicator.community_value || indicator.community_breakdown)
    };
    let indicators: Vec<UnitIndicator> = context
        .pack
        .indicators
        .iter()
        .filter(applies)
        .map(|indicator| {
            let counts = indicator.community_value && indicator.kind == IndicatorKind::Basic;
            own(score(context, indicator, &unit.id), counts, explain)
        })
        .collect();
    let counting = || indicators.iter().filter(|own| own.counts);
    let assessed = || counting().filter_map(|own| Some((own.outcome.points()?, &own.max_points)));
    let points: Exact = assessed().map(|(points, _)| points).sum();
    let assessed_points: Exact = assessed().map(|(_, most)| most).sum();
    UnitScore {
        unit: unit.id.clone(),
        level: unit.level.clone(),
        parent: unit.parent.clone(),
        score: (&points * &Exact::from(100_i64)).divide(&assessed_points).as_ref().map(round_points),
        total_points: counting().map(|own| &own.max_points).sum(),
        points,
        assessed_points,
        indicators,
    }
}

fn own(score: IndicatorScore, counts: bool, explain: bool) -> UnitIndicator {
    UnitIndicator {
        code: score.code,
        counts,
        max_points: score.max_points,
        outcome: score.outcome,
        value: score.value,
        coverage: score.coverage,
        explanation: explain.then_some(score.explanation),
    }
}
