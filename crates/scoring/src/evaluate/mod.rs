//! Scores a standard from facts. Owns the order of things: indicator by indicator, area by area, unit by unit; the rule that
//! matters: a missing fact makes an indicator *not assessed*, never 0, and a total says how many points it stands on.
//!
//! Pure: facts, units and the date come in, scores and explanations go out.

mod breakdown;
mod condition;
mod figure;
mod indicator;
mod points;
mod pooled;
mod reading;
mod reads;
mod rescore;
mod rule;
mod scores;
mod survey;
mod total;

use chrono::NaiveDate;

pub(crate) use points::points_of;
pub(crate) use reads::Reads;
pub use rescore::{rescore, what_if};
pub use scores::{
    AreaScore, BonusScore, IndicatorScore, Outcome, Scores, UnitIndicator, UnitScore, VetoScore, VetoState,
};

use crate::exact::Exact;
use crate::facts::Facts;
use crate::pack::Pack;
use crate::units::Units;

/// Version of the rules of arithmetic and reading in this crate. A stored score names it: when it changes, the same facts may score otherwise.
pub const ENGINE_VERSION: u32 = 2;

/// Everything a figure is computed from.
#[derive(Clone, Copy)]
struct Context<'a> {
    pack: &'a Pack,
    facts: &'a Facts,
    units: &'a Units,
    as_of: NaiveDate,
}

/// Scores the district on a date: every indicator with its explanation, the areas, and the scores of the units below.
///
/// The district is the one unit of level `district` in being on `as_of`. Where there is none, or more than one, nothing is
/// assessed; use [`evaluate_at`] to name it.
pub fn evaluate(pack: &Pack, facts: &Facts, units: &Units, as_of: NaiveDate) -> Scores {
    let scope = units.district(as_of).map(|unit| unit.id.clone()).unwrap_or_default();
    evaluate_at(pack, facts, units, as_of, &scope)
}

/// As [`evaluate`], for a named district.
pub fn evaluate_at(pack: &Pack, facts: &Facts, units: &Units, as_of: NaiveDate, district: &str) -> Scores {
    let context = Context { pack, facts, units, as_of };
    Scores {
        pack_fingerprint: pack.fingerprint(),
        breakdown: breakdown::below(&context, district),
        ..total(&context, district)
    }
}

/// As [`evaluate`], without the units below and without the fingerprint: what a run of totals over many days needs, and what the
/// pack's own tests look at.
pub fn evaluate_total(pack: &Pack, facts: &Facts, units: &Units, as_of: NaiveDate) -> Scores {
    let scope = units.district(as_of).map(|unit| unit.id.clone()).unwrap_or_default();
    total(&Context { pack, facts, units, as_of }, &scope)
}

fn total(context: &Context<'_>, district: &str) -> Scores {
    let pack = context.pack;
    let indicators: Vec<IndicatorScore> =
        pack.indicators.iter().map(|indicator| indicator::score(context, indicator, district)).collect();
    let total = total::Total::of(pack, &indicators);
    Scores {
        engine_version: ENGINE_VERSION,
        pack: pack.standard.id.clone(),
        pack_version: pack.standard.version,
        pack_fingerprint: String::new(),
        as_of: context.as_of,
        unit: district.to_owned(),
        points: total.points,
        assessed_points: total.assessed_points,
        total_points: pack.standard.total_points.clone(),
        bonus: total.bonus,
        effective_points: total.effective_points,
        vetoes: total.vetoes,
        blocked_by: total.blocked_by,
        areas: total.areas,
        indicators,
        breakdown: Vec::new(),
    }
}

/// Scores one indicator for a unit (the district, or one below it): what a page about that indicator needs, at a fraction of
/// the cost. `None` when the pack has no such code.
pub fn evaluate_indicator(
    pack: &Pack,
    facts: &Facts,
    units: &Units,
    as_of: NaiveDate,
    unit: &str,
    code: &str,
) -> Option<IndicatorScore> {
    let context = Context { pack, facts, units, as_of };
    Some(indicator::score(&context, pack.indicator(code)?, unit))
}

/// Scores one unit below the district, by the indicators that count there; with the explanation of each.
///
/// `None` when the unit is not listed. A community's score follows the standard: points over its community indicators assessed there, times 100 over their points.
pub fn evaluate_unit(pack: &Pack, facts: &Facts, units: &Units, as_of: NaiveDate, unit: &str) -> Option<UnitScore> {
    let context = Context { pack, facts, units, as_of };
    Some(breakdown::unit(&context, units.get(unit)?, true))
}

/// Points as the standard rounds them: once, to 0.01, a half upwards.
fn round_points(points: &Exact) -> Exact {
    points.round_half_up(2)
}
