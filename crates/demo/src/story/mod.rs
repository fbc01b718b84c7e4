//! The campaign as figures: what departments and communities reported from September 2008 to January 2010, all synthetic.
//!
//! The rule that matters: a table says how far a thing had come in which month, never what an indicator scores. Every figure
//! is dated when it could have been known, in the first half of the month after its period; those of the first taking stock
//! come in October 2008. The score is what the standard makes of it: in the seventies at the start, above ninety before the
//! evaluation, and a slip in cleanliness after the naming.
//!
//! The communities that have reached something are the first so many in an order of their own for each indicator, the model
//! and key communities in front, so that what was reached stays reached unless a table says otherwise.

#![expect(clippy::inconsistent_digit_grouping, reason = "months are written 2009_03")]

mod community;
mod district;
mod survey;

use chrono::NaiveDate;

use crate::dates::{day, office_day};
use crate::figure::{Figure, Number};
use crate::mark::Mark;
use crate::names::Draw;
use crate::{Unit, UnitKind};

/// A month as it is written, `2009_03`.
type Month = i32;
/// From the period that holds this month on.
type From<T> = (Month, T);

/// The first month of the story, told when stock was taken in October 2008.
const FIRST: Month = 2008_09;
/// The month in which everything that seldom changes is counted anew, before the first count is too old to be read.
const RECOUNT: Month = 2009_08;

/// How often something is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// Every month.
    Monthly,
    /// Every third month; the last month before the opening day is the one before it.
    Early,
    /// The same, a month later.
    Late,
    /// Every fifth month.
    Seldom,
    /// At each quarter's end.
    Quarterly,
    /// When it changed, and at the two counts of everything.
    OnChange,
}

impl Rhythm {
    /// The months that end its periods.
    fn months(self) -> Vec<Month> {
        let of: &[Month] = match self {
            // To January 2010.
            Self::Monthly | Self::OnChange => return (0..=16).map(|n| plus(FIRST, n)).collect(),
            Self::Early => &[2008_09, 2008_10, 2009_01, 2009_04, 2009_07, 2009_10, 2010_01],
            Self::Late => &[2008_09, 2008_11, 2009_02, 2009_05, 2009_08, 2009_11],
            Self::Seldom => &[2008_09, 2009_02, 2009_07, 2009_12],
            Self::Quarterly => &[2008_09, 2008_12, 2009_03, 2009_06, 2009_09, 2009_12],
        };
        of.to_vec()
    }

    fn period(self, month: Month) -> String {
        let (year, number) = (month / 100, month % 100);
        match self {
            Self::Quarterly => format!("{year}-Q{}", number / 3),
            _ => format!("{year}-{number:02}"),
        }
    }

    /// The period in the words of a document.
    fn words(self, month: Month) -> String {
        let (year, number) = (month / 100, month % 100);
        match self {
            Self::Quarterly => format!("{year}年第{}季度", number / 3),
            _ => format!("{year}年{number}月"),
        }
    }
}

/// A month some months later.
const fn plus(month: Month, months: i32) -> Month {
    let of = month / 100 * 12 + month % 100 - 1 + months;
    of / 12 * 100 + of % 12 + 1
}

/// What holds in a month: the last entry that has begun.
fn at<T: Copy>(steps: &[From<T>], month: Month) -> T {
    steps.iter().rev().find(|(from, _)| *from <= month).unwrap_or(&steps[0]).1
}

/// The day a department enters what was reported to it for the period that ends with a month.
fn entered(department: &str, month: Month, rhythm: Rhythm) -> NaiveDate {
    let next = plus(month, 1);
    let of = i64::from(next);
    let (from, to) = match (month, rhythm) {
        (FIRST, _) => (15, 28),
        // After the national holiday.
        _ if next % 100 == 10 && rhythm != Rhythm::Quarterly => (9, 16),
        (_, Rhythm::Quarterly) => (13, 22),
        _ => (5, 12),
    };
    let on = Draw::new(0, &format!("entered {department} {of}")).between(from, to) as u32;
    office_day(day(next / 100, (next % 100) as u32, on))
}

/// The teller of figures: the units, and what was told so far.
struct Teller<'u> {
    communities: Vec<&'u Unit>,
    told: Vec<Figure>,
}

/// Who reports something, and on which paper.
#[derive(Debug, Clone, Copy)]
struct Line {
    measure: &'static str,
    /// Unit of measurement, as the measure states it.
    unit: &'static str,
    /// Code of the department.
    department: &'static str,
    document: &'static str,
}

const fn line(measure: &'static str, unit: &'static str, department: &'static str, document: &'static str) -> Line {
    Line { measure, unit, department, document }
}

impl<'u> Teller<'u> {
    fn new(units: &'u [Unit]) -> Self {
        let communities = units.iter().filter(|u| u.kind == UnitKind::Community).collect();
        Self { communities, told: Vec::new() }
    }

    /// Places of the communities in an order: the model community and the key ones in front where they are preferred, the
    /// others by lot.
    fn ranks(&self, topic: &str, preferred: bool) -> Vec<usize> {
        let place = |n: &usize| {
            let unit = self.communities[*n];
            let lot = Draw::new(0, &format!("{topic} {}", unit.key)).between(0, 1 << 40);
            (preferred && !unit.model_community, preferred && !unit.key_community, lot)
        };
        let mut order: Vec<usize> = (0..self.communities.len()).collect();
        order.sort_by_key(place);
        let mut ranks = vec![0; order.len()];
        for (rank, n) in order.into_iter().enumerate() {
            ranks[n] = rank;
        }
        ranks
    }

    /// Tells a figure of a unit; `of` is the denominator where it is a rate.
    fn tell(
        &mut self,
        line: Line,
        unit: &str,
        (period, words): (String, &str),
        value: i64,
        of: Option<i64>,
        on: NaiveDate,
    ) {
        let number = |units| Number { units, decimals: 0 };
        self.told.push(Figure {
            measure: line.measure.to_owned(),
            unit: unit.to_owned(),
            period,
            value: number(value),
            of: of.map(number),
            unit_of_measurement: line.unit.to_owned(),
            document: line.document.replace("{}", words),
            department: format!("dept-{}", line.department),
            entered_on: on,
            corrections: vec![],
            mark: Mark::invented(),
        });
    }
}

/// Every figure of the story.
pub(crate) fn figures(units: &[Unit]) -> Vec<Figure> {
    let mut teller = Teller::new(units);
    district::tell(&mut teller);
    community::tell(&mut teller);
    survey::tell(&mut teller);
    teller.told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_on_over_the_turn_of_the_year() {
        assert_eq!((plus(2008_12, 1), plus(2009_01, 12), plus(FIRST, 16)), (2009_01, 2010_01, 2010_01));
        assert_eq!(Rhythm::Quarterly.period(2009_06), "2009-Q2");
        assert_eq!(Rhythm::Late.period(2009_05), "2009-05");
    }

    #[test]
    fn what_was_reached_holds_until_the_next_step() {
        let steps = [(2008_09, 40), (2009_02, 43)];
        assert_eq!(
            (at(&steps, 2008_09), at(&steps, 2009_01), at(&steps, 2009_02), at(&steps, 2010_01)),
            (40, 40, 43, 43)
        );
    }
}
