//! Long work: a queue in the database, one worker loop a process, progress that can be watched and left.
//!
//! The rule that matters: a job is a row in the transaction that asked for it, and it runs with the rights its owner's post
//! holds when it runs, not when it was asked for. A process that dies loses no job: the heartbeat goes stale, the job
//! waits again once, and fails when that happens twice.

mod due;
mod pages;
mod store;
mod verify;
mod worker;

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures::future::BoxFuture;
use maud::Markup;
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

pub use due::{CLOCKWORK, ask as ask_due};
pub(crate) use pages::routes;
pub use store::{Row, State, find, recover};
pub use worker::{Worker, run_next, start};

use crate::{
    access::Actor,
    audit::Entry,
    error::{Error, Result},
    i18n::Lang,
    sql,
    web::App,
    work::Work,
};

/// A kind of long work.
#[derive(Debug)]
pub struct JobKind {
    /// Stable key such as `audit.verify`; its label is `job-audit-verify`.
    pub key: &'static str,
    /// Who may ask for it, and must still be allowed when it runs.
    pub permission: &'static str,
    /// Does the work; the answer is kept with the job and must hold nothing its owner may not read.
    pub run: fn(JobCtx) -> BoxFuture<'static, Result<Value>>,
    /// Shows the answer on the job's page.
    pub show: fn(Lang, &Value) -> Markup,
    /// Where the product does it by itself too: whether there is anything to do. Asked when a process starts and once on every
    /// business day after that.
    pub due: Option<Due>,
}

/// Says whether work is due that nobody asks for.
pub type Due = for<'a> fn(&'a App) -> BoxFuture<'a, Result<bool>>;

/// What the kernel itself does as jobs.
pub static KINDS: &[JobKind] = &[verify::KIND];

/// What a running job has in its hands.
pub struct JobCtx {
    /// The application.
    pub app: App,
    /// Its owner, with the rights of today.
    pub actor: Actor,
    /// What was asked for.
    pub args: Value,
    /// Where it says how far it is.
    pub progress: Progress,
}

/// How far a job is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// How much is done.
    pub done: i64,
    /// Of how much; 0 while unknown.
    pub total: i64,
    /// What it is at; may be empty.
    pub note: String,
}

impl Step {
    /// In percent, when the end is known.
    #[must_use]
    pub fn percent(&self) -> Option<i64> {
        (self.total > 0).then(|| self.done.clamp(0, self.total) * 100 / self.total)
    }
}

/// Where a running job says how far it is. Saying it often costs nothing: the row is written at most twice a second.
#[derive(Debug, Clone)]
pub struct Progress(watch::Sender<Step>);

impl Progress {
    /// Says how far it is.
    pub fn set(&self, done: i64, total: i64, note: impl Into<String>) {
        self.0.send_replace(Step { done, total, note: note.into() });
    }
}

/// The queue as this process sees it. Cloning shares it.
#[derive(Debug, Clone)]
pub struct Jobs(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// Jobs that run in this process, for pages that watch.
    running: Mutex<HashMap<Uuid, watch::Receiver<Step>>>,
    /// True once the process is asked to stop.
    stopping: watch::Sender<bool>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self(Arc::new(Shared { running: Mutex::default(), stopping: watch::Sender::new(false) }))
    }
}

impl Jobs {
    /// Asks the worker and the watching pages to end.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Becomes true when the process is asked to stop.
    fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    fn began(&self, id: Uuid, steps: watch::Receiver<Step>) {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner).insert(id, steps);
    }

    fn ended(&self, id: Uuid) {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// The steps of a job that runs in this process.
    fn watch(&self, id: Uuid) -> Option<watch::Receiver<Step>> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}

/// Done when the process is asked to stop.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// The kind of that key, of the kernel or of a module.
#[must_use]
pub fn kind(app: &App, key: &str) -> Option<&'static JobKind> {
    kinds(app).find(|k| k.key == key)
}

fn kinds(app: &App) -> impl Iterator<Item = &'static JobKind> {
    KINDS.iter().chain(app.modules.iter().flat_map(|m| m.jobs.iter()))
}

/// Puts work into the queue, within the transaction that asks for it. The worker takes it after the commit.
///
/// # Errors
/// [`Error::Forbidden`] when the actor may not ask for it, [`Error::SignIn`] when nobody is signed in.
pub async fn enqueue(work: &mut Work, kind: &JobKind, args: &Value) -> Result<Uuid> {
    if !work.actor.may(kind.permission) {
        return Err(Error::Forbidden { permission: kind.permission });
    }
    let (account, post) = (work.actor.account.ok_or(Error::SignIn)?, work.actor.post);
    let id = work.new_id();
    // A token's limits go with the job.
    let rights = work.actor.only.as_ref().map(|only| only.join(" "));
    sql!(
        &mut work.tx,
        execute,
        "insert into job (id, kind, args, state, rights, account_id, post_id, created_at)
         values ($1, $2, $3, 'waiting', $4, $5, $6, $7)",
        id,
        kind.key,
        args.to_string(),
        &rights,
        account,
        post,
        work.now
    )?;
    work.record(Entry {
        action: "enqueue",
        subject_kind: "job".to_owned(),
        subject_id: Some(id),
        detail: json!({ "kind": kind.key }),
        digest: None,
    });
    Ok(id)
}
