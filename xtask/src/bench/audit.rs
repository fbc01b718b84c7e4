//! How many audited commits a second eight writers make: one chain is one lock, and this is what it costs.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::figure;
use crate::{shell, test::cluster};

/// Commits a second with eight writers on PostgreSQL, at least.
const LIMIT: f64 = 200.0;

/// Measure the audit.
#[derive(Args)]
pub struct Audit {
    /// Build the measurement without optimisation (quicker to build; the limit is for a release build)
    #[arg(long)]
    debug: bool,
}

impl Audit {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let cluster = match cluster::programs() {
            Some(programs) => Some(cluster::Cluster::start(&programs)?),
            None => {
                println!("PostgreSQL is not installed here: only SQLite is measured");
                None
            }
        };
        let mut command = shell::cargo();
        command.args(["run", "--quiet", "--package", "hejian", "--example", "commits"]);
        if !self.debug {
            command.arg("--release");
        }
        command.env_remove("CI").env_remove("HEJIAN_TEST_POSTGRES").stderr(Stdio::inherit());
        if let Some(cluster) = &cluster {
            command.env("HEJIAN_TEST_POSTGRES", cluster.url());
        }
        let output = command.output().context("the measurement could not be started")?;
        if !output.status.success() {
            bail!("the measurement failed ({})", output.status);
        }
        let mut holds = true;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Some((what, rate)) = line.rsplit_once('\t') else { continue };
            let rate: f64 = rate.parse().with_context(|| format!("`{line}` is no figure"))?;
            if what.starts_with("postgres") {
                holds &= figure(&format!("{what}, 8 writers"), rate, "commits/s", LIMIT, true);
            } else {
                println!("{:<58} {rate:>8.1} commits/s (no limit)", format!("{what}, 8 writers"));
            }
        }
        if !holds && !self.debug {
            bail!("a limit is passed");
        }
        Ok(())
    }
}
