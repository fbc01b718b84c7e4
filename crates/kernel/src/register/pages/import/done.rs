//! What an import wrote, and taking it back within the same day.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{crumbs, head};
use crate::{
    audit::Entry,
    clock::local_day,
    db::Tx,
    error::{Error, Message, Result},
    i18n::{format, ta},
    pages,
    register::{
        Draft, RegisterDef,
        pages::{At, words::Words},
        store, versions,
    },
    sql,
    ui::{
        buttons::{Kind, link_button, post_button},
        feedback::note,
        html,
        lamp::Tone,
    },
    web::{Ctx, see_other},
    work::Work,
};

/// An import as the audit keeps it.
struct Import {
    at: DateTime<Utc>,
    detail: Json,
    /// What was taken back, if it was.
    undone: Option<Json>,
}

/// The import of that id, done by this account on this register.
async fn find(tx: &mut Tx, def: &RegisterDef, ctx: &Ctx, id: &str) -> Result<(Uuid, Import)> {
    let missing = || Error::NotFound { what: "thing-page" };
    let id = Uuid::try_parse(id).map_err(|_| missing())?;
    let account = ctx.actor.account.ok_or_else(missing)?;
    let rows: Vec<(String, DateTime<Utc>, String)> = sql!(
        tx,
        fetch_all,
        "select action, at, detail from audit_entry
         where subject_kind = 'import' and subject_id = $1 and account_id = $2 order by seq",
        id,
        account
    )?;
    let json = |text: &str| serde_json::from_str::<Json>(text).unwrap_or(Json::Null);
    let (_, at, detail) = rows.iter().find(|(action, ..)| action == "import").ok_or_else(missing)?;
    let detail = json(detail);
    if detail["register"] != def.key {
        return Err(missing());
    }
    let undone = rows.iter().find(|(action, ..)| action == "undo_import").map(|(.., detail)| json(detail));
    Ok((id, Import { at: *at, detail, undone }))
}

/// `GET /registers/{key}/import/done/{id}`
pub(in super::super) async fn show(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let w = Words { lang: ctx.lang, def };
    let mut read = ctx.read().await?;
    let (id, import) = find(&mut read.tx, def, &ctx, &id).await?;
    let today = read.today();
    drop(read);
    let (head, bar) = head(&w, &ctx, 3);
    let number = |json: &Json| json.as_i64().unwrap_or(0);
    let words = [
        ("file", import.detail["file"].as_str().unwrap_or_default().to_owned().into()),
        ("new", number(&import.detail["new"]).into()),
        ("changed", number(&import.detail["changed"]).into()),
        ("skipped", number(&import.detail["skipped"]).into()),
        ("when", format::moment(import.at).into()),
    ];
    let may = import.undone.is_none() && local_day(import.at) == today;
    let back = post_button(&w.t("import-undo"), &At(def).path(&format!("/import/done/{id}/undo")), &[], Kind::Small);
    let body = html! {
        (head.act(link_button(&w.t("register-back-to-list"), &At(def).list(), "", Kind::Plain))
            .act(link_button(&w.t("import-other-file"), &At(def).path("/import"), "import", Kind::Plain)))
        div.stack {
            (bar)
            (note(Tone::Green, html! { (ta(w.lang, "import-written", &words)) }, if may { back } else { html! {} }))
            @if let Some(undone) = &import.undone {
                @let words = [("n", number(&undone["undone"]).into()), ("kept", number(&undone["kept"]).into())];
                (note(Tone::Yellow, html! { (ta(w.lang, "import-undone", &words)) }, html! {}))
            } @else if may {
                p.dim.sm { (w.t("import-undo-about")) }
            }
        }
    };
    let frame = pages::Frame::new(w.t("register-import"), crumbs(&w, &w.t("import-step-write")));
    Ok(pages::page(&ctx, frame, body).await?.into_response())
}

/// `POST /registers/{key}/import/done/{id}/undo`: takes out what was new, puts back what was changed; leaves alone what
/// somebody has touched since.
pub(in super::super) async fn undo(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let mut work = ctx.work().await?;
    let (id, import) = find(&mut work.tx, def, &ctx, &id).await?;
    if import.undone.is_some() {
        return Err(Error::Refused(Message::new("import-already-undone")));
    }
    if local_day(import.at) != work.today() {
        return Err(Error::Refused(Message::new("import-too-late")));
    }
    let file = import.detail["file"].as_str().unwrap_or_default();
    let reason = ta(ctx.lang, "import-undo-reason", &[("file", file.to_owned().into())]);
    let (mut undone, mut kept) = (0, 0);
    for row in import.detail["rows"].as_array().into_iter().flatten() {
        let record = row[0].as_str().and_then(|t| Uuid::try_parse(t).ok()).unwrap_or_default();
        let version = row[1].as_i64().unwrap_or(0);
        match take_back(&mut work, def, record, version, row[2] == "new", &reason).await {
            Ok(true) => undone += 1,
            // Touched since, moved out of the scope, or in the way of another record: it stays as it is.
            Ok(false) | Err(Error::NotFound { .. } | Error::Invalid(_) | Error::Refused(_)) => kept += 1,
            Err(error) => return Err(error),
        }
    }
    work.record(Entry {
        action: "undo_import",
        subject_kind: "import".to_owned(),
        subject_id: Some(id),
        detail: json!({ "register": def.key, "undone": undone, "kept": kept }),
        digest: None,
    });
    work.commit().await?;
    Ok(see_other(&At(def).path(&format!("/import/done/{id}"))))
}

async fn take_back(
    work: &mut Work,
    def: &'static RegisterDef,
    id: Uuid,
    version: i64,
    new: bool,
    reason: &str,
) -> Result<bool> {
    let seen = work.actor.scoped(def.permissions.write, id)?;
    let now = store::get(&mut work.tx, &work.keys, def, &seen).await?;
    if now.meta.version != version || now.meta.removed.is_some() {
        return Ok(false);
    }
    if new {
        store::remove(work, def, id, version, reason).await?;
        return Ok(true);
    }
    let all = versions::history(&mut work.tx, &work.keys, def, &seen).await?;
    let Some(before) = all.iter().rev().map(|v| &v.record).find(|r| r.meta.version < version) else { return Ok(false) };
    store::update(work, def, id, version, Draft::of(before)).await?;
    Ok(true)
}
