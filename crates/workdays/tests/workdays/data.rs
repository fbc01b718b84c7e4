//! The built-in data and the reader of its form.

use chrono::Datelike;
use hejian_workdays::{Beyond, Calendar, DayError, DayKind, LineProblem};

use crate::day;

fn assert_days(worked: &[&str], free: &[&str]) {
    let calendar = Calendar::builtin();
    for text in worked {
        assert_eq!(calendar.is_workday(day(text)), Ok(true), "{text} is worked");
    }
    for text in free {
        assert_eq!(calendar.is_workday(day(text)), Ok(false), "{text} is free");
    }
}

#[test]
fn national_day_2008_was_taken_from_29_september_to_5_october() {
    assert_days(
        &["2008-09-26", "2008-09-27", "2008-09-28", "2008-10-06"],
        &[
            "2008-09-29",
            "2008-09-30",
            "2008-10-01",
            "2008-10-02",
            "2008-10-03",
            "2008-10-04",
            "2008-10-05",
            "2008-10-11",
        ],
    );
}

#[test]
fn spring_festival_2009_was_paid_for_on_24_january_and_1_february() {
    assert_days(
        &["2009-01-23", "2009-01-24", "2009-02-01", "2009-02-02"],
        &[
            "2009-01-25",
            "2009-01-26",
            "2009-01-27",
            "2009-01-28",
            "2009-01-29",
            "2009-01-30",
            "2009-01-31",
            "2009-02-07",
        ],
    );
}

#[test]
fn national_day_and_mid_autumn_2009_gave_eight_days_for_27_september_and_10_october() {
    assert_days(&["2009-09-27", "2009-09-30", "2009-10-09", "2009-10-10"], &["2009-09-26", "2009-10-11"]);
    for date in 1..=8 {
        assert_days(&[], &[&format!("2009-10-{date:02}")]);
    }
}

#[test]
fn later_notices_of_the_same_year_are_in_force() {
    // 2015: the Victory Day notice. 2019: Labour Day lengthened in March. 2020: the Spring Festival extended in January.
    assert_days(&["2015-09-06"], &["2015-09-03", "2015-09-04"]);
    assert_days(&["2019-04-28", "2019-05-05"], &["2019-05-02", "2019-05-03"]);
    assert_days(&["2020-01-19", "2020-02-03"], &["2020-01-31", "2020-02-01"]);
}

#[test]
fn a_notice_reaches_back_into_december() {
    assert_days(&["2011-12-31", "2018-12-29"], &["2018-12-31", "2022-12-31"]);
    let note = Calendar::builtin().note(day("2018-12-29")).expect("the notice of 2019 names it");
    assert_eq!((note.kind, note.source.as_str()), (DayKind::Workday, "国办发明电〔2018〕15号"));
}

/// Days off and weekend days worked as counted in the text of each year's notices, changes applied.
#[test]
fn every_year_has_as_many_days_as_its_notices_name() {
    let counts = [
        (2008, 27, 5),
        (2009, 27, 6),
        (2010, 29, 8),
        (2011, 29, 5),
        (2012, 27, 7),
        (2013, 29, 12),
        (2014, 22, 5),
        (2015, 26, 5),
        (2016, 24, 6),
        (2017, 24, 5),
        (2018, 23, 6),
        (2019, 24, 7),
        (2020, 30, 6),
        (2021, 31, 7),
        (2022, 31, 7),
        (2023, 27, 7),
        (2024, 28, 8),
        (2025, 28, 5),
        (2026, 33, 6),
    ];
    let calendar = Calendar::builtin();
    let mut notes = Vec::new();
    for date in day("2008-01-01").iter_days().take_while(|date| date.year() <= 2026) {
        // The New Year's rows of a notice may lie in the December before.
        let year = if date.month() == 12 { date.year() + 1 } else { date.year() };
        notes.extend(calendar.note(date).map(|note| (year, note.kind)));
    }
    for (year, holidays, workdays) in counts {
        let of = |kind| notes.iter().filter(|note| **note == (year, kind)).count();
        assert_eq!((of(DayKind::Holiday), of(DayKind::Workday)), (holidays, workdays), "{year}");
    }
}

#[test]
fn the_built_in_years_run_without_a_gap_from_2008_and_name_their_notice() {
    let years: Vec<_> = Calendar::builtin().years().collect();
    assert_eq!(years.iter().map(|(year, _)| *year).collect::<Vec<_>>(), (2008..=2026).collect::<Vec<_>>());
    for (year, source) in years {
        assert!(source.contains(&format!("〔{}〕", year - 1)), "{year} was announced by {source}");
    }
}

#[test]
fn a_year_without_data_is_refused_with_its_name_and_the_remedy() {
    let refused = Calendar::builtin().is_workday(day("2027-02-08"));
    assert_eq!(refused, Err(DayError::NotCovered { year: 2027, first: 2008, last: 2026 }));
    let text = refused.unwrap_err().to_string();
    assert!(text.contains("2027") && text.contains("crates/workdays/data/holidays.csv"), "{text}");
    assert!(!Calendar::builtin().covers(day("2027-02-08")));
}

#[test]
fn by_weekends_an_uncovered_year_is_estimated_and_a_covered_one_is_not() {
    let calendar = Calendar::builtin().beyond(Beyond::WeekendsOnly);
    assert_eq!(calendar.is_workday(day("2027-02-08")), Ok(true));
    assert_eq!(calendar.is_workday(day("2027-02-07")), Ok(false));
    assert_eq!(calendar.is_workday(day("2026-10-10")), Ok(true));
}

const FILE: &str = "date,kind,festival,source\n2027,year,,通知\n2027-01-01,holiday,元旦,通知\n";

#[test]
fn a_further_year_can_be_laid_over_the_built_in_ones() {
    let calendar = Calendar::builtin().extended(FILE).unwrap();
    assert_eq!(calendar.is_workday(day("2027-01-01")), Ok(false));
    assert_eq!(calendar.is_workday(day("2009-01-24")), Ok(true));
    // A local day off in a year that is covered already needs no `year` row.
    let local = calendar.extended("date,kind,festival,source\n2024-04-11,holiday,壮族三月三,桂政办\n").unwrap();
    assert_eq!((calendar.is_workday(day("2024-04-11")), local.is_workday(day("2024-04-11"))), (Ok(true), Ok(false)));
}

#[test]
fn a_byte_order_mark_windows_line_ends_and_empty_lines_are_accepted() {
    let windows = format!("\u{feff}{}\r\n", FILE.replace('\n', "\r\n"));
    assert_eq!(Calendar::from_csv(&windows), Calendar::from_csv(FILE));
    assert!(Calendar::from_csv(FILE).is_ok());
}

#[test]
fn every_faulty_line_is_named_with_its_number_and_what_is_wrong() {
    use LineProblem::{Date, Empty, Fields, Kind, Twice, Undeclared, WorkedAnyway, Year};
    let rows: [(&str, LineProblem); 10] = [
        ("2027-13-01,holiday,元旦,通知", Date("2027-13-01".into())),
        ("MMXXVII,year,,通知", Year("MMXXVII".into())),
        ("2027-01-02,feast,元旦,通知", Kind("feast".into())),
        ("2027-01-02,holiday,,通知", Empty("festival")),
        ("2027-01-02,holiday,元旦,", Empty("source")),
        ("2027-01-02,holiday,元旦,春节,通知", Fields(5)),
        ("2027-01-01,holiday,元旦,通知", Twice("2027-01-01".into())),
        ("2027,year,,另一通知", Twice("2027".into())),
        ("2027-01-04,workday,元旦,通知", WorkedAnyway(day("2027-01-04"), chrono::Weekday::Mon)),
        ("2028-01-01,holiday,元旦,通知", Undeclared(day("2028-01-01"))),
    ];
    let text = rows.iter().fold(FILE.to_owned(), |text, (row, _)| format!("{text}{row}\n"));
    let errors = Calendar::from_csv(&text).unwrap_err().0;
    let found: Vec<_> = errors.iter().map(|error| (error.line, error.problem.clone())).collect();
    let expected: Vec<_> = rows.into_iter().enumerate().map(|(at, (_, problem))| (at + 4, problem)).collect();
    assert_eq!(found, expected);
    assert!(errors[9].to_string().starts_with("line 13: 2028-01-01") && errors[9].to_string().contains("`2028,year,,"));
}

#[test]
fn a_file_without_header_or_without_a_year_is_refused() {
    let problem = |text| Calendar::from_csv(text).unwrap_err().0[0].problem.clone();
    assert_eq!(problem(""), LineProblem::Header(String::new()));
    assert_eq!(problem("day,kind\n"), LineProblem::Header("day,kind".into()));
    assert_eq!(problem("date,kind,festival,source\n"), LineProblem::NoYear);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused_but_never_panics(text in "(date,kind,festival,source\n)?([0-9a-z,〔\n-]{0,12}(,year,,x\n)?){0,6}") {
        let _ = Calendar::from_csv(&text);
    }
}
