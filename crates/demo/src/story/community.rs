//! What the 51 communities report, or departments report for them: how many of them have reached what, and shares over all.

use std::collections::BTreeMap;

use super::district::worth_telling;
use super::{From, Line, Month, Rhythm, Teller, at, entered, line};
use crate::names::Draw;

mod shares;
mod tables;

/// A figure that is good enough in so many communities and falls short in the others.
struct Reach {
    line: Line,
    /// The order of which indicator; figures of one order are reached by the same communities first.
    order: &'static str,
    rhythm: Rhythm,
    /// Between which values it is where it is good enough. With `of`, in per cent.
    good: (i64, i64),
    /// And where it is not.
    short: (i64, i64),
    /// Denominators, where it is a rate.
    of: Option<(i64, i64)>,
    /// How many communities have reached it.
    reached: &'static [From<usize>],
}

/// What a share is a share of.
#[derive(Debug, Clone, Copy)]
enum Whole {
    /// A number of its own in each community, told with the share as its denominator.
    Told(i64, i64),
    /// Another share's figures of the same months, told by itself.
    Of(&'static str),
    /// Households or residents, which are told elsewhere: only the upper part is.
    Households,
    Residents,
}

/// A figure spread over the communities so that the whole district has a share, in parts of 100,000.
struct Share {
    line: Line,
    rhythm: Rhythm,
    whole: Whole,
    parts: &'static [From<i64>],
}

/// The term elections of May 2008, and the day their figures were known.
const ELECTION: (&str, &str, (i32, u32, u32)) = ("term-2008-05", "2008年5月", (2008, 6, 20));

pub(super) fn tell(teller: &mut Teller<'_>) {
    for row in tables::REACHES.iter().flat_map(|rows| rows.iter()) {
        reach(teller, row);
    }
    let mut known = Known::new();
    for row in shares::SHARES {
        share(teller, row, &mut known);
    }
    elections(teller);
}

fn reach(teller: &mut Teller<'_>, row: &Reach) {
    let ranks = teller.ranks(row.order, true);
    for (n, rank) in ranks.into_iter().enumerate() {
        let unit = teller.communities[n].key.clone();
        let mut last = None;
        for month in row.rhythm.months() {
            let reached = rank < at(row.reached, month);
            // What is told on change stands still in between; the rest differs a little each time.
            let when = if row.rhythm == Rhythm::OnChange { 0 } else { month };
            let mut draw = Draw::new(0, &format!("{} {unit} {when}", row.line.measure));
            let (low, high) = if reached { row.good } else { row.short };
            let value = draw.between(low, high);
            if row.rhythm == Rhythm::OnChange && !worth_telling(last, value, month) {
                continue;
            }
            last = Some(value);
            let (value, of) = match row.of {
                None => (value, None),
                Some((low, high)) => {
                    let of = draw.between(low, high);
                    // Rounded towards the good side: 85 % of 49 is 42 of 49.
                    let part = if reached { (of * value + 99) / 100 } else { of * value / 100 };
                    (part, Some(of))
                }
            };
            told(teller, row.line, row.rhythm, &unit, month, (value, of));
        }
    }
}

/// What was told of a share in a month, community by community.
type Known = BTreeMap<(&'static str, Month), Vec<i64>>;

fn share(teller: &mut Teller<'_>, row: &Share, known: &mut Known) {
    let mut last = vec![None; teller.communities.len()];
    for month in row.rhythm.months() {
        let parts = at(row.parts, month);
        let (mut wholes, mut so_far) = (0, 0);
        let mut told_now = Vec::new();
        for (n, last) in last.iter_mut().enumerate() {
            let unit = teller.communities[n];
            let when = if row.rhythm == Rhythm::OnChange { 0 } else { month };
            let (whole, of) = match row.whole {
                Whole::Told(low, high) => {
                    let of = Draw::new(0, &format!("{} {} {when}", row.line.measure, unit.key)).between(low, high);
                    (of, Some(of))
                }
                Whole::Of(measure) => (known.get(&(measure, month)).map_or(0, |all| all[n]), None),
                Whole::Households => (i64::from(unit.households.unwrap_or_default()), None),
                Whole::Residents => (i64::from(unit.population.unwrap_or_default()), None),
            };
            wholes += whole;
            // What is cut off at one community is made up at the next, so that the district has the share of the table.
            let part = (wholes * parts + 50_000) / 100_000 - so_far;
            so_far += part;
            told_now.push(part);
            if row.rhythm == Rhythm::OnChange && !worth_telling(*last, (part, of), month) {
                continue;
            }
            *last = Some((part, of));
            let key = unit.key.clone();
            told(teller, row.line, row.rhythm, &key, month, (part, of));
        }
        known.insert((row.line.measure, month), told_now);
    }
}

/// C02: 58 % of the voters came; one committee was elected eleven days late.
fn elections(teller: &mut Teller<'_>) {
    const TURNOUT: Line = line("election.turnout", "%", "mzj", "{}社区居委会换届选举结果报告");
    const LATE: Line = line("election.days_late", "天", "mzj", "{}社区居委会换届选举结果报告");
    let (term, words, (y, m, d)) = ELECTION;
    let on = crate::dates::office_day(crate::dates::day(y, m, d));
    let ranks = teller.ranks("C02", true);
    let last = ranks.len().saturating_sub(1);
    for (n, rank) in ranks.into_iter().enumerate() {
        let unit = teller.communities[n];
        let voters = i64::from(unit.population.unwrap_or_default()) * 78 / 100;
        let came = voters * Draw::new(0, &format!("turnout {}", unit.key)).between(51, 65) / 100;
        let (key, days) = (unit.key.clone(), if rank == last { 11 } else { 0 });
        teller.tell(TURNOUT, &key, (term.to_owned(), words), came, Some(voters), on);
        teller.tell(LATE, &key, (term.to_owned(), words), days, None, on);
    }
}

fn told(
    teller: &mut Teller<'_>,
    line: Line,
    rhythm: Rhythm,
    unit: &str,
    month: Month,
    (value, of): (i64, Option<i64>),
) {
    let on = entered(line.department, month, rhythm);
    teller.tell(line, unit, (rhythm.period(month), &rhythm.words(month)), value, of, on);
}
