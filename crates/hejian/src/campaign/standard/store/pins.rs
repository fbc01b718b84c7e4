//! SQL of what the campaigns work to: pins, and the dry runs that they stand on. Rows are added and never change.

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{db::Tx, error::Result, sql, work::Work};
use sqlx::FromRow;
use uuid::Uuid;

use super::super::keeping::digest;

/// The version that a campaign works to at a moment: row, fingerprint and since when. Before its first pin, the first.
///
/// # Errors
/// The engine's own error.
pub async fn pinned(
    tx: &mut Tx,
    campaign: Uuid,
    at: DateTime<Utc>,
) -> Result<Option<(Uuid, Option<String>, DateTime<Utc>)>> {
    let now = sql!(
        tx,
        fetch_optional,
        "select p.id, p.fingerprint, n.since from standard_pin n join standard_pack p on p.id = n.pack_id
         where n.campaign_id = $1 and n.since <= $2 order by n.since desc, n.id desc limit 1",
        campaign,
        at
    )?;
    if now.is_some() {
        return Ok(now);
    }
    Ok(sql!(
        tx,
        fetch_optional,
        "select p.id, p.fingerprint, n.since from standard_pin n join standard_pack p on p.id = n.pack_id
         where n.campaign_id = $1 order by n.since, n.id limit 1",
        campaign
    )?)
}

/// A pin: the row of the version, since when, by whom, why.
pub type Pin = (Uuid, DateTime<Utc>, String, String);

/// Every pin of a campaign, the newest first.
///
/// # Errors
/// The engine's own error.
pub async fn pins(tx: &mut Tx, campaign: Uuid) -> Result<Vec<Pin>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select pack_id, since, pinned_by, reason from standard_pin where campaign_id = $1 order by since desc, id desc",
        campaign
    )?)
}

/// A pin as it stands: row, version, since when, by whom, why, the dry run it names, and the campaign.
pub type PinRow = (Uuid, Uuid, DateTime<Utc>, String, String, Option<Uuid>, Option<Uuid>);

/// The digest that the audit keeps of a pin.
#[must_use]
pub fn pin_digest(row: &PinRow) -> String {
    let (id, version, since, by, why, run, campaign) = row;
    let run = run.map(|run| run.to_string()).unwrap_or_default();
    let since = since.timestamp_micros().to_string();
    // A pin from before there were campaigns was vouched for without one.
    let campaign = campaign.map(|campaign| campaign.to_string());
    let ids = [id, version].map(ToString::to_string);
    let parts = ids.iter().chain([&since, by, why, &run]).map(String::as_str);
    digest(parts.chain(campaign.as_deref()))
}

/// From now on the campaign works to this version; answers the row.
///
/// # Errors
/// The engine's own error.
pub async fn pin(
    work: &mut Work,
    campaign: Uuid,
    version: Uuid,
    reason: &str,
    dry_run: Option<Uuid>,
) -> Result<PinRow> {
    let row = (work.new_id(), version, work.now, work.actor.name.clone(), reason.to_owned(), dry_run, Some(campaign));
    sql!(
        &mut work.tx,
        execute,
        "insert into standard_pin (id, pack_id, since, pinned_by, reason, dry_run_id, campaign_id) values ($1, $2, $3, $4, $5, $6, $7)",
        row.0,
        row.1,
        row.2,
        &row.3,
        &row.4,
        row.5,
        row.6
    )?;
    Ok(row)
}

/// The pins that name no campaign: those from before there were any.
///
/// # Errors
/// The engine's own error.
pub async fn pins_of_none(tx: &mut Tx) -> Result<Vec<PinRow>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, pack_id, since, pinned_by, reason, dry_run_id, campaign_id from standard_pin where campaign_id is null order by id"
    )?)
}

/// Gives a pin without one its campaign; answers the row as it stands then.
///
/// # Errors
/// The engine's own error.
pub async fn give(work: &mut Work, campaign: Uuid, mut pin: PinRow) -> Result<PinRow> {
    sql!(
        &mut work.tx,
        execute,
        "update standard_pin set campaign_id = $1 where id = $2 and campaign_id is null",
        campaign,
        pin.0
    )?;
    pin.6 = Some(campaign);
    Ok(pin)
}

/// Every pin with its digest.
///
/// # Errors
/// The engine's own error.
pub async fn pins_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows: Vec<PinRow> = sql!(
        tx,
        fetch_all,
        "select id, pack_id, since, pinned_by, reason, dry_run_id, campaign_id from standard_pin order by id"
    )?;
    Ok(rows.iter().map(|row| (row.0, pin_digest(row))).collect())
}

/// A dry run as it was seen: the row, when, by whom, and the totals before and after with the points they stand on.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct DryRun {
    /// The row.
    pub id: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// Points under the version left.
    pub points_before: String,
    /// Points assessed there.
    pub assessed_before: String,
    /// Points under the version taken up.
    pub points_after: String,
    /// Points assessed there.
    pub assessed_after: String,
}

/// A dry run as it stands, with the versions left and taken up.
type DryRunRow = (Uuid, Uuid, Uuid, String, String, String, String);

fn dry_run_digest(row: &DryRunRow) -> String {
    let (id, from, to, before, assessed_before, after, assessed_after) = row;
    let ids = [id, from, to].map(ToString::to_string);
    digest(ids.iter().chain([before, assessed_before, after, assessed_after]).map(String::as_str))
}

/// Keeps what a dry run showed: totals and assessed points before and after. Answers the row and the digest the audit keeps.
///
/// # Errors
/// The engine's own error.
pub async fn keep_dry_run(work: &mut Work, from: Uuid, to: Uuid, shown: [String; 4]) -> Result<(Uuid, String)> {
    let (id, day) = (work.new_id(), work.today());
    let [before, assessed_before, after, assessed_after] = shown;
    let row = (id, from, to, before, assessed_before, after, assessed_after);
    sql!(
        &mut work.tx,
        execute,
        "insert into standard_dry_run (id, from_id, to_id, on_day, account_id, made_at, made_by, points_before, assessed_before, points_after, assessed_after)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        from,
        to,
        day,
        work.actor.account,
        work.now,
        &work.actor.name,
        &row.3,
        &row.4,
        &row.5,
        &row.6
    )?;
    Ok((id, dry_run_digest(&row)))
}

/// Every dry run with its digest.
///
/// # Errors
/// The engine's own error.
pub async fn dry_runs_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows: Vec<DryRunRow> = sql!(
        tx,
        fetch_all,
        "select id, from_id, to_id, points_before, assessed_before, points_after, assessed_after from standard_dry_run order by id"
    )?;
    Ok(rows.iter().map(|row| (row.0, dry_run_digest(row))).collect())
}

/// The last dry run between two versions that this account saw on this day.
///
/// # Errors
/// The engine's own error.
pub async fn dry_run(
    tx: &mut Tx,
    from: Uuid,
    to: Uuid,
    account: Option<Uuid>,
    day: NaiveDate,
) -> Result<Option<DryRun>> {
    Ok(sql!(
        tx,
        fetch_optional,
        "select id, made_at, made_by, points_before, assessed_before, points_after, assessed_after from standard_dry_run
         where from_id = $1 and to_id = $2 and account_id = $3 and on_day = $4 order by made_at desc, id desc limit 1",
        from,
        to,
        account,
        day
    )?)
}
