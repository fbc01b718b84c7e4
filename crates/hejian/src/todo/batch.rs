//! `/todo/batch`: one act on several to-dos with one reason; what could not be done is said row by row.
//!
//! The rule that matters: each row is a unit of work of its own. What one row refuses does not undo the others, and no row is
//! done on a record that somebody changed since the page was drawn.

use axum::http::StatusCode;
use hejian_kernel::{
    access::Seat,
    error::{Error, Result},
    i18n::{self, Lang, format, t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, submit_button},
        controls::Choice,
        feedback::{empty, note},
        form::{Control, Field, hidden, post_form},
        head::{PageHead, panel_pad},
        html,
        lamp::{LampKind, Tone, lamp},
        query::Query,
        seats,
        shell::Crumb,
        table::{Column, Phone, Row, Table, table_box},
    },
    web::{Ctx, Form},
};
use uuid::Uuid;

use super::{
    model::Day,
    offers::{self, Open},
    one::eyes,
    row, store,
    verbs::{self, Verb},
};

/// At most so many rows at once: what a page of the list holds.
const MOST: usize = 100;

/// `GET /todo/batch?id=…&id=…`: what is chosen, which acts it is open to, and what stands in the way.
pub(super) async fn ask(ctx: Ctx) -> Result<Markup> {
    let query = Query::parse(&ctx.place);
    let ids: Vec<Uuid> =
        query.pairs().iter().filter(|(n, _)| n == "id").filter_map(|(_, v)| v.parse().ok()).take(MOST).collect();
    let chosen = gather(&ctx, &ids).await?;
    question(&ctx, &chosen, None).await
}

/// To-dos with what can be done with them; those that are none of the reader's are left out.
struct Chosen {
    rows: Vec<Open>,
    takers: Vec<Seat>,
    day: Day,
}

async fn gather(ctx: &Ctx, ids: &[Uuid]) -> Result<Chosen> {
    let eyes = eyes(ctx)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let mut chosen = Chosen { rows: Vec::new(), takers: Vec::new(), day: Day::new(today) };
    for id in ids {
        let todo = match store::one(&mut read.tx, &eyes, *id).await {
            Err(Error::NotFound { .. }) => continue,
            found => found?,
        };
        chosen.rows.push(offers::of(&mut read, &ctx.app, ctx.lang, &eyes, todo).await?);
    }
    for open in &chosen.rows {
        let Some((def, record)) = open.record.as_ref().filter(|_| can(open, "transfer")) else { continue };
        for seat in verbs::takers(&mut read.tx, &ctx.app, &eyes, def, record, today).await? {
            if !chosen.takers.contains(&seat) {
                chosen.takers.push(seat);
            }
        }
    }
    Ok(chosen)
}

fn can(open: &Open, key: &str) -> bool {
    open.offers.iter().any(|offer| offer.key == key && offer.refusal.is_none())
}

/// The acts that any of the rows is open to: key, label, how many could do it.
fn acts(chosen: &Chosen) -> Vec<(String, String, usize)> {
    let mut acts: Vec<(String, String, usize)> = Vec::new();
    for offer in chosen.rows.iter().flat_map(|open| &open.offers) {
        if offer.key == "transfer" && chosen.takers.is_empty() {
            continue;
        }
        let ready = usize::from(offer.refusal.is_none());
        match acts.iter_mut().find(|(key, ..)| *key == offer.key) {
            Some((_, _, n)) => *n += ready,
            None => acts.push((offer.key.clone(), offer.label.clone(), ready)),
        }
    }
    acts.retain(|(_, _, n)| *n > 0);
    acts
}

async fn question(ctx: &Ctx, chosen: &Chosen, wrong: Option<&str>) -> Result<Markup> {
    let lang = ctx.lang;
    let acts = acts(chosen);
    let back = link_button(&t(lang, "todo-batch-back"), "/todo", "", Kind::Plain);
    let body = html! {
        (PageHead::new(lang, t(lang, "todo-batch")).meta(ta(lang, "todo-batch-n", &[("n", chosen.rows.len().into())])))
        @if let Some(wrong) = wrong { (note(Tone::Red, html! { (t(lang, wrong)) }, html! {})) }
        @if chosen.rows.is_empty() {
            div.hj-tw { (empty("todo", &t(lang, "todo-batch-none"), back)) }
        } @else if acts.is_empty() {
            (note(Tone::Yellow, html! { (t(lang, "todo-batch-no-act")) }, back))
            (rows(lang, chosen))
        } @else {
            (form(lang, chosen, &acts))
            (rows(lang, chosen))
        }
    };
    framed(ctx, frame(ctx), body).await
}

fn frame(ctx: &Ctx) -> Frame {
    Frame::new(ctx.t("todo-batch"), vec![Crumb::to(ctx.t("nav-todo"), "/todo"), Crumb::here(ctx.t("todo-batch"))])
}

fn form(lang: Lang, chosen: &Chosen, acts: &[(String, String, usize)]) -> Markup {
    let all = chosen.rows.len();
    let choice = |(key, label, n): &(String, String, usize)| {
        let words = [("act", label.clone().into()), ("n", (*n).into()), ("all", all.into())];
        Choice::new(key.clone(), ta(lang, "todo-batch-choice", &words))
    };
    let only = if acts.len() == 1 { acts[0].0.clone() } else { String::new() };
    let pick = Control::Radio(acts.iter().map(choice).collect(), only);
    let transfers = acts.iter().any(|(key, ..)| key == "transfer");
    let body = html! {
        @for open in &chosen.rows { (hidden("row", &format!("{}:{}", open.todo.id, open.version()))) }
        (Field::new(lang, "act", t(lang, "todo-batch-act"), pick).required(true).wide(true))
        @if transfers {
            (Field::new(lang, "post", t(lang, "todo-transfer-to"), Control::Select(seats::choices(&chosen.takers), String::new()))
                .help(t(lang, "todo-batch-transfer-help")))
        }
        (Field::new(lang, "reason", t(lang, "todo-reason"), Control::TextArea(String::new(), 2))
            .help(t(lang, "todo-batch-reason-help")).max_length(500).wide(true))
        div.hj-acts.start {
            (submit_button(&ta(lang, "todo-batch-go", &[("n", all.into())]), Kind::Primary))
            (link_button(&t(lang, "todo-batch-back"), "/todo", "", Kind::Plain))
        }
    };
    panel_pad(&t(lang, "todo-batch-act"), html! {}, post_form("/todo/batch", false, body))
}

fn rows(lang: Lang, chosen: &Chosen) -> Markup {
    let columns = vec![
        Column::text(t(lang, "todo-lamp")).tight(),
        Column::text(t(lang, "todo-matter")).class("main"),
        Column::text(t(lang, "todo-batch-open")).phone(Phone::Named),
        Column::text(t(lang, "todo-batch-stands")).phone(Phone::Named),
    ];
    let comma = t(lang, "todo-load-comma");
    let row = |open: &Open| {
        let ready: Vec<&str> = open.offers.iter().filter(|o| o.refusal.is_none()).map(|o| o.label.as_str()).collect();
        let stands: Vec<String> = open
            .offers
            .iter()
            .filter_map(|o| Some(format!("{}：{}", o.label, i18n::message(lang, o.refusal.as_ref()?))))
            .collect();
        let href = format!("/todo/{}", open.todo.id);
        let unit = open.todo.unit.clone().unwrap_or_default();
        Row::new(vec![
            row::lamp_of(lang, chosen.day, &open.todo).into(),
            html! { a.title href=(href) { (open.todo.titled().said(lang)) } @if !unit.is_empty() { span.sub { (unit) } } }.into(),
            if ready.is_empty() { format::DASH.into() } else { ready.join(&comma).into() },
            if stands.is_empty() { format::DASH.into() } else { html! { span.dim.sm { (stands.join("；")) } }.into() },
        ])
    };
    let table = Table::new(lang, t(lang, "todo-batch"), columns).rows(chosen.rows.iter().map(row));
    html! { div.mt { (table_box("list", html! { (table) }, html! {})) } }
}

fn verb(form: &Form) -> Option<Verb> {
    match form.text("act") {
        "transfer" => form.text("post").parse().ok().map(Verb::Transfer),
        "nudge" => Some(Verb::Nudge),
        "read" => Some(Verb::Read),
        act => act.strip_prefix("step:").filter(|step| !step.is_empty()).map(|step| Verb::Step(step.to_owned())),
    }
}

/// `POST /todo/batch`: does it, row by row, and says of each what came of it.
pub(super) async fn act(ctx: Ctx, form: Form) -> Result<(StatusCode, Markup)> {
    let eyes = eyes(&ctx)?;
    let rows: Vec<(Uuid, i64)> = form
        .all("row")
        .filter_map(|row| row.split_once(':'))
        .filter_map(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)))
        .take(MOST)
        .collect();
    let Some(verb) = verb(&form) else {
        let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
        let wrong = if form.text("act") == "transfer" { "todo-batch-pick-post" } else { "todo-batch-pick-act" };
        let page = question(&ctx, &gather(&ctx, &ids).await?, Some(wrong)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    let mut results = Vec::new();
    for (id, version) in rows {
        let mut work = ctx.work().await?;
        let title = match store::one(&mut work.tx, &eyes, id).await {
            Ok(todo) => todo.titled().said(ctx.lang).to_owned(),
            Err(Error::NotFound { .. }) => t(ctx.lang, "thing-todo"),
            Err(error) => return Err(error),
        };
        let done = match verbs::perform(&mut work, &ctx.app, &eyes, id, version, &verb, form.text("reason")).await {
            Ok(_) => work.commit().await,
            Err(error) => Err(error),
        };
        // A failure of the house is no answer to a row.
        if let Err(error) = &done
            && error.status() >= 500
        {
            tracing::error!(%error, "an act on several to-dos failed at one of them");
        }
        results.push((id, title, done.map_err(|error| i18n::message(ctx.lang, &error.message()))));
    }
    let did = results.iter().filter(|(.., done)| done.is_ok()).count();
    let status = if did == 0 { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, framed(&ctx, frame(&ctx), report(ctx.lang, &results, did)).await?))
}

fn report(lang: Lang, results: &[(Uuid, String, Result<(), String>)], did: usize) -> Markup {
    let columns = vec![
        Column::text(t(lang, "todo-batch-result")).tight(),
        Column::text(t(lang, "todo-matter")).class("main"),
        Column::text(t(lang, "todo-batch-why")).phone(Phone::Named),
    ];
    let row = |(id, title, done): &(Uuid, String, Result<(), String>)| {
        let mark = match done {
            Ok(()) => lamp(LampKind::Green, &t(lang, "todo-batch-done")),
            Err(_) => lamp(LampKind::Red, &t(lang, "todo-batch-not")),
        };
        let why = done.as_ref().err().cloned().unwrap_or_else(|| format::DASH.to_owned());
        Row::new(vec![mark.into(), html! { a.title href=(format!("/todo/{id}")) { (title) } }.into(), why.into()])
    };
    let not = results.len() - did;
    let says = ta(lang, "todo-batch-says", &[("did", did.into()), ("not", not.into())]);
    let tone = if not == 0 { Tone::Green } else { Tone::Yellow };
    let back = link_button(&t(lang, "todo-batch-back"), "/todo", "", Kind::Small);
    let table = Table::new(lang, t(lang, "todo-batch"), columns).rows(results.iter().map(row));
    html! {
        (PageHead::new(lang, t(lang, "todo-batch")))
        (note(tone, html! { (says) }, back))
        (table_box("list", html! { (table) }, html! {}))
    }
}
