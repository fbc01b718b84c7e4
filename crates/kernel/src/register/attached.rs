//! Attachments of records: what is known of a file; its bytes lie in [`crate::files::Files`].
//!
//! The rule that matters: a file is added and taken out by an audited act, its digest in the entry; nothing is deleted.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{RegisterDef, store};
use crate::{
    audit::Entry,
    db::Tx,
    error::{Error, FieldProblem, Message, Result},
    files::Stored,
    sql,
    work::Work,
};

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Attachment {
    /// Its id.
    pub id: Uuid,
    /// What it is evidence of; one of the register's kinds.
    pub kind: String,
    /// The file's name as it came.
    pub name: String,
    /// Its type, found by its content.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// The digest under which its bytes are kept.
    pub sha256: String,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// By whom.
    pub added_by: String,
}

/// A file about to be attached; its bytes are in the store already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// What it is evidence of.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub media_type: String,
    /// Where its bytes are.
    pub stored: Stored,
}

/// The attachments of a record, oldest first. The caller has the record: its scope was checked there.
///
/// # Errors
/// The engine's own error.
pub async fn list(tx: &mut Tx, register: &str, record: Uuid) -> Result<Vec<Attachment>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, kind, name, media_type, size, sha256, added_at, added_by from attachment
         where register = $1 and record_id = $2 and removed_at is null order by added_at, id",
        register,
        record
    )?)
}

/// Attaches a file to a record that the actor may change.
///
/// # Errors
/// [`Error::NotFound`] outside the scope, [`Error::Refused`] on a removed record, [`Error::Invalid`] for a kind the register
/// does not know.
pub async fn add(work: &mut Work, def: &'static RegisterDef, record: Uuid, new: New) -> Result<Uuid> {
    changeable(work, def, record).await?;
    if !def.attachments.contains(&new.kind.as_str()) {
        let message = Message::new("file-kind-unknown");
        return Err(Error::Invalid(vec![FieldProblem { field: "kind".to_owned(), message }]));
    }
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into attachment (id, register, record_id, kind, name, media_type, size, sha256, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id,
        def.key,
        record,
        &new.kind,
        &new.name,
        &new.media_type,
        i64::try_from(new.stored.size).unwrap_or(i64::MAX),
        &new.stored.sha256,
        work.now,
        &work.actor.name
    )?;
    work.record(Entry {
        action: "attach",
        subject_kind: "attachment".to_owned(),
        subject_id: Some(id),
        detail: json!({ "register": def.key, "record": record, "kind": new.kind, "name": new.name,
                        "size": new.stored.size, "sha256": new.stored.sha256 }),
        digest: None,
    });
    Ok(id)
}

/// Takes an attachment out, with a reason. Its bytes and its row stay.
///
/// # Errors
/// As [`add`]; a reason is required.
pub async fn remove(work: &mut Work, def: &'static RegisterDef, record: Uuid, file: Uuid, reason: &str) -> Result<()> {
    changeable(work, def, record).await?;
    let reason: String = reason.trim().chars().take(500).collect();
    if reason.is_empty() {
        let message = Message::new("field-required");
        return Err(Error::Invalid(vec![FieldProblem { field: "reason".to_owned(), message }]));
    }
    let changed = sql!(
        &mut work.tx,
        execute,
        "update attachment set removed_at = $1, removed_reason = $2
         where id = $3 and register = $4 and record_id = $5 and removed_at is null",
        work.now,
        &reason,
        file,
        def.key,
        record
    )?;
    if changed == 0 {
        return Err(Error::NotFound { what: "thing-file" });
    }
    work.record(Entry {
        action: "detach",
        subject_kind: "attachment".to_owned(),
        subject_id: Some(file),
        detail: json!({ "register": def.key, "record": record, "reason": reason }),
        digest: None,
    });
    Ok(())
}

async fn changeable(work: &mut Work, def: &'static RegisterDef, record: Uuid) -> Result<()> {
    let seen = work.actor.scoped(def.permissions.write, record)?;
    let record = store::get(&mut work.tx, &work.keys, def, &seen).await?;
    if record.meta.removed.is_some() {
        return Err(Error::Refused(Message::new("record-removed-cannot-change")));
    }
    Ok(())
}
