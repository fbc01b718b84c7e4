//! The dated events.

use hejian_demo::*;

#[test]
fn the_time_line_has_seven_papers_four_honours_and_the_known_days_in_their_order() {
    let events = timeline().unwrap();
    assert!(events.windows(2).all(|w| w[0].on < w[1].on));
    let count = |kind| events.iter().filter(|e| e.kind == kind).count();
    assert_eq!((count("document") + count("plan"), count("honour")), (7, 4));
    let on = |kind| events.iter().find(|e| e.kind == kind).map(|e| (e.on.to_string(), e.mark.status)).unwrap();
    assert_eq!(on("notice"), ("2008-10-10".to_owned(), Status::Real));
    assert_eq!(on("application"), ("2008-12-15".to_owned(), Status::Inferred));
    assert_eq!(on("liaison"), ("2009-05-13".to_owned(), Status::Inferred));
    assert_eq!(on("naming"), ("2009-10-19".to_owned(), Status::Inferred));
    assert!(on("evaluation").0.as_str() > "2009-09" && on("evaluation").0 < on("naming").0);
}

#[test]
fn the_days_of_papers_and_honours_are_marked_as_invented() {
    for event in timeline().unwrap().iter().filter(|e| ["document", "plan", "honour"].contains(&e.kind.as_str())) {
        assert_eq!(event.mark.status, Status::Synthetic, "{event:?}");
    }
}
