//! Faulty facts: each is named, and what it would have told is unknown, not replaced and not 0.

use hejian_scoring::facts::FactFault;
use hejian_scoring::{FactRow, Facts, evaluate};

use crate::support::{day, district, fact, outcome, real_pack};

/// The faults of the rows, and the outcome of an indicator despite them.
fn despite(code: &str, rows: Vec<FactRow>) -> (Vec<FactFault>, String) {
    let (pack, units) = (real_pack(), district(1));
    let (facts, faults) = Facts::new(&pack, &units, rows);
    let scores = evaluate(&pack, &facts, &units, day());
    (faults.into_iter().map(|error| error.fault).collect(), outcome(scores.indicator(code).unwrap()))
}

#[test]
fn a_second_row_of_the_same_unit_period_and_measure_leaves_nothing_known() {
    let measure = "series.good_air_days";
    let (faults, outcome) = despite("A09", vec![fact("D", "2008", measure, "340"), fact("D", "2008", measure, "340")]);
    assert_eq!((faults, outcome.as_str()), (vec![FactFault::Duplicate], "faulty_fact series.good_air_days"));
}

#[test]
fn a_part_above_its_whole_is_an_error_and_not_103_per_cent() {
    for rows in [
        vec![fact("D", "2008", "series.birth_policy_rate", "103/100")],
        vec![fact("D", "2008", "series.births_within_policy", "103"), fact("D", "2008", "series.births", "100")],
    ] {
        let (faults, outcome) = despite("A08", rows);
        assert!(matches!(faults[..], [FactFault::PartExceedsWhole { .. }]), "{faults:?}");
        assert_eq!(outcome, "faulty_fact series.birth_policy_rate");
    }
    // Volunteers of a month and residents of a year meet only when the ratio is read.
    let rows = vec![fact("C1", "2009-05", "volunteer.registered", "11"), fact("C1", "2008", "series.population", "10")];
    assert_eq!(despite("D07", rows).1.split(", ").next(), Some("part_exceeds_whole volunteer.registered_share"));
}

#[test]
fn a_ratio_that_contradicts_its_components_leaves_nothing_known() {
    let row = |births: &str| {
        vec![fact("D", "2008", "series.birth_policy_rate", "90/100"), fact("D", "2008", "series.births", births)]
    };
    let (faults, outcome) = despite("A08", row("99"));
    assert!(matches!(faults[..], [FactFault::Disagrees { .. }]), "{faults:?}");
    assert_eq!(outcome, "faulty_fact series.birth_policy_rate");
    assert_eq!(despite("A08", row("100")), (vec![], "1".into()));
}

#[test]
fn a_faulty_row_is_not_skipped_for_an_older_one() {
    let measure = "series.unemployment_rate";
    let rows = vec![fact("D", "2009-Q1", measure, "10/5"), fact("D", "2008-Q4", measure, "3/100")];
    assert_eq!(despite("A04", rows).1, "faulty_fact series.unemployment_rate");
}

#[test]
fn rows_in_the_wrong_place_are_refused_with_what_is_wrong() {
    let rows = vec![
        fact("D", "2008", "series.no_such_thing", "1"),
        fact("D", "2009-05", "organisation.units", "51"),
        fact("X", "2008", "series.good_air_days", "1"),
        fact("D", "2008", "series.households", "1"),
        fact("D", "2009-05", "series.good_air_days", "1"),
        fact("D", "2008", "series.good_air_days", "1/2"),
        fact("C1", "2008", "series.households", "-1"),
        fact("D", "2008", "series.births", "-1"),
    ];
    let (pack, units) = (real_pack(), district(1));
    let faults = Facts::strict(&pack, &units, rows).unwrap_err();
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r###"
    the fact of organisation.units for D in 2009-05: this measure is computed and carries no rows; remove the row
    the fact of series.births for D in 2008: -1 is below 0; correct it
    the fact of series.good_air_days for D in 2008: a ratio needs numerator and denominator, everything else one value
    the fact of series.good_air_days for D in 2009-05: the period is not a year; enter the figure for one
    the fact of series.good_air_days for X in 2008: the unit is not listed; correct the id or add the unit
    the fact of series.households for C1 in 2008: -1 is below 0; correct it
    the fact of series.households for D in 2008: a unit of level district carries no rows of it; enter it for a unit of level community
    the fact of series.no_such_thing for D in 2008: the measure is not one of the standard's; correct the id
    "###);
}
