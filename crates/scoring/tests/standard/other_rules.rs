//! The other aggregations and rules: sums and deductions, lowest values, surveys with a plan, vetoes, terms, mixed grains.

use hejian_scoring::FactRow;
use hejian_scoring::Scores;

use crate::support::{day, district, fact, outcome, real_pack, scores};

fn scored(communities: usize, rows: &[(&str, &str, &str, &str)]) -> Scores {
    let rows: Vec<FactRow> =
        rows.iter().map(|(unit, period, measure, value)| fact(unit, period, measure, value)).collect();
    scores(&real_pack(), &district(communities), rows, day())
}

fn of(code: &str, communities: usize, rows: &[(&str, &str, &str, &str)]) -> String {
    outcome(scored(communities, rows).indicator(code).unwrap())
}

#[test]
fn each_overdue_household_costs_half_a_point_but_never_more_than_all() {
    let overdue = |first: &str, second: &str| {
        let measure = "household.zero_employment_overdue";
        of("C12", 2, &[("C1", "2009-05", measure, first), ("C2", "2009-05", measure, second)])
    };
    assert_eq!((overdue("0", "0"), overdue("1", "2"), overdue("4", "9")), ("2".into(), "0.5".into(), "0".into()));
    let one = of("C12", 2, &[("C1", "2009-05", "household.zero_employment_overdue", "0")]);
    assert_eq!(one, "missing_fact household.zero_employment_overdue");
}

#[test]
fn a_condition_of_the_district_is_all_or_nothing() {
    let office = |posts: &str, budget: &str| {
        of(
            "B01",
            0,
            &[
                ("D", "2009-05", "policy.leading_group_documents", "1"),
                ("D", "2009-05", "organisation.leading_group_principal_heads", "1"),
                ("D", "2009-05", "organisation.office_posts_filled", posts),
                ("D", "2009", "series.community_office_budget", budget),
            ],
        )
    };
    assert_eq!((office("3", "120000"), office("0", "120000"), office("3", "0")), ("2".into(), "0".into(), "0".into()));
}

#[test]
fn beds_of_a_month_are_divided_by_the_population_of_a_year() {
    let rows = [("D", "2009-05", "eldercare.beds", "500"), ("D", "2008", "series.population_60plus", "50000")];
    assert_eq!(of("A07", 0, &rows), "0.5");
    // A row of the ratio itself for a later month is newer than the beds of May.
    let newer = [rows[0], rows[1], ("D", "2009-06", "eldercare.beds_per_thousand", "750/50000")];
    assert_eq!(of("A07", 0, &newer), "1");
    assert_eq!(of("A07", 0, &rows[..1]), "missing_fact series.population_60plus");
}

#[test]
fn turnout_is_that_of_all_voters_of_the_term() {
    let term = "term-2008-06";
    let rows = [
        ("C1", term, "election.turnout", "400/1000"),
        ("C2", term, "election.turnout", "1700/3000"),
        ("C1", term, "election.days_late", "0"),
        ("C2", term, "election.days_late", "30"),
    ];
    // 2,100 of 4,000 voted: 1 point. One of two was elected on time: nothing more.
    assert_eq!(of("C02", 2, &rows), "1");
    assert_eq!(of("C02", 2, &rows[..3]), "missing_fact election.days_late");
}

#[test]
fn workers_pay_and_training_are_three_conditions_over_mixed_levels() {
    let rows = [
        ("C1", "2009-05", "staff.workers", "6"),
        ("C2", "2009-05", "staff.workers", "4"),
        ("C1", "2008", "series.households", "2000"),
        ("C2", "2008", "series.households", "2000"),
        ("C1", "2009-05", "staff.lowest_pay", "900"),
        ("C2", "2009-05", "staff.lowest_pay", "660"),
        ("D", "2008", "series.minimum_wage", "665"),
        ("C1", "2009-05", "staff.workers_trained", "6"),
        ("C2", "2009-05", "staff.workers_trained", "3"),
    ];
    // 10 workers for 4,000 households are one for 400; 660 is below 665; 9 of 10 are trained.
    assert_eq!(of("D05", 2, &rows), "1.5");
}

#[test]
fn a_survey_needs_the_answers_of_every_drawn_community_and_of_no_other() {
    let year = "2008";
    let mut rows = vec![("D", "2009-05", "series.major_cases", "0")];
    for (unit, ratio, population) in [("C1", "200/250", "1000"), ("C2", "190/200", "3000")] {
        rows.push((unit, year, "survey.safety_planned", "200"));
        rows.push((unit, year, "survey.safety_rate", ratio));
        rows.push((unit, year, "series.population", population));
    }
    // C3 answered without being drawn.
    rows.push(("C3", year, "survey.safety_rate", "0/900"));
    // (80 × 1000 + 95 × 3000) / 4000 = 91.25 %.
    let scores = scored(3, &rows);
    let score = scores.indicator("C17").unwrap();
    assert_eq!((outcome(score), score.value.as_ref().unwrap().text.as_str()), ("2".into(), "91.25"));
    let without = |unit: &str, measure: &str| {
        let left: Vec<_> = rows.iter().copied().filter(|row| (row.0, row.2) != (unit, measure)).collect();
        of("C17", 3, &left)
    };
    assert_eq!(without("C2", "survey.safety_rate"), "missing_fact survey.safety_rate");
    assert_eq!(without("C2", "series.population"), "missing_fact series.population");
    assert_eq!(without("D", "series.major_cases"), "missing_fact series.major_cases");
    // Without C2 in the plan 250 answers are left, and 400 are asked.
    assert_eq!(without("C2", "survey.safety_planned"), "too_few_answers survey.safety_rate");
    let nobody: Vec<_> = rows.iter().copied().filter(|row| row.2 != "survey.safety_planned").collect();
    assert_eq!(of("C17", 3, &nobody), "no_plan survey.safety_planned");
}

#[test]
fn a_major_case_wipes_the_indicator_out_and_blocks_the_total_even_without_a_survey() {
    let scores = scored(0, &[("D", "2009-05", "series.major_cases", "1")]);
    assert_eq!(outcome(scores.indicator("C17").unwrap()), "0");
    assert_eq!(scores.blocked_by, ["C17"]);
    assert_eq!((scores.points.to_string(), scores.assessed_points.to_string()), ("0".into(), "2".into()));
}
