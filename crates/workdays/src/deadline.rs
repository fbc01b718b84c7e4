//! Deadlines: when something is due, and how much is left of it today.
//!
//! The rule that matters: a due date is computed from its start, its limit and its pauses, never typed over. A pause stops
//! the count, so it can only make the due date later; a date named by an order moves only when the order is replaced.

use chrono::NaiveDate;

use crate::calendar::{Calendar, DayError, LONGEST_WALK};

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// This many working days; the day after the start is the first that can count.
    Workdays(u32),
    /// This many calendar days; an end on a day of rest moves to the next working day (《民法典》 art. 203).
    Days(u32),
    /// This day, as written, worked or not; pauses do not move it.
    Date(NaiveDate),
}

/// A time in which the count stands still, half-open: `from` is the first paused day, `to` the first that counts again.
///
/// A pause whose `to` is not after its `from` is empty. A pause that is still open is given the day after today as `to`:
/// the due date then moves along day by day and what is left stays the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The first paused day.
    pub from: NaiveDate,
    /// The first day that counts again.
    pub to: NaiveDate,
}

impl Pause {
    /// Whether the count stands still on `day`.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }
}

/// Where a due date stands on a day, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Past due by so many working days, at least 1: on the day of rest after the due day it is already 1 (逾期 1 个工作日).
    Over(i64),
    /// Due today (今日到期).
    Today,
    /// So many working days are left, today not counted (剩 3 个工作日). 0 when only days of rest lie before a due date that
    /// was named on a day of rest.
    Left(i64),
}

impl Standing {
    /// Where `due_on` stands on `today`.
    pub fn on(calendar: &Calendar, due_on: NaiveDate, today: NaiveDate) -> Result<Standing, DayError> {
        let days = calendar.workdays_between(today, due_on)?;
        Ok(match due_on.cmp(&today) {
            std::cmp::Ordering::Less => Standing::Over((-days).max(1)),
            std::cmp::Ordering::Equal => Standing::Today,
            std::cmp::Ordering::Greater => Standing::Left(days),
        })
    }

    /// Working days left as a positive number, over as a negative one, for sorting and export.
    pub fn signed(self) -> i64 {
        match self {
            Standing::Over(days) => -days,
            Standing::Today => 0,
            Standing::Left(days) => days,
        }
    }

    /// The key of the text to print; its argument is `n`, the absolute value of [`Standing::signed`].
    pub fn key(self) -> &'static str {
        match self {
            Standing::Over(_) => "due-over",
            Standing::Today => "due-today",
            Standing::Left(_) => "due-left",
        }
    }
}

/// A deadline: when it began, how long it lasts, when it stood still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day it began; not counted.
    pub started_on: NaiveDate,
    /// How long.
    pub limit: Limit,
    /// In any order; may overlap.
    pub pauses: Vec<Pause>,
}

impl Deadline {
    /// The last day on which the work is in time.
    ///
    /// For a limit in days or working days this is the first working day, not paused, by which that many unpaused days
    /// (working days) after the start have gone by. So a limit of 0 is due on the day it starts, or on the next working
    /// day when it starts on a day of rest.
    pub fn due_on(&self, calendar: &Calendar) -> Result<NaiveDate, DayError> {
        let (limit, counts_rest) = match self.limit {
            Limit::Date(day) => return Ok(day),
            Limit::Workdays(limit) => (limit, false),
            Limit::Days(limit) => (limit, true),
        };
        let (mut day, mut counted) = (self.started_on, 0);
        for _ in 0..=LONGEST_WALK {
            let paused = self.is_paused(day);
            let works = calendar.is_workday(day)?;
            if day > self.started_on && !paused && (works || counts_rest) {
                counted += 1;
            }
            if counted >= limit && works && !paused {
                return Ok(day);
            }
            day = day.succ_opt().ok_or(DayError::TooFar { from: self.started_on })?;
        }
        Err(DayError::TooFar { from: self.started_on })
    }

    /// How much is left on `today`, paused days not counted; or by how much it is over.
    pub fn remaining(&self, calendar: &Calendar, today: NaiveDate) -> Result<Standing, DayError> {
        let due_on = self.due_on(calendar)?;
        let standing = Standing::on(calendar, due_on, today)?;
        let (Standing::Left(days), false) = (standing, matches!(self.limit, Limit::Date(_))) else {
            return Ok(standing);
        };
        let mut paused = 0;
        for (steps, day) in today.iter_days().skip(1).take_while(|day| *day <= due_on).enumerate() {
            if steps > LONGEST_WALK as usize {
                return Err(DayError::TooFar { from: today });
            }
            paused += i64::from(self.is_paused(day) && calendar.is_workday(day)?);
        }
        Ok(Standing::Left(days - paused))
    }

    /// Whether the count stands still on `day`, so that a page can print 暂停.
    pub fn is_paused(&self, day: NaiveDate) -> bool {
        self.pauses.iter().any(|pause| pause.holds(day))
    }
}
