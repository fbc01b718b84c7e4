//! What a change makes of the terms of a post, and whether it may be done. Pure: values in, values out.

use chrono::NaiveDate;
use hejian_kernel::{
    access::Part,
    error::{FieldProblem, Message},
};
use uuid::Uuid;

/// A person in the post for `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::organisation) struct Span {
    /// The stored term; none for one that is about to be written.
    pub term: Option<Uuid>,
    pub person: Uuid,
    pub part: Part,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

impl Span {
    fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    fn meets(&self, other: &Span) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }
}

/// A change of the terms of one post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::organisation) enum Change {
    /// The present holder's term ends on a day (its first day out of office), a successor's begins.
    Handover {
        /// The present term; none where nobody holds the post.
        leaving: Option<(Uuid, NaiveDate)>,
        /// Who follows and from which day; nobody leaves the post vacant.
        successor: Option<(Uuid, NaiveDate)>,
    },
    /// A deputy is named for `[from, to)`.
    Deputy {
        /// Who.
        person: Uuid,
        /// The first day.
        from: NaiveDate,
        /// The first day no longer.
        to: Option<NaiveDate>,
    },
    /// A deputy's term ends on a day.
    EndDeputy {
        /// The term.
        term: Uuid,
        /// The first day no longer.
        on: NaiveDate,
    },
}

fn no(field: &str, message: Message) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message }
}

/// The first day from `from` on that nobody covers; none when every day to come is covered.
pub(in crate::organisation) fn first_gap(spans: &[Span], from: NaiveDate) -> Option<NaiveDate> {
    let mut day = from;
    loop {
        // Of the terms in force on the day the one that lasts longest.
        let mut last = None;
        for span in spans.iter().filter(|s| s.covers(day)) {
            match span.to {
                None => return None,
                Some(to) => last = last.max(Some(to)),
            }
        }
        match last {
            None => return Some(day),
            Some(to) => day = to,
        }
    }
}

/// The days to come on which the last person in the post is out of office and nobody follows.
fn breaks(spans: &[Span], today: NaiveDate) -> Vec<NaiveDate> {
    // Somebody leaves only on a day on which a term ends.
    let covered = |day| spans.iter().any(|s| s.covers(day));
    let mut days: Vec<NaiveDate> = spans.iter().filter_map(|s| s.to).filter(|d| *d > today && !covered(*d)).collect();
    days.sort_unstable();
    days
}

/// The terms after the change.
///
/// # Errors
/// What stands in the way, with the field it belongs to: a term that would end before it begins, a second holder or deputy,
/// `open` to-dos in a post that would be vacant today, or a vacancy to come: until then to-dos can still arrive, so a post is
/// given up on the day itself or not at all. A vacancy that was there before the change does not stand in its way.
pub(in crate::organisation) fn apply(
    spans: &[Span],
    change: Change,
    today: NaiveDate,
    open: i64,
) -> Result<Vec<Span>, FieldProblem> {
    let mut after = spans.to_vec();
    match change {
        Change::Handover { leaving, successor } => {
            let end = leaving.map(|(term, on)| end(&mut after, term, on, Part::Holder, "ends_on")).transpose()?;
            if let Some((person, from)) = successor {
                if leaving.is_some_and(|(term, _)| spans.iter().any(|s| s.term == Some(term) && s.person == person)) {
                    return Err(no("person", Message::new("handover-same-person")));
                }
                // A post that was to be given up on a day is so still.
                let to = end.flatten();
                add(&mut after, Span { term: None, person, part: Part::Holder, from, to })?;
            }
        }
        Change::Deputy { person, from, to } => {
            add(&mut after, Span { term: None, person, part: Part::Deputy, from, to })?;
        }
        Change::EndDeputy { term, on } => {
            end(&mut after, term, on, Part::Deputy, "ends_on")?;
        }
    }
    let covered = |spans: &[Span]| spans.iter().any(|s| s.covers(today));
    if open > 0 && covered(spans) && !covered(&after) {
        return Err(no("person", Message::new("handover-leaves-todos").arg("n", open).arg("day", today)));
    }
    let before = breaks(spans, today);
    match breaks(&after, today).into_iter().find(|day| !before.contains(day)) {
        Some(day) if open > 0 => {
            Err(no("person", Message::new("handover-leaves-todos").arg("n", open).arg("day", day)))
        }
        Some(day) => Err(no("person", Message::new("handover-vacant-later").arg("day", day))),
        None => Ok(after),
    }
}

/// Ends a term; what its end was before.
fn end(
    spans: &mut [Span],
    term: Uuid,
    on: NaiveDate,
    part: Part,
    field: &str,
) -> Result<Option<NaiveDate>, FieldProblem> {
    let found = spans.iter_mut().find(|s| s.term == Some(term) && s.part == part);
    let span = found.ok_or_else(|| no(field, Message::new("handover-term-gone")))?;
    if on <= span.from {
        return Err(no(field, Message::new("term-ends-too-soon").arg("from", span.from)));
    }
    if let Some(to) = span.to.filter(|to| on > *to) {
        return Err(no(field, Message::new("handover-ends-before").arg("to", to)));
    }
    Ok(span.to.replace(on))
}

/// Adds a term: one holder and one deputy at a time, and not both in one person.
fn add(spans: &mut Vec<Span>, new: Span) -> Result<(), FieldProblem> {
    if new.to.is_some_and(|to| to <= new.from) {
        return Err(no("to", Message::new("term-ends-too-soon").arg("from", new.from)));
    }
    for other in spans.iter().filter(|s| s.meets(&new)) {
        let key = match (other.part == new.part, new.part) {
            (true, Part::Holder) => "handover-two-holders",
            (true, Part::Deputy) => "deputy-two",
            (false, _) if other.person == new.person => "deputy-is-holder",
            (false, _) => continue,
        };
        return Err(no(
            if key == "deputy-is-holder" { "person" } else { "from" },
            Message::new(key).arg("from", other.from),
        ));
    }
    spans.push(new);
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::stage::day;

    fn span(n: u128, part: Part, from: &str, to: Option<&str>) -> Span {
        let id = Uuid::from_u128(n);
        Span { term: Some(id), person: id, part, from: day(from), to: to.map(day) }
    }

    #[test]
    fn a_gap_is_the_first_day_to_come_that_nobody_covers() {
        let a = span(1, Part::Holder, "2008-01-01", Some("2009-07-01"));
        let b = span(2, Part::Deputy, "2009-06-25", Some("2009-08-01"));
        let c = span(3, Part::Holder, "2009-08-01", None);
        let today = day("2009-06-22");
        assert_eq!(first_gap(&[a, b, c], today), None);
        assert_eq!(first_gap(&[a, c], today), Some(day("2009-07-01")));
        assert_eq!(first_gap(&[a, b], today), Some(day("2009-08-01")));
        assert_eq!(first_gap(&[], today), Some(today));
    }

    #[test]
    fn a_post_is_vacated_only_when_nothing_waits_in_it_or_somebody_stands_in() {
        let a = span(1, Part::Holder, "2008-01-01", None);
        let today = day("2009-06-22");
        let leave = |on| Change::Handover { leaving: Some((Uuid::from_u128(1), day(on))), successor: None };
        let key =
            |spans: &[Span], change, open| apply(spans, change, today, open).map(|_| ()).map_err(|p| p.message.key);
        assert_eq!(key(&[a], leave("2009-06-22"), 0), Ok(()));
        assert_eq!(key(&[a], leave("2009-06-22"), 3), Err("handover-leaves-todos".to_owned()));
        let refused = apply(&[a], leave("2009-07-01"), today, 3).expect_err("three to-dos wait");
        assert_eq!(refused.message, Message::new("handover-leaves-todos").arg("n", 3).arg("day", "2009-07-01"));
        // Nothing waits today, but something may arrive until then.
        assert_eq!(key(&[a], leave("2009-07-01"), 0), Err("handover-vacant-later".to_owned()));
        let b = span(2, Part::Deputy, "2009-01-01", None);
        assert_eq!(key(&[a, b], leave("2009-07-01"), 3), Ok(()));
        let until = span(2, Part::Deputy, "2009-01-01", Some("2009-08-01"));
        let refused = apply(&[a, until], leave("2009-07-01"), today, 3).expect_err("the deputy's term ends");
        assert!(refused.message.args.contains(&("day".to_owned(), "2009-08-01".to_owned())));
    }

    #[test]
    fn a_post_for_a_time_is_handed_over_for_the_rest_of_that_time() {
        let a = span(1, Part::Holder, "2009-02-18", Some("2010-01-01"));
        let leaving = Some((Uuid::from_u128(1), day("2009-07-01")));
        let change = Change::Handover { leaving, successor: Some((Uuid::from_u128(2), day("2009-07-01"))) };
        let after = apply(&[a], change, day("2009-06-22"), 3).expect("no day is lost");
        assert_eq!(after[1].to, Some(day("2010-01-01")));
    }

    #[test]
    fn a_post_has_one_holder_and_one_deputy_at_a_time_and_they_are_two_persons() {
        let a = span(1, Part::Holder, "2008-01-01", None);
        let today = day("2009-06-22");
        let key = |change| apply(&[a], change, today, 0).map_err(|p| p.message.key);
        let leaving = Some((Uuid::from_u128(1), day("2009-07-01")));
        let next = |n, from| Some((Uuid::from_u128(n), day(from)));
        assert!(key(Change::Handover { leaving, successor: next(2, "2009-07-01") }).is_ok());
        assert_eq!(
            key(Change::Handover { leaving, successor: next(2, "2009-06-30") }),
            Err("handover-two-holders".to_owned())
        );
        assert_eq!(
            key(Change::Handover { leaving, successor: next(1, "2009-07-01") }),
            Err("handover-same-person".to_owned())
        );
        let deputy = |n| Change::Deputy { person: Uuid::from_u128(n), from: today, to: None };
        assert_eq!(key(deputy(1)), Err("deputy-is-holder".to_owned()));
        let both = apply(&[a], deputy(2), today, 0).expect("a deputy");
        assert_eq!(apply(&both, deputy(3), today, 0).map_err(|p| p.message.key), Err("deputy-two".to_owned()));
    }

    fn changes() -> impl Strategy<Value = (u8, u8, i64, i64, Option<i64>)> {
        (0_u8..3, 0_u8..6, -3_i64..12, -3_i64..12, prop::option::of(1_i64..15))
    }

    proptest! {
        /// Days go by, people come and go, things to do arrive where somebody is; whatever was not refused leaves nothing alone.
        #[test]
        fn no_change_of_terms_ever_leaves_an_open_to_do_alone(steps in prop::collection::vec((changes(), 0_i64..6, any::<bool>()), 1..40)) {
            let mut today = day("2009-06-22");
            let mut spans = vec![span(1000, Part::Holder, "2008-01-01", None)];
            let mut open = 0;
            for (n, ((what, who, a, b, until), wait, arrives)) in steps.into_iter().enumerate() {
                let at = |d: i64| today + TimeDelta::days(d);
                let person = Uuid::from_u128(u128::from(who));
                let of = |part: Part| spans.iter().rev().find(|s| s.part == part).and_then(|s| s.term);
                let change = match what {
                    0 => Change::Handover {
                        leaving: of(Part::Holder).filter(|_| who != 5).map(|t| (t, at(a))),
                        successor: (who != 4).then_some((person, at(b))),
                    },
                    1 => Change::Deputy { person, from: at(a), to: until.map(|d| at(a + d)) },
                    _ => Change::EndDeputy { term: of(Part::Deputy).unwrap_or_default(), on: at(a) },
                };
                if let Ok(mut after) = apply(&spans, change, today, open) {
                    for s in after.iter_mut().filter(|s| s.term.is_none()) {
                        s.term = Some(Uuid::from_u128(2000 + n as u128));
                    }
                    spans = after;
                }
                if arrives && spans.iter().any(|s| s.covers(today)) {
                    open += 1;
                }
                for _ in 0..=wait {
                    prop_assert!(open == 0 || spans.iter().any(|s| s.covers(today)), "{today}: {spans:?}");
                    today += TimeDelta::days(1);
                }
                // What waits is done now and then.
                if n % 4 == 3 {
                    open = 0;
                }
            }
        }
    }
}
