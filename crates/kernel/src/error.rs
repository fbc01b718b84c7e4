//! The one error a handler returns. It knows its status and its words in both languages; it never leaks its cause.
//!
//! The rule that matters: an error names the thing, the place and the remedy. Texts are Fluent keys with arguments, put into
//! words where the reader's language is known.

use crate::files::FilesError;

/// A message to be put into words: a Fluent key and its arguments.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Message {
    /// The Fluent key.
    pub key: String,
    /// Arguments by name.
    pub args: Vec<(String, String)>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

/// A problem with one field of a form or one cell of a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldProblem {
    /// The field's name as in the definition; a child's field is `child[row].field`.
    pub field: String,
    /// What is wrong and what to write.
    pub message: Message,
}

/// The one error a handler returns.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such thing, or none within the reader's scope (the two are not told apart).
    #[error("not found: {what}")]
    NotFound {
        /// A Fluent key naming the thing.
        what: &'static str,
    },
    /// Nobody is signed in.
    #[error("not signed in")]
    SignIn,
    /// A bearer token is unknown, expired, revoked or useless; the message says which.
    #[error("token refused: {0:?}")]
    Token(Message),
    /// The actor does not hold the permission.
    #[error("forbidden: {permission}")]
    Forbidden {
        /// The permission that is missing.
        permission: &'static str,
    },
    /// The request's address, form or file cannot be understood.
    #[error("bad request: {0:?}")]
    Bad(Message),
    /// Fields are wrong. Nothing was written.
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldProblem>),
    /// Somebody saved in between. Nothing was written.
    #[error("stale: version {yours} was read, {theirs} stands")]
    Stale {
        /// The version the save named.
        yours: i64,
        /// The version that stands.
        theirs: i64,
    },
    /// A rule of the work refuses.
    #[error("refused: {0:?}")]
    Refused(Message),
    /// The body is larger than the settings allow.
    #[error("too large: more than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Too many requests.
    #[error("too many requests, try again in {seconds} s")]
    TooMany {
        /// When to try again.
        seconds: u64,
    },
    /// The database failed; the cause goes to the log.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A file could not be kept or read; the cause goes to the log.
    #[error("files: {0}")]
    Files(#[from] FilesError),
    /// Something else failed; the cause goes to the log.
    #[error("internal: {0}")]
    Internal(String),
}

/// The result of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404,
            Self::SignIn | Self::Token(_) => 401,
            Self::Forbidden { .. } => 403,
            Self::Bad(_) => 400,
            Self::Invalid(_) => 422,
            Self::Stale { .. } | Self::Refused(_) => 409,
            Self::TooLarge { .. } => 413,
            Self::TooMany { .. } => 429,
            Self::Database(e) if is_full_or_gone(e) => 503,
            Self::Files(FilesError::Gone { .. }) => 404,
            Self::Files(FilesError::TooLarge { .. }) => 413,
            Self::Files(FilesError::BrokenOff(_)) => 400,
            Self::Files(FilesError::Full) => 503,
            Self::Files(_) => 500,
            Self::Database(_) | Self::Internal(_) => 500,
        }
    }

    /// What to tell the reader. Causes inside the house stay inside.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::NotFound { what } => Message::new("error-not-found").arg("what", what),
            Self::SignIn => Message::new("error-sign-in"),
            Self::Forbidden { permission } => Message::new("error-forbidden").arg("permission", permission),
            Self::Bad(message) | Self::Refused(message) | Self::Token(message) => message.clone(),
            Self::Invalid(fields) => Message::new("error-invalid").arg("n", fields.len()),
            Self::Stale { .. } => Message::new("error-stale"),
            Self::TooLarge { limit } => Message::new("error-too-large").arg("mb", limit / 1_048_576),
            Self::TooMany { seconds } => Message::new("error-too-many").arg("seconds", seconds),
            Self::Files(FilesError::Gone { .. }) => Message::new("error-not-found").arg("what", "thing-file"),
            Self::Files(FilesError::TooLarge { limit }) => Message::new("error-too-large").arg("mb", limit / 1_048_576),
            Self::Files(FilesError::BrokenOff(_)) => Message::new("error-file-broken-off"),
            Self::Files(FilesError::Altered { sha256, .. }) => Message::new("error-file-altered").arg("sha256", sha256),
            Self::Files(FilesError::Full) => Message::new("error-disk-full"),
            Self::Database(e) if is_full(e) => Message::new("error-disk-full"),
            Self::Database(e) if is_full_or_gone(e) => Message::new("error-database-gone"),
            Self::Database(_) | Self::Files(_) | Self::Internal(_) => Message::new("error-internal"),
        }
    }
}

fn is_full(e: &sqlx::Error) -> bool {
    // SQLITE_FULL = 13, SQLITE_IOERR_WRITE = 778 (a quota or a limit on the size of files); PostgreSQL disk_full = 53100.
    e.as_database_error().and_then(|d| d.code()).is_some_and(|code| ["13", "778", "53100"].contains(&&*code))
}

fn is_full_or_gone(e: &sqlx::Error) -> bool {
    is_full(e) || matches!(e, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_))
}
