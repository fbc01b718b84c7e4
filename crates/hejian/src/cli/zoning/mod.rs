//! `hejian zoning`: small units merged into regions, and such a plan checked. No district is needed.

mod check;
mod map;
mod refusal;
mod solve;
mod watch;

use clap::{Args, Subcommand};

use super::failure::Failure;

/// Merge small adjoining units into regions, with a proof 居委会合并方案
///
/// FILE is GeoJSON with one feature for each unit, or a graph in JSON (`nodes` and `edges`). A fault of it is named with its
/// feature, and nothing is solved then.
#[derive(Debug, Args)]
pub(super) struct Zoning {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Solve(Box<solve::Solve>),
    Check(check::Check),
}

impl Zoning {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self.what {
            What::Solve(command) => command.run().await,
            What::Check(command) => command.run(),
        }
    }
}
