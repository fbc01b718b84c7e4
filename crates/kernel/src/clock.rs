//! The one clock of the product. It owns the business "now": system time plus a fixed offset per district.
//!
//! The rule that matters: nobody else asks the system for the time. The offset lets the demonstration district live in
//! 2009 while deadlines, sessions and the audit chain stay consistent with each other; a real district has offset zero.
//! Times are UTC cut to microseconds, because PostgreSQL keeps no more: a value reads back as it was written.

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};

/// Business time: the system's time plus an offset.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    offset: TimeDelta,
}

impl Clock {
    /// A clock that shows `shows` at the system moment `system`.
    #[must_use]
    pub fn showing(shows: DateTime<Utc>, system: DateTime<Utc>) -> Self {
        Self { offset: shows - system }
    }

    /// A clock with the given offset in microseconds (as stored with the district).
    #[must_use]
    pub fn with_offset_micros(micros: i64) -> Self {
        Self { offset: TimeDelta::microseconds(micros) }
    }

    /// The offset in microseconds, for storing.
    #[must_use]
    pub fn offset_micros(self) -> i64 {
        self.offset.num_microseconds().unwrap_or(0)
    }

    /// The business moment, in microseconds.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        (system_now() + self.offset).trunc_subsecs(6)
    }

    /// The business day in Asia/Shanghai.
    #[must_use]
    pub fn today(self) -> NaiveDate {
        local_day(self.now())
    }
}

pub use hejian_workdays::local_day;

/// The moment a civil day in Asia/Shanghai ends (the first moment of the next day).
#[must_use]
pub fn day_end(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}

/// The system's own moment. The only call of the kind; everything else goes through [`Clock`].
#[must_use]
#[allow(clippy::disallowed_methods)]
pub fn system_now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
