//! Scores on demand, remembered in memory.
//!
//! The rule that matters: the memory's key is the head of the audit chain. Every save moves the head; the next look then asks the
//! chain what happened. A day that was over before keeps its score, a score of today is brought up to date by what was saved, and
//! everything else is computed from the beginning. Two districts never share a score. Nothing is written to the database.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    audit,
    clock::day_end,
    db::Tx,
    error::{Error, Result},
    web::App,
};
use hejian_scoring::{Facts, Scores, Units, evaluate};
use uuid::Uuid;

use super::{
    facts::{self, Gathered, Look, Place, Told, Warning},
    forward, store,
};
use crate::campaign::standard::{Standard, pinned};

/// How many scores are remembered: some days asked for by several readers.
const REMEMBERED: usize = 32;

/// A score with what pages need beside it.
#[derive(Debug, Clone)]
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
/// A score with the head it is known to be right at: hash and place in the chain.
static MEMORY: Mutex<VecDeque<(Key, i64, Arc<Scored>)>> = Mutex::new(VecDeque::new());
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
    let still = unchanged(&mut tx, campaign, day, seq).await?;
    // What no longer stands is let go, so that it can be brought up to date without a copy.
    forget(campaign, day);
    let scored = match still {
        Some(scored) => scored,
        None => match forward::forward(app, &mut tx, campaign, day, (seq, &key.0)).await? {
            Some(scored) => scored,
            None => anew(app, tx, campaign, day, (seq, &key.0), Known::Then(day == app.clock.today())).await?,
        },
    };
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.push_front((key, seq, scored.clone()));
    memory.truncate(REMEMBERED);
    Ok(scored)
}

fn forget(campaign: Uuid, day: NaiveDate) {
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.retain(|((_, of, on), ..)| (*of, *on) != (campaign, day));
}

/// A score of a day that was over before anything told since happened.
async fn unchanged(tx: &mut Tx, campaign: Uuid, day: NaiveDate, head: i64) -> Result<Option<Arc<Scored>>> {
    let known: Option<(String, i64, Arc<Scored>)> = {
        let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        let found = memory.iter().find(|((_, of, on), ..)| (*of, *on) == (campaign, day));
        found.map(|((hash, ..), seq, scored)| (hash.clone(), *seq, scored.clone()))
    };
    let Some((hash, seq, scored)) = known.filter(|(_, seq, _)| *seq <= head) else { return Ok(None) };
    // A copy of this district may have gone another way since.
    if store::hash_at(tx, seq).await?.as_ref() != Some(&hash) {
        return Ok(None);
    }
    let (earliest, reaching_back) = store::news(tx, seq).await?;
    let stands = reaching_back == 0 && earliest.is_none_or(|earliest| earliest > day_end(day));
    Ok(stands.then_some(scored))
}

/// The score of a campaign on a day, computed from the beginning and not remembered: for whoever needs many days once.
///
/// # Errors
/// When the database cannot be read.
pub async fn score_once(app: &App, campaign: Uuid, day: NaiveDate) -> Result<Arc<Scored>> {
    let mut tx = app.db.read().await?;
    let (_, seq, hash, _) = audit::head(&mut tx).await?;
    anew(app, tx, campaign, day, (seq, &hash), Known::Then(false)).await
}

/// Scores in hindsight with the head each was computed at, some compared with several times.
static HINDSIGHT: Mutex<VecDeque<(Key, Arc<Scored>)>> = Mutex::new(VecDeque::new());

/// The score of a campaign on a past day with what is known now: see [`hejian_kernel::measure::Collect::in_hindsight`].
///
/// # Errors
/// When the database cannot be read.
pub async fn in_hindsight(app: &App, campaign: Uuid, day: NaiveDate) -> Result<Arc<Scored>> {
    let _one = GATE.lock().await;
    let mut tx = app.db.read().await?;
    let (_, seq, hash, _) = audit::head(&mut tx).await?;
    let key = (hash, campaign, day);
    {
        let memory = HINDSIGHT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = memory.iter().find(|(known, _)| *known == key) {
            return Ok(found.clone());
        }
    }
    let scored = anew(app, tx, campaign, day, (seq, &key.0), Known::Now).await?;
    let mut memory = HINDSIGHT.lock().unwrap_or_else(PoisonError::into_inner);
    memory.push_front((key, scored.clone()));
    memory.truncate(REMEMBERED / 8);
    Ok(scored)
}

/// What is taken into account.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// What was known at the end of the day; and whether saves will be followed, which only a score of today can.
    Then(bool),
    /// What is known now of the day.
    Now,
}

/// The score from the beginning.
async fn anew(
    app: &App,
    mut tx: Tx,
    campaign: Uuid,
    day: NaiveDate,
    head: (i64, &str),
    known: Known,
) -> Result<Arc<Scored>> {
    let made_at = app.clock.now();
    let standard = pinned::in_force(&mut tx, campaign, day).await?;
    let mut look = match known {
        Known::Then(_) => Look::On(day, made_at),
        Known::Now => Look::Hindsight(day, made_at),
    };
    let (units, places, parts) = facts::parts(app.modules, &mut tx, &app.keys, &standard.pack, &mut look).await?;
    drop(tx);
    let (seq, hash) = (head.0, head.1.to_owned());
    let compute = move || {
        let told = Told {
            units,
            places,
            rows: parts.iter().flat_map(|part| part.rows.iter().cloned()).collect(),
            unread: parts.iter().flat_map(|part| part.unread.iter().cloned()).collect(),
            measures: parts.iter().flat_map(|part| part.measures.iter().cloned()).collect(),
        };
        let Gathered { units, places, facts, warnings, told } = facts::checked(&standard.pack, told);
        let scores = evaluate(&standard.pack, &facts, &units, day);
        let scored =
            Arc::new(Scored { standard, scores, facts, units, places, warnings, told, stands_on: seq, made_at });
        if let Known::Then(true) = known {
            forward::keep(campaign, hash, scored.clone(), parts);
        }
        scored
    };
    tokio::task::spawn_blocking(compute)
        .await
        .map_err(|error| Error::Internal(format!("scoring {day} failed: {error}")))
}

/// The score of a campaign on a day, if it was computed at this head of the chain.
pub(super) fn known(hash: &str, campaign: Uuid, day: NaiveDate) -> Option<Arc<Scored>> {
    remembered(&(hash.to_owned(), campaign, day))
}

fn remembered(key: &Key) -> Option<Arc<Scored>> {
    let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.iter().find(|(known, ..)| known == key).map(|(.., scored)| scored.clone())
}
