//! The three evaluators against one another: tree, batch, and the SQL text on every engine at hand. Equal points, equal
//! not-assessed sets, equal values, on random standards and facts and on the district's own standard.

mod chance;
mod compare;
mod data;
mod engines;
mod files;
mod limits;
mod random;

use chrono::NaiveDate;
use hejian_scoring::{Facts, Pack, Unit, Units, sql};

use chance::Chance;

fn day() -> NaiveDate {
    "2009-06-22".parse().unwrap()
}

/// Compares one case on every engine; returns how many pairs of unit and indicator there were, how many were assessed, how many
/// were too wide for the text, and whether the batch evaluator took the case.
async fn compare(
    engines: &mut [engines::Engine],
    compiled: &sql::Compiled,
    case: (&Pack, &Facts, &Units),
    day: NaiveDate,
    says: &str,
) -> [usize; 4] {
    let (pack, facts, units) = case;
    let rows = compiled.rows(pack, facts, units, day).unwrap_or_else(|errors| panic!("{says}: {errors:?}"));
    let expected = compare::expected(pack, facts, units, day);
    let batch = compare::in_batch(pack, facts, units, day, &expected);
    let in_batch = batch.as_deref().unwrap_or_default();
    assert!(in_batch.is_empty(), "{says} in the batch evaluator: {:#?}", &in_batch[..in_batch.len().min(5)]);
    let mut too_wide = 0;
    for engine in engines {
        let (found, wide) = compare::answered(engine.score(compiled, &rows).await);
        let mut differences = compare::differences(&expected, &found);
        differences.retain(|(place, _)| !wide.contains(place));
        let first: Vec<&String> = differences.iter().map(|(_, text)| text).take(5).collect();
        assert!(first.is_empty(), "{says} on {}: {first:#?}", engine.name());
        too_wide = too_wide.max(wide.len());
    }
    [
        expected.len(),
        expected.values().filter(|said| said.points.is_some()).count(),
        too_wide,
        usize::from(batch.is_some()),
    ]
}

/// The standard of a folder of `standards`.
fn standard(folder: &str) -> Pack {
    let read = |name: &str| {
        let path = format!("{}/../../standards/{folder}/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let (standard, measures) = (read("standard.yaml"), read("measures.yaml"));
    Pack::load("standard.yaml", &standard, "measures.yaml", &measures).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The district's standard.
fn district_pack() -> Pack {
    standard("cn-mca-2008-142-district")
}

/// A district of four subdistricts with `communities` each.
fn district(communities: usize) -> Units {
    let unit = |id: String, level: &str, parent: Option<String>| Unit {
        id,
        name: None,
        level: level.into(),
        parent,
        valid_from: None,
        valid_to: None,
    };
    let mut list = vec![unit("d".into(), "district", None)];
    for s in 0..4 {
        list.push(unit(format!("s{s}"), "subdistrict", Some("d".into())));
        list.extend((0..communities).map(|c| unit(format!("s{s}c{c}"), "community", Some(format!("s{s}")))));
    }
    Units::new(list).unwrap()
}

#[test]
fn every_indicator_of_the_district_standard_has_sql() {
    let compiled = sql::compile(&district_pack()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(compiled.query.matches(" as indicator").count(), 53);
    // Nothing of it is a number of another kind.
    for word in ["double", "real", "float", "greatest", "least(", "decimal", "numeric"] {
        assert!(!compiled.text().contains(word), "{word}");
    }
}

#[tokio::test]
async fn every_standard_of_the_house_scores_alike_in_the_evaluators_and_in_every_database() {
    let standards = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../standards")).unwrap();
    for folder in standards.map(|entry| entry.unwrap()).filter(|entry| entry.file_type().unwrap().is_dir()) {
        let name = folder.file_name().into_string().unwrap();
        let pack = standard(&name);
        let compiled = sql::compile(&pack).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut engines = engines::engines(&compiled).await;
        let units = district(5);
        for seed in 1..=3 {
            let rows = data::facts(&mut Chance(seed), &pack, &units, day());
            let (facts, _) = Facts::new(&pack, &units, rows);
            let says = format!("{name}, seed {seed}");
            let [pairs, assessed, too_wide, ..] =
                compare(&mut engines, &compiled, (&pack, &facts, &units), day(), &says).await;
            println!("{says}: {pairs} scores, {assessed} assessed");
            assert_eq!(too_wide, 0);
        }
    }
}

#[tokio::test]
async fn random_packs_and_facts_score_alike_in_the_evaluator_and_in_every_database() {
    let cases: u64 = std::env::var("HEJIAN_SQL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12);
    let (mut counted, mut refused) = ([0; 4], 0);
    for seed in 1..=cases {
        let mut chance = Chance(seed);
        let indicators = 1 + chance.below(6) as usize;
        let pack = random::pack(&mut chance, indicators);
        let compiled = match sql::compile(&pack) {
            Ok(compiled) => compiled,
            Err(sql::SqlError::TooWide { .. }) => {
                refused += 1;
                continue;
            }
            Err(error) => panic!("{error}"),
        };
        let mut engines = engines::engines(&compiled).await;
        for turn in 0..2 {
            let units = data::units(&mut chance, day());
            let rows = data::facts(&mut chance, &pack, &units, day());
            let (facts, _) = Facts::new(&pack, &units, rows);
            let says = format!("seed {seed}, turn {turn}");
            let more = compare(&mut engines, &compiled, (&pack, &facts, &units), day(), &says).await;
            counted.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
    let [pairs, assessed, too_wide, in_batch] = counted;
    println!(
        "{cases} packs, {refused} refused; {pairs} scores, {assessed} of them assessed, {too_wide} too wide; {in_batch} cases in the batch too"
    );
    assert!(in_batch as u64 * 2 > cases, "the batch evaluator took {in_batch} cases of {cases} packs");
    assert!(refused * 20 <= cases, "{refused} of {cases} packs have no text");
    assert!(too_wide * 50 < pairs, "{too_wide} of {pairs} are too wide for the text");
    assert!(assessed * 10 > pairs, "{assessed} of {pairs} assessed: the random facts say too little");
}
