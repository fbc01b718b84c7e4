//! Brings a backup back into an empty place.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hejian_kernel::{
    db::{Db, MIGRATIONS_SQLITE, copy::copy, without_password},
    settings::{FILE, Settings, Sources, sqlite_address},
};

use super::{BackupError, DATABASE, MANIFEST, Manifest, archive, manifest::FORM};
use crate::boot::{self, FILES, KEY_FILE};

/// Where a backup goes.
pub struct Target<'a> {
    /// An empty or new data folder.
    pub data: &'a Path,
    /// The address of an empty database, or `file` for the file in the data folder; kept in the settings file.
    pub database_url: Option<&'a str>,
    /// Environment variables, which may name the database too.
    pub variables: Vec<(std::ffi::OsString, std::ffi::OsString)>,
}

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// The settings in force in the new place.
    pub settings: Settings,
}

/// Unpacks, checks every digest, then puts database, key, settings and files in place and brings the database up to date.
/// The caller verifies the chain.
///
/// # Errors
/// Nothing is left in the data folder.
pub async fn restore(from: &Path, target: &Target<'_>) -> Result<Restored, boot::BootError> {
    let data = target.data;
    if !boot::is_empty(data)? {
        return Err(boot::BootError::NotEmpty(data.to_owned()));
    }
    let was_there = data.exists();
    boot::private_folder(data).map_err(|e| boot::BootError::Folder(data.to_owned(), e))?;
    let done = into(from, target).await;
    if done.is_err() {
        // It was empty: whatever is in it now is ours.
        let _ = fs::remove_dir_all(data);
        if was_there {
            let _ = boot::private_folder(data);
        }
    }
    Ok(done?)
}

async fn into(from: &Path, target: &Target<'_>) -> Result<Restored, BackupError> {
    let data = target.data;
    let unpacked = data.join(".restoring");
    let sha256 = archive::unpack(from, &unpacked)?;
    let manifest = check(from, &unpacked, sha256)?;
    let settings = settings(from, &unpacked, target)?;
    let address = settings.database.address(data);
    match boot::sqlite_file(&address) {
        Some(file) => {
            let file = Path::new(file);
            if file.exists() {
                return Err(BackupError::DatabaseNotEmpty(address));
            }
            if let Some(folder) = file.parent() {
                boot::private_folder(folder).map_err(|e| BackupError::Write(folder.to_owned(), e))?;
            }
            // Copied, not moved: it may lie on another disk.
            fs::copy(unpacked.join(DATABASE), file).map_err(|e| {
                let _ = fs::remove_file(file);
                BackupError::Write(file.to_owned(), e)
            })?;
        }
        None => {
            let db = Db::open(&address).await?;
            // Tables without rows may be left from an earlier attempt.
            if let Some(version) = db.version().await? {
                let is_full = boot::holds_a_district(&mut db.read().await?).await?;
                if is_full || version > manifest.schema {
                    return Err(BackupError::DatabaseNotEmpty(without_password(&address)));
                }
            }
            db.migrate_to(manifest.schema).await?;
            let kept = Db::open(&sqlite_address(&unpacked.join(DATABASE))).await?;
            copy(&kept, &db, |_, _| {}).await?;
            kept.close().await;
            db.close().await;
        }
    }
    for name in [KEY_FILE, FILE, FILES] {
        let (there, here) = (unpacked.join(name), data.join(name));
        if there.exists() {
            fs::rename(&there, &here).map_err(|e| BackupError::Write(here, e))?;
        }
    }
    fs::remove_dir_all(&unpacked).map_err(|e| BackupError::Write(unpacked, e))?;
    let db = Db::open(&address).await?;
    db.migrate().await?;
    db.close().await;
    Ok(Restored { manifest, settings })
}

/// Compares what is there with the manifest.
fn check(
    from: &Path,
    unpacked: &Path,
    mut sha256: std::collections::BTreeMap<String, String>,
) -> Result<Manifest, BackupError> {
    if sha256.remove(MANIFEST).is_none() {
        return Err(BackupError::NotOurs(from.to_owned(), format!("it holds no {MANIFEST}")));
    }
    let path = unpacked.join(MANIFEST);
    let text = fs::read(&path).map_err(|e| BackupError::Read(path, e))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|e| BackupError::Damaged(from.to_owned(), format!("{MANIFEST} cannot be read ({e})")))?;
    let newest = MIGRATIONS_SQLITE.iter().map(|m| m.version).max().unwrap_or(0);
    if manifest.form > FORM || manifest.schema > newest {
        return Err(BackupError::Newer(from.to_owned(), manifest.version, env!("CARGO_PKG_VERSION")));
    }
    for (name, digest) in &manifest.sha256 {
        let wrong = match sha256.remove(name) {
            None => format!("`{name}` is missing"),
            Some(found) if found != *digest => format!("`{name}` was altered"),
            Some(_) => continue,
        };
        return Err(BackupError::Damaged(from.to_owned(), wrong));
    }
    if let Some(extra) = sha256.keys().next() {
        return Err(BackupError::Damaged(from.to_owned(), format!("`{extra}` is not in its manifest")));
    }
    for name in [DATABASE, KEY_FILE, FILE] {
        if !manifest.sha256.contains_key(name) {
            return Err(BackupError::Damaged(from.to_owned(), format!("`{name}` is missing")));
        }
    }
    Ok(manifest)
}

/// The settings of the new place. A database named in the backup is the one that was backed up: it is never written to
/// unless it is named again.
fn settings(from: &Path, unpacked: &Path, target: &Target<'_>) -> Result<Settings, BackupError> {
    let path = unpacked.join(FILE);
    if let Some(url) = target.database_url {
        set_database_url(&path, url)?;
    }
    let load = |variables: Vec<_>| {
        let sources = Sources { file: Some(path.clone()), variables, flags: Vec::new() };
        Settings::load(&sources).map_err(|e| BackupError::NotOurs(from.to_owned(), e.to_string()))
    };
    let settings = load(target.variables.clone())?;
    let in_file = load(Vec::new())?.database.url;
    match (&target.database_url, &in_file) {
        (None, Some(url)) if settings.database.url == in_file => Err(BackupError::WhichDatabase(without_password(url))),
        _ => Ok(settings),
    }
}

fn set_database_url(path: &PathBuf, url: &str) -> Result<(), BackupError> {
    let text = fs::read_to_string(path).map_err(|e| BackupError::Read(path.clone(), e))?;
    let mut document: toml_edit::DocumentMut =
        text.parse().map_err(|e: toml_edit::TomlError| BackupError::SettingsFile(e.message().to_owned()))?;
    let database = document.entry("database").or_insert(toml_edit::table());
    let table = database
        .as_table_like_mut()
        .ok_or_else(|| BackupError::SettingsFile("`database` is not a section".to_owned()))?;
    if url == "file" {
        table.remove("url");
    } else {
        table.insert("url", toml_edit::value(url));
    }
    fs::write(path, document.to_string()).map_err(|e| BackupError::Write(path.clone(), e))
}
