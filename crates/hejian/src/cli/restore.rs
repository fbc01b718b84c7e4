//! `hejian restore`: a backup into an empty place.

use std::path::PathBuf;

use clap::Args;
use hejian_kernel::settings::FILE;
use serde_json::json;

use super::{failure::Failure, verify};
use crate::{
    backup::{Target, restore},
    boot,
};

/// Restore a backup into an empty folder 恢复
///
/// Checks every digest of the backup first, then the audit chain and every record. The database goes into the file
/// hejian.db, or with --database-url into an empty database of either engine.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Folder or archive that `hejian backup` made 备份
    #[arg(long, value_name = "FILE_OR_DIR")]
    from: PathBuf,
    /// New or empty data folder 数据目录
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Empty database to restore into, kept in hejian.toml; `file` for hejian.db in the data folder 数据库
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Restore {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let target = Target {
            data: &self.data,
            database_url: self.database_url.as_deref(),
            variables: std::env::vars_os().collect(),
        };
        let restored = restore(&self.from, &target).await?;
        let (db, keys) = boot::inspect(&restored.settings, &self.data).await?;
        let m = &restored.manifest;
        let report = verify::report(&db, &keys, Some(&m.head)).await?;
        db.close().await;
        if self.json {
            say!("{}", json!({ "ok": report.findings.is_empty(), "manifest": m, "report": report }));
        } else {
            say!("{} of {} was restored to {}.", m.district, m.made_at, self.data.display());
            verify::print(&report);
            if !m.files.included {
                say!(
                    "This backup was made before an upgrade and holds no attachments: copy the folder `files` of the old data folder."
                );
            }
            say!("Serve it with `hejian serve --data {}`; its settings are in {FILE}.", self.data.display());
        }
        if report.findings.is_empty() { Ok(()) } else { Err(Failure::Found) }
    }
}
