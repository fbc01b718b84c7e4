//! Today's scores ahead of whoever looks first: when a process begins to serve, and when a business day begins.
//!
//! The rule that matters: it is the computation that a page would ask for, into the same memory, so nobody waits longer for it
//! than for another reader; a failure is said in the log and the first page that needs the score computes it.

use std::time::Duration;

use hejian_kernel::{error::Result, web::App};
use tokio::task::JoinHandle;

use super::service::scores;
use crate::campaign::record::store;

/// How often it is asked whether a new day has begun.
const TICK: Duration = Duration::from_secs(60);

/// The task of a process that computes ahead.
#[derive(Debug)]
pub struct Ahead(JoinHandle<()>);

impl Ahead {
    /// Leaves what is not computed yet to the pages.
    pub fn stop(self) {
        self.0.abort();
    }
}

/// Begins; it goes on with each business day until it is stopped.
#[must_use]
pub fn ahead(app: &App) -> Ahead {
    let app = app.clone();
    Ahead(tokio::spawn(async move {
        let mut done = None;
        loop {
            let today = app.clock.today();
            if done != Some(today) {
                match each(&app).await {
                    Ok(_) => done = Some(today),
                    Err(error) => tracing::warn!(
                        %error,
                        "the campaigns cannot be read, so no score is computed ahead; see that the database answers, it is tried again in a minute"
                    ),
                }
            }
            tokio::time::sleep(TICK).await;
        }
    }))
}

/// The score of today of every campaign under way, one after another; answers how many there are now.
///
/// # Errors
/// When the campaigns cannot be read.
pub(super) async fn each(app: &App) -> Result<usize> {
    let campaigns = store::list(&mut app.db.read().await?).await?;
    let mut made = 0;
    for campaign in campaigns.iter().filter(|campaign| campaign.is_live()) {
        let begun = std::time::Instant::now();
        match scores(app, campaign.id, app.clock.today()).await {
            Ok(_) => {
                made += 1;
                let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                tracing::info!(campaign = campaign.key, millis, "today's score is computed ahead");
            }
            Err(error) => tracing::warn!(
                campaign = campaign.key,
                %error,
                "today's score could not be computed ahead: open the campaign's score to see why, and look at its standard in force"
            ),
        }
    }
    Ok(made)
}
