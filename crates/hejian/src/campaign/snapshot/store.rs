//! SQL of the snapshots.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::{Error, Result},
    sql,
    work::Work,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::keeping;

/// How many records are asked for at once.
const AT_ONCE: usize = 300;

/// A snapshot.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct Snapshot {
    /// The row.
    pub id: Uuid,
    /// Whose score it is.
    pub campaign_id: Uuid,
    /// The last day of the month.
    pub on_day: NaiveDate,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// The last audit entry when it was computed.
    pub stands_on: i64,
    /// The rules of arithmetic.
    pub engine_version: i64,
    /// The standard.
    pub pack: String,
    /// Its version.
    pub pack_version: i64,
    /// What proves its texts.
    pub pack_fingerprint: String,
    /// Points got, an exact number.
    pub points: String,
    /// Most points of what was assessed.
    pub assessed_points: String,
    /// Points there are.
    pub total_points: String,
    /// The points needed then.
    pub pass_points: Option<String>,
    /// [`super::Frozen`] as JSON.
    pub body: String,
    /// Over everything above.
    pub digest: String,
}

/// The snapshots of a campaign, the latest first.
///
/// # Errors
/// The engine's own error.
pub async fn list(tx: &mut Tx, campaign: Uuid) -> Result<Vec<Snapshot>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, campaign_id, on_day, made_at, made_by, stands_on, engine_version, pack, pack_version, pack_fingerprint, points,
           assessed_points, total_points, pass_points, body, digest
         from score_snapshot where campaign_id = $1 order by on_day desc",
        campaign
    )?)
}

/// The days that have one.
///
/// # Errors
/// The engine's own error.
pub(super) async fn days(tx: &mut Tx, campaign: Uuid) -> Result<BTreeSet<NaiveDate>> {
    let rows: Vec<(NaiveDate,)> =
        sql!(tx, fetch_all, "select on_day from score_snapshot where campaign_id = $1", campaign)?;
    Ok(rows.into_iter().map(|(day,)| day).collect())
}

/// The one of a day.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn one(tx: &mut Tx, campaign: Uuid, day: NaiveDate) -> Result<Snapshot> {
    let found: Option<Snapshot> = sql!(
        tx,
        fetch_optional,
        "select id, campaign_id, on_day, made_at, made_by, stands_on, engine_version, pack, pack_version, pack_fingerprint, points,
           assessed_points, total_points, pass_points, body, digest
         from score_snapshot where campaign_id = $1 and on_day = $2",
        campaign,
        day
    )?;
    found.ok_or(Error::NotFound { what: "thing-snapshot" })
}

/// Writes one; false where there is one of the day already.
///
/// # Errors
/// The engine's own error.
pub(super) async fn insert(work: &mut Work, new: &Snapshot) -> Result<bool> {
    let n = sql!(
        &mut work.tx,
        execute,
        "insert into score_snapshot (id, campaign_id, on_day, made_at, made_by, stands_on, engine_version, pack, pack_version,
           pack_fingerprint, points, assessed_points, total_points, pass_points, body, digest)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (campaign_id, on_day) do nothing",
        new.id,
        new.campaign_id,
        new.on_day,
        new.made_at,
        &new.made_by,
        new.stands_on,
        new.engine_version,
        &new.pack,
        new.pack_version,
        &new.pack_fingerprint,
        &new.points,
        &new.assessed_points,
        &new.total_points,
        new.pass_points.as_deref(),
        &new.body,
        &new.digest
    )?;
    Ok(n == 1)
}

/// Every snapshot with the digest of what stands there.
///
/// # Errors
/// The engine's own error.
pub(super) async fn kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let all: Vec<Snapshot> = sql!(
        tx,
        fetch_all,
        "select id, campaign_id, on_day, made_at, made_by, stands_on, engine_version, pack, pack_version, pack_fingerprint, points,
           assessed_points, total_points, pass_points, body, digest
         from score_snapshot order by id"
    )?;
    Ok(all.iter().map(|snapshot| (snapshot.id, keeping::digest_of(snapshot))).collect())
}

/// The entry of the audit that tells of the making: its place and the digest it carries.
///
/// # Errors
/// The engine's own error.
pub(super) async fn entry_of(tx: &mut Tx, id: Uuid) -> Result<Option<(i64, Option<String>)>> {
    Ok(sql!(
        tx,
        fetch_optional,
        "select seq, digest from audit_entry where subject_kind = $1 and subject_id = $2 order by seq desc limit 1",
        keeping::SNAPSHOT,
        id
    )?)
}

/// When anything was entered first.
///
/// # Errors
/// The engine's own error.
pub(super) async fn beginning(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    let (at,): (Option<DateTime<Utc>>,) = sql!(tx, fetch_one, "select min(at) from audit_entry")?;
    Ok(at)
}

/// Those of some versions of records of a register that were written after a moment.
///
/// # Errors
/// The engine's own error.
pub(super) async fn written_after(
    tx: &mut Tx,
    register: &str,
    versions: &BTreeSet<(Uuid, i64)>,
    after: DateTime<Utc>,
) -> Result<BTreeSet<(Uuid, i64)>> {
    let all: Vec<&(Uuid, i64)> = versions.iter().collect();
    let mut found = BTreeSet::new();
    for some in all.chunks(AT_ONCE) {
        let mut sql = Sql::new("select v.record_id, v.version from record_version v where v.register = ");
        sql.bind(Param::Text(Some(register.to_owned()))).push(" and v.record_id in (");
        for (n, (id, _)) in some.iter().enumerate() {
            if n > 0 {
                sql.push(", ");
            }
            sql.bind(Param::Id(Some(*id)));
        }
        sql.push(") and coalesce(v.at, v.at) > ").bind(Param::Time(Some(after)));
        for row in sql.fetch_all(tx).await? {
            let version = (row.id(0)?.unwrap_or_default(), row.int(1)?.unwrap_or_default());
            if versions.contains(&version) {
                found.insert(version);
            }
        }
    }
    Ok(found)
}
