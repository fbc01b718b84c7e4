//! The project's own commands: `cargo xtask demo | test | assets | bench | new-module`.
//!
//! Each command is one file. The rule that matters: a command does the whole set-up it needs, says what it is doing, and
//! where something cannot be had it names the thing and the remedy.

mod apt;
mod assets;
mod bench;
mod demo;
mod new_module;
mod shell;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, make the demonstration district where there is none, and serve it
    Demo(demo::Demo),
    /// Run every check and test the way CI does
    Test(test::Test),
    /// Bundle style sheets, scripts and icons into web/dist (nothing to do when up to date)
    Assets(assets::Assets),
    /// Measure and compare with the limits the project sets itself
    Bench(bench::Bench),
    /// Scaffold a module with one register
    NewModule(new_module::NewModule),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        // The chain of causes on one line; a stack of our own functions helps nobody.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Demo(demo) => demo.run(),
        Command::Test(test) => test.run(),
        Command::Assets(assets) => assets.run(),
        Command::Bench(bench) => bench.run(),
        Command::NewModule(module) => module.run(),
    }
}
