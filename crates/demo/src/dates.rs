//! The days of the demonstration, and how a bare year becomes a day.
//!
//! The rule that matters: nothing here claims a day the sources do not give; what is assumed is named and explained.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The day the demonstration opens (at 08:00, Asia/Shanghai).
pub const OPENS_ON: NaiveDate = day(2009, 6, 22);
/// The first day the demonstration can open on: stock was taken in this month.
pub const STORY_BEGINS_ON: NaiveDate = day(2008, 10, 31);
/// The last day the demonstration can open on: the end of its story.
pub const STORY_ENDS_ON: NaiveDate = day(2010, 2, 28);
/// The day on which everything that seldom changes was counted anew, before the first count was too old to be read.
pub const RECOUNTED_ON: NaiveDate = day(2009, 9, 8);
/// Assumed day of the consolidation 86 → 51. The sources give no year; 2002 is an assumption, and so is the day.
pub const MERGED_ON: NaiveDate = day(2002, 6, 1);
/// Assumed day of the decision to merge.
pub const MERGE_DECIDED_ON: NaiveDate = day(2002, 5, 20);
/// Assumed first day of a committee whose founding is not known: the residents' committees law took force.
pub const COMMITTEES_SINCE: NaiveDate = day(1990, 1, 1);
/// Last day the demonstration can know of. An end after it (the reform of 2014) stays words in the note.
pub const KNOWN_UNTIL: NaiveDate = day(2010, 12, 31);

/// A day of the calendar, written in the code.
pub(crate) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day written in the code exists")
}

/// Reads `2002`, `2014-08` or `1999-01-18`; a bare year is its 1 January, a bare month its first day.
pub(crate) fn read(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map_or(Some(1), |month| month.parse().ok())?;
    let day = parts.next().map_or(Some(1), |day| day.parse().ok())?;
    if parts.next().is_some() { None } else { NaiveDate::from_ymd_opt(year, month, day) }
}

/// First and last days of the Spring Festival week, 2003–2010.
const SPRING_FESTIVAL: &[(NaiveDate, NaiveDate)] = &[
    (day(2003, 2, 1), day(2003, 2, 7)),
    (day(2004, 1, 22), day(2004, 1, 28)),
    (day(2005, 2, 9), day(2005, 2, 15)),
    (day(2006, 1, 29), day(2006, 2, 4)),
    (day(2007, 2, 18), day(2007, 2, 24)),
    (day(2008, 2, 6), day(2008, 2, 12)),
    (day(2009, 1, 25), day(2009, 1, 31)),
    (day(2010, 2, 13), day(2010, 2, 19)),
];

/// The day itself, or the last one before it that is neither a weekend nor in a holiday week. Good enough for invented
/// papers; deadlines are counted by the calendar of working days elsewhere.
pub(crate) fn office_day(mut on: NaiveDate) -> NaiveDate {
    while is_off(on) {
        on = on.checked_sub_days(Days::new(1)).expect("the demonstration lies far from the first day of the calendar");
    }
    on
}

fn is_off(on: NaiveDate) -> bool {
    // The May holiday was cut from a week to three days in 2008.
    let may_ends = if on.year() < 2008 { 7 } else { 3 };
    let fixed = match (on.month(), on.day()) {
        (1, day) => day <= 3,
        (5, day) => day <= may_ends,
        (10, day) => day <= 7,
        _ => false,
    };
    let weekend = matches!(on.weekday(), Weekday::Sat | Weekday::Sun);
    fixed || weekend || SPRING_FESTIVAL.iter().any(|(first, last)| (*first..=*last).contains(&on))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_year_is_its_first_day() {
        assert_eq!(read("1988"), Some(day(1988, 1, 1)));
        assert_eq!(read("2014-08"), Some(day(2014, 8, 1)));
        assert_eq!(read("1999-01-18"), Some(day(1999, 1, 18)));
        for wrong in ["", "x", "2002-13", "2002-02-30", "2002-1-1-1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_office_day_steps_back_over_weekends_and_holidays() {
        assert_eq!(office_day(day(2009, 6, 22)), day(2009, 6, 22));
        assert_eq!(office_day(day(2009, 6, 21)), day(2009, 6, 19));
        assert_eq!(office_day(day(2007, 5, 7)), day(2007, 4, 30));
        assert_eq!(office_day(day(2008, 5, 7)), day(2008, 5, 7));
        assert_eq!(office_day(day(2009, 1, 28)), day(2009, 1, 23));
    }
}
