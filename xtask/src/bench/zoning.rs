//! The zoning engine beside its peers, on maps with published figures: regions, bounds, deviation, squares within, time; a checker that
//! shares nothing with either says of each labelling whether it is a plan.
//!
//! The peers live in a throw-away Python environment made here. Those that no registry has are quoted, and marked so.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::shell;

/// The peers, pinned: a figure names what it was measured against.
const PEERS: &[&str] = &["spopt==0.7.0", "pygeoda==0.1.3", "geopandas==1.2.0", "numpy>=2"];
/// Maps that are shipped.
const SHIPPED: &str = "crates/zoning/instances";

/// Measure the zoning engine beside its peers.
#[derive(Args)]
pub struct Zoning {
    /// A folder with further maps that may be measured and not shipped
    #[arg(long, value_name = "DIR")]
    instances: Option<PathBuf>,
    /// Only this map
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Seconds for ours on every map [default: 5 to 20, by map]
    #[arg(long)]
    seconds: Option<f64>,
    /// Seconds after which a peer is cut off
    #[arg(long, default_value_t = 120.0)]
    peer_limit: f64,
    /// Count processor seconds, on a machine that others use
    #[arg(long)]
    cpu: bool,
    /// Draw time and memory from 86 to 100,000 units into crates/zoning/growth.svg instead
    #[arg(long)]
    growth: bool,
}

impl Zoning {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        println!("[build] crates/zoning, example plan");
        shell::run(shell::cargo().args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "hejian-zoning",
            "--example",
            "plan",
        ]))?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| shell::root().join("target"), PathBuf::from);
        let program = target.join("release/examples/plan");
        let folder = shell::root().join("bench/zoning");
        if self.growth {
            let out = shell::root().join("crates/zoning/growth.svg");
            return shell::run(Command::new("python3").arg(folder.join("growth.py")).arg(program).arg(out));
        }
        let python = environment(&shell::root().join("target/bench-zoning"))?;
        let mut compare = Command::new(python);
        compare.arg(folder.join("compare.py")).arg(program).arg(shell::root().join(SHIPPED)).args(&self.instances);
        compare.args(["--peer-limit", &self.peer_limit.to_string()]);
        if let Some(only) = &self.only {
            compare.args(["--only", only]);
        }
        if let Some(seconds) = self.seconds {
            compare.args(["--seconds", &seconds.to_string()]);
        }
        if self.cpu {
            compare.arg("--cpu");
        }
        shell::run(&mut compare)
    }
}

/// A Python environment with the peers; its interpreter.
fn environment(folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let python = folder.join("python/bin/python");
    if !python.is_file() {
        println!("[peers] {}", PEERS.join(", "));
        shell::run(Command::new("python3").args(["-m", "venv"]).arg(folder.join("python")))?;
    }
    shell::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PEERS))?;
    Ok(python)
}
