//! Where the district lies: the data folder and its settings, as every command takes them.

use std::path::PathBuf;

use clap::Args;
use hejian_kernel::{
    audit::Keys,
    db::Db,
    settings::{FILE, Settings, Sources},
    web::App,
};

use super::failure::Failure;
use crate::boot;

/// Where the district lies.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// Data folder of the district 数据目录
    #[arg(long, value_name = "DIR", env = "HEJIAN_DATA")]
    pub data: PathBuf,
    /// Settings file [default: hejian.toml in the data folder] 配置文件
    #[arg(long, value_name = "FILE", env = "HEJIAN_CONFIG")]
    pub config: Option<PathBuf>,
}

/// A flag that overrides a setting: (flag as typed, key, value).
pub(super) type Flag = (&'static str, &'static str, String);

impl Place {
    /// The settings of an existing folder.
    pub(super) fn settings(&self, flags: Vec<Flag>) -> Result<Settings, Failure> {
        boot::is_ours(&self.data)?;
        self.read(Some(self.file()), flags)
    }

    /// The settings for a folder that is still to be made.
    pub(super) fn settings_for_new(&self, flags: Vec<Flag>) -> Result<Settings, Failure> {
        self.read(self.config.clone(), flags)
    }

    /// The settings file in force.
    pub(super) fn file(&self) -> PathBuf {
        self.config.clone().unwrap_or_else(|| self.data.join(FILE))
    }

    fn read(&self, file: Option<PathBuf>, flags: Vec<Flag>) -> Result<Settings, Failure> {
        let sources = Sources { file, variables: std::env::vars_os().collect(), flags };
        Settings::load(&sources).map_err(|e| boot::BootError::Settings(e).into())
    }

    /// The database as it is and the key, for looking and for backups.
    pub(super) async fn inspect(&self) -> Result<(Settings, Db, Keys), Failure> {
        let settings = self.settings(Vec::new())?;
        super::log::start(&settings.log);
        let (db, keys) = boot::inspect(&settings, &self.data).await?;
        Ok((settings, db, keys))
    }

    /// Opens the district for a command that is not the server.
    pub(super) async fn open(&self) -> Result<App, Failure> {
        let settings = self.settings(Vec::new())?;
        super::log::start(&settings.log);
        Ok(boot::open_beside(&settings, &self.data).await?)
    }
}

/// A sign-in name with its freshly made password.
#[derive(Debug, serde::Serialize)]
pub(super) struct Secret {
    /// The sign-in name.
    pub login: String,
    /// The password, shown once.
    pub password: String,
    /// Whose it is.
    pub of: String,
}

/// Prints sign-in names with their passwords; they are kept nowhere.
pub(super) fn print_secrets(secrets: &[Secret]) {
    for secret in secrets {
        say!("  {:<16} {}   {}", secret.login, secret.password, secret.of);
    }
    say!("These passwords are shown only now and must be changed at the first sign-in. 口令只显示这一次。");
}
