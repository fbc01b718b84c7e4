//! A whole pack: document, areas, indicators, measures, migration record and tests that hold.

use std::collections::BTreeMap;

use super::indicators::{basic_points, indicator};
use super::{AS_OF, Dice, facts, measures, units};
use crate::evaluate::{Outcome, evaluate_total};
use crate::exact::Exact;
use crate::facts::{FactRow, Facts};
use crate::pack::{
    Area, CodeChange, DutiesFate, EvidenceFate, Expected, Fate, Indicator, IndicatorKind, Marked, Migration,
    MigrationFrom, Pack, PackTest, ScoresFate, Standard, State,
};

/// A pack of up to a dozen indicators that uses any part of the format.
pub fn pack(dice: &mut Dice) -> Pack {
    let dictionary = measures::dictionary(dice);
    let codes: Vec<String> = (0..dice.between(1, 3)).map(|i| char::from(b'A' + i as u8).to_string()).collect();
    let mut indicators = Vec::new();
    for area in &codes {
        for i in 1..=dice.between(1, 4) {
            indicators.push(indicator(dice, format!("{area}{i:02}"), area.clone(), &dictionary));
        }
    }
    let areas = codes.iter().map(|code| area(dice, code, &indicators)).collect();
    let version = dice.between(1, 9) as u32;
    let mut pack = Pack {
        standard: standard(dice, version, &indicators),
        areas,
        migration: (version > 1 && dice.chance(50)).then(|| migration(dice, version, &indicators)),
        indicators,
        measures: dictionary.into_iter().map(|measure| (measure.id.clone(), measure)).collect(),
        tests: Vec::new(),
    };
    pack.tests = (0..dice.below(3)).map(|i| test(dice, &pack, i)).collect();
    pack
}

fn area(dice: &mut Dice, code: &str, indicators: &[Indicator]) -> Area {
    let of_area = || indicators.iter().filter(|indicator| indicator.area == code);
    Area {
        code: code.to_owned(),
        name_zh: dice.text(),
        name_en: dice.text(),
        indicators: of_area().count(),
        points: basic_points(of_area()),
    }
}

fn standard(dice: &mut Dice, version: u32, indicators: &[Indicator]) -> Standard {
    let bonus = indicators.iter().any(|indicator| indicator.kind == IndicatorKind::Bonus);
    Standard {
        id: format!("random-{}", dice.below(1000)),
        version,
        state: *dice.pick(&[State::Draft, State::Published]),
        name_zh: dice.text(),
        document_no: dice.maybe_text(),
        issued: dice.maybe_text(),
        status: Some("SYNTHETIC - made by chance".to_owned()),
        what_is_found: dice.maybe_text(),
        what_is_inferred: dice.maybe_text(),
        notes: dice.texts(3),
        total_points: basic_points(indicators.iter()),
        bonus_points: if bonus { Exact::from(dice.between(1, 5)) } else { Exact::zero() },
        pass_mark: dice.chance(50).then(|| Marked { value: dice.decimal(100), confidence: dice.text() }),
        award_cycle_years: dice.chance(50).then(|| dice.between(1, 5) as u32),
        validity: dice.chance(50).then(|| Marked { value: dice.text(), confidence: dice.text() }),
        scoring_defaults: BTreeMap::from_iter((0..dice.below(3)).map(|_| (dice.text(), dice.text()))),
    }
}

/// Every indicator came from one old one, or is added.
fn migration(dice: &mut Dice, version: u32, indicators: &[Indicator]) -> Migration {
    let (mut changes, mut added) = (Vec::new(), Vec::new());
    for indicator in indicators {
        if dice.chance(20) {
            added.push(indicator.code.clone());
            continue;
        }
        let fate = *dice.pick(&[Fate::Same, Fate::Changed]);
        changes.push(CodeChange {
            code: indicator.code.clone(),
            fate,
            into: vec![indicator.code.clone()],
            why: (fate != Fate::Same).then(|| dice.text()),
            duties: *dice.pick(&[DutiesFate::Carry, DutiesFate::Ask, DutiesFate::Drop]),
            evidence: *dice.pick(&[EvidenceFate::Carry, EvidenceFate::Recheck, EvidenceFate::Drop]),
            scores: *dice.pick(&[ScoresFate::Compare, ScoresFate::Note, ScoresFate::None]),
        });
    }
    let from = MigrationFrom { id: format!("earlier-{}", dice.below(100)), version: version - 1 };
    Migration { from, changes, added }
}

/// A case that expects what the engine says: it holds a writer and a reader to account, not the engine.
fn test(dice: &mut Dice, pack: &Pack, i: usize) -> PackTest {
    let communities = dice.between(1, 4);
    let found = units(dice, communities);
    let rows = facts(dice, pack, &found);
    // A case carries no sources, and no faulty rows.
    let rows: Vec<FactRow> = rows.into_iter().map(|row| FactRow { sources: Vec::new(), ..row }).collect();
    let (checked, faults) = Facts::new(pack, &found, rows.clone());
    let (rows, checked) = if faults.is_empty() { (rows, checked) } else { (Vec::new(), Facts::default()) };
    let scores = evaluate_total(pack, &checked, &found, AS_OF);
    let mut expect: BTreeMap<String, Expected> = scores
        .indicators
        .iter()
        .map(|score| {
            let expected = match &score.outcome {
                Outcome::Assessed { points } => Expected::Points(points.clone()),
                Outcome::NotAssessed { .. } => Expected::NotAssessed,
            };
            (score.code.clone(), expected)
        })
        .collect();
    expect.insert("total".to_owned(), Expected::Points(scores.points));
    expect.insert("effective".to_owned(), Expected::Points(scores.effective_points));
    PackTest {
        name: format!("case {i}: {}", dice.text()),
        as_of: AS_OF,
        units: found.iter().cloned().collect(),
        facts: rows,
        expect,
    }
}
