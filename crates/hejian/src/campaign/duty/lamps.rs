//! 责任灯: how each unit stands with what it has to do.
//!
//! The rule that matters: a unit's lamp is the worst of its open duties'; a unit with nothing open has none, which is not green.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hejian_kernel::{db::Tx, error::Result, ui::lamp::LampKind};
use hejian_workdays::{Calendar, Facts, Lamp as Colour, Scheme, Thresholds};
use uuid::Uuid;

use super::{
    model::{Board, Duty},
    store,
};

/// The open duties of a unit by lamp.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    /// Open duties.
    pub open: usize,
    /// Of them overdue.
    pub over: usize,
    /// Of them due soon.
    pub near: usize,
}

impl Stand {
    /// The worst lamp of what is open; none where nothing is.
    #[must_use]
    pub fn lamp(self) -> Option<LampKind> {
        match self {
            Stand { open: 0, .. } => None,
            Stand { over: 1.., .. } => Some(LampKind::Red),
            Stand { near: 1.., .. } => Some(LampKind::Yellow),
            _ => Some(LampKind::Green),
        }
    }
}

/// The lamp of a deadline on working days.
pub(super) fn colour(calendar: &Calendar, due: Option<NaiveDate>, day: NaiveDate) -> LampKind {
    let facts = Facts::at(calendar, None, due, day).unwrap_or_default();
    match Scheme::STANDARD.read(facts, Thresholds::default()).lamp {
        Colour::Red => LampKind::Red,
        Colour::Yellow | Colour::Orange | Colour::Blue => LampKind::Yellow,
        Colour::Green => LampKind::Green,
        Colour::Grey => LampKind::Grey,
    }
}

/// How the units stand on a day in a campaign, by id; units that have no duty are not there.
///
/// # Errors
/// The engine's own error.
pub async fn stands(tx: &mut Tx, campaign: Uuid, calendar: &Calendar, day: NaiveDate) -> Result<BTreeMap<Uuid, Stand>> {
    Ok(of(&store::board(tx, campaign, day).await?, calendar, day))
}

fn of(board: &Board, calendar: &Calendar, day: NaiveDate) -> BTreeMap<Uuid, Stand> {
    let mut all: BTreeMap<Uuid, Stand> = BTreeMap::new();
    for Duty { content, .. } in &board.duties {
        let stand = all.entry(content.unit).or_default();
        if content.done.is_some() {
            continue;
        }
        stand.open += 1;
        match colour(calendar, content.due, day) {
            LampKind::Red => stand.over += 1,
            LampKind::Yellow => stand.near += 1,
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::duty::model::{Content, Part};

    #[test]
    fn a_units_lamp_is_the_worst_of_what_is_open_and_what_is_done_counts_no_more() {
        let (late, near, calm, idle) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3), Uuid::from_u128(4));
        let day: NaiveDate = "2009-06-22".parse().expect("a day");
        let duty = |unit: Uuid, due: &str, done: Option<NaiveDate>| {
            let content = Content { due: due.parse().ok(), done, ..Content::new("D02", unit, Part::Carry) };
            Duty { id: Uuid::nil(), line: Uuid::nil(), version: 1, content }
        };
        let duties = vec![
            duty(late, "2009-06-12", None),
            duty(late, "2009-09-30", None),
            duty(near, "2009-06-23", None),
            duty(near, "2009-06-01", Some(day)),
            duty(calm, "2009-09-30", None),
            duty(calm, "", None),
            duty(idle, "2009-06-01", Some(day)),
        ];
        let calendar = Calendar::builtin().beyond(hejian_workdays::Beyond::WeekendsOnly);
        let stands = of(&Board::new(duties, Vec::new(), Vec::new()), &calendar, day);
        assert_eq!(stands[&late], Stand { open: 2, over: 1, near: 0 });
        let lamps: Vec<_> = [late, near, calm, idle].iter().map(|unit| stands[unit].lamp()).collect();
        assert_eq!(lamps, [Some(LampKind::Red), Some(LampKind::Yellow), Some(LampKind::Green), None]);
    }
}
