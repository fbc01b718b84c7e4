//! Keeping versions: drafts made, saved, published and thrown away, each with its entry in the audit.
//!
//! The rule that matters: whoever publishes freezes an identity. The same id and version never stand for two contents; a draft
//! that differs must say a higher version first.

use hejian_kernel::{
    audit::Entry,
    error::{Error, Message, Result},
    work::Work,
};
use hejian_scoring::pack::PackErrors;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    pack::{FILES, Standard, Texts},
    store::{self, Head, Version},
    yaml,
};

/// What the audit calls a version.
pub const PACK: &str = "standard_pack";
/// What the audit calls a pin.
pub const PIN: &str = "standard_pin";
/// What the audit calls a dry run.
pub const DRY_RUN: &str = "standard_dry_run";

/// What a version says of itself; of a draft that cannot be read, what its lines say.
#[must_use]
pub fn head(texts: &Texts, read: &Result<&Standard, &PackErrors>) -> Head {
    match read {
        Ok(standard) => {
            let of = &standard.pack.standard;
            Head {
                pack: of.id.clone(),
                version: of.version.into(),
                name: of.name_zh.clone(),
                fingerprint: Some(standard.fingerprint.clone()),
                faults: 0,
            }
        }
        Err(errors) => {
            let said = |key| yaml::said(&texts.standard, key).unwrap_or_default();
            Head {
                pack: said("id"),
                version: said("version").parse().unwrap_or(0),
                name: said("name_zh"),
                fingerprint: None,
                faults: i64::try_from(errors.0.len()).unwrap_or(i64::MAX),
            }
        }
    }
}

/// `cn-mca-2008-142-district 第 3 版` in a form of any language: id and version.
#[must_use]
pub fn title(head: &Head) -> String {
    format!("{} v{}", head.pack, head.version)
}

/// The digest of parts, each with its length, so that no two lists of parts share one.
#[must_use]
pub fn digest<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of a version: what it says it is, its state, and its texts.
#[must_use]
pub fn digest_of(state: &str, pack: &str, version: i64, fingerprint: Option<&str>, texts: &Texts) -> String {
    let version = version.to_string();
    let files = FILES.into_iter().filter_map(|name| texts.file(name));
    digest([state, pack, &version, fingerprint.unwrap_or_default()].into_iter().chain(files))
}

/// Says what was done to a version.
pub fn record(work: &mut Work, action: &'static str, id: Uuid, head: &Head, texts: &Texts, more: Value) {
    let mut detail = json!({ "title": title(head), "fingerprint": head.fingerprint, "faults": head.faults });
    if let (Some(detail), Value::Object(more)) = (detail.as_object_mut(), more) {
        detail.extend(more);
    }
    let state = if action == "publish" { "published" } else { "draft" };
    let digest = Some(digest_of(state, &head.pack, head.version, head.fingerprint.as_deref(), texts));
    work.record(Entry { action, subject_kind: PACK.to_owned(), subject_id: Some(id), detail, digest });
}

/// A new draft from texts: copied from a published version, or imported.
///
/// # Errors
/// The engine's own error.
pub async fn draft(work: &mut Work, origin: &str, head: &Head, texts: &Texts, more: Value) -> Result<Uuid> {
    let id = work.new_id();
    store::insert(work, id, "draft", origin, head, texts).await?;
    record(work, "create", id, head, texts, more);
    Ok(id)
}

/// Saves a draft over the version that was read.
///
/// # Errors
/// [`Error::Stale`] when somebody saved first; nothing is written then.
pub async fn save(work: &mut Work, id: Uuid, read: i64, head: &Head, texts: &Texts) -> Result<()> {
    if !store::save(work, id, read, "draft", head, texts).await? {
        let stands = draft_of(work, id).await?.row_version;
        return Err(Error::Stale { yours: read, theirs: stands });
    }
    record(work, "update", id, head, texts, json!({}));
    Ok(())
}

/// A version that may still change.
///
/// # Errors
/// [`Error::Refused`] when it is published.
pub async fn draft_of(work: &mut Work, id: Uuid) -> Result<Version> {
    let version = store::one(&mut work.tx, id).await?;
    if version.is_draft() { Ok(version) } else { Err(Error::Refused(Message::new("standard-frozen"))) }
}

/// Why a draft without faults may still not be published: its id and version stand for another content already.
///
/// # Errors
/// The engine's own error.
pub async fn taken(tx: &mut hejian_kernel::db::Tx, head: &Head) -> Result<Option<Message>> {
    let highest = store::highest(tx, &head.pack).await?;
    if head.version > highest {
        return Ok(None);
    }
    let key = if store::published(tx, &head.pack, head.version).await?.is_some() {
        "standard-version-taken"
    } else {
        "standard-version-lower"
    };
    Ok(Some(Message::new(key).arg("version", head.version).arg("next", highest + 1)))
}

/// Publishes a draft: from now on it never changes.
///
/// # Errors
/// [`Error::Refused`] while it has faults or its version is taken, [`Error::Stale`] when somebody saved first.
pub async fn publish(work: &mut Work, id: Uuid, read: i64, head: &Head, texts: &Texts, reason: &str) -> Result<()> {
    if head.fingerprint.is_none() {
        return Err(Error::Refused(Message::new("standard-has-faults").arg("n", head.faults)));
    }
    if let Some(why) = taken(&mut work.tx, head).await? {
        return Err(Error::Refused(why));
    }
    if !store::save(work, id, read, "published", head, texts).await? {
        let stands = draft_of(work, id).await?.row_version;
        return Err(Error::Stale { yours: read, theirs: stands });
    }
    record(work, "publish", id, head, texts, json!({ "reason": reason }));
    Ok(())
}

/// Throws a draft away.
///
/// # Errors
/// [`Error::Stale`] when somebody saved first.
pub async fn discard(work: &mut Work, version: &Version, read: i64, reason: &str) -> Result<()> {
    if !store::discard(work, version.id, read).await? {
        return Err(Error::Stale { yours: read, theirs: draft_of(work, version.id).await?.row_version });
    }
    work.record(Entry {
        action: "discard",
        subject_kind: PACK.to_owned(),
        subject_id: Some(version.id),
        detail: json!({ "title": format!("{} v{}", version.pack, version.pack_version), "reason": reason }),
        // The row is gone, and nothing is missing.
        digest: Some(String::new()),
    });
    Ok(())
}

/// From now on the campaign works to this version: the row and its entry.
///
/// # Errors
/// The engine's own error.
pub async fn pin(
    work: &mut Work,
    campaign: Uuid,
    version: Uuid,
    reason: &str,
    dry_run: Option<Uuid>,
    detail: Value,
) -> Result<()> {
    let row = store::pin(work, campaign, version, reason, dry_run).await?;
    let digest = store::pin_digest(&row);
    let subject_kind = PIN.to_owned();
    work.record(Entry { action: "pin", subject_kind, subject_id: Some(row.0), detail, digest: Some(digest) });
    Ok(())
}

/// Gives a pin from before there were campaigns its campaign, and vouches for it anew.
///
/// # Errors
/// The engine's own error.
pub async fn give(work: &mut Work, campaign: Uuid, key: &str, pin: store::PinRow) -> Result<()> {
    let row = store::give(work, campaign, pin).await?;
    let digest = store::pin_digest(&row);
    let (subject_kind, detail) = (PIN.to_owned(), json!({ "campaign": key }));
    work.record(Entry { action: "assign", subject_kind, subject_id: Some(row.0), detail, digest: Some(digest) });
    Ok(())
}

/// Keeps a pack that comes with the product as a published version.
///
/// # Errors
/// The engine's own error.
pub async fn bring(work: &mut Work, head: &Head, texts: &Texts) -> Result<Uuid> {
    let id = work.new_id();
    store::insert(work, id, "published", "built_in", head, texts).await?;
    record(work, "publish", id, head, texts, json!({ "origin": "built_in" }));
    Ok(id)
}
