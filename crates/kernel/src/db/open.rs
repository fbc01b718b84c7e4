//! Opening and migrating: one numbered history, the same numbers on both engines.

use std::{str::FromStr, time::Duration};

use sqlx::{
    Connection as _,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::Db;

/// The SQLite side of the history.
pub static MIGRATIONS_SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
/// The PostgreSQL side of the history.
pub static MIGRATIONS_POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite 3 in WAL mode.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// What went wrong before the database could be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No server, no file, no right.
    #[error("cannot open the database {place}: {cause}. {remedy}")]
    Unreachable {
        /// The address without its password.
        place: String,
        /// What the engine said.
        cause: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A migration failed or the database is newer than the binary.
    #[error(
        "cannot bring the database up to date: {0}. Use the binary that last served it, or restore the backup made before the upgrade."
    )]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…`. Does not migrate.
    ///
    /// # Errors
    /// Names the address (never the password), the cause and the remedy.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let place = without_password(url);
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(10));
            return pool.connect(url).await.map(Self::Postgres).map_err(|e| OpenError::Unreachable {
                place,
                cause: e.to_string(),
                remedy: "Check that the server runs, that the name, password and database in `database.url` are right, and that this machine may connect.",
            });
        }
        let unreachable = |e: sqlx::Error| OpenError::Unreachable {
            place: place.clone(),
            cause: e.to_string(),
            remedy: match e.as_database_error().and_then(|d| d.code()).as_deref() {
                // SQLITE_CORRUPT, SQLITE_NOTADB.
                Some("11" | "26") => {
                    "The file is damaged or is no database: restore it from a backup (`hejian restore`)."
                }
                _ => "Check that the folder exists, that this account may write there, and that the disk is not full.",
            },
        };
        let options = SqliteConnectOptions::from_str(url)
            .map_err(&unreachable)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A power cut must not lose an acknowledged write.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(20));
        // A database in memory lives as long as its one connection.
        let size = if url.contains(":memory:") { 1 } else { 8 };
        // After a full disk SQLite has ended the transaction by itself, the driver counts it as open for ever, and every later
        // `begin` on that connection fails: such a one is replaced.
        let pool = SqlitePoolOptions::new()
            .max_connections(size)
            .acquire_timeout(Duration::from_secs(20))
            .before_acquire(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }));
        pool.connect_with(options).await.map(Self::Sqlite).map_err(unreachable)
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// A failed migration changes nothing on either engine.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        match self {
            Self::Sqlite(pool) => MIGRATIONS_SQLITE.run(pool).await?,
            Self::Postgres(pool) => MIGRATIONS_POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// Brings an empty database to an older version, so that a copy of an older database fits.
    ///
    /// # Errors
    /// As [`Db::migrate`].
    pub async fn migrate_to(&self, version: i64) -> Result<(), OpenError> {
        match self {
            Self::Sqlite(pool) => MIGRATIONS_SQLITE.run_to(version, pool).await?,
            Self::Postgres(pool) => MIGRATIONS_POSTGRES.run_to(version, pool).await?,
        }
        Ok(())
    }

    /// The version of the schema; `None` for a database never migrated.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn version(&self) -> sqlx::Result<Option<i64>> {
        let text = "select max(version) from _sqlx_migrations";
        let have: Result<(Option<i64>,), _> = match self {
            Self::Sqlite(pool) => sqlx::query_as(text).fetch_one(pool).await,
            Self::Postgres(pool) => sqlx::query_as(text).fetch_one(pool).await,
        };
        match have {
            Ok((version,)) => Ok(version),
            // An empty database has no such table: code 1 on SQLite, 42P01 on PostgreSQL.
            Err(sqlx::Error::Database(e)) if matches!(e.code().as_deref(), Some("1" | "42P01")) => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Whether migrations are waiting: an upgrade that deserves a backup first. A database never migrated says `false`.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn is_behind(&self) -> sqlx::Result<bool> {
        let newest = MIGRATIONS_SQLITE.iter().map(|m| m.version).max().unwrap_or(0);
        Ok(self.version().await?.is_some_and(|version| version < newest))
    }
}

/// The address with its password hidden, for messages.
#[must_use]
pub fn without_password(url: &str) -> String {
    // Parameters may hold one too (`?password=…`).
    let url = if url.starts_with("postgres") { url.split('?').next().unwrap_or(url) } else { url };
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((login, host)) = rest.rsplit_once('@') else { return url.to_owned() };
    let user = login.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:…@{host}")
}
