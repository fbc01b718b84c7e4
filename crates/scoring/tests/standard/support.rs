//! The real pack, a small district, and a short way to write facts.

use std::sync::LazyLock;

use chrono::NaiveDate;
use hejian_scoring::evaluate::IndicatorScore;
use hejian_scoring::pack::PackTexts;
use hejian_scoring::{Amount, Exact, FactRow, Facts, Outcome, Pack, Scores, Source, Unit, Units, evaluate};

/// The files of a built-in pack.
pub fn folder(id: &str) -> PackTexts {
    let read = |name: &str| {
        let path = format!("{}/../../standards/{id}/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))
    };
    let needed = |name: &str| read(name).unwrap_or_else(|error| panic!("{error}"));
    PackTexts {
        name: id.to_owned(),
        standard: needed("standard.yaml"),
        measures: needed("measures.yaml"),
        migration: read("migration.yaml").ok(),
        tests: read("tests.yaml").ok(),
    }
}

/// Texts of the district standard and of its measures.
pub fn texts() -> (String, String) {
    let texts = folder("cn-mca-2008-142-district");
    (texts.standard, texts.measures)
}

/// The district pack, loaded once.
pub fn real_pack() -> Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(|| {
        Pack::from_texts(&folder("cn-mca-2008-142-district")).unwrap_or_else(|errors| panic!("{errors}"))
    });
    PACK.clone()
}

/// A district `D` with subdistricts `S1`, `S2` and `communities` communities `C1`, `C2`, ... in turn under both.
pub fn district(communities: usize) -> Units {
    let unit = |id: &str, level: &str, parent: Option<&str>| Unit {
        id: id.into(),
        name: None,
        level: level.into(),
        parent: parent.map(Into::into),
        valid_from: None,
        valid_to: None,
    };
    let mut list =
        vec![unit("D", "district", None), unit("S1", "subdistrict", Some("D")), unit("S2", "subdistrict", Some("D"))];
    list.extend(
        (1..=communities).map(|i| unit(&format!("C{i}"), "community", Some(if i % 2 == 1 { "S1" } else { "S2" }))),
    );
    Units::new(list).unwrap()
}

pub fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

/// `value` is a decimal, or `numerator/denominator` for a ratio.
pub fn fact(unit: &str, period: &str, measure: &str, value: &str) -> FactRow {
    let amount = match value.split_once('/') {
        Some((numerator, denominator)) => {
            Amount::Ratio { numerator: exact(numerator), denominator: exact(denominator) }
        }
        None => Amount::Value { value: exact(value) },
    };
    let register = measure.split('.').next().unwrap().to_owned();
    let source = Source { register, record: format!("{measure}@{unit}"), version: 1 };
    FactRow {
        unit: unit.into(),
        period: period.parse().unwrap(),
        measure: measure.into(),
        amount,
        sources: vec![source],
    }
}

pub fn day() -> NaiveDate {
    "2009-06-22".parse().unwrap()
}

/// Scores rows that must all be sound.
pub fn scores(pack: &Pack, units: &Units, rows: Vec<FactRow>, as_of: NaiveDate) -> Scores {
    let facts = Facts::strict(pack, units, rows).unwrap_or_else(|errors| panic!("{errors:?}"));
    evaluate(pack, &facts, units, as_of)
}

/// Points as text, or the reasons why not assessed as `kind measure`.
pub fn outcome(score: &IndicatorScore) -> String {
    match &score.outcome {
        Outcome::Assessed { points } => points.to_string(),
        Outcome::NotAssessed { reasons } => {
            let shown = reasons
                .iter()
                .map(|reason| format!("{} {}", reason.kind.word(), reason.measure.as_deref().unwrap_or("-")));
            shown.collect::<Vec<_>>().join(", ")
        }
    }
}
