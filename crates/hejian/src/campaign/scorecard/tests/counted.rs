//! The counting, on six items of one unit. The comments are the hand's arithmetic.

use chrono::NaiveDate;
use hejian_workdays::{Beyond, Calendar};
use proptest::prelude::*;
use uuid::Uuid;

use super::super::item::{Age, Item, Kind, Tally, months};
use crate::stage::day;

fn item(kind: Kind, began: &str, due: Option<&str>, done: Option<&str>) -> Item {
    let id = Uuid::from_u128(1);
    Item { kind, id, unit: id, post: None, seen: None, began: day(began), due: due.map(day), done: done.map(day) }
}

fn calendar() -> Calendar {
    Calendar::builtin().beyond(Beyond::WeekendsOnly)
}

fn desk() -> Vec<Item> {
    vec![
        // Done three days before its day: in time on 05-29.
        item(Kind::Todo, "2009-05-04", Some("2009-06-01"), Some("2009-05-29")),
        // Done a day after: late on 06-02.
        item(Kind::Duty, "2009-05-04", Some("2009-06-01"), Some("2009-06-02")),
        // Open and over: late on 06-11, and by 06-22 over by 06-11, 12, 15, 16, 17, 18, 19, 22: eight working days.
        item(Kind::Todo, "2009-05-04", Some("2009-06-10"), None),
        // Due on 06-24, two working days away.
        item(Kind::Instruction, "2009-06-19", Some("2009-06-24"), None),
        // Without a day: never judged.
        item(Kind::Todo, "2009-05-04", None, None),
        // Due later.
        item(Kind::Duty, "2009-02-20", Some("2009-07-31"), None),
    ]
}

#[test]
fn what_is_done_in_time_late_open_and_over_is_counted_as_by_hand() {
    let desk = desk();
    let tally = Tally::of(desk.iter(), &calendar(), day("2009-06-22"));
    assert_eq!((tally.on_time, tally.late), (1, 2));
    assert_eq!((tally.open(None), tally.over(None), tally.worst), (4, 1, 8));
    let open: Vec<usize> = Age::ALL.iter().map(|age| tally.count(None, *age)).collect();
    assert_eq!(open, [0, 1, 0, 1, 1, 1], "over by 6 to 20, near, later, undated");
    assert_eq!(Kind::ALL.map(|kind| tally.open(Some(kind))), [1, 1, 2]);
}

#[test]
fn an_earlier_day_knows_nothing_of_what_came_after_it() {
    let desk = desk();
    // On 06-01 the second is not late yet, the instruction is not given yet.
    let tally = Tally::of(desk.iter(), &calendar(), day("2009-06-01"));
    assert_eq!((tally.on_time, tally.late, tally.open(None), tally.over(None)), (1, 0, 4, 0));
    // On 05-03 there is only the duty of February.
    let tally = Tally::of(desk.iter(), &calendar(), day("2009-05-03"));
    assert_eq!((tally.judged(), tally.open(None)), (0, 1));
}

#[test]
fn what_falls_due_on_a_day_is_in_time_on_that_day_and_late_on_the_next_though_it_be_a_sunday() {
    let on_its_day = item(Kind::Todo, "2009-06-01", Some("2009-06-20"), Some("2009-06-20"));
    assert_eq!(on_its_day.judged(day("2009-06-30")), Some((day("2009-06-20"), true)));
    let never = item(Kind::Todo, "2009-06-01", Some("2009-06-20"), None);
    assert_eq!(never.judged(day("2009-06-20")), None);
    assert_eq!(never.judged(day("2009-06-21")), Some((day("2009-06-21"), false)));
    assert_eq!(Age::of(&calendar(), never.due, day("2009-06-21")), Age::Over1);
}

#[test]
fn months_hold_what_was_judged_in_them_and_what_was_open_at_their_ends() {
    let desk = desk();
    let items: Vec<&Item> = desk.iter().collect();
    let run = months(&items, &["2009-04-30", "2009-05-31", "2009-06-22"].map(day));
    let figures: Vec<_> = run.iter().map(|m| (m.on_time, m.late, m.open, m.over)).collect();
    // April: the duty of February is open. May: the first was done in time; four others are open. June: two came late.
    assert_eq!(figures, [(0, 0, 1, 0), (1, 0, 4, 0), (0, 2, 4, 1)]);
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..400).prop_map(|n| day("2008-10-01") + chrono::Days::new(n))
}

proptest! {
    #[test]
    fn months_add_up_to_the_whole_and_every_open_item_has_one_age(
        items in prop::collection::vec((0..3_usize, any_day(), prop::option::of(any_day()), prop::option::of(any_day())), 0..40),
        asked in any_day(),
    ) {
        let items: Vec<Item> = items.into_iter().map(|(kind, began, due, done)| {
            let id = Uuid::from_u128(2);
            let done = done.map(|done| done.max(began));
            Item { kind: Kind::ALL[kind], id, unit: id, post: None, seen: None, began, due, done }
        }).filter(|item| item.began <= asked).collect();
        let ends: Vec<NaiveDate> = crate::campaign::score::trend::months(day("2008-10-01"), asked);
        let tally = Tally::of(items.iter(), &calendar(), asked);
        let refs: Vec<&Item> = items.iter().collect();
        let run = months(&refs, &ends);
        prop_assert_eq!(run.iter().map(|m| m.on_time).sum::<usize>(), tally.on_time);
        prop_assert_eq!(run.iter().map(|m| m.late).sum::<usize>(), tally.late);
        prop_assert_eq!(run.last().map(|m| (m.open, m.over)), Some((tally.open(None), tally.over(None))));
        prop_assert_eq!(tally.open(None), items.iter().filter(|item| item.is_open(asked)).count());
    }
}
