//! Taking a record out with a reason, and putting it back. Nothing is ever deleted.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

use super::{
    At, detail, record_id,
    words::{Words, wrong},
};
use crate::{
    error::{Error, FieldProblem, Message, Result},
    i18n::ta,
    pages,
    register::{Record, RegisterDef, store},
    ui::{
        conflict::{Confirm, confirm},
        html,
        shell::Crumb,
    },
    web::{Ctx, Form, see_other},
};

/// `GET /registers/{key}/{id}/remove`
pub(super) async fn ask(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let seen = ctx.actor.scoped(def.permissions.remove, record_id(&id)?)?;
    let mut read = ctx.read().await?;
    let record = store::get(&mut read.tx, &read.keys, def, &seen).await?;
    drop(read);
    if record.meta.removed.is_some() {
        return Err(Error::Refused(Message::new("record-already-removed")));
    }
    question(def, &ctx, &record, record.meta.version, "", &[]).await
}

/// `POST /registers/{key}/{id}/remove`
pub(super) async fn remove(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = record_id(&id)?;
    let (version, reason) = (form.number("version", 0), form.text("reason"));
    let mut work = ctx.work().await?;
    match store::remove(&mut work, def, id, version, reason).await {
        Ok(_) => {
            work.commit().await?;
            Ok(see_other(&format!("{}?saved=removed", At(def).one(id))))
        }
        Err(Error::Invalid(problems)) => {
            let seen = ctx.actor.scoped(def.permissions.remove, id)?;
            let record = store::get(&mut work.tx, &work.keys, def, &seen).await?;
            drop(work);
            question(def, &ctx, &record, version, reason, &problems).await
        }
        Err(error) => Err(error),
    }
}

/// `POST /registers/{key}/{id}/restore`
pub(super) async fn restore(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = record_id(&id)?;
    let mut work = ctx.work().await?;
    store::restore(&mut work, def, id, form.number("version", 0)).await?;
    work.commit().await?;
    Ok(see_other(&format!("{}?saved=restored", At(def).one(id))))
}

async fn question(
    def: &'static RegisterDef,
    ctx: &Ctx,
    record: &Record,
    version: i64,
    reason: &str,
    problems: &[FieldProblem],
) -> Result<Response> {
    let (w, at, id) = (Words { lang: ctx.lang, def }, At(def), record.meta.id);
    let name = detail::title(&w, record);
    let title = ta(w.lang, "register-remove-title", &[("title", name.clone().into())]);
    let error = wrong(w.lang, problems, "reason");
    let body = html! {
        (confirm(&Confirm {
            lang: w.lang,
            title: &title,
            consequence: html! { p { (w.t("register-remove-consequence")) } },
            action: &at.below(id, "remove"),
            hidden: &[("version", &version.to_string())],
            verb: &w.t("register-remove"),
            danger: true,
            reason,
            error: error.as_deref(),
            cancel: &at.one(id),
        }))
    };
    let crumbs =
        vec![Crumb::to(w.title(), at.list()), Crumb::to(name, at.one(id)), Crumb::here(w.t("register-remove"))];
    let page = pages::page(ctx, pages::Frame::new(title, crumbs), body).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page).into_response())
}
