//! Lamps under the three schemes.

use hejian_workdays::{Calendar, Facts, Lamp, Scheme, Standing, Thresholds};

use crate::day;

fn facts(due_on: &str, today: &str) -> Facts {
    Facts::at(Calendar::builtin(), None, Some(day(due_on)), day(today)).unwrap()
}

fn lamp(scheme: &Scheme, facts: Facts) -> (Lamp, &'static str) {
    let reading = scheme.read(facts, Thresholds::default());
    (reading.lamp, reading.key)
}

#[test]
fn the_standard_scheme_goes_from_green_to_yellow_to_red() {
    let at = |today| lamp(&Scheme::STANDARD, facts("2009-06-26", today));
    assert_eq!(at("2009-06-22"), (Lamp::Green, "lamp-normal"));
    assert_eq!(at("2009-06-23"), (Lamp::Yellow, "lamp-near"));
    assert_eq!(at("2009-06-26"), (Lamp::Yellow, "lamp-near"));
    assert_eq!(at("2009-06-27"), (Lamp::Red, "lamp-over"));
}

#[test]
fn nearly_due_is_counted_in_working_days_over_a_festival() {
    // From 30 September to 12 October are twelve days, of which 9, 10 and 12 October are worked.
    assert_eq!(lamp(&Scheme::STANDARD, facts("2009-10-12", "2009-09-30")).0, Lamp::Yellow);
    assert_eq!(lamp(&Scheme::STANDARD, facts("2009-10-12", "2009-09-29")).0, Lamp::Green);
}

#[test]
fn the_threshold_is_the_district_s_own() {
    let at = |near| Scheme::STANDARD.read(facts("2009-06-26", "2009-06-24"), Thresholds { near }).lamp;
    assert_eq!((at(1), at(2)), (Lamp::Green, Lamp::Yellow));
}

#[test]
fn an_order_shows_blue_and_the_number_still_says_how_far_over() {
    let reading =
        Scheme::STANDARD.read(Facts { orders: 1, ..facts("2009-06-22", "2009-06-24") }, Thresholds::default());
    assert_eq!((reading.lamp, reading.standing), (Lamp::Blue, Some(Standing::Over(2))));
}

#[test]
fn without_a_due_date_the_lamp_is_grey() {
    let undated = Facts::at(Calendar::builtin(), None, None, day("2009-06-22")).unwrap();
    for scheme in Scheme::ALL {
        assert_eq!(lamp(scheme, undated), (Lamp::Grey, "lamp-none"), "{}", scheme.key);
    }
}

#[test]
fn done_work_is_green_in_every_scheme_and_keeps_the_standing_of_its_last_day() {
    let late =
        Facts::at(Calendar::builtin(), Some(day("2009-06-24")), Some(day("2009-06-22")), day("2009-12-01")).unwrap();
    for scheme in Scheme::ALL {
        let reading = scheme.read(Facts { orders: 2, ..late }, Thresholds::default());
        assert_eq!((reading.lamp, reading.standing), (Lamp::Green, Some(Standing::Over(2))), "{}", scheme.key);
    }
}

#[test]
fn graded_orders_go_from_blue_to_orange_to_red_and_overdue_without_an_order_is_not_green() {
    let at = |orders| lamp(&Scheme::ORDER_GRADES, Facts { orders, ..facts("2009-06-22", "2009-06-24") }).0;
    assert_eq!([at(0), at(1), at(2), at(3), at(9)], [Lamp::Grey, Lamp::Blue, Lamp::Orange, Lamp::Red, Lamp::Red]);
}

#[test]
fn by_progress_blue_is_nearly_due_yellow_is_behind_and_red_is_overdue() {
    let near = facts("2009-06-26", "2009-06-24");
    assert_eq!(lamp(&Scheme::PROGRESS, near).0, Lamp::Blue);
    assert_eq!(lamp(&Scheme::PROGRESS, Facts { behind: true, ..near }).0, Lamp::Yellow);
    assert_eq!(lamp(&Scheme::PROGRESS, Facts { behind: true, ..facts("2009-06-26", "2009-06-29") }).0, Lamp::Red);
    assert_eq!(lamp(&Scheme::PROGRESS, facts("2009-07-26", "2009-06-24")).0, Lamp::Green);
}

#[test]
fn a_setting_finds_its_scheme_by_name_and_every_scheme_ends_in_a_rule_that_always_holds() {
    for scheme in Scheme::ALL {
        assert_eq!(Scheme::by_key(scheme.key), Some(scheme));
        assert_eq!(scheme.rules.last().map(|rule| rule.when), Some(hejian_workdays::When::Otherwise));
    }
    assert_eq!(Scheme::by_key("traffic-light"), None);
}
