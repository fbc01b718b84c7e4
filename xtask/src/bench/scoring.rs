//! The batch evaluator beside DuckDB and Polars on one Parquet data set: points of every indicator at every unit from 700,000
//! communities to the nation, with equal threads in the same run, compared point by point.
//!
//! The measuring program is a workspace of its own (`bench/scoring`), so that Parquet slows no ordinary build; the peers live in
//! a throw-away Python environment made here.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::shell;

/// The peers, pinned: a figure names what it was measured against.
const PEERS: &[&str] = &["duckdb==2.0.0", "polars==2.1.0", "numpy>=2"];
/// Bits of a limb in the SQL text, `sql::limb::BITS`.
const LIMB_BITS: u32 = 24;
const STANDARD: &str = "standards/cn-mca-2008-142-district";

/// Measure the batch evaluator.
#[derive(Args)]
pub struct Scoring {
    /// Communities of the data set
    #[arg(long, default_value_t = 700_000)]
    units: usize,
    /// Threads of every engine
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Rounds; the median counts
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// The seed of the data
    #[arg(long, default_value_t = 20_090_622)]
    seed: u64,
    /// Print the peers' queries, too
    #[arg(long)]
    print_queries: bool,
    /// Build for any processor rather than for this one
    #[arg(long)]
    portable: bool,
}

impl Scoring {
    /// Runs the command; an error where points differ or a limit is passed.
    pub fn run(self) -> Result<()> {
        let folder = shell::root().join("target/bench-scoring");
        let data = folder.join("data");
        std::fs::create_dir_all(&data).with_context(|| format!("{} cannot be made", data.display()))?;
        let python = environment(&folder)?;
        let program = self.build(&folder)?;
        let bench = || {
            let mut command = Command::new(&program);
            command.current_dir(shell::root());
            command
        };
        let (units, seed) = (self.units.to_string(), self.seed.to_string());
        println!("[data] {units} communities from seed {seed}");
        shell::run(bench().args(["make", STANDARD]).arg(&data).args([&units, &seed]))?;
        shell::run(bench().args(["queries", STANDARD]).arg(&data))?;
        for name in ["duckdb_query.sql", "polars_query.py"] {
            println!("[query] target/bench-scoring/data/{name}");
            if self.print_queries {
                println!("{}", std::fs::read_to_string(data.join(name))?);
            }
        }
        same_in_duckdb(&folder, &python)?;
        let (threads, rounds) = (self.threads.to_string(), self.rounds.to_string());
        shell::run(bench().args(["run", STANDARD]).arg(&data).arg(&python).args([&threads, &rounds]))
    }

    fn build(&self, folder: &Path) -> Result<PathBuf> {
        let mut command = shell::cargo();
        let target = folder.join(if self.portable { "portable" } else { "native" });
        command.args(["build", "--quiet", "--release", "--manifest-path", "bench/scoring/Cargo.toml", "--target-dir"]);
        command.arg(&target);
        if !self.portable {
            // The peers choose vector instructions when they run; ours is told when it is built.
            command.env("RUSTFLAGS", "-C target-cpu=native");
        }
        println!("[build] bench/scoring{}", if self.portable { "" } else { " for this processor" });
        shell::run(&mut command)?;
        Ok(target.join("release/hejian-bench-scoring"))
    }
}

/// The SQL text on the one of its three engines that the tests do not bring.
fn same_in_duckdb(folder: &Path, python: &Path) -> Result<()> {
    let cases = folder.join("cases");
    let mut write = shell::cargo();
    write.args([
        "test",
        "--quiet",
        "--package",
        "hejian-scoring",
        "--test",
        "sql",
        "--",
        "--ignored",
        "cases_as_files",
    ]);
    shell::run(write.env("HEJIAN_SQL_FOLDER", &cases))?;
    shell::run(Command::new(python).arg("bench/scoring/src/cases.py").arg(&cases).arg(LIMB_BITS.to_string()))
}

/// A Python environment with the peers; its interpreter.
fn environment(folder: &Path) -> Result<PathBuf> {
    let python = folder.join("python/bin/python");
    if !python.is_file() {
        println!("[peers] {}", PEERS.join(", "));
        shell::run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("python")))?;
    }
    shell::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PEERS))?;
    Ok(python)
}
