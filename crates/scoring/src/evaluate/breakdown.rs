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
    let scored = context.pack.indicators.iter().filter(|indicator| applies(indicator));
    let indicators = scored.map(|indicator| one(context, indicator, &unit.id, explain)).collect();
    sum(unit.id.clone(), unit.level.clone(), unit.parent.clone(), indicators)
}

/// Whether an indicator is scored or shown in units below the district.
pub(super) fn applies(indicator: &Indicator) -> bool {
    indicator.level == Level::Community && (indicator.community_value || indicator.community_breakdown)
}

/// One indicator in a unit.
pub(super) fn one(context: &Context<'_>, indicator: &Indicator, unit: &str, explain: bool) -> UnitIndicator {
    let counts = indicator.community_value && indicator.kind == IndicatorKind::Basic;
    own(score(context, indicator, unit), counts, explain)
}

/// A unit's sums over its indicators.
pub(super) fn sum(unit: String, level: String, parent: Option<String>, indicators: Vec<UnitIndicator>) -> UnitScore {
    let counting = || indicators.iter().filter(|own| own.counts);
    let assessed = || counting().filter_map(|own| Some((own.outcome.points()?, &own.max_points)));
    let points: Exact = assessed().map(|(points, _)| points).sum();
    let assessed_points: Exact = assessed().map(|(_, most)| most).sum();
    UnitScore {
        unit,
        level,
        parent,
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
