//! Why a district cannot be opened or made: each names the thing, the place and the remedy.

use std::path::PathBuf;

use hejian_kernel::{
    audit::KeyError,
    db::OpenError,
    settings::{FILE, SettingsError},
};

/// Why a district cannot be opened or made.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum BootError {
    #[error(
        "{0} is not a data folder of Hejian: it holds no {FILE}. Name the right folder, or make one with `hejian init --data DIR`."
    )]
    NotOurs(PathBuf),
    #[error("{0} is not empty, so nothing is written there. Name an empty or a new folder.")]
    NotEmpty(PathBuf),
    #[error(
        "cannot use {0}: {1}. Check that it exists, that this account may read and write it, and that the disk is not full."
    )]
    Folder(PathBuf, std::io::Error),
    #[error(
        "there is no database file {0}. Restore it from a backup (`hejian restore`), or correct `database.url` in {FILE}."
    )]
    NoDatabase(String),
    #[error(
        "the database holds no district. Correct `database.url` in {FILE}; where making the district was broken off, remove the folder and run `hejian init` again."
    )]
    EmptyDatabase,
    #[error("the database already holds a district. Name an empty database in `database.url`.")]
    FullDatabase,
    #[error(
        "the district in {0} was never finished: its making was broken off. Remove the folder (and the database named in `database.url`, if any) and make it again."
    )]
    Unfinished(PathBuf),
    #[error(
        "the key file {0} does not fit the database: either it belongs to another district, or the audit chain was altered. Put the right key back, and look with `hejian verify --data DIR`."
    )]
    WrongKey(PathBuf),
    #[error(
        "the backup before the upgrade failed, so the database was left as it is: {0} To upgrade without one set `backup.before_upgrade = false`."
    )]
    Backup(String),
    #[error(
        "the database is older than this version of the product. Start it once with `hejian serve`, which upgrades it after a backup, or use the version that last served it."
    )]
    Behind,
    #[error(transparent)]
    Archive(#[from] crate::backup::BackupError),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("the database failed: {0}. {remedy}", remedy = remedy(.0))]
    Query(#[from] sqlx::Error),
    #[error("the district could not be written: {0}.")]
    Kernel(#[from] hejian_kernel::error::Error),
}

/// What to do about a failing database.
pub(crate) fn remedy(error: &sqlx::Error) -> &'static str {
    let code = error.as_database_error().and_then(|e| e.code().map(std::borrow::Cow::into_owned)).unwrap_or_default();
    match code.as_str() {
        "13" | "53100" => "The disk is full: make room and try again; what was saved before is unharmed.",
        "11" | "26" => "The file is damaged or is no database: restore it from a backup (`hejian restore`).",
        "8" | "14" => "Check that this account may write the data folder.",
        // SQLITE_IOERR and its kinds: the disk, or a limit on the size of files.
        "10" | "778" | "1034" => "The disk failed or is full: make room, check it, and try again.",
        _ => "Check that the database runs and that its disk is not full; the log holds more.",
    }
}
