//! Opening a form, and saving what it sent.
//!
//! The rule that matters: a save names the version it read. When another save came first nothing is written and the page shows
//! both values of whatever both changed ([`super::stale`]).

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use uuid::Uuid;

use super::{
    At,
    form::FormView,
    merge, record_id, stale,
    typed::Typed,
    units::{Units, holds},
    words::Words,
};
use crate::{
    access::Scoped,
    error::{Error, FieldProblem, Message, Result},
    register::{Record, RegisterDef, store, versions},
    ui::query::Query,
    web::{Ctx, Form, see_other},
};

/// `GET /registers/{key}/new?unit=…`
pub(super) async fn new(def: &'static RegisterDef, ctx: Ctx) -> Result<Response> {
    let units = writable(def, &ctx).await?;
    let asked = Query::parse(&ctx.place);
    let unit = asked.get("unit").and_then(|text| units.by_key(text)).filter(|u| def.levels.contains(&u.kind.as_str()));
    let today = ctx.app.clock.today();
    let mut holders = units.holders(def, today);
    // Whoever has one unit only need not pick it.
    let only = holders.next().filter(|_| holders.next().is_none());
    let mut typed = Typed::empty(def, unit.or(only).map(|u| u.id));
    // An address may fill fields in, e.g. from the page that misses the record.
    for (at, field) in def.fields.iter().enumerate() {
        if let Some(text) = asked.get(field.name) {
            typed.fields[at] = text.to_owned();
        }
    }
    form_page(&ctx, def, &units, None, &typed, &[]).await
}

/// `POST /registers/{key}/new`
pub(super) async fn create(def: &'static RegisterDef, ctx: Ctx, form: Form) -> Result<Response> {
    let typed = Typed::from_form(def, &form);
    let (draft, problems) = typed.draft(def, None);
    let problems = if problems.is_empty() {
        let mut work = ctx.work().await?;
        match store::create(&mut work, def, draft).await {
            Ok(record) => {
                work.commit().await?;
                return Ok(see_other(&format!("{}?saved=new", At(def).one(record.meta.id))));
            }
            Err(Error::Invalid(problems)) => typed.by_form(def, problems),
            Err(error) => return Err(error),
        }
    } else {
        problems
    };
    let units = writable(def, &ctx).await?;
    form_page(&ctx, def, &units, None, &typed, &problems).await
}

/// `GET /registers/{key}/{id}/edit`
pub(super) async fn edit(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let record = current(def, &ctx, record_id(&id)?).await?;
    if record.meta.removed.is_some() {
        return Err(Error::Refused(Message::new("record-removed-cannot-change")));
    }
    let units = writable(def, &ctx).await?;
    form_page(&ctx, def, &units, Some(&record), &Typed::of(def, &record), &[]).await
}

/// `POST /registers/{key}/{id}/edit`
pub(super) async fn update(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = record_id(&id)?;
    let mut version = form.number("version", 0);
    let mut typed = Typed::from_form(def, &form);
    // The answer to a page of two values: the choices become what was typed.
    if form.has("base") {
        let asked = Asked { base: form.number("base", 0), now: version };
        match resolve(def, &ctx, id, &asked, &typed, &form).await? {
            Resolved::Typed(chosen) => typed = chosen,
            Resolved::Page(answer) => return Ok(answer),
        }
    }
    let record = current(def, &ctx, id).await?;
    let (draft, problems) = typed.draft(def, Some(&record));
    let problems = if problems.is_empty() {
        let mut work = ctx.work().await?;
        match store::update(&mut work, def, id, version, draft).await {
            Ok(record) => {
                work.commit().await?;
                return Ok(see_other(&format!("{}?saved=edit", At(def).one(record.meta.id))));
            }
            Err(Error::Stale { yours, .. }) => {
                drop(work);
                return conflict(def, &ctx, id, yours, &typed).await;
            }
            Err(Error::Invalid(problems)) => typed.by_form(def, problems),
            Err(error) => return Err(error),
        }
    } else {
        problems
    };
    let units = writable(def, &ctx).await?;
    // The form goes on from the version it read: the next save will still see who came between.
    let mut read = record;
    std::mem::swap(&mut read.meta.version, &mut version);
    form_page(&ctx, def, &units, Some(&read), &typed, &problems).await
}

/// The two versions a stale save stands between.
struct Asked {
    base: i64,
    now: i64,
}

enum Resolved {
    Typed(Typed),
    Page(Response),
}

/// Puts the choices of the page of two values in; shows the page again when a choice is missing.
async fn resolve(
    def: &'static RegisterDef,
    ctx: &Ctx,
    id: Uuid,
    asked: &Asked,
    mine: &Typed,
    form: &Form,
) -> Result<Resolved> {
    let (base, now) = two_versions(def, ctx, id, asked.base, Some(asked.now)).await?;
    let merged = merge::Merge::new(def, &base, mine, &now);
    match merged.choose(|item| merge::Pick::of(form.text("all"), form.text(&format!("pick.{item}")))) {
        Some(chosen) => Ok(Resolved::Typed(chosen)),
        None => {
            let units = writable(def, ctx).await?;
            Ok(Resolved::Page(
                stale::page(
                    ctx,
                    &stale::View {
                        w: words(ctx, def),
                        units: &units,
                        base: &base,
                        now: &now,
                        merge: &merged,
                        again: true,
                    },
                )
                .await?,
            ))
        }
    }
}

/// Nothing was written: shows both values. What only one of the two changed needs no choice.
async fn conflict(def: &'static RegisterDef, ctx: &Ctx, id: Uuid, base: i64, mine: &Typed) -> Result<Response> {
    let (base, now) = two_versions(def, ctx, id, base, None).await?;
    let merge = merge::Merge::new(def, &base, mine, &now);
    let units = writable(def, ctx).await?;
    stale::page(
        ctx,
        &stale::View { w: words(ctx, def), units: &units, base: &base, now: &now, merge: &merge, again: false },
    )
    .await
}

/// The version that was read and the one that stands (or the one named).
async fn two_versions(
    def: &'static RegisterDef,
    ctx: &Ctx,
    id: Uuid,
    base: i64,
    now: Option<i64>,
) -> Result<(Record, Record)> {
    let seen = ctx.actor.scoped(def.permissions.write, id)?;
    let mut read = ctx.read().await?;
    let all = versions::history(&mut read.tx, &read.keys, def, &seen).await?;
    let find = |version: i64| all.iter().find(|v| v.record.meta.version == version).map(|v| v.record.clone());
    let missing = || Error::NotFound { what: "thing-record" };
    let last = all.last().map(|v| v.record.clone()).ok_or_else(missing)?;
    // A version nobody wrote, or one from before the record came into this scope, counts as the first one known.
    let base = find(base).or_else(|| all.first().map(|v| v.record.clone())).ok_or_else(missing)?;
    Ok((base, now.and_then(find).unwrap_or(last)))
}

fn words(ctx: &Ctx, def: &'static RegisterDef) -> Words {
    Words { lang: ctx.lang, def }
}

/// The record as it stands, when the actor may change it.
async fn current(def: &'static RegisterDef, ctx: &Ctx, id: Uuid) -> Result<Record> {
    let seen = ctx.actor.scoped(def.permissions.write, id)?;
    let mut read = ctx.read().await?;
    let record = store::get(&mut read.tx, &read.keys, def, &seen).await?;
    debug_assert!(holds(&mut read.tx, &ctx.actor, def.permissions.write, record.meta.unit).await?);
    Ok(record)
}

/// The units over which the actor may write.
pub(super) async fn writable(def: &'static RegisterDef, ctx: &Ctx) -> Result<Units> {
    let seen: Scoped<()> = ctx.actor.scoped(def.permissions.write, ())?;
    let mut read = ctx.read().await?;
    Units::load(&mut read.tx, def, &seen).await
}

async fn form_page(
    ctx: &Ctx,
    def: &'static RegisterDef,
    units: &Units,
    record: Option<&Record>,
    typed: &Typed,
    problems: &[FieldProblem],
) -> Result<Response> {
    let page = FormView { ctx, w: words(ctx, def), units, record, typed, problems }.page().await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page).into_response())
}
