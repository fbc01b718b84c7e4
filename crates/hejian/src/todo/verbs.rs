//! What is done with a to-do beyond its own step: passing it on, asking after it, copying it, having read a copy.
//!
//! The rule that matters: a to-do goes only to a post that could do its step over that unit, within one's own unit or below;
//! whoever asks after it has sent it, passed it on or supervises; a copy goes only to a post that may open the record.

use hejian_kernel::{
    access::{Ask, Seat, seats},
    audit::Entry,
    db::Tx,
    error::{Error, Message, Result},
    lifecycle::{self, Owner},
    message::{self, News},
    register::{Record, RegisterDef, store as records},
    todo::{self, NewTodo},
    web::App,
    work::Work,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::store::{self, Eyes, Todo};

/// An act on a to-do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verb {
    /// A transition of the record's lifecycle.
    Step(String),
    /// 转办
    Transfer(Uuid),
    /// 催办
    Nudge,
    /// 已阅
    Read,
}

fn refused<T>(key: &str) -> Result<T> {
    Err(Error::Refused(Message::new(key)))
}

fn entry(work: &mut Work, action: &'static str, id: Uuid, detail: Value) {
    work.record(Entry { action, subject_kind: "todo".to_owned(), subject_id: Some(id), detail, digest: None });
}

/// Does an act; `version` is that of the record as the page showed it, for a step.
///
/// # Errors
/// [`Error::NotFound`] for a to-do that is none of theirs, [`Error::Refused`] with the reason, [`Error::Stale`].
pub(super) async fn perform(
    work: &mut Work,
    app: &App,
    eyes: &Eyes,
    id: Uuid,
    version: i64,
    verb: &Verb,
    words: &str,
) -> Result<Todo> {
    let todo = store::one(&mut work.tx, eyes, id).await?;
    if todo.is_done() {
        return refused("todo-refused-done");
    }
    let words: String = words.trim().chars().take(500).collect();
    match verb {
        Verb::Step(transition) => {
            let Some((def, record)) = record_of(app, &todo).filter(|_| !todo.is_copy()) else {
                return refused("todo-refused-no-step");
            };
            lifecycle::act(work, def, record, version, transition, &words).await?;
        }
        Verb::Transfer(to) => transfer(work, app, eyes, &todo, *to, &words).await?,
        Verb::Nudge => nudge(work, eyes, &todo, &words).await?,
        Verb::Read => {
            if !todo.is_copy() || todo.post_id != eyes.post {
                return refused("todo-refused-not-copied");
            }
            todo::close_one(work, id).await?;
            entry(work, "read", id, json!({ "title": todo.title }));
        }
    }
    Ok(todo)
}

/// The register and record of a to-do, when it is about one.
pub(super) fn record_of(app: &App, todo: &Todo) -> Option<(&'static RegisterDef, Uuid)> {
    Some((app.register(todo.register.as_deref()?)?, todo.record?))
}

/// The record as the actor sees it; none where they may not.
pub(super) async fn seen(work: &mut Work, def: &'static RegisterDef, record: Uuid) -> Result<Record> {
    let seen = work.actor.scoped(def.permissions.read, record)?;
    records::get(&mut work.tx, &work.keys, def, &seen).await
}

/// The right that the present step asks for.
fn owner_right(def: &'static RegisterDef, state: &str) -> Option<&'static str> {
    match def.lifecycle?.state(state)?.owner {
        Owner::Holder(right) => Some(right),
        Owner::Nobody => None,
    }
}

/// The posts to which a to-do could be passed on: those of one's unit and below whose right reaches the record's unit.
///
/// # Errors
/// The engine's own error.
pub(super) async fn takers(
    tx: &mut Tx,
    app: &App,
    eyes: &Eyes,
    def: &'static RegisterDef,
    record: &Record,
    today: chrono::NaiveDate,
) -> Result<Vec<Seat>> {
    let Some(right) = owner_right(def, &record.meta.state) else { return Ok(Vec::new()) };
    let own = [store::unit_of(tx, eyes.post).await?];
    let ask = Ask { right, over: Some(record.meta.unit), within: Some(&own), only: None, on: today };
    let mut found = seats(tx, app.roles, &ask).await?;
    found.retain(|seat| seat.post != eyes.post);
    Ok(found)
}

async fn transfer(work: &mut Work, app: &App, eyes: &Eyes, todo: &Todo, to: Uuid, words: &str) -> Result<()> {
    if todo.is_copy() || todo.post_id != eyes.post {
        return refused("todo-refused-not-yours");
    }
    if words.is_empty() {
        return refused("lifecycle-needs-reason");
    }
    let Some((def, record)) = record_of(app, todo) else { return refused("todo-refused-no-transfer") };
    let record = seen(work, def, record).await?;
    if owner_right(def, &record.meta.state).is_none() {
        return refused("todo-refused-no-transfer");
    }
    let today = work.today();
    let takers = takers(&mut work.tx, app, eyes, def, &record, today).await?;
    let Some(seat) = takers.into_iter().find(|seat| seat.post == to) else {
        return refused("todo-refused-cannot-take");
    };
    if !lifecycle::could_take_over(&mut work.tx, work.roles, def, &record, to, today).await? {
        return Err(Error::Refused(Message::new("todo-refused-second-person").arg("post", seat.label())));
    }
    let (now, by) = (work.now, work.actor.name.clone());
    store::pass_on(&mut work.tx, todo.id, eyes.post, to, now, &by).await?;
    tell(work, todo, News::Transferred, to, words).await?;
    entry(
        work,
        "transfer",
        todo.id,
        json!({ "title": todo.title, "from": eyes.post, "to": to, "post": seat.label(), "reason": words }),
    );
    Ok(())
}

async fn nudge(work: &mut Work, eyes: &Eyes, todo: &Todo, words: &str) -> Result<()> {
    if todo.is_copy() || todo.post_id == eyes.post {
        return refused("todo-refused-own");
    }
    let today = work.today();
    if !store::nudge(&mut work.tx, todo.id, today).await? {
        return refused("todo-refused-nudged");
    }
    tell(work, todo, News::Nudged, todo.post_id, words).await?;
    entry(work, "nudge", todo.id, json!({ "title": todo.title, "post": todo.post, "words": words }));
    Ok(())
}

async fn tell(work: &mut Work, todo: &Todo, news: News, post: Uuid, note: &str) -> Result<()> {
    let href = todo.place();
    let told = message::Message { news, post, title: todo.titled(), note, href: href.as_deref(), todo: Some(todo.id) };
    message::tell(work, &told).await
}

/// Copies a to-do to posts for information; how many were new.
///
/// # Errors
/// As [`perform`]; a post that may not open the record refuses all.
pub(super) async fn copy(
    work: &mut Work,
    app: &App,
    eyes: &Eyes,
    id: Uuid,
    posts: &[Uuid],
    words: &str,
) -> Result<usize> {
    let todo = store::one(&mut work.tx, eyes, id).await?;
    if todo.post_id != eyes.post && todo.sent_by_post != Some(eyes.post) {
        return refused("todo-refused-not-yours");
    }
    let Some((def, record)) = record_of(app, &todo) else { return refused("todo-refused-no-copy") };
    let record = seen(work, def, record).await?;
    if posts.is_empty() {
        return refused("todo-refused-nobody");
    }
    let words: String = words.trim().chars().take(500).collect();
    let today = work.today();
    let may = readers(&mut work.tx, app, def, &record, today).await?;
    let mut copied = Vec::new();
    for post in posts {
        let Some(seat) = may.iter().find(|seat| seat.post == *post) else { return refused("todo-refused-cannot-read") };
        if *post == eyes.post || store::has_copy(&mut work.tx, def.key, record.meta.id, *post).await? {
            continue;
        }
        let new = NewTodo {
            kind: "copy",
            register: Some(def.key),
            record: Some(record.meta.id),
            href: None,
            title: todo.titled(),
            unit: Some(record.meta.unit),
            post: *post,
            due: None,
        };
        todo::open(work, &new, News::Copied, &words).await?;
        copied.push(seat.label());
    }
    if !copied.is_empty() {
        entry(work, "copy", todo.id, json!({ "title": todo.title, "to": copied, "words": words }));
    }
    Ok(copied.len())
}

/// The posts that may open a record.
///
/// # Errors
/// The engine's own error.
pub(super) async fn readers(
    tx: &mut Tx,
    app: &App,
    def: &'static RegisterDef,
    record: &Record,
    today: chrono::NaiveDate,
) -> Result<Vec<Seat>> {
    let ask = Ask { right: def.permissions.read, over: Some(record.meta.unit), within: None, only: None, on: today };
    seats(tx, app.roles, &ask).await
}
