//! `hejian export`: what a district knows, as files that other programs read.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use hejian_kernel::audit::{self, Entry};
use hejian_scoring::{
    Facts,
    table::{facts_csv, units_csv},
};
use serde_json::json;

use super::{failure::Failure, place::Place, trouble};
use crate::{
    boot,
    campaign::{record, score, standard::pinned},
};

/// Write what the district knows into files 导出数据
#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write units.csv and facts.csv as they stood on a day 导出某日的单位和事实
    ///
    /// `hejian score` makes of them the score that the pages show for that day, with the same explanation: the column
    /// `sources` names each record and version a figure was counted from. The export is an entry of the audit chain.
    Facts(FactsOf),
}

#[derive(Debug, Args)]
struct FactsOf {
    #[command(flatten)]
    place: Place,
    /// The day, as in 2009-06-22 [default: the district's today] 日期
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// Folder for the two files; files that are there are not overwritten 目标目录
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The campaign whose standard says which facts are of its levels 创建活动
    #[arg(long, value_name = "KEY", default_value = record::MAIN)]
    campaign: String,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Export {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self.what {
            What::Facts(facts) => facts.run().await,
        }
    }
}

impl FactsOf {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let (today, now) = (app.clock.today(), app.clock.now());
        let day = self.as_of.unwrap_or(today);
        if day > today {
            return Err(Failure::Usage(format!(
                "--as-of {day} lies after the district's today, {today}. Name a day up to it."
            )));
        }
        let mut tx = app.db.read().await?;
        let (_, seq, _, _) = audit::head(&mut tx).await?;
        let campaign = record::store::one(&mut tx, &self.campaign).await?;
        let standard = pinned::in_force(&mut tx, campaign.id, day).await?;
        let told = score::tell(app.modules, &mut tx, &app.keys, &standard.pack, day, now).await?;
        tx.rollback().await?;
        let (units, facts) = (units_csv(told.units.iter()), facts_csv(&told.rows));
        let (of_units, of_facts) = (told.units.iter().count(), told.rows.len());
        // A disclosure is told before it happens.
        let mut work = app.work(&boot::console()).await?;
        work.record(Entry {
            action: "export",
            subject_kind: "facts".to_owned(),
            subject_id: None,
            detail: json!({ "as_of": day, "units": of_units, "facts": of_facts, "stands_on": seq }),
            digest: None,
        });
        let files = [("units.csv", units.as_bytes()), ("facts.csv", facts.as_bytes())];
        trouble::refuse_present(&self.out, &files)?;
        work.commit().await?;
        let written = trouble::write(&self.out, &files, false)?;
        // Said, because `hejian score` will refuse what the pages leave aside.
        let (_, faults) = Facts::new(&standard.pack, &told.units, told.rows);
        for fault in &faults {
            eprintln!("warning: {fault}");
        }
        for row in &told.unread {
            eprintln!("warning: {} for {}: `{}` is not a period; not written", row.measure, row.unit, row.period);
        }
        let edition = &standard.pack.standard;
        if self.json {
            say!(
                "{}",
                json!({ "as_of": day, "files": written, "units": of_units, "facts": of_facts, "stands_on": seq,
                        "faults": faults, "pack": edition.id, "pack_version": edition.version,
                        "pack_fingerprint": standard.fingerprint })
            );
            return Ok(());
        }
        for path in &written {
            say!("{}", path.display());
        }
        say!(
            "{of_units} units and {of_facts} facts as of {day}, audit entry {seq}; standard {} version {}.",
            edition.id,
            edition.version
        );
        Ok(())
    }
}
