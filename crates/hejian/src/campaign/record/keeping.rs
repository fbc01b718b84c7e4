//! Keeping campaigns: each change with its entry in the audit and the digest of what stands afterwards.
//!
//! The rule that matters: nothing is written here without an entry, and a form is saved over the version it was made from.

use hejian_kernel::{
    audit::Entry,
    error::{Error, Result},
    work::Work,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    MAIN,
    store::{self, Campaign, Cost, Dated},
};

/// What the audit calls a campaign.
pub const CAMPAIGN: &str = "campaign";
/// What the audit calls one of its dates.
pub const DATE: &str = "campaign_date";
/// What the audit calls one of its costs.
pub const COST: &str = "campaign_cost";

/// The digest of parts, each with its length; what is not said is told from what is empty.
fn digest<'t>(parts: impl IntoIterator<Item = Option<&'t str>>) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part.map_or(u64::MAX, |part| part.len() as u64).to_be_bytes());
        sha.update(part.unwrap_or_default().as_bytes());
    }
    sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A campaign field by field, as the audit tells it.
#[must_use]
pub fn said(of: &Campaign) -> Map<String, Value> {
    let told = json!({
        "key": of.key, "title": of.title, "level": of.level, "state": of.state, "approving_document": of.approving_document,
        "approved_by": of.approved_by, "cycle_from": of.cycle_from, "cycle_to": of.cycle_to, "target_points": of.target_points,
        "pass_points": of.pass_points, "budget": of.budget, "note": of.note, "mark": of.mark,
    });
    told.as_object().cloned().unwrap_or_default()
}

/// The digest of a campaign.
#[must_use]
pub fn digest_of(of: &Campaign) -> String {
    let (id, order, version) = (of.id.to_string(), of.official_order.to_string(), of.row_version.to_string());
    let told = Value::Object(said(of)).to_string();
    digest([&id, &order, &version, &told].map(|part| Some(part.as_str())))
}

/// The digest of a date.
#[must_use]
pub fn digest_of_date(of: &Dated) -> String {
    let (ids, day) = (format!("{} {}", of.id, of.campaign_id), of.on_day.to_string());
    let done = if of.done { "done" } else { "open" };
    let some = [&ids, &of.kind, &day, &of.title].map(|part| Some(part.as_str()));
    digest(some.into_iter().chain([&of.document, &of.note, &of.mark].map(Option::as_deref)).chain([Some(done)]))
}

/// The digest of a cost.
#[must_use]
pub fn digest_of_cost(of: &Cost) -> String {
    let (ids, day) = (format!("{} {}", of.id, of.campaign_id), of.on_day.to_string());
    digest([Some(ids.as_str()), Some(&day), Some(&of.amount.to_string()), Some(&of.purpose), of.document.as_deref()])
}

fn entry(action: &'static str, kind: &str, id: Uuid, detail: Value, digest: String) -> Entry {
    Entry { action, subject_kind: kind.to_owned(), subject_id: Some(id), detail, digest: Some(digest) }
}

/// The district's first campaign; it is made where there is none yet.
///
/// # Errors
/// The engine's own error.
pub async fn settle(work: &mut Work) -> Result<Campaign> {
    match store::default_campaign(&mut work.tx).await {
        Ok(found) => Ok(found),
        Err(Error::NotFound { .. }) => {
            let new = Campaign::new(work, MAIN, "全国和谐社区建设示范城区", "national");
            create(work, &new).await?;
            Ok(new)
        }
        Err(error) => Err(error),
    }
}

/// Keeps a new campaign.
///
/// # Errors
/// The engine's own error; of a key that is taken too.
pub async fn create(work: &mut Work, new: &Campaign) -> Result<()> {
    store::insert(work, new).await?;
    work.record(entry("create", CAMPAIGN, new.id, Value::Object(said(new)), digest_of(new)));
    Ok(())
}

/// Saves a campaign over the version that was read; nothing happens where nothing differs.
///
/// # Errors
/// [`Error::Stale`] when somebody saved first; nothing is written then.
pub async fn save(work: &mut Work, read: i64, mut new: Campaign) -> Result<Campaign> {
    let stands = store::one(&mut work.tx, &new.key).await?;
    let stale = |theirs| Error::Stale { yours: read, theirs };
    if stands.row_version != read {
        return Err(stale(stands.row_version));
    }
    let (before, after) = (said(&stands), said(&new));
    let changed: Map<String, Value> = after
        .into_iter()
        .filter_map(|(name, now)| {
            let was = before.get(&name).cloned().unwrap_or_default();
            (was != now).then(|| (name, json!([was, now])))
        })
        .collect();
    if changed.is_empty() {
        return Ok(stands);
    }
    (new.id, new.official_order, new.row_version) = (stands.id, stands.official_order, read + 1);
    (new.saved_at, new.saved_by) = (work.now, work.actor.name.clone());
    if !store::update(work, read, &new).await? {
        return Err(stale(store::one(&mut work.tx, &new.key).await?.row_version));
    }
    let detail = json!({ "title": new.title, "key": new.key, "changed": changed });
    work.record(entry("update", CAMPAIGN, new.id, detail, digest_of(&new)));
    Ok(new)
}

fn told_date(of: &Dated) -> Value {
    json!({ "title": of.title, "kind": of.kind, "on": of.on_day, "document": of.document, "note": of.note, "done": of.done })
}

/// Keeps a new date.
///
/// # Errors
/// The engine's own error.
pub async fn add_date(work: &mut Work, new: &Dated) -> Result<()> {
    store::add_date(work, new).await?;
    work.record(entry("create", DATE, new.id, told_date(new), digest_of_date(new)));
    Ok(())
}

/// Says whether a date is done.
///
/// # Errors
/// [`Error::NotFound`] when the campaign has no such date.
pub async fn mark_date(work: &mut Work, campaign: Uuid, id: Uuid, done: bool) -> Result<()> {
    let mut date = store::date(&mut work.tx, campaign, id).await?;
    if date.done == done {
        return Ok(());
    }
    date.done = done;
    store::mark_date(work, id, done).await?;
    work.record(entry("update", DATE, id, told_date(&date), digest_of_date(&date)));
    Ok(())
}

/// Takes a date away.
///
/// # Errors
/// [`Error::NotFound`] when the campaign has no such date.
pub async fn drop_date(work: &mut Work, campaign: Uuid, id: Uuid) -> Result<()> {
    let date = store::date(&mut work.tx, campaign, id).await?;
    store::drop_date(work, id).await?;
    // The row is gone, and nothing is missing.
    work.record(entry("remove", DATE, id, told_date(&date), String::new()));
    Ok(())
}

fn told_cost(of: &Cost) -> Value {
    json!({ "title": of.purpose, "on": of.on_day, "amount": of.amount, "document": of.document })
}

/// Keeps a new cost.
///
/// # Errors
/// The engine's own error.
pub async fn add_cost(work: &mut Work, new: &Cost) -> Result<()> {
    store::add_cost(work, new).await?;
    work.record(entry("create", COST, new.id, told_cost(new), digest_of_cost(new)));
    Ok(())
}

/// Takes a cost away.
///
/// # Errors
/// [`Error::NotFound`] when the campaign has no such cost.
pub async fn drop_cost(work: &mut Work, campaign: Uuid, id: Uuid) -> Result<()> {
    let cost = store::cost(&mut work.tx, campaign, id).await?;
    store::drop_cost(work, id).await?;
    work.record(entry("remove", COST, id, told_cost(&cost), String::new()));
    Ok(())
}
