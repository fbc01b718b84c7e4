//! `cargo xtask test`: everything CI checks, in steps that name themselves and their time.
//!
//! A failed step does not hide the next ones; a step whose need failed is not run. What this machine lacks and may not be
//! given is skipped by name, and with `CI=true` such a skip is a failure.

pub mod cluster;
mod files;
mod services;
mod steps;

use anyhow::Result;
use clap::Args;

use crate::{assets, shell};
use services::Services;
use steps::{Outcome, Step};

/// Run every check and test.
#[derive(Args)]
pub struct Test {
    /// Run only this step and what it needs (may be given several times)
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// List the steps and stop
    #[arg(long)]
    list: bool,
    /// Handed to the test runner, for example a test name
    #[arg(last = true, value_name = "ARGS")]
    runner: Vec<String>,
}

/// What the steps share.
struct Run {
    runner: Vec<String>,
    services: Services,
}

const STEPS: &[Step<Run>] = &[
    Step::new("files", "file lengths, words that must not be committed", |_| files::check()),
    Step::new("fmt", "cargo fmt --check", |_| cargo(&["fmt", "--all", "--check"])),
    Step::new("assets", "web assets and their types", |_| {
        assets::build(false)?;
        assets::check_types()?;
        Ok(Outcome::Done)
    }),
    Step::new("clippy", "clippy, warnings denied", |_| {
        cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
    }),
    Step::new("rustdoc", "rustdoc, warnings denied", |_| {
        shell::run(
            shell::cargo().args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"),
        )?;
        Ok(Outcome::Done)
    }),
    Step::new("services", "PostgreSQL, Chromium, ChromeDriver, a CJK font", |run| run.services.provide()),
    Step::new("tests", "unit, property, story and browser tests", tests).needs(&["assets", "services"]),
    Step::new("doctests", "examples in the documentation", |_| cargo(&["test", "--doc", "--workspace", "--locked"])),
    Step::new("deny", "licences, bans and sources of the dependencies", |_| deny()),
];

impl Test {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        if self.list {
            for step in STEPS {
                println!("{:<10} {}", step.name, step.about);
            }
            return Ok(());
        }
        let chosen = steps::choose(STEPS, &self.only)?;
        let mut run = Run { runner: self.runner, services: Services::default() };
        // `run` holds the database cluster: it is removed when this function is left, whatever the steps answered.
        steps::run(&chosen, &mut run)
    }
}

fn cargo(arguments: &[&str]) -> Result<Outcome> {
    shell::run(shell::cargo().args(arguments))?;
    Ok(Outcome::Done)
}

fn tests(run: &mut Run) -> Result<Outcome> {
    let mut command = shell::cargo();
    if shell::succeeds(shell::cargo().args(["nextest", "--version"])) {
        command.args(["nextest", "run", "--workspace", "--locked"]).args(&run.runner);
    } else {
        command.args(["test", "--workspace", "--all-targets", "--locked"]);
        if !run.runner.is_empty() {
            command.arg("--").args(&run.runner);
        }
    }
    command.envs(run.services.environment());
    shell::run(&mut command)?;
    Ok(Outcome::Done)
}

fn deny() -> Result<Outcome> {
    if !shell::succeeds(shell::cargo().args(["deny", "--version"])) {
        return Ok(Outcome::NotHere("cargo-deny is not installed (cargo install cargo-deny)".to_owned()));
    }
    cargo(&["deny", "check", "licenses", "bans", "sources"])
}
