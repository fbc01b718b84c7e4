//! The log goes to standard error; what a command answers goes to standard output.

use std::io::IsTerminal as _;

use hejian_kernel::settings::{Log, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts the log. Our own words at the configured level, those of libraries only from warnings on: theirs may hold
/// addresses and headers.
pub(super) fn start(log: &Log) {
    let libraries = if log.level == "error" { "error" } else { "warn" };
    let filter = EnvFilter::new(format!("{libraries},hejian={level},hejian_kernel={level}", level = log.level));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second start in one process (tests) is no error.
    let _ = match log.format {
        LogFormat::Text => lines.with_target(false).try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}
