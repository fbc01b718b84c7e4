//! What may be done with a record now, and by whom: looked at before anything is done.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Done, Owner, Situation, Transition, available, held_by, history, step};
use crate::{
    access::{Actor, Role, actors_in},
    db::Tx,
    error::{Message, Result},
    register::{Record, RegisterDef},
    sql,
};

/// An act open to somebody, and what still stands in its way.
#[derive(Debug, Clone)]
pub struct Possible {
    /// The act.
    pub transition: &'static Transition,
    /// What is missing, in words; none when it can be done at once (a reason aside, which is asked for before the act).
    pub refusal: Option<Message>,
}

/// The acts open to an actor on a record; none where the record was taken out.
///
/// # Errors
/// The engine's own error.
pub async fn possible(tx: &mut Tx, actor: &Actor, def: &'static RegisterDef, record: &Record) -> Result<Vec<Possible>> {
    let Some(lifecycle) = def.lifecycle.filter(|_| record.meta.removed.is_none()) else { return Ok(Vec::new()) };
    let steps = history(tx, def.key, record.meta.id).await?;
    let done: Vec<Done> = steps.into_iter().map(|s| Done { transition: s.transition, person: s.person_id }).collect();
    let kinds: Vec<(String,)> = sql!(
        tx,
        fetch_all,
        "select distinct kind from attachment where register = $1 and record_id = $2 and removed_at is null",
        def.key,
        record.meta.id
    )?;
    let held = held_by(tx, actor, record.meta.unit, lifecycle.transitions.iter().map(|t| t.right)).await?;
    let now = Situation {
        state: &record.meta.state,
        holds: &|right| held.iter().any(|h| h == right),
        person: actor.person,
        done: &done,
        filled: &|field| !record.get(def, field).is_null(),
        attached: &|kind| kinds.iter().any(|(k,)| k == kind),
    };
    let refusal = |t: &Transition| {
        step(lifecycle, &now, t.key, "…").err().map(|mut found| named(def, found.swap_remove(0).message))
    };
    let open = available(lifecycle, &now).into_iter();
    Ok(open.map(|transition| Possible { transition, refusal: refusal(transition) }).collect())
}

/// Names the field or file that is missing by its label.
#[must_use]
pub fn named(def: &RegisterDef, message: Message) -> Message {
    let place = |name: &str| message.args.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    match (place("field"), place("kind")) {
        (Some(field), _) => Message::new("lifecycle-needs-field").arg("field", def.label(&field)),
        (_, Some(kind)) => Message::new("lifecycle-needs-attachment")
            .arg("kind", format!("{}-attachment-{}", def.key, kind).replace('_', "-")),
        _ => message,
    }
}

/// Whether the post could take the record's present step over: somebody who holds it may do one of the owner's acts.
///
/// # Errors
/// The engine's own error.
pub async fn could_take_over(
    tx: &mut Tx,
    roles: &'static [Role],
    def: &'static RegisterDef,
    record: &Record,
    post: Uuid,
    on: NaiveDate,
) -> Result<bool> {
    let owner = def.lifecycle.and_then(|l| l.state(&record.meta.state)).map(|s| s.owner);
    let Some(Owner::Holder(right)) = owner else { return Ok(false) };
    for actor in actors_in(tx, roles, post, on).await? {
        if possible(tx, &actor, def, record).await?.iter().any(|p| p.transition.right == right) {
            return Ok(true);
        }
    }
    Ok(false)
}
