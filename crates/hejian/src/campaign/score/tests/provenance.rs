//! Every figure recomputed from its provenance alone is the same figure, today and on any earlier day; and no record that
//! counts is left out of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use hejian_kernel::{
    access::Scoped,
    clock::day_end,
    measure::{Amount, Collect, Exact, Fact},
    register::{ChildDraft, Draft, Record, Register as _, RegisterDef, Value, store, versions},
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use uuid::Uuid;

use super::support::{District, number};
use crate::{
    foundations::{
        premises::{Premises, PremisesKind},
        series::Series,
    },
    modules::MODULES,
    organisation::SetupApproval,
};

/// One thing somebody does.
#[derive(Debug, Clone)]
enum Act {
    /// Rooms of so many tenths of m² with rooms of these purposes, in a state.
    Rooms { at: usize, kind: &'static str, tenths: Option<i64>, rooms: Vec<&'static str>, state: &'static str },
    /// An approval.
    Approval { at: usize },
    /// A figure: a value, or a rate where the measure is one.
    Figure { at: usize, measure: &'static str, year: i32, upper: i64, lower: i64 },
    /// Takes the n-th record of the kind out.
    Remove { premises: bool, which: usize },
    /// Reports a register complete, or open again.
    Report { premises: bool, at: usize, month: u32, complete: bool },
}

const UNITS: usize = 7;

fn act() -> impl Strategy<Value = Act> {
    let kinds = prop::sample::select(vec!["community_office", "subdistrict_centre", "district_centre"]);
    let purposes = prop::sample::select(vec!["police_room", "reading_room", "office"]);
    let states = prop::sample::select(vec!["accepted", "accepted", "completed", "building"]);
    let measures = prop::sample::select(vec!["households", "population", "gdp_growth", "unemployment_rate", "births"]);
    prop_oneof![
        4 => (0..UNITS, kinds, prop::option::of(100_i64..20_000), prop::collection::vec(purposes, 0..3), states)
            .prop_map(|(at, kind, tenths, rooms, state)| Act::Rooms { at, kind, tenths, rooms, state }),
        2 => (0..4_usize).prop_map(|at| Act::Approval { at }),
        3 => (0..UNITS, measures, 2006_i32..2010, 0_i64..9_000_000, 1_i64..9_000_000)
            .prop_map(|(at, measure, year, upper, lower)| Act::Figure { at, measure, year, upper, lower }),
        1 => (any::<bool>(), 0..20_usize).prop_map(|(premises, which)| Act::Remove { premises, which }),
        3 => (any::<bool>(), 0..UNITS, 1_u32..7, any::<bool>())
            .prop_map(|(premises, at, month, complete)| Act::Report { premises, at, month, complete: complete || month < 6 }),
    ]
}

fn units(district: &District) -> [Uuid; UNITS] {
    let [a, b, c, d] = district.stage.communities;
    [a, b, c, d, district.stage.north, district.stage.south, district.stage.district]
}

/// Does one thing at a moment. What the registers refuse (a figure entered twice) is left undone.
async fn perform(district: &District, made: &mut Vec<(bool, Record)>, act: Act, at: DateTime<Utc>, n: usize) {
    let places = units(district);
    let mut work = district.stage.test.work_at(&district.office, at).await;
    let text = |text: &str| Value::Text(text.to_owned());
    let done = match act {
        Act::Rooms { at, kind, tenths, rooms, state } => {
            let mut draft = Draft::empty(Premises::DEF, places[at])
                .with(Premises::DEF, "number", number())
                .with(Premises::DEF, "name", text("社区用房"))
                .with(Premises::DEF, "kind", text(kind))
                .with(Premises::DEF, "works", text("rebuild"))
                .with(Premises::DEF, "floor_area", tenths.map_or(Value::Null, Value::Int));
            let room = |purpose: &&str| ChildDraft { id: None, values: vec![text(purpose), Value::Int(10)] };
            draft.children[0] = rooms.iter().map(room).collect();
            let Ok(record) = store::create(&mut work, Premises::DEF, draft).await else { return };
            let mut after = record.clone();
            after.meta.state = state.to_owned();
            let after = store::write_over(&mut work, Premises::DEF, &record, after, "act").await.expect("a state");
            made.push((true, after));
            true
        }
        Act::Approval { at } => {
            let draft = Draft::empty(SetupApproval::DEF, places[at])
                .with(SetupApproval::DEF, "document_number", text(&format!("常武政函〔2002〕{n}号")))
                .with(SetupApproval::DEF, "document_title", text("批复"))
                .with(SetupApproval::DEF, "issuer", text("区政府"))
                .with(SetupApproval::DEF, "issued_on", Value::Date("2002-11-01".parse().expect("a day")));
            let record = store::create(&mut work, SetupApproval::DEF, draft).await.expect("an approval");
            made.push((false, record));
            true
        }
        Act::Figure { at, measure, year, upper, lower } => {
            let draft = Draft::empty(Series::DEF, places[at])
                .with(Series::DEF, "measure", text(measure))
                .with(Series::DEF, "period", text(&year.to_string()))
                .with(Series::DEF, "source_document", text("公报"));
            let draft = if measure == "unemployment_rate" {
                draft.with(Series::DEF, "numerator", Value::Int(upper)).with(
                    Series::DEF,
                    "denominator",
                    Value::Int(lower),
                )
            } else {
                draft.with(Series::DEF, "value", Value::Int(upper))
            };
            store::create(&mut work, Series::DEF, draft).await.is_ok()
        }
        Act::Remove { premises, which } => {
            let mut of_kind: Vec<&mut (bool, Record)> = made.iter_mut().filter(|(kind, _)| *kind == premises).collect();
            let n = of_kind.len();
            let Some((_, record)) = (n > 0).then(|| &mut of_kind[which % n]) else { return };
            let def = if premises { Premises::DEF } else { SetupApproval::DEF };
            match store::remove(&mut work, def, record.meta.id, record.meta.version, "重复登记").await {
                Ok(after) => {
                    *record = after;
                    true
                }
                Err(_) => false,
            }
        }
        Act::Report { premises, at, month, complete } => {
            let (def, at) = if premises { (Premises::DEF, at) } else { (SetupApproval::DEF, at % 4) };
            let period = format!("2009-{month:02}");
            store::declare(&mut work, def, places[at], &period, complete).await.expect("declared");
            true
        }
    };
    if done {
        work.commit().await.expect("commits");
    }
}

/// The facts of every module on a day.
async fn facts(district: &District, day: NaiveDate) -> Vec<Fact> {
    let (mut tx, keys) = (district.stage.test.read().await, district.stage.test.keys.clone());
    let mut collect = Collect::on(&mut tx, &keys, day, district.stage.app.clock.now());
    let mut all = Vec::new();
    for measures in MODULES.iter().flat_map(|module| module.measures) {
        all.extend(measures(&mut collect).await.expect("facts"));
    }
    all
}

/// Every version of every record that the facts name.
async fn named(district: &District, facts: &[Fact]) -> BTreeMap<(String, Uuid, i64), Record> {
    let (mut tx, keys) = (district.stage.test.read().await, district.stage.test.keys.clone());
    let mut found = BTreeMap::new();
    for source in facts.iter().flat_map(|fact| &fact.sources) {
        let def: &'static RegisterDef = district.stage.app.register(source.register).expect("a register");
        let eyes = Scoped::for_engine(source.record, "a test of provenance");
        for version in versions::history(&mut tx, &keys, def, &eyes).await.expect("history") {
            let key = (source.register.to_owned(), source.record, version.record.meta.version);
            found.insert(key, version.record);
        }
    }
    found
}

/// What one record version adds to a measure, said a second time and without the measures' own code.
fn part(measure: &str, record: &Record) -> Option<i64> {
    let premises = || Premises::from_record(record).filter(|_| record.meta.state == "accepted");
    let of = |kind| premises().filter(|premises| premises.kind == kind);
    match measure {
        "premises.usable_floor_area" => of(PremisesKind::CommunityOffice)?.floor_area.map(|area| area.0),
        "premises.subdistrict_service_centres" => of(PremisesKind::SubdistrictCentre).map(|_| 1),
        "premises.district_service_centres" => of(PremisesKind::DistrictCentre).map(|_| 1),
        "organisation.setup_approvals" => Some(1),
        _ => None,
    }
}

async fn check(district: &District, day: NaiveDate) -> usize {
    let facts = facts(district, day).await;
    let records = named(district, &facts).await;
    let (mut tx, keys) = (district.stage.test.read().await, district.stage.test.keys.clone());
    let moment = day_end(day).min(district.stage.app.clock.now());
    for fact in &facts {
        let from: Vec<&Record> = fact
            .sources
            .iter()
            .map(|source| &records[&(source.register.to_owned(), source.record, source.version)])
            .collect();
        let wanted = if fact.measure.starts_with("series.") {
            let series = Series::from_record(from[0]).expect("a figure");
            let exact = |decimal: hejian_kernel::register::Decimal<4>| Exact { units: decimal.0, decimals: 4 };
            assert_eq!((from.len(), &series.period, series.measure.id()), (1, &fact.period, fact.measure.as_str()));
            match (series.value, series.numerator, series.denominator) {
                (Some(value), ..) => Amount::Value(exact(value)),
                (None, Some(upper), Some(lower)) => Amount::Ratio(exact(upper), exact(lower)),
                other => panic!("a fact from {other:?}"),
            }
        } else {
            let parts: Option<Vec<i64>> = from.iter().map(|record| part(&fact.measure, record)).collect();
            let units: i64 = parts.unwrap_or_else(|| panic!("{fact:?} counts a record that adds nothing")).iter().sum();
            Amount::Value(Exact { units, decimals: u8::from(fact.measure == "premises.usable_floor_area") })
        };
        assert_eq!(fact.amount, wanted, "{} on {day}: {fact:?}", district.name());
        assert!(from.iter().all(|record| record.meta.unit == fact.unit && record.meta.removed.is_none()));
        assert!(from.iter().all(|record| record.meta.updated_at <= moment), "a version from after the day");
    }
    // No record that counts is left out: the parts of all live records are those of the facts.
    for def in [Premises::DEF, SetupApproval::DEF] {
        let eyes = Scoped::for_engine(moment, "a test of provenance");
        for record in versions::as_of(&mut tx, &keys, def, &eyes).await.expect("records") {
            for fact in facts.iter().filter(|fact| fact.unit == record.meta.unit && of_register(&fact.measure, def)) {
                let counted = fact.sources.iter().any(|source| source.record == record.meta.id);
                assert_eq!(counted, part(&fact.measure, &record).is_some(), "{} and {:?}", fact.measure, record.meta);
            }
        }
    }
    facts.len()
}

fn of_register(measure: &str, def: &RegisterDef) -> bool {
    measure.starts_with("premises.") == (def.key == "premises") && !measure.starts_with("series.")
}

#[tokio::test]
async fn every_figure_is_the_one_its_provenance_alone_gives_today_and_on_any_day() {
    for district in District::all().await {
        // One database, several stories one upon the other; the seed is fixed, so that a failure comes again.
        let mut runner =
            TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]));
        let first: NaiveDate = "2009-01-01".parse().expect("a day");
        let (mut made, mut checked) = (Vec::new(), 0);
        for story in 0..6_u64 {
            let acts = prop::collection::vec(act(), 20).new_tree(&mut runner).expect("a story").current();
            for (n, act) in acts.into_iter().enumerate() {
                // Moments go forward, as they do in a life: four weeks a story.
                let day = first + Days::new(story * 28 + n as u64);
                let at = day.and_hms_opt(2, 0, 0).expect("a time").and_utc();
                perform(&district, &mut made, act, at, story as usize * 100 + n).await;
            }
            for day in [0, 7, 14, 21, 27].map(|days| first + Days::new(story * 28 + days)) {
                checked += check(&district, day).await;
            }
        }
        checked += check(&district, district.stage.app.clock.today()).await;
        assert!(checked > 400, "{checked} facts are too few to show anything");
    }
}
