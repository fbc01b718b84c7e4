//! Units and facts for a pack: most are sound, some are missing, old, early or 0.

use chrono::NaiveDate;

use super::Dice;
use crate::exact::Exact;
use crate::facts::{Amount, FactRow, Source};
use crate::pack::{Measure, MeasureKind, Pack, RatioOf};
use crate::period::Period;
use crate::units::{Unit, Units};

/// The day random facts are made for.
pub const AS_OF: NaiveDate = match NaiveDate::from_ymd_opt(2009, 6, 22) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A district with one or two subdistricts and so many communities.
pub fn units(dice: &mut Dice, communities: usize) -> Units {
    let unit = |id: String, level: &str, parent: Option<&str>| Unit {
        id,
        name: None,
        level: level.to_owned(),
        parent: parent.map(str::to_owned),
        valid_from: None,
        valid_to: None,
    };
    let subdistricts = dice.between(1, 2);
    let mut list = vec![unit("D".into(), "district", None)];
    list.extend((1..=subdistricts).map(|i| unit(format!("S{i}"), "subdistrict", Some("D"))));
    list.extend(
        (1..=communities).map(|i| unit(format!("C{i}"), "community", Some(&format!("S{}", i % subdistricts + 1)))),
    );
    Units::new(list).expect("one district, its subdistricts and their communities are a tree")
}

/// Rows for every measure that carries rows and every unit of its level, with gaps; all of them pass the checks of
/// [`crate::Facts`].
pub fn facts(dice: &mut Dice, pack: &Pack, units: &Units) -> Vec<FactRow> {
    let is_part = |id: &str| {
        let ratios = pack.measures.values().filter_map(|measure| measure.ratio.as_ref());
        ratios.clone().any(|ratio| ratio.numerator == id || ratio.denominator == id)
    };
    let mut rows = Vec::new();
    for measure in pack.measures.values().filter(|measure| measure.fact && !is_part(&measure.id)) {
        for unit in units.iter().filter(|unit| measure.level.admits(&unit.level)) {
            if dice.chance(8) {
                continue;
            }
            match &measure.ratio {
                None => rows.extend(value_row(dice, measure, &unit.id)),
                Some(ratio) => rows.extend(ratio_rows(dice, pack, measure, ratio, &unit.id)),
            }
        }
    }
    rows
}

/// The latest period that may be read, sometimes one before or after.
fn period(dice: &mut Dice, measure: &Measure) -> Option<Period> {
    let mut found = Period::containing(measure.period, AS_OF)?;
    let back = match dice.below(20) {
        0 => 0,
        1 => 3,
        2..=4 => 2,
        _ => 1,
    };
    for _ in 0..back {
        found = Period::containing(measure.period, found.first_day().pred_opt()?)?;
    }
    Some(found)
}

fn value_row(dice: &mut Dice, measure: &Measure, unit: &str) -> Option<FactRow> {
    let value = match measure.kind {
        MeasureKind::Count => Exact::from(dice.below(120)),
        _ => dice.decimal(120),
    };
    let period = period(dice, measure)?;
    Some(row(dice, measure, unit, period, Amount::Value { value }))
}

/// A ratio as a row of its own, or as rows of its two parts; now and then with nothing below the line.
fn ratio_rows(dice: &mut Dice, pack: &Pack, measure: &Measure, ratio: &RatioOf, unit: &str) -> Vec<FactRow> {
    let whole = if dice.chance(5) { 0 } else { dice.between(1, 200) };
    let part = if ratio.part_of_whole || dice.chance(80) { dice.below(whole + 1) } else { dice.below(300) };
    let (numerator, denominator) = (Exact::from(part), Exact::from(whole));
    let Some(found) = period(dice, measure) else { return Vec::new() };
    if dice.chance(50) {
        return vec![row(dice, measure, unit, found, Amount::Ratio { numerator, denominator })];
    }
    let mut rows = Vec::new();
    for (id, value) in [(&ratio.numerator, numerator), (&ratio.denominator, denominator)] {
        let Some(component) = pack.measure(id) else { continue };
        // Parts of one grain are told for one period; another grain has its own.
        let at = if component.period == measure.period { Some(found) } else { period(dice, component) };
        if let Some(at) = at.filter(|_| !dice.chance(4)) {
            rows.push(row(dice, component, unit, at, Amount::Value { value }));
        }
    }
    rows
}

fn row(dice: &mut Dice, measure: &Measure, unit: &str, period: Period, amount: Amount) -> FactRow {
    let version = dice.between(1, 5) as i64;
    let source =
        Source { register: measure.register.clone(), record: format!("{}/{unit}/{period}", measure.id), version };
    FactRow { unit: unit.to_owned(), period, measure: measure.id.clone(), amount, sources: vec![source] }
}
