//! The batch evaluator gives what the tree evaluator gives: at every unit, for every indicator, with facts of every kind of trouble.

use hejian_scoring::batch::{self, Standing};
use hejian_scoring::evaluate::UnitScore;
use hejian_scoring::pack::{MeasureKind, MeasureLevel};
use hejian_scoring::period::Grain;
use hejian_scoring::{
    Exact, FactRow, Facts, Outcome, Pack, Unit, Units, evaluate_at, evaluate_indicator, evaluate_unit,
};
use proptest::prelude::*;

use crate::support::{day, fact, real_pack};

fn unit(id: &str, level: &str, parent: Option<&str>, to: Option<&str>) -> Unit {
    Unit {
        id: id.into(),
        name: None,
        level: level.into(),
        parent: parent.map(Into::into),
        valid_from: None,
        valid_to: to.map(|to| to.parse().unwrap()),
    }
}

/// A province with a city of two districts; one community ended, one directly under its district, one subdistrict without any.
pub fn province() -> Units {
    let mut list = vec![
        unit("P", "province", None, None),
        unit("K", "city", Some("P"), None),
        unit("D", "district", Some("K"), None),
        unit("E", "district", Some("K"), None),
        unit("S1", "subdistrict", Some("D"), None),
        unit("S2", "subdistrict", Some("D"), None),
        unit("T1", "subdistrict", Some("E"), None),
        unit("T2", "subdistrict", Some("E"), None),
        unit("old", "community", Some("S1"), Some("2009-06-01")),
        unit("C9", "community", Some("D"), None),
    ];
    for (i, parent) in ["S1", "S2", "S1", "T1", "T1", "S2"].into_iter().enumerate() {
        list.push(unit(&format!("C{i}"), "community", Some(parent), None));
    }
    Units::new(list).unwrap()
}

/// A source of numbers from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

/// Facts with gaps, old and early periods, duplicates, decimals, parts above their whole, and rows of ratios beside their components.
pub fn facts(pack: &Pack, units: &Units, seed: u64, gaps: u64) -> Vec<FactRow> {
    let mut dice = Dice(seed | 1);
    let mut rows = Vec::new();
    for measure in pack.measures.values().filter(|measure| measure.fact) {
        let admits = |unit: &&Unit| match measure.level {
            MeasureLevel::Any => ["district", "community"].contains(&unit.level.as_str()),
            level => level.word() == unit.level,
        };
        for unit in units.iter().filter(admits) {
            let times = 1 + u64::from(dice.roll(6) == 0);
            for _ in 0..times {
                if dice.roll(1000) < gaps {
                    continue;
                }
                let turn = dice.roll(20);
                let period = match (measure.period, turn) {
                    (Grain::Year, 0) => "2007",
                    (Grain::Year, _) => "2008",
                    (Grain::Half, _) => "2008-H2",
                    (Grain::Quarter, 0) => "2008-Q4",
                    (Grain::Quarter, _) => "2009-Q1",
                    (Grain::Month, 0) => "2009-04",
                    (Grain::Month, 1) => "2008-01",
                    (Grain::Month, _) => "2009-05",
                    (Grain::Term, _) => "term-2008-06",
                };
                let is_whole =
                    |id: &String| pack.measures.values().filter_map(|m| m.ratio.as_ref()).any(|r| r.denominator == *id);
                let small = dice.roll(6);
                let value = if measure.kind == MeasureKind::Ratio {
                    if dice.roll(3) > 0 {
                        continue;
                    }
                    let whole = dice.roll(60);
                    format!("{}/{whole}", dice.roll(whole + 2).min(whole + u64::from(dice.roll(50) == 0)))
                } else if is_whole(&measure.id) {
                    (40 + dice.roll(40)).to_string()
                } else if measure.id.ends_with("_planned") {
                    (dice.roll(40)).to_string()
                } else if measure.kind == MeasureKind::Value {
                    format!(
                        "{}{}.{}",
                        ["", "-"][usize::from(dice.roll(9) == 0)],
                        dice.roll(40) * 1000 / 7,
                        dice.roll(100)
                    )
                } else if measure.unit == "户" || measure.unit == "人" {
                    dice.roll(40).to_string()
                } else {
                    small.to_string()
                };
                rows.push(fact(&unit.id, period, &measure.id, &value));
            }
        }
    }
    rows
}

fn hundredths(points: &Exact) -> Exact {
    points.clone()
}

fn same(code: &str, unit: &str, tree: &Outcome, batch: Standing) -> Result<(), TestCaseError> {
    prop_assert_eq!(tree.points().map(hundredths), batch.points(), "{} at {}: {:?} but {:?}", code, unit, tree, batch);
    prop_assert!(batch != Standing::NotScored, "{} at {} is not scored", code, unit);
    Ok(())
}

/// Holds the batch equal to the tree evaluator at every unit.
pub fn check(pack: &Pack, units: &Units, rows: Vec<FactRow>, threads: usize) -> Result<usize, TestCaseError> {
    let (facts, _) = Facts::new(pack, units, rows);
    let found = batch::score_facts(pack, &facts, units, day(), threads).unwrap();
    let mut compared = 0;
    for unit in &found {
        let known = units.get(&unit.unit).unwrap();
        let points = |exact: &Exact| exact.clone();
        let total = |hundredths: i64| Exact::scaled(hundredths, 2);
        if ["community", "subdistrict"].contains(&known.level.as_str()) {
            let tree: UnitScore = evaluate_unit(pack, &facts, units, day(), &unit.unit).unwrap();
            let scored: Vec<_> =
                unit.indicators.iter().filter(|(_, standing)| *standing != Standing::NotScored).collect();
            prop_assert_eq!(tree.indicators.len(), scored.len());
            for (tree, (code, standing)) in tree.indicators.iter().zip(scored) {
                prop_assert_eq!(&tree.code, code);
                same(code, &unit.unit, &tree.outcome, *standing)?;
                compared += usize::from(tree.outcome.points().is_some());
            }
            prop_assert_eq!(points(&tree.points), total(unit.totals.points));
            prop_assert_eq!(points(&tree.assessed_points), total(unit.totals.assessed));
        } else {
            let tree = evaluate_at(pack, &facts, units, day(), &unit.unit);
            for (tree, (code, standing)) in tree.indicators.iter().zip(&unit.indicators) {
                prop_assert_eq!(&tree.code, code);
                same(code, &unit.unit, &tree.outcome, *standing)?;
                compared += usize::from(tree.outcome.points().is_some());
            }
            prop_assert_eq!(points(&tree.points), total(unit.totals.points), "{}", unit.unit);
            prop_assert_eq!(points(&tree.assessed_points), total(unit.totals.assessed), "{}", unit.unit);
            prop_assert_eq!(&tree.effective_points, &unit.effective, "{}", unit.unit);
        }
    }
    Ok(compared)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_batch_is_the_tree_evaluator_on_any_facts(seed in any::<u64>(), gaps in 0_u64..120, threads in 1_usize..4) {
        let pack = real_pack();
        let units = province();
        let rows = facts(&pack, &units, seed, gaps);
        check(&pack, &units, rows, threads)?;
    }
}

#[test]
fn with_few_gaps_most_of_what_is_compared_is_assessed() {
    let (pack, units) = (real_pack(), province());
    let rows = facts(&pack, &units, 20_090_622, 2);
    let compared = check(&pack, &units, rows, 2).unwrap();
    assert!(compared > 150, "{compared}");
}

#[test]
fn values_are_those_of_the_tree_evaluator() {
    let (pack, units) = (real_pack(), province());
    let (facts, _) = Facts::new(&pack, &units, facts(&pack, &units, 7, 5));
    let (table, order) = batch::Table::of_facts(&pack, &facts, &units, day()).unwrap();
    let scored = batch::score(&pack, &table, 1).unwrap();
    let mut known = 0;
    for (index, unit) in order.iter().enumerate().filter(|(index, _)| scored.is_scored(*index)) {
        for (i, indicator) in pack.indicators.iter().enumerate() {
            if scored.standing(index, i) == Standing::NotScored {
                continue;
            }
            let tree = evaluate_indicator(&pack, &facts, &units, day(), &unit.id, &indicator.code).unwrap();
            let value = scored.value(index, i).map(|value| value.to_decimal().0);
            assert_eq!(value, tree.value.map(|value| value.text), "{} at {}", indicator.code, unit.id);
            known += usize::from(scored.value(index, i).is_some());
        }
    }
    assert!(known > 100, "{known}");
}
