//! The days of the demonstration, and how a bare year becomes a day.
//!
//! The rule that matters: nothing here claims a day the sources do not give; what is assumed is named and explained.

use chrono::NaiveDate;

/// The day the demonstration opens (at 08:00, Asia/Shanghai).
pub const OPENS_ON: NaiveDate = day(2009, 6, 22);
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
}
