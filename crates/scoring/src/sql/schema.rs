//! The three tables the query reads, and how periods and days are numbers in them.
//!
//! A month is `year * 12 + month - 1`; every period begins with a month, so windows and age limits are sums of months. A day is
//! `year * 10000 + month * 100 + day`.

use chrono::{Datelike, NaiveDate};

use super::Limits;
use crate::period::{Grain, Period};

/// The statements that make the tables, in order.
pub(super) fn tables(limits: &Limits) -> Vec<String> {
    let most = limits.most();
    vec![
        "create table asked (day bigint not null, month bigint not null)".to_owned(),
        "create table unit (unit text not null primary key, parent text, level text not null, sort_order bigint not null, \
         valid_from bigint, valid_to bigint)"
            .to_owned(),
        format!(
            "create table fact (measure text not null, unit text not null, period_key bigint not null, period text not null, \
             grain bigint not null, from_month bigint not null, to_month bigint not null, \
             numerator bigint check (numerator between -{most} and {most}), \
             denominator bigint check (denominator between -{most} and {most}), primary key (measure, unit, period_key))"
        ),
    ]
}

/// The number of a grain; periods sort by it first.
pub(super) fn grain(grain: Grain) -> i64 {
    match grain {
        Grain::Year => 1,
        Grain::Half => 2,
        Grain::Quarter => 3,
        Grain::Month => 4,
        Grain::Term => 5,
    }
}

/// The month of a day.
pub(super) fn month(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// The day as a number.
pub(super) fn day(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// `period_key`, `grain`, `from_month` and the month after the period.
pub(super) fn period(period: &Period) -> (i64, i64, i64, i64) {
    let (grain, from) = (grain(period.grain()), month(period.first_day()));
    (grain * 1_000_000 + from, grain, from, month(period.day_after()))
}
