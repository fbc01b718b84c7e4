//! What the calendar, the deadlines and the lamps promise; every date below was read in the notice of its year.

mod counting;
mod data;
mod deadlines;
mod lamps;

use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a date"))
}
