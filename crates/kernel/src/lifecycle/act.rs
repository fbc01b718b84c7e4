//! Doing a transition on a record: state, step, to-dos and audit entry in one unit of work.

use chrono::{DateTime, NaiveDate, Utc};
use hejian_workdays::{self as workdays, Beyond, Calendar, Deadline};
use serde_json::json;
use uuid::Uuid;

use super::{Done, Limit, Owner, step, step::Situation};
use crate::{
    audit::Entry,
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::{Error, Result},
    message::News,
    register::{Record, RegisterDef, store},
    sql,
    todo::{self, NewTodo},
    work::Work,
};

/// A step as history shows it.
#[derive(Debug, Clone, sqlx::FromRow)]
#[allow(missing_docs)]
pub struct Step {
    pub transition: String,
    pub from_state: String,
    pub to_state: String,
    pub person_id: Option<Uuid>,
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
}

/// The steps of a record, oldest first. The caller has the record's page open: its scope was checked there.
///
/// # Errors
/// The engine's own error.
pub async fn history(tx: &mut Tx, register: &str, record: Uuid) -> Result<Vec<Step>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select transition, from_state, to_state, person_id, reason, at from lifecycle_step
         where register = $1 and record_id = $2 order by at, id",
        register,
        record
    )?)
}

/// Does a transition. The to-dos of the old state are done, the owner of the new one gets one with its deadline.
///
/// # Errors
/// [`Error::Refused`] with what stands in the way, [`Error::Stale`], [`Error::NotFound`]. Nothing is written then.
pub async fn act(
    work: &mut Work,
    def: &'static RegisterDef,
    id: Uuid,
    version: i64,
    transition: &str,
    reason: &str,
) -> Result<Record> {
    let lifecycle = def.lifecycle.ok_or(Error::NotFound { what: "thing-page" })?;
    let seen = work.actor.scoped(def.permissions.read, id)?;
    let before = store::get(&mut work.tx, &work.keys, def, &seen).await?;
    if before.meta.version != version {
        return Err(Error::Stale { yours: version, theirs: before.meta.version });
    }
    let done: Vec<Done> = history(&mut work.tx, def.key, id)
        .await?
        .into_iter()
        .map(|s| Done { transition: s.transition, person: s.person_id })
        .collect();
    let kinds: Vec<(String,)> = sql!(
        &mut work.tx,
        fetch_all,
        "select distinct kind from attachment where register = $1 and record_id = $2 and removed_at is null",
        def.key,
        id
    )?;
    let held = held(work, &before, lifecycle.transitions.iter().map(|t| t.right)).await?;
    let now = Situation {
        state: &before.meta.state,
        holds: &|right| held.contains(&right.to_owned()),
        person: work.actor.person,
        done: &done,
        filled: &|field| !before.get(def, field).is_null(),
        attached: &|kind| kinds.iter().any(|(k,)| k == kind),
    };
    let to = step(lifecycle, &now, transition, reason)
        .map_err(|mut refusals| Error::Refused(super::named(def, refusals.swap_remove(0).message)))?;
    let step_id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into lifecycle_step (id, register, record_id, transition, from_state, to_state, person_id, post_id, reason, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        step_id,
        def.key,
        id,
        transition,
        &before.meta.state,
        to,
        work.actor.person,
        work.actor.post,
        reason.trim(),
        work.now
    )?;
    let mut after = before.clone();
    after.meta.state = to.to_owned();
    let after = store::write_over(work, def, &before, after, "step").await?;
    todo::close(work, def.key, id).await?;
    let done = lifecycle.transition(transition);
    let due = due_on(work.today(), done.and_then(|t| t.limit))?;
    let news = if done.is_some_and(|t| !t.forward) { News::Returned } else { News::Arrived };
    hand_on(work, def, &after, due, news, reason).await?;
    work.record(Entry {
        action: "act",
        subject_kind: "lifecycle".to_owned(),
        subject_id: Some(step_id),
        detail: json!({ "register": def.key, "record": id, "transition": transition, "to": to, "reason": reason.trim() }),
        digest: None,
    });
    Ok(after)
}

/// Gives the owner of the record's state a to-do, if the state has one.
///
/// # Errors
/// The engine's own error.
pub async fn begin(work: &mut Work, def: &'static RegisterDef, record: &Record, due: Option<NaiveDate>) -> Result<()> {
    hand_on(work, def, record, due, News::Arrived, "").await
}

async fn hand_on(
    work: &mut Work,
    def: &'static RegisterDef,
    record: &Record,
    due: Option<NaiveDate>,
    news: News,
    note: &str,
) -> Result<()> {
    let owner = def.lifecycle.and_then(|l| l.state(&record.meta.state)).map(|s| s.owner);
    if let Some(Owner::Holder(right)) = owner
        && let Some(post) = nearest_holder(work, right, record.meta.unit).await?
    {
        let (kind, title) = (format!("{}.{}", def.key, record.meta.state), record.title(def));
        let new = NewTodo {
            kind: &kind,
            register: Some(def.key),
            record: Some(record.meta.id),
            href: None,
            title: title.as_str().into(),
            unit: Some(record.meta.unit),
            post,
            due,
        };
        todo::open(work, &new, news, note).await?;
    }
    Ok(())
}

/// Those of the rights that the actor holds over the record's unit.
pub(crate) async fn held(
    work: &mut Work,
    record: &Record,
    rights: impl Iterator<Item = &'static str>,
) -> Result<Vec<String>> {
    let actor = work.actor.clone();
    held_by(&mut work.tx, &actor, record.meta.unit, rights).await
}

/// Those of the rights that an actor holds over a unit.
///
/// # Errors
/// The engine's own error.
pub async fn held_by(
    tx: &mut Tx,
    actor: &crate::access::Actor,
    unit: Uuid,
    rights: impl Iterator<Item = &'static str>,
) -> Result<Vec<String>> {
    let mut held: Vec<String> = Vec::new();
    for right in rights {
        if held.iter().any(|h| h == right) {
            continue;
        }
        let Ok(seen) = actor.scoped(right, unit) else { continue };
        let mut sql = Sql::new("select u.id from unit u where u.id = ");
        sql.bind(Param::Id(Some(unit)));
        seen.restrict(&mut sql, "u.id");
        if sql.fetch_optional(tx).await?.is_some() {
            held.push(right.to_owned());
        }
    }
    Ok(held)
}

fn due_on(today: NaiveDate, limit: Option<Limit>) -> Result<Option<NaiveDate>> {
    let limit = match limit {
        None => return Ok(None),
        Some(Limit::Workdays(n)) => workdays::Limit::Workdays(n),
        Some(Limit::Days(n)) => workdays::Limit::Days(n),
    };
    // A year whose holidays are not published yet counts weekends only: a deadline of next January must not stop the work.
    let calendar = Calendar::builtin().beyond(Beyond::WeekendsOnly);
    let deadline = Deadline { started_on: today, limit, pauses: Vec::new() };
    deadline.due_on(&calendar).map(Some).map_err(|e| Error::Internal(e.to_string()))
}

/// The post that must act: one whose role carries the right over the unit, the nearest unit first, then official order.
async fn nearest_holder(work: &mut Work, right: &'static str, unit: Uuid) -> Result<Option<Uuid>> {
    let roles: Vec<&'static str> = work.roles.iter().filter(|r| r.allows(right)).map(|r| r.key).collect();
    if roles.is_empty() {
        return Ok(None);
    }
    let today = work.today();
    let mut sql = Sql::new(
        "select g.post_id from post_grant g join unit_closure c on c.ancestor_id = g.scope_unit_id
         join post p on p.id = g.post_id
         where c.descendant_id = ",
    );
    sql.bind(Param::Id(Some(unit))).push(" and g.role in (");
    for (n, role) in roles.iter().enumerate() {
        if n > 0 {
            sql.push(", ");
        }
        sql.bind(Param::Text(Some((*role).to_owned())));
    }
    // A post that nobody holds today cannot act.
    sql.push(") and exists (select 1 from term t where t.post_id = p.id and t.valid_from <= ")
        .bind(Param::Date(Some(today)));
    sql.push(" and (t.valid_to is null or t.valid_to > ").bind(Param::Date(Some(today)));
    sql.push(")) order by c.depth, p.official_order, p.key limit 1");
    Ok(sql.fetch_optional(&mut work.tx).await?.map(|row| row.id(0)).transpose()?.flatten())
}
