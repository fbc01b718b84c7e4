//! `hejian pack`: standards as files: checked, turned into other forms, compared, carried over. No district is needed.

mod check;
mod convert;
mod diff;
mod migrate;
mod source;

use clap::{Args, Subcommand};

use super::failure::Failure;

pub(super) use source::Source;

/// Check, convert, compare and carry over standards 标准包
///
/// A pack is a folder with standard.yaml, measures.yaml and, where it has them, migration.yaml, tests.yaml and
/// words.zh-CN.tsv. FILE is the folder or its standard.yaml.
#[derive(Debug, Args)]
pub(super) struct Pack {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Check(check::Check),
    Convert(convert::Convert),
    Diff(diff::Diff),
    Migrate(migrate::Migrate),
}

impl Pack {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.what {
            What::Check(command) => command.run(),
            What::Convert(command) => command.run(),
            What::Diff(command) => command.run(),
            What::Migrate(command) => command.run(),
        }
    }
}
