//! Units, lineage and boundaries.

use super::DISTRICT;
use hejian_demo::geometry::{dissolve, twice_area_of};
use hejian_demo::*;
use std::collections::BTreeSet;

fn of(kind: UnitKind) -> Vec<&'static Unit> {
    DISTRICT.units.iter().filter(|u| u.kind == kind).collect()
}

#[test]
fn the_district_has_6_subdistricts_86_committees_51_communities_and_51_departments() {
    let count = |kind| of(kind).len();
    assert_eq!(count(UnitKind::District), 1);
    assert_eq!(count(UnitKind::Subdistrict), 6);
    assert_eq!(count(UnitKind::ResidentsCommittee), 86);
    assert_eq!(count(UnitKind::Community), 51);
    let twinning = |u: &&Unit| u.department.as_ref().unwrap().campaign_role == CampaignRole::TwinningOnly;
    let (only, duty): (Vec<_>, Vec<_>) = of(UnitKind::Department).into_iter().partition(twinning);
    assert_eq!((duty.len(), only.len()), (38, 13));
    assert_eq!(of(UnitKind::Community).iter().filter(|u| u.key_community).count(), 10);
    assert_eq!(of(UnitKind::Community).iter().filter(|u| u.model_community).count(), 1);
    assert_eq!(of(UnitKind::Community).iter().filter(|u| u.charity_shop).count(), 10);
}

#[test]
fn departments_stand_in_official_order() {
    let orders: Vec<u32> = of(UnitKind::Department).iter().map(|u| u.order).collect();
    assert_eq!(orders, (1..=51).collect::<Vec<_>>());
    let office = DISTRICT.units.iter().find(|u| u.key == "dept-sqb").unwrap();
    assert_eq!((office.order, office.alias.as_deref()), (9, Some("区社区办")));
}

#[test]
fn every_committee_ends_on_the_day_its_community_begins() {
    assert_eq!(DISTRICT.lineage.len(), 86);
    for line in &DISTRICT.lineage {
        let find = |key: &str| DISTRICT.units.iter().find(|u| u.key == key).unwrap();
        let (from, to) = (find(&line.from), find(&line.to));
        assert_eq!(from.valid_to, Some(line.on), "{}", line.from);
        assert_eq!((to.valid_from, to.valid_to), (line.on, None), "{}", line.to);
        assert_eq!(from.parent, to.parent, "{} stays in its subdistrict", line.from);
    }
    let successors: BTreeSet<_> = DISTRICT.lineage.iter().map(|line| &line.to).collect();
    assert_eq!(successors.len(), 51);
}

#[test]
fn households_and_persons_are_conserved_by_the_merge() {
    for community in of(UnitKind::Community) {
        let parts = of(UnitKind::ResidentsCommittee)
            .into_iter()
            .filter(|o| DISTRICT.lineage.iter().any(|l| l.from == o.key && l.to == community.key));
        let sums = parts.fold((0, 0), |(h, p), o| (h + o.households.unwrap(), p + o.population.unwrap()));
        assert_eq!((Some(sums.0), Some(sums.1)), (community.households, community.population), "{}", community.key);
    }
}

#[test]
fn dissolved_areas_equal_the_sum_of_their_committees_at_every_level() {
    let area = |units: &[&Unit]| units.iter().map(|u| twice_area_of(&u.geometry)).sum::<i128>();
    let old = of(UnitKind::ResidentsCommittee);
    let total = area(&old);
    assert!(total > 0);
    // Exact in whole numbers, so also to 1e-9.
    assert_eq!(area(&of(UnitKind::Community)), total);
    assert_eq!(area(&of(UnitKind::Subdistrict)), total);
    for community in of(UnitKind::Community) {
        let parts: Vec<&Unit> = old
            .iter()
            .filter(|o| DISTRICT.lineage.iter().any(|l| l.from == o.key && l.to == community.key))
            .copied()
            .collect();
        assert_eq!(twice_area_of(&community.geometry), area(&parts), "{}", community.key);
    }
    let whole = dissolve(of(UnitKind::Subdistrict).iter().flat_map(|u| &u.geometry)).unwrap();
    assert_eq!((whole.len(), twice_area_of(&whole)), (1, total));
}

#[test]
fn every_boundary_is_one_polygon_of_closed_rings() {
    for unit in DISTRICT.units.iter().filter(|u| !matches!(u.kind, UnitKind::Department | UnitKind::District)) {
        assert_eq!(unit.geometry.len(), 1, "{}", unit.key);
        for ring in unit.geometry.iter().flatten() {
            assert!(ring.len() >= 4 && ring.first() == ring.last(), "{}", unit.key);
        }
    }
}

#[test]
fn nothing_invented_goes_without_its_mark() {
    for unit in &DISTRICT.units {
        assert!(unit.marks.name.is_some(), "{}", unit.key);
        assert!(unit.households.is_none() || unit.marks.value.is_some(), "{}", unit.key);
        assert_eq!(!unit.geometry.is_empty(), unit.marks.geometry.is_some(), "{}", unit.key);
    }
    let real: Vec<&str> =
        DISTRICT.snapshots.iter().filter(|s| s.mark.status == Status::Real).map(|s| s.unit.as_str()).collect();
    assert_eq!(real, ["S1", "S2", "S1", "S1"], "only these dated figures are real");
}

#[test]
fn every_community_has_an_approval_dated_before_it_begins() {
    let approved: BTreeSet<_> = DISTRICT.approvals.iter().map(|a| a.unit.as_str()).collect();
    assert_eq!(approved, of(UnitKind::Community).iter().map(|u| u.key.as_str()).collect());
    let documents: BTreeSet<_> = DISTRICT.approvals.iter().map(|a| &a.document).collect();
    assert_eq!(documents.len(), 51);
    assert!(DISTRICT.approvals.iter().all(|a| a.on < MERGED_ON));
}

#[test]
fn a_damaged_file_is_named_with_its_place_and_a_remedy() {
    let good = Sources::embedded();
    let broken = |sources: Sources<'_>| district_from(sources, 1).unwrap_err().to_string();

    let units = good.units.replacen(
        "O-S1-15,residents_committee_old,建设东路居委会,S1,1999-01-18,2002",
        "O-S1-15,residents_committee_old,建设东路居委会,S1,1999-01-18,年底",
        1,
    );
    let text = broken(Sources { units: &units, ..good });
    assert!(text.starts_with("demo/wuling_units.csv, line ") && text.contains("年底"), "{text}");

    let line = 1 + good.units.lines().position(|line| line.starts_with("C-S1-01,")).unwrap();
    let units = good.units.replacen(",2154,", ",many,", 1);
    let text = broken(Sources { units: &units, ..good });
    assert!(text.contains(&format!("line {line}: households is “many”")), "{text}");

    let units = good.units.replacen(",C-S1-01,real (1999", ",C-S9-99,real (1999", 1);
    assert!(broken(Sources { units: &units, ..good }).contains("C-S9-99"));

    let committees = good.committees.replacen("\"unit_id\":\"O-S2-01\"", "\"unit_id\":\"O-X\"", 1);
    assert!(broken(Sources { committees: &committees, ..good }).contains("feature O-S2-01"));

    let committees = good.committees.replacen("[111.683199,29.0250916],[111.6832709", "[111.6832709", 1);
    assert!(broken(Sources { committees: &committees, ..good }).contains("not closed"));

    let committees = &good.committees[..good.committees.len() / 2];
    assert!(broken(Sources { committees, ..good }).starts_with("demo/wuling_committees.geojson, line 1, column "));

    let departments = good.departments.replacen("order: 3", "order: 4", 1);
    assert!(broken(Sources { departments: &departments, ..good }).contains("department dcs"));

    let departments = good.departments.replacen("kind: government", "kind: guild", 1);
    assert!(broken(Sources { departments: &departments, ..good }).starts_with("demo/departments.yaml, line "));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let units = format!("\u{feff}{}", Sources::embedded().units);
    assert_eq!(district_from(Sources { units: &units, ..Sources::embedded() }, 2009).unwrap(), *DISTRICT);
}
