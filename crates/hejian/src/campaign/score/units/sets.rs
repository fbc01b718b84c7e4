//! Units of a level by which of their indicators are assessed.
//!
//! The rule that matters: there is no order between two sets.

use std::collections::BTreeMap;

use hejian_scoring::{
    Exact,
    evaluate::UnitScore,
    pack::{IndicatorKind, Level},
};

use super::super::service::Scored;

/// Units in which the same indicators are assessed.
#[derive(Debug)]
pub(crate) struct Set<'a> {
    /// Codes of the assessed indicators, in the standard's order.
    pub codes: Vec<&'a str>,
    /// The units, the highest score first.
    pub members: Vec<Member<'a>>,
}

/// A unit in its set.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    /// Its score.
    pub score: &'a UnitScore,
    /// Its place in the set, from 1; equal scores share one.
    pub rank: usize,
}

/// All sets, the one that stands on most points first; the one where nothing is assessed last.
pub(crate) fn of(scored: &Scored, level: Level) -> Vec<Set<'_>> {
    let mut by_codes: BTreeMap<Vec<&str>, Vec<&UnitScore>> = BTreeMap::new();
    for unit in scored.scores.breakdown.iter().filter(|unit| unit.level == level.word()) {
        by_codes.entry(assessed(unit).collect()).or_default().push(unit);
    }
    let mut sets: Vec<Set<'_>> =
        by_codes.into_iter().map(|(codes, units)| Set { codes, members: ranked(units) }).collect();
    let base = |set: &Set<'_>| set.members.first().map_or_else(Exact::zero, |m| m.score.assessed_points.clone());
    sets.sort_by(|a, b| base(b).cmp(&base(a)).then_with(|| b.members.len().cmp(&a.members.len())));
    sets
}

/// Sorts by score; the official order stays between equals.
fn ranked(mut units: Vec<&UnitScore>) -> Vec<Member<'_>> {
    units.sort_by(|a, b| b.score.cmp(&a.score));
    let mut members: Vec<Member<'_>> = Vec::new();
    for (at, score) in units.into_iter().enumerate() {
        let rank = members.last().filter(|before| before.score.score == score.score).map_or(at + 1, |same| same.rank);
        members.push(Member { score, rank });
    }
    members
}

fn assessed(unit: &UnitScore) -> impl Iterator<Item = &str> {
    unit.indicators.iter().filter(|own| own.counts && own.outcome.points().is_some()).map(|own| own.code.as_str())
}

/// Codes of the indicators that lost points.
pub(crate) fn short(unit: &UnitScore) -> impl Iterator<Item = &str> {
    let lost = unit.indicators.iter().filter(|own| own.counts);
    lost.filter(|own| own.outcome.points().is_some_and(|points| *points < own.max_points)).map(|own| own.code.as_str())
}

/// How many indicators count in a community's own score.
pub(crate) fn counting(scored: &Scored) -> usize {
    let counts = |kind, level, value| kind == IndicatorKind::Basic && level == Level::Community && value;
    scored.standard.pack.indicators.iter().filter(|i| counts(i.kind, i.level, i.community_value)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str, score: Option<i64>) -> UnitScore {
        UnitScore {
            unit: name.to_owned(),
            level: "community".to_owned(),
            parent: None,
            points: Exact::zero(),
            assessed_points: Exact::zero(),
            total_points: Exact::zero(),
            score: score.map(Exact::from),
            indicators: Vec::new(),
        }
    }

    #[test]
    fn equal_scores_share_a_place_and_the_next_one_is_counted_on() {
        let units = [unit("a", Some(80)), unit("b", Some(95)), unit("c", Some(80)), unit("d", Some(10))];
        let members = ranked(units.iter().collect());
        let order: Vec<(&str, usize)> = members.iter().map(|m| (m.score.unit.as_str(), m.rank)).collect();
        assert_eq!(order, [("b", 1), ("a", 2), ("c", 2), ("d", 4)]);
    }
}
