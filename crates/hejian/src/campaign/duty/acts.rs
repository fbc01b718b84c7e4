//! 变更批次: what was done to the breakdown, act by act, and an import undone as one act.
//!
//! The rule that matters: an undoing puts back what the import found, and leaves alone what was changed after it.

use std::collections::HashMap;

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Message, Result},
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, post_button},
        feedback::{empty, note},
        head::PageHead,
        html,
        lamp::{Tone, tag},
        table::{Column, Row, Table, table_box},
    },
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::{
    here::Here,
    lists::id,
    model::{Content, Duty, Part},
    store::{self, Act, ActRow},
};

/// How many acts the page shows.
const SHOWN: i64 = 100;

/// `GET /duty/acts`
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let acts = store::acts(&mut read.tx, here.campaign, SHOWN).await?;
    drop(read);
    let title = here.t("duty-acts");
    let columns = vec![
        Column::text(here.t("duty-act-when")).class("nowrap"),
        Column::text(here.t("duty-act-what")),
        Column::num(here.t("duty-act-made")),
        Column::num(here.t("duty-act-ended")),
        Column::text(here.t("duty-act-by")),
        Column::text(here.t("duty-open")).tight().quiet_head(),
    ];
    let undone = here.query.get("undone").and_then(|n| n.parse::<usize>().ok());
    let kept = here.query.get("kept").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    let body = html! {
        (PageHead::new(here.lang, &title).demo(here.demo))
        @if let Some(n) = undone { (note(Tone::Green, html! { (ta(here.lang, "duty-undone", &[("n", n.into()), ("kept", kept.into())])) }, html! {})) }
        @if acts.is_empty() { div.hj-tw { (empty("task", &here.t("duty-no-history"), html! {})) } }
        @else { (table_box("list", html! { (Table::new(here.lang, title.clone(), columns).rows(acts.iter().map(|act| row(&here, act))).stick()) }, html! {})) }
    };
    here.page(&ctx, &title, false, body).await
}

fn row(here: &Here, act: &ActRow) -> Row {
    let may = here.assigns && act.kind == "import" && !act.undone;
    Row::new(vec![
        format::moment_near(act.at, here.today).into(),
        html! {
            b { (here.t(&format!("duty-act-{}", act.kind))) }
            @if act.undone { " " (tag(Tone::Line, &here.t("duty-act-undone"))) }
            @if let Some(name) = act.file_name.as_ref().filter(|name| !name.is_empty()) { span.sub { (name) } }
            @if !act.reason.is_empty() { span.sub { (act.reason) } }
        }
        .into(),
        act.made.to_string().into(),
        act.ended.to_string().into(),
        act.made_by.as_str().into(),
        html! { @if may { (post_button(&here.t("import-undo"), &here.link(&format!("/duty/acts/{}/undo", act.id)), &[], Button::Small)) } }.into(),
    ])
}

/// `POST /duty/acts/{id}/undo`
pub(super) async fn undo(Path(text): Path<String>, ctx: Ctx, _: Form) -> Result<Response> {
    let act = id(&text)?;
    let mut work = ctx.work().await?;
    let here = Here::assigning(&ctx, &mut work).await?;
    let acts = store::acts(&mut work.tx, here.campaign, i64::MAX).await?;
    let found = acts.iter().find(|one| one.id == act).filter(|one| one.kind == "import");
    if found.ok_or(Error::NotFound { what: "thing-duty" })?.undone {
        return Err(Error::Refused(Message::new("import-already-undone")));
    }
    let (made, ended) = store::rows_of(&mut work.tx, act).await?;
    let mut back = Act::new(here.campaign, "undo", "").undoes(act);
    let (mut undone, mut kept) = (0, 0);
    let mut before: HashMap<Uuid, Duty> = ended.into_iter().map(|duty| (duty.line, duty)).collect();
    let mut taken: Vec<Content> = Vec::new();
    for (duty, stands) in made {
        let earlier = before.remove(&duty.line);
        if !stands {
            kept += 1;
            continue;
        }
        match earlier {
            Some(earlier) => {
                taken.push(earlier.content.clone());
                back.change(&work, &duty, earlier.content);
            }
            // Without a lead no indicator may be left: what the import brought stays then.
            None if duty.content.part == Part::Lead => {
                kept += 1;
                continue;
            }
            None => back.end(&duty),
        }
        undone += 1;
    }
    let ends = back.ending();
    for earlier in before.into_values() {
        let of = &earlier.content;
        let blocked = here.board.at(&of.indicator, of.unit).is_some_and(|now| !ends.contains(&now.line))
            || taken.iter().any(|other| other.indicator == of.indicator && other.unit == of.unit);
        if blocked {
            kept += 1;
        } else {
            back.resume(&work, &earlier, earlier.version + 1);
            undone += 1;
        }
    }
    if !back.is_empty() {
        back.write(&mut work, &here).await?;
        work.commit().await?;
    }
    Ok(see_other(&here.link(&format!("/duty/acts?undone={undone}&kept={kept}"))))
}
