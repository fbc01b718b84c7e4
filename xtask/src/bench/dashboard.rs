//! How long the dashboard takes in a large generated district, and a score after a save.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::figure;
use crate::{shell, test::cluster};

/// Milliseconds of a page that was looked at before, at most.
const PAGE: f64 = 200.0;
/// Milliseconds of a score after a save, at most.
const SCORE: f64 = 50.0;

/// Measure the dashboard.
#[derive(Args)]
pub struct Dashboard {
    /// Build the measurement without optimisation (quicker to build; the limits are for a release build)
    #[arg(long)]
    debug: bool,
}

impl Dashboard {
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
        command.args(["run", "--quiet", "--package", "hejian", "--example", "dashboard"]);
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
            let Some((what, value)) = line.rsplit_once('\t') else { continue };
            let value: f64 = value.parse().with_context(|| format!("`{line}` is no figure"))?;
            holds &= match what.rsplit_once(": ").map_or(what, |(_, what)| what) {
                "dashboard, warm" => figure(what, value, "ms", PAGE, false),
                "score after a save" => figure(what, value, "ms", SCORE, false),
                _ => {
                    println!("{what:<58} {value:>8.1} (no limit)");
                    true
                }
            };
        }
        if !holds && !self.debug {
            bail!("a limit is passed");
        }
        Ok(())
    }
}
