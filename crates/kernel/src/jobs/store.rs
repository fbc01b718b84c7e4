//! The rows of the queue.
//!
//! One SQL text on both engines: claiming is a single `update … where id = (select …) and state = 'waiting'`. On SQLite
//! writers come one after the other; on PostgreSQL two workers may choose the same row, but the second waits for the
//! first, sees the row no longer waiting, and gets none (it then looks again). `skip locked` would only spare that look.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::Step;
use crate::{
    db::{Db, Tx},
    error::Result,
    sql,
};

/// A running job whose heartbeat is older has lost its process. Beats come every five seconds; a write may wait twenty
/// seconds for another on SQLite.
const STALE: TimeDelta = TimeDelta::seconds(60);
/// How often a job is begun before it is given up.
const ATTEMPTS: i64 = 2;

/// Where a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In the queue.
    Waiting,
    /// Taken by a worker.
    Running,
    /// Ended well.
    Done,
    /// Ended with an error.
    Failed,
}

impl State {
    /// The name as stored; its label is `job-state-<name>`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn parse(name: &str) -> Self {
        [Self::Waiting, Self::Running, Self::Done].into_iter().find(|s| s.name() == name).unwrap_or(Self::Failed)
    }

    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// A job as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which.
    pub id: Uuid,
    /// The key of its kind.
    pub kind: String,
    /// What was asked for.
    pub args: Value,
    /// Where it is.
    pub state: State,
    /// How far.
    pub step: Step,
    /// Its answer, or `{"error": …}`.
    pub result: Value,
    /// How often it was begun.
    pub attempts: i64,
    /// For one asked for with a token: the only permissions it may use.
    pub rights: Option<Vec<String>>,
    /// Whose it is.
    pub account: Option<Uuid>,
    /// In which post it was asked for.
    pub post: Option<Uuid>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: Uuid,
    kind: String,
    args: String,
    state: String,
    done: i64,
    total: i64,
    note: Option<String>,
    result: Option<String>,
    attempts: i64,
    rights: Option<String>,
    account_id: Option<Uuid>,
    post_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

impl From<Raw> for Row {
    fn from(raw: Raw) -> Self {
        Self {
            id: raw.id,
            kind: raw.kind,
            args: serde_json::from_str(&raw.args).unwrap_or_default(),
            state: State::parse(&raw.state),
            step: Step { done: raw.done, total: raw.total, note: raw.note.unwrap_or_default() },
            result: raw.result.and_then(|r| serde_json::from_str(&r).ok()).unwrap_or_default(),
            attempts: raw.attempts,
            rights: raw.rights.map(|r| r.split_whitespace().map(str::to_owned).collect()),
            account: raw.account_id,
            post: raw.post_id,
            created_at: raw.created_at,
            finished_at: raw.finished_at,
        }
    }
}

/// The job of that id, when it is this account's.
///
/// # Errors
/// The engine's own error.
pub async fn find(tx: &mut Tx, id: Uuid, account: Option<Uuid>) -> Result<Option<Row>> {
    let row: Option<Raw> = sql!(
        tx,
        fetch_optional,
        "select id, kind, args, state, done, total, note, result, attempts, rights, account_id, post_id, created_at, finished_at
         from job where id = $1 and account_id = $2",
        id,
        account
    )?;
    Ok(row.map(Row::from))
}

/// Whether any job waits: asked without taking a lock.
pub(super) async fn is_any_waiting(db: &Db) -> Result<bool> {
    let mut tx = db.read().await?;
    let found: Option<(i64,)> =
        sql!(&mut tx, fetch_optional, "select cast(1 as bigint) from job where state = 'waiting' limit 1")?;
    Ok(found.is_some())
}

/// Takes the job that waits longest.
pub(super) async fn claim(db: &Db, now: DateTime<Utc>) -> Result<Option<Row>> {
    let mut tx = db.write().await?;
    let row: Option<Raw> = sql!(
        &mut tx,
        fetch_optional,
        "update job set state = 'running', started_at = $1, heartbeat_at = $1, attempts = attempts + 1
         where id = (select id from job where state = 'waiting' order by created_at, id limit 1) and state = 'waiting'
         returning id, kind, args, state, done, total, note, result, attempts, rights, account_id, post_id, created_at, finished_at",
        now
    )?;
    tx.commit().await?;
    Ok(row.map(Row::from))
}

/// Says that the job is alive and how far it is; `false` when it is no longer this worker's.
pub(super) async fn beat(db: &Db, job: &Row, step: &Step, now: DateTime<Utc>) -> Result<bool> {
    let mut tx = db.write().await?;
    let rows = sql!(
        &mut tx,
        execute,
        "update job set heartbeat_at = $1, done = $2, total = $3, note = $4 where id = $5 and state = 'running' and attempts = $6",
        now,
        step.done,
        step.total,
        &step.note,
        job.id,
        job.attempts
    )?;
    tx.commit().await?;
    Ok(rows == 1)
}

/// Ends the job in a transaction of the caller's; `false` when it is no longer this worker's.
pub(super) async fn finish(
    tx: &mut Tx,
    job: &Row,
    state: State,
    step: &Step,
    result: &Value,
    now: DateTime<Utc>,
) -> Result<bool> {
    let rows = sql!(
        tx,
        execute,
        "update job set state = $1, done = $2, total = $3, note = $4, result = $5, finished_at = $6, heartbeat_at = $6
         where id = $7 and state = 'running' and attempts = $8",
        state.name(),
        step.done,
        step.total,
        &step.note,
        result.to_string(),
        now,
        job.id,
        job.attempts
    )?;
    Ok(rows == 1)
}

/// Gives the job back to the queue because the process stops in order; that is not an attempt.
pub(super) async fn give_back(db: &Db, job: &Row) -> Result<()> {
    let mut tx = db.write().await?;
    sql!(
        &mut tx,
        execute,
        "update job set state = 'waiting', attempts = attempts - 1, heartbeat_at = null
         where id = $1 and state = 'running' and attempts = $2",
        job.id,
        job.attempts
    )?;
    Ok(tx.commit().await?)
}

/// Looks after jobs whose process died: back to the queue the first time, failed the second. Answers how many of each.
///
/// # Errors
/// The engine's own error.
pub async fn recover(db: &Db, now: DateTime<Utc>) -> Result<(u64, u64)> {
    let stale = now - STALE;
    let mut tx = db.read().await?;
    let found: Option<(i64,)> = sql!(
        &mut tx,
        fetch_optional,
        "select cast(1 as bigint) from job where state = 'running' and heartbeat_at < $1 limit 1",
        stale
    )?;
    drop(tx);
    if found.is_none() {
        return Ok((0, 0));
    }
    let mut tx = db.write().await?;
    let again = sql!(
        &mut tx,
        execute,
        "update job set state = 'waiting', heartbeat_at = null where state = 'running' and heartbeat_at < $1 and attempts < $2",
        stale,
        ATTEMPTS
    )?;
    let failed = sql!(
        &mut tx,
        execute,
        "update job set state = 'failed', finished_at = $3, result = $4
         where state = 'running' and heartbeat_at < $1 and attempts >= $2",
        stale,
        ATTEMPTS,
        now,
        super::worker::failure(&crate::error::Message::new("job-lost-twice")).to_string()
    )?;
    tx.commit().await?;
    Ok((again, failed))
}
