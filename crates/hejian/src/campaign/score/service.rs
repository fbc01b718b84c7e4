//! Scores on demand, remembered in memory.
//!
//! The rule that matters: the memory's key is the head of the audit chain. Every save moves the head, so the next look computes
//! anew, and two districts never share a score. Nothing is written to the database.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    audit,
    error::{Error, Result},
    web::App,
};
use hejian_scoring::{Facts, Scores, Units, evaluate};
use uuid::Uuid;

use super::facts::{Gathered, Place, Warning, gather};
use crate::campaign::standard::{Standard, pinned};

/// How many scores are remembered: some days asked for by several readers.
const REMEMBERED: usize = 32;

/// A score with what pages need beside it.
#[derive(Debug)]
pub struct Scored {
    /// The standard in force on the day.
    pub standard: Arc<Standard>,
    /// The score and its explanations.
    pub scores: Scores,
    /// The facts it was made from, for the scores of single units.
    pub facts: Facts,
    /// The units it was made for.
    pub units: Units,
    /// Units by id.
    pub places: BTreeMap<String, Place>,
    /// Facts that cannot be used.
    pub warnings: Vec<Warning>,
    /// Measures of which anything is told.
    pub told: BTreeSet<String>,
    /// The last audit entry it stands on.
    pub stands_on: i64,
    /// When it was computed.
    pub made_at: DateTime<Utc>,
}

type Key = (String, Uuid, NaiveDate);
static MEMORY: Mutex<VecDeque<(Key, Arc<Scored>)>> = Mutex::new(VecDeque::new());
/// One computation at a time: after a save many readers ask for the same score at once.
static GATE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The score of a campaign on a day, from memory while nothing was saved since.
///
/// # Errors
/// When the database cannot be read.
pub async fn scores(app: &App, campaign: Uuid, day: NaiveDate) -> Result<Arc<Scored>> {
    let mut tx = app.db.read().await?;
    let (_, _, hash, _) = audit::head(&mut tx).await?;
    if let Some(found) = remembered(&(hash, campaign, day)) {
        return Ok(found);
    }
    drop(tx);
    let _one = GATE.lock().await;
    let mut tx = app.db.read().await?;
    let (_, seq, hash, _) = audit::head(&mut tx).await?;
    let key = (hash, campaign, day);
    if let Some(found) = remembered(&key) {
        return Ok(found);
    }
    let made_at = app.clock.now();
    let standard = pinned::in_force(&mut tx, campaign, day).await?;
    let gathered = gather(app.modules, &mut tx, &app.keys, &standard.pack, day, made_at).await?;
    drop(tx);
    let compute = move || {
        let Gathered { units, places, facts, warnings, told } = gathered;
        let scores = evaluate(&standard.pack, &facts, &units, day);
        Arc::new(Scored { standard, scores, facts, units, places, warnings, told, stands_on: seq, made_at })
    };
    let scored = tokio::task::spawn_blocking(compute)
        .await
        .map_err(|error| Error::Internal(format!("scoring {day} failed: {error}")))?;
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.push_front((key, scored.clone()));
    memory.truncate(REMEMBERED);
    Ok(scored)
}

/// The score of a campaign on a day, if it was computed at this head of the chain.
pub(super) fn known(hash: &str, campaign: Uuid, day: NaiveDate) -> Option<Arc<Scored>> {
    remembered(&(hash.to_owned(), campaign, day))
}

fn remembered(key: &Key) -> Option<Arc<Scored>> {
    let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.iter().find(|(known, _)| known == key).map(|(_, scored)| scored.clone())
}
