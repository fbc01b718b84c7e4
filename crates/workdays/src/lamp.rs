//! Lamps: the state of a piece of work at a glance, derived from its dates and never stored.
//!
//! The rule that matters: what a colour means differs from place to place (blue is a first reminder in one city and "nearly
//! due" in another), so a scheme is data: rules tried in order, the first that holds gives the colour and the key of its
//! word. A lamp is always shown with word and shape; the colour alone says nothing.

use chrono::NaiveDate;

use crate::calendar::{Calendar, DayError};
use crate::deadline::Standing;

/// The colour of a lamp. In the standard scheme: green 正常, yellow 临期, red 逾期, blue 督办, grey nothing to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lamp {
    /// Going well.
    Green,
    /// Nearly due, or behind.
    Yellow,
    /// A second, graver order.
    Orange,
    /// Past due, or the last order.
    Red,
    /// An order has been issued.
    Blue,
    /// No due date, or nothing to say.
    Grey,
}

impl Lamp {
    /// The name used by style sheets and exports: `green`, `yellow`, `orange`, `red`, `blue`, `grey`.
    pub fn name(self) -> &'static str {
        match self {
            Lamp::Green => "green",
            Lamp::Yellow => "yellow",
            Lamp::Orange => "orange",
            Lamp::Red => "red",
            Lamp::Blue => "blue",
            Lamp::Grey => "grey",
        }
    }
}

/// What a lamp is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether the work is done.
    pub done: bool,
    /// Where the due date stands; measured on the day of completion when done; none without a due date.
    pub standing: Option<Standing>,
    /// How many orders (督办单) have been issued for it.
    pub orders: u8,
    /// Whether its last result was returned as insufficient or it is behind its plan.
    pub behind: bool,
}

impl Facts {
    /// The facts of work due on `due_on` as seen on `today`, without orders. Done work is measured on `done_on`.
    pub fn at(
        calendar: &Calendar,
        done_on: Option<NaiveDate>,
        due_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Facts, DayError> {
        let standing = due_on.map(|due_on| Standing::on(calendar, due_on, done_on.unwrap_or(today))).transpose()?;
        Ok(Facts { done: done_on.is_some(), standing, orders: 0, behind: false })
    }
}

/// The limits of a scheme that a district sets for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Nearly due: at most this many working days left (or due today).
    pub near: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds { near: 3 }
    }
}

/// When a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The work is done.
    Done,
    /// At least this many orders have been issued.
    Orders(u8),
    /// Past due.
    Over,
    /// Returned as insufficient, or behind its plan.
    Behind,
    /// Due today or within [`Thresholds::near`].
    Near,
    /// It has a due date.
    Dated,
    /// Always; the last rule of every scheme.
    Otherwise,
}

/// One rule of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// When it holds.
    pub when: When,
    /// The colour it gives.
    pub lamp: Lamp,
    /// The key of the word shown with it.
    pub key: &'static str,
}

/// A colour scheme: rules in order of precedence.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in the settings.
    pub key: &'static str,
    /// The first rule that holds decides.
    pub rules: &'static [Rule],
}

/// What a page shows: colour, word and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The colour.
    pub lamp: Lamp,
    /// The key of the word: `lamp-normal`, `lamp-near`, `lamp-over`, `lamp-order`, …
    pub key: &'static str,
    /// 剩 3 个工作日, 今日到期, 逾期 1 个工作日.
    pub standing: Option<Standing>,
}

const fn rule(when: When, lamp: Lamp, key: &'static str) -> Rule {
    Rule { when, lamp, key }
}

impl Scheme {
    /// The product's own: 正常, 临期, 逾期, 督办. An order shows before the date, because it is what has been done about it;
    /// the number beside it still says how far over it is.
    pub const STANDARD: Scheme = Scheme {
        key: "standard",
        rules: &[
            rule(When::Done, Lamp::Green, "lamp-done"),
            rule(When::Orders(1), Lamp::Blue, "lamp-order"),
            rule(When::Over, Lamp::Red, "lamp-over"),
            rule(When::Near, Lamp::Yellow, "lamp-near"),
            rule(When::Dated, Lamp::Green, "lamp-normal"),
            rule(When::Otherwise, Lamp::Grey, "lamp-none"),
        ],
    };

    /// Sanming, 2017: the colour is the grade of the order, blue a reminder, orange a warning, red the last. What the source
    /// leaves open is ours: overdue work without an order is grey with a word that says so, never green.
    pub const ORDER_GRADES: Scheme = Scheme {
        key: "order-grades",
        rules: &[
            rule(When::Done, Lamp::Green, "lamp-done"),
            rule(When::Orders(3), Lamp::Red, "lamp-order-last"),
            rule(When::Orders(2), Lamp::Orange, "lamp-order-warning"),
            rule(When::Orders(1), Lamp::Blue, "lamp-order-reminder"),
            rule(When::Over, Lamp::Grey, "lamp-over-without-order"),
            rule(When::Dated, Lamp::Green, "lamp-normal"),
            rule(When::Otherwise, Lamp::Grey, "lamp-none"),
        ],
    };

    /// Suqian: blue nearly due, yellow behind or of poor quality, red past due.
    pub const PROGRESS: Scheme = Scheme {
        key: "progress",
        rules: &[
            rule(When::Done, Lamp::Green, "lamp-done"),
            rule(When::Over, Lamp::Red, "lamp-over"),
            rule(When::Behind, Lamp::Yellow, "lamp-behind"),
            rule(When::Near, Lamp::Blue, "lamp-near"),
            rule(When::Dated, Lamp::Green, "lamp-normal"),
            rule(When::Otherwise, Lamp::Grey, "lamp-none"),
        ],
    };

    /// All schemes a setting may name.
    pub const ALL: &'static [Scheme] = &[Scheme::STANDARD, Scheme::ORDER_GRADES, Scheme::PROGRESS];

    /// The scheme a setting names, if it is one.
    pub fn by_key(key: &str) -> Option<&'static Scheme> {
        Scheme::ALL.iter().find(|scheme| scheme.key == key)
    }

    /// The lamp of `facts` under this scheme; grey when no rule holds.
    pub fn read(&self, facts: Facts, thresholds: Thresholds) -> Reading {
        let near = i64::from(thresholds.near);
        let holds = |when: When| match when {
            When::Done => facts.done,
            When::Orders(least) => facts.orders >= least,
            When::Over => matches!(facts.standing, Some(Standing::Over(_))),
            When::Behind => facts.behind,
            When::Near => match facts.standing {
                Some(Standing::Today) => true,
                Some(Standing::Left(days)) => days <= near,
                Some(Standing::Over(_)) | None => false,
            },
            When::Dated => facts.standing.is_some(),
            When::Otherwise => true,
        };
        let found = self.rules.iter().find(|rule| holds(rule.when));
        let (lamp, key) = found.map_or((Lamp::Grey, "lamp-none"), |rule| (rule.lamp, rule.key));
        Reading { lamp, key, standing: facts.standing }
    }
}
