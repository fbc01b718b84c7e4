//! The worker: takes one job after the other, keeps its heartbeat, writes down how it ended.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};

use super::{
    JobCtx, JobKind, Progress, Step, due, kind,
    store::{self, Row, State},
};
use crate::{
    access::{Actor, Channel},
    audit::Entry,
    error::{Error, Message, Result},
    message::{self, News},
    web::App,
};

/// How long the worker sleeps when nothing waits, and how often progress is written.
const TICK: Duration = Duration::from_millis(500);
/// Every how many ticks the heartbeat is written where the progress stands still, and lost jobs are looked for.
const BEAT_TICKS: u32 = 10;

/// The worker of a process.
pub struct Worker {
    app: App,
    task: JoinHandle<()>,
}

impl Worker {
    /// Stops it: the job under way goes back to the queue.
    pub async fn stop(self) {
        self.app.jobs.stop();
        if tokio::time::timeout(Duration::from_secs(5), self.task).await.is_err() {
            tracing::warn!(
                "the job under way could not be given back in five seconds; it will be taken up again later"
            );
        }
    }
}

/// Starts the worker of this process.
#[must_use]
pub fn start(app: &App) -> Worker {
    let (own, mut stopping) = (app.clone(), app.jobs.stopping());
    let task = tokio::spawn(async move {
        let mut ticks = 0;
        let mut asked = None;
        while !*stopping.borrow() {
            let today = own.clock.today();
            if asked != Some(today) {
                asked = Some(today);
                report(due::ask(&own).await);
            }
            if ticks % BEAT_TICKS == 0 {
                report(store::recover(&own.db, own.clock.now()).await.map(|(again, failed)| {
                    if again + failed > 0 {
                        tracing::warn!(again, failed, "jobs without a process were found");
                    }
                }));
            }
            ticks += 1;
            match run_next(&own).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(e) => report(Err(e)),
            }
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                () = super::stopped(&mut stopping) => {}
            }
        }
    });
    Worker { app: app.clone(), task }
}

/// A database that is away is said once and waited for: jobs are never lost by it.
fn report(result: Result<()>) {
    if let Err(error) = result {
        tracing::error!(%error, "the queue of jobs cannot be read or written");
    }
}

/// Takes the job that waits longest and runs it to its end; `false` when none waits.
///
/// # Errors
/// When the queue cannot be read or written. A job that fails is no error here.
pub async fn run_next(app: &App) -> Result<bool> {
    if !store::is_any_waiting(&app.db).await? {
        return Ok(false);
    }
    let Some(job) = store::claim(&app.db, app.clock.now()).await? else { return Ok(true) };
    let (progress, steps) = watch::channel(Step::default());
    app.jobs.began(job.id, steps.clone());
    let done = run(app, &job, Progress(progress), steps).await;
    app.jobs.ended(job.id);
    done.map(|()| true)
}

async fn run(app: &App, job: &Row, progress: Progress, mut steps: watch::Receiver<Step>) -> Result<()> {
    let actor = actor(app, job).await?;
    let mut stopping = app.jobs.stopping();
    // A task of its own: a handler that panics ends its job, not the worker.
    let mut handler = match kind(app, &job.kind) {
        None => tokio::spawn(async { Err(Error::Refused(Message::new("job-unknown"))) }),
        // Nobody asked for it and nobody's rights are used.
        Some(kind) if job.account.is_none() && kind.due.is_some() => {
            let args = job.args.clone();
            tokio::spawn((kind.run)(JobCtx { app: app.clone(), actor: actor.clone(), args, progress }))
        }
        Some(kind) => tokio::spawn(allowed(
            kind,
            JobCtx { app: app.clone(), actor: actor.clone(), args: job.args.clone(), progress },
        )),
    };
    let mut ticks = 0;
    let outcome = loop {
        tokio::select! {
            ended = &mut handler => break ended,
            () = super::stopped(&mut stopping) => {
                handler.abort();
                return store::give_back(&app.db, job).await;
            }
            () = tokio::time::sleep(TICK) => {
                ticks += 1;
                let moved = steps.has_changed().unwrap_or(false);
                if !moved && ticks % BEAT_TICKS != 0 {
                    continue;
                }
                let step = steps.borrow_and_update().clone();
                match store::beat(&app.db, job, &step, app.clock.now()).await {
                    Ok(true) => {}
                    Ok(false) => {
                        handler.abort();
                        tracing::warn!(job = %job.id, "another worker took the job over");
                        return Ok(());
                    }
                    // A beat that fails may succeed the next time; a stale job is taken over by another.
                    Err(error) => tracing::warn!(job = %job.id, %error, "the heartbeat could not be written"),
                }
            }
        }
    };
    let (state, result) = match outcome {
        Ok(Ok(answer)) => (State::Done, answer),
        Ok(Err(error)) => {
            tracing::warn!(job = %job.id, kind = %job.kind, %error, "a job failed");
            (State::Failed, failure(&error.message()))
        }
        Err(panicked) => {
            tracing::error!(job = %job.id, kind = %job.kind, %panicked, "a job panicked");
            (State::Failed, failure(&Message::new("error-internal")))
        }
    };
    let step = steps.borrow().clone();
    let mut work = app.work(&actor).await?;
    let now = work.now;
    if store::finish(&mut work.tx, job, state, &step, &result, now).await? {
        work.record(Entry {
            action: "finish",
            subject_kind: "job".to_owned(),
            subject_id: Some(job.id),
            detail: json!({ "kind": job.kind, "state": state.name() }),
            digest: None,
        });
        if let Some(post) = job.post {
            let href = format!("/jobs/{}", job.id);
            let told = message::Message {
                news: News::Job,
                post,
                title: job.kind.as_str().into(),
                note: state.name(),
                href: Some(&href),
                todo: None,
            };
            message::tell(&mut work, &told).await?;
        }
        work.commit().await?;
    }
    Ok(())
}

async fn allowed(kind: &'static JobKind, ctx: JobCtx) -> Result<Value> {
    if !ctx.actor.may(kind.permission) {
        return Err(Error::Forbidden { permission: kind.permission });
    }
    (kind.run)(ctx).await
}

/// The owner as they stand today.
async fn actor(app: &App, job: &Row) -> Result<Actor> {
    let Some(account) = job.account else { return Ok(due::clockwork()) };
    let mut tx = app.db.read().await?;
    let mut actor =
        crate::access::acting(&mut tx, app.roles, Channel::Job, account, job.post, app.clock.today()).await?;
    actor.only.clone_from(&job.rights);
    Ok(actor)
}

/// How a failure is kept.
pub(super) fn failure(message: &Message) -> Value {
    json!({ "error": message })
}
