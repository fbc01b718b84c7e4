//! Premises projects, their money, papers and coverage.

use super::{DISTRICT, known};
use chrono::{Datelike, NaiveDate, Weekday};
use hejian_demo::*;
use std::collections::{BTreeMap, BTreeSet};

fn offices() -> impl Iterator<Item = &'static Premises> {
    DISTRICT.premises.iter().filter(|p| p.kind == PremisesKind::CommunityOffice && p.stage() == Stage::Accepted)
}

/// 20 m² for each 100 households, at least 300 m²; in tenths of a square metre.
fn norm_tenths(community: &str) -> i64 {
    (known("series.households", community, "2008") * 2).max(3000)
}

fn communities_that_meet(accepted: impl Fn(&Premises) -> bool) -> Vec<&'static str> {
    let mut area: BTreeMap<&str, i64> = BTreeMap::new();
    for p in DISTRICT.premises.iter().filter(|p| p.kind == PremisesKind::CommunityOffice && accepted(p)) {
        *area.entry(&p.unit).or_default() += p.floor_area_tenths;
    }
    area.into_iter().filter(|(unit, tenths)| *tenths >= norm_tenths(unit)).map(|(unit, _)| unit).collect()
}

#[test]
fn forty_accepted_offices_have_29_640_square_metres() {
    assert_eq!(offices().count(), 40);
    assert_eq!(offices().map(|p| p.floor_area_tenths).sum::<i64>(), 296_400);
    assert_eq!(offices().map(|p| &p.unit).collect::<BTreeSet<_>>().len(), 40, "one a community");
}

#[test]
fn thirty_nine_of_51_communities_meet_the_norm_on_the_opening_day() {
    assert_eq!(communities_that_meet(|p| p.stage() == Stage::Accepted).len(), 39);
}

#[test]
fn the_community_that_falls_short_needs_its_small_extension_to_make_it_forty() {
    let office = offices().find(|p| p.unit == "C-S4-07").unwrap();
    assert_eq!((office.key.as_str(), office.name.as_str()), ("YF-0031", "军民村社区用房"));
    assert_eq!((office.floor_area_tenths, norm_tenths("C-S4-07")), (4590, 4892));
    let accepted = office.on(Stage::Accepted).unwrap();
    assert_eq!((accepted.year(), accepted.month(), office.cost_fen()), (2005, 11, 31_200_000));
    let extended = communities_that_meet(|p| p.stage() == Stage::Accepted || p.key == "YF-0059");
    assert_eq!(extended.len(), 40);
    assert!(extended.contains(&"C-S4-07"));
}

#[test]
fn every_stage_follows_the_one_before_on_a_later_weekday_while_the_unit_is_in_being() {
    for p in &DISTRICT.premises {
        let order = [Stage::Proposed, Stage::Approved, Stage::Building, Stage::Completed, Stage::Accepted];
        let stages: Vec<_> = p.steps.iter().map(|s| s.stage).collect();
        assert_eq!(stages, order[..stages.len()], "{}", p.key);
        assert!(p.steps.windows(2).all(|w| w[0].on < w[1].on), "{} {:?}", p.key, p.steps);
        let unit = DISTRICT.units.iter().find(|u| u.key == p.unit).unwrap();
        for step in &p.steps {
            assert!(step.on >= unit.valid_from.max(MERGED_ON) && step.on < OPENS_ON, "{} {step:?}", p.key);
            assert!(!matches!(step.on.weekday(), Weekday::Sat | Weekday::Sun), "{} {step:?}", p.key);
        }
        let all: Vec<_> = p.all_steps().map(|s| s.stage).collect();
        assert_eq!(all, order[..all.len()], "{}", p.key);
        for step in &p.later {
            assert!(step.on > OPENS_ON && step.on < STORY_ENDS_ON, "{} {step:?}", p.key);
            assert!(!matches!(step.on.weekday(), Weekday::Sat | Weekday::Sun), "{} {step:?}", p.key);
        }
        assert!(p.later.windows(2).all(|w| w[0].on < w[1].on), "{} {:?}", p.key, p.later);
        assert_eq!(p.next_due.is_none(), p.stage() == Stage::Accepted, "{}", p.key);
        assert!(p.next_due.is_none_or(|due| due > OPENS_ON), "{}", p.key);
        assert_eq!(p.accepted_by.is_some(), p.stage() == Stage::Accepted, "{}", p.key);
    }
}

#[test]
fn rooms_sum_to_the_floor_area_and_none_is_empty_or_doubled() {
    for p in &DISTRICT.premises {
        assert_eq!(p.areas.iter().map(|row| row.tenths).sum::<i64>(), p.floor_area_tenths, "{}", p.key);
        assert!(p.areas.iter().all(|row| row.tenths > 0), "{}", p.key);
        assert_eq!(p.areas.iter().map(|row| row.function).collect::<BTreeSet<_>>().len(), p.areas.len(), "{}", p.key);
    }
    for p in offices().filter(|p| p.unit != "C-S4-07") {
        let activity: i64 = p.areas.iter().filter(|row| row.function.is_activity()).map(|row| row.tenths).sum();
        assert!(activity * 100 >= p.floor_area_tenths * 58, "{} {activity}", p.key);
    }
}

#[test]
fn the_money_is_plausible_house_by_house_and_about_24_02_million_in_all() {
    for p in offices() {
        let yuan_per_m2 = p.cost_fen() / 10 / p.floor_area_tenths;
        assert!((500..=1150).contains(&yuan_per_m2), "{} {yuan_per_m2}", p.key);
        assert!(p.money.iter().all(|line| line.fen > 0 && line.fen % 100_000 == 0), "{}", p.key);
        assert!(p.money.iter().all(|line| Some(line.on) >= p.on(Stage::Approved)), "{}", p.key);
        let district: i64 = p.money.iter().filter(|l| l.source == MoneySource::District).map(|l| l.fen).sum();
        assert!(district * 10 >= p.cost_fen() * 4, "{}: the district carries most", p.key);
    }
    let total = DISTRICT.summary().accepted_fen;
    assert!((2_390_000_000..=2_415_000_000).contains(&total), "{total}");
    let per_m2 = total / 100 / 29_640;
    assert!((700..=900).contains(&per_m2), "{per_m2}");
}

#[test]
fn thirty_five_of_forty_offices_have_their_ownership_paper_and_no_number_is_given_twice() {
    assert_eq!(offices().filter(|p| p.paper.is_some()).count(), 35);
    let documents: Vec<_> =
        DISTRICT.premises.iter().flat_map(Premises::all_steps).filter_map(|s| s.document.as_deref()).collect();
    assert_eq!(documents.iter().collect::<BTreeSet<_>>().len(), documents.len(), "no document number is given twice");
    let numbers: BTreeSet<_> = DISTRICT.premises.iter().filter_map(|p| p.paper.as_ref()).map(|p| &p.number).collect();
    let papers = DISTRICT.premises.iter().filter(|p| p.paper.is_some()).count();
    assert_eq!(numbers.len(), papers, "no number is given twice");
}

#[test]
fn five_of_six_subdistricts_and_the_district_have_their_centre() {
    let accepted = |kind| {
        let of_kind = DISTRICT.premises.iter().filter(move |p| p.kind == kind);
        let (done, open): (Vec<_>, Vec<_>) = of_kind.partition(|p| p.stage() == Stage::Accepted);
        (done.len(), open.len())
    };
    assert_eq!(accepted(PremisesKind::SubdistrictCentre), (5, 1));
    assert_eq!(accepted(PremisesKind::DistrictCentre), (1, 0));
}

#[test]
fn seven_steps_are_pending_one_of_them_soon() {
    let steps = DISTRICT.pending_steps();
    let told: Vec<_> = steps.iter().map(|s| (s.premises.as_str(), s.stage)).collect();
    use Stage::*;
    assert_eq!(
        told,
        [
            ("YF-0059", Approved),
            ("YF-0021", Approved),
            ("YF-0023", Approved),
            ("YF-0020", Building),
            ("YF-0043", Completed),
            ("YF-0042", Completed),
            ("YF-0057", Completed),
        ]
    );
}

#[test]
fn on_the_opening_day_the_register_is_complete_for_every_unit_up_to_may_2009_and_no_further() {
    let units = || DISTRICT.units.iter().filter(|u| u.valid_to.is_none() && u.kind != UnitKind::Department);
    assert_eq!(units().count(), 58);
    for unit in units() {
        let months: Vec<_> =
            DISTRICT.coverage.iter().filter(|c| c.unit == unit.key).map(|c| (c.period.as_str(), c.on)).collect();
        let known: Vec<_> = months.iter().filter(|(_, on)| *on <= OPENS_ON).map(|(month, _)| *month).collect();
        let wanted = ["2008-09", "2008-12", "2009-01", "2009-02", "2009-03", "2009-04", "2009-05"];
        assert_eq!(known, wanted, "{}", unit.key);
        // Afterwards every month until the story ends.
        assert_eq!((months.len(), months.last().map(|(month, _)| *month)), (15, Some("2010-01")), "{}", unit.key);
    }
    for c in &DISTRICT.coverage {
        let end = NaiveDate::parse_from_str(&format!("{}-28", c.period), "%Y-%m-%d").unwrap();
        assert!(c.on > end && c.on < STORY_ENDS_ON, "{c:?}");
        let held = |t: &&Term| t.post == c.by && t.from <= c.on && t.to.is_none_or(|to| to > c.on);
        assert_eq!(DISTRICT.terms.iter().filter(held).count(), 1, "{c:?}");
    }
}

#[test]
fn another_seed_changes_addresses_but_no_figure() {
    let other = district(7).unwrap();
    let bare = |d: &District| {
        let clear = |p: &Premises| Premises { address: String::new(), ..p.clone() };
        d.premises.iter().map(clear).collect::<Vec<_>>()
    };
    assert_eq!(bare(&other), bare(&DISTRICT));
    let changed = other.premises.iter().zip(&DISTRICT.premises).filter(|(a, b)| a.address != b.address).count();
    assert!(changed > 30, "{changed}");
    assert_eq!((&other.figures, other.summary()), (&DISTRICT.figures, DISTRICT.summary()));
}
