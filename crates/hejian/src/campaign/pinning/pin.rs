//! Pinning: from now on the district works to another version. Asked in a second step, with the dry run that was seen.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::{Error, Message, Result},
    i18n::{Lang, format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        conflict::{Confirm, confirm},
        feedback::note,
        head::PageHead,
        html,
        lamp::Tone,
        query::Query,
    },
    web::{Ctx, Form, see_other},
};
use serde_json::json;

use super::trial::in_force;
use crate::campaign::{
    record::Chosen,
    standard::{
        guard, keeping,
        packs::{crumbs, marks, place, title},
        store::{self, DryRun, Version},
        words::number,
    },
};

/// The longest reason.
const REASON: usize = 500;

/// What a pin stands on.
struct Ground {
    chosen: Chosen,
    version: Version,
    from: Version,
    seen: Option<DryRun>,
}

async fn ground(ctx: &Ctx, id: &Path<String>) -> Result<Ground> {
    let id = guard::id(id)?;
    let mut read = ctx.read().await?;
    let (now, today) = (read.now, read.today());
    guard::need(ctx, &mut read.tx, "standard.pin").await?;
    let version = store::one(&mut read.tx, id).await?;
    if version.is_draft() {
        return Err(Error::Refused(Message::new("pinning-only-published")));
    }
    let chosen = Chosen::read(&mut read.tx, &Query::parse(&ctx.place)).await?;
    let from = in_force(&mut read.tx, chosen.id(), &version, now).await?;
    let seen = store::dry_run(&mut read.tx, from.id, id, ctx.actor.account, today).await?;
    Ok(Ground { chosen, version, from, seen })
}

/// `GET /standard/packs/{id}/pin`
pub(super) async fn ask(id: Path<String>, ctx: Ctx) -> Result<Markup> {
    asks(&ctx, &ground(&ctx, &id).await?, None, "").await
}

/// `POST /standard/packs/{id}/pin`
pub(super) async fn pin(id: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let ground = ground(&ctx, &id).await?;
    let reason: String = form.text("reason").chars().take(REASON).collect();
    let Some(seen) = ground.seen.as_ref().filter(|_| !reason.is_empty()) else {
        let says = reason.is_empty().then(|| t(ctx.lang, "standard-reason-missing"));
        let page = asks(&ctx, &ground, says.as_deref(), &reason).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let mut work = ctx.work().await?;
    // Somebody may have pinned another version while this page was read.
    let now = work.now;
    if store::pinned(&mut work.tx, ground.chosen.id(), now).await?.map(|(id, ..)| id) != Some(ground.from.id) {
        return Err(Error::Refused(Message::new("pinning-moved")));
    }
    let detail = json!({
        "title": title(Lang::ZhCn, &ground.version), "fingerprint": ground.version.fingerprint, "before": ground.from.fingerprint,
        "dry_run": seen.id, "reason": reason, "campaign": ground.chosen.campaign.key,
    });
    keeping::pin(&mut work, ground.chosen.id(), ground.version.id, &reason, Some(seen.id), detail).await?;
    work.commit().await?;
    Ok(see_other(&ground.chosen.link("/standard?pinned=1")))
}

async fn asks(ctx: &Ctx, ground: &Ground, error: Option<&str>, reason: &str) -> Result<Markup> {
    let lang = ctx.lang;
    let (name, here) = (title(lang, &ground.version), place(ground.version.id));
    let heading = ta(lang, "pinning-title", &[("title", name.clone().into())]);
    let body = html! {
        (PageHead::new(lang, &name).mark(marks(lang, &ground.version, None)))
        @match &ground.seen {
            None => (note(Tone::Yellow, html! { (t(lang, "pinning-see-first")) },
                link_button(&t(lang, "standard-dry-run"), &ground.chosen.link(&format!("{here}/dry-run")), "", Kind::Small))),
            Some(seen) => (confirm(&Confirm {
                lang,
                title: &heading,
                consequence: consequence(lang, ground, seen),
                action: &ground.chosen.link(&format!("{here}/pin")),
                hidden: &[],
                verb: &t(lang, "standard-pin"),
                danger: false,
                reason,
                error,
                cancel: &ground.chosen.link(&here),
            })),
        }
    };
    page(ctx, Frame::new(heading, crumbs(ctx, Some(&ground.version), &t(lang, "standard-pin"))), body).await
}

fn consequence(lang: Lang, ground: &Ground, seen: &DryRun) -> Markup {
    let total = |points: &str, assessed: &str| {
        ta(lang, "pinning-sum", &[("points", number(points).into()), ("assessed", number(assessed).into())])
    };
    let args = [
        ("from", title(lang, &ground.from).into()),
        ("before", total(&seen.points_before, &seen.assessed_before).into()),
        ("after", total(&seen.points_after, &seen.assessed_after).into()),
        ("when", format::moment(seen.made_at).into()),
    ];
    html! { p { (t(lang, "pinning-consequence")) } p { (ta(lang, "pinning-seen", &args)) } }
}
