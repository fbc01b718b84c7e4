//! Units and facts as CSV files: what is written is read back, whatever the encoding, and no bytes bring the reader down.

use std::borrow::Cow;

use hejian_scoring::table::{self, File, Remark, TableErrors, Tables};
use hejian_scoring::{Exact, FactRow, Facts, Source, Unit, Units, evaluate};
use proptest::prelude::*;

use crate::support::{day, district, fact, real_pack};

pub const UNITS: &str = "unit,parent,kind,valid_from,valid_to,name\n\
    D,,district,,,武陵区\n\
    S1,D,subdistrict,,,城北街道\n\
    C1,S1,community,2002-06-01,,军民村社区\n\
    C2,S1,community,2002-06-01,,紫桥社区\n";
pub const FACTS: &str = "unit,period,measure,value,numerator,denominator\n\
    C1,2009-05,premises.usable_floor_area,489.2,,\n\
    C1,2008,series.households,2446,,\n\
    D,2008,series.birth_policy_rate,,97,100\n";

pub fn read(units: &[u8], facts: &[u8]) -> Result<Tables, TableErrors> {
    let (units, facts) = (File { name: "units.csv", bytes: units }, File { name: "facts.csv", bytes: facts });
    table::read(&real_pack(), units, facts, day())
}

/// The explanation of an indicator as text: equal texts, equal everything.
fn explained(tables: &Tables) -> String {
    let scores = evaluate(&real_pack(), &tables.facts, &tables.units, day());
    assert!(scores.assessed_points > Exact::zero());
    serde_json::to_string(&scores).unwrap()
}

#[test]
fn every_usual_kind_of_file_is_read_alike_and_a_strange_one_is_named() {
    let plain = read(UNITS.as_bytes(), FACTS.as_bytes()).unwrap();
    assert_eq!((plain.rows, plain.notes.len()), (3, 0));
    assert_eq!(plain.units.get("C1").unwrap().name.as_deref(), Some("军民村社区"));
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(UNITS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let gb18030 = match encoding_rs::GB18030.encode(UNITS) {
        (Cow::Owned(bytes), _, false) => bytes,
        other => panic!("{other:?}"),
    };
    let named = |encoding: &str| Some(Remark::Encoding { encoding: encoding.to_owned() });
    for (units, remark) in [
        (format!("\u{feff}{UNITS}").into_bytes(), None),
        (format!("\u{feff}\u{feff}{UNITS}").into_bytes(), None),
        (UNITS.replace('\n', "\r\n").into_bytes(), None),
        (UNITS.replace('\n', "\r").into_bytes(), None),
        (UNITS.replace('\n', "\n\n,,,,,\n").into_bytes(), None),
        (UNITS.replace(',', "\t").into_bytes(), None),
        (utf16, named("UTF-16LE")),
        (gb18030, named("GB18030")),
    ] {
        let tables = read(&units, format!("\u{feff}{FACTS}").as_bytes()).unwrap();
        assert_eq!(tables.units.get("C1").unwrap().name.as_deref(), Some("军民村社区"));
        assert_eq!(explained(&tables), explained(&plain));
        assert_eq!(tables.notes.first().map(|note| note.remark.clone()), remark);
    }
    let note = read(&encoding_rs::GB18030.encode(UNITS).0, FACTS.as_bytes()).unwrap().notes[0].to_string();
    assert_eq!(
        note,
        "units.csv is GB18030, not UTF-8, and was read as such; save it as UTF-8 to be sure of every character"
    );
}

#[test]
fn a_column_nobody_asked_for_is_not_read_and_a_note_says_so() {
    let units = UNITS.replace("valid_to,name", "valid_to,nmae");
    let tables = read(units.as_bytes(), FACTS.as_bytes()).unwrap();
    assert_eq!(tables.notes[0].to_string(), "units.csv has a column `nmae`, which is not read; did you mean `name`?");
    let tables = read(UNITS.as_bytes(), FACTS.lines().next().unwrap().as_bytes()).unwrap();
    assert_eq!(tables.notes[0].to_string(), "facts.csv has no rows: nothing is known");
}

#[test]
fn a_unit_that_moved_stands_under_the_one_of_the_day() {
    let units = "unit,parent,kind,valid_from,valid_to\nD,,district,,\nS1,D,subdistrict,,\nS2,D,subdistrict,,\n\
        C1,S2,community,2009-07-01,\nC1,S1,community,2002-06-01,2009-07-01\n";
    let at = |day: &str| {
        let (units, facts) = (
            File { name: "units.csv", bytes: units.as_bytes() },
            File { name: "facts.csv", bytes: FACTS.lines().next().unwrap().as_bytes() },
        );
        let tables = table::read(&real_pack(), units, facts, day.parse().unwrap()).unwrap();
        let unit = tables.units.get("C1").unwrap();
        (unit.parent.clone().unwrap(), unit.in_being(day.parse().unwrap()))
    };
    assert_eq!(at("2009-06-30"), ("S1".to_owned(), true));
    assert_eq!(at("2009-07-01"), ("S2".to_owned(), true));
    assert_eq!(at("2001-01-01"), ("S1".to_owned(), false));
}

#[test]
fn units_and_facts_written_are_read_back_with_names_that_no_spreadsheet_runs() {
    let mut units: Vec<Unit> = district(3).iter().cloned().collect();
    units[0].name = Some("=HYPERLINK(\"x\")".to_owned());
    units[1].name = Some("'+甲, \"乙\"".to_owned());
    units[2].valid_to = Some(day());
    let mut rows = vec![
        fact("C1", "2009-05", "premises.usable_floor_area", "489.2"),
        fact("D", "2008", "series.birth_policy_rate", "97/100"),
        fact("D", "2008", "series.gdp_growth", "-1.5"),
    ];
    rows[0].sources.push(Source { register: "premises".into(), record: "a:b@c".into(), version: 12 });
    rows[1].sources.clear();
    let (units_text, facts_text) = (table::units_csv(&units), table::facts_csv(&rows));
    assert!(units_text.contains(",\"'=HYPERLINK(\"\"x\"\")\"\n"), "{units_text}");
    assert!(
        facts_text.contains("489.2,,,premises:premises.usable_floor_area@C1@1;premises:a:b@c@12\n"),
        "{facts_text}"
    );
    let tables = read(units_text.as_bytes(), facts_text.as_bytes()).unwrap();
    assert_eq!(tables.units.iter().cloned().collect::<Vec<_>>(), units);
    let facts = Facts::strict(&real_pack(), &Units::new(units).unwrap(), rows).unwrap();
    let direct = evaluate(&real_pack(), &facts, &tables.units, day());
    assert_eq!(evaluate(&real_pack(), &tables.facts, &tables.units, day()), direct);
}

proptest! {
    #[test]
    fn no_bytes_can_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &bytes);
        let _ = read(&[UNITS.as_bytes(), &bytes].concat(), &[FACTS.as_bytes(), &bytes].concat());
    }

    #[test]
    fn no_text_under_the_right_heads_can_bring_the_reader_down(text in "[DSC1-3,\n\r\t\"'=.E+@:;0-9a-z\u{feff}军-]{0,200}") {
        let _ = read(format!("{UNITS}{text}").as_bytes(), format!("{FACTS}{text}").as_bytes());
    }

    #[test]
    fn any_facts_written_are_read_back(
        rows in prop::collection::vec((0_usize..4, 2000_i32..2010, any::<i64>(), 0_u32..9), 0..20)
    ) {
        let rows: Vec<FactRow> = rows
            .into_iter()
            .map(|(n, year, units, places)| {
                let unit = ["D", "S1", "C1", "C2"][n];
                let mut row = fact(unit, &year.to_string(), "series.gdp_growth", "1");
                row.amount = hejian_scoring::Amount::Value { value: Exact::scaled(units, places) };
                row
            })
            .collect();
        let units = read(UNITS.as_bytes(), FACTS.as_bytes()).unwrap().units;
        let (facts, faults) = Facts::new(&real_pack(), &units, rows.clone());
        match read(UNITS.as_bytes(), table::facts_csv(&rows).as_bytes()) {
            Ok(tables) => {
                prop_assert!(faults.is_empty());
                let score = |facts| evaluate(&real_pack(), facts, &units, day());
                prop_assert_eq!(score(&tables.facts), score(&facts));
            }
            Err(errors) => prop_assert_eq!(errors.errors.len() + errors.more, faults.len()),
        }
    }
}
