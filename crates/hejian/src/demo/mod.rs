//! The demonstration district, written into an empty database through the same engine that people use.
//!
//! The rule that matters: nothing is set by hand. Units, terms, records, stages, corrections and declarations are written in
//! the order of their days, each by the post whose work it is, so that history, audit and "as it was on that day" are those of
//! a district that worked. Seed and files are described by the crate `hejian-demo`.

mod campaign;
mod duties;
mod events;
mod office;
mod people;
#[cfg(test)]
mod tests;
mod units;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use hejian_demo::{District, OPENS_ON};
use hejian_kernel::{
    access::{Actor, Channel},
    error::{Error, Result},
    web::App,
    work::Work,
};
use serde::Serialize;
use uuid::Uuid;

/// A way to sign in.
#[derive(Debug, Clone, Serialize)]
pub struct Credential {
    /// The sign-in name.
    pub login: String,
    /// The freshly made password.
    pub password: String,
    /// Whose it is.
    pub person: String,
    /// In which post.
    pub post: String,
}

/// The day the campaign office took over what existed, the Monday after the ministry's notice stood on its site: projects of earlier years enter with the state they had reached.
const TAKEN_OVER: (i32, u32, u32) = (2008, 10, 13);

/// Ids by the stable keys of the plan.
#[derive(Debug, Default)]
struct Ids {
    units: HashMap<String, Uuid>,
    posts: HashMap<String, Uuid>,
    persons: HashMap<String, Uuid>,
}

impl Ids {
    fn unit(&self, key: &str) -> Result<Uuid> {
        self.units.get(key).copied().ok_or_else(|| Error::Internal(format!("the plan names no unit {key}")))
    }
}

/// Writes the district as it was on the day the demonstration opens, [`OPENS_ON`].
///
/// # Errors
/// As [`make_until`].
pub async fn make(app: &App, seed: u64) -> Result<Vec<Credential>> {
    make_until(app, seed, OPENS_ON).await
}

/// Writes the district up to the end of a day; what was entered later is not written. The same seed gives the same district,
/// passwords apart.
///
/// # Errors
/// When the plan is damaged, a record is refused or the database fails.
pub async fn make_until(app: &App, seed: u64, opens: NaiveDate) -> Result<Vec<Credential>> {
    let plan = hejian_demo::district(seed).map_err(|e| Error::Internal(e.to_string()))?;
    let mut ids = Ids::default();
    let mut work = begin(app, maker(), morning(taken_over(), 0)).await?;
    units::write(&mut work, &plan, &mut ids).await?;
    people::write(&mut work, &plan, &mut ids).await?;
    campaign::write(&mut work, opens).await?;
    work.commit().await?;
    events::write(app, &plan, &ids, opens).await?;
    office::write(app, &plan, &ids, opens).await?;
    campaign::freeze(app, opens).await?;
    people::accounts(app, &plan, &ids).await
}

/// The one who makes the district: no person, no right.
fn maker() -> Actor {
    Actor::without_rights(Channel::Demo, "演示数据")
}

async fn begin(app: &App, actor: Actor, now: DateTime<Utc>) -> Result<Work> {
    Work::begin(&app.db, &app.keys, app.roles, actor, now).await
}

fn taken_over() -> NaiveDate {
    let (y, m, d) = TAKEN_OVER;
    NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default()
}

/// A moment on the morning of a day in Asia/Shanghai: nine o'clock and some minutes.
fn morning(day: NaiveDate, minutes: i64) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(1) + TimeDelta::minutes(minutes)
}

/// The actor who works in a post on a day: the holder first, otherwise the deputy.
fn in_post(app: &App, plan: &District, ids: &Ids, post: &str, day: NaiveDate) -> Result<Actor> {
    let missing = || Error::Internal(format!("nobody holds {post} on {day}"));
    let holds = |t: &&hejian_demo::Term| t.post == post && t.from <= day && t.to.is_none_or(|to| day < to);
    let post = plan.posts.iter().find(|p| p.key == post).ok_or_else(missing)?;
    let term =
        plan.terms.iter().find(holds).or_else(|| plan.terms.iter().find(|t| t.post == post.key)).ok_or_else(missing)?;
    let person = plan.persons.iter().find(|p| p.key == term.person).ok_or_else(missing)?;
    let unit = plan.units.iter().find(|u| u.key == post.unit).ok_or_else(missing)?;
    let grants = people::grants_of(app, plan, ids, post)?;
    Ok(Actor {
        channel: Channel::Demo,
        account: None,
        person: ids.persons.get(&person.key).copied(),
        post: ids.posts.get(&post.key).copied(),
        name: format!("{}（{} {}）", person.name, unit.alias.as_deref().unwrap_or(&unit.name), post.title),
        grants,
        only: None,
    })
}
