//! `cargo xtask assets`: bundles `web/` into `web/dist`. Nothing under `dist` is committed, so every build starts here.
//!
//! Two stamps decide what is done again: one over the package lists (then `npm ci`), one over all inputs (then the build).

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use crate::{apt, shell};

/// Debian 12 ships Node 18; the build keeps to what it can do.
const OLDEST_NODE: u32 = 18;

/// Bundle the web assets.
#[derive(Args)]
pub struct Assets {
    /// Build even when nothing has changed
    #[arg(long)]
    force: bool,
}

impl Assets {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        build(self.force)
    }
}

/// Brings `web/dist` up to date. With `force` it is built in any case.
pub fn build(force: bool) -> Result<()> {
    let web = shell::root().join("web");
    let inputs = fingerprint(&web, &["css", "src", "img", "build", "build.mjs", "package.json", "package-lock.json"])?;
    let stamp = web.join("dist/.inputs");
    if !force && web.join("dist/manifest.json").is_file() && is_stamped(&stamp, &inputs) {
        println!("      web/dist is up to date");
        return Ok(());
    }
    ensure_node()?;
    ensure_packages(&web)?;
    println!("      bundling web/ …");
    shell::run(Command::new("node").arg("build.mjs").current_dir(&web))?;
    write_stamp(&stamp, &inputs)
}

/// Type-checks the islands; needs the packages, so [`build`] comes first.
pub fn check_types() -> Result<()> {
    let web = shell::root().join("web");
    ensure_node()?;
    ensure_packages(&web)?;
    shell::run(Command::new("npm").args(["run", "--silent", "check"]).current_dir(&web))
}

fn ensure_node() -> Result<()> {
    if node_version().is_some_and(|major| major >= OLDEST_NODE) && shell::find(&["npm"]).is_some() {
        return Ok(());
    }
    let found = node_version().map_or("none is installed".to_owned(), |major| format!("found version {major}"));
    apt::install(&["nodejs", "npm"]).map_err(|why| {
        anyhow!("Node.js {OLDEST_NODE} or newer with npm is needed for the web assets ({found}): {why}")
    })?;
    match node_version() {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!(
            "Node.js {OLDEST_NODE} or newer is needed for the web assets ({found}), and this system's package is older: \
             install a newer one by hand"
        ),
    }
}

/// The major version of the `node` on the path.
fn node_version() -> Option<u32> {
    let version = shell::output(Command::new("node").arg("--version"))?;
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn ensure_packages(web: &Path) -> Result<()> {
    let lists = fingerprint(web, &["package.json", "package-lock.json", ".npmrc"])?;
    let stamp = web.join("node_modules/.hejian-stamp");
    if is_stamped(&stamp, &lists) {
        return Ok(());
    }
    println!("      npm ci …");
    shell::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(web))
        .context("the web packages could not be installed; is the package registry reachable?")?;
    write_stamp(&stamp, &lists)
}

/// A fingerprint of the named files and folders: names and contents, in a fixed order.
fn fingerprint(base: &Path, names: &[&str]) -> Result<String> {
    let mut files = BTreeSet::new();
    for name in names {
        collect(&base.join(name), &mut files)?;
    }
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(base).unwrap_or(&file).hash(&mut hasher);
        std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.insert(path.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

fn is_stamped(stamp: &Path, value: &str) -> bool {
    std::fs::read_to_string(stamp).is_ok_and(|kept| kept.trim() == value)
}

fn write_stamp(stamp: &Path, value: &str) -> Result<()> {
    std::fs::write(stamp, format!("{value}\n")).with_context(|| format!("{} cannot be written", stamp.display()))
}
