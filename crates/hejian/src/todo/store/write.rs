//! What the verbs read beside the to-do itself, and what they write.

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{db::Tx, error::Result, sql};
use uuid::Uuid;

/// The unit of a post.
pub(in crate::todo) async fn unit_of(tx: &mut Tx, post: Uuid) -> Result<Uuid> {
    let (unit,): (Uuid,) = sql!(tx, fetch_one, "select unit_id from post where id = $1", post)?;
    Ok(unit)
}

/// Passes a to-do on. What was told of it before is settled with it.
pub(in crate::todo) async fn pass_on(
    tx: &mut Tx,
    id: Uuid,
    from: Uuid,
    to: Uuid,
    now: DateTime<Utc>,
    by: &str,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "update message set read_at = $1, read_by = $2 where todo_id = $3 and read_at is null and post_id = $4",
        now,
        by,
        id,
        from
    )?;
    sql!(
        tx,
        execute,
        "update todo set post_id = $1, moved_from = $2, nudged_on = null where id = $3 and post_id = $2 and state = 'open'",
        to,
        from,
        id
    )?;
    Ok(())
}

/// Marks a to-do as asked after on a day; `false` when that was done on this day already.
pub(in crate::todo) async fn nudge(tx: &mut Tx, id: Uuid, today: NaiveDate) -> Result<bool> {
    let rows = sql!(
        tx,
        execute,
        "update todo set nudged_on = $1, nudges = nudges + 1
         where id = $2 and state = 'open' and (nudged_on is null or nudged_on < $1)",
        today,
        id
    )?;
    Ok(rows == 1)
}

/// Whether the post has a copy of this record that nobody has read yet.
pub(in crate::todo) async fn has_copy(tx: &mut Tx, register: &str, record: Uuid, post: Uuid) -> Result<bool> {
    let found: Option<(Uuid,)> = sql!(
        tx,
        fetch_optional,
        "select id from todo where kind = 'copy' and state = 'open' and register = $1 and record_id = $2 and post_id = $3",
        register,
        record,
        post
    )?;
    Ok(found.is_some())
}

/// Something that happened to a to-do: kind of message, who, to which post, the words, when.
pub(in crate::todo) type Happened = (String, String, String, Option<String>, DateTime<Utc>);

/// What happened to a to-do, oldest first.
pub(in crate::todo) async fn trail(tx: &mut Tx, id: Uuid) -> Result<Vec<Happened>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select m.kind, m.sent_by, u.name || ' ' || p.name, m.note, m.at
         from message m join post p on p.id = m.post_id join unit u on u.id = p.unit_id
         where m.todo_id = $1 order by m.at, m.id",
        id
    )?)
}

/// The copies of a record: the post, and when somebody there has read it.
pub(in crate::todo) async fn copies(
    tx: &mut Tx,
    register: &str,
    record: Uuid,
) -> Result<Vec<(String, Option<DateTime<Utc>>)>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select u.name || ' ' || p.name, t.done_at
         from todo t join post p on p.id = t.post_id join unit u on u.id = p.unit_id
         where t.kind = 'copy' and t.register = $1 and t.record_id = $2 order by t.created_at, t.id",
        register,
        record
    )?)
}
