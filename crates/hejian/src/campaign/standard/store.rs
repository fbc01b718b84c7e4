//! SQL of standards: versions of packs, and which one the district works to.
//!
//! The rule that matters: a statement that changes a row names the version that was read and `state = 'draft'`; a published row
//! is out of reach of every one of them.

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    db::Tx,
    error::{Error, Result},
    sql,
    work::Work,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    keeping::{digest, digest_of},
    pack::Texts,
};

/// A version of a pack without its texts.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct Version {
    /// The row.
    pub id: Uuid,
    /// The pack's own id.
    pub pack: String,
    /// The version of the pack.
    pub pack_version: i64,
    /// Its title.
    pub name: String,
    /// `draft` or `published`.
    pub state: String,
    /// `built_in`, `copied` or `imported`.
    pub origin: String,
    /// The save that stands.
    pub row_version: i64,
    /// Of a pack that can be read.
    pub fingerprint: Option<String>,
    /// How many faults a draft has.
    pub faults: i64,
    /// When the row was made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: String,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// By whom.
    pub published_by: Option<String>,
}

impl Version {
    /// Whether it may still change.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.state == "draft"
    }
}

/// What the standard file says of itself, as far as it can be read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// The pack's id.
    pub pack: String,
    /// Its version.
    pub version: i64,
    /// Its title.
    pub name: String,
    /// Of a pack without faults.
    pub fingerprint: Option<String>,
    /// How many faults.
    pub faults: i64,
}

/// All versions, newest version of each pack first.
///
/// # Errors
/// The engine's own error.
pub async fn list(tx: &mut Tx) -> Result<Vec<Version>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, pack, pack_version, name, state, origin, row_version, fingerprint, faults, made_at, made_by, saved_at, saved_by, published_at, published_by
         from standard_pack order by pack, pack_version desc, made_at desc, id"
    )?)
}

/// One version.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn one(tx: &mut Tx, id: Uuid) -> Result<Version> {
    let found: Option<Version> = sql!(
        tx,
        fetch_optional,
        "select id, pack, pack_version, name, state, origin, row_version, fingerprint, faults, made_at, made_by, saved_at, saved_by, published_at, published_by
         from standard_pack where id = $1",
        id
    )?;
    found.ok_or(Error::NotFound { what: "thing-standard" })
}

/// Its texts.
///
/// # Errors
/// [`Error::NotFound`] when there is no such version.
pub async fn texts(tx: &mut Tx, id: Uuid) -> Result<Texts> {
    let found: Option<(String, String, String, String, String)> = sql!(
        tx,
        fetch_optional,
        "select standard, measures, migration, tests, words from standard_pack where id = $1",
        id
    )?;
    let (standard, measures, migration, tests, words) = found.ok_or(Error::NotFound { what: "thing-standard" })?;
    Ok(Texts { standard, measures, migration, tests, words })
}

/// The published row of a pack's id and version.
///
/// # Errors
/// The engine's own error.
pub async fn published(tx: &mut Tx, pack: &str, version: i64) -> Result<Option<(Uuid, Option<String>)>> {
    Ok(sql!(
        tx,
        fetch_optional,
        "select id, fingerprint from standard_pack where pack = $1 and pack_version = $2 and state = 'published'",
        pack,
        version
    )?)
}

/// The highest published version of a pack; 0 where there is none.
///
/// # Errors
/// The engine's own error.
pub async fn highest(tx: &mut Tx, pack: &str) -> Result<i64> {
    let (found,): (Option<i64>,) = sql!(
        tx,
        fetch_one,
        "select max(pack_version) from standard_pack where pack = $1 and state = 'published'",
        pack
    )?;
    Ok(found.unwrap_or(0))
}

/// The version in force at a moment: row, fingerprint and since when. Before the first pin, the first.
///
/// # Errors
/// The engine's own error.
pub async fn pinned(tx: &mut Tx, at: DateTime<Utc>) -> Result<Option<(Uuid, Option<String>, DateTime<Utc>)>> {
    let now = sql!(
        tx,
        fetch_optional,
        "select p.id, p.fingerprint, n.since from standard_pin n join standard_pack p on p.id = n.pack_id
         where n.since <= $1 order by n.since desc, n.id desc limit 1",
        at
    )?;
    if now.is_some() {
        return Ok(now);
    }
    Ok(sql!(
        tx,
        fetch_optional,
        "select p.id, p.fingerprint, n.since from standard_pin n join standard_pack p on p.id = n.pack_id
         order by n.since, n.id limit 1"
    )?)
}

/// A pin: the row of the version, since when, by whom, why.
pub type Pin = (Uuid, DateTime<Utc>, String, String);

/// Every pin, the newest first.
///
/// # Errors
/// The engine's own error.
pub async fn pins(tx: &mut Tx) -> Result<Vec<Pin>> {
    Ok(sql!(tx, fetch_all, "select pack_id, since, pinned_by, reason from standard_pin order by since desc, id desc")?)
}

/// A new row.
///
/// # Errors
/// The engine's own error.
pub async fn insert(work: &mut Work, id: Uuid, state: &str, origin: &str, head: &Head, texts: &Texts) -> Result<()> {
    let published = state == "published";
    sql!(
        &mut work.tx,
        execute,
        "insert into standard_pack (id, pack, pack_version, name, state, origin, row_version, standard, measures, migration, tests, words,
           fingerprint, faults, made_at, made_by, saved_at, saved_by, published_at, published_by)
         values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, $15, $16, $17)",
        id,
        &head.pack,
        head.version,
        &head.name,
        state,
        origin,
        &texts.standard,
        &texts.measures,
        &texts.migration,
        &texts.tests,
        &texts.words,
        head.fingerprint.as_deref(),
        head.faults,
        work.now,
        &work.actor.name,
        published.then_some(work.now),
        published.then(|| work.actor.name.clone())
    )?;
    Ok(())
}

/// Saves a draft over the version that was read; `state` is what it becomes. Answers whether it was still that version.
///
/// # Errors
/// The engine's own error.
pub async fn save(work: &mut Work, id: Uuid, read: i64, state: &str, head: &Head, texts: &Texts) -> Result<bool> {
    let published = state == "published";
    let n = sql!(
        &mut work.tx,
        execute,
        "update standard_pack set pack = $1, pack_version = $2, name = $3, state = $4, row_version = row_version + 1, standard = $5,
           measures = $6, migration = $7, tests = $8, words = $9, fingerprint = $10, faults = $11, saved_at = $12, saved_by = $13,
           published_at = $14, published_by = $15
         where id = $16 and row_version = $17 and state = 'draft'",
        &head.pack,
        head.version,
        &head.name,
        state,
        &texts.standard,
        &texts.measures,
        &texts.migration,
        &texts.tests,
        &texts.words,
        head.fingerprint.as_deref(),
        head.faults,
        work.now,
        &work.actor.name,
        published.then_some(work.now),
        published.then(|| work.actor.name.clone()),
        id,
        read
    )?;
    Ok(n == 1)
}

/// Takes a draft away.
///
/// # Errors
/// The engine's own error.
pub async fn discard(work: &mut Work, id: Uuid, read: i64) -> Result<bool> {
    let n = sql!(
        &mut work.tx,
        execute,
        "delete from standard_pack where id = $1 and row_version = $2 and state = 'draft'",
        id,
        read
    )?;
    Ok(n == 1)
}

/// A pin as it stands: row, version, since when, by whom, why, and the dry run it names.
pub type PinRow = (Uuid, Uuid, DateTime<Utc>, String, String, Option<Uuid>);

/// The digest that the audit keeps of a pin.
#[must_use]
pub fn pin_digest(row: &PinRow) -> String {
    let (id, version, since, by, why, run) = row;
    let run = run.map(|run| run.to_string()).unwrap_or_default();
    let since = since.timestamp_micros().to_string();
    digest([&id.to_string(), &version.to_string(), &since, by, why, &run].map(String::as_str))
}

/// From now on the district works to this version; answers the row.
///
/// # Errors
/// The engine's own error.
pub async fn pin(work: &mut Work, version: Uuid, reason: &str, dry_run: Option<Uuid>) -> Result<PinRow> {
    let row = (work.new_id(), version, work.now, work.actor.name.clone(), reason.to_owned(), dry_run);
    sql!(
        &mut work.tx,
        execute,
        "insert into standard_pin (id, pack_id, since, pinned_by, reason, dry_run_id) values ($1, $2, $3, $4, $5, $6)",
        row.0,
        row.1,
        row.2,
        &row.3,
        &row.4,
        row.5
    )?;
    Ok(row)
}

/// Every pin with its digest.
///
/// # Errors
/// The engine's own error.
pub async fn pins_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows: Vec<PinRow> =
        sql!(tx, fetch_all, "select id, pack_id, since, pinned_by, reason, dry_run_id from standard_pin order by id")?;
    Ok(rows.iter().map(|row| (row.0, pin_digest(row))).collect())
}

/// Every version with its digest.
///
/// # Errors
/// The engine's own error.
pub async fn packs_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    type Row = (Uuid, String, String, i64, Option<String>, String, String, String, String, String);
    let rows: Vec<Row> = sql!(
        tx,
        fetch_all,
        "select id, state, pack, pack_version, fingerprint, standard, measures, migration, tests, words from standard_pack order by id"
    )?;
    let digest = |(id, state, pack, version, print, standard, measures, migration, tests, words): Row| {
        let texts = Texts { standard, measures, migration, tests, words };
        (id, digest_of(&state, &pack, version, print.as_deref(), &texts))
    };
    Ok(rows.into_iter().map(digest).collect())
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
