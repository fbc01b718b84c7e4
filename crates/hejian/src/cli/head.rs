//! `hejian head`: exports the head of the audit chain.

use clap::Args;
use hejian_kernel::audit;

use super::{failure::Failure, place::Place};

/// Print the head of the audit chain as JSON 导出链头
///
/// Keep it where the owner of the database cannot write: `hejian verify --head FILE` then proves that the chain was
/// neither cut nor rewritten since.
#[derive(Debug, Args)]
pub(super) struct Head {
    #[command(flatten)]
    place: Place,
}

impl Head {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (_, db, _) = self.place.inspect().await?;
        let (algorithm, seq, hash, _) = audit::head(&mut db.read().await?).await?;
        let head = serde_json::to_string(&audit::Head { algorithm, seq, hash });
        say!("{}", head.unwrap_or_default());
        Ok(())
    }
}
