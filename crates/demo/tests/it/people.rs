//! Persons, posts, terms and sign-ins.

use super::DISTRICT;
use hejian_demo::*;
use std::collections::{BTreeMap, BTreeSet};

fn holders(post: &str) -> Vec<&'static Term> {
    DISTRICT.terms.iter().filter(|t| t.post == post).collect()
}

#[test]
fn every_post_has_exactly_one_holder_on_the_opening_day() {
    for post in &DISTRICT.posts {
        let now: Vec<_> = holders(&post.key)
            .into_iter()
            .filter(|t| t.from <= OPENS_ON && t.to.is_none_or(|end| end > OPENS_ON))
            .collect();
        assert_eq!(now.len(), 1, "{}", post.key);
    }
}

#[test]
fn terms_of_one_post_follow_each_other_without_overlap() {
    let mut ended = 0;
    for post in &DISTRICT.posts {
        let mut terms = holders(&post.key);
        terms.sort_by_key(|t| t.from);
        for pair in terms.windows(2) {
            assert_eq!(pair[0].to, Some(pair[1].from), "{}", post.key);
            ended += 1;
        }
        assert!(terms.iter().all(|t| t.to.is_none_or(|end| t.from < end)), "{}", post.key);
    }
    assert_eq!(ended, 10);
}

#[test]
fn posts_name_units_in_being_and_keys_are_unique() {
    let units: BTreeMap<_, _> = DISTRICT.units.iter().map(|u| (u.key.as_str(), u)).collect();
    let posts: BTreeSet<_> = DISTRICT.posts.iter().map(|p| p.key.as_str()).collect();
    let persons: BTreeSet<_> = DISTRICT.persons.iter().map(|p| p.key.as_str()).collect();
    assert_eq!((posts.len(), persons.len()), (DISTRICT.posts.len(), DISTRICT.persons.len()));
    for post in &DISTRICT.posts {
        assert_eq!(units[post.unit.as_str()].valid_to, None, "{}", post.key);
        assert!(units.contains_key(post.scope.as_str()), "{}", post.key);
        assert!(post.deputy_of.as_deref().is_none_or(|of| posts.contains(of)), "{}", post.key);
    }
    for term in &DISTRICT.terms {
        assert!(posts.contains(term.post.as_str()) && persons.contains(term.person.as_str()), "{term:?}");
        let post = DISTRICT.posts.iter().find(|p| p.key == term.post).unwrap();
        assert!(term.from >= units[post.unit.as_str()].valid_from, "{term:?}");
    }
}

#[test]
fn every_department_subdistrict_and_community_is_staffed() {
    for unit in &DISTRICT.units {
        let wanted = match (&unit.department, unit.kind) {
            (Some(d), _) if d.campaign_role == CampaignRole::TwinningOnly => 1,
            (Some(_), _) | (_, UnitKind::Community) => 2,
            (_, UnitKind::Subdistrict) => 3,
            _ => 0,
        };
        assert!(DISTRICT.posts.iter().filter(|p| p.unit == unit.key).count() >= wanted, "{}", unit.key);
    }
}

#[test]
fn one_person_of_the_campaign_office_holds_three_posts() {
    let zhou = DISTRICT.persons.iter().find(|p| p.name == "周明").unwrap();
    let posts: Vec<_> = DISTRICT.terms.iter().filter(|t| t.person == zhou.key).map(|t| t.post.as_str()).collect();
    assert_eq!(posts, ["post-sqb-officer", "post-sqb-liaison", "post-team-C-S2-01"]);
    let main: Vec<_> = DISTRICT.terms.iter().filter(|t| t.person == zhou.key).map(|t| t.main).collect();
    assert_eq!(main, [true, false, false]);
}

#[test]
fn the_three_administrators_are_three_persons_without_another_post() {
    let admins = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];
    let posts = DISTRICT.posts.iter().filter(|p| admins.contains(&p.role));
    let persons: BTreeSet<_> = posts.map(|p| holders(&p.key)[0].person.as_str()).collect();
    assert_eq!(persons.len(), 3);
    for person in persons {
        assert_eq!(DISTRICT.terms.iter().filter(|t| t.person == person).count(), 1);
    }
}

#[test]
fn the_sign_ins_cover_every_role_on_the_opening_day() {
    let mut roles = BTreeSet::new();
    for account in &DISTRICT.accounts {
        let term = holders(&account.post).into_iter().find(|t| t.person == account.person).unwrap();
        assert!(term.from <= OPENS_ON && term.to.is_none_or(|end| end > OPENS_ON), "{}", account.login);
        roles.insert(DISTRICT.posts.iter().find(|p| p.key == account.post).unwrap().role);
    }
    assert_eq!(roles, Role::ALL.into_iter().collect());
    let persons: BTreeSet<_> = DISTRICT.accounts.iter().map(|a| &a.person).collect();
    assert_eq!(persons.len(), DISTRICT.accounts.len(), "one sign-in a person");
    assert_eq!(DISTRICT.accounts.len(), 15);
}

#[test]
fn names_are_unique_and_change_with_the_seed_but_nothing_else_does() {
    let names = |d: &District| d.persons.iter().map(|p| p.name.clone()).collect::<BTreeSet<_>>();
    assert_eq!(names(&DISTRICT).len(), DISTRICT.persons.len());
    let other = district(7).unwrap();
    let fixed: Vec<_> = names(&DISTRICT).intersection(&names(&other)).cloned().collect();
    assert!(fixed.len() < DISTRICT.persons.len() / 2, "{fixed:?}");
    for name in ["周明", "陈芳", "李建平", "何勇"] {
        assert!(fixed.iter().any(|n| n == name), "{name} is part of the walk through the demonstration");
    }
    assert_eq!((&other.units, &other.posts), (&DISTRICT.units, &DISTRICT.posts));
}
