//! The standard that the district works to: read from the database, kept in memory by its fingerprint.
//!
//! The rule that matters: what stands in the database must still be what was published. Texts whose fingerprint is another are
//! refused, loudly, rather than scored with.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use hejian_kernel::{
    db::Tx,
    error::{Error, Result},
    work::Work,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    keeping,
    pack::{Standard, Texts, built_in, built_in_texts},
    store,
};

/// How many standards are kept in memory: those in force on the days asked for, and those looked at.
const KEPT: usize = 8;

type Key = (Uuid, String);
static MEMORY: Mutex<VecDeque<(Key, Arc<Standard>)>> = Mutex::new(VecDeque::new());

/// The standard in force at the end of a day; the built-in one where the district has none pinned yet.
///
/// # Errors
/// When the database cannot be read, or the pinned texts were altered.
pub async fn in_force(tx: &mut Tx, day: NaiveDate) -> Result<Arc<Standard>> {
    match store::pinned(tx, end_of(day)).await? {
        None => Ok(built_in()),
        Some((id, fingerprint, _)) => published(tx, id, fingerprint.unwrap_or_default()).await,
    }
}

/// The moment at which a day of Asia/Shanghai ends.
pub(super) fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    next.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(8) - TimeDelta::microseconds(1)
}

/// A published version, proven by its fingerprint.
///
/// # Errors
/// When the texts were altered.
pub async fn published(tx: &mut Tx, id: Uuid, fingerprint: String) -> Result<Arc<Standard>> {
    let key = (id, fingerprint);
    if let Some(found) = remembered(&key) {
        return Ok(found);
    }
    let texts = store::texts(tx, id).await?;
    let standard = read(texts).await?.map_err(|errors| {
        Error::Internal(format!(
            "the published standard {id} cannot be read any more, restore it from a backup: {errors}"
        ))
    })?;
    if standard.fingerprint != key.1 {
        let (is, was) = (&standard.fingerprint, &key.1);
        return Err(Error::Internal(format!(
            "the published standard {id} was altered: its fingerprint is {is}, it was published with {was}; restore it from a backup"
        )));
    }
    let standard = Arc::new(standard);
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.push_front((key, standard.clone()));
    memory.truncate(KEPT);
    Ok(standard)
}

/// Reads texts away from the threads that answer requests: a pack is half a megabyte.
///
/// # Errors
/// When the reading itself broke; what is wrong with the texts is the inner result.
pub async fn read(texts: Texts) -> Result<Result<Standard, hejian_scoring::pack::PackErrors>> {
    tokio::task::spawn_blocking(move || Standard::read(&texts))
        .await
        .map_err(|error| Error::Internal(format!("reading a standard broke: {error}")))
}

fn remembered(key: &Key) -> Option<Arc<Standard>> {
    let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.iter().find(|(known, _)| known == key).map(|(_, standard)| standard.clone())
}

/// Keeps the built-in pack as published and pins it, where the district has no standard yet.
///
/// # Errors
/// The engine's own error.
pub async fn settle(work: &mut Work) -> Result<()> {
    if store::pinned(&mut work.tx, work.now).await?.is_some() {
        return Ok(());
    }
    let (texts, standard) = (built_in_texts(), built_in());
    let id = work.new_id();
    let head = keeping::head(&texts, &Ok(&standard));
    store::insert(work, id, "published", "built_in", &head, &texts).await?;
    keeping::record(work, "publish", id, &head, &texts, json!({ "origin": "built_in" }));
    let detail = json!({ "title": keeping::title(&head), "fingerprint": head.fingerprint });
    keeping::pin(work, id, "随系统带来的标准", None, detail).await
}
