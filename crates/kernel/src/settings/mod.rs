//! What the administrator configures: a TOML file, the environment and flags, in that order of precedence (flags win).
//!
//! The rule that matters: every setting is described once, in `keys`; file, environment, flags, checks and the documented
//! example all read that table. A wrong key or value stops the start with an error that names the place and the way out;
//! a setting is never ignored. The database address may hold a password and is never printed whole.

mod example;
mod keys;
mod problem;
mod read;
mod value;

#[cfg(test)]
mod tests;

use std::{net::SocketAddr, path::Path};

pub use problem::{Origin, Problem, SettingsError};
pub use read::Sources;

use crate::{audit::Algorithm, i18n::Lang};

/// The name of the settings file in the data folder, by which the folder is known as one of ours.
pub const FILE: &str = "hejian.toml";

/// All settings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// The language of visitors whose browser names none.
    pub language: Lang,
    /// The server.
    pub server: Server,
    /// The database.
    pub database: Database,
    /// Uploads.
    pub upload: Upload,
    /// Browser sessions.
    pub session: Session,
    /// Signing in.
    pub sign_in: SignIn,
    /// Request limits.
    pub limits: Limits,
    /// The audit chain.
    pub audit: Audit,
    /// Backups made by the product itself.
    pub backup: Backup,
    /// The log.
    pub log: Log,
}

/// The server.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address people type, when a proxy stands before the server, e.g. `https://hejian.example.cn`.
    pub public_url: Option<String>,
    /// Whether a proxy stands before the server: only then are its `X-Forwarded-…` headers believed.
    pub behind_proxy: bool,
}

/// The database.
#[derive(Clone, Default, PartialEq)]
pub struct Database {
    /// `postgres://…` or `sqlite:PATH`; none means the file `hejian.db` in the data folder.
    pub url: Option<String>,
}

/// Uploads.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// The largest body in MiB.
    pub max_mb: u64,
}

/// Browser sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Minutes without a request after which one must sign in again.
    pub idle_minutes: u64,
    /// Hours after which one must sign in again in any case.
    pub absolute_hours: u64,
}

/// Signing in.
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// Wrong passwords in a row that lock an account.
    pub failures: u64,
    /// Minutes for which it stays locked.
    pub lock_minutes: u64,
    /// Attempts a minute from one address.
    pub per_minute: u64,
}

/// Request limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Requests a minute and account that change something.
    pub writes_per_minute: u64,
}

/// The audit chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// The digest that links it; decided when the district is made.
    pub digest: Algorithm,
}

/// Backups made by the product itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Backup {
    /// Whether an upgrade of the database makes one first.
    pub before_upgrade: bool,
}

/// The log, written to standard error.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub level: String,
    /// How a line looks.
    pub format: LogFormat,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for log collectors.
    Json,
}

impl Default for Server {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), public_url: None, behind_proxy: false }
    }
}

impl Default for Upload {
    fn default() -> Self {
        Self { max_mb: 50 }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_minutes: 60, absolute_hours: 12 }
    }
}

impl Default for SignIn {
    fn default() -> Self {
        Self { failures: 5, lock_minutes: 15, per_minute: 10 }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { writes_per_minute: 240 }
    }
}

impl Default for Audit {
    fn default() -> Self {
        Self { digest: Algorithm::Sha256 }
    }
}

impl Default for Backup {
    fn default() -> Self {
        Self { before_upgrade: true }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: LogFormat::Text }
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let url = self.url.as_deref().map(crate::db::without_password);
        f.debug_struct("Database").field("url", &url).finish()
    }
}

impl Upload {
    /// In bytes.
    #[must_use]
    pub fn max_bytes(&self) -> u64 {
        self.max_mb * 1_048_576
    }
}

impl Database {
    /// The address to open: the configured one, or the file in the data folder.
    #[must_use]
    pub fn address(&self, data: &Path) -> String {
        self.url.clone().unwrap_or_else(|| sqlite_address(&data.join("hejian.db")))
    }
}

/// The address of an SQLite file, with the characters escaped that mean something in an address.
#[must_use]
pub fn sqlite_address(file: &Path) -> String {
    let path = file.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite:{path}")
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// Every wrong key and value at once, each with its place and the way out.
    pub fn load(sources: &Sources) -> Result<Self, SettingsError> {
        read::load(sources)
    }

    /// The documented example: every setting, its default, what it means. As a file it changes nothing.
    #[must_use]
    pub fn example() -> String {
        example::text()
    }
}
