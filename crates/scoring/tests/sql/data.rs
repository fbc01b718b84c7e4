//! Random units and facts: numbers near thresholds, gaps, stale and faulty rows, units that begin or end near the day.

use chrono::NaiveDate;
use hejian_scoring::pack::{Measure, MeasureKind, MeasureLevel};
use hejian_scoring::period::{Grain, Period};
use hejian_scoring::{Amount, Exact, FactRow, Pack, Unit, Units};

use crate::chance::Chance;

/// One or two districts, subdistricts and communities; some begin or end near the day, some stand askew.
pub fn units(chance: &mut Chance, day: NaiveDate) -> Units {
    let mut list: Vec<Unit> = Vec::new();
    let mut unit = |chance: &mut Chance, id: String, level: &str, parent: Option<String>| {
        let near = |chance: &mut Chance| day + chrono::Days::new(chance.below(3)) - chrono::Days::new(1);
        let valid_from = chance.percent(10).then(|| near(chance));
        let valid_to = (valid_from.is_none() && chance.percent(10)).then(|| near(chance));
        list.push(Unit { id: id.clone(), name: None, level: level.to_owned(), parent, valid_from, valid_to });
        id
    };
    let city = unit(chance, "city".into(), "city", None);
    for d in 0..1 + chance.below(2) {
        let district = unit(chance, format!("d{d}"), "district", Some(city.clone()));
        for s in 0..chance.below(4) {
            let subdistrict = unit(chance, format!("d{d}s{s}"), "subdistrict", Some(district.clone()));
            for c in 0..chance.below(5) {
                // A community may stand under the district itself.
                let parent = if chance.percent(10) { &district } else { &subdistrict };
                unit(chance, format!("d{d}s{s}c{c}"), "community", Some(parent.clone()));
            }
        }
    }
    Units::new(list).expect("the tree is sound")
}

fn periods(grain: Grain, day: NaiveDate) -> Vec<Period> {
    use chrono::Datelike;
    let highest = match grain {
        Grain::Year => 1,
        Grain::Half => 2,
        Grain::Quarter => 4,
        Grain::Month | Grain::Term => 12,
    };
    let years = day.year() - 2..=day.year() + 1;
    years.flat_map(|year| (1..=highest).filter_map(move |number| Period::new(grain, year, number))).collect()
}

/// A number: mostly small, now and then with decimals, large, negative or 0.
fn amount(chance: &mut Chance, most: u64) -> Exact {
    let whole = |n: u64| Exact::from(n as i64);
    match chance.below(20) {
        0 => Exact::scaled(chance.below(1_000_000) as i64, 1 + chance.below(4) as u32),
        1 => -whole(chance.below(50)),
        2 => Exact::zero(),
        3 => whole(chance.below(9_999_999_999)),
        _ => whole(chance.below(most)),
    }
}

/// Rows for most measures at most units, several periods, some twice.
pub fn facts(chance: &mut Chance, pack: &Pack, units: &Units, day: NaiveDate) -> Vec<FactRow> {
    let mut rows = Vec::new();
    let density = *chance.one_of(&[55, 80, 97, 100]);
    let tame = chance.percent(60);
    for measure in pack.measures.values().filter(|measure| measure.fact) {
        let level = |unit: &&Unit| measure.level == MeasureLevel::Any || unit.level == measure.level.word();
        let periods = periods(measure.period, day);
        let now = periods.iter().filter(|p| p.day_after() <= day).count().max(1) - 1;
        // Most rows stand at the last closed period, so that much is known at all.
        let common = if chance.percent(80) { periods[now] } else { *chance.one_of(&periods) };
        for unit in units.iter().filter(level) {
            let mut chosen = Vec::new();
            if chance.percent(density) {
                chosen.push(common);
            }
            for _ in 0..chance.below(3) {
                chosen.push(*chance.one_of(&periods[now.saturating_sub(3)..(now + 3).min(periods.len())]));
            }
            if !tame && chance.percent(2) {
                chosen.push(common);
            }
            if tame {
                chosen.sort();
                chosen.dedup();
            }
            rows.extend(chosen.into_iter().map(|period| row(chance, measure, &unit.id, period, tame)));
        }
    }
    rows
}

fn row(chance: &mut Chance, measure: &Measure, unit: &str, period: Period, tame: bool) -> FactRow {
    let small = |chance: &mut Chance, low: u64, spread: u64| Exact::from((low + chance.below(spread)) as i64);
    let amount = match (measure.kind == MeasureKind::Ratio, tame) {
        (true, true) => Amount::Ratio { numerator: small(chance, 0, 40), denominator: small(chance, 40, 60) },
        (true, false) => Amount::Ratio { numerator: amount(chance, 40), denominator: amount(chance, 60) },
        (false, true) if measure.id.ends_with("bottom") => Amount::Value { value: small(chance, 40, 60) },
        (false, true) => Amount::Value { value: small(chance, 0, 40) },
        (false, false) => Amount::Value { value: amount(chance, 120) },
    };
    FactRow { unit: unit.to_owned(), period, measure: measure.id.clone(), amount, sources: Vec::new() }
}
