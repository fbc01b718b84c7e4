//! What the text refuses, and what it does at its edges: numbers the tables cannot hold, thresholds met exactly, sums of
//! fractions beyond its widest number.

use hejian_scoring::sql::{self, Limits, RowError, SqlError};
use hejian_scoring::{Amount, Exact, FactRow, Facts, Pack};

use crate::{compare, day, district, district_pack, engines};

fn row(unit: &str, period: &str, measure: &str, amount: Amount) -> FactRow {
    let period = period.parse().unwrap();
    FactRow { unit: unit.into(), period, measure: measure.into(), amount, sources: Vec::new() }
}

fn value(text: &str) -> Amount {
    Amount::Value { value: Exact::parse(text).unwrap() }
}

#[test]
fn a_number_the_tables_cannot_hold_is_refused_and_never_rounded() {
    let (pack, units) = (district_pack(), district(1));
    let compiled = sql::compile(&pack).unwrap();
    let refused = |text: &str| {
        let rows = vec![row("s0c0", "2009-05", "premises.usable_floor_area", value(text))];
        let (facts, faults) = Facts::new(&pack, &units, rows);
        assert!(faults.is_empty(), "{faults:?}");
        compiled.rows(&pack, &facts, &units, day()).unwrap_err().remove(0)
    };
    assert!(matches!(refused("489.12345"), RowError::TooFine { places: 4, .. }));
    assert!(matches!(refused("10000000000.0001"), RowError::TooLarge { .. }));
    let finer = Limits { places: 5, ..Limits::default() };
    assert!(matches!(sql::compile_within(&pack, finer), Err(SqlError::Limits { places: 5, .. })));
    let finer = Limits { number: 1_000_000_000, ..finer };
    assert!(sql::compile_within(&pack, finer).is_ok());
}

#[tokio::test]
async fn a_floor_area_exactly_at_the_threshold_meets_it_in_every_database() {
    let (pack, units) = (district_pack(), district(40));
    let compiled = sql::compile(&pack).unwrap();
    let mut engines = engines::engines(&compiled).await;
    for less in [0, 1] {
        // A fifth of a square metre a household, and 300 at least; in hundredths of a square metre.
        let rows = units.iter().filter(|unit| unit.level == "community").enumerate().flat_map(|(i, unit)| {
            let households = 1_400 + 7 * i as i64;
            let area = Exact::scaled((households * 20).max(30_000) - less, 2);
            let count = Amount::Value { value: Exact::from(households) };
            [
                row(&unit.id, "2008", "series.households", count),
                row(&unit.id, "2009-05", "premises.usable_floor_area", Amount::Value { value: area }),
            ]
        });
        let facts = Facts::strict(&pack, &units, rows.collect()).unwrap();
        let rows = compiled.rows(&pack, &facts, &units, day()).unwrap();
        for engine in &mut engines {
            let (found, _) = compare::answered(engine.score(&compiled, &rows).await);
            let said = &found[&("d".to_owned(), "D02".to_owned())];
            let wanted = if less == 0 { "3" } else { "0" };
            assert_eq!(said.points.as_ref().unwrap().to_string(), wanted, "{}", engine.name());
        }
    }
}

/// The mean over communities of a ratio whose denominators are `start`, `start + 1`, …
async fn mean_of_ratios(communities: usize, start: i64) -> Vec<(bool, bool)> {
    let standard = "
standard: {id: means, name_zh: n, version: 1, total_points: 2}
areas:
- {code: A, name_zh: n, name_en: n, indicators: 1, points: 2}
indicators:
- {code: A01, area: A, name_zh: n, name_en: n, points: 2, lead: mzj, words: w, level: community,
   community_value: false, community_breakdown: false, aggregation: mean,
   measure: {id: r.share, kind: ratio, words: w, unit: u, direction: at_least, period: year, window: flow, stale_after: 15,
   numerator: {id: r.part}, denominator: {id: r.whole}, scale: 100}, rule: {type: proportional, full_at: 90, zero_at: 10}}
";
    let entry = |id: &str, kind: &str, more: &str| {
        format!(
            "- {{id: {id}, kind: {kind}, words: w, unit: u, level: community, register: r, period: year, window: flow, stale_after: 15, fact: true{more}, used_by: [A01]}}\n"
        )
    };
    let ratio = ", numerator: r.part, denominator: r.whole, scale: 100, part_of_whole: true";
    let (part, whole, share) =
        (entry("r.part", "count", ""), entry("r.whole", "count", ""), entry("r.share", "ratio", ratio));
    let measures = format!("measures:\n{part}{whole}{share}");
    let pack =
        Pack::load("standard.yaml", standard, "measures.yaml", &measures).unwrap_or_else(|errors| panic!("{errors}"));
    let units = district(communities);
    let rows = units.iter().filter(|unit| unit.level == "community").enumerate().map(|(i, unit)| {
        let (numerator, denominator) = (Exact::from(1 + i as i64), Exact::from(start + i as i64));
        row(&unit.id, "2008", "r.share", Amount::Ratio { numerator, denominator })
    });
    let facts = Facts::strict(&pack, &units, rows.collect()).unwrap();
    let compiled = sql::compile(&pack).unwrap();
    let rows = compiled.rows(&pack, &facts, &units, day()).unwrap();
    let expected = compare::expected(&pack, &facts, &units, day());
    let place = ("d".to_owned(), "A01".to_owned());
    let mut answers = Vec::new();
    for engine in &mut engines::engines(&compiled).await {
        let (found, wide) = compare::answered(engine.score(&compiled, &rows).await);
        answers.push((found[&place] == expected[&place], wide.contains(&place)));
    }
    answers
}

#[tokio::test]
async fn means_of_ratios_are_exact_for_every_denominator_up_to_127_together() {
    assert!(mean_of_ratios(31, 4).await.iter().all(|answer| *answer == (true, false)));
}

#[tokio::test]
async fn a_sum_of_fractions_beyond_the_widest_number_is_flagged_and_says_nothing() {
    assert!(mean_of_ratios(40, 1_000_003).await.iter().all(|answer| *answer == (false, true)));
}
