//! The yearly survey of residents: twelve communities drawn by lot, 40 answers asked of each, 38 or more of them valid.

use super::{Line, Teller, line};
use crate::dates::{day, office_day};

/// Communities drawn, and answers asked of each.
const DRAWN: usize = 12;
const PLANNED: i64 = 40;

/// The sampling plan, the answers, and the share of good ones in 2007, 2008 and 2009, in tenths of a per cent.
const QUESTIONS: &[(Line, Line, [i64; 3])] = &[
    (
        line("survey.safety_planned", "份", "zfw", "武陵区{}群众安全感调查方案"),
        line("survey.safety_rate", "%", "zfw", "武陵区{}群众安全感调查报告"),
        [831, 862, 884],
    ),
    (
        line("survey.satisfaction_planned", "份", "sqb", "武陵区{}居民满意度调查方案"),
        line("survey.satisfaction_rate", "%", "sqb", "武陵区{}居民满意度调查报告"),
        [772, 836, 868],
    ),
];

pub(super) fn tell(teller: &mut Teller<'_>) {
    for (planned, rate, shares) in QUESTIONS {
        for (year, share) in (2007..).zip(shares) {
            // The report comes in the second half of February.
            let on = office_day(day(year + 1, 2, 24));
            let words = format!("{year}年");
            let ranks = teller.ranks(&format!("survey {year}"), false);
            let (mut asked, mut told) = (0, 0);
            for n in (0..ranks.len()).filter(|n| ranks[*n] < DRAWN) {
                let unit = teller.communities[n].key.clone();
                let valid = PLANNED - n as i64 % 3;
                asked += valid;
                // What is cut off at one community is made up at the next, so that the whole has the share of the table.
                let good = asked * share / 1000 - told;
                told += good;
                teller.tell(*planned, &unit, (year.to_string(), &words), PLANNED, None, on);
                teller.tell(*rate, &unit, (year.to_string(), &words), good, Some(valid), on);
            }
        }
    }
}
