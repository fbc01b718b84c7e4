//! Attachments of a record: shown, added, opened, taken out.

use axum::{
    body::Body,
    extract::{Multipart, Path, multipart::MultipartRejection},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use uuid::Uuid;

use super::{
    At, detail, record_id, sniff, upload,
    words::{Words, wrong},
};
pub(super) use crate::register::attached::Attachment;
use crate::{
    error::{Error, FieldProblem, Result},
    i18n::{format, ta},
    pages,
    register::{Record, RegisterDef, attached, store},
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        conflict::{Confirm, confirm},
        files::{Figure, FileRow, figures, file_rows},
        head::panel_pad,
        html,
        shell::Crumb,
    },
    web::{Ctx, Form, see_other},
};

/// The attachments of a record and, for whoever may, the form to add one. Nothing where the register carries none.
pub(super) fn panel(w: &Words, record: &Record, files: &[Attachment], write: bool, max_mb: u64) -> Markup {
    if w.def.attachments.is_empty() {
        return html! {};
    }
    let (at, id) = (At(w.def), record.meta.id);
    let href = |f: &Attachment| at.below(id, &format!("files/{}", f.id));
    let by = |f: &Attachment| {
        ta(
            w.lang,
            "register-file-by",
            &[("who", f.added_by.clone().into()), ("when", format::moment(f.added_at).into())],
        )
    };
    let pictures: Vec<Figure> = files
        .iter()
        .filter(|f| sniff::is_picture(&f.media_type))
        .map(|f| Figure {
            href: href(f),
            image: href(f),
            alt: format!("{} {}", w.attachment(&f.kind), f.name),
            caption: w.attachment(&f.kind),
            sub: format::moment(f.added_at),
        })
        .collect();
    let rows: Vec<FileRow> = files
        .iter()
        .map(|f| FileRow {
            name: f.name.clone(),
            href: href(f),
            size: u64::try_from(f.size).unwrap_or(0),
            kind: w.attachment(&f.kind),
            sub: by(f),
            acts: html! {
                @if write { a.btn.btn-sm.btn-quiet href={ (href(f)) "/remove" } { (w.t("register-file-remove")) } }
            },
        })
        .collect();
    let body = html! {
        @if files.is_empty() { p.dim.sm { (w.t("register-file-none")) } }
        @if !pictures.is_empty() { (figures(&pictures)) }
        (file_rows(&rows))
        @if write { (add_form(w, &at.below(id, "files"), max_mb)) }
    };
    panel_pad(&w.t("register-files"), html! {}, body)
}

fn add_form(w: &Words, action: &str, max_mb: u64) -> Markup {
    html! {
        form.flex.flex-w.sm.mt.no-print method="post" action=(action) enctype="multipart/form-data" {
            label {
                span.sr { (w.t("register-file-kind")) }
                select.form-select name="kind" {
                    @for kind in w.def.attachments { option value=(kind) { (w.attachment(kind)) } }
                }
            }
            label {
                span.sr { (w.t("register-file-choose")) }
                input.form-control type="file" name="file" multiple required accept=(upload::ACCEPT);
            }
            (submit_button(&w.t("register-file-add"), Kind::Small))
            span.dim.xs { (ta(w.lang, "register-file-limit", &[("mb", max_mb.into())])) }
        }
    }
}

/// `POST /registers/{key}/{id}/files`
pub(super) async fn add(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(id): Path<String>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response> {
    let id = record_id(&id)?;
    // Who may not change the record does not get to send a byte.
    let seen = ctx.actor.scoped(def.permissions.write, id)?;
    let mut read = ctx.read().await?;
    store::get(&mut read.tx, &read.keys, def, &seen).await?;
    drop(read);
    let sent = upload::read(&ctx, body).await?;
    let kind = sent.text("kind").to_owned();
    let mut work = ctx.work().await?;
    for file in sent.files {
        let new =
            attached::New { kind: kind.clone(), name: file.name, media_type: file.media_type, stored: file.stored };
        attached::add(&mut work, def, id, new).await?;
    }
    work.commit().await?;
    Ok(see_other(&format!("{}?saved=file", At(def).one(id))))
}

async fn find(
    def: &'static RegisterDef,
    ctx: &Ctx,
    permission: &'static str,
    id: Uuid,
    file: &str,
) -> Result<(Record, Attachment)> {
    let missing = || Error::NotFound { what: "thing-file" };
    let file = Uuid::try_parse(file).map_err(|_| missing())?;
    let seen = ctx.actor.scoped(permission, id)?;
    let mut read = ctx.read().await?;
    let record = store::get(&mut read.tx, &read.keys, def, &seen).await?;
    let found = attached::list(&mut read.tx, def.key, id).await?.into_iter().find(|f| f.id == file);
    Ok((record, found.ok_or_else(missing)?))
}

/// `GET /registers/{key}/{id}/files/{file}`: a picture to look at, anything else to save.
pub(super) async fn open(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    let (_, file) = find(def, &ctx, def.permissions.read, record_id(&id)?, &file).await?;
    let bytes = ctx.app.files.get(&file.sha256).await?;
    let way = if sniff::is_picture(&file.media_type) { "inline" } else { "attachment" };
    let name = crate::web::percent(&file.name).replace('/', "%2F");
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CONTENT_DISPOSITION, format!("{way}; filename*=UTF-8''{name}")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (HeaderName::from_static("content-security-policy"), "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
    ];
    Ok((headers, Body::from(bytes)).into_response())
}

/// `GET /registers/{key}/{id}/files/{file}/remove`
pub(super) async fn ask(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    let (record, file) = find(def, &ctx, def.permissions.write, record_id(&id)?, &file).await?;
    question(def, &ctx, &record, &file, "", &[]).await
}

/// `POST /registers/{key}/{id}/files/{file}/remove`
pub(super) async fn remove(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path((id, file)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let id = record_id(&id)?;
    let (record, file) = find(def, &ctx, def.permissions.write, id, &file).await?;
    let mut work = ctx.work().await?;
    match attached::remove(&mut work, def, id, file.id, form.text("reason")).await {
        Ok(()) => {
            work.commit().await?;
            Ok(see_other(&At(def).one(id)))
        }
        Err(Error::Invalid(problems)) => {
            drop(work);
            question(def, &ctx, &record, &file, form.text("reason"), &problems).await
        }
        Err(error) => Err(error),
    }
}

async fn question(
    def: &'static RegisterDef,
    ctx: &Ctx,
    record: &Record,
    file: &Attachment,
    reason: &str,
    problems: &[FieldProblem],
) -> Result<Response> {
    let (w, at, id) = (Words { lang: ctx.lang, def }, At(def), record.meta.id);
    let title = ta(w.lang, "register-file-remove-title", &[("name", file.name.clone().into())]);
    let error = wrong(w.lang, problems, "reason");
    let body = confirm(&Confirm {
        lang: w.lang,
        title: &title,
        consequence: html! { p { (w.t("register-file-remove-consequence")) } },
        action: &at.below(id, &format!("files/{}/remove", file.id)),
        hidden: &[],
        verb: &w.t("register-file-remove"),
        danger: true,
        reason,
        error: error.as_deref(),
        cancel: &at.one(id),
    });
    let crumbs =
        vec![Crumb::to(w.title(), at.list()), Crumb::to(detail::title(&w, record), at.one(id)), Crumb::here(&title)];
    let page = pages::page(ctx, pages::Frame::new(title, crumbs), body).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page).into_response())
}
