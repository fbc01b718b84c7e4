//! Counting in working days, and the local day.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use hejian_workdays::{Beyond, Calendar, DayError, day_start, local_day};
use proptest::prelude::*;

use crate::day;

fn covered() -> impl Strategy<Value = NaiveDate> {
    // Far enough from both ends that a thousand working days stay inside the data.
    (0u64..3500).prop_map(|days| day("2012-06-01") + Days::new(days))
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (-3_000_000i32..3_000_000)
        .prop_map(|days| NaiveDate::from_num_days_from_ce_opt(days).expect("inside chrono's range"))
}

#[test]
fn the_day_after_the_start_counts_as_one() {
    let calendar = Calendar::builtin();
    let add = |from, n| calendar.add_workdays(day(from), n).unwrap();
    assert_eq!(add("2009-06-22", 1), day("2009-06-23"));
    assert_eq!(add("2009-06-22", 5), day("2009-06-29"));
    assert_eq!(add("2009-09-30", 1), day("2009-10-09"));
    assert_eq!(add("2009-09-30", 2), day("2009-10-10"));
    assert_eq!(add("2009-10-04", 0), day("2009-10-04"), "zero is the day itself, free or not");
    assert_eq!(add("2009-10-09", -1), day("2009-09-30"));
    assert_eq!(calendar.next_workday(day("2009-10-10")).unwrap(), day("2009-10-12"));
}

#[test]
fn days_between_two_dates_are_signed() {
    let between = |a, b| Calendar::builtin().workdays_between(day(a), day(b)).unwrap();
    assert_eq!(between("2009-06-22", "2009-06-25"), 3);
    assert_eq!(between("2009-06-25", "2009-06-22"), -3);
    assert_eq!(between("2009-09-30", "2009-10-12"), 3);
    assert_eq!(between("2009-06-22", "2009-06-22"), 0);
}

#[test]
fn the_years_of_the_campaign_have_the_working_days_the_notices_leave() {
    let year = |year: i32| {
        let ends = (NaiveDate::from_ymd_opt(year - 1, 12, 31).unwrap(), NaiveDate::from_ymd_opt(year, 12, 31).unwrap());
        Calendar::builtin().workdays_between(ends.0, ends.1)
    };
    // 2009: 261 Mondays to Fridays, 17 of them free, 6 weekend days worked.
    assert_eq!((year(2009), year(2010)), (Ok(250), Ok(250)));
}

#[test]
fn counting_out_of_the_data_is_refused_and_counting_without_end_too() {
    let calendar = Calendar::builtin();
    let refused = |year| DayError::NotCovered { year, first: 2008, last: 2026 };
    assert_eq!(calendar.add_workdays(day("2026-12-31"), 1), Err(refused(2027)));
    assert_eq!(calendar.add_workdays(day("2008-01-02"), -2), Err(refused(2007)));
    assert_eq!(calendar.workdays_between(day("2026-12-31"), day("2027-01-04")), Err(refused(2027)));
    let estimate = calendar.beyond(Beyond::WeekendsOnly);
    let from = day("2026-12-31");
    assert_eq!(estimate.add_workdays(from, i32::MAX), Err(DayError::TooFar { from }));
    assert_eq!(estimate.add_workdays(NaiveDate::MAX, 1), Err(DayError::TooFar { from: NaiveDate::MAX }));
}

proptest! {
    #[test]
    fn adding_and_counting_agree(from in covered(), n in 1i32..1000) {
        let calendar = Calendar::builtin();
        let to = calendar.add_workdays(from, n).unwrap();
        prop_assert!(calendar.is_workday(to).unwrap());
        prop_assert_eq!(calendar.workdays_between(from, to), Ok(i64::from(n)));
        prop_assert_eq!(calendar.workdays_between(to, from), Ok(i64::from(-n)));
    }

    #[test]
    fn from_a_working_day_going_there_and_back_ends_where_it_began(from in covered(), n in -1000i32..1000) {
        let calendar = Calendar::builtin();
        let from = calendar.next_workday(from).unwrap();
        let there = calendar.add_workdays(from, n).unwrap();
        prop_assert_eq!(calendar.add_workdays(there, -n), Ok(from));
    }

    #[test]
    fn adding_is_monotone_in_both_arguments(a in covered(), b in covered(), n in -500i32..500, m in -500i32..500) {
        let calendar = Calendar::builtin();
        let add = |day, n| calendar.add_workdays(day, n).unwrap();
        prop_assert!(add(a.min(b), n) <= add(a.max(b), n));
        prop_assert!(add(a, n.min(m)) <= add(a, n.max(m)));
    }

    #[test]
    fn counting_is_the_sum_of_its_days(a in covered(), length in 0u64..500) {
        let calendar = Calendar::builtin();
        let b = a + Days::new(length);
        let slowly = a.iter_days().skip(1).take_while(|day| *day <= b).filter(|day| calendar.is_workday(*day).unwrap()).count();
        prop_assert_eq!(calendar.workdays_between(a, b), Ok(slowly as i64));
    }

    #[test]
    fn estimates_add_up_over_the_ends_of_the_data_and_before_year_one(a in any_day(), b in any_day(), c in any_day()) {
        let calendar = Calendar::builtin().beyond(Beyond::WeekendsOnly);
        let between = |a, b| calendar.workdays_between(a, b).unwrap();
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        prop_assert!((between(a, b).abs() - ((b - a).num_days().abs() * 5 / 7)).abs() <= 250);
    }

    #[test]
    fn a_moment_lies_in_the_day_that_begins_before_it(seconds in 700_000_000i64..4_000_000_000) {
        let moment = DateTime::from_timestamp(seconds, 0).unwrap();
        let today = local_day(moment);
        prop_assert!(day_start(today) <= moment && moment < day_start(today + Days::new(1)));
    }
}

#[test]
fn the_local_day_changes_at_sixteen_hours_utc() {
    let moment = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    assert_eq!(local_day(moment("2009-06-21T15:59:59Z")), day("2009-06-21"));
    assert_eq!(local_day(moment("2009-06-21T16:00:00Z")), day("2009-06-22"));
    assert_eq!(day_start(day("2009-06-22")), moment("2009-06-21T16:00:00Z"));
    // The summers with clocks put forward are not modelled: this was already 1 July on the clocks of 1988.
    assert_eq!(local_day(moment("1988-06-30T15:30:00Z")), day("1988-06-30"));
}

#[test]
fn the_ends_of_time_do_not_panic() {
    assert_eq!(local_day(DateTime::<Utc>::MAX_UTC).year(), DateTime::<Utc>::MAX_UTC.year());
    assert!(day_start(NaiveDate::MIN) <= DateTime::<Utc>::MIN_UTC + TimeDelta::days(1));
}
