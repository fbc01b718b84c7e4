//! A job's page, its events and its JSON. Only its owner sees it; the page may be left at any time.

use std::{convert::Infallible, time::Duration};

use axum::{
    Json,
    extract::Path,
    http::{StatusCode, header},
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, stream};
use maud::{Markup, html};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Row, State, kind, store, verify};
use crate::{
    error::{Error, Message, Result},
    i18n::{self, Lang, t},
    pages::{Frame, page},
    ui::{feedback, lamp::Tone, shell::Crumb},
    web::{Ctx, Need, Routes, see_other},
};

/// The routes of the queue.
pub(crate) fn routes() -> Routes {
    Routes::none()
        .get("/jobs/{id}", Need::SignedIn, show)
        .get("/jobs/{id}/events", Need::SignedIn, events)
        .get("/api/v1/jobs/{id}", Need::Known, one)
        .post("/api/v1/audit/verify", Need::Right("audit.read"), verify_by_program)
        .post("/system/audit/verify", Need::Right("audit.read"), verify_chain)
}

async fn row(ctx: &Ctx, id: &str) -> Result<Row> {
    let gone = Error::NotFound { what: "thing-job" };
    let Ok(id) = id.parse::<Uuid>() else { return Err(gone) };
    let mut read = ctx.read().await?;
    store::find(&mut read.tx, id, ctx.actor.account).await?.ok_or(gone)
}

fn label(lang: Lang, key: &str) -> String {
    t(lang, &format!("job-{}", key.replace('.', "-")))
}

async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Markup> {
    let job = row(&ctx, &id).await?;
    let name = label(ctx.lang, &job.kind);
    let events = format!("/jobs/{}/events", job.id);
    let percent = u64::try_from(job.step.percent().unwrap_or(0)).unwrap_or(0);
    let body = html! {
        h1 { (name) }
        p.dim { (t(ctx.lang, &format!("job-state-{}", job.state.name()))) }
        @match job.state {
            State::Waiting | State::Running => {
                (feedback::job_progress(ctx.lang, &said(ctx.lang, &job), percent, &events))
            }
            State::Done => { @if let Some(kind) = kind(&ctx.app, &job.kind) { ((kind.show)(ctx.lang, &job.result)) } }
            State::Failed => {
                @let (what, remedy) = problem(ctx.lang, &job.result);
                (feedback::note(Tone::Red, html! { (what) @if !remedy.is_empty() { " " (remedy) } }, html! {}))
            }
        }
    };
    page(&ctx, Frame::new(name.clone(), vec![Crumb { label: name, href: None }]), body).await
}

async fn one(ctx: Ctx, Path(id): Path<String>) -> Result<Json<Value>> {
    let job = row(&ctx, &id).await?;
    Ok(Json(json!({
        "id": job.id,
        "kind": job.kind,
        "state": job.state.name(),
        "done": job.step.done,
        "total": job.step.total,
        "note": job.step.note,
        "result": job.result,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
    })))
}

async fn events(ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let job = row(&ctx, &id).await?;
    Ok(Sse::new(follow(ctx, job)).keep_alive(KeepAlive::default()).into_response())
}

/// `progress` at most twice a second while something moves, `end` once. Where the job runs in another process only the
/// row is read.
fn follow(ctx: Ctx, job: Row) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    struct Watch {
        ctx: Ctx,
        job: Row,
        said: Option<Value>,
        over: bool,
    }
    stream::unfold(Watch { ctx, job, said: None, over: false }, |mut watch| async move {
        let mut stopping = watch.ctx.app.jobs.stopping();
        while !watch.over && !*stopping.borrow() {
            if watch.job.state.is_over() {
                watch.over = true;
                let data = end(watch.ctx.lang, &watch.job);
                return Some((Ok(Event::default().event("end").data(data.to_string())), watch));
            }
            let mut step = watch.job.step.clone();
            if let Some(steps) = watch.ctx.app.jobs.watch(watch.job.id) {
                step.clone_from(&steps.borrow());
            }
            watch.job.step = step;
            let data = json!({ "percent": watch.job.step.percent(), "text": said(watch.ctx.lang, &watch.job) });
            if watch.said.as_ref() != Some(&data) {
                watch.said = Some(data.clone());
                return Some((Ok(Event::default().event("progress").data(data.to_string())), watch));
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(500)) => {}
                () = super::stopped(&mut stopping) => return None,
            }
            match row(&watch.ctx, &watch.job.id.to_string()).await {
                Ok(now) => watch.job = now,
                // The browser asks again by itself.
                Err(_) => return None,
            }
        }
        None
    })
}

fn said(lang: Lang, job: &Row) -> String {
    let name = label(lang, &job.kind);
    match (job.state, job.step.note.as_str()) {
        (State::Waiting, _) => format!("{name} {}", t(lang, "job-state-waiting")),
        (_, "") => name,
        (_, note) => format!("{name} {note}"),
    }
}

fn end(lang: Lang, job: &Row) -> Value {
    let href = format!("/jobs/{}", job.id);
    let text = match job.state {
        State::Done => format!("{} {}", label(lang, &job.kind), t(lang, "job-state-done")),
        _ => problem(lang, &job.result).0,
    };
    json!({ "state": job.state.name(), "text": text, "href": href })
}

/// What went wrong and what to do.
fn problem(lang: Lang, result: &Value) -> (String, String) {
    let message: Message =
        serde_json::from_value(result["error"].clone()).unwrap_or_else(|_| Message::new("error-internal"));
    let remedy = format!("{}-remedy", message.key);
    (i18n::message(lang, &message), if i18n::has(lang, &remedy) { t(lang, &remedy) } else { String::new() })
}

/// Asks for a verification of the audit chain.
async fn ask_verification(ctx: &Ctx) -> Result<Uuid> {
    let mut work = ctx.work().await?;
    let id = super::enqueue(&mut work, &verify::KIND, &json!({})).await?;
    work.commit().await?;
    Ok(id)
}

async fn verify_chain(ctx: Ctx) -> Result<Response> {
    Ok(see_other(&format!("/jobs/{}", ask_verification(&ctx).await?)))
}

async fn verify_by_program(ctx: Ctx) -> Result<Response> {
    let id = ask_verification(&ctx).await?;
    let place = format!("/api/v1/jobs/{id}");
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(json!({ "id": id }))).into_response())
}
