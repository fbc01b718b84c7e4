//! What the demonstration district promises, read from outside.

mod people;
mod premises;
mod series;
mod timeline;
mod units;

use hejian_demo::{District, OPENS_ON, district};
use std::sync::LazyLock;

static DISTRICT: LazyLock<District> = LazyLock::new(|| district(2009).expect("the embedded files are sound"));

#[test]
fn one_seed_always_gives_the_same_district() {
    assert_eq!(district(2009).unwrap(), *DISTRICT);
    // Nor may a later version of the program draw other names from the same seed.
    let first: Vec<_> = DISTRICT.persons.iter().take(3).map(|p| p.name.as_str()).collect();
    assert_eq!(first, ["覃明才", "肖贵林", "曾友娟"]);
}

/// The value of a figure as known on the opening day, in its own decimals.
fn known(measure: &str, unit: &str, period: &str) -> i64 {
    let of = |f: &&hejian_demo::Figure| f.measure == measure && f.unit == unit && f.period == period;
    let figure = DISTRICT.figures.iter().find(of).unwrap_or_else(|| panic!("no {measure} of {unit} in {period}"));
    figure.known_on(OPENS_ON).unwrap_or_else(|| panic!("{measure} of {unit} in {period} is not known yet")).units
}

#[test]
fn the_district_goes_through_json_unchanged() {
    let text = serde_json::to_string(&*DISTRICT).unwrap();
    assert_eq!(serde_json::from_str::<District>(&text).unwrap(), *DISTRICT);
}

#[test]
fn the_summary_counts_what_is_there() {
    let s = DISTRICT.summary();
    assert_eq!((s.subdistricts, s.committees, s.communities, s.departments, s.lineage), (6, 86, 51, 51, 86));
    assert_eq!((s.accepted_offices, s.accepted_tenths, s.premises), (40, 296_400, 53));
    assert_eq!((s.coverage, s.figures, s.accounts), (58 * 15, 12_521, 15));
    assert_eq!((s.persons, s.posts, s.terms), (227, 225, 235));
}
