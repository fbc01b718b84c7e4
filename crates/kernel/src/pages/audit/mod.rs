//! The audit as its administrator reads it: list, one entry, the head to keep elsewhere. The verification is a job.
//!
//! The rule that matters: pages only read. There is one chain a district, so whoever may read it reads all of it.

mod store;
pub(super) mod words;

use axum::{
    Json,
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use self::{
    store::{EntryQuery, entry, list},
    words::{action, kind, kinds},
};
use super::{Frame, accounts::page_and_size, page};
use crate::{
    audit::{self, Head, Stored},
    error::{Error, Result},
    i18n::{format, ta},
    ui::{
        buttons::{Kind, link_button, post_button},
        detail::definitions,
        feedback::empty,
        filter::FilterBar,
        form::Choice,
        head::{PageHead, panel, panel_pad},
        pager::pager,
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
        timeline::diff,
    },
    web::Ctx,
};

const LIST: &str = "/system/audit";

/// The list, the newest first.
pub(super) async fn show(ctx: Ctx) -> Result<Response> {
    let query = Query::parse(&ctx.place);
    let (number, size) = page_and_size(&query);
    let asked = EntryQuery::read(&query, (number - 1) * size, size);
    let mut read = ctx.read().await?;
    let (rows, total) = list(&mut read.tx, &asked).await?;
    let (algorithm, seq, ..) = audit::head(&mut read.tx).await?;
    let today = read.today();
    drop(read);
    let unsigned = |n: i64| u64::try_from(n).unwrap_or(0);
    let below = pager(ctx.lang, &query, unsigned(number), unsigned(size), unsigned(total));
    let part = if rows.is_empty() {
        table_box("list", empty("doc", &ctx.t("audit-none"), html! {}), below)
    } else {
        table_box("list", table(&ctx, &rows, today), below)
    };
    if ctx.part {
        return Ok(part.into_response());
    }
    let all_kinds: Vec<Choice> = kinds(&ctx.app).into_iter().map(|k| Choice::new(k, kind(ctx.lang, k))).collect();
    let actions: Vec<Choice> = words::ACTIONS.iter().map(|a| Choice::new(*a, action(ctx.lang, a))).collect();
    let meta =
        ta(ctx.lang, "audit-about", &[("n", format::int(seq).into()), ("digest", algorithm.to_uppercase().into())]);
    let body = html! {
        (PageHead::new(ctx.lang, ctx.t("nav-audit")).meta(meta)
            .act(link_button(&ctx.t("audit-head"), "/system/audit/head", "export", Kind::Plain))
            .act(post_button(&ctx.t("audit-verify"), "/system/audit/verify", &[], Kind::Primary)))
        (FilterBar::new(ctx.lang, &query)
            .select("kind", &ctx.t("audit-kind"), &all_kinds)
            .select("action", &ctx.t("audit-action"), &actions)
            .search("q", &ctx.t("audit-actor"), &ctx.t("audit-actor-hint"))
            .more_text("from", &ctx.t("audit-from"), "2009-06-01")
            .more_text("to", &ctx.t("audit-to"), "2009-06-30"))
        (part)
    };
    Ok(page(&ctx, Frame::new(ctx.t("nav-audit"), vec![Crumb::here(ctx.t("nav-audit"))]), body).await?.into_response())
}

fn table(ctx: &Ctx, rows: &[Stored], today: chrono::NaiveDate) -> Markup {
    let mut table = Table::new(
        ctx.lang,
        ctx.t("nav-audit"),
        vec![
            Column::num(ctx.t("audit-seq")),
            Column::text(ctx.t("audit-at")).phone(Phone::Inline).class("nowrap"),
            Column::text(ctx.t("audit-actor")),
            Column::text(ctx.t("audit-action")).phone(Phone::Inline),
            Column::text(ctx.t("audit-kind")).phone(Phone::Inline),
            Column::text(ctx.t("audit-channel")).phone(Phone::Hidden),
        ],
    );
    for row in rows {
        let href = format!("{LIST}/{}", row.seq);
        table = table.row(Row::new(vec![
            html! { a href=(href) { (row.seq) } }.into(),
            format::moment_near(row.at, today).into(),
            row.actor.as_str().into(),
            action(ctx.lang, &row.action).into(),
            html! { (kind(ctx.lang, &row.subject_kind)) @if let Some(name) = words::named(ctx.lang, &ctx.app, &row.subject_kind, &row.detail) { " " span.dim { (name) } } }.into(),
            Cell::from(words::channel(ctx.lang, &row.channel)),
        ]));
    }
    html! { (table) }
}

/// One entry with its hashes and what changed.
pub(super) async fn show_entry(ctx: Ctx, Path(seq): Path<String>) -> Result<Markup> {
    let gone = Error::NotFound { what: "thing-record" };
    let Ok(seq) = seq.parse::<i64>() else { return Err(gone) };
    let mut read = ctx.read().await?;
    let found = entry(&mut read.tx, seq).await?.ok_or(gone)?;
    let head = audit::head(&mut read.tx).await?;
    drop(read);
    let algorithm = audit::Algorithm::parse(&head.0).unwrap_or(audit::Algorithm::Sha256);
    let sound = audit::link(algorithm, &found) == found.hash;
    let id = |id: Option<uuid::Uuid>| format::or_dash(id.map(|i| i.to_string()));
    let facts: Vec<(String, Markup)> = vec![
        (ctx.t("audit-at"), html! { (format::moment(found.at)) span.dim { "　" (found.at.to_rfc3339()) } }),
        (ctx.t("audit-actor"), html! { (found.actor) }),
        (ctx.t("audit-channel"), html! { (words::channel(ctx.lang, &found.channel)) }),
        (ctx.t("audit-action"), html! { (action(ctx.lang, &found.action)) " " code { (found.action) } }),
        (ctx.t("audit-kind"), html! { (kind(ctx.lang, &found.subject_kind)) " " code { (found.subject_kind) } }),
        (ctx.t("audit-subject"), html! { code { (id(found.subject_id)) } }),
        (ctx.t("audit-account"), html! { code { (id(found.account_id)) } }),
        (ctx.t("audit-post"), html! { code { (id(found.post_id)) } }),
    ];
    let seals: Vec<(String, Markup)> = vec![
        (ctx.t("audit-digest"), html! { code { (format::or_dash(found.digest.clone())) } }),
        (ctx.t("audit-prev"), html! { code { (found.prev_hash) } }),
        (ctx.t("audit-hash"), html! { code { (found.hash) } " " (words::verdict(ctx.lang, sound)) }),
    ];
    let pairs = |list: &[(String, Markup)]| {
        definitions(&list.iter().map(|(term, value)| (term.as_str(), value.clone())).collect::<Vec<_>>())
    };
    let title = ta(ctx.lang, "audit-entry", &[("seq", found.seq.to_string().into())]);
    let neighbour = |seq: i64, label: &str| link_button(&ctx.t(label), &format!("{LIST}/{seq}"), "", Kind::Plain);
    let mut page_head = PageHead::new(ctx.lang, &title);
    if seq > 1 {
        page_head = page_head.act(neighbour(seq - 1, "audit-before"));
    }
    if seq < head.1 {
        page_head = page_head.act(neighbour(seq + 1, "audit-after"));
    }
    let body = html! {
        (page_head)
        div.stack {
            (panel_pad(&ctx.t("audit-what"), html! {}, pairs(&facts)))
            (panel(&ctx.t("audit-detail"), html! {}, html! { div.pad { (changes(&ctx, &found.detail)) } }))
            (panel_pad(&ctx.t("audit-chain"), html! {}, pairs(&seals)))
        }
    };
    let crumbs = vec![Crumb::to(ctx.t("nav-audit"), LIST), Crumb::here(&title)];
    page(&ctx, Frame::new(title.clone(), crumbs), body).await
}

/// The changes field by field, then whatever else the entry says.
fn changes(ctx: &Ctx, detail: &str) -> Markup {
    let value: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    let plain = |v: &serde_json::Value| match v {
        serde_json::Value::Null => format::DASH.to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let empty = serde_json::Map::new();
    let object = value.as_object().unwrap_or(&empty);
    let fields = object.get("changes").and_then(|c| c.as_array());
    html! {
        @if let Some(fields) = fields {
            ul {
                @for change in fields {
                    @let text = |name: &str| change.get(name).and_then(|v| v.as_str()).map(str::to_owned);
                    li { code { (text("field").unwrap_or_default()) } " " (diff(ctx.lang, text("from").as_deref(), text("to").as_deref())) }
                }
            }
        }
        dl.hj-dl {
            @for (name, value) in object.iter().filter(|(name, _)| *name != "changes") { dt { code { (name) } } dd { (plain(value)) } }
        }
        @if object.is_empty() { p.dim { (ctx.t("audit-no-detail")) } }
    }
}

/// The head of the chain as a file, to be kept where the database's owner cannot write.
pub(super) async fn head(ctx: Ctx) -> Result<Response> {
    let mut read = ctx.read().await?;
    let (algorithm, seq, hash, _) = audit::head(&mut read.tx).await?;
    drop(read);
    let name = format!("attachment; filename=\"audit-head-{seq}.json\"");
    let mut answer = Json(Head { algorithm, seq, hash }).into_response();
    let name = HeaderValue::from_str(&name).map_err(|e| Error::Internal(e.to_string()))?;
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(answer)
}
