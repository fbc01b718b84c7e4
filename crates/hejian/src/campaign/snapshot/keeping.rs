//! Making snapshots, and proving them.
//!
//! The rule that matters: a snapshot is written with the entry of the audit that carries its digest, once, for a day that is over.

use chrono::{Datelike as _, Days, NaiveDate};
use hejian_kernel::{
    audit::{Entry, hex},
    clock::local_day,
    db::Tx,
    error::{Error, Message, Result},
    work::Work,
};
use hejian_scoring::Exact;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    frozen::Frozen,
    store::{self, Snapshot},
};
use crate::campaign::{
    record::Campaign,
    score::{Scored, trend::months},
};

/// What the audit calls a snapshot.
pub const SNAPSHOT: &str = "score_snapshot";

/// The digest of everything in a row but the digest itself, each part with its length before it.
#[must_use]
pub fn digest_of(of: &Snapshot) -> String {
    let parts = [
        Some(of.id.to_string()),
        Some(of.campaign_id.to_string()),
        Some(of.on_day.to_string()),
        Some(of.made_at.timestamp_micros().to_string()),
        Some(of.made_by.clone()),
        Some(of.stands_on.to_string()),
        Some(of.engine_version.to_string()),
        Some(of.pack.clone()),
        Some(of.pack_version.to_string()),
        Some(of.pack_fingerprint.clone()),
        Some(of.points.clone()),
        Some(of.assessed_points.clone()),
        Some(of.total_points.clone()),
        of.pass_points.clone(),
        Some(of.body.clone()),
    ];
    let mut sha = Sha256::new();
    for part in parts {
        // What was not said is told from what is empty.
        sha.update(part.as_ref().map_or(u64::MAX, |part| part.len() as u64).to_be_bytes());
        sha.update(part.unwrap_or_default().as_bytes());
    }
    hex(&sha.finalize())
}

/// The last day of the month before the one of a day.
#[must_use]
pub fn month_before(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_sub_days(Days::new(1))
}

/// The last days of the months that are over and have no snapshot, the earliest first: from the beginning of the campaign's
/// cycle, but not from before anything was entered.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_months(tx: &mut Tx, campaign: &Campaign, today: NaiveDate) -> Result<Vec<NaiveDate>> {
    let Some(entered) = store::beginning(tx).await?.map(local_day) else { return Ok(Vec::new()) };
    let begins = campaign.cycle_from.map_or(entered, |from| from.max(entered));
    let Some(last) = month_before(today).filter(|last| *last >= begins) else { return Ok(Vec::new()) };
    let made = store::days(tx, campaign.id).await?;
    Ok(months(begins, last).into_iter().filter(|day| !made.contains(day)).collect())
}

/// Refuses a day that no snapshot can be of.
///
/// # Errors
/// [`Error::Refused`] with the remedy.
pub fn check_day(day: NaiveDate, today: NaiveDate) -> Result<()> {
    let is_end = day.checked_add_days(Days::new(1)).is_some_and(|next| next.day() == 1);
    let refused = |key: &str| Err(Error::Refused(Message::new(key).arg("day", day)));
    match (is_end, day < today) {
        (false, _) => refused("snapshot-no-end-of-month"),
        (true, false) => refused("snapshot-month-not-over"),
        (true, true) => Ok(()),
    }
}

/// Writes the snapshot of a score; none where the day has one already, which stands.
///
/// # Errors
/// [`Error::Refused`] for a day that is not over or ends no month, and the engine's own error.
pub async fn freeze(work: &mut Work, campaign: &Campaign, scored: &Scored) -> Result<Option<Uuid>> {
    let scores = &scored.scores;
    check_day(scores.as_of, work.today())?;
    let own = campaign.pass_points.as_deref().and_then(|text| Exact::parse(text).ok());
    let pass = own.or_else(|| scored.standard.pack.standard.pass_mark.as_ref().map(|mark| mark.value.clone()));
    let body = serde_json::to_string(&Frozen::of(scored))
        .map_err(|error| Error::Internal(format!("a score cannot be frozen: {error}")))?;
    let mut new = Snapshot {
        id: work.new_id(),
        campaign_id: campaign.id,
        on_day: scores.as_of,
        made_at: work.now,
        made_by: work.actor.name.clone(),
        stands_on: scored.stands_on,
        engine_version: scores.engine_version.into(),
        pack: scores.pack.clone(),
        pack_version: scores.pack_version.into(),
        pack_fingerprint: scores.pack_fingerprint.clone(),
        points: scores.points.to_string(),
        assessed_points: scores.assessed_points.to_string(),
        total_points: scores.total_points.to_string(),
        pass_points: pass.map(|pass| pass.to_string()),
        body,
        digest: String::new(),
    };
    new.digest = digest_of(&new);
    if !store::insert(work, &new).await? {
        return Ok(None);
    }
    work.record(Entry {
        action: "create",
        subject_kind: SNAPSHOT.to_owned(),
        subject_id: Some(new.id),
        detail: json!({
            "title": format!("{} {}", campaign.title, new.on_day), "campaign": campaign.key, "on": new.on_day,
            "points": new.points, "assessed": new.assessed_points, "total": new.total_points, "pack": new.pack,
            "pack_version": new.pack_version, "stands_on": new.stands_on,
        }),
        digest: Some(new.digest.clone()),
    });
    Ok(Some(new.id))
}

/// A snapshot with what it holds, and whether it is still what was made.
#[derive(Debug)]
pub struct Proven {
    /// The row.
    pub row: Snapshot,
    /// What it holds; none where the text cannot be read.
    pub frozen: Option<Frozen>,
    /// The audit entry of its making.
    pub entry: Option<i64>,
    /// Whether the row, its digest and the digest in the audit agree.
    pub whole: bool,
}

/// The snapshot of a day, proven.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn proven(tx: &mut Tx, campaign: Uuid, day: NaiveDate) -> Result<Proven> {
    let row = store::one(tx, campaign, day).await?;
    let entry = store::entry_of(tx, row.id).await?;
    let now = digest_of(&row);
    let vouched = entry.as_ref().is_some_and(|(_, digest)| digest.as_deref() == Some(&now));
    let frozen = serde_json::from_str(&row.body).ok();
    Ok(Proven {
        whole: vouched && now == row.digest && frozen.is_some(),
        entry: entry.map(|(seq, _)| seq),
        row,
        frozen,
    })
}
