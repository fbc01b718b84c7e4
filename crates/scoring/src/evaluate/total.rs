//! The total: basic indicators summed, the bonus beyond them up to its limit, and what vetoes that are true take away. Sums are
//! made of rounded points only; nothing is rounded here.

use super::scores::{AreaScore, BonusScore, IndicatorScore, VetoScore, VetoState};
use crate::exact::Exact;
use crate::pack::{Area, IndicatorKind, Pack, VetoEffect};

/// Everything about the whole that follows from the indicators.
pub(super) struct Total {
    pub points: Exact,
    pub assessed_points: Exact,
    pub bonus: BonusScore,
    pub effective_points: Exact,
    pub vetoes: Vec<VetoScore>,
    pub blocked_by: Vec<String>,
    pub areas: Vec<AreaScore>,
}

impl Total {
    /// `indicators` are the scores of the pack's indicators, in its order.
    pub(super) fn of(pack: &Pack, indicators: &[IndicatorScore]) -> Total {
        let areas: Vec<AreaScore> = pack.areas.iter().map(|found| area(found, indicators)).collect();
        let points: Exact = areas.iter().map(|area| &area.points).sum();
        let bonus = bonus(&pack.standard.bonus_points, indicators);
        let vetoes = vetoes(pack, indicators);
        let blocks = |veto: &&VetoScore| veto.state == VetoState::Vetoed && veto.effect == VetoEffect::Block;
        Total {
            assessed_points: areas.iter().map(|area| &area.assessed_points).sum(),
            effective_points: effective(&points + &bonus.counted, &vetoes),
            blocked_by: vetoes.iter().filter(blocks).map(|veto| veto.code.clone()).collect(),
            points,
            bonus,
            vetoes,
            areas,
        }
    }
}

fn area(area: &Area, indicators: &[IndicatorScore]) -> AreaScore {
    let of_area = || indicators.iter().filter(|score| score.area == area.code && score.kind == IndicatorKind::Basic);
    let assessed = || of_area().filter_map(|score| Some((score.outcome.points()?, &score.max_points)));
    AreaScore {
        code: area.code.clone(),
        points: assessed().map(|(points, _)| points).sum(),
        assessed_points: assessed().map(|(_, most)| most).sum(),
        total_points: area.points.clone(),
        assessed: assessed().count(),
        indicators: of_area().count(),
    }
}

fn bonus(most: &Exact, indicators: &[IndicatorScore]) -> BonusScore {
    let all = || indicators.iter().filter(|score| score.kind == IndicatorKind::Bonus);
    let points: Exact = all().filter_map(|score| score.outcome.points()).sum();
    BonusScore {
        counted: points.clone().min(most.clone()),
        points,
        most: most.clone(),
        assessed: all().filter(|score| score.outcome.points().is_some()).count(),
        indicators: all().count(),
    }
}

fn vetoes(pack: &Pack, indicators: &[IndicatorScore]) -> Vec<VetoScore> {
    let with_veto = pack.indicators.iter().zip(indicators).filter_map(|(indicator, score)| {
        let veto = indicator.veto.as_ref()?;
        let state = match (score.vetoed, score.outcome.points()) {
            (true, _) => VetoState::Vetoed,
            (false, Some(_)) => VetoState::Clear,
            // A rule behind a veto may be unknown while the veto is known to be false; the score says which.
            (false, None) if score.veto_clear() => VetoState::Clear,
            (false, None) => VetoState::Unknown,
        };
        Some(VetoScore { code: indicator.code.clone(), effect: veto.effect, cap: veto.cap.clone(), state })
    });
    with_veto.collect()
}

fn effective(total: Exact, vetoes: &[VetoScore]) -> Exact {
    vetoes.iter().filter(|veto| veto.state == VetoState::Vetoed).fold(total, |total, veto| match veto.effect {
        VetoEffect::Zero => Exact::zero(),
        VetoEffect::Block => total,
        VetoEffect::Cap => veto.cap.as_ref().map_or_else(|| total.clone(), |cap| total.clone().min(cap.clone())),
    })
}
