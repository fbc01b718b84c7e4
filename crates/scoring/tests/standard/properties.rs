//! What must hold for any facts: nothing becomes 0 by missing, nothing depends on the order of rows, sums are sums.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use hejian_scoring::pack::{Indicator, MeasureKind, MeasureLevel};
use hejian_scoring::period::{Grain, Window};
use hejian_scoring::{Exact, FactRow, Facts, Outcome, Pack, Scores, evaluate_indicator};
use proptest::prelude::*;

use crate::support::{day, district, fact, real_pack, scores};

const COMMUNITIES: usize = 3;

/// A figure for a measure that keeps every part below its whole: actives < registered < residents, parts < 1,000 <= wholes.
fn figure(pack: &Pack, measure: &str, seed: u32) -> u32 {
    let is = |part: fn(&hejian_scoring::pack::RatioOf) -> &String| {
        pack.measures.values().filter_map(|measure| measure.ratio.as_ref()).any(|ratio| part(ratio) == measure)
    };
    match (is(|ratio| &ratio.numerator), is(|ratio| &ratio.denominator)) {
        (true, true) => 500 + seed % 500,
        (true, false) => seed % 500,
        (false, true) => 1000 + seed % 4000,
        // Small numbers make conditions, tiers and deductions come out both ways.
        (false, false) if measure.ends_with("_planned") => 1 + seed % 50,
        (false, false) => seed % 6,
    }
}

/// One row for every measure a fact may carry, in every unit of its level: the whole standard can be assessed.
fn all_facts(pack: &Pack, seeds: &[u32]) -> Vec<FactRow> {
    let communities: Vec<String> = (1..=COMMUNITIES).map(|i| format!("C{i}")).collect();
    let mut rows = Vec::new();
    let mut seed = seeds.iter().cycle();
    for measure in pack.measures.values().filter(|measure| measure.fact && measure.kind != MeasureKind::Ratio) {
        let units: Vec<&str> = match measure.level {
            MeasureLevel::District | MeasureLevel::Any => vec!["D"],
            MeasureLevel::Subdistrict => vec!["S1", "S2"],
            MeasureLevel::Community => communities.iter().map(String::as_str).collect(),
        };
        let period = match measure.period {
            // A state of the running year may be read; a flow is that of the last closed one.
            Grain::Year if measure.window == Window::State => "2009",
            Grain::Year => "2008",
            Grain::Half => "2008-H2",
            Grain::Quarter => "2009-Q1",
            Grain::Month => "2009-05",
            Grain::Term => "term-2008-06",
        };
        for unit in units {
            let value = figure(pack, &measure.id, *seed.next().expect("there is at least one seed"));
            rows.push(fact(unit, period, &measure.id, &value.to_string()));
        }
    }
    rows
}

fn score(pack: &Pack, rows: Vec<FactRow>) -> Scores {
    scores(pack, &district(COMMUNITIES), rows, day())
}

fn seeds() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0_u32..1_000_000, 5..40)
}

/// Measures each indicator reads, the components of ratios included.
fn needed(code: &str) -> &'static BTreeSet<String> {
    static NEEDED: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
        let pack = real_pack();
        let of = |indicator: &Indicator| {
            let text = serde_json::to_string(indicator).unwrap();
            let named = pack.measures.values().filter(|measure| text.contains(&format!("\"{}\"", measure.id)));
            let with_parts = named.flat_map(|measure| {
                let parts = measure.ratio.iter().flat_map(|ratio| [ratio.numerator.clone(), ratio.denominator.clone()]);
                parts.chain([measure.id.clone()])
            });
            (indicator.code.clone(), with_parts.collect())
        };
        pack.indicators.iter().map(of).collect()
    });
    &NEEDED[code]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn with_every_fact_every_indicator_is_assessed_and_the_total_is_the_sum(seeds in seeds()) {
        let pack = real_pack();
        let scores = score(&pack, all_facts(&pack, &seeds));
        for score in &scores.indicators {
            prop_assert!(score.outcome.points().is_some(), "{}: {:?}", score.code, score.outcome);
            prop_assert!(*score.outcome.points().unwrap() <= score.max_points);
            prop_assert!(score.explanation.walk().any(|node| !node.sources.is_empty()), "{} cannot be opened", score.code);
        }
        let sum: Exact = scores.indicators.iter().filter_map(|score| score.outcome.points()).sum();
        prop_assert_eq!(&scores.points, &sum);
        prop_assert_eq!(&scores.points, &scores.areas.iter().map(|area| &area.points).sum::<Exact>());
        prop_assert_eq!(&scores.assessed_points, &scores.total_points);
    }

    #[test]
    fn taking_a_fact_away_leaves_an_outcome_as_it_is_or_makes_it_not_assessed(seeds in seeds(), gone in any::<prop::sample::Index>()) {
        let pack = real_pack();
        let mut rows = all_facts(&pack, &seeds);
        let before = score(&pack, rows.clone());
        let gone = rows.remove(gone.index(rows.len()));
        let after = score(&pack, rows);
        for (was, is) in before.indicators.iter().zip(&after.indicators) {
            // A plan row is the exception by intent: it says whose answers count.
            if gone.measure.ends_with("_planned") && needed(&was.code).contains(&gone.measure) {
                continue;
            }
            match &is.outcome {
                Outcome::Assessed { .. } => prop_assert_eq!(&is.outcome, &was.outcome, "{} without {:?}", was.code, &gone),
                Outcome::NotAssessed { reasons } => {
                    prop_assert!(needed(&was.code).contains(&gone.measure), "{} without {:?}", was.code, &gone);
                    prop_assert!(reasons.iter().any(|reason| !reason.units.is_empty() && reason.units.contains(&gone.unit)), "{:?}", reasons);
                }
            }
        }
        prop_assert!(after.assessed_points <= after.total_points && after.points <= after.assessed_points);
    }

    #[test]
    fn the_order_of_rows_changes_nothing(seeds in seeds(), turn in any::<prop::sample::Index>()) {
        let pack = real_pack();
        let rows = all_facts(&pack, &seeds);
        let mut turned = rows.clone();
        turned.reverse();
        turned.rotate_left(turn.index(rows.len()));
        prop_assert_eq!(score(&pack, rows), score(&pack, turned));
    }

    #[test]
    fn any_part_of_the_facts_gives_sums_that_hold_and_reasons_for_the_rest(seeds in seeds(), kept in prop::collection::vec(any::<bool>(), 200..400)) {
        let pack = real_pack();
        let mut kept = kept.iter().cycle();
        let rows = all_facts(&pack, &seeds).into_iter().filter(|_| *kept.next().unwrap()).collect();
        let scores = score(&pack, rows);
        let assessed: Exact = scores.indicators.iter().filter(|score| score.outcome.points().is_some()).map(|score| &score.max_points).sum();
        prop_assert_eq!(&scores.assessed_points, &assessed);
        prop_assert!(scores.assessed_points <= scores.total_points);
        for score in scores.indicators.iter().filter(|score| score.outcome.points().is_none()) {
            prop_assert!(!score.outcome.reasons().is_empty(), "{} does not say why", score.code);
        }
    }
}

#[test]
fn without_any_fact_nothing_is_assessed_and_every_indicator_says_why() {
    let pack = real_pack();
    let scores = score(&pack, Vec::new());
    assert_eq!((scores.points.to_string(), scores.assessed_points.to_string()), ("0".into(), "0".into()));
    assert!(scores.indicators.iter().all(|score| score.value.is_none() && !score.outcome.reasons().is_empty()));
    assert!(scores.breakdown.iter().all(|unit| unit.score.is_none()));
}

#[test]
fn a_floor_area_exactly_at_the_threshold_meets_it_for_every_number_of_households() {
    let pack = real_pack();
    let units = district(4001);
    // Community `i` has 999 + i households: every number from 1,000 to 5,000, in one district.
    let met = |less: i64| {
        let rows = (1_i64..=4001).flat_map(|i| {
            let (unit, households) = (format!("C{i}"), 999 + i);
            // A fifth of a square metre a household, and 300 at least; in hundredths of a square metre.
            let hundredths = (households * 20).max(30_000) - less;
            let area = Exact::scaled(hundredths, 2).to_string();
            let households = fact(&unit, "2008", "series.households", &households.to_string());
            [households, fact(&unit, "2009-05", "premises.usable_floor_area", &area)]
        });
        let facts = Facts::strict(&pack, &units, rows.collect()).unwrap();
        let d02 = evaluate_indicator(&pack, &facts, &units, day(), "D", "D02").unwrap();
        (d02.coverage.unwrap().met.unwrap(), d02.outcome.points().unwrap().to_string())
    };
    assert_eq!(met(0), (4001, "3".to_owned()));
    assert_eq!(met(1), (0, "0".to_owned()));
}
