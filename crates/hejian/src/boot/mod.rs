//! From a data folder to an application: settings, database, upgrade, key, district. It also makes a new folder.
//!
//! The rule that matters: an upgrade of the database is preceded by a backup, and nothing is served with a key that does not
//! fit the database.

mod create;
mod problem;

use std::path::Path;

use hejian_kernel::{
    audit::{self, Keys},
    clock::Clock,
    db::{Db, Tx},
    files::Files,
    jobs::Jobs,
    settings::{FILE, Settings},
    sql,
    web::{App, District, Parts},
};

use crate::backup;

pub use create::{NewDistrict, create, is_empty};
pub(crate) use create::{console, finished, holds_a_district, private_folder};
pub use problem::BootError;
pub(crate) use problem::remedy;

/// The key file in the data folder.
pub const KEY_FILE: &str = "secret.key";
/// The folder of the attachments' bytes in the data folder.
pub const FILES: &str = "files";
/// The folder of the backups made before an upgrade.
pub const BACKUPS: &str = "backups";

/// What `district_setting` says of the district.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub name: String,
    /// Whether it is the demonstration district.
    pub demo: bool,
    /// Whether making it was broken off.
    pub unfinished: bool,
    /// Business time minus system time in microseconds.
    pub clock_offset_micros: i64,
}

/// Opens a district for work: backs up and migrates where a newer binary meets an older database.
///
/// # Errors
/// Each names the thing, the place and the remedy.
pub async fn open(settings: &Settings, data: &Path) -> Result<App, BootError> {
    let db = existing(settings, data).await?;
    if db.version().await?.is_none() {
        return Err(BootError::EmptyDatabase);
    }
    if db.is_behind().await? && settings.backup.before_upgrade {
        before_upgrade(&db, data).await?;
    }
    db.migrate().await?;
    let app = ready(settings, data, db).await?;
    create::settle(&app).await?;
    Ok(app)
}

/// Opens a district for work beside a server: it is not migrated.
///
/// # Errors
/// As [`open`]; a database of another version is one.
pub async fn open_beside(settings: &Settings, data: &Path) -> Result<App, BootError> {
    let db = current(settings, data).await?;
    ready(settings, data, db).await
}

/// The application, when the database is whole and fits the key.
async fn ready(settings: &Settings, data: &Path, db: Db) -> Result<App, BootError> {
    let mut tx = db.read().await?;
    let about = about(&mut tx).await?;
    let head = match audit::head(&mut tx).await {
        Err(sqlx::Error::RowNotFound) => return Err(BootError::EmptyDatabase),
        head => head?,
    };
    tx.rollback().await?;
    if about.unfinished {
        return Err(BootError::Unfinished(data.to_owned()));
    }
    let keys = Keys::open(&data.join(KEY_FILE))?;
    let (_, seq, hash, mac) = head;
    if keys.seal(seq, &hash) != mac {
        return Err(BootError::WrongKey(data.join(KEY_FILE)));
    }
    app(settings, data, db, keys, about)
}

/// Opens a district as it is, for looking and for backups: it is neither migrated nor checked.
///
/// # Errors
/// Each names the thing, the place and the remedy; a database of another version is one.
pub async fn inspect(settings: &Settings, data: &Path) -> Result<(Db, Keys), BootError> {
    let db = current(settings, data).await?;
    Ok((db, Keys::open(&data.join(KEY_FILE))?))
}

/// The database of a folder that is ours, of the version of this binary.
async fn current(settings: &Settings, data: &Path) -> Result<Db, BootError> {
    let db = existing(settings, data).await?;
    match db.version().await? {
        None => Err(BootError::EmptyDatabase),
        Some(_) if db.is_behind().await? => Err(BootError::Behind),
        Some(_) => Ok(db),
    }
}

/// The database of a folder that is ours.
async fn existing(settings: &Settings, data: &Path) -> Result<Db, BootError> {
    is_ours(data)?;
    let address = settings.database.address(data);
    if let Some(file) = sqlite_file(&address)
        && !Path::new(file).exists()
    {
        return Err(BootError::NoDatabase(file.to_owned()));
    }
    Ok(Db::open(&address).await?)
}

/// The application over an open database.
pub(crate) fn app(settings: &Settings, data: &Path, db: Db, keys: Keys, about: About) -> Result<App, BootError> {
    let files = Files::folder(&data.join(FILES)).map_err(|e| BootError::Folder(data.join(FILES), e))?;
    Ok(App::new(Parts {
        db,
        keys,
        clock: Clock::with_offset_micros(about.clock_offset_micros),
        settings: settings.clone(),
        modules: crate::modules::MODULES,
        roles: crate::modules::ROLES,
        files,
        jobs: Jobs::default(),
        district: std::sync::RwLock::new(District { name: about.name, demo: about.demo }),
        limits: hejian_kernel::access::Limits::new(settings),
    }))
}

/// Refuses a folder that was not made by this product.
///
/// # Errors
/// Names the folder.
pub fn is_ours(data: &Path) -> Result<(), BootError> {
    match std::fs::metadata(data.join(FILE)) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(BootError::NotOurs(data.to_owned())),
        Err(e) => Err(BootError::Folder(data.join(FILE), e)),
    }
}

/// What the database says of its district.
///
/// # Errors
/// The engine's own error.
pub async fn about(tx: &mut Tx) -> sqlx::Result<About> {
    let rows: Vec<(String, String)> = sql!(tx, fetch_all, "select key, value from district_setting")?;
    let mut about = About::default();
    for (key, value) in rows {
        match key.as_str() {
            "district_name" => about.name = value,
            "demo" => about.demo = value == "true",
            "made" => about.unfinished = value == "false",
            "clock_offset_micros" => {
                about.clock_offset_micros = value.parse().map_err(|_| {
                    sqlx::Error::Protocol(format!("district_setting.clock_offset_micros is `{value}`, not a number"))
                })?;
            }
            _ => {}
        }
    }
    Ok(about)
}

/// The backup before an upgrade: everything but the attachments, which no upgrade touches.
async fn before_upgrade(db: &Db, data: &Path) -> Result<(), BootError> {
    let failed = |e: &dyn std::fmt::Display| BootError::Backup(e.to_string());
    let backups = data.join(BACKUPS);
    private_folder(&backups).map_err(|e| BootError::Folder(backups.clone(), e))?;
    let moment = hejian_kernel::clock::system_now().format("%Y%m%dT%H%M%SZ");
    let to = backups.join(format!("before-{}-{moment}", env!("CARGO_PKG_VERSION")));
    let source = backup::Source { db, data, settings_file: &data.join(FILE), files: None };
    backup::make(&source, &to, |_| {}).await.map_err(|e| failed(&e))?;
    tracing::info!(backup = %to.display(), "a backup was made before the upgrade");
    Ok(())
}

/// The file of an SQLite address, when it is one.
#[must_use]
pub fn sqlite_file(address: &str) -> Option<&str> {
    let file = address.strip_prefix("sqlite:")?;
    Some(file.strip_prefix("//").unwrap_or(file)).filter(|f| !f.contains(":memory:"))
}
