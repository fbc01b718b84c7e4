//! Figures: periods, dates, and the story they tell on the opening day.

use super::{DISTRICT, known};
use chrono::NaiveDate;
use hejian_demo::*;
use std::collections::BTreeSet;

fn district_value(measure: &str, period: &str) -> i64 {
    known(measure, DISTRICT_KEY, period)
}

const DISTRICT_KEY: &str = hejian_demo::DISTRICT;

/// The measures of the register's own name that the story of the campaign tells.
const STORY: [&str; 4] =
    ["series.major_cases", "series.minimum_wage", "series.community_office_budget", "series.population_60plus"];

/// What is decided for a year at its beginning, not counted after its end.
const DECIDED: [&str; 4] =
    ["series.community_office_budget", "series.minimum_wage", "duty.target_letters", "duty.appraisal_weight"];

/// The first and the last day of a period.
fn days(period: &str) -> (NaiveDate, NaiveDate) {
    let day = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let months = |year: i32, month: u32, long: u32| {
        (day(year, month), day(year, month).checked_add_months(chrono::Months::new(long)).unwrap().pred_opt().unwrap())
    };
    let period = period.strip_prefix("term-").unwrap_or(period);
    let year = period[..4].parse().unwrap();
    match period.get(5..) {
        None => months(year, 1, 12),
        Some(quarter) if quarter.starts_with('Q') => months(year, quarter[1..].parse::<u32>().unwrap() * 3 - 2, 3),
        Some(month) => months(year, month.parse().unwrap(), 1),
    }
}

/// Percentage in hundredths.
fn rate(part: &str, whole: &str, period: &str) -> i64 {
    district_value(part, period) * 10_000 / district_value(whole, period)
}

#[test]
fn each_measure_has_one_figure_a_unit_and_period() {
    let mut seen = BTreeSet::new();
    for f in &DISTRICT.figures {
        assert!(seen.insert((&f.measure, &f.unit, &f.period)), "{f:?}");
        assert!(DISTRICT.units.iter().any(|u| u.key == f.unit), "{f:?}");
        assert!(DISTRICT.units.iter().any(|u| u.key == f.department && u.kind == UnitKind::Department), "{f:?}");
        assert!(!f.document.is_empty() && f.mark.status == Status::Synthetic, "{f:?}");
    }
    let measures: BTreeSet<_> = DISTRICT.figures.iter().map(|f| f.measure.as_str()).collect();
    assert_eq!(measures.len(), 97);
    let economy = |f: &&Figure| !STORY.contains(&f.measure.as_str()) && f.measure.starts_with("series.");
    // 13 yearly over 4 years, 2 over 13 quarters, 2 for each community over 4 years.
    assert_eq!(DISTRICT.figures.iter().filter(economy).count(), 13 * 4 + 2 * 13 + 2 * 51 * 4);
}

#[test]
fn a_figure_is_entered_after_its_period_and_corrected_after_that() {
    for f in &DISTRICT.figures {
        let (first, last) = days(&f.period);
        if DECIDED.contains(&f.measure.as_str()) {
            assert!(f.entered_on > first && f.entered_on < last, "{f:?}");
        } else {
            assert!(f.entered_on > last, "{f:?}");
        }
        assert!(f.corrections.iter().all(|c| c.on > f.entered_on && c.value != f.value), "{f:?}");
    }
}

#[test]
fn the_opening_day_knows_the_year_2008_the_first_quarter_and_may_and_what_was_decided_for_2009() {
    let latest = |measure: &str| {
        let of = DISTRICT.figures.iter().filter(|f| f.measure == measure && f.known_on(OPENS_ON).is_some());
        of.map(|f| f.period.as_str()).max().unwrap()
    };
    let mut months = BTreeSet::new();
    for measure in DISTRICT.figures.iter().map(|f| f.measure.as_str()).collect::<BTreeSet<_>>() {
        let last = latest(measure);
        if DECIDED.contains(&measure) && measure != "series.minimum_wage" {
            assert_eq!(last, "2009", "{measure}");
        } else if last.contains('Q') {
            assert_eq!(last, "2009-Q1", "{measure}");
        } else if last.len() == 4 {
            assert_eq!(last, "2008", "{measure}");
        } else {
            months.insert(last);
        }
    }
    assert_eq!(months.last(), Some(&"term-2008-05"));
    assert_eq!(months.iter().filter(|m| m.starts_with('2')).max(), Some(&"2009-05"), "{months:?}");
}

#[test]
fn a_rate_has_a_denominator_that_its_numerator_does_not_exceed() {
    let rates: Vec<_> = DISTRICT.figures.iter().filter_map(|f| Some((f, f.of?))).collect();
    assert!(rates.len() > 1000, "{}", rates.len());
    for (f, of) in rates {
        assert!(of.units > 0 && f.value.units >= 0 && f.value.units <= of.units, "{f:?}");
        assert_eq!(f.unit_of_measurement, "%", "{f:?}");
    }
}

#[test]
fn every_community_reports_every_measure_of_communities_but_the_survey_draws_twelve() {
    let communities = DISTRICT.units.iter().filter(|u| u.kind == UnitKind::Community).count();
    let mut units = std::collections::BTreeMap::<_, BTreeSet<_>>::new();
    for f in DISTRICT.figures.iter().filter(|f| f.unit != DISTRICT_KEY) {
        units
            .entry((f.measure.as_str(), f.measure.starts_with("survey.").then_some(&f.period)))
            .or_default()
            .insert(&f.unit);
    }
    for ((measure, survey), told) in units {
        assert_eq!(told.len(), if survey.is_some() { 12 } else { communities }, "{measure} {survey:?}");
    }
}

#[test]
fn one_figure_was_corrected_and_keeps_its_first_value() {
    let corrected: Vec<_> = DISTRICT.figures.iter().filter(|f| !f.corrections.is_empty()).collect();
    assert_eq!(corrected.len(), 1);
    let f = corrected[0];
    assert_eq!((f.measure.as_str(), f.period.as_str()), ("series.budget_revenue_increase", "2008"));
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let at = |on| f.known_on(on).map(|n| n.units);
    assert_eq!(at(day(2009, 1, 19)), None);
    assert_eq!(at(day(2009, 1, 20)), Some(3580));
    assert_eq!(at(day(2009, 5, 11)), Some(3580));
    assert_eq!(at(day(2009, 5, 12)), Some(3620));
}

#[test]
fn on_the_opening_day_some_indicators_are_met_and_some_only_in_part() {
    // A01 behind the city, by less than three points.
    let behind = district_value("series.city_gdp_growth", "2008") - district_value("series.gdp_growth", "2008");
    assert!((1..30).contains(&behind));
    // A02 over 10 %.
    assert!(rate("series.budget_revenue_increase", "series.budget_revenue_last_year", "2008") > 1000);
    // A03 ahead of the province.
    assert!(
        district_value("series.urban_income_growth", "2008")
            > district_value("series.province_urban_income_growth", "2008")
    );
    // A04 between 4.5 and 6 %.
    assert_eq!(rate("series.registered_unemployed", "series.urban_labour_force", "2009-Q1"), 480);
    // A05: pensions over 90 %, medical insurance between 70 and 90 %.
    assert!(rate("series.pension_insured", "series.pension_due", "2008") >= 9000);
    assert!((7000..9000).contains(&rate("series.medical_insured", "series.medical_due", "2008")));
    // A08 over 90 %.
    assert!(rate("series.births_within_policy", "series.births", "2008") >= 9000);
    // A09 between 310 and 330 days.
    assert!((310..330).contains(&district_value("series.good_air_days", "2008")));
    // D01: every community is large enough.
    for unit in DISTRICT.units.iter().filter(|u| u.kind == UnitKind::Community) {
        assert!(known("series.households", &unit.key, "2008") >= 2000, "{}", unit.key);
    }
}

#[test]
fn parts_never_exceed_their_wholes_and_the_budget_years_join() {
    let parts = [
        ("series.pension_insured", "series.pension_due"),
        ("series.medical_insured", "series.medical_due"),
        ("series.births_within_policy", "series.births"),
        ("series.registered_unemployed", "series.urban_labour_force"),
    ];
    let last = |f: &Figure| f.corrections.last().map_or(f.value, |c| c.value).units;
    let find = |measure: &str, period: &str| {
        last(DISTRICT.figures.iter().find(|f| f.measure == measure && f.period == period).unwrap())
    };
    for (part, whole) in parts {
        for f in DISTRICT.figures.iter().filter(|f| f.measure == part) {
            assert!(last(f) <= find(whole, &f.period), "{part} {}", f.period);
        }
    }
    for year in 2008..=2010 {
        let (before, now) = ((year - 1).to_string(), year.to_string());
        assert_eq!(
            find("series.budget_revenue_last_year", &now),
            find("series.budget_revenue_last_year", &before) + find("series.budget_revenue_increase", &before),
            "{year}"
        );
    }
}

#[test]
fn the_figures_of_2008_are_those_of_the_units_file() {
    for unit in DISTRICT.units.iter().filter(|u| u.kind == UnitKind::Community) {
        assert_eq!(Some(known("series.households", &unit.key, "2008")), unit.households.map(i64::from));
        assert_eq!(Some(known("series.population", &unit.key, "2008")), unit.population.map(i64::from));
        let years: Vec<_> = DISTRICT
            .figures
            .iter()
            .filter(|f| f.unit == unit.key && f.measure == "series.households")
            .map(|f| (f.period.as_str(), f.value.units))
            .collect();
        assert!(years.windows(2).all(|w| w[0].1 <= w[1].1) && years[0].1 >= 2000, "{years:?}");
    }
}

#[test]
fn a_number_prints_its_decimals() {
    let print = |units, decimals| Number { units, decimals }.to_string();
    assert_eq!(
        (print(124, 1), print(-5, 1), print(-1205, 2), print(326, 0)),
        ("12.4".into(), "-0.5".into(), "-12.05".into(), "326".into())
    );
}
