//! The standard that a campaign works to: read from the database, kept in memory by its fingerprint.
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
use crate::campaign::record;

/// How many standards are kept in memory: those in force on the days asked for, and those looked at.
const KEPT: usize = 8;

type Key = (Uuid, String);
static MEMORY: Mutex<VecDeque<(Key, Arc<Standard>)>> = Mutex::new(VecDeque::new());

/// The standard that a campaign works to at the end of a day; the built-in one where it has none pinned yet.
///
/// # Errors
/// When the database cannot be read, or the pinned texts were altered.
pub async fn in_force(tx: &mut Tx, campaign: Uuid, day: NaiveDate) -> Result<Arc<Standard>> {
    match store::pinned(tx, campaign, end_of(day)).await? {
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

/// Whether the district has its first campaign, that one a standard, and every pin its campaign.
///
/// # Errors
/// The engine's own error.
pub async fn is_settled(tx: &mut Tx, now: DateTime<Utc>) -> Result<bool> {
    let campaign = match record::store::default_campaign(tx).await {
        Err(Error::NotFound { .. }) => return Ok(false),
        found => found?,
    };
    Ok(store::pinned(tx, campaign.id, now).await?.is_some() && store::pins_of_none(tx).await?.is_empty())
}

/// Sees to it that the district has its first campaign, with the pins from before there were campaigns, and with the built-in
/// pack as published and pinned where it has no standard yet.
///
/// # Errors
/// The engine's own error.
pub async fn settle(work: &mut Work) -> Result<()> {
    let campaign = record::keeping::settle(work).await?;
    for pin in store::pins_of_none(&mut work.tx).await? {
        keeping::give(work, campaign.id, &campaign.key, pin).await?;
    }
    if store::pinned(&mut work.tx, campaign.id, work.now).await?.is_some() {
        return Ok(());
    }
    let (id, head) = built_in_kept(work).await?;
    let detail = json!({ "title": keeping::title(&head), "fingerprint": head.fingerprint, "campaign": campaign.key });
    keeping::pin(work, campaign.id, id, "随系统带来的标准", None, detail).await
}

/// The built-in pack as a published row.
async fn built_in_kept(work: &mut Work) -> Result<(Uuid, store::Head)> {
    let texts = built_in_texts();
    let head = keeping::head(&texts, &Ok(&*built_in()));
    let id = match store::published(&mut work.tx, &head.pack, head.version).await? {
        Some((id, _)) => id,
        None => keeping::bring(work, &head, &texts).await?,
    };
    Ok((id, head))
}
