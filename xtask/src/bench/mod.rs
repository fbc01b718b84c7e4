//! `cargo xtask bench build | start | scoring | audit | zoning | dashboard`: measured figures beside the limits the project sets itself.
//!
//! The rule that matters: a timed figure is never a test. It is printed with the command that made it.

mod audit;
mod build;
mod dashboard;
mod http;
mod scoring;
mod start;
mod zoning;

use anyhow::Result;
use clap::{Args, Subcommand};

/// Measure.
#[derive(Args)]
pub struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The seconds of `cargo check` after touching a register, and the lines of an example register
    Build,
    /// The time to a service that answers and to the first useful screen, and the memory of an idle service
    Start(start::Start),
    /// The batch evaluator beside DuckDB and Polars, from one Parquet data set
    Scoring(scoring::Scoring),
    /// Audited commits per second with eight writers, on SQLite and PostgreSQL
    Audit(audit::Audit),
    /// The dashboard of a large district, and a score after a save, on SQLite and PostgreSQL
    Dashboard(dashboard::Dashboard),
    /// The zoning engine beside spopt and pygeoda on maps with published figures; `--growth` draws its growth
    Zoning(zoning::Zoning),
}

impl Bench {
    /// Runs the command; an error where a limit is passed.
    pub fn run(self) -> Result<()> {
        match self.what {
            What::Build => build::run(),
            What::Start(start) => start.run(),
            What::Scoring(scoring) => scoring.run(),
            What::Audit(audit) => audit.run(),
            What::Dashboard(dashboard) => dashboard.run(),
            What::Zoning(zoning) => zoning.run(),
        }
    }
}

/// A figure beside its limit; whether it holds.
fn figure(what: &str, measured: f64, unit: &str, limit: f64, at_least: bool) -> bool {
    let holds = if at_least { measured >= limit } else { measured <= limit };
    let (word, verdict) = (if at_least { "at least" } else { "at most" }, if holds { "" } else { "  MISSED" });
    println!("{what:<58} {measured:>8.1} {unit:<9} ({word} {limit} {unit}){verdict}");
    holds
}
