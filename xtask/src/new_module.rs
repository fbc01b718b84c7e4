//! `cargo xtask new-module NAME`: a module with one register, ready to be filled.

use anyhow::{Result, bail};
use clap::Args;

/// Scaffold a module.
#[derive(Args)]
pub struct NewModule {
    /// The module's name in snake case, a word of the field: `charity_shop`
    name: String,
}

impl NewModule {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        bail!("{}: the templates of a register are not there yet", self.name)
    }
}
