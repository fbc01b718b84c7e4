//! What the built-in pack holds, and that a damaged pack is refused with the place and the remedy.

use hejian_scoring::Pack;
use proptest::prelude::*;

use crate::support::{exact, real_pack, texts};

#[test]
fn the_district_standard_has_53_indicators_100_points_and_18_leads_with_civil_affairs() {
    let summary = real_pack().summary();
    assert_eq!((summary.indicators, summary.points), (53, exact("100")));
    assert_eq!(summary.leads["mzj"], 18);
    assert_eq!(summary.leads.values().sum::<usize>(), 53);
    let areas: Vec<_> =
        summary.areas.iter().map(|area| (area.code.as_str(), area.indicators, area.points.to_string())).collect();
    let area = |code, count, points: &str| (code, count, points.to_owned());
    assert_eq!(areas, [area("A", 9, "15"), area("B", 7, "15"), area("C", 28, "50"), area("D", 9, "20")]);
    assert_eq!(summary.community_level, 26);
    assert!(summary.status.unwrap().starts_with("RECONSTRUCTION"), "the pack must say it is a reconstruction");
}

#[test]
fn every_confidence_mark_survives_loading() {
    let pack = real_pack();
    assert!(pack.indicators.iter().all(|indicator| indicator.rule_confidence.as_deref() == Some("synthetic")));
    assert!(pack.indicators.iter().all(|indicator| indicator.confidence.as_deref() == Some("reconstructed")));
    assert_eq!(pack.indicator("C07").unwrap().threshold_confidence.as_deref(), Some("found(seed: 10)"));
    assert_eq!(pack.standard.pass_mark.unwrap().confidence, "synthetic");
}

#[test]
fn the_fingerprint_ignores_comments_and_layout_but_no_rule() {
    let (standard, measures) = texts();
    let print = |standard: &str| Pack::load("s", standard, "m", &measures).unwrap().fingerprint();
    let original = print(&standard);
    assert_eq!(original.len(), 64);
    assert_eq!(print(&format!("# another comment\n{standard}\n\n")), original);
    assert_eq!(print(&standard.replace("    full_at: 80\n", "    full_at:   80.0\n")), original);
    assert_ne!(print(&standard.replacen("    full_at: 80\n", "    full_at: 81\n", 1)), original);
}

/// Damages the standard in one place and gives the errors.
fn errors_after(find: &str, replace: &str) -> Vec<String> {
    let (standard, measures) = texts();
    assert!(standard.contains(find), "{find:?} is not in the standard");
    let damaged = standard.replacen(find, replace, 1);
    let errors =
        Pack::load("standard.yaml", &damaged, "measures.yaml", &measures).expect_err("the damage was not noticed");
    errors.0.iter().map(ToString::to_string).collect()
}

#[test]
fn every_kind_of_damage_is_named_with_its_place_and_its_remedy() {
    let shown: Vec<String> = [
        ("  points: 2\n  lead: tjj", "  points: 3\n  lead: tjj"),
        ("- code: A02", "- code: A01"),
        ("expr: floor_area >= max", "expr: flor_area >= max"),
        ("expr: floor_area >= max(300,", "expr: floor_area >= max(300;"),
        ("floor_area: premises.usable_floor_area", "floor_area: premises.usable_flor_area"),
        ("    id: series.good_air_days\n    kind: count", "    id: series.good_air_days\n    kind: value"),
        ("  aggregation: share_of_units", "  aggregation: share_of_unit"),
        ("  total_points: 100", "  total_points: 90"),
        ("  indicators: 28", "  indicators: 27"),
        ("    full_at: 4.5", "    full_at: 4,5"),
        ("    full_at: 4.5", "    full_at: 7"),
        ("  rule_reason: full up to 4.5 %", "  rule_raeson: full up to 4.5 %"),
        ("  lead: ldj\n", ""),
        ("    scale: 100\n", "    scale: 10\n"),
        ("  name_zh: 地区生产总值增长", "  name_zh: &x 地区生产总值增长"),
        ("areas:\n", "areas:\n  - [\n"),
    ]
    .into_iter()
    .map(|(find, replace)| errors_after(find, replace).join("\n"))
    .collect();
    insta::assert_snapshot!(shown.join("\n\n"), @r###"
    standard.yaml:230:11: A: the points of the area is 15, but 16 is needed; write 16, or correct the other place
    standard.yaml:210:17: total_points is 100, but 101 is needed; write 101, or correct the other place

    standard.yaml:310:9: indicator `A01` is used twice; give each indicator its own name

    standard.yaml:3005:11: D02: the expression uses `flor_area`, which is not bound; use one of floor_area, households, or bind the name

    standard.yaml:3005:11: D02: the expression in `expr` cannot be read: `;` has no meaning in an expression (character 22 of the expression); use numbers, names, + - * /, < <= > >= ==, and or not, max(...), min(...), parentheses

    standard.yaml:3007:19: D02: measure `premises.usable_flor_area` does not exist; write `premises.usable_floor_area`, or add it

    standard.yaml:739:11: A09: kind of `series.good_air_days` is value, but count (as in the measures file) is needed; write count (as in the measures file), or correct the other place

    standard.yaml:1166:16: B07: `share_of_unit` is not a word for `aggregation`; write one of district_value, ratio_of_sums, share_of_units, mean, weighted_mean, sum, min, weighted_survey

    standard.yaml:210:17: total_points is 90, but 100 is needed; write 100, or correct the other place

    standard.yaml:239:15: C: the number of indicators of the area is 27, but 28 is needed; write 28, or correct the other place

    standard.yaml:457:14: A04: `full_at` is `4,5`, where a decimal number such as 4.5 is needed; write a decimal number such as 4.5 after `full_at:`

    standard.yaml:457:14: A04: full_at 7 is not below zero_at 6, as the direction of the measure asks; write a full_at below zero_at

    standard.yaml:459:3: A04: the key `rule_raeson` is unknown here; write `rule_reason`, or remove the key

    standard.yaml:425:3: A04: the key `lead` is missing; add `lead: ...`

    standard.yaml:331:12: A02: scale of `series.budget_revenue_growth` is 10, but 100 (as in the measures file) is needed; write 100 (as in the measures file), or correct the other place

    standard.yaml:249:12: an anchor (`&name`) is not part of the pack format; write the value out where it is used, in one document

    standard.yaml:227:1: the text is not YAML: invalid indentation; correct the indentation, quotes or colon at this place
    "###);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_loaded_or_refused_without_a_panic(standard in "([a-z]{1,5}: |- |\\[|\\{|\\}|'|\n|  |&a |\\*a |0){0,60}|.{0,200}") {
        let _ = Pack::load("s", &standard, "m", &standard);
    }

    #[test]
    fn a_pack_with_one_damaged_line_is_loaded_or_refused_with_a_place_inside_the_file(line in 0_usize..3000, garbage in "[ -~]{0,30}") {
        let (standard, measures) = texts();
        let lines: Vec<&str> = standard.lines().collect();
        let line = line % lines.len();
        let damaged: Vec<&str> = lines.iter().enumerate().map(|(i, text)| if i == line { garbage.as_str() } else { text }).collect();
        if let Err(errors) = Pack::load("s", &damaged.join("\n"), "m", &measures) {
            prop_assert!(!errors.0.is_empty());
            prop_assert!(errors.0.iter().all(|error| (1..=lines.len() + 1).contains(&error.line) && error.column > 0), "{}", errors);
        }
    }
}

#[test]
fn nesting_beyond_the_limit_is_refused_and_does_not_exhaust_the_stack() {
    for text in ["[".repeat(200_000), "- ".repeat(200_000), "a: {".repeat(50_000), "? ".repeat(100_000)] {
        assert!(Pack::load("s", &text, "m", &text).is_err());
    }
}
