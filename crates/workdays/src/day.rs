//! The business day: which day of Asia/Shanghai a moment belongs to.
//!
//! The rule that matters: the offset is UTC+8, always. China has kept it without interruption since 15 September 1991.
//! In the summers of 1986 to 1991 clocks ran one hour ahead, so a moment of those summers between 15:00 and 16:00 UTC is
//! given the day before the one a clock in China showed. The product keeps no moments from before 2008; dates of that
//! time (a birthday, a founding) are written as dates and never pass through here.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

const OFFSET: TimeDelta = TimeDelta::hours(8);

/// The day in Asia/Shanghai on which `moment` falls.
pub fn local_day(moment: DateTime<Utc>) -> NaiveDate {
    // At the far end of chrono's range the sum does not fit; the day in UTC is then the nearest that can be said.
    moment.naive_utc().checked_add_signed(OFFSET).map_or(moment.date_naive(), |local| local.date())
}

/// The moment at which `day` begins in Asia/Shanghai, so that a query for a day can be written `[day_start(d), day_start(d + 1))`.
pub fn day_start(day: NaiveDate) -> DateTime<Utc> {
    let evening = NaiveTime::from_hms_opt(16, 0, 0).unwrap_or(NaiveTime::MIN);
    day.checked_sub_days(Days::new(1)).map_or(day.and_time(NaiveTime::MIN), |before| before.and_time(evening)).and_utc()
}
