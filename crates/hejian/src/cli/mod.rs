//! The command line: one file a command.
//!
//! The rule that matters: an error is one readable line that names the thing, the place and the remedy; the exit code says
//! which kind: 0 done, 1 a problem was found or the work failed, 2 the command line or the settings are wrong.

/// Prints a line of an answer. A reader who has seen enough (`| head`) ends the printing, not the command.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($text)*);
    }};
}

mod backup;
mod demo;
mod export;
mod failure;
mod head;
mod init;
mod log;
mod pack;
mod place;
mod restore;
mod score;
mod serve;
mod token;
mod trouble;
mod user;
mod verify;
mod words;
mod zoning;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Hejian 和建: makes and serves a district.
///
/// Exit codes: 0 done, 1 a problem was found or the work failed, 2 wrong command line or settings.
#[derive(Debug, Parser)]
#[command(name = "hejian", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Serve(serve::Serve),
    Demo(demo::Demo),
    User(user::User),
    Token(token::Token),
    Verify(verify::Verify),
    Head(head::Head),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Pack(pack::Pack),
    Score(score::Score),
    Export(export::Export),
    Zoning(zoning::Zoning),
}

/// Reads the command line, runs the command, answers the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!(
                "hejian: the process cannot start its threads: {e}. Raise the limit of processes of this account."
            );
            return ExitCode::from(1);
        }
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Init(command) => command.run().await,
            Command::Serve(command) => command.run().await,
            Command::Demo(command) => command.run().await,
            Command::User(command) => command.run().await,
            Command::Token(command) => command.run().await,
            Command::Verify(command) => command.run().await,
            Command::Head(command) => command.run().await,
            Command::Backup(command) => command.run().await,
            Command::Restore(command) => command.run().await,
            Command::Pack(command) => command.run(),
            Command::Score(command) => command.run(),
            Command::Export(command) => command.run().await,
            Command::Zoning(command) => command.run().await,
        }
    });
    // A blocking read that never ends (a stuck disk) must not keep the process.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
