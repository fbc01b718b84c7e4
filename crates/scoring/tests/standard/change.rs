//! Changed facts: the overlay is the facts made anew, and a score brought up to date is the score made anew.

use std::time::Instant;

use hejian_scoring::{Change, FactRow, Facts, Units, evaluate, rescore, what_if};
use proptest::prelude::*;

use crate::batch::{facts, province};
use crate::support::{day, district, real_pack};

/// The rows with changes, made the plain way.
fn applied(rows: &[FactRow], changes: &[Change]) -> Vec<FactRow> {
    let mut rows = rows.to_vec();
    for change in changes {
        let (unit, period, measure) = match change {
            Change::Set(row) => (&row.unit, row.period, &row.measure),
            Change::Remove { unit, period, measure } => (unit, *period, measure),
        };
        rows.retain(|row| (&row.unit, row.period, &row.measure) != (unit, period, measure));
        if let Change::Set(row) = change {
            rows.push(row.clone());
        }
    }
    rows
}

/// Changes of a few rows: taken away, or with the amount of another row of the measure.
fn changes(rows: &[FactRow], turns: &[usize]) -> Vec<Change> {
    let one = |turn: &usize| {
        let row = rows[turn % rows.len()].clone();
        if turn.is_multiple_of(3) {
            return Change::Remove { unit: row.unit, period: row.period, measure: row.measure };
        }
        let others: Vec<&FactRow> = rows.iter().filter(|other| other.measure == row.measure).collect();
        let amount = others[turn / 7 % others.len()].amount.clone();
        Change::Set(FactRow { amount, ..row })
    };
    turns.iter().map(one).collect()
}

fn district_of(units: Units) -> Units {
    let below = |unit: &&hejian_scoring::Unit| ["D", "S1", "S2"].contains(&unit.id.as_str()) || unit.parent.is_some();
    let list = units.iter().filter(below).filter(|unit| !["K", "E", "T1", "T2"].contains(&unit.id.as_str()));
    let list = list.filter(|unit| !["T1", "T2", "E"].contains(&unit.parent.as_deref().unwrap_or_default()));
    let mut list: Vec<_> = list.cloned().collect();
    list.iter_mut().filter(|unit| unit.id == "D").for_each(|unit| unit.parent = None);
    Units::new(list).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_score_brought_up_to_date_is_the_score_made_anew(seed in any::<u64>(), turns in prop::collection::vec(any::<usize>(), 1..6)) {
        let (pack, units) = (real_pack(), district_of(province()));
        let rows = facts(&pack, &units, seed, 20);
        let (before, _) = Facts::new(&pack, &units, rows.clone());
        let changes = changes(&rows, &turns);
        let (anew, _) = Facts::new(&pack, &units, applied(&rows, &changes));
        let (found, _) = what_if(&pack, &evaluate(&pack, &before, &units, day()), &before, &units, &changes);
        prop_assert_eq!(found, evaluate(&pack, &anew, &units, day()));
    }
}

#[test]
fn a_change_taken_back_leaves_the_facts_as_they_were() {
    let (pack, units) = (real_pack(), district(3));
    let rows = facts(&pack, &units, 3, 0);
    let (before, _) = Facts::new(&pack, &units, rows.clone());
    let change =
        Change::Remove { unit: rows[0].unit.clone(), period: rows[0].period, measure: rows[0].measure.clone() };
    let (without, _) = before.with(&pack, &units, &[change]);
    let (back, _) = without.with(&pack, &units, &[Change::Set(rows[0].clone())]);
    assert_eq!(evaluate(&pack, &before, &units, day()), evaluate(&pack, &back, &units, day()));
}

/// `cargo test --release -p hejian-scoring --test standard -- --ignored --nocapture rescored`
#[test]
#[ignore = "a timed figure is never a test"]
fn a_district_is_rescored_in_this_time() {
    let (pack, units) = (real_pack(), district(51));
    let rows = facts(&pack, &units, 5, 0);
    let (before, _) = Facts::new(&pack, &units, rows.clone());
    let started = Instant::now();
    let scores = evaluate(&pack, &before, &units, day());
    println!("51 communities, all: {:?}", started.elapsed());
    let mut times = Vec::new();
    for row in rows.iter().step_by(37) {
        let mut scores = scores.clone();
        let started = Instant::now();
        let (after, _) = before.with(&pack, &units, &[Change::Set(row.clone())]);
        rescore(&pack, &mut scores, &after, &units, &[(&row.measure, &row.unit)]);
        times.push(started.elapsed());
    }
    times.sort();
    println!("one fact of {}: median {:?}, most {:?}", times.len(), times[times.len() / 2], times[times.len() - 1]);
}
