//! 一键催报: who has not reported is asked to, once a day, and answers when it is done.
//!
//! The rule that matters: a reminder is a to-do of the post that answers for the codes, and a community is reminded once a day.

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, post_button},
        head::PageHead,
        html,
        table::{Column, Row, Table},
    },
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::super::{
    here::{Here, not_yours},
    lists::id,
    model::Board,
    store::{self, Reminder},
};
use super::cells::Grid;
use crate::campaign::score::scores;

/// Working days to answer a reminder.
const ANSWER: i32 = 3;

/// The post of a community that answers for these codes.
fn post_of(board: &Board, unit: Uuid, codes: &[String]) -> Option<Uuid> {
    let manned = |id: &Uuid| board.post(*id).is_some_and(|post| post.person().is_some());
    let own = codes.iter().find_map(|code| board.at(code, unit)?.content.post.filter(manned));
    own.or_else(|| board.held_post(unit, 0).map(|post| post.id))
}

/// `POST /duty/grid/{key}/remind`
pub(in super::super) async fn remind(Path(key): Path<String>, ctx: Ctx, _: Form) -> Result<Response> {
    let here = Here::open(&ctx).await?;
    let scored = scores(&ctx.app, here.campaign, here.today).await?;
    let mut work = ctx.work().await?;
    let today = work.today();
    let here = Here::read(&ctx, &mut work.tx, today).await?;
    let lead = here.unit(&key)?;
    if !here.acts_for(&ctx, lead.id) {
        return Err(not_yours());
    }
    let grid = Grid::of(&here, &scored, lead.id);
    let done = store::reminded(&mut work.tx, here.campaign, lead.id, today).await?;
    let wanted = grid.silent().into_iter().filter(|(unit, _)| !done.contains(&unit.id));
    let reminders: Vec<Reminder> = wanted
        .filter_map(|(unit, codes)| {
            let post = post_of(&here.board, unit.id, &codes)?;
            Some(Reminder { unit: unit.id, post, codes })
        })
        .collect();
    if !reminders.is_empty() {
        store::keep_reminders(&mut work, here.campaign, lead.id, here.workdays(ANSWER), &reminders, &here).await?;
        work.commit().await?;
    }
    Ok(see_other(&here.link(&format!("/duty/grid/{key}?reminded={}", reminders.len()))))
}

/// `GET /duty/reminders/{id}`
pub(in super::super) async fn reminder(Path(text): Path<String>, ctx: Ctx) -> Result<Markup> {
    let id = id(&text)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let found = store::reminder(&mut read.tx, id).await?;
    let (lead, unit, day, codes) = found.ok_or(Error::NotFound { what: "thing-duty" })?;
    let waits = store::waits(&mut read.tx, id, ctx.actor.post).await?;
    drop(read);
    let key = here.board.unit(unit).map_or("", |unit| unit.key.as_str());
    let title = here.t("todo-duty-remind");
    let mut head = PageHead::new(here.lang, &title).meta(ta(
        here.lang,
        "duty-reminder-meta",
        &[
            ("lead", here.board.unit_name(lead).into()),
            ("unit", here.board.unit_name(unit).into()),
            ("day", format::date(day).into()),
        ],
    ));
    if waits {
        let action = here.link(&format!("/duty/reminders/{id}/done"));
        head = head.act(post_button(&here.t("duty-reported"), &action, &[], Button::Primary));
    }
    let columns = vec![Column::text(here.t("duty-indicator")), Column::text(here.t("duty-open")).tight().quiet_head()];
    let row = |code: &str| {
        let href = here.link(&format!("/score/units/{key}#i-{code}"));
        Row::new(vec![
            here.indicator_link(code).into(),
            link_button(&here.t("duty-score"), &href, "", Button::Small).into(),
        ])
    };
    let body = html! {
        (head)
        div.hj-tw { (Table::new(here.lang, title.clone(), columns).rows(codes.split(' ').map(row))) }
    };
    here.page(&ctx, &title, false, body).await
}

/// `POST /duty/reminders/{id}/done`
pub(in super::super) async fn reported(Path(text): Path<String>, ctx: Ctx, _: Form) -> Result<Response> {
    let id = id(&text)?;
    let mut work = ctx.work().await?;
    if !store::waits(&mut work.tx, id, ctx.actor.post).await? {
        return Err(not_yours());
    }
    store::end_reminder(&mut work, id).await?;
    work.commit().await?;
    Ok(see_other("/todo"))
}
