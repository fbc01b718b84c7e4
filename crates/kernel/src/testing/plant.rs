//! A small district for tests: units, posts, persons, accounts.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    access::{
        Part,
        account::{self, FirstPassword},
        appoint, grant,
    },
    sql, unit,
    work::Work,
};

/// The password of every planted account.
pub const PASSWORD: &str = "red lantern over the river";

/// The day since which everything planted has been there.
#[must_use]
pub fn since() -> NaiveDate {
    NaiveDate::from_ymd_opt(2008, 1, 1).expect("a day of the year 2008 exists")
}

/// Adds a unit.
///
/// # Panics
/// When it cannot.
pub async fn unit(work: &mut Work, key: &str, kind: &str, name: &str, parent: Option<Uuid>) -> Uuid {
    let new = unit::NewUnit {
        key: key.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        official_order: 1,
        code: None,
        section: None,
        parent,
        valid_from: since(),
        valid_to: None,
        geometry: None,
        is_key: false,
        is_model: false,
        name_status: "synthetic".to_owned(),
        value_status: "synthetic".to_owned(),
        note: None,
    };
    unit::add(work, &new).await.expect("a unit can be planted")
}

/// Adds a post that holds a role over its own unit.
///
/// # Panics
/// When it cannot.
pub async fn post(work: &mut Work, unit: Uuid, key: &str, name: &str, order: i64, role: &str) -> Uuid {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into post (id, key, unit_id, name, official_order) values ($1, $2, $3, $4, $5)",
        id,
        key,
        unit,
        name,
        order
    )
    .expect("a post can be planted");
    if !role.is_empty() {
        grant(work, id, role, unit).await.expect("a grant can be planted");
    }
    id
}

/// Adds a person.
///
/// # Panics
/// When it cannot.
pub async fn person(work: &mut Work, key: &str, name: &str) -> Uuid {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into person (id, key, name, status) values ($1, $2, $3, 'synthetic')",
        id,
        key,
        name
    )
    .expect("a person can be planted");
    id
}

/// Puts a person into a post since [`since`].
///
/// # Panics
/// When it cannot.
pub async fn holds(work: &mut Work, person: Uuid, post: Uuid, part: Part) -> Uuid {
    appoint(work, post, person, part, since(), None).await.expect("a term can be planted")
}

/// Gives a person an account with [`PASSWORD`].
///
/// # Panics
/// When it cannot.
pub async fn account(work: &mut Work, person: Uuid, login: &str) -> Uuid {
    let first = FirstPassword::shared(PASSWORD).await.expect("a password can be hashed");
    account::create(work, person, login, &first).await.expect("an account can be planted")
}

/// A person in a post of their own with an account: key and login are the same; the account's id.
///
/// # Panics
/// When it cannot.
pub async fn officer(work: &mut Work, unit: Uuid, login: &str, name: &str, post_name: &str, role: &str) -> Uuid {
    let post = post(work, unit, &format!("post-{login}"), post_name, 1, role).await;
    let person = person(work, login, name).await;
    holds(work, person, post, Part::Holder).await;
    account(work, person, login).await
}
