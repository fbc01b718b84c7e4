//! What is asked of the list, and where a due date stands on a day. No I/O.

use std::sync::LazyLock;

use chrono::{NaiveDate, TimeDelta};
use hejian_kernel::{
    i18n::{Lang, format, ta},
    ui::{lamp::LampKind, pager::PAGE_SIZES, query::Query},
};
use hejian_workdays::{Beyond, Calendar, Facts, Lamp as Colour, Scheme, Standing, Thresholds};
use uuid::Uuid;

/// The built-in calendar; years without a notice yet are counted by weekends, and the answer is marked as an estimate.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::builtin().beyond(Beyond::WeekendsOnly));

/// Which drawer is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawer {
    /// 待办
    Open,
    /// 已办
    Done,
    /// 我发起
    Sent,
    /// 抄送
    Copied,
    /// 督办: what others have to do where this post supervises.
    Watched,
}

impl Drawer {
    pub(super) const ALL: [Self; 5] = [Self::Open, Self::Done, Self::Sent, Self::Copied, Self::Watched];

    /// Its value in the address; its label is `todo-<key>`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Sent => "sent",
            Self::Copied => "copied",
            Self::Watched => "watched",
        }
    }

    /// Whether what lies in it is still to be done by somebody, so that it has lamps.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Watched)
    }

    fn parse(text: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|d| Some(d.key()) == text).unwrap_or(Self::Open)
    }
}

/// The lamp of an open to-do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lamp {
    /// Past due.
    Over,
    /// Due within three working days.
    Near,
    /// Due later.
    Normal,
    /// Without a due date.
    Undated,
}

impl Lamp {
    pub(super) const ALL: [Self; 4] = [Self::Over, Self::Near, Self::Normal, Self::Undated];

    /// Its value in the address; its labels are `todo-lamp-<key>`, `todo-lamp-<key>-about` and `todo-group-<key>`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Near => "near",
            Self::Normal => "normal",
            Self::Undated => "undated",
        }
    }

    /// Its colour and shape.
    #[must_use]
    pub fn kind(self) -> LampKind {
        match self {
            Self::Over => LampKind::Red,
            Self::Near => LampKind::Yellow,
            Self::Normal => LampKind::Green,
            Self::Undated => LampKind::Grey,
        }
    }
}

/// A day, and the first due date that is not near on it.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    /// The business day.
    pub today: NaiveDate,
    /// The first due date that is more than the near limit away.
    pub normal_from: NaiveDate,
}

impl Day {
    /// This day.
    #[must_use]
    pub fn new(today: NaiveDate) -> Self {
        let near = i32::try_from(Thresholds::default().near).unwrap_or(i32::MAX - 1);
        // Only at the very end of the calendar's range is there no such day; then nothing is far away.
        Self { today, normal_from: CALENDAR.add_workdays(today, near + 1).unwrap_or(NaiveDate::MAX) }
    }

    /// The lamp of an open to-do.
    #[must_use]
    pub fn lamp(self, due: Option<NaiveDate>) -> Lamp {
        let facts = Facts::at(&CALENDAR, None, due, self.today).unwrap_or_default();
        match Scheme::STANDARD.read(facts, Thresholds::default()).lamp {
            Colour::Red => Lamp::Over,
            Colour::Yellow | Colour::Orange | Colour::Blue => Lamp::Near,
            Colour::Green => Lamp::Normal,
            Colour::Grey => Lamp::Undated,
        }
    }

    /// Working days left (minus when over), and whether that is an estimate because a year has no notice yet.
    pub(super) fn left(self, due: NaiveDate) -> Option<(i64, bool)> {
        let standing = Standing::on(&CALENDAR, due, self.today).ok()?;
        let known = Calendar::builtin().covers(due) && Calendar::builtin().covers(self.today);
        Some((standing.signed(), !known))
    }

    /// 剩 3 个工作日, 今日到期, 逾期 1 个工作日; an estimate says so.
    #[must_use]
    pub fn words(self, lang: Lang, due: NaiveDate) -> String {
        match self.left(due) {
            None => String::new(),
            Some((n, false)) => format::due(lang, n),
            Some((n, true)) => ta(lang, "todo-estimate", &[("left", format::due(lang, n).into())]),
        }
    }

    /// Today and the next working days, `n` in all.
    pub(super) fn coming(self, n: i32) -> Vec<NaiveDate> {
        std::iter::once(self.today).chain((1..n).filter_map(|k| CALENDAR.add_workdays(self.today, k).ok())).collect()
    }

    /// How much falls due on each of the `days` (ascending): a due date on a day of rest counts on the working day before.
    pub(super) fn load(self, days: &[NaiveDate], due: &[(Option<NaiveDate>, i64)]) -> Vec<i64> {
        let end = days.last().and_then(|last| CALENDAR.next_workday(*last).ok()).unwrap_or(self.today);
        let mut load = vec![0; days.len()];
        for (day, n) in due.iter().filter_map(|(day, n)| Some(((*day)?, n))) {
            if day >= self.today
                && day < end
                && let Some(at) = days.iter().rposition(|d| *d <= day)
            {
                load[at] += n;
            }
        }
        load
    }
}

/// What is asked of the list. The default is all of the drawer.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub drawer: Drawer,
    pub register: Option<String>,
    /// This unit and everything under it.
    pub under: Option<Uuid>,
    pub text: String,
    pub lamp: Option<Lamp>,
    pub sort: Option<(SortBy, bool)>,
    /// From 1.
    pub page: u64,
    pub per: u64,
}

/// By what the list is sorted; the flag beside it says greatest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SortBy {
    Due,
    Received,
}

impl Wish {
    /// All of a drawer.
    pub(super) fn all(drawer: Drawer) -> Self {
        let (register, under, lamp, sort) = (None, None, None, None);
        Self { drawer, register, under, text: String::new(), lamp, sort, page: 1, per: PAGE_SIZES[0] }
    }

    /// From the address. What cannot be understood is left out: an old bookmark must open.
    pub(super) fn parse(query: &Query) -> Self {
        let some = |name: &str| query.get(name).map(str::trim).filter(|v| !v.is_empty());
        let number = |name: &str| some(name).and_then(|v| v.parse::<u64>().ok());
        let sort = some("sort").and_then(|s| {
            let (key, descending) = s.strip_prefix('-').map_or((s, false), |key| (key, true));
            let by = match key {
                "due" => SortBy::Due,
                "received" => SortBy::Received,
                _ => return None,
            };
            Some((by, descending))
        });
        let drawer = Drawer::parse(some("box"));
        Self {
            drawer,
            register: some("register").map(ToOwned::to_owned),
            under: some("under").and_then(|v| v.parse().ok()),
            text: some("q").unwrap_or_default().to_owned(),
            // A lamp is that of work still to be done.
            lamp: some("lamp").filter(|_| drawer.is_open()).and_then(|v| Lamp::ALL.into_iter().find(|l| l.key() == v)),
            sort,
            page: number("page").unwrap_or(1).max(1),
            per: number("per").filter(|n| PAGE_SIZES.contains(n)).unwrap_or(PAGE_SIZES[0]),
        }
    }

    /// Whether anything narrows the drawer.
    pub(super) fn narrowed(&self) -> bool {
        self.register.is_some() || self.under.is_some() || self.lamp.is_some() || !self.text.is_empty()
    }

    /// Whether rows stand in groups by lamp: only in the order in which those follow each other.
    pub(super) fn grouped(&self) -> bool {
        self.drawer.is_open() && matches!(self.sort, None | Some((SortBy::Due, false)))
    }
}

/// The label key of a kind of to-do: `premises.completed` → `todo-premises-completed`.
#[must_use]
pub fn kind_label(kind: &str) -> String {
    format!("todo-{}", kind.replace(['.', '_'], "-"))
}

/// The last day that is near, for whoever explains the tile.
pub(super) fn last_near(day: Day) -> NaiveDate {
    day.normal_from.checked_sub_signed(TimeDelta::days(1)).unwrap_or(day.today)
}
