//! Ending a duty with its reason, and saying that it is done or open again.
//!
//! The rule that matters: a lead is handed on, never ended; what a share was broken down to ends with it.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Message, Result},
    ui::{
        Markup,
        conflict::{Confirm, confirm},
        feedback::note,
        head::PageHead,
        html,
        lamp::Tone,
    },
    web::{Ctx, Form, see_other},
};

use super::super::{
    here::{Here, not_yours},
    lists::part,
    model::{Content, Duty, Part},
    store::Act,
};
use super::{LONGEST, standing};

/// `GET /duty/lines/{id}/end`
pub(in super::super) async fn end_page(Path(text): Path<String>, ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    asks_to_end(&ctx, &here, standing(&here, &text)?, None).await
}

/// `POST /duty/lines/{id}/end`
pub(in super::super) async fn end(Path(text): Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let reason: String = form.text("reason").chars().take(LONGEST).collect();
    let mut work = ctx.work().await?;
    let here = Here::assigning(&ctx, &mut work).await?;
    let duty = standing(&here, &text)?;
    if duty.content.part == Part::Lead {
        return Err(Error::Refused(Message::new("duty-lead-stays")));
    }
    if reason.is_empty() {
        drop(work);
        let page = asks_to_end(&ctx, &here, duty, Some(&here.t("duty-reason-missing"))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let mut act = Act::new(here.campaign, "end", &reason);
    act.end(duty);
    // The shares of a share end with it.
    here.board.find(|of| of.parent == Some(duty.line)).for_each(|below| act.end(below));
    act.write(&mut work, &here).await?;
    work.commit().await?;
    Ok(see_other(&here.link(&format!("/duty/indicators/{}", duty.content.indicator))))
}

async fn asks_to_end(ctx: &Ctx, here: &Here, duty: &Duty, error: Option<&str>) -> Result<Markup> {
    let of = &duty.content;
    let title = here.t("duty-end");
    let below = here.board.find(|of| of.parent == Some(duty.line)).count();
    let cancel = here.link(&format!("/duty/lines/{}", duty.line));
    let consequence = html! {
        p { (part(here, of.part)) " " (of.indicator) " " (here.name(&of.indicator)) " · " (here.board.unit_name(of.unit)) }
        p { (here.t("duty-end-what")) @if below > 0 { " " (here.n("duty-end-below", below)) } }
    };
    let body = html! {
        (PageHead::new(here.lang, &title))
        @if !here.assigns { (note(Tone::Yellow, html! { (here.t("duty-not-yours")) }, html! {})) }
        @else if of.part == Part::Lead { (note(Tone::Yellow, html! { (here.t("duty-lead-stays")) }, html! {})) }
        @else {
            (confirm(&Confirm {
                lang: here.lang, title: &title, consequence, action: &here.link(&format!("/duty/lines/{}/end", duty.line)),
                hidden: &[], verb: &here.t("duty-end"), danger: true, reason: "", error, cancel: &cancel,
            }))
        }
    };
    here.page(ctx, &title, false, body).await
}

/// `POST /duty/lines/{id}/finish`
pub(in super::super) async fn finish(path: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    set_done(path, ctx, form, true).await
}

/// `POST /duty/lines/{id}/reopen`
pub(in super::super) async fn reopen(path: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    set_done(path, ctx, form, false).await
}

async fn set_done(Path(text): Path<String>, ctx: Ctx, form: Form, done: bool) -> Result<Response> {
    let mut work = ctx.work().await?;
    let today = work.today();
    let here = Here::read(&ctx, &mut work.tx, today).await?;
    let duty = standing(&here, &text)?;
    if !here.acts_for(&ctx, duty.content.unit) {
        return Err(not_yours());
    }
    let yours = form.number("version", 0);
    if yours != duty.version || duty.content.done.is_some() == done {
        return Err(Error::Stale { yours, theirs: duty.version });
    }
    let mut act = Act::new(here.campaign, if done { "done" } else { "reopen" }, "");
    act.change(&work, duty, Content { done: done.then_some(today), ..duty.content.clone() });
    act.write(&mut work, &here).await?;
    work.commit().await?;
    Ok(see_other(&here.link(&format!("/duty/lines/{}", duty.line))))
}
