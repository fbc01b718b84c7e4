//! What is done to records: create, change, take out. Each checks the actor's scope, the version, the definition and the
//! register's own invariants, then writes row, version and audit entry in one transaction.

use serde_json::json;
use uuid::Uuid;

use super::{
    ChildDraft, ChildRow, Draft, Meta, Record, RegisterDef, Value, diff, digest, rows, unique, validate, versions,
};
use crate::{
    access::{Channel, Scoped},
    audit::Entry,
    db::dynamic::{Param, Sql},
    error::{Error, FieldProblem, Message, Result},
    sql,
    work::Work,
};

/// A record within the reader's scope, removed ones included.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it lies outside the scope; the two are not told apart.
pub async fn get(
    tx: &mut crate::db::Tx,
    keys: &crate::audit::Keys,
    def: &'static RegisterDef,
    record: &Scoped<Uuid>,
) -> Result<Record> {
    let mut filter = Sql::new(" and r.id = ");
    filter.bind(Param::Id(Some(*record.query())));
    record.restrict(&mut filter, "r.unit_id");
    let found = rows::select(tx, keys, def, &filter, &Sql::new("")).await?;
    found.into_iter().next().ok_or(Error::NotFound { what: "thing-record" })
}

/// Writes a new record and answers it. With a lifecycle, whoever owns its first state gets a to-do.
///
/// # Errors
/// [`Error::Forbidden`] outside the actor's scope, [`Error::Invalid`] naming every wrong field. Nothing is written then.
pub async fn create(work: &mut Work, def: &'static RegisterDef, draft: Draft) -> Result<Record> {
    let state = def.lifecycle.map_or("", |l| l.start());
    create_in(work, def, draft, state, None).await
}

/// Takes over a record that is already under way elsewhere (a census, an older system): it begins in a later state.
///
/// # Errors
/// As [`create`].
pub async fn create_in(
    work: &mut Work,
    def: &'static RegisterDef,
    draft: Draft,
    state: &str,
    due: Option<chrono::NaiveDate>,
) -> Result<Record> {
    unit_in_scope(work, def, def.permissions.write, draft.unit).await?;
    let id = work.new_id();
    let record = Record {
        meta: Meta {
            id,
            unit: draft.unit,
            state: state.to_owned(),
            version: 1,
            created_at: work.now,
            created_by: work.actor.name.clone(),
            updated_at: work.now,
            updated_by: work.actor.name.clone(),
            removed: None,
        },
        values: Vec::new(),
        children: Vec::new(),
    };
    let record = fill(work, def, record, draft, None)?;
    unique::ensure(work, def, &record).await?;
    rows::insert(&mut work.tx, &work.keys, def, &record).await?;
    vouch(work, def, None, &record, "create").await?;
    crate::lifecycle::begin(work, def, &record, due).await?;
    Ok(record)
}

/// Writes a changed record over the version that was read.
///
/// # Errors
/// [`Error::Stale`] when another save came first, [`Error::Invalid`], [`Error::NotFound`]. Nothing is written then.
pub async fn update(
    work: &mut Work,
    def: &'static RegisterDef,
    id: Uuid,
    version: i64,
    draft: Draft,
) -> Result<Record> {
    let seen = work.actor.scoped(def.permissions.write, id)?;
    let before = get(&mut work.tx, &work.keys, def, &seen).await?;
    if before.meta.removed.is_some() {
        return Err(Error::Refused(Message::new("record-removed-cannot-change")));
    }
    if before.meta.version != version {
        return Err(Error::Stale { yours: version, theirs: before.meta.version });
    }
    if draft.unit != before.meta.unit {
        unit_in_scope(work, def, def.permissions.write, draft.unit).await?;
    }
    let mut after = before.clone();
    after.meta.unit = draft.unit;
    let after = fill(work, def, after, draft, Some(&before))?;
    if after == before {
        return Ok(before); // nothing changed: no version, no entry
    }
    unique::ensure(work, def, &after).await?;
    write_over(work, def, &before, after, "update").await
}

/// Takes a record out. It stays in history and audit, with the reason.
///
/// # Errors
/// As [`update`]; a reason is required.
pub async fn remove(
    work: &mut Work,
    def: &'static RegisterDef,
    id: Uuid,
    version: i64,
    reason: &str,
) -> Result<Record> {
    let seen = work.actor.scoped(def.permissions.remove, id)?;
    let before = get(&mut work.tx, &work.keys, def, &seen).await?;
    if before.meta.removed.is_some() {
        return Err(Error::Refused(Message::new("record-already-removed")));
    }
    if before.meta.version != version {
        return Err(Error::Stale { yours: version, theirs: before.meta.version });
    }
    if reason.trim().is_empty() {
        let message = Message::new("field-required");
        return Err(Error::Invalid(vec![FieldProblem { field: "reason".to_owned(), message }]));
    }
    let mut after = before.clone();
    after.meta.removed = Some(reason.trim().chars().take(500).collect());
    write_over(work, def, &before, after, "remove").await
}

/// Puts a record that was taken out back.
///
/// # Errors
/// As [`update`].
pub async fn restore(work: &mut Work, def: &'static RegisterDef, id: Uuid, version: i64) -> Result<Record> {
    let seen = work.actor.scoped(def.permissions.remove, id)?;
    let before = get(&mut work.tx, &work.keys, def, &seen).await?;
    if before.meta.version != version {
        return Err(Error::Stale { yours: version, theirs: before.meta.version });
    }
    let mut after = before.clone();
    after.meta.removed = None;
    if after == before {
        return Ok(before);
    }
    unique::ensure(work, def, &after).await?;
    write_over(work, def, &before, after, "restore").await
}

/// Writes a record whose state the lifecycle has changed; `before` is what was read in this transaction.
///
/// # Errors
/// [`Error::Stale`] when another save came first.
pub async fn write_over(
    work: &mut Work,
    def: &'static RegisterDef,
    before: &Record,
    mut after: Record,
    action: &'static str,
) -> Result<Record> {
    after.meta.version = before.meta.version + 1;
    after.meta.updated_at = work.now;
    after.meta.updated_by = work.actor.name.clone();
    if !rows::update(&mut work.tx, &work.keys, def, &after, before.meta.version).await? {
        return Err(Error::Stale { yours: before.meta.version, theirs: before.meta.version + 1 });
    }
    vouch(work, def, Some(before), &after, action).await?;
    Ok(after)
}

/// Puts the draft's values into the record, after every check of the definition and of the register itself.
fn fill(
    work: &Work,
    def: &RegisterDef,
    mut record: Record,
    mut draft: Draft,
    before: Option<&Record>,
) -> Result<Record> {
    if draft.values.len() != def.fields.len() || draft.children.len() != def.children.len() {
        return Err(Error::Internal(format!("a draft of {} has another shape than its definition", def.key)));
    }
    // What stands takes its place before anything is checked: a required secret that never was is missing.
    keep_unchanged(&mut draft.values, before.map(|b| b.values.as_slice()));
    for (kind, rows) in draft.children.iter_mut().enumerate() {
        for row in rows {
            let was = before.and_then(|b| b.children[kind].iter().find(|c| Some(c.id) == row.id));
            row.id = was.map(|c| c.id);
            keep_unchanged(&mut row.values, was.map(|c| c.values.as_slice()));
        }
    }
    let mut problems = validate::problems(def, &draft);
    record.values = draft.values;
    let row = |row: ChildDraft| ChildRow { id: row.id.unwrap_or_else(|| work.new_id()), values: row.values };
    record.children = draft.children.into_iter().map(|rows| rows.into_iter().map(row).collect()).collect();
    if problems.is_empty() {
        (def.check)(&record, &mut problems);
    }
    if problems.is_empty() { Ok(record) } else { Err(Error::Invalid(problems)) }
}

/// Puts what stands in the place of every "leave it as it stands".
fn keep_unchanged(values: &mut [Value], before: Option<&[Value]>) {
    for (at, value) in values.iter_mut().enumerate().filter(|(_, v)| **v == Value::Unchanged) {
        *value = before.and_then(|b| b.get(at).cloned()).unwrap_or(Value::Null);
    }
}

/// Version row, audit entry and (for a person at a form) the count of fields typed by hand.
async fn vouch(
    work: &mut Work,
    def: &'static RegisterDef,
    before: Option<&Record>,
    after: &Record,
    action: &'static str,
) -> Result<()> {
    let changes = diff::changes(def, &work.keys, before, after);
    let typed =
        if work.actor.channel == Channel::Web && matches!(action, "create" | "update") { changes.len() } else { 0 };
    let typed = i64::try_from(typed).unwrap_or(i64::MAX);
    let channel = work.actor.channel.name();
    versions::write(&mut work.tx, &work.keys, def, after, channel, typed).await?;
    work.record(Entry {
        action,
        subject_kind: def.key.to_owned(),
        subject_id: Some(after.meta.id),
        detail: json!({ "title": after.title(def), "version": after.meta.version, "changes": changes }),
        digest: Some(digest::of(def, &work.keys, after)),
    });
    Ok(())
}

/// The unit must be of a kind the register is kept for, in being on the day, and inside the actor's scope.
async fn unit_in_scope(work: &mut Work, def: &'static RegisterDef, permission: &'static str, unit: Uuid) -> Result<()> {
    let seen = work.actor.scoped(permission, unit)?;
    let mut sql = Sql::new("select r.kind from unit r where r.id = ");
    sql.bind(Param::Id(Some(unit)));
    seen.restrict(&mut sql, "r.id");
    let found = sql.fetch_optional(&mut work.tx).await?;
    let Some(kind) = found.map(|row| row.text(0)).transpose()? else {
        return Err(Error::Forbidden { permission });
    };
    let kind = kind.unwrap_or_default();
    if def.levels.contains(&kind.as_str()) {
        return Ok(());
    }
    let message = Message::new("field-unit-kind").arg("kind", kind);
    Err(Error::Invalid(vec![FieldProblem { field: "unit".to_owned(), message }]))
}

/// Declares a unit and period complete (or open again): the difference between zero and unknown.
///
/// # Errors
/// [`Error::Forbidden`] outside the actor's scope.
pub async fn declare(
    work: &mut Work,
    def: &'static RegisterDef,
    unit: Uuid,
    period: &str,
    complete: bool,
) -> Result<()> {
    unit_in_scope(work, def, def.permissions.report, unit).await?;
    let (last,): (Option<i64>,) = sql!(
        &mut work.tx,
        fetch_one,
        "select max(version) from coverage where register = $1 and unit_id = $2 and period = $3",
        def.key,
        unit,
        period
    )?;
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into coverage (id, register, unit_id, period, complete, version, at, actor) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        def.key,
        unit,
        period,
        complete,
        last.unwrap_or(0) + 1,
        work.now,
        &work.actor.name
    )?;
    work.record(Entry {
        action: if complete { "report_complete" } else { "reopen" },
        subject_kind: "coverage".to_owned(),
        subject_id: Some(id),
        detail: json!({ "register": def.key, "unit": unit, "period": period, "complete": complete }),
        digest: None,
    });
    Ok(())
}
