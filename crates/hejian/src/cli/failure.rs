//! How a command ends when it does not end well.

use std::process::ExitCode;

use crate::{backup::BackupError, boot::BootError};

/// How a command ends when it does not end well.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command line or the settings are wrong: exit code 2.
    Usage(String),
    /// The work failed: exit code 1.
    Failed(String),
    /// The work was done and found a problem, which has been printed: exit code 1.
    Found,
}

impl Failure {
    /// Prints what there is to say and answers the exit code.
    pub(super) fn report(self) -> ExitCode {
        match self {
            Self::Usage(words) => {
                words.lines().for_each(|line| eprintln!("hejian: {line}"));
                ExitCode::from(2)
            }
            Self::Failed(words) => {
                eprintln!("hejian: {words}");
                ExitCode::from(1)
            }
            Self::Found => ExitCode::from(1),
        }
    }
}

impl From<BootError> for Failure {
    fn from(error: BootError) -> Self {
        match error {
            BootError::Settings(e) => Self::Usage(e.to_string()),
            BootError::NotOurs(_) | BootError::NotEmpty(_) => Self::Usage(error.to_string()),
            BootError::Archive(e) => e.into(),
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Exists(_) | BackupError::WhichDatabase(_) | BackupError::DatabaseNotEmpty(_) => {
                Self::Usage(error.to_string())
            }
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        BootError::Query(error).into()
    }
}

impl From<hejian_kernel::error::Error> for Failure {
    fn from(error: hejian_kernel::error::Error) -> Self {
        if let hejian_kernel::error::Error::Database(e) = error {
            return e.into();
        }
        Self::Failed(super::words::of(&error))
    }
}
