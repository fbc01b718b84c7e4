//! A score brought up to date after a save, by what the save changed.
//!
//! The rule that matters: the result is the one a computation from the beginning gives. What was saved is read from the audit; where
//! it is anything but records and reports of a few units, or where a fault concerns those, the score is made from the beginning.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use hejian_kernel::{db::Tx, error::Result, measure::Collect, web::App};
use hejian_scoring::{FactRow, Period, facts::Change, rescore};
use uuid::Uuid;

use super::{
    facts::{self, Part},
    service::Scored,
    store,
};

/// How many scores can be brought up to date, one a campaign.
const KEPT: usize = 4;
/// From so many entries on, a computation from the beginning is no dearer.
const MOST: i64 = 200;
/// The same for units.
const UNITS: usize = 12;

/// Subjects of the audit that no score is made from.
const QUIET: &[&str] = &[
    "account",
    "attachment",
    "campaign",
    "campaign_cost",
    "campaign_date",
    "duty_act",
    "duty_plan",
    "duty_reminder",
    "facts",
    "import",
    "instruction",
    "job",
    "lifecycle",
    "person",
    "post",
    "score_snapshot",
    "standard_dry_run",
    "standard_pack",
    "todo",
];

/// What one function of the modules told, by unit.
struct Own {
    asked: BTreeSet<&'static str>,
    rows: BTreeMap<String, Vec<FactRow>>,
}

/// A score with what it was made from.
struct Standing {
    campaign: Uuid,
    day: NaiveDate,
    hash: String,
    scored: Arc<Scored>,
    told: Vec<Own>,
}

static MEMORY: Mutex<VecDeque<Standing>> = Mutex::new(VecDeque::new());

/// The campaigns whose score was brought up to date, one entry a time.
#[cfg(test)]
pub(super) static TAKEN: Mutex<Vec<Uuid>> = Mutex::new(Vec::new());

/// Keeps a score of today with what it was made from.
pub(super) fn keep(campaign: Uuid, hash: String, scored: Arc<Scored>, parts: Vec<Part>) {
    let by_unit = |part: Part| {
        let mut rows: BTreeMap<String, Vec<FactRow>> = BTreeMap::new();
        for row in part.rows {
            rows.entry(row.unit.clone()).or_default().push(row);
        }
        Own { asked: part.asked, rows }
    };
    let told = parts.into_iter().map(by_unit).collect();
    put(Standing { campaign, day: scored.scores.as_of, hash, scored, told });
}

fn put(standing: Standing) {
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.push_front(standing);
    memory.truncate(KEPT);
}

/// The score of a campaign on a day at this head of the chain, made from the one that stood before; none where that cannot be.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn forward(
    app: &App,
    tx: &mut Tx,
    campaign: Uuid,
    day: NaiveDate,
    head: (i64, &str),
) -> Result<Option<Arc<Scored>>> {
    let taken = {
        let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        let place = memory.iter().position(|standing| standing.campaign == campaign && standing.day == day);
        place.and_then(|place| memory.remove(place))
    };
    let Some(mut standing) = taken else { return Ok(None) };
    if store::hash_at(tx, standing.scored.stands_on).await?.as_ref() != Some(&standing.hash) {
        return Ok(None);
    }
    let Some(news) = news(app, tx, standing.scored.stands_on).await? else { return Ok(None) };
    let Some(places) = changes(app, tx, &mut standing, &news).await? else { return Ok(None) };
    let (seq, hash) = head;
    let Standing { told, scored: before, .. } = standing;
    // Nobody else holds it as a rule, and then nothing is copied.
    let mut scored = Arc::try_unwrap(before).unwrap_or_else(|shared| (*shared).clone());
    (scored.stands_on, scored.made_at) = (seq, app.clock.now());
    let apply = move || {
        let pack = &scored.standard.pack;
        let (facts, faults) = scored.facts.with(pack, &scored.units, &places);
        if !faults.is_empty() {
            return None;
        }
        let at: Vec<(&str, &str)> = places.iter().map(Change::place).collect::<BTreeSet<_>>().into_iter().collect();
        rescore(pack, &mut scored.scores, &facts, &scored.units, &at);
        scored.facts = facts;
        Some(Arc::new(scored))
    };
    let Ok(Some(scored)) = tokio::task::spawn_blocking(apply).await else { return Ok(None) };
    #[cfg(test)]
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner).push(campaign);
    put(Standing { campaign, day, hash: hash.to_owned(), scored: scored.clone(), told });
    Ok(Some(scored))
}

/// Register → units in which something was saved.
type News = BTreeMap<&'static str, BTreeSet<Uuid>>;

async fn news(app: &App, tx: &mut Tx, seq: i64) -> Result<Option<News>> {
    let entries = store::entries_after(tx, seq, MOST).await?;
    if entries.len() > usize::try_from(MOST).unwrap_or(usize::MAX) {
        return Ok(None);
    }
    let mut news = News::new();
    let mut seen = BTreeSet::new();
    for (kind, subject, detail) in entries {
        if QUIET.contains(&kind.as_str()) {
            continue;
        }
        if kind == "coverage" {
            let told: serde_json::Value = serde_json::from_str(&detail).unwrap_or_default();
            let register = told["register"].as_str().and_then(|key| app.register(key));
            let unit = told["unit"].as_str().and_then(|unit| Uuid::try_parse(unit).ok());
            let (Some(register), Some(unit)) = (register, unit) else { return Ok(None) };
            news.entry(register.key).or_default().insert(unit);
        } else if let (Some(register), Some(record)) = (app.register(&kind), subject) {
            if seen.insert(record) {
                news.entry(register.key).or_default().extend(store::units_of(tx, register.key, record).await?);
            }
        } else {
            return Ok(None);
        }
    }
    let units: BTreeSet<&Uuid> = news.values().flatten().collect();
    Ok((units.len() <= UNITS).then_some(news))
}

/// What is told otherwise since; the standing takes it over.
async fn changes(app: &App, tx: &mut Tx, standing: &mut Standing, news: &News) -> Result<Option<Vec<Change>>> {
    let functions: Vec<_> = app.modules.iter().flat_map(|module| module.measures).collect();
    if functions.len() != standing.told.len() {
        return Ok(None);
    }
    let scored = standing.scored.clone();
    let concerned: BTreeSet<String> = news.values().flatten().map(Uuid::to_string).collect();
    if scored.warnings.iter().any(|warning| concerned.contains(&warning.unit)) {
        return Ok(None);
    }
    let mut changes = Vec::new();
    for (at, measures) in functions.into_iter().enumerate() {
        let units: BTreeSet<Uuid> =
            standing.told[at].asked.iter().filter_map(|register| news.get(register)).flatten().copied().collect();
        if units.is_empty() {
            continue;
        }
        let look = Collect::on(tx, &app.keys, standing.day, app.clock.now()).only(units.clone());
        let part = facts::part(measures, look, &scored.standard.pack, &scored.places).await?;
        let ids: BTreeSet<String> = units.iter().map(Uuid::to_string).collect();
        // A fact of another unit would be made from a part of its records only, and a measure never told before is news of its own.
        let strange = part.rows.iter().any(|row| !ids.contains(&row.unit)) || !part.unread.is_empty();
        if strange || !part.measures.is_subset(&scored.told) {
            return Ok(None);
        }
        let mut new: BTreeMap<String, Vec<FactRow>> = BTreeMap::new();
        for row in part.rows {
            new.entry(row.unit.clone()).or_default().push(row);
        }
        for unit in ids {
            let now = new.remove(&unit).unwrap_or_default();
            let own = &mut standing.told[at];
            let was = if now.is_empty() { own.rows.remove(&unit) } else { own.rows.insert(unit.clone(), now.clone()) };
            let (Some(was), Some(now)) = (by_place(was.unwrap_or_default()), by_place(now)) else { return Ok(None) };
            let also = |key: &(String, Period)| elsewhere(&standing.told, at, &unit, key);
            for (key, row) in &now {
                if was.get(key) != Some(row) {
                    if also(key) {
                        return Ok(None);
                    }
                    changes.push(Change::Set(row.clone()));
                }
            }
            for key in was.keys().filter(|key| !now.contains_key(*key)) {
                if also(key) {
                    return Ok(None);
                }
                let (measure, period) = key.clone();
                changes.push(Change::Remove { unit: unit.clone(), period, measure });
            }
        }
    }
    // A measure that nobody tells any more is one of which nothing is known at all.
    let gone = changes.iter().filter(|change| matches!(change, Change::Remove { .. })).map(|change| change.place().0);
    let still = |measure: &str| {
        let mut rows = standing.told.iter().flat_map(|own| own.rows.values().flatten());
        rows.any(|row| row.measure == measure)
    };
    let all_told = gone.collect::<BTreeSet<_>>().into_iter().all(still);
    Ok(all_told.then_some(changes))
}

/// Rows by measure and period; none where one comes twice.
fn by_place(rows: Vec<FactRow>) -> Option<BTreeMap<(String, Period), FactRow>> {
    let n = rows.len();
    let all: BTreeMap<_, _> = rows.into_iter().map(|row| ((row.measure.clone(), row.period), row)).collect();
    (all.len() == n).then_some(all)
}

/// Whether another function tells something of the same place.
fn elsewhere(told: &[Own], at: usize, unit: &str, (measure, period): &(String, Period)) -> bool {
    let others = told.iter().enumerate().filter(|(other, _)| *other != at);
    others
        .filter_map(|(_, own)| own.rows.get(unit))
        .flatten()
        .any(|row| row.measure == *measure && row.period == *period)
}
