//! A run for a page: at once, or how far it is.
//!
//! The rule that matters: a page never waits for a long computation. It goes on behind the page, whoever leaves it, and the
//! next look finds it further on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::NaiveDate;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{Lang, t, ta},
    ui::{Markup, feedback::progress, html},
    web::App,
};
use uuid::Uuid;

use super::{Point, trend};

/// How long a page waits.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Points computed and points asked for, of the run under way: there is one at a time.
pub(super) static FAR: (AtomicUsize, AtomicUsize) = (AtomicUsize::new(0), AtomicUsize::new(0));

/// What a page gets.
#[derive(Debug)]
pub enum Soon {
    /// The points, in the order of their days.
    Ready(Vec<Arc<Point>>),
    /// So many of so many are computed.
    UnderWay(usize, usize),
}

/// As [`trend`], for a page.
///
/// # Errors
/// When the database cannot be read.
pub async fn soon(app: &App, campaign: Uuid, days: Vec<NaiveDate>) -> Result<Soon> {
    soon_within(app, campaign, days, PATIENCE).await
}

/// The same with another patience.
pub(in crate::campaign::score) async fn soon_within(
    app: &App,
    campaign: Uuid,
    days: Vec<NaiveDate>,
    patience: Duration,
) -> Result<Soon> {
    let app = app.clone();
    let task = tokio::spawn(async move { trend(&app, campaign, &days).await });
    match tokio::time::timeout(patience, task).await {
        Ok(Ok(run)) => run.map(Soon::Ready),
        Ok(Err(error)) => Err(Error::Internal(format!("the run by month failed: {error}"))),
        Err(_) => Ok(Soon::UnderWay(FAR.0.load(Ordering::Relaxed), FAR.1.load(Ordering::Relaxed))),
    }
}

impl Soon {
    /// The points there are, and, where they are still being computed, what stands in their place: it asks for the part `id` of
    /// the page again by itself.
    #[must_use]
    pub fn or_wait(self, lang: Lang, href: &str, id: &str) -> (Vec<Arc<Point>>, Option<Markup>) {
        match self {
            Self::Ready(line) => (line, None),
            Self::UnderWay(done, total) => {
                let part = format!("#{id}");
                let says = ta(lang, "score-run-under-way", &[("done", done.into()), ("total", total.into())]);
                let bar = progress(&says, &t(lang, "score-run-wait"), done as u64, Some(total as u64));
                let wait = html! {
                    div.pad hx-get=(href) hx-trigger="load delay:1s" hx-select=(part) hx-target=(part) hx-swap="outerHTML" {
                        (bar)
                        noscript { a href=(href) { (t(lang, "score-run-again")) } }
                    }
                };
                (Vec::new(), Some(wait))
            }
        }
    }
}
