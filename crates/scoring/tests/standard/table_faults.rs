//! Broken files of units and facts: every fault is named with file, line, column and remedy, all of them in one run.

use hejian_scoring::table::MAX_ERRORS;

use crate::table::{FACTS, UNITS, read};

/// The faults as lines of text.
fn faults(units: impl AsRef<[u8]>, facts: impl AsRef<[u8]>) -> Vec<String> {
    let errors = read(units.as_ref(), facts.as_ref()).expect_err("there is a fault");
    errors.to_string().lines().map(str::to_owned).collect()
}

/// The one fault of the sound files after one change.
fn fault(of: &str, from: &str, to: &str) -> String {
    let text = if of == "units" { UNITS } else { FACTS };
    assert!(text.contains(from), "{from}");
    let changed = text.replacen(from, to, 1);
    let found = if of == "units" { faults(changed, FACTS) } else { faults(UNITS, changed) };
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn a_missing_column_is_named_with_the_one_that_may_be_meant() {
    assert_eq!(
        fault("facts", "period", "perio"),
        "facts.csv:1: period: the column `period` is missing; rename the column `perio` to `period`"
    );
    assert_eq!(
        faults(UNITS, "unit,period\n"),
        ["measure", "value", "numerator", "denominator"].map(|name| format!(
            "facts.csv:1: {name}: the column `{name}` is missing; add the column `{name}`; its cells may be empty"
        ))
    );
    assert!(fault("units", ",name", ",kind").contains("the column `kind` stands there twice"));
}

#[test]
fn a_bad_number_is_named_with_its_column() {
    assert_eq!(
        fault("facts", "2446", "\"2,446\""),
        "facts.csv:3: value: `2,446` is not a number; write digits with an optional sign and point, such as 4.5, \
         without separators, units or %"
    );
    for text in ["97%", "九十七", "１", "NaN", "1e", "1/2", &"9".repeat(200)] {
        assert!(fault("facts", ",97,", &format!(",{text},")).starts_with("facts.csv:4: numerator: `"), "{text}");
    }
}

#[test]
fn an_unknown_unit_is_named_with_the_nearest() {
    assert_eq!(
        fault("facts", "C1,2008", "C11,2008"),
        "facts.csv:3: unit: series.households: the unit `C11` is not listed in the file of units; write `C1`, or add \
         the unit to the file of units"
    );
    assert_eq!(
        fault("units", "C2,S1", "C2,S9"),
        "units.csv:5: parent: the unit above, `S9`, is not listed; add a row for it"
    );
}

#[test]
fn overlapping_days_of_a_unit_are_named_with_the_other_row() {
    let twice = "C2,S1,community,2002-06-01,2009-01-01,\nC2,D,community,2008-12-31,,";
    assert_eq!(
        fault("units", "C2,S1,community,2002-06-01,,", twice),
        "units.csv:6: valid_from: C2: the days of the unit overlap with those in line 5; end one the day the other \
         begins, or give the second unit its own id"
    );
    let after = twice.replace("2008-12-31", "2009-01-01");
    assert!(read(UNITS.replace("C2,S1,community,2002-06-01,,", &after).as_bytes(), FACTS.as_bytes()).is_ok());
    // A long row that swallows two later ones.
    let three = "C2,S1,community,,,\nC2,D,community,2003-01-01,2004-01-01,\nC2,D,community,2005-01-01,2006-01-01,";
    assert_eq!(faults(UNITS.replace("C2,S1,community,2002-06-01,,", three), FACTS).len(), 2);
    assert_eq!(
        fault("units", "2002-06-01,,军", "2002-06-01,2002-06-01,军"),
        "units.csv:4: valid_to: the unit ends on or before the day it begins, 2002-06-01; correct valid_from or \
         valid_to; valid_to is the first day it is no more"
    );
}

#[test]
fn gb18030_that_is_cut_or_mixed_with_utf_8_is_named_with_its_line() {
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let cut = gb(&UNITS.replace(",紫桥社区\n", ",紫桥社区"));
    let found = faults(&cut[..cut.len() - 1], FACTS);
    assert_eq!(
        found,
        [
            "units.csv:5: the text is neither UTF-8 nor GB18030 from here on: a character is cut off or damaged; save the \
          file again as CSV UTF-8 from where it was made"
        ]
    );
    let lines: Vec<&str> = UNITS.lines().collect();
    let mixed = [gb(&lines[..4].join("\n")), b"\n".to_vec(), lines[4].as_bytes().to_vec()].concat();
    assert_eq!(
        faults(mixed, FACTS),
        [
            "units.csv:5: line 5 is UTF-8 and line 2 GB18030: two files were put together; save both parts as UTF-8, then \
          put them together"
        ]
    );
    let marked = [b"\xEF\xBB\xBF".to_vec(), gb(UNITS)].concat();
    assert!(faults(marked, FACTS)[0].starts_with("units.csv:2: the text is neither"));
    assert!(faults(b"PK\x03\x04...", FACTS)[0].contains("workbook"));
}

#[test]
fn an_identifier_that_a_spreadsheet_cut_down_is_named() {
    let what = "is how a spreadsheet writes a long number: its last digits are lost; format the column as text in the \
                spreadsheet and enter the number again from its source";
    assert_eq!(fault("units", "C2,S1", "4.3E+17,S1"), format!("units.csv:5: unit: `4.3E+17` {what}"));
    assert_eq!(fault("facts", "C1,2008", "4.3E+17,2008"), format!("facts.csv:3: unit: `4.3E+17` {what}"));
    assert_eq!(fault("facts", "2446", "2.4E+03"), format!("facts.csv:3: value: `2.4E+03` {what}"));
}

#[test]
fn duplicate_rows_are_named_with_the_first() {
    let row = "C1,2008,series.households,2446,,\n";
    assert_eq!(
        fault("facts", row, &row.repeat(2)),
        "facts.csv:4: series.households: the row says again what line 3 says; keep the right one"
    );
    let three = faults(UNITS, FACTS.replace(row, &row.repeat(3)));
    assert!(three[0].starts_with("facts.csv:4: ") && three[1].starts_with("facts.csv:5: "), "{three:?}");
    let row = "C2,S1,community,2002-06-01,,紫桥社区\n";
    assert_eq!(
        fault("units", row, &row.repeat(2)),
        "units.csv:6: C2: the row says again what line 5 says; keep the right one"
    );
}

#[test]
fn a_fact_that_does_not_fit_the_standard_is_named_with_its_column() {
    for (from, to, place, words) in [
        ("series.households", "series.household", "3: measure", "write `series.households`, or remove the row"),
        ("series.households", "organisation.unit", "3: measure", "the standard has no measure"),
        ("C1,2008,", "C1,2008-05,", "3: period", "the period is not a year"),
        ("C1,2008,", "S1,2008,", "3: unit", "enter it for a unit of level community"),
        ("C1,2008,", "C1,Mar-08,", "3: period", "`Mar-08` is not a period; write 2009, 2009-H1"),
        ("2446,,", "-2446,,", "3: value", "-2446 is below 0"),
        (",97,100", ",103,100", "4: numerator", "the part 103 exceeds the whole 100"),
        (",97,100", ",97,", "4: denominator", "the row has a numerator without a denominator"),
        (",97,100", ",,", "4: value", "the row has no figure; enter value"),
        ("2446,,", "2446,1,", "3: value", "a value beside"),
        (",97,100", "97,,", "4: numerator", "a ratio needs numerator and denominator"),
        ("2446,,", "2446,", "3: ", "the row has 5 cells, its head 6"),
        ("C1,2008,", ",2008,", "3: unit", "the cell is empty"),
    ] {
        let found = fault("facts", from, to);
        assert!(found.starts_with(&format!("facts.csv:{place}")) && found.contains(words), "{found}");
    }
    let component = "D,2008,series.births,100,,\nD,2008,series.births_within_policy,103,,";
    let found = fault("facts", "D,2008,series.birth_policy_rate,,97,100", component);
    assert!(found.starts_with("facts.csv:5: numerator: series.birth_policy_rate: the part 103"), "{found}");
}

#[test]
fn a_source_that_cannot_be_read_is_named() {
    let facts = FACTS.replace("denominator\n", "denominator,sources\n").replace(",,\n", ",,,premises:1@1;premises:2\n");
    let found = faults(UNITS, facts.replace(",97,100\n", ",97,100,\n"));
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("facts.csv:2: sources: `premises:2` is not a source; write register:record@version"));
}

#[test]
fn units_in_a_circle_are_named() {
    let found = faults(UNITS.replace("S1,D,", "S1,C1,"), FACTS);
    assert_eq!(found.len(), 3, "those below hang on the circle: {found:?}");
    assert_eq!(
        found[0],
        "units.csv:3: parent: S1: the unit stands under itself, or more than 32 levels deep; correct the parent"
    );
}

#[test]
fn all_faults_of_both_files_come_in_one_run_and_no_fault_makes_another() {
    let units = UNITS.replace("C1,S1,community,2002-06-01", "C1,S1,community,2002/6/1").replace("C2,S1", "C2,S3");
    let facts = FACTS.replace("489.2", "489,2").replace("97", "197").replace("2446", "many");
    let found = faults(units, facts);
    let places: Vec<String> = found.iter().map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        places,
        [
            "units.csv:4 valid_from",
            "units.csv:5 parent",
            "facts.csv:2 value",
            "facts.csv:3 value",
            "facts.csv:4 numerator",
        ]
    );
    // A row of units that tells no id: whether the unit of a fact is listed cannot be said.
    let units = UNITS.replace("C2,S1,", "C2;S1,").replace("S1,D", "4.3E+17,D");
    let facts = FACTS.replace("C1,2008", "C2,2008");
    assert_eq!(faults(units, facts).len(), 2);
    // No list of units, no judgement on the units of facts.
    assert_eq!(faults("", FACTS), ["units.csv:1: the file is empty; begin with a head of column names"]);
}

#[test]
fn more_faults_than_anyone_reads_are_counted() {
    let rows: String = (0..5000).map(|n| format!("X{n},2008,series.households,1,,\n")).collect();
    let found = faults(UNITS, format!("{FACTS}{rows}"));
    assert_eq!(found.len(), MAX_ERRORS + 1);
    assert_eq!(found[MAX_ERRORS], "and 4900 more");
}
