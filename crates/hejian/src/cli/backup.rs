//! `hejian backup`: a whole district into one folder or archive, while it is served.

use std::path::PathBuf;

use clap::Args;
use hejian_kernel::{clock::system_now, files::Files};
use serde_json::json;

use super::{failure::Failure, place::Place};
use crate::{
    backup::{Source, make},
    boot::{BootError, FILES},
};

/// Back a district up while it is served 备份
///
/// Database, attachments, key and settings, with a MANIFEST.json of digests. The key opens secret fields: keep the backup as
/// safe as the server. The database in it is one SQLite file, also where PostgreSQL serves the district.
#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    place: Place,
    /// New folder, or archive ending in .tar, .tar.gz or .tgz; a folder with other content gets a dated one inside 目标
    #[arg(long, value_name = "FILE_OR_DIR")]
    to: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (_, db, _) = self.place.inspect().await?;
        let folder = self.place.data.join(FILES);
        let files = Files::folder(&folder).map_err(|e| BootError::Folder(folder, e))?;
        let to = self.target()?;
        let settings_file = self.place.file();
        let source = Source { db: &db, data: &self.place.data, settings_file: &settings_file, files: Some(&files) };
        let quiet = self.json;
        let made = make(&source, &to, |what| {
            if !quiet {
                eprintln!("{what} …");
            }
        })
        .await?;
        let m = &made.manifest;
        if self.json {
            say!("{}", json!({ "to": made.to, "manifest": m }));
        } else {
            say!(
                "{} holds {} (taken with: {}), {} attachments, the key, the settings; head {} {}.",
                made.to.display(),
                m.district,
                m.taken_from,
                m.files.count,
                m.head.seq,
                m.head.hash
            );
        }
        if m.files.damaged.is_empty() {
            return Ok(());
        }
        for sha256 in &m.files.damaged {
            eprintln!(
                "hejian: the attachment {sha256} was altered or is gone and is not in this backup. Restore it from an earlier one."
            );
        }
        Err(Failure::Found)
    }

    /// An existing folder that holds something gets a dated backup inside.
    fn target(&self) -> Result<PathBuf, Failure> {
        let is_full = std::fs::read_dir(&self.to).is_ok_and(|mut entries| entries.next().is_some());
        if !is_full {
            return Ok(self.to.clone());
        }
        if self.to.join(crate::backup::MANIFEST).exists() {
            return Err(crate::backup::BackupError::Exists(self.to.clone()).into());
        }
        Ok(self.to.join(format!("hejian-{}", system_now().format("%Y%m%dT%H%M%SZ"))))
    }
}
