//! The JSON API of every register, under `/api/v1/registers/{key}`: the same filters, checks and versions as the pages.

use axum::{
    Json,
    extract::{FromRequest, Path, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Map, Value, json};

use super::{filter, json as form, record_id, units::Units, words::Words};
use crate::{
    error::{Error, FieldProblem, Message, Result},
    i18n,
    register::{Record, RegisterDef, changes, list, scaled_text, store, versions},
    ui::query::Query,
    web::{App, Ctx, ErrorPage},
};

/// The address of a register's records.
pub(super) fn address(def: &RegisterDef) -> String {
    format!("/api/v1/registers/{}", def.key)
}

/// A body of JSON, of 2 MiB at most.
pub(super) struct Body(Value);

impl FromRequest<App> for Body {
    type Rejection = ErrorPage;

    async fn from_request(request: Request, _: &App) -> Result<Self, ErrorPage> {
        let limit = 2 * 1_048_576;
        let bytes = axum::body::to_bytes(request.into_body(), limit)
            .await
            .map_err(|_| ErrorPage(Error::TooLarge { limit: limit as u64 }))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|e| {
            ErrorPage(Error::Bad(Message::new("error-json").arg("line", e.line()).arg("column", e.column())))
        })
    }
}

/// `GET /api/v1/registers/{key}`
pub(super) async fn list(def: &'static RegisterDef, ctx: Ctx) -> Result<Response> {
    let seen = ctx.actor.scoped(def.permissions.read, ())?;
    let mut read = ctx.read().await?;
    let units = Units::load(&mut read.tx, def, &seen).await?;
    let asked = filter::read(def, &units, &Query::parse(&ctx.place));
    let page = list::list(&mut read.tx, &read.keys, def, &seen.with(asked)).await?;
    let records: Vec<Value> = page.records.iter().map(|r| form::record(def, &units, r)).collect();
    let sums: Map<String, Value> = def
        .fields
        .iter()
        .zip(&page.sums)
        .filter(|(f, _)| f.sum)
        .map(|(f, n)| (f.name.to_owned(), json!(n.map(|n| scaled_text(n, f.kind.decimals())))))
        .collect();
    let body = json!({ "records": records, "total": page.total, "sums": sums, "page": page.page, "size": page.size });
    Ok(Json(body).into_response())
}

/// `GET /api/v1/registers/{key}/{id}`
pub(super) async fn one(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let seen = ctx.actor.scoped(def.permissions.read, record_id(&id)?)?;
    let mut read = ctx.read().await?;
    let record = store::get(&mut read.tx, &read.keys, def, &seen).await?;
    let units = Units::load(&mut read.tx, def, &seen.with(())).await?;
    Ok(Json(form::record(def, &units, &record)).into_response())
}

/// `GET /api/v1/registers/{key}/{id}/history`: every version, oldest first, with the names of what changed in it.
pub(super) async fn history(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let seen = ctx.actor.scoped(def.permissions.read, record_id(&id)?)?;
    let mut read = ctx.read().await?;
    store::get(&mut read.tx, &read.keys, def, &seen).await?;
    let all = versions::history(&mut read.tx, &read.keys, def, &seen).await?;
    let units = Units::load(&mut read.tx, def, &seen.with(())).await?;
    let mut out = Vec::with_capacity(all.len());
    for (n, version) in all.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| &all[n].record);
        // Names only: the changes themselves stand in the versions, with secrets masked.
        let mut changed: Vec<String> =
            changes(def, &read.keys, before, &version.record).into_iter().map(|c| c.field).collect();
        changed.dedup();
        out.push(json!({
            "version": version.record.meta.version, "at": version.at, "actor": version.actor, "channel": version.channel,
            "changed": changed, "record": form::record(def, &units, &version.record),
        }));
    }
    Ok(Json(json!({ "versions": out })).into_response())
}

/// `POST /api/v1/registers/{key}`
pub(super) async fn create(def: &'static RegisterDef, ctx: Ctx, Body(body): Body) -> Result<Response> {
    let units = super::save::writable(def, &ctx).await?;
    let (typed, wrong) = form::read(def, &units, None, &body)?;
    let (draft, problems) = typed.draft(def, None);
    refuse(wrong, problems)?;
    let mut work = ctx.work().await?;
    let record = store::create(&mut work, def, draft).await?;
    work.commit().await?;
    let place = format!("{}/{}", address(def), record.meta.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(form::record(def, &units, &record))).into_response())
}

/// `PUT /api/v1/registers/{key}/{id}`
pub(super) async fn update(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(id): Path<String>,
    Body(body): Body,
) -> Result<Response> {
    let id = record_id(&id)?;
    let units = super::save::writable(def, &ctx).await?;
    let Some(version) = body.get("version").and_then(Value::as_i64) else {
        return Err(Error::Invalid(vec![FieldProblem {
            field: "version".to_owned(),
            message: Message::new("field-required"),
        }]));
    };
    let seen = ctx.actor.scoped(def.permissions.write, id)?;
    let mut read = ctx.read().await?;
    let before = store::get(&mut read.tx, &read.keys, def, &seen).await?;
    drop(read);
    if before.meta.version != version {
        return Ok(stale(&ctx, def, &units, &body, version, &before));
    }
    let (typed, wrong) = form::read(def, &units, Some(&before), &body)?;
    let (draft, problems) = typed.draft(def, Some(&before));
    refuse(wrong, problems)?;
    let mut work = ctx.work().await?;
    match store::update(&mut work, def, id, version, draft).await {
        Ok(record) => {
            work.commit().await?;
            Ok(Json(form::record(def, &units, &record)).into_response())
        }
        Err(Error::Stale { .. }) => {
            let now = store::get(&mut work.tx, &work.keys, def, &seen).await?;
            Ok(stale(&ctx, def, &units, &body, version, &now))
        }
        Err(error) => Err(error),
    }
}

/// `DELETE /api/v1/registers/{key}/{id}?version=3&reason=…`
pub(super) async fn remove(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let query = Query::parse(&ctx.place);
    let version = query.get("version").and_then(|v| v.parse::<i64>().ok());
    let Some(version) = version else {
        return Err(Error::Invalid(vec![FieldProblem {
            field: "version".to_owned(),
            message: Message::new("field-required"),
        }]));
    };
    let reason = query.get("reason").unwrap_or_default().replace('\0', "");
    let mut work = ctx.work().await?;
    store::remove(&mut work, def, record_id(&id)?, version, &reason).await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Everything wrong at once; a field that could not be read is not also called empty.
fn refuse(mut wrong: Vec<FieldProblem>, problems: Vec<FieldProblem>) -> Result<()> {
    let more: Vec<_> = problems.into_iter().filter(|p| !wrong.iter().any(|w| w.field == p.field)).collect();
    wrong.extend(more);
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// Both values: what was sent and what stands.
fn stale(ctx: &Ctx, def: &'static RegisterDef, units: &Units, body: &Value, yours: i64, now: &Record) -> Response {
    let w = Words { lang: ctx.lang, def };
    let error = Error::Stale { yours, theirs: now.meta.version };
    let message = error.message();
    let body = json!({
        "status": 409, "code": message.key, "title": i18n::message(w.lang, &message), "detail": "", "fields": [],
        "yours": body, "theirs": form::record(def, units, now),
    });
    let mut response = (StatusCode::CONFLICT, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
