//! `hejian verify`: proves that nothing was altered, or says what was.

use std::path::PathBuf;

use clap::Args;
use hejian_kernel::{
    audit::{self, Finding, Keys, Report},
    db::Db,
    i18n::{self, Lang},
    register::RegisterDef,
};
use serde_json::json;

use super::{failure::Failure, place::Place};
use crate::modules::MODULES;

/// Prove that no audit entry and no record was altered 核验
///
/// Reads the whole audit chain and compares every record of every register with what the chain vouches for. With --head
/// it also proves that the chain is the one exported earlier (`hejian head`). Exit code 1 when something is found.
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    place: Place,
    /// A head exported earlier and kept elsewhere 先前导出的链头
    #[arg(long, value_name = "FILE")]
    head: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (_, db, keys) = self.place.inspect().await?;
        let exported = self.head.as_ref().map(read_head).transpose()?;
        let report = report(&db, &keys, exported.as_ref()).await?;
        if self.json {
            say!("{}", json!({ "ok": report.findings.is_empty(), "report": report }));
        } else {
            print(&report);
        }
        if report.findings.is_empty() { Ok(()) } else { Err(Failure::Found) }
    }
}

/// Verifies the whole database.
pub(super) async fn report(db: &Db, keys: &Keys, exported: Option<&audit::Head>) -> Result<Report, Failure> {
    let registers: Vec<&'static RegisterDef> = MODULES.iter().flat_map(|m| m.registers.iter().copied()).collect();
    let kept: Vec<_> = MODULES.iter().flat_map(|module| module.kept.iter().copied()).collect();
    let mut tx = db.read().await?;
    let report =
        audit::verify_told(&mut tx, keys, &registers, &kept, exported, |_, _| {}).await.map_err(|e| match e {
            sqlx::Error::RowNotFound => {
                Failure::Failed("the database holds no audit chain: its head is missing. Restore a backup.".to_owned())
            }
            e => e.into(),
        })?;
    tx.rollback().await?;
    Ok(report)
}

/// The report in words.
pub(super) fn print(report: &Report) {
    let head = &report.head;
    say!(
        "{} audit entries, {} records, head {} {} {}",
        report.entries,
        report.records,
        head.algorithm,
        head.seq,
        head.hash
    );
    for finding in &report.findings {
        say!("{}", i18n::message(Lang::En, &finding.message()));
    }
    if report.findings.is_empty() {
        say!("Nothing was altered. 未发现改动。");
        return;
    }
    let seal_only = matches!(report.findings.as_slice(), [Finding::RewrittenChain { .. }]);
    say!("{} problems were found. 发现 {} 处问题。", report.findings.len(), report.findings.len());
    if seal_only {
        say!("If the key file belongs to another district, put the right one back and verify again.");
    }
}

fn read_head(path: &PathBuf) -> Result<audit::Head, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        Failure::Usage(format!("cannot read the head {}: {e}. Name a file that `hejian head` wrote.", path.display()))
    })?;
    serde_json::from_str(&text).map_err(|e| {
        Failure::Usage(format!("{} holds no head: {e}. Name a file that `hejian head` wrote.", path.display()))
    })
}
