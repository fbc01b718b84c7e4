//! A small district for stories: two subdistricts, three communities, a post in each, and actors for them.

use chrono::NaiveDate;
use hejian::modules::ROLES;
use hejian_kernel::{
    access::{Actor, Channel, Grant},
    sql,
    testing::{TestDb, opening},
    unit::{self, NewUnit},
    work::Work,
};
use uuid::Uuid;

/// The small district.
pub struct Small {
    pub district: Uuid,
    /// Two in the west, one in the east.
    pub communities: [Uuid; 3],
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// Makes the small district.
pub async fn small(test: &TestDb) -> Small {
    let mut work = work_as(test, Actor::without_rights(Channel::Console, "test")).await;
    let mut add = async |key: &str, kind: &str, order: i64, parent: Option<Uuid>| {
        let unit = NewUnit {
            key: key.to_owned(),
            kind: kind.to_owned(),
            name: format!("{key} {kind}"),
            official_order: order,
            code: None,
            section: None,
            parent,
            valid_from: day(2002, 6, 1),
            valid_to: None,
            geometry: None,
            is_key: false,
            is_model: false,
            name_status: "synthetic".to_owned(),
            value_status: "synthetic".to_owned(),
            note: None,
        };
        unit::add(&mut work, &unit).await.expect("the unit is added")
    };
    let district = add("D", "district", 0, None).await;
    let west = add("S1", "subdistrict", 100, Some(district)).await;
    let east = add("S2", "subdistrict", 200, Some(district)).await;
    let communities = [
        add("C1", "community", 110, Some(west)).await,
        add("C2", "community", 120, Some(west)).await,
        add("C3", "community", 210, Some(east)).await,
    ];
    work.commit().await.expect("the units are kept");
    Small { district, communities }
}

/// A person in a post with one role over a unit; both rows are made.
pub async fn actor(test: &TestDb, role: &str, unit: Uuid) -> Actor {
    let mut work = work_as(test, Actor::without_rights(Channel::Console, "test")).await;
    let (person, post) = (work.new_id(), work.new_id());
    let (n,): (i64,) = sql!(&mut work.tx, fetch_one, "select count(*) from person").expect("persons can be counted");
    let (key, name) = (format!("{role}-{n}"), format!("{role} holder"));
    sql!(
        &mut work.tx,
        execute,
        "insert into person (id, key, name, status) values ($1, $2, $3, 'synthetic')",
        person,
        &key,
        &name
    )
    .expect("the person is added");
    sql!(
        &mut work.tx,
        execute,
        "insert into post (id, key, unit_id, name, official_order) values ($1, $2, $3, $4, 1)",
        post,
        &key,
        unit,
        role
    )
    .expect("the post is added");
    sql!(
        &mut work.tx,
        execute,
        "insert into post_grant (post_id, role, scope_unit_id) values ($1, $2, $3)",
        post,
        role,
        unit
    )
    .expect("the grant is added");
    sql!(
        &mut work.tx,
        execute,
        "insert into term (id, post_id, person_id, part, valid_from) values ($1, $2, $3, 'holder', $4)",
        post,
        post,
        person,
        day(2005, 1, 1)
    )
    .expect("the term is added");
    work.commit().await.expect("the people are kept");
    let role = ROLES.iter().find(|r| r.key == role).expect("a role of the product");
    Actor {
        channel: Channel::Web,
        account: None,
        person: Some(person),
        post: Some(post),
        name,
        grants: vec![Grant { role, unit }],
        only: None,
    }
}

/// A unit of work of an actor at the opening moment.
pub async fn work_as(test: &TestDb, actor: Actor) -> Work {
    Work::begin(&test.db, &test.keys, ROLES, actor, opening()).await.expect("a unit of work begins")
}
