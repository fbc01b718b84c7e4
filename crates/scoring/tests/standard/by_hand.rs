//! Indicators scored by hand: the district series (A01–A05, A08, A09) and the shares of units (D01–D03).

use hejian_scoring::{FactRow, Pack};

use crate::support::{day, district, fact, outcome, real_pack, scores};

/// The outcome of one indicator in a district of `communities` communities.
fn scored(pack: &Pack, code: &str, communities: usize, rows: &[(&str, &str, &str, &str)]) -> String {
    let rows: Vec<FactRow> =
        rows.iter().map(|(unit, period, measure, value)| fact(unit, period, measure, value)).collect();
    outcome(scores(pack, &district(communities), rows, day()).indicator(code).unwrap())
}

/// District facts given as measure, period and value.
fn series(pack: &Pack, code: &str, rows: &[(&str, &str, &str)]) -> String {
    let rows: Vec<_> = rows.iter().map(|(measure, period, value)| ("D", *period, *measure, *value)).collect();
    scored(pack, code, 0, &rows)
}

#[test]
fn growth_is_scored_by_its_distance_to_the_average_of_the_same_year() {
    let pack = real_pack();
    for (code, own, average) in [
        ("A01", "series.gdp_growth", "series.city_gdp_growth"),
        ("A03", "series.urban_income_growth", "series.province_urban_income_growth"),
    ] {
        let year = |own_value: &str, average_value: &str| {
            series(&pack, code, &[(own, "2008", own_value), (average, "2008", average_value)])
        };
        assert_eq!(year("14.1", "14.1"), "2");
        assert_eq!(year("15", "14.1"), "2");
        // Two thirds of 2 points, rounded once to 0.01.
        assert_eq!(year("13.1", "14.1"), "1.33");
        assert_eq!(year("12.6", "14.1"), "1");
        assert_eq!(year("11.1", "14.1"), "0");
        assert_eq!(series(&pack, code, &[(own, "2008", "15")]), format!("missing_fact {average}"));
        // 2007 was read through March 2009.
        assert_eq!(
            series(&pack, code, &[(own, "2007", "15"), (average, "2007", "14")]),
            format!("stale {own}, stale {average}")
        );
        // The flow of the running year is not closed, so the last closed year counts.
        let running = [(own, "2008", "15"), (average, "2008", "14"), (own, "2009", "1"), (average, "2009", "14")];
        assert_eq!(series(&pack, code, &running), "2");
    }
}

#[test]
fn growth_is_not_compared_across_years() {
    let pack = real_pack();
    let rows = vec![fact("D", "2008", "series.gdp_growth", "15"), fact("D", "2007", "series.city_gdp_growth", "14")];
    let in_march = "2009-03-01".parse().unwrap();
    let score = scores(&pack, &district(0), rows, in_march);
    assert_eq!(
        outcome(score.indicator("A01").unwrap()),
        "no_common_period series.gdp_growth, no_common_period series.city_gdp_growth"
    );
    // A third row makes 2007 the latest year that has both: 10 is four points behind 14.
    let rows = vec![
        fact("D", "2008", "series.gdp_growth", "15"),
        fact("D", "2007", "series.gdp_growth", "10"),
        fact("D", "2007", "series.city_gdp_growth", "14"),
    ];
    assert_eq!(outcome(scores(&pack, &district(0), rows, in_march).indicator("A01").unwrap()), "0");
}

#[test]
fn revenue_growth_is_made_of_increase_and_last_year() {
    let pack = real_pack();
    let growth = |ratio: &str| series(&pack, "A02", &[("series.budget_revenue_growth", "2008", ratio)]);
    assert_eq!(growth("2500/25000"), "2");
    // 3.33 % of 10 %: 0.666 points.
    assert_eq!(growth("33.3/1000"), "0.67");
    assert_eq!(growth("-5/1000"), "0");
    assert_eq!(growth("0/0"), "zero_denominator series.budget_revenue_growth");
    let parts = [("series.budget_revenue_increase", "2008", "50"), ("series.budget_revenue_last_year", "2008", "1000")];
    assert_eq!(series(&pack, "A02", &parts), "1");
    assert_eq!(series(&pack, "A02", &parts[..1]), "missing_fact series.budget_revenue_last_year");
    assert_eq!(series(&pack, "A02", &[]), "missing_fact series.budget_revenue_growth");
}

#[test]
fn unemployment_is_a_state_that_may_be_read_in_the_running_quarter_and_less_is_better() {
    let pack = real_pack();
    let rate = |period: &str, ratio: &str| series(&pack, "A04", &[("series.unemployment_rate", period, ratio)]);
    assert_eq!(rate("2009-Q2", "45/1000"), "2");
    assert_eq!(rate("2009-Q1", "525/10000"), "1");
    assert_eq!(rate("2009-Q1", "6/100"), "0");
    assert_eq!(rate("2008-Q4", "3/100"), "2");
    assert_eq!(rate("2008-Q3", "3/100"), "stale series.unemployment_rate");
    assert_eq!(rate("2009-Q3", "3/100"), "not_yet_closed series.unemployment_rate");
}

#[test]
fn the_lower_of_two_insurance_coverages_counts() {
    let pack = real_pack();
    let both = |pension: &str, medical: &str| {
        series(
            &pack,
            "A05",
            &[("series.pension_coverage", "2008", pension), ("series.medical_coverage", "2008", medical)],
        )
    };
    assert_eq!(both("90/100", "95/100"), "2");
    assert_eq!(both("95/100", "80/100"), "1");
    assert_eq!(both("70/100", "99/100"), "0");
    assert_eq!(
        series(&pack, "A05", &[("series.pension_coverage", "2008", "9/10")]),
        "missing_fact series.medical_coverage"
    );
}

#[test]
fn births_in_line_with_policy_and_good_air_days_are_scored_for_the_closed_year() {
    let pack = real_pack();
    let births = |ratio: &str| series(&pack, "A08", &[("series.birth_policy_rate", "2008", ratio)]);
    assert_eq!((births("90/100"), births("85/100"), births("80/100")), ("1".into(), "0.5".into(), "0".into()));
    assert_eq!(births("0/0"), "zero_denominator series.birth_policy_rate");
    let air = |period: &str, days: &str| series(&pack, "A09", &[("series.good_air_days", period, days)]);
    assert_eq!((air("2008", "330"), air("2008", "329"), air("2008", "309")), ("1".into(), "0.5".into(), "0".into()));
    assert_eq!(air("2009", "340"), "not_yet_closed series.good_air_days");
}

#[test]
fn community_size_is_a_share_of_all_communities_and_unknown_where_one_is_unknown() {
    let pack = real_pack();
    let rows = |large: usize, approved: usize| -> Vec<(String, &'static str, &'static str, &'static str)> {
        let households =
            (1..=5).map(|i| (format!("C{i}"), "2008", "series.households", if i <= large { "2000" } else { "1999" }));
        let approvals = (1..=approved).map(|i| (format!("C{i}"), "2009-05", "organisation.setup_approvals", "1"));
        households.chain(approvals).collect()
    };
    let size = |large: usize, approved: usize| {
        let rows = rows(large, approved);
        let rows: Vec<_> =
            rows.iter().map(|(unit, period, measure, value)| (unit.as_str(), *period, *measure, *value)).collect();
        scored(&pack, "D01", 5, &rows)
    };
    assert_eq!(size(5, 5), "2");
    assert_eq!(size(4, 5), "1");
    assert_eq!(size(3, 5), "0");
    // The fifth is too small whatever its approval says: false and unknown is false.
    assert_eq!(size(4, 4), "1");
    assert_eq!(size(5, 4), "missing_fact organisation.setup_approvals");
}

#[test]
fn premises_are_scored_by_the_share_of_communities_that_meet_both_thresholds() {
    let pack = real_pack();
    let premises = |areas: &[&str]| {
        let mut rows = Vec::new();
        let ids: Vec<String> = (1..=5).map(|i| format!("C{i}")).collect();
        for id in &ids {
            rows.push((id.as_str(), "2008", "series.households", "2446"));
        }
        for (id, area) in ids.iter().zip(areas) {
            rows.push((id.as_str(), "2009-05", "premises.usable_floor_area", *area));
        }
        scored(&pack, "D02", 5, &rows)
    };
    // 20 m² for each 100 of 2,446 households are 489.2 m².
    assert_eq!(premises(&["489.2", "489.2", "489.2", "489.2", "489.1"]), "3");
    assert_eq!(premises(&["489.2", "489.2", "489.2", "0", "0"]), "1.5");
    assert_eq!(premises(&["489.2", "489.2", "0", "0", "0"]), "0");
    assert_eq!(premises(&["489.2", "489.2", "489.2", "489.2"]), "missing_fact premises.usable_floor_area");
}

#[test]
fn service_centres_are_scored_by_three_conditions() {
    let pack = real_pack();
    let month = "2009-06";
    let centres = |first: &str, second: &str, district: Option<&str>| {
        let measure = "premises.subdistrict_service_centres";
        let mut rows = vec![("S1", month, measure, first), ("S2", month, measure, second)];
        rows.extend(district.map(|count| ("D", month, "premises.district_service_centres", count)));
        scored(&pack, "D03", 0, &rows)
    };
    assert_eq!(centres("1", "2", Some("1")), "2");
    assert_eq!(centres("1", "1", Some("0")), "1.5");
    assert_eq!(centres("1", "0", Some("1")), "0.5");
    assert_eq!(centres("1", "1", None), "missing_fact premises.district_service_centres");
}
