//! What the text must say, told by the evaluator, and the comparison.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hejian_scoring::pack::Indicator;
use hejian_scoring::sql::ResultRow;
use hejian_scoring::{Exact, Facts, Pack, Units, evaluate_indicator};

/// What is compared of a unit and an indicator: points, main value, known and all units, vetoed.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub points: Option<Exact>,
    pub value: Option<Exact>,
    pub known: i64,
    pub units: i64,
    pub vetoed: bool,
}

pub type Table = BTreeMap<(String, String), Said>;

/// The tree evaluator's answer for every district in being and the units below it.
pub fn expected(pack: &Pack, facts: &Facts, units: &Units, as_of: NaiveDate) -> Table {
    let mut table = Table::new();
    let mut say = |unit: &str, indicator: &Indicator| {
        let score = evaluate_indicator(pack, facts, units, as_of, unit, &indicator.code).unwrap();
        let coverage = score.coverage.unwrap();
        let said = Said {
            points: score.outcome.points().cloned(),
            // The quantity's own text may be cut; its fraction is exact.
            value: score.value.map(|quantity| exact_of(&quantity)),
            known: coverage.known as i64,
            units: coverage.units as i64,
            vetoed: score.vetoed,
        };
        table.insert((unit.to_owned(), indicator.code.clone()), said);
    };
    for district in units.iter().filter(|unit| unit.level == "district" && unit.in_being(as_of)) {
        for indicator in &pack.indicators {
            say(&district.id, indicator);
        }
        let scores = hejian_scoring::evaluate_at(pack, facts, units, as_of, &district.id);
        for below in &scores.breakdown {
            for own in &below.indicators {
                say(&below.unit, pack.indicator(&own.code).unwrap());
            }
        }
    }
    table
}

/// The answer of an engine, and the places where numbers were too wide to say anything.
pub fn answered(rows: Vec<ResultRow>) -> (Table, Vec<(String, String)>) {
    let mut table = Table::new();
    let mut wide = Vec::new();
    for row in rows {
        let said = Said {
            points: row.points(),
            value: row.value(),
            known: row.known,
            units: row.units,
            vetoed: row.vetoed == 1,
        };
        if row.too_wide == 1 {
            wide.push((row.unit.clone(), row.indicator.clone()));
        }
        let before = table.insert((row.unit.clone(), row.indicator.clone()), said);
        assert!(before.is_none(), "{} {} twice", row.unit, row.indicator);
    }
    (table, wide)
}

/// Where the batch evaluator gives other points than expected. It scores trees of three levels; on others there is nothing to
/// compare.
pub fn in_batch(pack: &Pack, facts: &Facts, units: &Units, as_of: NaiveDate, expected: &Table) -> Option<Vec<String>> {
    let scored = hejian_scoring::batch::score_facts(pack, facts, units, as_of, 1).ok()?;
    let all = scored.iter().flat_map(|unit| unit.indicators.iter().map(move |(code, found)| (&unit.unit, code, found)));
    let different = all.filter_map(|(unit, code, found)| {
        let said = expected.get(&(unit.clone(), code.clone()))?;
        (said.points != found.points()).then(|| format!("{unit} {code}: expected {said:?}, found {found:?}"))
    });
    Some(different.collect())
}

/// Where the tables differ, with both sides as text.
pub fn differences(expected: &Table, found: &Table) -> Vec<((String, String), String)> {
    let keys: std::collections::BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    let different = keys.into_iter().filter(|key| expected.get(*key) != found.get(*key));
    let text =
        |key: &(String, String)| format!("{key:?}: expected {:?}, found {:?}", expected.get(key), found.get(key));
    different.map(|key| (key.clone(), text(key))).collect()
}

fn exact_of(quantity: &hejian_scoring::explain::Quantity) -> Exact {
    let text = quantity.fraction.as_ref().unwrap_or(&quantity.text);
    serde_json::from_value(serde_json::Value::from(text.clone())).unwrap()
}
