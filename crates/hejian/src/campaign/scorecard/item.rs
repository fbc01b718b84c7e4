//! What units owe, item by item, and what that adds up to. Pure: values and a calendar in, counts out.
//!
//! The rule that matters: an item is judged once. It is in time on the day it is done, when that is its due day or one before; it is
//! late on the day after its due day, done by then or not. What is open and not due yet, or has no due day, is not judged at all.

use chrono::NaiveDate;
use hejian_workdays::{Calendar, Standing, Thresholds};
use uuid::Uuid;

/// Where an item comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A duty of the campaign.
    Duty,
    /// A leader's written instruction.
    Instruction,
    /// A to-do on a record, or a reminder to report.
    Todo,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Duty, Self::Instruction, Self::Todo];

    /// Its word in addresses; its label is `scorecard-kind-<key>`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Instruction => "instruction",
            Self::Todo => "todo",
        }
    }
}

/// Something a unit owes.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub kind: Kind,
    pub id: Uuid,
    /// The unit whose post has it.
    pub unit: Uuid,
    pub post: Option<Uuid>,
    /// Title and page, where the reader may see them.
    pub seen: Option<(String, String)>,
    pub began: NaiveDate,
    pub due: Option<NaiveDate>,
    pub done: Option<NaiveDate>,
}

impl Item {
    /// Whether it is open at the end of a day.
    pub(super) fn is_open(&self, day: NaiveDate) -> bool {
        self.began <= day && self.done.is_none_or(|done| done > day)
    }

    /// The day on which it was judged, up to a day, and whether it was in time.
    pub(super) fn judged(&self, day: NaiveDate) -> Option<(NaiveDate, bool)> {
        let due = self.due?;
        match self.done.filter(|done| *done <= day) {
            Some(done) if done <= due => Some((done, true)),
            _ if day > due => Some((due.succ_opt()?, false)),
            _ => None,
        }
    }
}

/// How far an open item is from its due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Age {
    /// Over by more than twenty working days.
    Over3,
    /// Over by six to twenty.
    Over2,
    /// Over by one to five.
    Over1,
    /// Due within three working days.
    Near,
    /// Due later.
    Later,
    /// Without a due day.
    Undated,
}

impl Age {
    pub(super) const ALL: [Self; 6] = [Self::Over3, Self::Over2, Self::Over1, Self::Near, Self::Later, Self::Undated];

    /// Its word in addresses; its label is `scorecard-age-<key>`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Over3 => "over-3",
            Self::Over2 => "over-2",
            Self::Over1 => "over-1",
            Self::Near => "near",
            Self::Later => "later",
            Self::Undated => "undated",
        }
    }

    /// Whether the due day is over.
    pub(super) fn is_over(self) -> bool {
        matches!(self, Self::Over1 | Self::Over2 | Self::Over3)
    }

    /// Of a due day, seen from a day.
    pub(super) fn of(calendar: &Calendar, due: Option<NaiveDate>, day: NaiveDate) -> Self {
        let Some(due) = due else { return Self::Undated };
        match Standing::on(calendar, due, day) {
            // A day beyond the calendar is far away.
            Err(_) if due >= day => Self::Later,
            Err(_) => Self::Over3,
            Ok(Standing::Over(n)) if n > 20 => Self::Over3,
            Ok(Standing::Over(n)) if n > 5 => Self::Over2,
            Ok(Standing::Over(_)) => Self::Over1,
            Ok(Standing::Today) => Self::Near,
            Ok(Standing::Left(n)) if n <= Thresholds::default().near.into() => Self::Near,
            Ok(Standing::Left(_)) => Self::Later,
        }
    }
}

/// What items add up to on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Judged in time, and judged late.
    pub on_time: usize,
    pub late: usize,
    /// Open ones by kind and age, in the orders of [`Kind::ALL`] and [`Age::ALL`].
    pub ages: [[usize; 6]; 3],
    /// The most working days that an open one is over.
    pub worst: i64,
}

impl Tally {
    pub(super) fn of<'i>(items: impl Iterator<Item = &'i Item>, calendar: &Calendar, day: NaiveDate) -> Self {
        let mut tally = Self::default();
        for item in items.filter(|item| item.began <= day) {
            match item.judged(day) {
                Some((_, true)) => tally.on_time += 1,
                Some((_, false)) => tally.late += 1,
                None => {}
            }
            if item.is_open(day) {
                tally.ages[item.kind as usize][Self::column(Age::of(calendar, item.due, day))] += 1;
                let over = item.due.and_then(|due| Standing::on(calendar, due, day).ok());
                tally.worst = tally.worst.max(over.map_or(0, |standing| -standing.signed()));
            }
        }
        tally
    }

    fn column(age: Age) -> usize {
        Age::ALL.iter().position(|own| *own == age).unwrap_or(0)
    }

    /// How many were judged.
    pub(super) fn judged(&self) -> usize {
        self.on_time + self.late
    }

    /// Open ones of an age, of one kind or of all.
    pub(super) fn count(&self, kind: Option<Kind>, age: Age) -> usize {
        let column = Self::column(age);
        Kind::ALL
            .iter()
            .filter(|own| kind.is_none_or(|kind| kind == **own))
            .map(|k| self.ages[*k as usize][column])
            .sum()
    }

    /// Open ones, of one kind or of all.
    pub(super) fn open(&self, kind: Option<Kind>) -> usize {
        Age::ALL.iter().map(|age| self.count(kind, *age)).sum()
    }

    /// Open ones whose day is over, of one kind or of all.
    pub(super) fn over(&self, kind: Option<Kind>) -> usize {
        Age::ALL.iter().filter(|age| age.is_over()).map(|age| self.count(kind, *age)).sum()
    }
}

/// A month of a run: what was judged in it, and what was open at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub end: NaiveDate,
    pub on_time: usize,
    pub late: usize,
    pub open: usize,
    pub over: usize,
}

/// The months that end on these days; the first one has all that was judged before its end.
pub(super) fn months(items: &[&Item], ends: &[NaiveDate]) -> Vec<Month> {
    let last = ends.last().copied().unwrap_or_default();
    let month = |(at, end): (usize, &NaiveDate)| {
        let after = at.checked_sub(1).and_then(|at| ends.get(at));
        let judged = items.iter().filter_map(|item| item.judged(last));
        let within = judged.filter(|(on, _)| on <= end && after.is_none_or(|after| on > after));
        let (on_time, late) =
            within.fold((0, 0), |(good, bad), (_, ok)| if ok { (good + 1, bad) } else { (good, bad + 1) });
        let open = items.iter().filter(|item| item.is_open(*end));
        let over = open.clone().filter(|item| item.due.is_some_and(|due| due < *end)).count();
        Month { end: *end, on_time, late, open: open.count(), over }
    };
    ends.iter().enumerate().map(month).collect()
}
