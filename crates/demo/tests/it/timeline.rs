//! The dated events.

use hejian_demo::*;

#[test]
fn the_time_line_has_seven_papers_four_honours_and_the_known_days_in_their_order() {
    let events = timeline();
    assert!(events.windows(2).all(|w| w[0].on < w[1].on));
    let count = |kind| events.iter().filter(|e| e.kind == kind).count();
    assert_eq!((count(EventKind::Document), count(EventKind::Honour)), (7, 4));
    let on = |kind| events.iter().find(|e| e.kind == kind).map(|e| (e.on.to_string(), e.day.status)).unwrap();
    assert_eq!(on(EventKind::Notice), ("2008-10-10".to_owned(), Status::Real));
    assert_eq!(on(EventKind::Application), ("2008-12-15".to_owned(), Status::Inferred));
    assert_eq!(on(EventKind::Liaison), ("2009-05-13".to_owned(), Status::Inferred));
    assert_eq!(on(EventKind::Naming), ("2009-10-19".to_owned(), Status::Inferred));
}

#[test]
fn the_days_of_papers_and_honours_are_marked_as_invented_and_their_titles_as_found() {
    for event in timeline().iter().filter(|e| matches!(e.kind, EventKind::Document | EventKind::Honour)) {
        assert_eq!((event.day.status, event.event.status), (Status::Synthetic, Status::Real), "{event:?}");
    }
}
