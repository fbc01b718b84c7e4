//! Backups: one folder or archive that holds a whole district, and its way back into an empty place.
//!
//! The rule that matters: a backup is a set of plain files named in `MANIFEST.json` with their digests, and its database is
//! always one SQLite file, whichever engine served it: from SQLite through `vacuum into`, from PostgreSQL row by row out of
//! one snapshot. So there is one format to check, and a district moves between the engines by its backup. Files are
//! copied after the database: they are never overwritten, so every one the database names is there.

mod archive;
mod make;
mod manifest;
mod restore;

use std::path::PathBuf;

pub use make::{Made, Source, make};
pub use manifest::{FilesIn, Manifest};
pub use restore::{Restored, Target, restore};

/// The database in a backup.
pub const DATABASE: &str = "hejian.db";
/// The list of what a backup holds.
pub const MANIFEST: &str = "MANIFEST.json";

/// Why a backup could not be made or restored: the thing, the place, the remedy.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum BackupError {
    #[error("{0} is there already. Name a new folder or file; a backup never overwrites another.")]
    Exists(PathBuf),
    #[error(
        "cannot write {0}: {1}. Check that the place exists, that this account may write there, and that the disk is not full; nothing half-written was left."
    )]
    Write(PathBuf, std::io::Error),
    #[error("cannot read {0}: {1}. Check that it exists and that this account may read it.")]
    Read(PathBuf, std::io::Error),
    #[error("{0} is not a backup of Hejian: {1}.")]
    NotOurs(PathBuf, String),
    #[error("the backup {0} is damaged: {1}. Use another backup; nothing was restored.")]
    Damaged(PathBuf, String),
    #[error(
        "the backup {0} was made by version {1} of the product, which is newer than this one ({2}). Restore it with that version; nothing was restored."
    )]
    Newer(PathBuf, String, &'static str),
    #[error(
        "the settings in the backup name the database {0}. Say where to restore: --database-url URL, or --database-url file for the file hejian.db in the data folder."
    )]
    WhichDatabase(String),
    #[error("the database {0} is not empty, so nothing was restored. Name an empty one.")]
    DatabaseNotEmpty(String),
    #[error("the settings file in the backup cannot be changed: {0}. Correct it by hand.")]
    SettingsFile(String),
    #[error("the file store failed: {0}")]
    Files(#[from] hejian_kernel::files::FilesError),
    #[error(transparent)]
    Open(#[from] hejian_kernel::db::OpenError),
    #[error("the database failed: {0}. {remedy}", remedy = crate::boot::remedy(.0))]
    Query(#[from] sqlx::Error),
}
