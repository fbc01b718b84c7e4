//! Proves that nothing was altered, or names the first entry that was.
//!
//! Four kinds of tampering are told apart: a changed audit row, a changed register row (against its last audited digest),
//! a cut tail, and a rewritten chain. The last two need either the sealed head (made with the key outside the database)
//! or a head that was exported earlier.

use std::{collections::BTreeMap, pin::Pin};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    chain::{self, Algorithm, GENESIS, Stored},
    keys::Keys,
};
use crate::{
    db::Tx,
    error::Message,
    register::{RegisterDef, digest},
    sql,
};

/// An exported head: keep it somewhere the database's owner cannot write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The digest that links the chain.
    pub algorithm: String,
    /// The number of the last entry.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// The hash of an entry does not fit its content.
    ChangedEntry {
        /// The entry.
        seq: i64,
    },
    /// An entry does not follow the one before it (missing, inserted or out of order).
    BrokenLink {
        /// The entry that does not fit.
        seq: i64,
    },
    /// The chain ends before the head says it does.
    CutTail {
        /// The last entry there is.
        last: i64,
        /// The last entry there must be.
        expected: i64,
    },
    /// The chain is whole in itself but is not the one that was sealed or exported.
    RewrittenChain {
        /// The entry that differs.
        seq: i64,
    },
    /// A register row differs from the digest its last audit entry carries.
    ChangedRecord {
        /// The register.
        register: String,
        /// The record.
        id: Uuid,
        /// The entry that last vouched for it.
        seq: i64,
    },
    /// A register row that no audit entry vouches for.
    UnauditedRecord {
        /// The register.
        register: String,
        /// The record.
        id: Uuid,
    },
    /// A record the audit vouches for is gone from its table.
    MissingRecord {
        /// The register.
        register: String,
        /// The record.
        id: Uuid,
        /// The entry that last vouched for it.
        seq: i64,
    },
}

impl Finding {
    /// The finding in words.
    #[must_use]
    pub fn message(&self) -> Message {
        let record = |key: &str, register: &str, id: &Uuid| Message::new(key).arg("register", register).arg("id", id);
        match self {
            Self::ChangedEntry { seq } => Message::new("finding-changed-entry").arg("seq", seq),
            Self::BrokenLink { seq } => Message::new("finding-broken-link").arg("seq", seq),
            Self::CutTail { last, expected } => {
                Message::new("finding-cut-tail").arg("last", last).arg("expected", expected)
            }
            Self::RewrittenChain { seq } => Message::new("finding-rewritten-chain").arg("seq", seq),
            Self::ChangedRecord { register, id, seq } => record("finding-changed-record", register, id).arg("seq", seq),
            Self::UnauditedRecord { register, id } => record("finding-unaudited-record", register, id),
            Self::MissingRecord { register, id, seq } => record("finding-missing-record", register, id).arg("seq", seq),
        }
    }
}

/// Rows that are no register's and that the audit vouches for all the same: what its entries call them, and the digest of each
/// row as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    /// The kind of subject in the entries.
    pub kind: &'static str,
    /// Every row with its digest.
    pub rows: KeptRows,
}

/// Reads every row of a kind with its digest.
pub type KeptRows =
    for<'t> fn(&'t mut Tx) -> Pin<Box<dyn Future<Output = sqlx::Result<Vec<(Uuid, String)>>> + Send + 't>>;

/// The result of a verification.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// How many entries were read.
    pub entries: i64,
    /// How many register rows were compared.
    pub records: usize,
    /// The head as it stands.
    pub head: Head,
    /// What was found, chain first, in order. Empty means proven.
    pub findings: Vec<Finding>,
}

/// Reads the whole chain and every register row.
///
/// # Errors
/// The engine's own error. Tampering is a finding, not an error.
pub async fn verify(
    tx: &mut Tx,
    keys: &Keys,
    registers: &[&'static RegisterDef],
    exported: Option<&Head>,
) -> sqlx::Result<Report> {
    verify_told(tx, keys, registers, &[], exported, |_, _| {}).await
}

/// The same for kept rows too, telling how far it is: entries and registers done, of how many.
///
/// # Errors
/// The engine's own error. Tampering is a finding, not an error.
pub async fn verify_told(
    tx: &mut Tx,
    keys: &Keys,
    registers: &[&'static RegisterDef],
    kept: &[Kept],
    exported: Option<&Head>,
    mut told: impl FnMut(i64, i64) + Send,
) -> sqlx::Result<Report> {
    let (name, head_seq, head_hash, head_mac) = chain::head(tx).await?;
    let algorithm = Algorithm::parse(&name).unwrap_or(Algorithm::Sha256);
    let mut findings = Vec::new();
    let mut previous = GENESIS.to_owned();
    let mut last = 0;
    let mut vouched: BTreeMap<(String, Uuid), (i64, String)> = BTreeMap::new();
    loop {
        // In pages: ten years of entries do not fit in memory.
        let page: Vec<Stored> = sql!(
            tx,
            fetch_all,
            "select seq, at, channel, account_id, post_id, actor, action, subject_kind, subject_id, detail, digest, prev_hash, hash
             from audit_entry where seq > $1 order by seq limit 2000",
            last
        )?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if entry.seq != last + 1 || entry.prev_hash != previous {
                findings.push(Finding::BrokenLink { seq: entry.seq });
            }
            if chain::link(algorithm, &entry) != entry.hash {
                findings.push(Finding::ChangedEntry { seq: entry.seq });
            }
            if exported.is_some_and(|h| h.seq == entry.seq && h.hash != entry.hash) {
                findings.push(Finding::RewrittenChain { seq: entry.seq });
            }
            if let (Some(id), Some(digest)) = (entry.subject_id, entry.digest) {
                let subject = (entry.subject_kind, id);
                // An empty digest says that the row was taken away.
                match digest.is_empty() {
                    true => drop(vouched.remove(&subject)),
                    false => drop(vouched.insert(subject, (entry.seq, digest))),
                }
            }
            last = entry.seq;
            previous = entry.hash;
        }
        told(last, head_seq.max(last) + registers.len() as i64);
    }
    let expected = head_seq.max(exported.map_or(0, |h| h.seq));
    if last < expected {
        findings.push(Finding::CutTail { last, expected });
    } else if head_hash != previous || head_seq != last || keys.seal(head_seq, &head_hash) != head_mac {
        findings.push(Finding::RewrittenChain { seq: last });
    } else if exported.is_some_and(|h| h.algorithm != name) {
        findings.push(Finding::RewrittenChain { seq: 1 });
    }
    let mut records = 0;
    let mut checked = 0;
    for def in registers {
        let rows = digest::all(tx, keys, def).await?;
        records += check_rows(def.key, rows, &mut vouched, &mut findings);
        checked += 1;
        told(last + checked, head_seq.max(last) + registers.len() as i64);
    }
    for of in kept {
        let rows = (of.rows)(tx).await?;
        records += check_rows(of.kind, rows, &mut vouched, &mut findings);
    }
    Ok(Report { entries: last, records, head: Head { algorithm: name, seq: head_seq, hash: head_hash }, findings })
}

/// Compares rows with the digests that last vouched for them; answers how many there are.
fn check_rows(
    kind: &str,
    rows: Vec<(Uuid, String)>,
    vouched: &mut BTreeMap<(String, Uuid), (i64, String)>,
    findings: &mut Vec<Finding>,
) -> usize {
    let count = rows.len();
    for (id, now) in rows {
        let register = kind.to_owned();
        match vouched.remove(&(register.clone(), id)) {
            None => findings.push(Finding::UnauditedRecord { register, id }),
            Some((seq, then)) if then != now => findings.push(Finding::ChangedRecord { register, id, seq }),
            Some(_) => {}
        }
    }
    let gone: Vec<_> =
        vouched.iter().filter(|((of, _), _)| of == kind).map(|((_, id), (seq, _))| (*id, *seq)).collect();
    for (id, seq) in gone {
        findings.push(Finding::MissingRecord { register: kind.to_owned(), id, seq });
    }
    count
}
