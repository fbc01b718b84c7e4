//! SQL of standards: the versions of packs. Which one the district works to stands in the file beside this one.
//!
//! The rule that matters: a statement that changes a row names the version that was read and `state = 'draft'`; a published row
//! is out of reach of every one of them.

mod pins;

use chrono::{DateTime, Utc};
use hejian_kernel::{
    db::Tx,
    error::{Error, Result},
    sql,
    work::Work,
};
use sqlx::FromRow;
use uuid::Uuid;

pub use pins::{
    DryRun, Pin, PinRow, dry_run, dry_runs_kept, give, keep_dry_run, pin, pin_digest, pinned, pins, pins_kept,
    pins_of_none,
};

use super::{keeping::digest_of, pack::Texts};

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
