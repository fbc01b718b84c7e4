//! The calendar: which days are worked, and counting in them.
//!
//! The rule that matters: a year is covered only when the data declares it. Weekday arithmetic for an uncovered year is
//! a guess, and a guess is made only when the caller asks for it ([`Beyond::WeekendsOnly`]).

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::csv::{self, CsvErrors};

/// The longest walk, in calendar days, that one question may need. Wrong input is then an error, not a minute of work.
pub(crate) const LONGEST_WALK: u32 = 200_000;

static BUILTIN: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::from_csv(include_str!("../data/holidays.csv")).expect("a test reads the built-in data without an error")
});

/// What a calendar answers for a year it has no data for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Beyond {
    /// Refuse with [`DayError::NotCovered`].
    #[default]
    Refuse,
    /// Take Monday to Friday as working days; the answer is an estimate and should be shown as one.
    WeekendsOnly,
}

/// Why a question about days cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// The calendar has no data for this year.
    #[error(
        "no working-day data for {year} (covered: {first} to {last}); add the State Council's notice for {year} to \
         crates/workdays/data/holidays.csv, or accept an estimate by weekends"
    )]
    NotCovered {
        /// The year asked for.
        year: i32,
        /// The first covered year.
        first: i32,
        /// The last covered year.
        last: i32,
    },
    /// The answer lies too far away from the day asked about.
    #[error(
        "the day asked for lies more than 200000 days from {from}; check the number of days, the pauses and the date"
    )]
    TooFar {
        /// Where counting began.
        from: NaiveDate,
    },
}

/// What a notice says about one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// Free: the festival itself, or a day moved to it.
    Holiday,
    /// A Saturday or Sunday worked in exchange (调休上班).
    Workday,
}

/// One day named in a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayNote {
    /// Free or worked.
    pub kind: DayKind,
    /// The festival, in Chinese as the notice names it: 春节, 国庆节、中秋节.
    pub festival: String,
    /// The number of the notice: 国办发明电〔2008〕42号.
    pub source: String,
}

/// The working-day calendar: covered years, the days their notices name, and what to answer beyond them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub(crate) years: BTreeMap<i32, String>,
    pub(crate) notes: BTreeMap<NaiveDate, DayNote>,
    beyond: Beyond,
}

impl Calendar {
    /// The calendar of the built-in data, 2008 to 2026, parsed once; refuses every other year.
    pub fn builtin() -> &'static Calendar {
        &BUILTIN
    }

    /// A calendar from text with the columns `date,kind,festival,source` (the form of `data/holidays.csv`).
    ///
    /// `kind` is `holiday`, `workday`, or `year`: a `year` row has a year in `date` and declares it covered. A
    /// byte-order mark and Windows line ends are accepted. All faulty lines are reported together.
    pub fn from_csv(text: &str) -> Result<Calendar, CsvErrors> {
        csv::read(text, &Calendar { years: BTreeMap::new(), notes: BTreeMap::new(), beyond: Beyond::Refuse })
    }

    /// This calendar with the rows of `text` laid over it: further years, or local changes to days already known.
    ///
    /// A row replaces the row of the same day. Same form and errors as [`Calendar::from_csv`].
    pub fn extended(&self, text: &str) -> Result<Calendar, CsvErrors> {
        csv::read(text, self)
    }

    /// The same data with another answer for uncovered years.
    pub fn beyond(&self, beyond: Beyond) -> Calendar {
        Calendar { beyond, ..self.clone() }
    }

    /// Whether the year of `day` is covered by data; if not, an answer about it is an estimate or refused.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.years.contains_key(&day.year())
    }

    /// The covered years, each with the number of its notice, ascending.
    pub fn years(&self) -> impl Iterator<Item = (i32, &str)> {
        self.years.iter().map(|(year, source)| (*year, source.as_str()))
    }

    /// What a notice says about `day`, if one names it.
    pub fn note(&self, day: NaiveDate) -> Option<&DayNote> {
        self.notes.get(&day)
    }

    /// Whether `day` is worked.
    pub fn is_workday(&self, day: NaiveDate) -> Result<bool, DayError> {
        match self.notes.get(&day) {
            Some(note) => Ok(note.kind == DayKind::Workday),
            None => self.answered(day.year()).map(|()| !is_weekend(day)),
        }
    }

    /// The `n`-th working day after `from`; the day after `from` is the first that can count.
    ///
    /// `n` = 0 gives `from` itself, worked or not. A negative `n` counts back, beginning with the day before. For a
    /// working day `from` the two directions undo each other.
    pub fn add_workdays(&self, from: NaiveDate, n: i32) -> Result<NaiveDate, DayError> {
        let (mut day, mut left) = (from, n.unsigned_abs());
        let mut steps = 0;
        while left > 0 {
            let next = if n > 0 { day.succ_opt() } else { day.pred_opt() };
            steps += 1;
            day = next.filter(|_| steps <= LONGEST_WALK).ok_or(DayError::TooFar { from })?;
            left -= u32::from(self.is_workday(day)?);
        }
        Ok(day)
    }

    /// The number of working days in `(a, b]`, or minus the number in `(b, a]` when `b` is before `a`.
    ///
    /// Cost: the notes between the two days, not the days.
    pub fn workdays_between(&self, a: NaiveDate, b: NaiveDate) -> Result<i64, DayError> {
        if b < a {
            return self.workdays_between(b, a).map(|days| -days);
        }
        let Some(first) = a.succ_opt().filter(|first| *first <= b) else { return Ok(0) };
        for year in first.year()..=b.year() {
            self.answered(year)?;
            // Nothing is refused from here on, and a million years need not be asked one by one.
            if self.beyond == Beyond::WeekendsOnly {
                break;
            }
        }
        let moved: i64 = self
            .notes
            .range((Bound::Excluded(a), Bound::Included(b)))
            .map(|(day, note)| match (note.kind, is_weekend(*day)) {
                (DayKind::Holiday, false) => -1,
                (DayKind::Workday, true) => 1,
                _ => 0,
            })
            .sum();
        Ok(mondays_to_fridays(b) - mondays_to_fridays(a) + moved)
    }

    /// The first working day after `day`.
    pub fn next_workday(&self, day: NaiveDate) -> Result<NaiveDate, DayError> {
        self.add_workdays(day, 1)
    }

    fn answered(&self, year: i32) -> Result<(), DayError> {
        if self.beyond == Beyond::WeekendsOnly || self.years.contains_key(&year) {
            return Ok(());
        }
        let ends = self.years.keys().next().zip(self.years.keys().next_back());
        let (first, last) = ends.map_or((year, year), |(first, last)| (*first, *last));
        Err(DayError::NotCovered { year, first, last })
    }
}

pub(crate) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Mondays to Fridays from Monday 1 January of year 1 up to and including `day` (negative before it).
fn mondays_to_fridays(day: NaiveDate) -> i64 {
    let days = i64::from(day.num_days_from_ce());
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}
