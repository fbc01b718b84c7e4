//! The scores of communities and subdistricts, and what more would bring.

use hejian_scoring::improve::{Improvement, Step, improvement};
use hejian_scoring::{FactRow, Facts, evaluate, evaluate_unit};

use crate::support::{day, district, exact, fact, outcome, real_pack, scores};

fn premises(areas: &[&str]) -> Vec<FactRow> {
    let rows = areas.iter().enumerate().flat_map(|(i, area)| {
        let unit = format!("C{}", i + 1);
        [fact(&unit, "2008", "series.households", "1500"), fact(&unit, "2009-05", "premises.usable_floor_area", area)]
    });
    rows.collect()
}

#[test]
fn a_community_is_scored_over_the_indicators_assessed_there_and_labelled_with_both_sums() {
    let (pack, units) = (real_pack(), district(3));
    let (facts, _) = Facts::new(&pack, &units, premises(&["300", "299", "400"]));
    let district = evaluate(&pack, &facts, &units, day());
    let shown: Vec<String> = district
        .breakdown
        .iter()
        .map(|unit| {
            let score = unit.score.as_ref().map_or("-".to_owned(), ToString::to_string);
            format!(
                "{} {score} = {} of {} assessed of {}",
                unit.unit, unit.points, unit.assessed_points, unit.total_points
            )
        })
        .collect();
    // D02 brings 3, 0 and 3 points; households below 2,000 make D01 false without the approval: 0 of 2.
    assert_eq!(
        shown,
        [
            "S1 60 = 3 of 5 assessed of 49",
            "S2 0 = 0 of 5 assessed of 49",
            "C1 60 = 3 of 5 assessed of 49",
            "C2 0 = 0 of 5 assessed of 49",
            "C3 60 = 3 of 5 assessed of 49",
        ]
    );
    let own = evaluate_unit(&pack, &facts, &units, day(), "C1").unwrap();
    assert_eq!(own.points, exact("3"));
    let shown_only = own.indicators.iter().filter(|own| !own.counts).map(|own| own.code.as_str());
    assert_eq!(shown_only.collect::<Vec<_>>(), ["A06", "C06", "C12", "C18", "C27", "D07"]);
    let explained =
        own.indicators.iter().find(|own| own.code == "D02").and_then(|own| own.explanation.as_ref()).unwrap();
    let unit =
        explained.walk().find(|node| node.operation.as_deref() == Some("300 >= max(300, 1500 / 100 * 20) = 300"));
    assert_eq!(unit.and_then(|node| node.unit.as_deref()), Some("C1"));
}

#[test]
fn a_community_without_any_fact_has_no_score_rather_than_0() {
    let (pack, units) = (real_pack(), district(1));
    let score = evaluate_unit(&pack, &Facts::default(), &units, day(), "C1").unwrap();
    assert_eq!((score.score, score.assessed_points), (None, exact("0")));
    assert_eq!(evaluate_unit(&pack, &Facts::default(), &units, day(), "nobody"), None);
}

#[test]
fn the_way_up_counts_the_units_that_are_missing() {
    let pack = real_pack();
    let d02 = pack.indicator("D02").unwrap();
    let way_up = |areas: &[&str]| {
        let scores = scores(&pack, &district(5), premises(areas), day());
        let score = scores.indicator("D02").unwrap().clone();
        (outcome(&score), improvement(d02, &score))
    };
    let step = |units, points| Some(Step { units, points: exact(points) });
    // 40 % is still nothing; 60 % is half, 80 % is all.
    let expected = Improvement { next: step(2, "1.5"), best: step(3, "3") };
    assert_eq!(way_up(&["300", "0", "0", "0", "0"]), ("0".into(), Some(expected)));
    let nothing_more = Improvement { next: None, best: None };
    assert_eq!(way_up(&["300", "300", "300", "300", "0"]), ("3".into(), Some(nothing_more)));
    assert_eq!(way_up(&["300", "300", "300", "300"]).1, None);
    let air = scores(&pack, &district(0), vec![fact("D", "2008", "series.good_air_days", "300")], day());
    assert_eq!(improvement(pack.indicator("A09").unwrap(), air.indicator("A09").unwrap()), None);
}
