//! Makes a backup while the district is served.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hejian_kernel::{
    audit::{self, Head},
    clock::system_now,
    db::{Db, copy::copy},
    files::{Files, FilesError},
    settings::{FILE, sqlite_address},
};

use super::{BackupError, DATABASE, FilesIn, MANIFEST, Manifest, archive::Sink, manifest::FORM};
use crate::boot::{FILES, KEY_FILE, about};

/// What is backed up.
pub struct Source<'a> {
    /// The database, which may be in use.
    pub db: &'a Db,
    /// The data folder.
    pub data: &'a Path,
    /// The settings file.
    pub settings_file: &'a Path,
    /// The attachments; `None` leaves them in place.
    pub files: Option<&'a Files>,
}

/// A backup that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Where.
    pub to: PathBuf,
    /// What it says of itself.
    pub manifest: Manifest,
}

/// Makes a backup: a folder, or an archive when the name ends in `.tar`, `.tar.gz` or `.tgz`. `told` hears how far it is.
///
/// # Errors
/// Nothing half-written is left. An attachment that was altered or is gone is no error: it is named in the manifest.
pub async fn make(source: &Source<'_>, to: &Path, mut told: impl FnMut(&str)) -> Result<Made, BackupError> {
    let mut sink = Sink::new(to)?;
    // Beside the target: that is where there must be room.
    let snapshot = Snapshot::new(to);
    told("database");
    let taken_from = snapshot.take(source.db).await?;
    let (head, district, schema) = snapshot.read().await?;
    sink.put_file(DATABASE, &snapshot.0)?;
    drop(snapshot);
    sink.put_file(KEY_FILE, &source.data.join(KEY_FILE))?;
    sink.put_file(FILE, source.settings_file)?;
    let mut files = FilesIn { included: source.files.is_some(), ..FilesIn::default() };
    if let Some(store) = source.files {
        let all = store.list().await?;
        for (n, stored) in all.iter().enumerate() {
            if n % 100 == 0 {
                told(&format!("files {n}/{}", all.len()));
            }
            match store.get(&stored.sha256).await {
                Ok(bytes) => {
                    sink.put_bytes(&format!("{FILES}/{}/{}", &stored.sha256[..2], stored.sha256), &bytes)?;
                    files.count += 1;
                    files.bytes += stored.size;
                }
                Err(FilesError::Altered { sha256, .. } | FilesError::Gone { sha256 }) => files.damaged.push(sha256),
                Err(e) => return Err(e.into()),
            }
        }
    }
    let manifest = Manifest {
        form: FORM,
        product: "hejian".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        made_at: system_now().to_rfc3339(),
        district,
        taken_from,
        key: KEY_FILE.to_owned(),
        head,
        files,
        sha256: sink.sha256.clone(),
    };
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    sink.put_bytes(MANIFEST, text.as_bytes())?;
    sink.finish()?;
    Ok(Made { to: to.to_owned(), manifest })
}

/// A copy of the database of one moment, removed when dropped.
struct Snapshot(PathBuf);

impl Snapshot {
    fn new(to: &Path) -> Self {
        let mut path = to.as_os_str().to_owned();
        path.push(".snapshot");
        Self(path.into())
    }

    /// Takes it and says how.
    async fn take(&self, db: &Db) -> Result<String, BackupError> {
        let path = &self.0;
        if path.exists() {
            fs::remove_file(path).map_err(|e| BackupError::Write(path.clone(), e))?;
        }
        match db {
            Db::Sqlite(pool) => {
                // A connection of its own outside any transaction; readers and writers go on.
                sqlx::query("vacuum into $1").bind(path.display().to_string()).execute(pool).await?;
                Ok("SQLite, vacuum into".to_owned())
            }
            Db::Postgres(_) => {
                let copied = Db::open(&sqlite_address(path)).await?;
                if let Some(version) = db.version().await? {
                    copied.migrate_to(version).await?;
                }
                let rows = copy(db, &copied, |_, _| {}).await?;
                copied.close().await;
                Ok(format!("PostgreSQL, {rows} rows copied out of one snapshot"))
            }
        }
    }

    /// The head of the chain, the district's name and the version of the schema.
    async fn read(&self) -> Result<(Head, String, i64), BackupError> {
        let db = Db::open(&sqlite_address(&self.0)).await?;
        let mut tx = db.read().await?;
        let (algorithm, seq, hash, _) = audit::head(&mut tx).await?;
        let about = about(&mut tx).await?;
        tx.rollback().await?;
        let schema = db.version().await?.unwrap_or_default();
        db.close().await;
        Ok((Head { algorithm, seq, hash }, about.name, schema))
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let mut path = self.0.as_os_str().to_owned();
            path.push(end);
            let _ = fs::remove_file(PathBuf::from(path));
        }
    }
}
