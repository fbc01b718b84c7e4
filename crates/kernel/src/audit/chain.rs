//! One chain per district: canonical bytes, links, the sealed head.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use uuid::Uuid;

use super::keys::{Keys, hex};
use crate::{access::Actor, db::Tx, sql};

/// The digest that links the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-256, the default.
    Sha256,
    /// SM3 (GB/T 32905—2016), where national algorithms are required.
    Sm3,
}

impl Algorithm {
    /// The name as stored and as written in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        }
    }

    /// The algorithm of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Sha256, Self::Sm3].into_iter().find(|a| a.name() == name)
    }

    /// The digest as hexadecimal digits.
    #[must_use]
    pub fn digest(self, bytes: &[u8]) -> String {
        match self {
            Self::Sha256 => hex(&Sha256::digest(bytes)),
            Self::Sm3 => hex(&Sm3::digest(bytes)),
        }
    }
}

/// What a piece of work says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What was done, e.g. `create`, `update`, `sign_in`.
    pub action: &'static str,
    /// What it was done to: a register's key, `account`, `term` …
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Option<Uuid>,
    /// The difference, as JSON.
    pub detail: serde_json::Value,
    /// The digest of the record as it stands afterwards.
    pub digest: Option<String>,
}

/// An entry as it stands in the chain.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
#[allow(missing_docs)]
pub struct Stored {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub channel: String,
    pub account_id: Option<Uuid>,
    pub post_id: Option<Uuid>,
    pub actor: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: Option<Uuid>,
    pub detail: String,
    pub digest: Option<String>,
    pub prev_hash: String,
    pub hash: String,
}

/// The first link of every chain.
pub const GENESIS: &str = "genesis";

/// The canonical bytes of an entry: a form version, then every field with its length before it, so that no two different
/// entries have the same bytes.
#[must_use]
pub fn canonical(entry: &Stored) -> Vec<u8> {
    let id = |id: Option<Uuid>| id.map_or_else(String::new, |id| id.to_string());
    let fields = [
        entry.seq.to_string(),
        entry.at.timestamp_micros().to_string(),
        entry.channel.clone(),
        id(entry.account_id),
        id(entry.post_id),
        entry.actor.clone(),
        entry.action.clone(),
        entry.subject_kind.clone(),
        id(entry.subject_id),
        entry.detail.clone(),
        entry.digest.clone().unwrap_or_default(),
        entry.prev_hash.clone(),
    ];
    let mut bytes = vec![1u8];
    for field in fields {
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field.as_bytes());
    }
    bytes
}

/// The hash an entry must carry.
#[must_use]
pub fn link(algorithm: Algorithm, entry: &Stored) -> String {
    algorithm.digest(&canonical(entry))
}

/// Begins the chain. Idempotent.
///
/// # Errors
/// The engine's own error.
pub async fn init(tx: &mut Tx, keys: &Keys, algorithm: Algorithm) -> sqlx::Result<()> {
    sql!(
        tx,
        execute,
        "insert into audit_head (id, algorithm, seq, hash, mac) values (1, $1, 0, $2, $3) on conflict (id) do nothing",
        algorithm.name(),
        GENESIS,
        keys.seal(0, GENESIS)
    )?;
    Ok(())
}

/// The head of the chain: (algorithm, seq, hash, mac).
///
/// # Errors
/// The engine's own error; `RowNotFound` when no chain was begun.
pub async fn head(tx: &mut Tx) -> sqlx::Result<(String, i64, String, String)> {
    sql!(tx, fetch_one, "select algorithm, seq, hash, mac from audit_head where id = 1")
}

/// Links the entries to the chain. Called last in a transaction: it locks the head until the commit.
///
/// # Errors
/// The engine's own error.
pub async fn append(
    tx: &mut Tx,
    keys: &Keys,
    actor: &Actor,
    now: DateTime<Utc>,
    entries: &[Entry],
) -> sqlx::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    // `update … returning` takes the row lock on PostgreSQL; SQLite holds the write lock already.
    let (algorithm, mut seq, mut hash): (String, i64, String) =
        sql!(tx, fetch_one, "update audit_head set seq = seq where id = 1 returning algorithm, seq, hash")?;
    let algorithm = Algorithm::parse(&algorithm)
        .ok_or_else(|| sqlx::Error::Protocol(format!("the chain names an unknown digest `{algorithm}`")))?;
    for entry in entries {
        seq += 1;
        let mut stored = Stored {
            seq,
            at: now,
            channel: actor.channel.name().to_owned(),
            account_id: actor.account,
            post_id: actor.post,
            actor: actor.name.clone(),
            action: entry.action.to_owned(),
            subject_kind: entry.subject_kind.clone(),
            subject_id: entry.subject_id,
            detail: entry.detail.to_string(),
            digest: entry.digest.clone(),
            prev_hash: hash,
            hash: String::new(),
        };
        stored.hash = link(algorithm, &stored);
        sql!(
            tx,
            execute,
            "insert into audit_entry
                 (seq, at, channel, account_id, post_id, actor, action, subject_kind, subject_id, detail, digest, prev_hash, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            stored.seq,
            stored.at,
            &stored.channel,
            stored.account_id,
            stored.post_id,
            &stored.actor,
            &stored.action,
            &stored.subject_kind,
            stored.subject_id,
            &stored.detail,
            &stored.digest,
            &stored.prev_hash,
            &stored.hash
        )?;
        hash = stored.hash;
    }
    sql!(
        tx,
        execute,
        "update audit_head set seq = $1, hash = $2, mac = $3 where id = 1",
        seq,
        &hash,
        keys.seal(seq, &hash)
    )?;
    Ok(())
}
