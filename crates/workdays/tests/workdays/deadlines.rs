//! Due dates, pauses and what is left.

use chrono::{Days, NaiveDate};
use hejian_workdays::{Beyond, Calendar, DayError, Deadline, Limit, Pause, Standing};
use proptest::prelude::*;

use crate::day;

fn due(started_on: &str, limit: Limit, pauses: &[(&str, &str)]) -> NaiveDate {
    deadline(started_on, limit, pauses).due_on(Calendar::builtin()).unwrap()
}

fn deadline(started_on: &str, limit: Limit, pauses: &[(&str, &str)]) -> Deadline {
    let pauses = pauses.iter().map(|(from, to)| Pause { from: day(from), to: day(to) }).collect();
    Deadline { started_on: day(started_on), limit, pauses }
}

#[test]
fn working_days_skip_the_festival_and_count_the_days_worked_for_it() {
    assert_eq!(due("2009-01-22", Limit::Workdays(5), &[]), day("2009-02-03"));
    assert_eq!(due("2009-09-25", Limit::Workdays(5), &[]), day("2009-10-09"));
}

#[test]
fn calendar_days_that_end_on_a_day_of_rest_end_on_the_next_working_day() {
    assert_eq!(due("2009-06-22", Limit::Days(4), &[]), day("2009-06-26"));
    assert_eq!(due("2009-06-22", Limit::Days(5), &[]), day("2009-06-29"));
    assert_eq!(due("2009-09-21", Limit::Days(15), &[]), day("2009-10-09"));
}

#[test]
fn a_limit_of_zero_is_due_the_same_day_or_on_the_first_day_back() {
    assert_eq!(due("2009-06-22", Limit::Workdays(0), &[]), day("2009-06-22"));
    assert_eq!(due("2009-06-20", Limit::Workdays(0), &[]), day("2009-06-22"));
}

#[test]
fn a_named_date_stands_as_written() {
    let sunday = Limit::Date(day("2009-06-28"));
    assert_eq!(due("2009-06-22", sunday, &[("2009-06-23", "2009-06-26")]), day("2009-06-28"));
}

#[test]
fn a_pause_is_half_open_and_pauses_may_overlap() {
    let five = Limit::Workdays(5);
    assert_eq!(due("2009-06-22", five, &[("2009-06-24", "2009-06-25")]), day("2009-06-30"));
    assert_eq!(
        due("2009-06-22", five, &[("2009-06-24", "2009-06-26"), ("2009-06-25", "2009-06-27")]),
        day("2009-07-02")
    );
    assert_eq!(due("2009-06-22", five, &[("2009-06-24", "2009-06-24")]), day("2009-06-29"), "an empty pause");
    assert_eq!(
        due("2009-06-22", five, &[("2009-06-25", "2009-06-24")]),
        day("2009-06-29"),
        "a reversed pause is empty"
    );
    assert_eq!(
        due("2009-06-22", five, &[("2009-06-27", "2009-06-29")]),
        day("2009-06-29"),
        "a paused weekend costs nothing"
    );
}

#[test]
fn what_is_left_is_printed_as_left_today_or_over() {
    let order = deadline("2009-06-22", Limit::Workdays(3), &[]);
    let standing = |today| order.remaining(Calendar::builtin(), day(today)).unwrap();
    assert_eq!(standing("2009-06-22"), Standing::Left(3));
    assert_eq!(standing("2009-06-24"), Standing::Left(1));
    assert_eq!(standing("2009-06-25"), Standing::Today);
    assert_eq!(standing("2009-06-26"), Standing::Over(1));
    assert_eq!(standing("2009-06-27"), Standing::Over(1), "the weekend adds nothing");
    assert_eq!(standing("2009-06-30"), Standing::Over(3));
    assert_eq!(standing("2009-06-30").signed(), -3);
    assert_eq!((standing("2009-06-22").key(), standing("2009-06-25").key()), ("due-left", "due-today"));
}

#[test]
fn work_due_on_friday_is_over_on_saturday() {
    let calendar = Calendar::builtin();
    assert_eq!(Standing::on(calendar, day("2009-06-26"), day("2009-06-27")), Ok(Standing::Over(1)));
    assert_eq!(Standing::on(calendar, day("2009-06-28"), day("2009-06-27")), Ok(Standing::Left(0)));
}

#[test]
fn what_is_left_does_not_change_during_an_open_pause() {
    for today in ["2009-06-24", "2009-06-25", "2009-06-26", "2009-06-29"] {
        let tomorrow = (day(today) + Days::new(1)).to_string();
        let paused = deadline("2009-06-22", Limit::Workdays(5), &[("2009-06-24", &tomorrow)]);
        assert_eq!(paused.remaining(Calendar::builtin(), day(today)), Ok(Standing::Left(4)), "{today}");
        assert!(paused.is_paused(day(today)) && !paused.is_paused(day("2009-06-23")));
    }
}

#[test]
fn a_deadline_beyond_the_data_or_without_end_is_refused() {
    let beyond = deadline("2026-12-30", Limit::Workdays(5), &[]);
    assert_eq!(beyond.due_on(Calendar::builtin()), Err(DayError::NotCovered { year: 2027, first: 2008, last: 2026 }));
    let endless = Deadline {
        started_on: day("2026-12-30"),
        limit: Limit::Workdays(5),
        pauses: vec![Pause { from: day("2026-12-30"), to: NaiveDate::MAX }],
    };
    let estimate = Calendar::builtin().beyond(Beyond::WeekendsOnly);
    assert_eq!(endless.due_on(&estimate), Err(DayError::TooFar { from: endless.started_on }));
}

fn deadlines() -> impl Strategy<Value = Deadline> {
    let start = day("2009-01-01");
    let pause = (0u64..120, 0u64..20)
        .prop_map(move |(from, length)| Pause { from: start + Days::new(from), to: start + Days::new(from + length) });
    let limit = (0u32..60, any::<bool>()).prop_map(|(n, days)| if days { Limit::Days(n) } else { Limit::Workdays(n) });
    (0u64..60, limit, prop::collection::vec(pause, 0..4)).prop_map(move |(days, limit, pauses)| Deadline {
        started_on: start + Days::new(days),
        limit,
        pauses,
    })
}

proptest! {
    #[test]
    fn without_pauses_working_days_are_the_ones_of_the_calendar(from in 0u64..3000, n in 1u32..300) {
        let started_on = day("2009-01-01") + Days::new(from);
        let calendar = Calendar::builtin();
        let due_on = Deadline { started_on, limit: Limit::Workdays(n), pauses: vec![] }.due_on(calendar);
        prop_assert_eq!(due_on, calendar.add_workdays(started_on, n as i32));
    }

    #[test]
    fn a_pause_never_shortens_a_deadline_and_a_longer_limit_never_either(deadline in deadlines(), more in 0u32..9) {
        let calendar = Calendar::builtin();
        let due_on = deadline.due_on(calendar).unwrap();
        prop_assert!(calendar.is_workday(due_on).unwrap() && due_on >= deadline.started_on);
        let mut fewer = deadline.clone();
        fewer.pauses.pop();
        prop_assert!(fewer.due_on(calendar).unwrap() <= due_on);
        let limit = match deadline.limit {
            Limit::Workdays(n) => Limit::Workdays(n + more),
            Limit::Days(n) => Limit::Days(n + more),
            date => date,
        };
        let longer = Deadline { limit, ..deadline };
        prop_assert!(longer.due_on(calendar).unwrap() >= due_on);
    }

    #[test]
    fn what_is_left_falls_by_one_on_every_unpaused_working_day(deadline in deadlines(), passed in 0u64..90) {
        let calendar = Calendar::builtin();
        let (today, due_on) = (deadline.started_on + Days::new(passed), deadline.due_on(calendar).unwrap());
        let tomorrow = today + Days::new(1);
        prop_assume!(tomorrow < due_on);
        let left = |day| deadline.remaining(calendar, day).unwrap().signed();
        let counts = calendar.is_workday(tomorrow).unwrap() && !deadline.is_paused(tomorrow);
        prop_assert_eq!(left(today) - left(tomorrow), i64::from(counts));
        prop_assert!(left(tomorrow) >= 1);
    }
}
