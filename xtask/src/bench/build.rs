//! What it costs to touch a register, and how long a register is to write.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};

use crate::shell;

/// The file that a developer of a register touches most.
const TOUCHED: &str = "crates/hejian/src/foundations/premises/model.rs";
/// `cargo check` after touching it, at most.
const CHECK_LIMIT: Duration = Duration::from_secs(20);
/// A whole register as `new-module` writes it, without labels and migrations.
const EXAMPLE: &[&str] = &["xtask/templates/mod.rs.txt", "xtask/templates/model.rs.txt"];
/// Its lines, at most.
const LINES_LIMIT: usize = 60;
const ROUNDS: usize = 3;

/// Measures; an error where a limit is passed.
pub fn run() -> Result<()> {
    let touched = shell::root().join(TOUCHED);
    if !touched.is_file() {
        bail!("{TOUCHED} is not there yet, so there is nothing to measure");
    }
    let lines = example_lines()?;
    let check = || shell::run(shell::cargo().args(["check", "--quiet", "--package", "hejian"]));
    println!("[1/2] cargo check until nothing is left to do …");
    check()?;
    println!("[2/2] touch {TOUCHED} and check, {ROUNDS} times …");
    let mut times = Vec::with_capacity(ROUNDS);
    for round in 1..=ROUNDS {
        touch(&touched)?;
        let started = Instant::now();
        check()?;
        times.push(started.elapsed());
        println!("      {round}: {:.1} s", times[round - 1].as_secs_f64());
    }
    times.sort();
    let median = times[ROUNDS / 2];
    println!(
        "cargo check after touching a register: {:.1} s (limit {} s)",
        median.as_secs_f64(),
        CHECK_LIMIT.as_secs()
    );
    println!("example register: {lines} lines (limit {LINES_LIMIT})");
    if median > CHECK_LIMIT || lines > LINES_LIMIT {
        bail!("a limit is passed");
    }
    Ok(())
}

/// A new modification time, as an editor gives it.
#[allow(clippy::disallowed_methods, reason = "the file system's clock is what cargo compares")]
fn touch(file: &Path) -> Result<()> {
    File::options().append(true).open(file)?.set_modified(SystemTime::now())?;
    Ok(())
}

/// Lines of the example that are not blank.
fn example_lines() -> Result<usize> {
    let mut lines = 0;
    for name in EXAMPLE {
        let text =
            std::fs::read_to_string(shell::root().join(name)).with_context(|| format!("{name} is not there yet"))?;
        lines += text.lines().filter(|line| !line.trim().is_empty()).count();
    }
    Ok(lines)
}
