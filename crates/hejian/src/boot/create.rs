//! Makes a data folder and an empty district in it.

use std::{io, path::Path};

use chrono::{DateTime, Utc};
use hejian_kernel::{
    access::{Actor, Channel},
    audit::{self, Entry, Keys},
    clock::{Clock, system_now},
    db::{Db, Tx},
    settings::{FILE, Settings},
    sql,
    web::App,
};
use serde_json::json;

use crate::campaign::standard;

use super::{About, BootError, KEY_FILE, app};

/// A district to be made.
#[derive(Debug, Clone, Default)]
pub struct NewDistrict {
    /// Its name, e.g. 武陵区.
    pub name: String,
    /// Whether it is the demonstration district.
    pub demo: bool,
    /// What its clock shows now; `None` for the system's time.
    pub shows: Option<DateTime<Utc>>,
    /// A database address to be kept in the settings file.
    pub database_url: Option<String>,
}

/// Whether the folder is missing or holds nothing.
///
/// # Errors
/// Names the folder.
pub fn is_empty(data: &Path) -> Result<bool, BootError> {
    match std::fs::read_dir(data) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(BootError::Folder(data.to_owned(), e)),
    }
}

/// Makes the folder, its settings file, its key and the database with a begun audit chain. The district counts as unfinished
/// until it is said to be finished.
///
/// # Errors
/// Refuses a folder that is not empty and a database that holds a district.
pub async fn create(settings: &Settings, data: &Path, district: &NewDistrict) -> Result<App, BootError> {
    if !is_empty(data)? {
        return Err(BootError::NotEmpty(data.to_owned()));
    }
    private_folder(data).map_err(|e| BootError::Folder(data.to_owned(), e))?;
    let mut settings = settings.clone();
    if district.database_url.is_some() {
        settings.database.url.clone_from(&district.database_url);
    }
    // The settings file first: a folder whose making was broken off is then known as ours.
    let file = data.join(FILE);
    audit::write_private(&file, settings_file(district.database_url.as_deref()).trim_end().as_bytes())
        .map_err(|e| BootError::Folder(file, e))?;
    let address = settings.database.address(data);
    if let Some(file) = super::sqlite_file(&address) {
        private_file(Path::new(file)).map_err(|e| BootError::Folder(file.into(), e))?;
    }
    let db = Db::open(&address).await?;
    db.migrate().await?;
    let keys = Keys::open_or_create(&data.join(KEY_FILE))?;
    let system = system_now();
    let clock = district.shows.map_or_else(Clock::default, |shows| Clock::showing(shows, system));
    let mut tx = db.write().await?;
    if holds_a_district(&mut tx).await? {
        return Err(BootError::FullDatabase);
    }
    audit::init(&mut tx, &keys, settings.audit.digest).await?;
    tx.commit().await?;
    let about = About {
        name: district.name.clone(),
        demo: district.demo,
        unfinished: true,
        clock_offset_micros: clock.offset_micros(),
    };
    let app = app(&settings, data, db, keys, about.clone())?;
    let mut work = app.work(&console()).await?;
    put(&mut work.tx, "district_name", &about.name).await?;
    put(&mut work.tx, "demo", if about.demo { "true" } else { "false" }).await?;
    put(&mut work.tx, "made", "false").await?;
    put(&mut work.tx, "clock_offset_micros", &about.clock_offset_micros.to_string()).await?;
    work.record(Entry {
        action: "create",
        subject_kind: "district".to_owned(),
        subject_id: None,
        detail: json!({ "name": about.name, "demo": district.demo, "digest": settings.audit.digest.name() }),
        digest: None,
    });
    work.commit().await?;
    Ok(app)
}

/// Says that the district is complete: from now on it can be opened.
///
/// # Errors
/// The engine's own error.
pub(crate) async fn finished(app: &App) -> Result<(), BootError> {
    settle(app).await?;
    let mut tx = app.db.write().await?;
    put(&mut tx, "made", "true").await?;
    Ok(tx.commit().await?)
}

/// Sees to it that the district has a campaign that works to a standard: a new one, and one that an older version made.
///
/// # Errors
/// The engine's own error.
pub(super) async fn settle(app: &App) -> Result<(), BootError> {
    let mut look = app.db.read().await?;
    let settled = standard::pinned::is_settled(&mut look, app.clock.now()).await?;
    look.rollback().await?;
    if settled {
        return Ok(());
    }
    let mut work = app.work(&console()).await?;
    standard::pinned::settle(&mut work).await?;
    work.commit().await?;
    Ok(())
}

/// The one who acts on the command line of the server.
#[must_use]
pub(crate) fn console() -> Actor {
    let user =
        ["SUDO_USER", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|u| !u.is_empty()));
    Actor::without_rights(Channel::Console, user.map_or_else(|| "控制台".to_owned(), |u| format!("控制台（{u}）")))
}

/// Whether a chain was begun in the database.
pub(crate) async fn holds_a_district(tx: &mut Tx) -> sqlx::Result<bool> {
    let (n,): (i64,) = sql!(tx, fetch_one, "select count(*) from audit_head")?;
    Ok(n > 0)
}

async fn put(tx: &mut Tx, key: &str, value: &str) -> sqlx::Result<()> {
    sql!(
        tx,
        execute,
        "insert into district_setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
        key,
        value
    )?;
    Ok(())
}

/// The settings file of a new folder: the documented example, with the database's address where one was given.
pub(crate) fn settings_file(database_url: Option<&str>) -> String {
    let example = Settings::example();
    let Some(url) = database_url else { return example };
    let quoted = json!(url);
    let lines =
        example.lines().map(|l| if l.starts_with("#url = ") { format!("url = {quoted}") } else { l.to_owned() });
    lines.fold(String::new(), |all, line| all + &line + "\n")
}

/// Makes a folder that only its owner may open; one that is there keeps its rights.
pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes an empty file that only its owner may read, unless there is one: SQLite gives its side files the same rights.
fn private_file(path: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map(|_| ())
}
