//! Reporting periods: `2009`, `2009-H1`, `2009-Q1`, `2009-03`, `term-2009-06`. Owns their grammar, their ends, and the
//! rule for which period may be read on a date.
//!
//! Dates are half-open inside: a period ends on the last day it covers, and is closed from the next day on.

use std::fmt;
use std::str::FromStr;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::names::names;

names! {
    /// The length of a period.
    Grain {
        /// A calendar year, `2009`.
        Year = "year",
        /// Half a year, `2009-H1`.
        Half = "half",
        /// A quarter, `2009-Q1`.
        Quarter = "quarter",
        /// A month, `2009-03`.
        Month = "month",
        /// A committee's term of office, named by the month of its election: `term-2009-06`.
        Term = "term",
    }
}

names! {
    /// When a period's row may be read.
    Window {
        /// A state: the running period may be read.
        State = "state",
        /// A flow inside the period: only a closed period is read.
        Flow = "flow",
        /// The twelve months to the end of the period: only a closed period is read.
        Trailing12m = "trailing_12m",
    }
}

/// One period. Periods of one grain sort by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    grain: Grain,
    year: i32,
    /// 1-based number inside the year: half, quarter or month; 1 for a year.
    number: u32,
}

/// Whether a period's row may be read on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The row is in reach.
    Readable,
    /// The period has not begun, or (flows) is not closed; its row may be read from that day.
    NotYet(NaiveDate),
    /// The row was too old from that day on.
    Stale(NaiveDate),
}

/// Why a text is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period; write 2009, 2009-H1, 2009-Q1, 2009-03 or term-2009-06")]
pub struct NotAPeriod(pub String);

impl Period {
    /// Makes a period; `number` is the half, quarter or month (1 for a year; the month of the election for a term).
    pub fn new(grain: Grain, year: i32, number: u32) -> Option<Period> {
        let highest = match grain {
            Grain::Year => 1,
            Grain::Half => 2,
            Grain::Quarter => 4,
            Grain::Month | Grain::Term => 12,
        };
        ((1000..=9998).contains(&year) && (1..=highest).contains(&number)).then_some(Period { grain, year, number })
    }

    /// The period of this grain that contains `date`. A term has no such period: elections are facts, not dates of a calendar.
    pub fn containing(grain: Grain, date: NaiveDate) -> Option<Period> {
        use chrono::Datelike;
        let month = date.month();
        let number = match grain {
            Grain::Year => 1,
            Grain::Half => (month - 1) / 6 + 1,
            Grain::Quarter => (month - 1) / 3 + 1,
            Grain::Month => month,
            Grain::Term => return None,
        };
        Period::new(grain, date.year(), number)
    }

    /// The length of the period.
    pub fn grain(&self) -> Grain {
        self.grain
    }

    /// The calendar year the period lies in.
    pub fn year(&self) -> i32 {
        self.year
    }

    fn months(&self) -> u32 {
        match self.grain {
            Grain::Year => 12,
            Grain::Half => 6,
            Grain::Quarter => 3,
            Grain::Month | Grain::Term => 1,
        }
    }

    /// The first day.
    pub fn first_day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, (self.number - 1) * self.months() + 1, 1)
            .expect("the year is within 1000..=9998 and the number within its grain, both checked when made")
    }

    /// The first day after the period; from this day on it is closed.
    pub fn day_after(&self) -> NaiveDate {
        self.first_day()
            .checked_add_months(Months::new(self.months()))
            .expect("the year is at most 9998, so the next year is still a date")
    }

    /// The last day. A term ends, for staleness, with the month of its election.
    pub fn last_day(&self) -> NaiveDate {
        self.day_after().pred_opt().unwrap_or_else(|| self.day_after())
    }

    /// Whether a row of this period may be read on `as_of`, given the measure's window and how many months after the
    /// end of the period it goes stale (a year's figure with 15 months is read through 31 March of the year after next).
    pub fn standing(&self, window: Window, stale_after: u32, as_of: NaiveDate) -> Standing {
        let from = if window == Window::State { self.first_day() } else { self.day_after() };
        let until = self.day_after().checked_add_months(Months::new(stale_after)).unwrap_or(NaiveDate::MAX);
        if as_of < from {
            Standing::NotYet(from)
        } else if as_of >= until {
            Standing::Stale(until)
        } else {
            Standing::Readable
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, number) = (self.year, self.number);
        match self.grain {
            Grain::Year => write!(f, "{year}"),
            Grain::Half => write!(f, "{year}-H{number}"),
            Grain::Quarter => write!(f, "{year}-Q{number}"),
            Grain::Month => write!(f, "{year}-{number:02}"),
            Grain::Term => write!(f, "term-{year}-{number:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        parse(text).ok_or_else(|| NotAPeriod(text.chars().take(40).collect()))
    }
}

fn parse(text: &str) -> Option<Period> {
    let digits = |part: &str, width: usize| -> Option<u32> {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok()).flatten()
    };
    let (term, rest) = match text.strip_prefix("term-") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (year, tail) = rest.split_once('-').map_or((rest, None), |(year, tail)| (year, Some(tail)));
    let year = digits(year, 4)? as i32;
    let (grain, number) = match (term, tail) {
        (true, Some(month)) => (Grain::Term, digits(month, 2)?),
        (true, None) => return None,
        (false, None) => (Grain::Year, 1),
        (false, Some(tail)) => match (tail.strip_prefix('H'), tail.strip_prefix('Q')) {
            (Some(half), _) => (Grain::Half, digits(half, 1)?),
            (_, Some(quarter)) => (Grain::Quarter, digits(quarter, 1)?),
            _ => (Grain::Month, digits(tail, 2)?),
        },
    };
    Period::new(grain, year, number)
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn each_grain_has_its_first_and_last_day() {
        for (text, first, last) in [
            ("2009", "2009-01-01", "2009-12-31"),
            ("2009-H1", "2009-01-01", "2009-06-30"),
            ("2009-H2", "2009-07-01", "2009-12-31"),
            ("2008-Q1", "2008-01-01", "2008-03-31"),
            ("2008-02", "2008-02-01", "2008-02-29"),
            ("2009-12", "2009-12-01", "2009-12-31"),
            ("term-2009-06", "2009-06-01", "2009-06-30"),
        ] {
            assert_eq!((period(text).first_day(), period(text).last_day()), (day(first), day(last)), "{text}");
            assert_eq!(period(text).to_string(), text);
        }
    }

    #[test]
    fn a_state_may_be_read_while_it_runs_and_a_flow_only_when_closed() {
        let march = period("2009-03");
        assert_eq!(march.standing(Window::State, 3, day("2009-03-01")), Standing::Readable);
        assert_eq!(march.standing(Window::State, 3, day("2009-02-28")), Standing::NotYet(day("2009-03-01")));
        for window in [Window::Flow, Window::Trailing12m] {
            assert_eq!(march.standing(window, 3, day("2009-03-31")), Standing::NotYet(day("2009-04-01")));
            assert_eq!(march.standing(window, 3, day("2009-04-01")), Standing::Readable);
        }
    }

    #[test]
    fn a_year_with_fifteen_months_is_read_through_march_of_the_year_after_next() {
        let year = period("2007");
        assert_eq!(year.standing(Window::Flow, 15, day("2009-03-31")), Standing::Readable);
        assert_eq!(year.standing(Window::Flow, 15, day("2009-04-01")), Standing::Stale(day("2009-04-01")));
    }

    #[test]
    fn a_period_that_does_not_exist_is_refused() {
        for text in [
            "",
            "09",
            "2009-13",
            "2009-00",
            "2009-H3",
            "2009-Q5",
            "2009-3",
            "term-2009",
            "2009-Q",
            "2009-",
            "２００９",
            "0999",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text:?} was read");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in "(term-)?[0-9HQ-]{0,9}|.{0,12}") {
            if let Ok(period) = text.parse::<Period>() {
                prop_assert_eq!(period.to_string(), text);
                prop_assert!(period.first_day() <= period.last_day());
            }
        }
    }
}
